"""PDF files, through pdfium."""

from kaohe.extractors.pdf.reader import read

__all__ = ['read']
