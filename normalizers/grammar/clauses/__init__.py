"""Clauses: how points move."""
