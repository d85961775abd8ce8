"""The documents for which there are receipts, read from the database: enough to know which receipts are not as they should be."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from typing import NamedTuple


class Paper(NamedTuple):
    """The document itself. ``corrected`` counts the rows that people corrected; ``read_at`` is UTC, ISO 8601."""

    id: str
    source: str
    format: str | None
    pages: int | None
    kind: str | None
    title: str | None
    issuer: str | None
    doc_number: str | None
    issued_on: str | None
    year: int | None
    status: str
    message: str | None
    amounts_seen: int
    amounts_held: int
    edition_of: str | None
    corrected: int
    signed_by: str | None
    signed_on: str | None
    sign_state: str
    read_at: str | None
    decisions: str | None


class Name(NamedTuple):
    """A name under which the document was found. ``present``: it is in the inbox."""

    source: str
    present: bool


_PAPER = """
SELECT d.id, d.source, d.format, d.pages, d.kind, d.title, d.issuer, d.doc_number, d.issued_on, d.year, d.status, d.message,
    coalesce(d.amounts_seen, 0) AS amounts_seen, coalesce(d.amounts_held, 0) AS amounts_held, d.edition_of,
    (SELECT count(*) FROM overlays WHERE document_id = d.id AND (corrected OR added)) AS corrected, c.signed_by, c.signed_on, c.sign_state,
    coalesce((SELECT max(finished_at) FROM ingestions WHERE document_id = d.id AND outcome = 'stored'),
        (SELECT max(finished_at) FROM ingestions WHERE document_id = d.id AND outcome = 'failed')) AS read_at,
    (SELECT group_concat(id || state, ' ') FROM (SELECT id, state FROM corrections WHERE document_id = coalesce(d.edition_of, d.id) ORDER BY id)) AS decisions
FROM documents AS d JOIN corrected_documents AS c ON c.id = d.id
"""


def read_papers(connection: sqlite3.Connection) -> tuple[Paper, ...]:
    """All documents, by name."""
    return tuple(map(Paper._make, connection.execute(f'{_PAPER} ORDER BY d.source, d.id')))


def read_names(connection: sqlite3.Connection) -> dict[str, list[Name]]:
    """The names of each document, by its id."""
    found: dict[str, list[Name]] = defaultdict(list)
    for document, source, present in connection.execute(
        'SELECT document_id, source, present FROM sources ORDER BY source, document_id'
    ):
        found[document].append(Name(source, present == 1))
    return found
