"""What the database holds of a document, in figures: the line of a closing table."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import NamedTuple


class Summary(NamedTuple):
    """One document in figures. ``amounts_held`` of ``amounts_seen`` amounts of points have a place in the reading."""

    document_id: str
    format: str | None
    kind: str | None
    title: str | None
    status: str
    message: str | None
    tables: int
    lines: int
    clauses: int
    errors: int
    warnings: int
    notes: int
    amounts_seen: int
    amounts_held: int


# One query for all. Tables, lines and clauses are numbered from 0 within their document, so that the last one tells how many there are:
# counting them takes four fifths of the time. The ``+`` keeps SQLite from looking through all findings of that severity for each document.
_SQL = """
SELECT d.id, d.format, d.kind, d.title, d.status, d.message,
    (SELECT coalesce(max(ordinal) + 1, 0) FROM tables WHERE document_id = d.id),
    (SELECT coalesce(max(ordinal) + 1, 0) FROM indicators WHERE document_id = d.id),
    (SELECT coalesce(max(ordinal) + 1, 0) FROM clauses WHERE document_id = d.id),
    (SELECT count(*) FROM findings WHERE document_id = d.id AND +severity = 'error'),
    (SELECT count(*) FROM findings WHERE document_id = d.id AND +severity = 'warning'),
    (SELECT count(*) FROM findings WHERE document_id = d.id AND +severity = 'info'),
    coalesce(d.amounts_seen, 0), coalesce(d.amounts_held, 0)
FROM json_each(?) AS asked JOIN documents AS d ON d.id = asked.value
"""


def summarise(connection: sqlite3.Connection, documents: Iterable[str]) -> dict[str, Summary]:
    """The figures of each of these documents that is stored."""
    return {row[0]: Summary._make(row) for row in connection.execute(_SQL, (json.dumps(list(documents)),))}


_LEFT_OUT = """
SELECT count(DISTINCT f.document_id), min(f.message)
FROM findings AS f JOIN json_each(?) AS asked ON asked.value = f.document_id
WHERE f.severity = 'warning' AND f.code = 'plugin.check'
GROUP BY substr(f.message, 1, instr(f.message, '（'))
ORDER BY 2
"""


def checks_left_out(connection: sqlite3.Connection, documents: Iterable[str]) -> tuple[str, ...]:
    """For each plugin whose check could not be used: for how many of these documents, and what is said of one of them."""
    rows = connection.execute(_LEFT_OUT, (json.dumps(list(documents)),))
    return tuple(f'{count} 份通知：{message}' for count, message in rows)


def read_before_only(connection: sqlite3.Connection, documents: Iterable[str]) -> set[str]:
    """Which of these documents are stored as they were read before, since they could not be read again."""
    return {
        row[0]
        for row in connection.execute(
            "SELECT asked.value FROM json_each(?) AS asked WHERE EXISTS (SELECT 1 FROM findings WHERE document_id = asked.value AND code = 'reading.kept')",
            (json.dumps(list(documents)),),
        )
    }
