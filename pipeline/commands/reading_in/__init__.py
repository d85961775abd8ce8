"""Verbs that bring notices into the database, and take them out of it."""
