"""Carries stable ids over when a newer program reads a notice again: what a row was called before is found by its place in the source.

A place is a span of a cell's or a paragraph's text, and that text is known by what it holds and which of several it is: so it is found again
where tables are cut or counted otherwise.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter

from kaohe.normalizers.text.folding import squeeze
from kaohe.pipeline.database.kept_ids.restamping import restamp, with_former
from kaohe.pipeline.database.rows import TableRows

# Columns that many lines share with their neighbours tell little of which line it is.
_SHARED = frozenset({'level1', 'level1_points', 'level2', 'level2_points', 'path', 'kind'})

_ROWS = {
    'tables': 'SELECT id, stable_id, former_ids, origins, NULL AS line FROM tables WHERE document_id = ? ORDER BY ordinal',
    'indicators': 'SELECT id, stable_id, former_ids, origins, id AS line FROM indicators WHERE document_id = ? ORDER BY ordinal',
    'clauses': 'SELECT id, stable_id, former_ids, origins, indicator_id AS line FROM clauses WHERE document_id = ? ORDER BY ordinal',
    'thresholds': 'SELECT g.id, g.stable_id, g.former_ids, g.origins, g.indicator_id AS line FROM thresholds AS g'
    ' JOIN indicators AS i ON i.id = g.indicator_id WHERE i.document_id = ? ORDER BY g.ordinal',
}

_Text = tuple[str, int]  # what a cell or paragraph holds, and which of those that hold it
_Span = tuple[_Text, int, int]


@dataclass(frozen=True, slots=True)
class _Row:
    id: str
    stable: str
    former: str | None
    spans: tuple[_Span, ...]
    line: str | None


@dataclass(frozen=True, slots=True)
class CarriedReading:
    """What the rows of a document were called in one reading, and where they stand. ``rows`` by table."""

    notice: str | None
    former: str | None
    rows: Mapping[str, tuple[_Row, ...]]


def remembered(connection: sqlite3.Connection, document: str, made: Iterable[TableRows]) -> CarriedReading | None:
    """What the rows of a stored document are called, before those of a new reading (``made``) take their place.

    None where there is nothing to carry over: the new rows are called the same, or the old ones were never given such ids.
    """
    head = connection.execute('SELECT stable_id, former_ids FROM documents WHERE id = ?', (document,)).fetchone()
    if head is None or head[0] is None:
        return None
    called = {
        stable
        for rows in made
        if 'stable_id' in rows.columns
        for stable in map(itemgetter(rows.columns.index('stable_id')), rows.values)
    }
    kept = head[0] in called and head[1] is None
    if kept and all(
        row[1] in called and row[2] is None for sql in _ROWS.values() for row in connection.execute(sql, (document,))
    ):
        return None
    return CarriedReading(head[0], head[1], _rows(connection, document))


def carry_over(connection: sqlite3.Connection, document: str, before: CarriedReading) -> set[str]:
    """Gives the rows of a document that was read anew the ids of the reading ``before`` as ``former_ids``, in the caller's transaction.

    Returns the ids of the lines in which something is read otherwise.
    """
    assert before.notice is not None
    # Which notice it is by now is decided when all is stored; until then it is the one that it was.
    restamp(connection, document, before.notice, remember=False)
    now = _rows(connection, document)
    former: dict[tuple[str, str], list[str]] = defaultdict(list)
    changed: set[str] = set()
    for table, rows in now.items():
        was = before.rows[table]
        known = {row.stable: row for row in rows}
        lost = [row for row in was if row.stable not in known]
        for row in was:
            if row.stable in known and row.former:
                former[table, known[row.stable].id] += json.loads(row.former)
        fresh = known.keys() - {row.stable for row in was}
        changed |= {known[stable].line or '' for stable in fresh}
        places = _by_text(rows)
        for row in lost:
            here = _best(row, places)
            if here is not None:
                former[table, here.id] += [*(json.loads(row.former) if row.former else ()), row.stable]
                changed.add(here.line or '')
    for (table, row_id), names in former.items():
        (stable,) = connection.execute(f'SELECT stable_id FROM {table} WHERE id = ?', (row_id,)).fetchone()  # noqa: S608 one of ours
        connection.execute(
            f'UPDATE {table} SET former_ids = ? WHERE id = ?',  # noqa: S608 one of ours
            (with_former(None, names, stable), row_id),
        )
    connection.execute('UPDATE documents SET former_ids = ? WHERE id = ?', (before.former, document))
    return changed - {''}


def _rows(connection: sqlite3.Connection, document: str) -> dict[str, tuple[_Row, ...]]:
    texts = _Texts(connection, document)
    return {
        table: tuple(
            _Row(row[0], row[1], row[2], texts.spans(row[3]), row[4]) for row in connection.execute(sql, (document,))
        )
        for table, sql in _ROWS.items()
    }


class _Texts:
    """The cells and paragraphs of a document by what they hold, so that they are known whatever the table or ordinal."""

    def __init__(self, connection: sqlite3.Connection, document: str) -> None:
        self._cells: dict[tuple[int, int, int], _Text] = {}
        self._blocks: dict[int, _Text] = {}
        seen: Counter[str] = Counter()

        def known(text: str | None) -> _Text:
            held = squeeze(text)
            seen[held] += 1
            return held, seen[held]

        for ordinal, row, col, text in connection.execute(
            'SELECT t.ordinal, c.row, c.col, c.text FROM tables AS t JOIN cells AS c ON c.table_id = t.id'
            ' WHERE t.document_id = ? ORDER BY t.ordinal, c.row, c.col',
            (document,),
        ):
            self._cells[ordinal, row, col] = known(text)
        for ordinal, text in connection.execute(
            'SELECT ordinal, text FROM blocks WHERE document_id = ? ORDER BY ordinal', (document,)
        ):
            self._blocks[ordinal] = known(text)

    def spans(self, origins: str | None) -> tuple[_Span, ...]:
        """Where a row stands, as its column ``origins`` says."""
        found = []
        for field, start, end, at, *cell in json.loads(origins) if origins else ():
            text = self._cells.get((at, cell[0], cell[1])) if cell else self._blocks.get(at)
            if text is not None and field not in _SHARED:
                found.append((text, start, end))
        return tuple(found)


def _by_text(rows: Iterable[_Row]) -> dict[_Text, list[tuple[int, int, _Row]]]:
    found: dict[_Text, list[tuple[int, int, _Row]]] = defaultdict(list)
    for row in rows:
        for text, start, end in row.spans:
            found[text].append((start, end, row))
    return found


def _best(lost: _Row, places: Mapping[_Text, list[tuple[int, int, _Row]]]) -> _Row | None:
    """The row that shares most characters of the source with a lost one; the first of equals. None where none shares any."""
    shared: Counter[str] = Counter()
    rows: dict[str, _Row] = {}
    for text, start, end in lost.spans:
        for other_start, other_end, row in places.get(text, ()):
            overlap = min(end, other_end) - max(start, other_start)
            if overlap > 0:
                shared[row.id] += overlap
                rows.setdefault(row.id, row)
    return rows[max(rows, key=lambda row: shared[row])] if rows else None
