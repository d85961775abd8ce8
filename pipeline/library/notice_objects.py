"""One notice as objects: what `kaohe.read` gives. The fields are columns of docs/catalogue.md, under their names there.

Points and quantities are ``Decimal``; ``None`` is unknown. Ids are those that the database gives the same file.
"""

from __future__ import annotations

import json
import types
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast, get_args, get_origin, get_type_hints

from kaohe.pipeline.database.rows import TableRows

if TYPE_CHECKING:
    import pandas as pd

SCHEMA = 'kaohe.notice/1'
Made = TypeVar('Made')
Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Clause:
    """How points move: one statement. ``start`` and ``end`` are half-open offsets into the column ``field`` of its line, or into the
    text of its block; ``indicator_id`` is None for a clause that acts on more than a line (``scope``)."""

    id: str
    indicator_id: str | None
    scope: str
    field: str | None
    start: int
    end: int
    text: str
    item: str | None
    effect: str
    points: Decimal | None
    per_quantity: Decimal | None
    per_unit: str | None
    condition: str | None
    cap: Decimal | None
    binds: tuple[str, ...]
    share: Decimal | None
    base: Decimal | None
    direction: str | None
    sign: str | None
    rounding: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class Target:
    """A number that a fact must reach (``kind`` target), or where a clause begins to act (boundary). ``unit`` as printed."""

    id: str
    indicator_id: str
    clause_id: str | None
    kind: str | None
    field: str
    start: int
    end: int
    text: str
    metric: str | None
    comparator: str
    value: Decimal
    value_high: Decimal | None
    unit: str | None
    basis: str | None
    period: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class Duty:
    """Who answers for a line, in which ``role``."""

    indicator_id: str
    role: str
    party: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure that a report states."""

    id: str
    text: str
    metric: str | None
    value: Decimal
    unit: str | None
    approximate: bool
    change: str | None
    change_value: Decimal | None
    change_unit: str | None
    basis: str | None
    period: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A finding: ``about`` is ``reading`` (it may have been misread) or ``notice`` (the notice itself looks wrong)."""

    id: str
    code: str
    severity: str
    about: str
    message: str
    indicator_id: str | None
    clause_id: str | None
    page: int | None


@dataclass(frozen=True, slots=True)
class ScoringTable:
    """A table of the notice; ``total_points`` are those printed with it."""

    id: str
    ordinal: int
    kind: str
    title: str | None
    total_points: Decimal | None
    page_first: int | None
    page_last: int | None


