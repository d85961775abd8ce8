"""One sheet as people see it: its tables and lines of text, and what of it is not read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kaohe.extractors.findings import Finding, finding
from kaohe.extractors.left_out import hidden
from kaohe.extractors.sheet.number_formats import shown_number
from kaohe.extractors.sheet.sheet_look import Place, Range, SheetLook, Visible, address, named, visible
from kaohe.extractors.sheet.shown_values import Value, shown
from kaohe.extractors.sheet.tables import SheetRegion, covered, owners, regions

# A picture in a cell, as WPS Office writes it.
_CELL_PICTURE = re.compile(r'=?\s*(?:_xlfn\.)?DISPIMG\(.*', re.IGNORECASE)
_ERRORS = frozenset(
    {'#DIV/0!', '#N/A', '#NAME?', '#NULL!', '#NUM!', '#REF!', '#VALUE!', '#SPILL!', '#CALC!', '#GETTING_DATA'}
)


@dataclass(frozen=True, slots=True)
class ShownSheet:
    """Its tables and lines of text in reading order; the cells of tables know their addresses."""

    regions: tuple[SheetRegion, ...]
    findings: tuple[Finding, ...]


def read_sheet(name: str, rows: Sequence[Sequence[Value]], merged: Sequence[Range], look: SheetLook) -> ShownSheet:
    """What people see of the sheet with this name and these values, row by row."""
    texts = _texts(rows, look)
    struck = sum(1 for row, col in look.struck if row < len(rows) and col < len(rows[row]) and rows[row][col] != '')
    for row, col in look.struck:
        if row < len(texts) and col < len(texts[row]):
            texts[row][col] = ''
    pictures = look.pictures
    for line in texts:
        for col, text in enumerate(line):
            if _CELL_PICTURE.fullmatch(text):
                line[col] = ''
                pictures += 1
    seen = visible(texts, merged, look)
    owned = owners(seen.texts, seen.merged)
    found = [_addressed(region, seen, name) for region in regions(seen.texts, owned)]
    first = next((row for row, line in enumerate(texts) if any(line)), 1 << 16)
    above = [SheetRegion(line) for row, text in look.boxes if row < first for line in text.split('\n') if line.strip()]
    below = [SheetRegion(line) for row, text in look.boxes if row >= first for line in text.split('\n') if line.strip()]
    rows_out, cols_out = seen.left_out
    findings = (
        *(
            replace(each, message=f'工作表“{name}”：{each.message}')
            for each in hidden(rows=rows_out, columns=cols_out, texts=struck + look.partly + covered(seen.texts, owned))
        ),
        *_unread(name, rows, texts, look, pictures),
    )
    return ShownSheet((*above, *found, *below), findings)


def _texts(rows: Sequence[Sequence[Value]], look: SheetLook) -> list[list[str]]:
    """The texts of the cells; rows that are one and the same object, in which nothing stands, are again."""
    said = {row for row, _ in look.texts}
    blank: list[str] = []
    found = []
    for row, line in enumerate(rows):
        if row in said or any(value != '' for value in line):
            found.append([_text(value, (row, col), look) for col, value in enumerate(line)])
        else:
            blank = blank or [''] * len(line)
            found.append(blank)
    return found


def _text(value: Value, place: Place, look: SheetLook) -> str:
    rich = look.texts.get(place)
    return shown(value, look.formats.get(place)) if rich is None else shown(rich)


def _unread(
    name: str, rows: Sequence[Sequence[Value]], texts: Sequence[Sequence[str]], look: SheetLook, pictures: int
) -> Iterator[Finding]:
    """What of the sheet has no text, or another one than it shows."""
    where = f'工作表“{name}”'

    def inside(place: Place) -> bool:
        row, col = place
        return (
            row < len(texts) and col < len(texts[row]) and row not in look.hidden_rows and col not in look.hidden_cols
        )

    blank = [place for place in look.uncached if not inside(place) or not texts[place[0]][place[1]]]
    if blank:
        yield finding('formula.uncached', cells=named(blank, name))
    faults = [
        (row, col)
        for row, line in enumerate(texts)
        for col, text in enumerate(line)
        if text in _ERRORS and inside((row, col))
    ]
    if faults:
        yield finding('formula.error', cells=named(faults, name))
    rounded = [
        (row, col)
        for (row, col), code in look.formats.items()
        if inside((row, col))
        and isinstance(value := rows[row][col], (int, float))
        and (number := shown_number(value, code)) is not None
        and number.rounds
    ]
    if rounded:
        yield finding('number.rounded', cells=named(rounded, name))
    if pictures:
        yield finding('part.pictures', where=where, count=pictures)


def _addressed(region: SheetRegion, seen: Visible, sheet: str) -> SheetRegion:
    cells = tuple(
        replace(cell, address=f'{sheet}!{address(seen.rows[region.top + cell.row], seen.cols[region.left + cell.col])}')
        for cell in region.cells
    )
    return replace(region, cells=cells)
