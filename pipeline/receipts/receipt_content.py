"""What a receipt tells of one document, read from the database."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from kaohe.pipeline.receipts.paper import Name, Paper

# What SQLite gives as a tuple is kept as one: the records of a thousand lines are made in a tenth of the time of dataclasses.
Made = TypeVar('Made', bound=NamedTuple)


class ReceiptClause(NamedTuple):
    """A clause in a column of a line or in a block."""

    id: str
    indicator_id: str | None
    block_id: str | None
    table_id: str | None
    scope: str
    field: str | None
    start: int
    end: int
    text: str
    effect: str
    points: float | None
    per_quantity: float | None
    per_unit: str | None
    condition: str | None
    cap: float | None


class ReceiptTarget(NamedTuple):
    """A number that must be reached, in a column of a line."""

    id: str
    indicator_id: str
    field: str
    start: int
    end: int
    metric: str | None
    comparator: str
    value: float
    value_high: float | None
    unit: str | None
    basis: str | None
    period: str | None


class ReceiptDuty(NamedTuple):
    """Who answers for a line."""

    indicator_id: str
    role: str
    party: str


class Figure(NamedTuple):
    """A figure that a report states, in a block."""

    block_id: str
    start: int
    end: int
    text: str
    metric: str | None
    value: float
    unit: str | None
    change: str | None
    change_value: float | None
    change_unit: str | None
    period: str | None


class ReceiptDoubt(NamedTuple):
    """A finding."""

    id: str
    table_id: str | None
    indicator_id: str | None
    clause_id: str | None
    about: str
    severity: str
    code: str
    message: str
    page: int | None
    row: int | None


class ReceiptCorrection(NamedTuple):
    """What somebody decided about a value: ``before``, ``value`` and ``target`` are JSON, as stored."""

    owner: str
    added: int
    target: str
    field: str | None
    value: str
    before: str
    decided_by: str
    decided_at: str
    why: str | None
    state: str


class ReceiptLine(NamedTuple):
    """A scored line. ``path`` is JSON, as stored."""

    id: str
    table_id: str
    ordinal: int
    kind: str
    level1: str | None
    level1_points: float | None
    path: str
    number: str | None
    name: str | None
    requirement: str | None
    criteria: str | None
    points: float | None
    points_text: str | None
    row_first: int | None
    row_last: int | None
    page: int | None

    @property
    def texts(self) -> tuple[tuple[str, str | None], ...]:
        """What stands in the columns in which clauses and targets stand, by their names."""
        return (
            ('name', self.name),
            ('requirement', self.requirement),
            ('criteria', self.criteria),
            ('points_text', self.points_text),
        )


class ReceiptTable(NamedTuple):
    """A table of the notice; ``ordinal`` counts from 0."""

    id: str
    ordinal: int
    kind: str
    title: str | None
    total_points: float | None
    page_first: int | None
    page_last: int | None
    proof: str | None


class ReceiptOverlay(NamedTuple):
    """What people say of a row other than was read: ``changes`` is a JSON object of its columns."""

    owner: str
    owner_id: str
    changes: str
    decided_by: str | None
    decided_on: str | None


class ReceiptBlock(NamedTuple):
    """A paragraph."""

    id: str
    ordinal: int
    text: str
    page: int | None


@dataclass(frozen=True, slots=True)
class ReceiptContent:
    """A document with all that its receipt shows."""

    paper: Paper
    names: tuple[Name, ...]
    tables: tuple[ReceiptTable, ...]
    lines: tuple[ReceiptLine, ...]
    clauses: tuple[ReceiptClause, ...]
    targets: tuple[ReceiptTarget, ...]
    duties: tuple[ReceiptDuty, ...]
    figures: tuple[Figure, ...]
    doubts: tuple[ReceiptDoubt, ...]
    blocks: tuple[ReceiptBlock, ...]
    corrections: tuple[ReceiptCorrection, ...] = ()
    overlays: tuple[ReceiptOverlay, ...] = ()

    @property
    def grave(self) -> int:
        """How many findings a person should look at."""
        return sum(doubt.severity != 'info' for doubt in self.doubts)

    @property
    def nth(self) -> dict[str, int]:
        """Which line of its table each line is, from 1, by its id."""
        counts: dict[str, int] = defaultdict(int)
        found = {}
        for line in self.lines:
            counts[line.table_id] += 1
            found[line.id] = counts[line.table_id]
        return found

    @property
    def present(self) -> bool:
        """Whether a file of the inbox holds the document."""
        return any(name.present for name in self.names)


_BY_LINE = 'JOIN indicators AS i ON i.id = x.indicator_id WHERE i.document_id = ? ORDER BY i.ordinal, x.ordinal'
_GRAVEST = "CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END"


def read_content(connection: sqlite3.Connection, paper: Paper, names: Sequence[Name]) -> ReceiptContent:
    """All that the receipt of ``paper`` shows, in the order of the notice; findings the gravest first."""
    cursor = connection.cursor()
    cursor.row_factory = None  # rows become records of ours

    def rows(kind: type[Made], table: str, end: str) -> tuple[Made, ...]:
        columns = ', '.join(f'x.{name}' for name in kind._fields)
        sql = f'SELECT {columns} FROM {table} AS x {end}'  # noqa: S608 names of our own
        return tuple(map(kind._make, cursor.execute(sql, (paper.id,))))

    of_document = 'WHERE x.document_id = ? ORDER BY x.ordinal'
    return ReceiptContent(
        paper=paper,
        names=tuple(names),
        tables=rows(ReceiptTable, 'tables', of_document),
        lines=rows(ReceiptLine, 'indicators', of_document),
        clauses=rows(ReceiptClause, 'clauses', of_document),
        targets=rows(ReceiptTarget, 'thresholds', _BY_LINE),
        duties=rows(ReceiptDuty, 'responsibilities', _BY_LINE),
        figures=rows(Figure, 'facts', of_document),
        doubts=rows(ReceiptDoubt, 'findings', f'WHERE x.document_id = ? ORDER BY {_GRAVEST}, x.ordinal'),
        corrections=rows(
            ReceiptCorrection,
            'corrections',
            'WHERE x.document_id = (SELECT coalesce(edition_of, id) FROM documents WHERE id = ?) ORDER BY x.decided_at, x.id',
        ),
        overlays=rows(ReceiptOverlay, 'overlays', 'WHERE x.document_id = ? AND x.corrected ORDER BY x.owner_id'),
        blocks=rows(ReceiptBlock, 'blocks', 'WHERE x.document_id = ? AND x.text IS NOT NULL ORDER BY x.ordinal'),
    )
