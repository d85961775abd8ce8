"""Rows that people added, as rows of the database: they stand beside what was read and are told from it by their ``decision``."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from kaohe.pipeline.database.ids import Maker
from kaohe.pipeline.database.stable_ids import StableMaker, topic_of
from kaohe.pipeline.database.stored_values import json_text, real
from kaohe.pipeline.decisions.correctable_columns import FIELDS, STANDS_IN, Value
from kaohe.pipeline.decisions.decision import Decision
from kaohe.pipeline.language.terms import ROLE

if TYPE_CHECKING:
    from kaohe.normalizers.catalogue import IndicatorKind

PERSON = 'person'
"""The ``rule`` of a clause or target that a person wrote."""

_COLUMNS: dict[str, tuple[str, ...]] = {
    'indicators': ('kind', 'level1', 'level1_points', 'level2', 'level2_points', 'number', 'name', 'requirement', 'criteria', 'points', 'points_text'),
    'clauses': ('text', 'effect', 'points', 'per_quantity', 'per_unit', 'condition', 'cap'),
    'thresholds': ('text', 'metric', 'comparator', 'value', 'value_high', 'unit', 'basis', 'period'),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class AddedRow:
    """A row to insert. ``correctable``: what stands in the columns that people may correct."""

    owner: str
    id: str
    columns: Mapping[str, Value]

    @property
    def correctable(self) -> dict[str, Value]:
        """The correctable columns."""
        return {
            known.name: 0 if known.name == 'dropped' else self.columns.get(known.name) for known in FIELDS[self.owner]
        }


@dataclass(frozen=True, slots=True)
class Added:
    """What one decision adds: the row itself, what the grammar reads in it, and who answers for it."""

    row: AddedRow
    read: tuple[AddedRow, ...] = ()
    duties: tuple[tuple[str, str], ...] = field(default=())


def added_line(document: str, table: str, new: str, values: Mapping[str, Value], decision: Decision) -> Added:
    """A line, with what its texts say."""
    told = {name: values.get(name) for name in _COLUMNS['indicators']}
    path = [level for level in (told['level1'], told['level2']) if isinstance(level, str)]
    row = AddedRow('indicators', new, told | {
        'document_id': document, 'table_id': table, 'key': f'+{decision.id}', 'counts_to_total': int(told['kind'] == 'scored'),
        'path': json_text(path), 'decision': decision.id,
        'topic': topic_of(_text(told['name']), _text(told['requirement']), _text(told['criteria'])),
    })  # fmt: skip
    duties = tuple((role, party) for role in ROLE for party in cast('list[str]', values.get(role) or []))
    return Added(row, tuple(_read(document, new, told, decision)), duties)


def added_below(
    document: str, line: str, new: str, values: Mapping[str, Value], text: str | None, decision: Decision
) -> Added:
    """A clause or target that stands in a column of a line, which holds ``text``."""
    owner = decision.owner
    words = str(values.get('text') or '')
    start = max((text or '').find(words), 0)
    told: dict[str, Value] = {name: values.get(name) for name in _COLUMNS[owner]} | {
        'indicator_id': line, 'field': values.get(STANDS_IN.name), 'start': start, 'end': start + max(len(words), 1), 'rule': PERSON,
        'decision': decision.id,
    }  # fmt: skip
    if owner == 'clauses':
        told |= {'document_id': document, 'scope': 'line'}
    return Added(AddedRow(owner, new, told))


def _read(document: str, line: str, told: Mapping[str, Value], decision: Decision) -> list[AddedRow]:
    from kaohe.normalizers.written_line import read_written_line  # a run that finds nothing changed reads no line

    points = told['points']
    said = read_written_line(
        cast('IndicatorKind', told['kind']), _text(told['name']), _text(told['requirement']), _text(told['criteria']),
        None if points is None else Decimal(str(points)), _text(told['points_text']),
    )  # fmt: skip
    maker = Maker(document)
    place = {'indicator_id': line, 'decision': decision.id}
    clauses = [maker.make('clauses', line, x.field, x.start, x.end) for x in said.clauses]
    found = [
        AddedRow('items', maker.make('items', line, x.field, x.start, x.end), place | {
            'field': x.field, 'start': x.start, 'end': x.end, 'label': x.label, 'text': x.text, 'points': real(x.points),
        })
        for x in said.items
    ]  # fmt: skip
    found += [
        AddedRow('clauses', clauses[at], place | {
            'document_id': document, 'scope': x.scope, 'field': x.field, 'start': x.start, 'end': x.end, 'text': x.text, 'item': x.item,
            'effect': x.effect, 'points': real(x.points), 'per_quantity': real(x.per_quantity), 'per_unit': x.per_unit,
            'condition': x.condition, 'cap': real(x.cap), 'binds': json.dumps([clauses[b] for b in x.binds]) if x.binds else None,
            'rule': x.rule, 'share': real(x.share), 'base': real(x.base), 'direction': x.direction, 'sign': x.sign, 'rounding': x.rounding,
        })
        for at, x in enumerate(said.clauses)
    ]  # fmt: skip
    found += [
        AddedRow('thresholds', maker.make('thresholds', line, x.field, x.start, x.end), place | {
            'clause_id': None if x.clause is None else clauses[x.clause], 'kind': x.kind, 'field': x.field, 'start': x.start, 'end': x.end,
            'text': x.text, 'metric': x.metric, 'comparator': x.comparator, 'value': real(x.value), 'value_high': real(x.value_high),
            'unit': x.unit, 'basis': x.basis, 'period': x.period, 'rule': x.rule,
        })
        for x in said.thresholds
    ]  # fmt: skip
    return found


def store_added(connection: sqlite3.Connection, document: str, every: list[Added]) -> None:
    """Inserts the rows, after those that were read, in the caller's transaction."""
    (notice,) = connection.execute('SELECT stable_id FROM documents WHERE id = ?', (document,)).fetchone()
    maker = StableMaker(f'{notice}+')
    stable: dict[str, str] = {}
    for added in every:
        for row in (added.row, *added.read):
            _insert(connection, document, row, maker, stable)
        store_duties(connection, added.row.id, added.duties, str(added.row.columns['decision']))


