"""Web pages: html saved from a website, and mht."""

from kaohe.extractors.html.reader import read

__all__ = ['read']
