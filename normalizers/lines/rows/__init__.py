"""From the body rows of a table to its lines."""
