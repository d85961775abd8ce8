"""The type that the table reader returns: one scored line, with every column as cleaned text that knows its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from kaohe.extractors.document import Cell
from kaohe.extractors.findings import Finding
from kaohe.normalizers.catalogue import Column, IndicatorKind, Role, TableKind
from kaohe.normalizers.lines.keys import line_key
from kaohe.normalizers.lines.levels import Level
from kaohe.normalizers.text.cleaning import Text


@dataclass(frozen=True, slots=True)
class Line:
    """One scored line of a table. ``table`` is the table's index in the stitched document; rows are grid rows of it, None for a line that
    stands in the running text, in ``block``.

    ``points_text`` is the points cell as printed; ``points_source`` the text in which the points stand, wherever that is.
    ``graded``: each line of ``criteria`` is a grade.
    ``duties`` holds the cells of each duty as drawn. ``doubts`` says, in Chinese, what of the line may have been misread.
    Of a line recognised from a picture, ``adds_up`` tells whether the printed sums confirm its points (None where none is printed), and
    ``misread`` what the recogniser read where the sums proved another reading.
    """

    table: int
    row_first: int | None
    row_last: int | None
    kind: IndicatorKind = 'scored'
    counts_to_total: bool = True
    levels: tuple[Level, ...] = ()
    number: Text | None = None
    name: Text | None = None
    requirement: Text | None = None
    criteria: Text | None = None
    points: Decimal | None = None
    points_text: Text | None = None
    points_source: Text | None = None
    duties: Mapping[Role, tuple[Cell, ...]] = field(default_factory=dict)
    page: int | None = None
    doubts: tuple[str, ...] = ()
    adds_up: bool | None = None
    misread: str | None = None
    block: int | None = None
    graded: bool = False

    @property
    def path(self) -> tuple[str, ...]:
        """The titles of the categories above the line, from the highest down."""
        return tuple(level.title.text for level in self.levels if level.title)

    @property
    def key(self) -> str:
        """The content hash of the contract (docs/catalogue.md)."""
        texts = (str(text) if text else None for text in (self.number, self.name, self.requirement, self.criteria))
        number, name, requirement, criteria = texts
        return line_key(self.path, number, name, requirement, criteria, self.points)


@dataclass(frozen=True, slots=True)
class Total:
    """A row that adds up others: where it stands, the points that it prints, and whether it closes the table (合计) or a part (小计)."""

    row: int
    points: Decimal
    part: bool


@dataclass(frozen=True, slots=True)
class TableRead:
    """A table as understood. ``header_rows`` are (first, last) of its header; ``notes`` the rows that explain instead of score;
    ``rules`` the cells of categories whose titles print a rule (加分项（最高不超过5分）)."""

    table: int
    kind: TableKind
    columns: tuple[Column, ...]
    lines: tuple[Line, ...] = ()
    totals: tuple[Total, ...] = ()
    notes: tuple[Cell, ...] = ()
    header_rows: tuple[int, int] | None = None
    findings: tuple[Finding, ...] = ()
    rules: tuple[Cell, ...] = ()
