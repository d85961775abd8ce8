"""`Document` to `Catalogue`: knows what an assessment notice means, knows nothing of files or SQL."""