def store_duties(connection: sqlite3.Connection, line: str, duties: tuple[tuple[str, str], ...], decision: str) -> None:
    """Inserts who answers for a line as a person said."""
    maker = Maker(line)
    for ordinal, (role, party) in enumerate(duties):
        connection.execute(
            'INSERT INTO responsibilities (id, indicator_id, ordinal, role, party, decision) VALUES (?, ?, ?, ?, ?, ?)',
            (maker.make('responsibilities', decision, role, party), line, ordinal, role, party, decision),
        )


_LAST = {
    'indicators': 'SELECT coalesce(max(ordinal), -1) + 1 FROM indicators WHERE document_id = ?',
    'clauses': 'SELECT coalesce(max(ordinal), -1) + 1 FROM clauses WHERE document_id = ?',
    'items': 'SELECT coalesce(max(x.ordinal), -1) + 1 FROM items AS x JOIN indicators AS i ON i.id = x.indicator_id WHERE i.document_id = ?',
    'thresholds': 'SELECT coalesce(max(x.ordinal), -1) + 1 FROM thresholds AS x JOIN indicators AS i ON i.id = x.indicator_id WHERE i.document_id = ?',
}


def _insert(
    connection: sqlite3.Connection, document: str, row: AddedRow, maker: StableMaker, stable: dict[str, str]
) -> None:
    (ordinal,) = connection.execute(_LAST[row.owner], (document,)).fetchone()
    columns: dict[str, Any] = {'id': row.id, 'ordinal': ordinal, **row.columns}
    line = columns.get('indicator_id')
    if line is not None and line not in stable:
        (stable[line],) = connection.execute('SELECT stable_id FROM indicators WHERE id = ?', (line,)).fetchone()
    within = '' if line is None else stable[line]
    match row.owner:
        case 'indicators':
            columns['stable_id'] = stable[row.id] = maker.line(None, str(columns['key']))
        case 'clauses':
            columns['stable_id'] = maker.clause(within, columns['field'], columns['text'])
        case 'thresholds':
            columns['stable_id'] = maker.threshold(within, columns['field'], columns['text'])
        case _:
            del columns['decision']  # an item goes with its line
    places = ', '.join('?' * len(columns))
    connection.execute(
        f'INSERT INTO {row.owner} ({", ".join(columns)}) VALUES ({places})',  # noqa: S608 names of our own
        [*columns.values()],
    )


def _text(value: Value) -> str | None:
    return value if isinstance(value, str) else None
