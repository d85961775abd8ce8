"""Verifies a database: SQLite's own structure, the contract of docs/catalogue.md, the spans against the texts, the count of amounts of points, and the ids.

Each check names what it looks at and gives the ids of the rows that fail it.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kaohe.pipeline.database.ids import Maker, document_id
from kaohe.pipeline.language.json_answers import json_answer

_READ_AGAIN = '请备份后运行 kaohe ingest --force 重新读入'
_RESTORE = '请移走数据库，换回备份，或重新运行 kaohe ingest 从原件读出'

# What documents.amounts_seen must say, counted by a plain pattern of its own: a digit with 分 behind it, but for minutes, fractions and branch offices (分钟, 分之, 分公司).
_PRINTED = re.compile(r'(?<![\d.．])(?<!时)(?<!时\s)(?:\d+[.．])?\d+\s*分(?![钟之公值包项册])')
_BARE = re.compile(r'\s*\d+(?:[.．]\d+)?\s*')
_TEXTS = (
    "SELECT document_id, text FROM blocks WHERE kind NOT IN ('table', 'furniture') AND text LIKE '%分%'",
    "SELECT t.document_id, c.text FROM cells AS c JOIN tables AS t ON t.id = c.table_id WHERE c.text LIKE '%分%'",
)
_IN_COLUMNS_OF_POINTS = (
    'SELECT t.document_id, c.text FROM tables AS t, json_each(t.columns) AS k JOIN cells AS c ON c.table_id = t.id AND c.col = k.key'
    " WHERE json_extract(k.value, '$.role') = 'points' AND c.text IS NOT NULL"
)

# What must hold, and the SQL of the ids of rows for which it does not.
_CONTRACT: tuple[tuple[str, str], ...] = (
    ('每份文件都有名字', 'SELECT id FROM documents WHERE id NOT IN (SELECT document_id FROM sources)'),
    (
        '状态为“完整”的文件没有错误',
        "SELECT id FROM documents AS d WHERE status = 'ok' AND EXISTS (SELECT 1 FROM findings WHERE document_id = d.id AND severity = 'error')",
    ),
    (
        '没有读好的文件都有原因',
        "SELECT id FROM documents WHERE status <> 'ok' AND (message IS NULL OR id NOT IN (SELECT document_id FROM findings))",
    ),
    (
        '读不出来的文件没有内容',
        "SELECT d.id FROM documents AS d WHERE status = 'failed' AND (EXISTS (SELECT 1 FROM tables WHERE document_id = d.id)"
        ' OR EXISTS (SELECT 1 FROM blocks WHERE document_id = d.id))',
    ),
    (
        '条款所约束的条款都在',
        'SELECT c.id FROM clauses AS c, json_each(c.binds) AS b WHERE NOT EXISTS (SELECT 1 FROM clauses WHERE id = b.value)',
    ),
)
_SPANS: tuple[tuple[str, str], ...] = (
    (
        '条款的文字与指标的原文一致',
        'SELECT x.id FROM clauses AS x JOIN indicators AS i ON i.id = x.indicator_id WHERE x.decision IS NULL AND x.text IS NOT substr(CASE x.field'
        " WHEN 'criteria' THEN i.criteria WHEN 'requirement' THEN i.requirement WHEN 'name' THEN i.name ELSE i.points_text END,"
        ' x.start + 1, x.end - x.start)',
    ),
    (
        '目标值的文字与指标的原文一致',
        'SELECT x.id FROM thresholds AS x JOIN indicators AS i ON i.id = x.indicator_id WHERE x.decision IS NULL AND x.text IS NOT substr(CASE x.field'
        " WHEN 'criteria' THEN i.criteria WHEN 'requirement' THEN i.requirement WHEN 'name' THEN i.name ELSE i.points_text END,"
        ' x.start + 1, x.end - x.start)',
    ),
    (
        '出处都在原文之内',
        'SELECT o.owner_id FROM origins AS o LEFT JOIN cells AS c ON c.table_id = o.table_id AND c.row = o.row AND c.col = o.col'
        ' LEFT JOIN blocks AS b ON b.id = o.block_id WHERE coalesce(length(c.text), length(b.text), 0) < o.end',
    ),
)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must hold. ``wrong`` are the rows (or SQLite's own words) for which it does not; ``todo`` what to do then."""

    what: str
    wrong: tuple[str, ...]
    todo: str


