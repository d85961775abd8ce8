"""The desk: the catalogue as pages on which people drop notices, check them beside their pages, put them right, sign, and fill in forms."""
