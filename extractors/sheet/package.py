"""What an xlsx package says about its sheets that the library for their values does not: how far they reach, and which
cells show percentages.
"""

from __future__ import annotations

import io
import posixpath
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
_PERCENT_FORMATS = frozenset(('9', '10'))  # built into Excel: 0% and 0.00%
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_RELATION = '{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id'
_STRICT_RELATION = '{http://purl.oclc.org/ooxml/officeDocument/relationships}id'
_FAULTS = (
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
    except _FAULTS as fault:
        raise Unreadable(finding('file.broken', detail='工作表读不出来')) from fault
    for sheet in sheets:
        rows, cols = zip(*(place for place, _ in _cells(sheet)), strict=True) if _AT.search(sheet) else ((0,), (0,))
        rectangle = (max(rows) - min(rows) + 1) * (max(cols) - min(cols) + 1)
        if rectangle > MAX_RECTANGLE:
            raise Unreadable(finding('file.too_large', detail=f'工作表的范围有 {rectangle} 格'))


def percent_cells(data: bytes) -> dict[str, frozenset[Place]]:
    """By sheet name, the (row, column) of the cells whose number is shown as a percentage; nothing where the package does not say."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            styles = _percent_styles(etree.fromstring(archive.read('xl/styles.xml')))
            if not styles:
                return {}
            return {
                name: frozenset(place for place, style in _cells(archive.read(path)) if style in styles)
                for name, path in _sheets(archive)
            }
    except _FAULTS:
        return {}


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


def _percent_styles(styles: etree._Element) -> frozenset[bytes]:
    """The numbers of the cell styles whose number format shows a percentage."""
    percents = {
        kind.get('numFmtId', '')
        for kind in styles.iterfind('{*}numFmts/{*}numFmt')
        if '%' in _QUOTED.sub('', kind.get('formatCode', ''))
    } | _PERCENT_FORMATS
    return frozenset(
        str(number).encode()
        for number, style in enumerate(styles.iterfind('{*}cellXfs/{*}xf'))
        if style.get('numFmtId') in percents
    )


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The names of the sheets and of the members that hold them."""
    relations = etree.fromstring(archive.read('xl/_rels/workbook.xml.rels'))
    targets = {relation.get('Id'): relation.get('Target', '') for relation in relations}
    for sheet in etree.fromstring(archive.read('xl/workbook.xml')).iterfind('{*}sheets/{*}sheet'):
        target = targets.get(sheet.get(_RELATION) or sheet.get(_STRICT_RELATION), '')
        yield sheet.get('name', ''), posixpath.normpath(posixpath.join('xl', target)).lstrip('/') if target else ''
