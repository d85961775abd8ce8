"""Targets: numbers that a fact must reach."""
