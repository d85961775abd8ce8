"""Processes that read files, and keep themselves to limits."""
