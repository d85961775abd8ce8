"""The tables of a worksheet, and the lines of text above, between and below them.

A sheet is one grid, whatever stands on it. A row with a single text above a table is a title, a row of labels to be filled in
(``填报单位：``) is a line of text; a blank row or a title parts two tables where a new head follows, else it belongs to the table.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kaohe.extractors.document import Cell

Texts = Sequence[Sequence[str]]
Range = tuple[int, int, int, int]  # top, left, bottom, right, all included
Owned = Mapping[tuple[int, int], Range]  # the merged range of each place that stands in one

# So many blank rows part a sheet, whatever follows: a text far below a table is none of its lines.
MAX_GAP = 100

_LABEL = re.compile(r'[^：:]{0,20}[：:][\s_＿]*[^：:]{0,30}|第?\s*_*\s*页|第\s+页|共\s+页')
_DATE = re.compile(
    r'\s*(?:\d{4}|[〇○零一二三四五六七八九]{4})\s*年\s*[\d一二三四五六七八九十]{1,2}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日\s*'
)
_NOTE = re.compile(r'(?:注|备注|说明|附注|附件|附表|填表|填报|制表|审核|单位负责人)')
_LONGEST_HEADING = 16


@dataclass(frozen=True, slots=True)
class SheetRegion:
    """A table (its ``cells`` tile ``rows`` x ``cols`` and begin at row ``top``, column ``left`` of the sheet) or, without cells, a line of text."""

    text: str = ''
    centered: bool | None = None
    rows: int = 0
    cols: int = 0
    cells: tuple[Cell, ...] = ()
    top: int = 0
    left: int = 0


@dataclass(frozen=True, slots=True)
class _Part:
    """A cell of a row of the sheet: a merged region stands in the row in which it begins."""

    col: int
    row_span: int
    col_span: int
    text: str


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the sheet: the cells with text that begin in it. ``inside`` tells whether one from above reaches into it."""

    number: int
    parts: tuple[_Part, ...]
    inside: bool

    @property
    def blank(self) -> bool:
        """Whether nothing can be seen in this row."""
        return not self.parts and not self.inside

    @property
    def single(self) -> bool:
        """Whether the row is one text on its own."""
        return len(self.parts) == 1 and not self.inside and self.parts[0].row_span == 1

    @property
    def labels(self) -> bool:
        """Whether the row only holds labels with room to fill in."""
        return bool(self.parts) and not self.inside and all(_LABEL.fullmatch(part.text) for part in self.parts)

    @property
    def heads(self) -> bool:
        """Whether the row may be the head of a table: several short words and no number."""
        return len(self.parts) > 1 and not self.inside and all(_is_heading(part.text) for part in self.parts)


def regions(texts: Texts, owned: Owned) -> list[SheetRegion]:
    """The tables and lines of text of a sheet from its texts, row by row, and its merged ranges."""
    rows = _rows(texts, owned)
    found: list[SheetRegion] = []
    for group in _groups(rows):
        found += _group_regions(group, texts, owned)
    return found


def covered(texts: Texts, owned: Owned) -> int:
    """How many cells are merged away and say something else than the range that they belong to: nobody sees it."""
    shown = ((texts[row][col], texts[top][left]) for (row, col), (top, left, _, _) in owned.items())
    return sum(bool(text.strip()) and text != seen for text, seen in shown)


def owners(texts: Texts, merged: Sequence[Range]) -> Owned:
    """For every place of a merged range, the range; ranges are cut to the sheet, and one over another is dropped."""
    height, width = len(texts), len(texts[0]) if texts else 0
    found: dict[tuple[int, int], Range] = {}
    for top, left, bottom, right in merged:
        kept = (top, left, min(bottom, height - 1), min(right, width - 1))
        places = [(row, col) for row in range(top, kept[2] + 1) for col in range(left, kept[3] + 1)]
        if len(places) > 1 and found.keys().isdisjoint(places):
            found.update(dict.fromkeys(places, kept))
    return found


def _rows(texts: Texts, owned: Owned) -> list[_Row]:
    rows = []
    for number, line in enumerate(texts):
        parts = []
        inside = False
        for col, text in enumerate(line):
            top, left, bottom, right = owned.get((number, col), (number, col, number, col))
            if (top, left) == (number, col) and text:
                parts.append(_Part(col, bottom - top + 1, right - left + 1, text))
            elif top < number and left == col and texts[top][left]:
                inside = True
        rows.append(_Row(number, tuple(parts), inside))
    return rows


