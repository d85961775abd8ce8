"""Figures that a report states."""
