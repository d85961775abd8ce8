"""What a file says, before anyone asks what it means: the types that every extractor returns.

A ``Document`` holds the file's blocks in reading order and its tables as drawn. Nothing here knows of points or
scores. Rows, columns, blocks and tables count from 0, pages from 1. Boxes are in points (1/72 inch) from the page's
top left corner. ``None`` means that the format does not say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from kaohe.extractors.findings import Finding

BlockKind = Literal['paragraph', 'table', 'furniture']


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page: ``x0 <= x1``, ``top <= bottom``, in points from the page's top left corner."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as drawn: a merged region is one cell.

    ``text`` is what the file holds: ``\\n`` stands where the file ends a paragraph or breaks a line, not where the
    cell's width wrapped one. ``confidence`` (0 to 1) is the lowest that optical character recognition gave
    to a digit or sign of number in the cell (1 where it has none); None where the text was not recognised but read. ``address`` is where
    people find the cell in a workbook (``考核表!C5``).
    """

    row: int
    col: int
    row_span: int
    col_span: int
    text: str
    boxes: tuple[Box, ...] = ()
    confidence: float | None = None
    address: str | None = None

    @property
    def bottom_row(self) -> int:
        """The last row that the cell covers."""
        return self.row + self.row_span - 1

    @property
    def right_col(self) -> int:
        """The last column that the cell covers."""
        return self.col + self.col_span - 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table as drawn: ``cells`` in reading order (by row, then column) tile ``rows`` x ``cols`` exactly once.

    ``merges`` tells whether the format can merge cells. Where it cannot (text), a blank cell is ambiguous.
    ``header_rows`` is the number of rows that the file itself marks as a repeated header (Word's tblHeader), else 0.
    ``edges`` are the x positions of the ``cols + 1`` column borders, where the format has positions.
    ``parent`` is (table index, row, column) of the cell in which a nested table stands. ``sheet`` is the name of the
    worksheet that holds it.
    ``doubtful_rows`` are rows whose cells the file does not tell apart safely (a text row that was repaired, ruled
    lines that do not close): the reader guessed, and whoever uses the row must say so.
    """

    index: int
    rows: int
    cols: int
    cells: tuple[Cell, ...]
    page_first: int | None = None
    page_last: int | None = None
    header_rows: int = 0
    merges: bool = True
    edges: tuple[float, ...] | None = None
    parent: tuple[int, int, int] | None = None
    sheet: str | None = None
    doubtful_rows: frozenset[int] = frozenset()

    def grid(self) -> list[list[Cell]]:
        """``grid()[row][col]`` is the cell that covers this place; a merged cell stands in each of its places."""
        found: list[list[Cell | None]] = [[None] * self.cols for _ in range(self.rows)]
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.row_span):
                for col in range(cell.col, cell.col + cell.col_span):
                    if found[row][col] is not None:
                        raise ValueError(f'table {self.index}: two cells cover row {row}, column {col}')
                    found[row][col] = cell
        for row, line in enumerate(found):
            for col, at in enumerate(line):
                if at is None:
                    raise ValueError(f'table {self.index}: no cell covers row {row}, column {col}')
        return found  # type: ignore[return-value]  # every None was refused above


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, the place of a table, or page furniture (running headers and footers, page numbers).

    ``text`` includes ``label``, the number that the program which wrote the file would print by itself (automatic
    numbering). ``level`` is the outline level (1 is the highest) that the file states. ``centered`` and ``size`` (in points,
    the largest of the paragraph) are for telling titles from text; None where the format does not say.
    """

    kind: BlockKind
    text: str = ''
    table: int | None = None
    page: int | None = None
    label: str | None = None
    level: int | None = None
    centered: bool | None = None
    size: float | None = None
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One file as read. ``format`` is a name of the table of formats. ``findings`` are the reader's own complaints.

    ``blocks`` are in reading order; ``blocks[i].table`` indexes ``tables``. A nested table has no block of its own: it
    stands in ``tables`` after its parent, and its text is not repeated in the parent's cell. ``pages`` is None where the format
    has no pages.
    """

    format: str
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...] = ()
    pages: int | None = None
    findings: tuple[Finding, ...] = ()

    def texts(self) -> Iterator[str]:
        """Every piece of text that was read, furniture included, in the order of blocks, then tables."""
        yield from (block.text for block in self.blocks if block.kind != 'table')
        for table in self.tables:
            yield from (cell.text for cell in table.cells)

    def complain(self, *findings: Finding) -> Document:
        """The same document with more findings."""
        return replace(self, findings=(*self.findings, *findings))


class Unreadable(Exception):
    """Nothing of the file can be read. ``finding`` says why and what to do; its severity is ``error``."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding
