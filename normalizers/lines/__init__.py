"""From the rows of a scoring table to its lines."""
