"""Values that may be a slip of the hand: people are asked before such a one is stored."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Final

from kaohe.pipeline.decisions.correctable_columns import FIELDS, Field, Value

_TIMES: Final = 10


def unusual(
    connection: sqlite3.Connection, owner: str, row: str, field: Field, before: Value, value: Value
) -> str | None:
    """Why a correction of points or of a target's value should be looked at twice, in Chinese; None where it is nothing unusual: more
    points than the table prints in all, or ten times as much or as little as before."""
    if field.kind not in ('points', 'number') or not _is_number(value):
        return None
    assert isinstance(value, (int, float))
    if (
        more := _more_than_all(field, value, connection.execute(_TOTAL.get(owner, _NONE), (row,)).fetchone())
    ) is not None:
        return more
    if _is_number(before) and before and value:
        assert isinstance(before, (int, float))
        if abs(value) >= _TIMES * abs(before):
            return f'“{field.title}”{value:g} 是原来 {before:g} 的 {abs(value / before):g} 倍'
        if _TIMES * abs(value) <= abs(before):
            return f'“{field.title}”{value:g} 只有原来 {before:g} 的 {abs(value / before):.2g}'
    return None


def unusual_row(connection: sqlite3.Connection, owner: str, parent: str, values: Mapping[str, Value]) -> list[str]:
    """Why the points of a row to add below ``parent`` (a table for a line, else a line) should be looked at twice, in Chinese."""
    above = connection.execute(_TOTAL_ABOVE if owner == 'indicators' else _TOTAL['indicators'], (parent,)).fetchone()
    told = (_more_than_all(field, values.get(field.name), above) for field in FIELDS[owner])
    return [more for more in told if more is not None]


def _more_than_all(field: Field, value: Value, total: Sequence[float | None] | None) -> str | None:
    """That ``value`` is more than the table's ``total``, the first of a row."""
    if field.kind != 'points' or field.name not in _WHOLE or not _is_number(value):
        return None
    assert isinstance(value, (int, float))
    if total is None or total[0] is None or value <= total[0]:
        return None
    return f'“{field.title}”{value:g} 比整张表的总分 {total[0]:g} 还多'


_WHOLE: Final = ('points', 'cap', 'level1_points', 'level2_points')
_NONE: Final = 'SELECT NULL WHERE ?'
_TOTAL_ABOVE: Final = 'SELECT total_points FROM tables WHERE id = ?'
_TOTAL: Final = {
    'indicators': 'SELECT t.total_points FROM indicators AS i JOIN tables AS t ON t.id = i.table_id WHERE i.id = ?',
    'clauses': 'SELECT t.total_points FROM clauses AS c JOIN indicators AS i ON i.id = c.indicator_id'
    ' JOIN tables AS t ON t.id = i.table_id WHERE c.id = ?',
}


def _is_number(value: Value) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
