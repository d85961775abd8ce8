"""Gives the rows of a stored notice the stable ids that follow from the notice's own, which only the whole catalogue can tell."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from kaohe.pipeline.database.stable_ids import StableMaker
from kaohe.pipeline.database.stored_values import json_text

# By table: the rows of a document in the order of the notice, each with what its stable id is made of.
_ROWS = {
    'tables': 'SELECT id, stable_id, former_ids, kind, title FROM tables WHERE document_id = ? ORDER BY ordinal',
    'indicators': 'SELECT i.id, i.stable_id, i.former_ids, t.title, i.key FROM indicators AS i JOIN tables AS t ON t.id = i.table_id'
    ' WHERE i.document_id = ? ORDER BY i.ordinal, i.id',
    'clauses': 'SELECT id, stable_id, former_ids, indicator_id, field, text FROM clauses WHERE document_id = ? ORDER BY ordinal, id',
    'thresholds': 'SELECT g.id, g.stable_id, g.former_ids, g.indicator_id, g.field, g.text FROM thresholds AS g'
    ' JOIN indicators AS i ON i.id = g.indicator_id WHERE i.document_id = ? ORDER BY g.ordinal, g.id',
}


def restamp(connection: sqlite3.Connection, document: str, notice: str, *, remember: bool) -> None:
    """Makes ``notice`` the stable id of this document and those of its rows follow from it, in the caller's transaction.

    ``remember``: what a row was called before is added to its ``former_ids``.
    """
    head = connection.execute('SELECT stable_id, former_ids FROM documents WHERE id = ?', (document,)).fetchone()
    _write(connection, 'documents', [(document, head[0], head[1], notice)], remember)
    for table, changed in _renamed(connection, document, notice):
        _write(connection, table, changed, remember)


_Renamed = tuple[str, str | None, str | None, str]  # id, what it was called, what before that, what it is called now


def _renamed(connection: sqlite3.Connection, document: str, notice: str) -> Iterator[tuple[str, list[_Renamed]]]:
    maker = StableMaker(notice)
    lines: dict[str | None, str] = {}
    for table, sql in _ROWS.items():
        found = []
        for row, before, former, *said in connection.execute(sql, (document,)):
            match table:
                case 'tables':
                    now = maker.table(*said)
                case 'indicators':
                    now = lines[row] = maker.line(*said)
                case 'clauses':
                    now = maker.clause(lines.get(said[0]), *said[1:])
                case _:
                    now = maker.threshold(lines[said[0]], *said[1:])
            found.append((row, before, former, now))
        yield table, found


def _write(connection: sqlite3.Connection, table: str, rows: list[_Renamed], remember: bool) -> None:
    connection.executemany(
        f'UPDATE {table} SET stable_id = ?, former_ids = ? WHERE id = ?',  # noqa: S608 one of ours
        [
            (now, with_former(former, [before] if remember and before else [], now), row)
            for row, before, former, now in rows
            if now != before
        ],
    )


def with_former(stored: str | None, before: list[str], now: str) -> str | None:
    """The column ``former_ids`` with what a row was called ``before`` added, and without what it is called ``now``; each once."""
    known = dict.fromkeys([*(json.loads(stored) if stored else ()), *before])
    known.pop(now, None)
    return json_text([*known]) if known else None
