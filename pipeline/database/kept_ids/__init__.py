"""Rows keep the ids by which people and other data know them, also when they are read anew."""
