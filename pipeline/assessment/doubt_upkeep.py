"""Keeps the findings about choices that rules took at what people decided: what no longer holds is outdated, what is new is added."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from kaohe.extractors.findings import CODES, Finding
from kaohe.normalizers.checks.finding_places import short
from kaohe.normalizers.scoring.material import ScoringRule
from kaohe.pipeline.database.ids import Maker
from kaohe.pipeline.database.rule_rows import doubt_finding


def keep_doubts(connection: sqlite3.Connection, document: str, rules: Sequence[ScoringRule]) -> None:
    """Brings the findings of the document about its rules to what these say. Call inside a transaction."""
    stored = {
        (row['code'], row['clause_id'] or row['indicator_id']): row
        for row in connection.execute(
            "SELECT * FROM findings WHERE document_id = ? AND code LIKE 'score.%' AND decision IS NULL", (document,)
        )
    }
    held = set()
    new: list[tuple[str, str | None, Finding]] = []
    for rule in rules:
        for doubt in rule.doubts:
            if doubt.code not in CODES:
                continue
            found = doubt_finding(doubt, _text(connection, rule.indicator, doubt.clause))
            row = stored.get((doubt.code, doubt.clause or rule.indicator))
            if row is not None and row['message'].endswith(found.message):
                held.add(row['id'])
            else:
                new.append((rule.indicator, doubt.clause, found))
    for row in stored.values():
        state = ('ticked' if row['ticked_by'] else 'open') if row['id'] in held else 'outdated'
        if state != row['state']:
            connection.execute('UPDATE findings SET state = ? WHERE id = ?', (state, row['id']))
    if new:
        _add(connection, document, new)


def _add(connection: sqlite3.Connection, document: str, new: Sequence[tuple[str, str | None, Finding]]) -> None:
    (last,) = connection.execute(
        'SELECT coalesce(max(ordinal), -1) FROM findings WHERE document_id = ?', (document,)
    ).fetchone()
    maker = Maker(document)
    for ordinal, (line, clause, found) in enumerate(new, start=last + 1):
        row = connection.execute(
            'SELECT i.*, t.title, t.ordinal AS place, (SELECT count(*) FROM indicators AS x WHERE x.table_id = i.table_id AND x.ordinal <= i.ordinal)'
            ' AS at FROM corrected_indicators AS i JOIN tables AS t ON t.id = i.table_id WHERE i.id = ?',
            (line,),
        ).fetchone()
        table = f'表“{row["title"]}”' if row['title'] else f'第 {row["place"] + 1} 张表'
        words = short(row['name'] or row['requirement'] or row['criteria'] or '')
        message = f'{table}第 {row["at"]} 条（{words}）：{found.message}'
        connection.execute(
            'INSERT INTO findings (id, document_id, ordinal, table_id, indicator_id, clause_id, about, severity, code, message, page, row, decision)'
            ' VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
            (maker.make('findings', found.code, line, clause, message), document, ordinal, row['table_id'], line, clause, found.about,
             found.severity, found.code, message, row['page'], row['row_first'], 'corrected'),
        )  # fmt: skip


def _text(connection: sqlite3.Connection, line: str, clause: str | None) -> str | None:
    """The words of the clause, else the name of the line, as people corrected them."""
    if clause is None:
        row = connection.execute('SELECT name FROM corrected_indicators WHERE id = ?', (line,)).fetchone()
    else:
        row = connection.execute('SELECT text FROM corrected_clauses WHERE id = ?', (clause,)).fetchone()
    return None if row is None else row[0]
