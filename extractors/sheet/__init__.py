"""Excel workbooks (xlsx, xls)."""

from kaohe.extractors.sheet.reader import read

__all__ = ['read']
