"""Property modifiers of Word 97-2003 files ([MS-DOC] 2.6): what they say of a paragraph, of a table row, of characters."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace

# The operand's size by the top three bits of a modifier; 0 is variable.
# Tables in tables; a damaged file claims billions.
_DEEPEST = 60
_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)
_T_DEF_TABLE, _P_CHANGE_TABS, _P_HUGE = 0xD608, 0xC615, (0x6645, 0x6646)


def modifiers(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(modifier, operand) of each; stops at the first that does not fit."""
    at = 0
    while at + 2 <= len(data):
        code = struct.unpack_from('<H', data, at)[0]
        at += 2
        size = _SIZES[code >> 13]
        if not size:
            if at >= len(data):
                return
            if code == _T_DEF_TABLE:
                if at + 2 > len(data):
                    return
                size = struct.unpack_from('<H', data, at)[0] - 1
                at += 2
            else:
                size = data[at]
                at += 1
                if code == _P_CHANGE_TABS and size == 255:
                    deleted = data[at] if at < len(data) else 0
                    added = data[at + 1 + 4 * deleted] if at + 1 + 4 * deleted < len(data) else 0
                    size = 2 + 4 * deleted + 3 * added
        if size < 0 or at + size > len(data):
            return
        yield code, data[at : at + size]
        at += size


def huge(data: bytes) -> int | None:
    """The offset in the data stream where the paragraph's modifiers go on, None where they are all here."""
    return next((struct.unpack('<I', operand)[0] for code, operand in modifiers(data) if code in _P_HUGE), None)


@dataclass(frozen=True, slots=True)
class ParagraphModifiers:
    """What a paragraph's modifiers say. ``depth`` is how many tables it stands in; ``level`` counts from 1."""

    depth: int = 0
    row_end: bool = False
    cell_end: bool = False
    inner_row_end: bool = False
    list_override: int = 0
    list_level: int = 0
    level: int | None = None
    centered: bool | None = None
    right: bool = False

    def modified(self, data: bytes) -> ParagraphModifiers:
        """The same with these modifiers applied over it."""
        found = self
        for code, operand in modifiers(data):
            first = operand[0] if operand else 0
            if code == 0x2416:  # sprmPFInTable
                found = replace(found, depth=max(found.depth, 1) if first else 0)
            elif code == 0x6649:  # sprmPItap
                found = replace(found, depth=min(max(0, struct.unpack('<i', operand)[0]), _DEEPEST))
            elif code == 0x2417:  # sprmPFTtp
                found = replace(found, row_end=bool(first))
            elif code == 0x244B:  # sprmPFInnerTableCell
                found = replace(found, cell_end=bool(first))
            elif code == 0x244C:  # sprmPFInnerTtp
                found = replace(found, inner_row_end=bool(first))
            elif code == 0x460B:  # sprmPIlfo
                found = replace(found, list_override=struct.unpack('<H', operand)[0])
            elif code == 0x260A:  # sprmPIlvl
                found = replace(found, list_level=first)
            elif code == 0x2640:  # sprmPOutLvl: 9 is body text
                found = replace(found, level=first + 1 if first < 9 else None)
            elif code in (0x2461, 0x2403):  # sprmPJc, sprmPJc80
                found = replace(found, centered=first == 1)
        return found


@dataclass(frozen=True, slots=True)
class Characters:
    """What the modifiers of a run of characters say; ``size`` is in half points, ``symbol`` is (font, place in it), ``fonts`` are
    those of the run for ASCII and for other characters, ``data`` is where in the data stream its picture or form field stands."""

    deleted: bool = False
    hidden: bool = False
    special: bool = False
    symbol: tuple[int, int] | None = None
    size: int | None = None
    struck: bool = False
    raised: bool = False
    fonts: tuple[int | None, int | None] = (None, None)
    data: int | None = None

    def modified(self, data: bytes) -> Characters:
        """The same with these modifiers applied over it."""
        found = self
        for code, operand in modifiers(data):
            first = operand[0] if operand else 0
            if code == 0x0800:  # sprmCFRMarkDel
                found = replace(found, deleted=bool(first))
            elif code == 0x083C:  # sprmCFVanish: 0x80 and 0x81 mean "as the style", which shows
                found = replace(found, hidden=first == 1)
            elif code == 0x0855:  # sprmCFSpec
                found = replace(found, special=bool(first))
            elif code == 0x6A09:  # sprmCSymbol
                found = replace(found, symbol=struct.unpack('<HH', operand), special=True)
            elif code == 0x6A03:  # sprmCPicLocation
                found = replace(found, data=struct.unpack('<I', operand)[0], special=True)
            elif code == 0x4A43:  # sprmCHps
                found = replace(found, size=struct.unpack('<H', operand)[0])
            elif code in (0x0837, 0x2A53):  # sprmCFStrike, sprmCFDStrike: 0x80 and 0x81 as for sprmCFVanish
                found = replace(found, struck=first == 1 or (found.struck and first != 0))
            elif code == 0x2A48:  # sprmCIss: 1 is above the line, 2 below
                found = replace(found, raised=first == 1)
            elif code == 0x4A4F:  # sprmCRgFtc0
                found = replace(found, fonts=(struct.unpack('<H', operand)[0], found.fonts[1]))
            elif code == 0x4A51:  # sprmCRgFtc2
                found = replace(found, fonts=(found.fonts[0], struct.unpack('<H', operand)[0]))
        return found


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """A cell of a row's definition: its left and right border in twentieths of a point, and how it is merged."""

    left: int
    right: int
    continues_left: bool
    continues_above: bool
    begins_below: bool


@dataclass(frozen=True, slots=True)
class RowModifiers:
    """A row's definition: its cells from left to right; ``header`` where Word repeats it on each page."""

    cells: tuple[DrawnCell, ...]
    header: bool = False


def row(data: bytes) -> RowModifiers | None:
    """The row that the modifiers of a row's end define, None where they define none ([MS-DOC] 2.9.324 TDefTableOperand, TC80)."""
    cells: list[DrawnCell] = []
    header = False
    for code, operand in modifiers(data):
        if code == _T_DEF_TABLE and operand:
            count = operand[0]
            if len(operand) < 1 + 2 * (count + 1):
                continue
            edges = struct.unpack_from(f'<{count + 1}h', operand, 1)
            cells = []
            for index in range(count):
                place = 1 + 2 * (count + 1) + 20 * index
                flags = struct.unpack_from('<H', operand, place)[0] if place + 2 <= len(operand) else 0
                merge = flags >> 5 & 3
                cells.append(DrawnCell(edges[index], edges[index + 1], flags & 3 == 1, merge == 1, merge == 3))
        elif code == 0x3404 and operand:  # sprmTTableHeader
            header = bool(operand[0])
        elif code == 0xD62B and len(operand) >= 2 and operand[0] < len(cells):  # sprmTVertMerge
            cell = cells[operand[0]]
            cells[operand[0]] = replace(cell, continues_above=operand[1] == 1, begins_below=operand[1] == 3)
        elif code == 0x5624 and len(operand) == 2:  # sprmTMerge
            for index in range(operand[0] + 1, min(operand[1], len(cells))):
                cells[index] = replace(cells[index], continues_left=True)
    return RowModifiers(tuple(cells), header) if cells else None
