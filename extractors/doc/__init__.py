"""Word 97-2003 files (.doc) and the .wps files of WPS Office."""

from kaohe.extractors.doc.reader import read

__all__ = ['read']
