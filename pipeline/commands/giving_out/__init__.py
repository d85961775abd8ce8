"""Verbs that hand the catalogue on: to a workbook, to a browser."""
