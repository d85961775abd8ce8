"""What the readers of text shapes share: a table found in lines, and how it becomes a ``Table``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kaohe.extractors.document import Cell, Table


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


def padded(texts: Sequence[str], cols: int) -> Row:
    """A row of single cells, filled up with blank ones at its end."""
    return tuple(Part(text) for text in texts) + (Part(''),) * (cols - len(texts))
