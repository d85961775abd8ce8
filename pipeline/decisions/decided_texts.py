"""What people corrected or added, as texts that the search finds in place of those that were read."""

from __future__ import annotations

import json
import sqlite3

from kaohe.pipeline.database.tokens import text_id, tokens
from kaohe.pipeline.decisions.correctable_columns import DROPPED, Value

_COLUMNS = ('name', 'requirement', 'criteria')
# What is corrected of a whole notice is found at its first paragraph, else at its first line; what is printed there stays as it is.
_OF_THE_NOTICE = ('title', 'issuer', 'doc_number')
# What else people correct or add, by its table: how it is called where it stands, the words of it that can be searched, and where each row
# stands. What was read of it is searched as part of the line or paragraph.
# (SQLite takes the short index of what people decided only where it is told to: it would rather go through all lines in the order of their ids.)
_WITHIN = {
    'clauses': ('clause', ('text', 'condition'), 'SELECT c.id, c.document_id, c.indicator_id, coalesce(c.block_id, (SELECT min(b.id) FROM blocks AS b WHERE b.table_id = c.table_id)), c.decision, c.text, c.condition FROM clauses AS c'),
    'thresholds': ('target', ('text', 'metric'), 'SELECT x.id, i.document_id, i.id, NULL, x.decision AS decision, x.text, x.metric FROM thresholds AS x JOIN indicators AS i ON i.id = x.indicator_id'),
    'facts': ('fact', ('metric',), 'SELECT id, document_id, NULL, block_id, NULL AS decision, metric FROM facts'),
}  # fmt: skip
_MOVED = """
SELECT document_id FROM overlays WHERE owner = 'indicators' AND corrected AND (
    json_type(changes, '$.level1') IS NOT NULL OR json_type(changes, '$.level2') IS NOT NULL OR json_extract(changes, '$.dropped'))
UNION SELECT document_id FROM indicators INDEXED BY indicators_by_decision WHERE decision IS NOT NULL ORDER BY 1
"""
_LINES = """
SELECT i.id, i.table_id, i.path, coalesce(o.changes, '{}')
FROM indicators AS i JOIN tables AS t ON t.id = i.table_id LEFT JOIN overlays AS o ON o.owner = 'indicators' AND o.owner_id = i.id
WHERE i.document_id = ? ORDER BY t.ordinal, i.ordinal
"""
_NOTICES = """
SELECT o.document_id, (SELECT id FROM blocks AS b WHERE b.document_id = o.document_id ORDER BY b.ordinal LIMIT 1),
    (SELECT id FROM indicators AS i WHERE i.document_id = o.document_id ORDER BY i.ordinal LIMIT 1), o.changes
FROM overlays AS o WHERE o.owner = 'documents' AND o.corrected ORDER BY 1
"""


def store_decided_texts(connection: sqlite3.Connection) -> None:
    """Writes the texts of corrected and added lines, clauses, targets and figures, and of corrected notices, anew, in the caller's transaction."""
    connection.execute('DELETE FROM texts WHERE decided')
    for document, line, changes in connection.execute(
        "SELECT document_id, owner_id, changes FROM overlays WHERE owner = 'indicators' AND corrected ORDER BY owner_id"
    ).fetchall():
        told = json.loads(changes)
        for name in _COLUMNS:
            _put(connection, document, 'indicators', line, name, told.get(name))
    for document, line, *texts in connection.execute(
        'SELECT document_id, id, name, requirement, criteria FROM indicators INDEXED BY indicators_by_decision WHERE decision IS NOT NULL ORDER BY id'
    ).fetchall():
        for name, text in zip(_COLUMNS, texts, strict=True):
            _put(connection, document, 'indicators', line, name, text)
    for document, line, role, at, party in connection.execute(
        'SELECT i.document_id, i.id, r.role, r.ordinal, r.party FROM responsibilities AS r INDEXED BY responsibilities_by_decision JOIN indicators AS i ON i.id = r.indicator_id'
        ' WHERE r.decision IS NOT NULL ORDER BY i.id, r.ordinal'
    ).fetchall():
        _put(connection, document, 'indicators', line, f'{role}:{at}', party)
    for (document,) in connection.execute(_MOVED).fetchall():
        _put_categories(connection, document)
    for document, block, line, changes in connection.execute(_NOTICES).fetchall():
        if not (block or line):  # a file that could not be read
            continue
        for name in _OF_THE_NOTICE:
            _put(
                connection, document, 'blocks' if block else 'indicators', block or line, f'notice:{document}:{name}',
                json.loads(changes).get(name),
            )  # fmt: skip
    for owner, (called, columns, sql) in _WITHIN.items():
        _put_within(connection, owner, called, columns, sql)


def _put_categories(connection: sqlite3.Connection, document: str) -> None:
    """The categories of a notice as its lines stand below them now. As when it was read, each is said once, with the first of its lines: that may
    have been struck out, or moved to another category."""
    said = {
        line
        for (line,) in connection.execute(
            "SELECT owner_id FROM texts WHERE document_id = ? AND field = 'path' AND NOT decided", (document,)
        )
    }
    before: tuple[str, list[Value]] | None = None
    for line, table, path, changes in connection.execute(_LINES, (document,)).fetchall():
        told = json.loads(changes)
        if told.get(DROPPED):
            continue
        levels: list[Value] = json.loads(path)
        for at, name in enumerate(('level1', 'level2')):
            if name in told:
                levels[at : at + 1] = [told[name]]
        if (table, levels) != before and (line not in said or 'level1' in told or 'level2' in told):
            _put(connection, document, 'indicators', line, 'path', ' / '.join(str(level) for level in levels if level))
        before = table, levels


def _put_within(connection: sqlite3.Connection, owner: str, called: str, columns: tuple[str, ...], sql: str) -> None:
    changed = {
        row[0]: json.loads(row[1])
        for row in connection.execute('SELECT owner_id, changes FROM overlays WHERE owner = ? AND corrected', (owner,))
    }
    ids = [*changed]
    if owner != 'facts':  # nobody adds figures
        decided = f'SELECT id FROM {owner} INDEXED BY {owner}_by_decision WHERE decision IS NOT NULL'  # noqa: S608 named above
        ids += (row[0] for row in connection.execute(decided))
    rows = connection.execute(
        f'SELECT * FROM ({sql}) WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id',  # noqa: S608 named above
        (json.dumps(ids),),
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