def _groups(rows: Sequence[_Row]) -> list[list[_Row]]:
    """Rows that belong together: parted where, after a blank row or a single text, a new head or a new title begins, and where very many
    rows are blank."""
    opens = _openings(rows)
    groups: list[list[_Row]] = [[]]
    full, blank = False, 0  # whether the group has a row of several cells; how many blank rows there are just before
    for number, row in enumerate(rows):
        follows_head = number + 1 < len(rows) and rows[number + 1].heads
        starts_anew = (blank and opens[number]) or (row.single and follows_head)
        if not row.blank and (blank >= MAX_GAP or (starts_anew and full)):
            groups.append([row])
            full = len(row.parts) > 1
        else:
            groups[-1].append(row)
            full = full or len(row.parts) > 1
        blank = blank + 1 if row.blank else 0
    return groups


def _openings(rows: Sequence[_Row]) -> list[bool]:
    """For each row, whether a table's head stands there, or below titles that begin there."""
    found = [False] * len(rows)
    below = True  # what ends with a title or blank rows might go on with a head
    for number in range(len(rows) - 1, -1, -1):
        row = rows[number]
        below = row.heads or ((row.single or row.labels or row.blank) and below)
        found[number] = below
    return found


def _is_heading(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING and not re.search(r'\d|[。；]', text)


def _group_regions(group: Sequence[_Row], texts: Texts, owned: Owned) -> list[SheetRegion]:
    rows = deque(group)
    above: list[SheetRegion] = []
    below: deque[SheetRegion] = deque()
    # a row of its own without a text is blank, or the lower part of the label above it
    while rows and (not rows[0].parts or rows[0].single or rows[0].labels):
        above += _line(rows.popleft())
    while rows and (
        rows[-1].blank or (rows[-1].labels and not _says_again(rows)) or (rows[-1].single and _closes(rows[-1], below))
    ):
        below.extendleft(reversed(_line(rows.pop())))
    if not rows:
        return [*above, *below]
    first, last = rows[0].number, rows[-1].number
    left = min(part.col for row in rows for part in row.parts)
    right = max(part.col + part.col_span - 1 for row in rows for part in row.parts)
    cells = []
    for row in range(first, last + 1):
        for col in range(left, right + 1):
            top, at, bottom, end = owned.get((row, col), (row, col, row, col))
            # A blank merged range may reach over the table's edge: it begins where the table does.
            if (max(top, first), max(at, left)) == (row, col):
                spans = (min(bottom, last) - row + 1, min(end, right) - col + 1)
                cells.append(Cell(row - first, col - left, *spans, texts[top][at]))
    if left == right or last == first:
        return [*above, *(SheetRegion(cell.text) for cell in cells if cell.text), *below]
    return [
        *above,
        SheetRegion(rows=last - first + 1, cols=right - left + 1, cells=tuple(cells), top=first, left=left),
        *below,
    ]


def _says_again(rows: Sequence[_Row]) -> bool:
    """Whether the last row is one text with a label that rows amid the table bear too (评分标准：…): it belongs to the line above it."""
    if not rows[-1].single:
        return False
    label = re.split('[：:]', rows[-1].parts[0].text)[0]
    return bool(label) and any(
        row.single and re.match(re.escape(label) + r'\s*[：:]', row.parts[0].text) for row in [*rows][:-1]
    )


def _closes(row: _Row, below: Sequence[SheetRegion]) -> bool:
    """Whether the only text of a row below a table is none of its lines: a note, a date, or the name that signs above a date."""
    text = row.parts[0].text
    signs = bool(below) and _DATE.fullmatch(below[0].text) and not re.search(r'[\d，。；：]', text)
    return bool(_NOTE.match(text) or _DATE.fullmatch(text) or signs)


def _line(row: _Row) -> list[SheetRegion]:
    """A row outside a table as a line of text; a title merged over several columns is centered on them."""
    if not row.parts:
        return []
    centered = True if row.single and row.parts[0].col_span > 1 else None
    return [SheetRegion('  '.join(part.text for part in row.parts), centered)]
