"""Verbs by which a person decides: corrections, signatures."""
