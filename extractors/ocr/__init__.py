"""What stands in pictures, by optical character recognition (the optional part ``ocr``)."""

from kaohe.extractors.ocr.picture import read

__all__ = ['read']
