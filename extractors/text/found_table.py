"""What the readers of text shapes share: a table found in lines, and how it becomes a ``Table``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kaohe.extractors.document import Cell, Table, Unreadable
from kaohe.extractors.findings import finding

#: As in a workbook. A line of nothing but tabs would else widen every other row of its table.
MOST_COLUMNS = 16_384
_MANY_CELLS = 200_000
_MOST_PADDED = 4  # times as many as the file holds


@dataclass(frozen=True, slots=True)
class Part:
    """A cell of a text row: what it says and how many columns it takes."""

    text: str
    span: int = 1


Row = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table in the lines ``first <= n < end`` of a text; every row takes the same number of columns."""

    first: int
    end: int
    rows: tuple[Row, ...]
    doubtful: frozenset[int] = frozenset()

    @property
    def cols(self) -> int:
        """How many columns the table has."""
        return sum(part.span for part in self.rows[0])

    def table(self, index: int) -> Table:
        """The table as the document's ``index``-th."""
        cells = []
        for row, parts in enumerate(self.rows):
            col = 0
            for part in parts:
                cells.append(Cell(row, col, 1, part.span, part.text))
                col += part.span
        return Table(
            index,
            rows=len(self.rows),
            cols=self.cols,
            cells=tuple(cells),
            merges=False,
            doubtful_rows=self.doubtful,
        )


def cell_text(lines: Sequence[str]) -> str:
    """The text of a cell from its lines: blank lines and white space around the whole are not text."""
    return '\n'.join(line for line in lines if line.strip()).strip()


def columns_of(rows: Sequence[Sequence[str]]) -> int:
    """How many columns a table of these rows has, all filled up to the widest: in a very large one, those that are blank at the end of every
    row are none. Raises ``Unreadable`` (``file.too_large``) where there are more than a workbook has, or the file holds far fewer cells."""
    cols = max(map(len, rows))
    if cols <= MOST_COLUMNS and cols * len(rows) <= _MANY_CELLS:
        return cols
    cols = max(max((col for col, text in enumerate(row, start=1) if text.strip()), default=1) for row in rows)
    held = sum(min(len(row), cols) for row in rows)
    if cols > MOST_COLUMNS:
        raise Unreadable(finding('file.too_large', detail=f'表格有 {cols} 列，最多读 {MOST_COLUMNS} 列'))
    if cols * len(rows) > max(_MANY_CELLS, _MOST_PADDED * held):
        raise Unreadable(finding('file.too_large', detail=f'表格有 {len(rows)} 行，其中一行有 {cols} 列'))
    return cols


def padded(texts: Sequence[str], cols: int) -> Row:
    """A row of single cells, filled up with blank ones at its end, or cut to so many."""
    return tuple(Part(text) for text in texts[:cols]) + (Part(''),) * (cols - len(texts))
