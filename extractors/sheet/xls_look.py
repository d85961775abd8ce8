"""How the sheets of an Excel 97–2003 workbook look ([MS-XLS]): number formats, hidden rows and columns, white and struck-out cells, text boxes."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import olefile

from kaohe.extractors.sheet.date_formats import BUILT_IN_DATES
from kaohe.extractors.sheet.number_formats import BUILT_IN, SHOWS_NOTHING
from kaohe.extractors.sheet.sheet_look import Place, SheetLook
from kaohe.extractors.sheet.xls_texts import RunFont, ShownRuns, shown_runs

_BOF, _EOF, _CONTINUE = 0x809, 0x0A, 0x3C
_BOUNDSHEET, _FONT, _FORMAT, _XF, _DATEMODE = 0x85, 0x31, 0x41E, 0xE0, 0x22
_ROW, _COLINFO, _OBJ, _TXO = 0x208, 0x7D, 0x5D, 0x1B6
# Cells that hold a number (NUMBER, RK, FORMULA), several (MULRK), or a text: each begins with row, column and style.
_FORMULA, _BOOLERR = 0x06, 0x205
_SST, _LABELSST = 0xFC, 0xFD
_CELLS = frozenset({0x203, 0x27E, _FORMULA, _LABELSST, 0x204, 0xD6})
_ERRORS = {0x00: '#NULL!', 0x07: '#DIV/0!', 0x0F: '#VALUE!', 0x17: '#REF!', 0x1D: '#NAME?', 0x24: '#NUM!', 0x2A: '#N/A'}
_MULRK = 0xBD
_PICTURE, _CHART = 8, 5
_WHITES = frozenset({1, 9})  # of the numbered colours
_FAULTS = (struct.error, OSError, ValueError, IndexError)


@dataclass(slots=True)
class _Book:
    """What the first part of the stream says: sheets by where they begin, formats by number, fonts and which of them are white, styles as
    (font, format, whether the ground is white), and texts in which the font changes, by number."""

    sheets: dict[int, str] = field(default_factory=dict)
    formats: dict[int, str] = field(default_factory=lambda: BUILT_IN | BUILT_IN_DATES)
    fonts: list[RunFont] = field(default_factory=list)
    white: list[bool] = field(default_factory=list)
    styles: list[tuple[int, int, bool]] = field(default_factory=list)
    texts: dict[int, ShownRuns] = field(default_factory=dict)


def xls_looks(data: bytes) -> dict[str, SheetLook]:
    """By sheet name; nothing where the workbook is of an older kind or its look cannot be read."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            if not file.exists('Workbook'):
                return {}
            stream = file.openstream('Workbook').read()
        book = _book(stream)
        return {name: _look(stream, start, book) for start, name in book.sheets.items()}
    except _FAULTS:
        return {}


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes, int]]:
    """(kind, content, where the next one begins) up to the end of the part that begins at ``at``; parts inside it are passed over."""
    depth = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from('<HH', stream, at)
        content = stream[at + 4 : at + 4 + size]
        at += 4 + size
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 1:
            yield kind, content, at
        elif depth < 1:
            return


def _book(stream: bytes) -> _Book:
    book = _Book()
    shared: list[bytes] = []
    before = 0
    for kind, content, _ in _records(stream, 0):
        if kind == _SST or (kind == _CONTINUE and before == _SST):
            shared.append(content)
            kind = _SST
        before = kind
        if kind == _BOUNDSHEET:
            (start,) = struct.unpack_from('<I', content)
            book.sheets[start] = _characters(content[7:], content[6])
        elif kind == _FONT:
            flags, color, _, script = struct.unpack_from('<4H', content, 2)
            for _ in range(2 if len(book.fonts) == 3 else 1):  # there is no font 4
                book.fonts.append(RunFont(struck=bool(flags & 8), raised=script == 1))
                book.white.append(color in _WHITES)
        elif kind == _FORMAT:
            number, size = struct.unpack_from('<HH', content)
            book.formats[number] = _characters(content[4:], size)
        elif kind == _DATEMODE and content[:1] == b'\1':
            # days that are counted from 1904 on are left as numbers, where the library does not know them for days
            book.formats = {number: code for number, code in book.formats.items() if number not in BUILT_IN_DATES}
        elif kind == _XF:
            font, number = struct.unpack_from('<HH', content)
            (pattern, colors) = struct.unpack_from('<IH', content, 14) if len(content) >= 20 else (0, 0)
            bare = pattern >> 26 == 0 or (pattern >> 26 == 1 and colors & 0x7F in _WHITES)
            book.styles.append((font, number, bare))
    if shared and any(font.struck or font.raised for font in book.fonts):
        with suppress(struct.error, IndexError):  # what else the workbook says holds all the same
            book.texts = shown_runs(shared, book.fonts)
    return book


