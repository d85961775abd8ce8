"""Values that may be a slip of the hand: people are asked before such a one is stored."""

from __future__ import annotations

import sqlite3
from typing import Final

from kaohe.pipeline.decisions.correctable_columns import Field, Value

_TIMES: Final = 10


def unusual(
    connection: sqlite3.Connection, owner: str, row: str, field: Field, before: Value, value: Value
) -> str | None:
    """Why a correction of points or of a target's value should be looked at twice, in Chinese; None where it is nothing unusual: more
    points than the table prints in all, or ten times as much or as little as before."""
    if field.kind not in ('points', 'number') or not _is_number(value):
        return None
    assert isinstance(value, (int, float))
    if field.kind == 'points' and field.name in ('points', 'cap', 'level1_points', 'level2_points'):
        most = connection.execute(_TOTAL.get(owner, 'SELECT NULL WHERE ?'), (row,)).fetchone()
        if most is not None and most[0] is not None and value > most[0]:
            return f'“{field.title}”{value:g} 比整张表的总分 {most[0]:g} 还多'
    if _is_number(before) and before and value:
        assert isinstance(before, (int, float))
        if abs(value) >= _TIMES * abs(before):
            return f'“{field.title}”{value:g} 是原来 {before:g} 的 {abs(value / before):g} 倍'
        if _TIMES * abs(value) <= abs(before):
            return f'“{field.title}”{value:g} 只有原来 {before:g} 的 {abs(value / before):.2g}'
    return None


_TOTAL: Final = {
    'indicators': 'SELECT t.total_points FROM indicators AS i JOIN tables AS t ON t.id = i.table_id WHERE i.id = ?',
    'clauses': 'SELECT t.total_points FROM clauses AS c JOIN indicators AS i ON i.id = c.indicator_id'
    ' JOIN tables AS t ON t.id = i.table_id WHERE c.id = ?',
}


def _is_number(value: Value) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
