"""What an xlsx package says about its sheets that the library for their values does not: how far they reach, and which
cells show percentages.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from kaohe.extractors.document import Unreadable
from kaohe.extractors.findings import finding
from kaohe.extractors.zip.limits import refuse_unsafe

# A sheet is held in memory as a full rectangle: two cells in opposite corners would take hundreds of gigabytes.
MAX_RECTANGLE = 5_000_000

_CELL = re.compile(rb'<(?:\w+:)?c\s([^>]*)>')
_AT = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_STYLE = re.compile(rb'\bs="(\d+)"')
FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    etree.XMLSyntaxError,
    NotImplementedError,
    EOFError,
    KeyError,
    OSError,
    ValueError,
)

Place = tuple[int, int]


def check_package(data: bytes) -> None:
    """Let a workbook pass that can be read in bounded memory. Raises ``Unreadable``: see ``refuse_unsafe``, or ``file.too_large``."""
    refuse_unsafe(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sheets = [
                archive.read(name) for name in archive.namelist() if '/worksheets/' in name and name.endswith('.xml')
            ]
    except FAULTS as fault:
        raise Unreadable(finding('file.broken', detail='工作表读不出来')) from fault
    for sheet in sheets:
        rows, cols = zip(*(place for place, _ in _cells(sheet)), strict=True) if _AT.search(sheet) else ((0,), (0,))
        rectangle = (max(rows) - min(rows) + 1) * (max(cols) - min(cols) + 1)
        if rectangle > MAX_RECTANGLE:
            raise Unreadable(finding('file.too_large', detail=f'工作表的范围有 {rectangle} 格'))


def _cells(sheet: bytes) -> Iterator[tuple[Place, bytes]]:
    """The place and the style number of every cell that says where it stands."""
    for cell in _CELL.finditer(sheet):
        at = _AT.search(cell[1])
        if at:
            col = 0
            for letter in at[1]:
                col = col * 26 + letter - 64
            style = _STYLE.search(cell[1])
            yield (int(at[2]) - 1, col - 1), style[1] if style else b'0'
