"""What an xlsx package says about its sheets that the library for their values does not: how far they reach, and which
cells show percentages.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence

from lxml import etree

from kaohe.extractors.document import Unreadable
from kaohe.extractors.findings import finding
from kaohe.extractors.sheet.mending import TEXTS, extent, is_sheet, refuse_declarations, with_true_counts
from kaohe.extractors.zip.limits import refuse_unsafe

# A sheet is held in memory as a full rectangle: two cells in opposite corners would take hundreds of gigabytes.
MAX_RECTANGLE = 12_000_000
# The rectangle of a sheet about which nothing more need be asked.
_SMALL = 200_000

_CELL = re.compile(rb'<(?:\w+:)?c\s([^>]*)>')
_ANY_CELL = re.compile(rb'<(?:\w+:)?c[\s/>]')
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


def checked(data: bytes) -> bytes:
    """The workbook, such that it can be read in bounded memory. Raises ``Unreadable``: see ``refuse_unsafe``, or ``file.too_large``."""
    refuse_unsafe(data)
    try:
        data = with_true_counts(data)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                if is_sheet(name):
                    _check_sheet(archive.read(name))
                elif name == TEXTS:
                    refuse_declarations(archive.read(name))
    except FAULTS as fault:
        raise Unreadable(finding('file.broken', detail='工作表读不出来')) from fault
    return data


def _check_sheet(sheet: bytes) -> None:
    refuse_declarations(sheet)
    places = [place for place, _ in _cells(sheet)]
    rows, cols = zip(*places, strict=True) if places else ((0,), (0,))
    # Cells that are written otherwise than programs write them, and sheets whose empty cells reach far, are looked at one by one.
    if len(places) == sheet.count(b'<c ') == len(_ANY_CELL.findall(sheet)) and _area(rows, cols) <= _SMALL:
        return
    top, left, bottom, right = extent(sheet)
    rectangle = _area((top, bottom), (left, right))
    if rectangle > MAX_RECTANGLE:
        raise Unreadable(finding('file.too_large', detail=f'工作表的范围有 {rectangle} 格'))


def _area(rows: Sequence[int], cols: Sequence[int]) -> int:
    return (max(rows) - min(rows) + 1) * (max(cols) - min(cols) + 1)


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
