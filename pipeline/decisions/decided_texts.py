"""What people corrected or added, as texts that the search finds in place of those that were read."""

from __future__ import annotations

import json
import sqlite3

from kaohe.pipeline.database.tokens import text_id, tokens

_COLUMNS = ('name', 'requirement', 'criteria')
# What else people correct or add, by its table: how it is called where it stands, the words of it that can be searched, and where each row
# stands. What was read of it is searched as part of the line or paragraph.
_WITHIN = {
    'clauses': ('clause', ('text', 'condition'), 'SELECT c.id, c.document_id, c.indicator_id, coalesce(c.block_id, (SELECT min(b.id) FROM blocks AS b WHERE b.table_id = c.table_id)), c.decision, c.text, c.condition FROM clauses AS c'),
    'thresholds': ('target', ('text', 'metric'), 'SELECT x.id, i.document_id, i.id, NULL, x.decision AS decision, x.text, x.metric FROM thresholds AS x JOIN indicators AS i ON i.id = x.indicator_id'),
    'facts': ('fact', ('metric',), 'SELECT id, document_id, NULL, block_id, NULL AS decision, metric FROM facts'),
}  # fmt: skip


def store_decided_texts(connection: sqlite3.Connection) -> None:
    """Writes the texts of corrected and added lines, clauses, targets and figures anew, in the caller's transaction."""
    connection.execute('DELETE FROM texts WHERE decided')
    corrected = connection.execute(
        "SELECT document_id, owner_id, changes FROM overlays WHERE owner = 'indicators' AND corrected ORDER BY owner_id"
    ).fetchall()
    for document, line, changes in corrected:
        told = json.loads(changes)
        for name in _COLUMNS:
            _put(connection, document, 'indicators', line, name, told.get(name))
    added = connection.execute(
        'SELECT document_id, id, name, requirement, criteria FROM indicators WHERE decision IS NOT NULL ORDER BY id'
    ).fetchall()
    for document, line, *texts in added:
        for name, text in zip(_COLUMNS, texts, strict=True):
            _put(connection, document, 'indicators', line, name, text)
    for owner, (called, columns, sql) in _WITHIN.items():
        _put_within(connection, owner, called, columns, sql)


def _put_within(connection: sqlite3.Connection, owner: str, called: str, columns: tuple[str, ...], sql: str) -> None:
    changed = {
        row[0]: json.loads(row[1])
        for row in connection.execute('SELECT owner_id, changes FROM overlays WHERE owner = ? AND corrected', (owner,))
    }
    rows = connection.execute(
        f'SELECT * FROM ({sql}) WHERE id IN (SELECT value FROM json_each(?)) OR decision IS NOT NULL ORDER BY id',  # noqa: S608 named above
        (json.dumps([*changed]),),
    ).fetchall()
    for row, document, line, block, decision, *read in rows:
        told = changed.get(row, {})
        if told.get('dropped') or not (line or block):  # a note in a cell whose table stands in no paragraph
            continue
        for name, text in zip(columns, read, strict=True):
            said = told.get(name, text if decision else None)
            _put(
                connection, document, 'indicators' if line else 'blocks', line or block, f'{called}:{row}:{name}', said
            )


def _put(connection: sqlite3.Connection, document: str, owner: str, row: str, name: str, text: str | None) -> None:
    found = tokens(text) if text else ''
    if not found:
        return
    number = text_id(row, name, 'decided') >> 1
    if connection.execute('SELECT 1 FROM texts WHERE id = ?', (number,)).fetchone():
        return  # an added line that was corrected later
    connection.execute(
        'INSERT INTO texts (id, document_id, owner, owner_id, field, text, tokens, decided) VALUES (?, ?, ?, ?, ?, ?, ?, 1)',
        (number, document, owner, row, name, text, found),
    )
    connection.execute('INSERT INTO texts_fts (rowid, tokens) VALUES (?, ?)', (number, found))
