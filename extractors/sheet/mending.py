"""Workbooks whose package promises what it does not hold, or holds what nobody sees: put right before a library trusts them.

A library that takes a package at its word claims memory for four thousand million texts, or gives up a sheet for one cell that names a
text which does not exist. What is put right here is only what cannot be seen; what had to be left out is counted.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator

from lxml import etree

from kaohe.extractors.document import Unreadable
from kaohe.extractors.findings import finding

TEXTS = 'xl/sharedStrings.xml'
MAX_ROWS, MAX_COLS = 1 << 20, 1 << 14  # of a sheet in Excel
_COUNTS = re.compile(rb'\s(?:count|uniqueCount)\s*=\s*(?:"(\d*)"|\'(\d*)\')')
_ROOT = re.compile(rb'<(?:\w+:)?sst\b[^>]*>')
_REFERENCE = re.compile(r'([A-Z]{1,7})(\d{1,10})')
_VISIBLE = ('}v', '}is', '}f')


def parse(member: bytes, *tags: str) -> Iterator[tuple[str, etree._Element]]:
    """The elements of these names as they begin and end. Raises ``Unreadable`` where the part declares what no workbook may (a DTD)."""
    refuse_declarations(member)
    found: Iterator[tuple[str, etree._Element]] = etree.iterparse(
        io.BytesIO(member), events=('start', 'end'), tag=tags, resolve_entities=False, no_network=True, huge_tree=True
    )
    return found


def refuse_declarations(member: bytes) -> None:
    """Raises ``Unreadable`` where the part declares entities: libraries drop them, and what they stand for would be lost in silence."""
    if b'<!DOCTYPE' in member[:4096] or b'<!ENTITY' in member:
        raise Unreadable(finding('file.broken', detail='工作簿里有不该有的声明，内容会读不全'))


def extent(sheet: bytes) -> tuple[int, int, int, int]:
    """The rows and columns (top, left, bottom, right, from 0) that hold something; all 0 where none does.

    Raises ``Unreadable`` where a place is none of a sheet, ``etree.XMLSyntaxError``.
    """
    rows: list[int] = []
    cols: list[int] = []
    row, col = -1, -1
    for event, element in parse(sheet, '{*}row', '{*}c'):
        if element.tag.endswith('}row'):
            if event == 'start':
                number = element.get('r')
                row, col = (int(number) - 1 if number and number.isdecimal() else row + 1), -1
            else:
                element.clear()
            continue
        if event == 'start':
            continue
        place = _REFERENCE.fullmatch(element.get('r') or '')
        at, col = (int(place[2]) - 1, _column(place[1])) if place else (row, col + 1)
        if at >= MAX_ROWS or col >= MAX_COLS:
            raise Unreadable(
                finding('file.broken', detail=f'工作表里有第 {at + 1} 行第 {col + 1} 列的格子，Excel 没有这么多')
            )
        if any(child.tag.endswith(_VISIBLE) for child in element if isinstance(child.tag, str)):
            rows.append(at)
            cols.append(col)
    return (min(rows), min(cols), max(rows), max(cols)) if rows else (0, 0, 0, 0)


def with_true_counts(data: bytes) -> bytes:
    """The workbook, its shared texts counted as they are where the package says that there are many more."""
    texts = _member(data, TEXTS)
    root = _ROOT.search(texts or b'')
    if texts is None or root is None:
        return data
    told = max((int(one or other or 0) for one, other in _COUNTS.findall(root[0])), default=0)
    if told <= 2 * texts.count(b'<') + 1000:
        return data
    return _rewritten(data, {TEXTS: lambda member: member.replace(root[0], _COUNTS.sub(b'', root[0]), 1)})


def without_dangling(data: bytes) -> tuple[bytes, int]:
    """The workbook without the values of cells that name a shared text which does not exist, and how many those were.

    Raises ``Unreadable``, ``etree.XMLSyntaxError``.
    """
    texts = _member(data, TEXTS)
    known = 0 if texts is None else sum(event == 'end' for event, _ in parse(texts, '{*}si'))
    dropped = 0

    def mended(sheet: bytes) -> bytes:
        nonlocal dropped
        refuse_declarations(sheet)
        tree = etree.fromstring(sheet, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
        before = dropped
        for cell in tree.iter('{*}c'):
            if cell.get('t') != 's':
                continue
            for value in cell.findall('{*}v'):
                told = (value.text or '').strip()
                if not (told.isdecimal() and int(told) < known):
                    cell.remove(value)
                    dropped += 1
        return sheet if dropped == before else etree.tostring(tree)

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [name for name in archive.namelist() if is_sheet(name)]
    return _rewritten(data, dict.fromkeys(sheets, mended)), dropped


def is_sheet(name: str) -> bool:
    """Whether a member of this name holds a sheet."""
    return '/worksheets/' in name and name.endswith('.xml')


def _column(letters: str) -> int:
    col = 0
    for letter in letters:
        col = col * 26 + ord(letter) - 64
    return col - 1


def _member(data: bytes, name: str) -> bytes | None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name) if name in archive.namelist() else None


def _rewritten(data: bytes, changes: dict[str, Callable[[bytes], bytes]]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(written, 'w', zipfile.ZIP_STORED) as new:
        for name in dict.fromkeys(old.namelist()):
            content = old.read(name)
            new.writestr(name, changes[name](content) if name in changes else content)
    return written.getvalue()
