"""Zip archives: what they hold, and their limits."""

from kaohe.extractors.zip.archive import read

__all__ = ['read']
