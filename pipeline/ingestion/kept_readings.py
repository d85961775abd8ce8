"""What was read from the very same bytes before stays where they cannot be read as well now: without an optional part, out of time or memory,
by a program that fails. That the lines are those of the earlier reading, why, and what to do is told by a finding until they are read again.
"""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import Final

from kaohe.extractors import optional
from kaohe.extractors.findings import Finding, finding
from kaohe.pipeline.database.ids import Maker
from kaohe.pipeline.readers.reading import Reading

KEPT: Final = 'reading.kept'
_RECOGNISED: Final = frozenset({'page.no_text', 'page.pictures'})  # what recognition would have read
_HURRIED: Final = 'page.beyond_limit'


def holds_reading(connection: sqlite3.Connection, document: str) -> bool:
    """Whether more of the document is stored than why it could not be read."""
    found = connection.execute("SELECT 1 FROM documents WHERE id = ? AND status <> 'failed'", (document,))
    return found.fetchone() is not None


def as_well_as_before(connection: sqlite3.Connection, document: str, reading: Reading) -> Reading:
    """The reading of the document, as one that failed where pages are missing from it that are stored: recognition is not installed any more,
    or it took too long this time."""
    if reading.rows is None or not holds_reading(connection, document):
        return reading
    missing = {_HURRIED} if optional.has_recognition() else {_HURRIED, *_RECOGNISED}
    before = {
        tuple(row) for row in connection.execute('SELECT code, page FROM findings WHERE document_id = ?', (document,))
    }
    for rows in reading.rows:
        if rows.table != 'findings':
            continue
        for values in rows.values:
            told = dict(zip(rows.columns, values, strict=True))
            if told['code'] in missing and (told['code'], told['page']) not in before:
                why = Finding(str(told['code']), 'error', 'reading', str(told['message']))
                return replace(reading, rows=None, failure=why)
    return reading


def keep_reading(connection: sqlite3.Connection, document: str, why: Finding) -> None:
    """Says of a stored document that it could not be read again, in place of what was said so before. Call inside a transaction."""
    told = finding(KEPT, why=why.message.removesuffix('。'))
    connection.execute('DELETE FROM findings WHERE document_id = ? AND code = ?', (document, KEPT))
    connection.execute(
        'INSERT INTO findings (id, document_id, ordinal, about, severity, code, message)'
        ' SELECT ?, ?, coalesce(max(ordinal), -1) + 1, ?, ?, ?, ? FROM findings WHERE document_id = ?',
        (Maker(document).make('findings', KEPT, told.message), document, told.about, told.severity, KEPT, told.message, document),
    )  # fmt: skip
    connection.execute("UPDATE documents SET status = 'partial', message = ? WHERE id = ?", (told.message, document))
