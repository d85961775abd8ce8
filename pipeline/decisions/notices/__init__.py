"""Whole notices: which are one, which count in answers, what they and their offices are called."""
