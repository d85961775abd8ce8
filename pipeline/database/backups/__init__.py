"""Backups of the database and its log."""
