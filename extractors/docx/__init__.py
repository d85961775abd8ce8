"""Word documents (.docx, .docm, .dotx and flat XML)."""

from kaohe.extractors.docx.reader import read

__all__ = ['read']
