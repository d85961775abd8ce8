"""The truth of a sample notice, and the page that is drawn from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal['scored', 'bonus', 'penalty', 'downgrade']
Style = Literal['letterhead', 'number', 'title', 'table_title', 'heading', 'text', 'signature']


@dataclass(frozen=True)
class ClauseTruth:
    """What a clause of a line says; ``per`` is (quantity, unit)."""

    effect: str
    points: float | None = None
    per: tuple[float, str | None] | None = None


@dataclass(frozen=True)
class Category:
    """A level above lines, with the points printed with it."""

    name: str
    points: float | None = None
    kind: Kind = 'scored'


@dataclass(frozen=True)
class Line:
    """One scored line: what the catalogue must hold of it."""

    level1: Category
    requirement: str | None = None
    criteria: str | None = None
    points: float | None = None
    level2: Category | None = None
    number: str | None = None
    name: str | None = None
    duties: dict[str, tuple[str, ...]] = field(default_factory=dict)
    clauses: tuple[ClauseTruth, ...] = ()

    @property
    def kind(self) -> Kind:
        """The kind is that of the category."""
        return self.level1.kind


@dataclass(frozen=True)
class GridCell:
    """A cell to draw, with its span."""

    row: int
    col: int
    text: str
    row_span: int = 1
    col_span: int = 1


@dataclass(frozen=True)
class Grid:
    """A table to draw: ``widths`` are shares of the page's width."""

    widths: tuple[float, ...]
    cells: tuple[GridCell, ...]
    header_rows: int = 1

    @property
    def rows(self) -> int:
        """How many rows the cells cover."""
        return max(cell.row + cell.row_span for cell in self.cells)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph to draw."""

    text: str
    style: Style = 'text'


@dataclass(frozen=True)
class TableTruth:
    """A table of the notice: its title, its printed total, its lines."""

    title: str
    lines: tuple[Line, ...]
    total: float | None = None


@dataclass(frozen=True)
class Sample:
    """A notice: its metadata, its tables as truth, and its page."""

    name: str
    kind: Literal['assessment', 'summary']
    title: str
    issuer: str
    doc_number: str | None
    issued_on: str | None
    year: int | None
    body: tuple[Paragraph | Grid, ...]
    tables: tuple[TableTruth, ...] = ()
    formats: tuple[str, ...] = ('docx',)

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines, table by table."""
        return tuple(line for table in self.tables for line in table.lines)


def number(value: float) -> str:
    """``5.0`` prints as ``5``, ``0.5`` as ``0.5``."""
    return f'{value:g}'


def with_points(name: str, points: float | None, feed: str = '') -> str:
    """``人事管理（5分）``; ``feed`` stands between the name and its points."""
    return name if points is None else f'{name}{feed}（{number(points)}分）'


def runs(keys: Sequence[object]) -> list[tuple[int, int]]:
    """The half-open ranges of equal neighbours: what a merged cell covers."""
    found: list[tuple[int, int]] = []
    start = 0
    for index in range(1, len(keys) + 1):
        if index == len(keys) or keys[index] != keys[start]:
            found.append((start, index))
            start = index
    return found
