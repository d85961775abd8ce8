"""What the database holds of a document, in figures: the line of a closing table."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Summary:
    """One document in figures. ``amounts_held`` of ``amounts_seen`` mentions of points are held by clauses."""

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


_SQL = """
SELECT id AS document_id, format, kind, title, status, message,
    (SELECT count(*) FROM tables WHERE document_id = d.id) AS tables,
    (SELECT count(*) FROM indicators WHERE document_id = d.id) AS lines,
    (SELECT count(*) FROM clauses WHERE document_id = d.id) AS clauses,
    (SELECT count(*) FROM findings WHERE document_id = d.id AND severity = 'error') AS errors,
    (SELECT count(*) FROM findings WHERE document_id = d.id AND severity = 'warning') AS warnings,
    (SELECT count(*) FROM findings WHERE document_id = d.id AND severity = 'info') AS notes,
    coalesce(amounts_seen, 0) AS amounts_seen, coalesce(amounts_held, 0) AS amounts_held
FROM documents AS d WHERE id = ?
"""


def summarise(connection: sqlite3.Connection, documents: Iterable[str]) -> dict[str, Summary]:
    """The figures of each of these documents that is stored."""
    found = {}
    for document in documents:
        row = connection.execute(_SQL, (document,)).fetchone()
        if row is not None:
            found[document] = Summary(**dict(row))
    return found