def check(connection: sqlite3.Connection) -> Iterator[Check]:
    """Every check with what it found, the most fundamental first. Nothing is written."""
    said = _integrity(connection)
    yield Check('数据库文件完好', () if said == ('ok',) else said, _RESTORE)
    if said != ('ok',):
        return
    broken = connection.execute('PRAGMA foreign_key_check').fetchall()
    yield Check('各表之间的联系完整', tuple(f'{row[0]} → {row[2]}' for row in broken), _READ_AGAIN)
    for what, sql in (*_CONTRACT, *_SPANS):
        yield Check(what, tuple(str(row[0]) for row in connection.execute(sql)), _READ_AGAIN)
    yield Check('原文印的分数都已记账', tuple(_miscounted(connection)), _READ_AGAIN)
    yield Check('编号都由内容算出', tuple(_wrong_ids(connection)), _READ_AGAIN)


def _integrity(connection: sqlite3.Connection) -> tuple[str, ...]:
    try:
        return tuple(str(row[0]) for row in connection.execute('PRAGMA integrity_check(20)'))
    except sqlite3.DatabaseError as error:
        return (str(error),)


def _wrong_ids(connection: sqlite3.Connection) -> Iterator[str]:
    for document, sha256 in connection.execute('SELECT id, sha256 FROM documents ORDER BY id').fetchall():
        if sha256 is not None and document_id(sha256) != document:
            yield document
        yield from _wrong_ids_of(connection, document)


# By kind of row: the rows of a document in the order in which their ids were made, the id first, then what it is made of.
_MADE_OF = {
    'tables': 'SELECT id, ordinal FROM tables WHERE document_id = ? ORDER BY ordinal',
    'blocks': 'SELECT id, ordinal FROM blocks WHERE document_id = ? ORDER BY ordinal',
    'indicators': 'SELECT i.id, t.ordinal, i.key FROM indicators AS i JOIN tables AS t ON t.id = i.table_id'
    ' WHERE i.decision IS NULL AND i.document_id = ? ORDER BY i.ordinal',
    'items': 'SELECT x.id, x.indicator_id, x.field, x.start, x.end FROM items AS x JOIN indicators AS i ON i.id = x.indicator_id'
    ' WHERE i.decision IS NULL AND i.document_id = ? ORDER BY x.ordinal',
    'clauses': 'SELECT id, coalesce(indicator_id, block_id, table_id), field, start, end FROM clauses WHERE decision IS NULL AND document_id = ? ORDER BY ordinal',
    'thresholds': 'SELECT x.id, x.indicator_id, x.field, x.start, x.end FROM thresholds AS x JOIN indicators AS i ON i.id = x.indicator_id'
    ' WHERE x.decision IS NULL AND i.document_id = ? ORDER BY x.ordinal',
    'responsibilities': 'SELECT x.id, x.indicator_id, x.role, x.party FROM responsibilities AS x'
    ' JOIN indicators AS i ON i.id = x.indicator_id WHERE x.decision IS NULL AND i.document_id = ? ORDER BY x.ordinal',
    'facts': 'SELECT id, block_id, start, end FROM facts WHERE document_id = ? ORDER BY ordinal',
}


def _wrong_ids_of(connection: sqlite3.Connection, document: str) -> Iterator[str]:
    maker = Maker(document)
    for kind, sql in _MADE_OF.items():
        for found, *parts in connection.execute(sql, (document,)):
            if maker.make(kind, *parts) != found:
                yield found


def as_json(checks: list[Check]) -> str:
    """The checks for programs."""
    return json_answer(
        'check',
        {
            'checks': [
                {'what': x.what, 'ok': not x.wrong, 'wrong': x.wrong, 'todo': x.todo if x.wrong else None}
                for x in checks
            ]
        },
    )


def _miscounted(connection: sqlite3.Connection) -> Iterator[str]:
    """The ids of the documents whose ledger of points counts more or fewer amounts than their text prints. Reports (工作总结) have none."""
    printed: Counter[str] = Counter()
    for sql in _TEXTS:
        for document, text in connection.execute(sql):
            printed[document] += len(_PRINTED.findall(text))
    for document, text in connection.execute(_IN_COLUMNS_OF_POINTS):
        printed[document] += _BARE.fullmatch(text) is not None
    ledgers = "SELECT id, coalesce(amounts_seen, 0) FROM documents WHERE kind <> 'summary' ORDER BY id"
    for document, seen in connection.execute(ledgers):
        if printed[document] != seen:
            yield document
