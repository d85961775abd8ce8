"""Plain text: tables in the shapes in which text files hold them, and paragraphs between them."""

from kaohe.extractors.text.reader import read

__all__ = ['read']
