"""What people corrected or added, as texts that the search finds in place of those that were read."""

from __future__ import annotations

import json
import sqlite3

from kaohe.pipeline.database.tokens import text_id, tokens

_COLUMNS = ('name', 'requirement', 'criteria')


def store_decided_texts(connection: sqlite3.Connection) -> None:
    """Writes the texts of corrected and added lines anew, in the caller's transaction."""
    connection.execute('DELETE FROM texts WHERE decided')
    corrected = connection.execute(
        "SELECT document_id, owner_id, changes FROM overlays WHERE owner = 'indicators' AND corrected ORDER BY owner_id"
    ).fetchall()
    for document, line, changes in corrected:
        told = json.loads(changes)
        for name in _COLUMNS:
            _put(connection, document, line, name, told.get(name))
    added = connection.execute(
        'SELECT document_id, id, name, requirement, criteria FROM indicators WHERE decision IS NOT NULL ORDER BY id'
    ).fetchall()
    for document, line, *texts in added:
        for name, text in zip(_COLUMNS, texts, strict=True):
            _put(connection, document, line, name, text)


def _put(connection: sqlite3.Connection, document: str, line: str, name: str, text: str | None) -> None:
    found = tokens(text) if text else ''
    if not found:
        return
    number = text_id(line, name, 'decided') >> 1
    if connection.execute('SELECT 1 FROM texts WHERE id = ?', (number,)).fetchone():
        return  # an added line that was corrected later
    connection.execute(
        'INSERT INTO texts (id, document_id, owner, owner_id, field, text, tokens, decided) VALUES (?, ?, ?, ?, ?, ?, ?, 1)',
        (number, document, 'indicators', line, name, text, found),
    )
    connection.execute('INSERT INTO texts_fts (rowid, tokens) VALUES (?, ?)', (number, found))