@dataclass(frozen=True, slots=True)
class ScoredLine:
    """A scored line with its clauses, targets and duties. ``path`` are the categories above it, the highest first."""

    id: str
    key: str
    table_id: str
    ordinal: int
    kind: str
    counts_to_total: bool
    path: tuple[str, ...]
    level1: str | None
    level1_points: Decimal | None
    level2: str | None
    level2_points: Decimal | None
    number: str | None
    name: str | None
    requirement: str | None
    criteria: str | None
    points: Decimal | None
    points_text: str | None
    page: int | None
    clauses: tuple[Clause, ...] = ()
    targets: tuple[Target, ...] = ()
    duties: tuple[Duty, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice as read. ``status`` is ``ok``, ``partial`` (some of it could not be read) or ``failed``; then ``message`` says why, in
    Chinese, with what to do. ``clauses`` and ``targets`` hold those of the lines and those of the whole."""

    id: str
    status: str
    message: str | None
    format: str | None
    pages: int | None
    kind: str | None
    title: str | None
    issuer: str | None
    doc_number: str | None
    issued_on: str | None
    year: int | None
    tables: tuple[ScoringTable, ...] = ()
    lines: tuple[ScoredLine, ...] = ()
    clauses: tuple[Clause, ...] = ()
    targets: tuple[Target, ...] = ()
    duties: tuple[Duty, ...] = ()
    facts: tuple[Fact, ...] = ()
    findings: tuple[Doubt, ...] = ()

    def frames(self) -> dict[str, pd.DataFrame]:
        """pandas frames by name: ``tables``, ``lines``, ``clauses``, ``targets``, ``duties``, ``facts``, ``findings``; a row each, a column a
        field (points as float, unknown as NaN or None)."""
        import pandas as pd

        nested = {'clauses', 'targets', 'duties'}
        return {
            name: pd.DataFrame(
                [
                    {key: _plain(value) for key, value in _record(one).items() if name != 'lines' or key not in nested}
                    for one in getattr(self, name)
                ],
                columns=[field.name for field in fields(kind) if kind is not ScoredLine or field.name not in nested],
            )
            for name, kind in PARTS.items()
        }

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready, by the published schema ``kaohe.notice/1`` (`kaohe.notice_schema`): numbers are numbers, unknown is null. Clauses, targets
        and duties stand once, in lists of their own, and name their line."""
        told = {key: value for key, value in _record(self).items() if key not in PARTS}
        lists = {
            name: [
                {key: _plain(value) for key, value in _record(one).items() if not isinstance(one, ScoredLine) or key not in PARTS}
                for one in getattr(self, name)
            ]
            for name in PARTS
        }  # fmt: skip
        return {'schema': SCHEMA, **told, **lists}


PARTS: dict[str, type] = {
    'tables': ScoringTable, 'lines': ScoredLine, 'clauses': Clause, 'targets': Target, 'duties': Duty, 'facts': Fact, 'findings': Doubt,
}  # fmt: skip


def notice_of(rows: Iterable[TableRows]) -> Notice:
    """The notice that these rows of the catalogue say."""
    tables = {found.table: [dict(zip(found.columns, row, strict=True)) for row in found.values] for found in rows}
    clauses = _made(Clause, tables, 'clauses')
    targets = _made(Target, tables, 'thresholds')
    duties = _made(Duty, tables, 'responsibilities')
    lines = tuple(
        made
        for row in sorted(tables.get('indicators', ()), key=lambda row: row['ordinal'])
        for made in [
            _object(
                ScoredLine,
                row
                | {
                    'clauses': tuple(one for one in clauses if one.indicator_id == row['id']),
                    'targets': tuple(one for one in targets if one.indicator_id == row['id']),
                    'duties': tuple(one for one in duties if one.indicator_id == row['id']),
                },
            )
        ]
    )
    (head,) = tables['documents']
    return _object(
        Notice,
        head
        | {
            'tables': _made(ScoringTable, tables, 'tables'), 'lines': lines, 'clauses': clauses, 'targets': targets, 'duties': duties,
            'facts': _made(Fact, tables, 'facts'), 'findings': _made(Doubt, tables, 'findings'),
        },
    )  # fmt: skip


def _made(kind: type[Made], tables: Mapping[str, list[dict[str, Any]]], name: str) -> tuple[Made, ...]:
    rows = sorted(tables.get(name, ()), key=lambda row: row['ordinal'])
    return tuple(_object(kind, row) for row in rows)


def _object(kind: type[Made], row: Raw) -> Made:
    """The columns that the type has, each as its type says."""
    return kind(**{name: _as(hint, row.get(name)) for name, hint in hints_of(cast(type, kind)).items()})


@cache
def hints_of(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind, localns={'pd': None})
    return {field.name: hints[field.name] for field in fields(kind)}


def _as(hint: Any, value: Any) -> Any:
    if isinstance(hint, types.UnionType):
        if value is None:
            return None
        (hint,) = (one for one in get_args(hint) if one is not type(None))
    if get_origin(hint) is tuple:
        return tuple(json.loads(value)) if isinstance(value, str) else value or ()
    if hint is Decimal:
        return Decimal(f'{value:.12g}')
    return bool(value) if hint is bool else value


def _record(one: Any) -> dict[str, Any]:
    return {field.name: getattr(one, field.name) for field in fields(one)}


def _plain(value: Any) -> Any:
    """Numbers as JSON and pandas have them."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return list(value) if isinstance(value, tuple) else value
