"""Workbooks that only an office suite reads (OpenDocument, Excel's binary format), through LibreOffice as xlsx."""

from __future__ import annotations

from kaohe.extractors.document import Document
from kaohe.extractors.office import as_workbook
from kaohe.extractors.sheet.reader import read as read_workbook


def read(data: bytes) -> Document:
    """The document as LibreOffice reads it.

    Raises ``Unreadable``: ``file.needs_office`` where LibreOffice is missing, ``worker.timeout`` or ``file.broken`` where it gives no result, and
    what a workbook is refused for.
    """
    return read_workbook(as_workbook(data))
