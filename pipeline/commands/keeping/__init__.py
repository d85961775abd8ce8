"""Verbs that keep the database and the machine in order."""
