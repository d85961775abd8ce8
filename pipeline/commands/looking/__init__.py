"""Verbs that show what was read, and what can be read; they change nothing."""
