"""OFD (GB/T 33190-2016), the national format of official documents."""

from kaohe.extractors.ofd.reader import read

__all__ = ['read']
