"""Damaged things of every kind that the program takes in: notices, logs, workbooks that people edited, archives."""