def _look(stream: bytes, start: int, book: _Book) -> SheetLook:
    formats: dict[Place, str] = {}
    struck: set[Place] = set()
    texts: dict[Place, str] = {}
    rows: set[int] = set()
    cols: set[int] = set()
    boxes: list[tuple[int, str]] = []
    pictures = partly = 0

    def cell(row: int, col: int, style: int) -> None:
        if style < len(book.styles):
            font, number, bare = book.styles[style]
            if number in book.formats:
                formats[row, col] = book.formats[number]
            unseen = font < len(book.fonts) and (book.fonts[font].struck or (book.white[font] and bare))
            if unseen or book.formats.get(number) == SHOWS_NOTHING:
                struck.add((row, col))

    for kind, content, after in _records(stream, start):
        if kind in _CELLS:
            row, col, style = struct.unpack_from('<HHH', content)
            cell(row, col, style)
            if kind == _LABELSST and (rich := book.texts.get(struct.unpack_from('<I', content, 6)[0])) is not None:
                texts[row, col] = rich.shown
                partly += rich.struck
            if kind == _FORMULA and content[12:14] == b'\xff\xff' and content[6] == 2:
                texts[row, col] = _ERRORS.get(content[8], '#N/A')
        elif kind == _BOOLERR and content[7]:
            texts[struct.unpack_from('<HH', content)] = _ERRORS.get(content[6], '#N/A')
        elif kind == _MULRK:
            row, first = struct.unpack_from('<HH', content)
            for at in range((len(content) - 6) // 6):
                cell(row, first + at, struct.unpack_from('<H', content, 4 + 6 * at)[0])
        elif kind == _ROW:
            (flags,) = struct.unpack_from('<H', content, 12)
            if flags & 0x20:
                rows.add(struct.unpack_from('<H', content)[0])
        elif kind == _COLINFO:
            first, last, width, _, flags = struct.unpack_from('<5H', content)
            if flags & 1 or not width:
                cols.update(range(first, min(last, 255) + 1))
        elif kind == _OBJ:
            pictures += len(content) > 6 and struct.unpack_from('<H', content, 4)[0] in (_PICTURE, _CHART)
        elif kind == _TXO and len(content) > 12:
            (size,) = struct.unpack_from('<H', content, 10)
            if text := _continued(stream, after, size).replace('\r', '\n').strip():
                boxes.append((1 << 16, text))
    return SheetLook(
        formats,
        frozenset(rows),
        frozenset(cols),
        frozenset(struck),
        texts,
        boxes=tuple(boxes),
        pictures=pictures,
        partly=partly,
    )


def _continued(stream: bytes, at: int, size: int) -> str:
    """The ``size`` characters that the records from ``at`` on hold."""
    found = ''
    while len(found) < size and at + 4 <= len(stream):
        kind, length = struct.unpack_from('<HH', stream, at)
        if kind != _CONTINUE or not length:
            break
        found += _characters(stream[at + 4 : at + 4 + length], size - len(found))
        at += 4 + length
    return found


def _characters(content: bytes, size: int) -> str:
    """Characters behind a flag that says whether each takes two bytes."""
    if not content:
        return ''
    wide = content[0] & 1
    return content[1 : 1 + size * (1 + wide)].decode('utf-16-le' if wide else 'latin-1', 'replace')
