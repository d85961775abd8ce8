"""Scoring in prose: numbered paragraphs that give or take points, outside any table, become lines of a table of kind ``articles``."""
