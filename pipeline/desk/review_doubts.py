"""The doubtful places of a notice as the desk shows them: what is the matter, where, and what became of it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from kaohe.pipeline.decisions.notices.stored_editions import ASSUMED
from kaohe.pipeline.receipts.receipt_words import halves, without_place

CORRECTED = '已改正'
"""What is said of a doubt that a correction settles."""
_ALIKE = re.compile(r'kaohe editions join \S+ (d_\w+)')


@dataclass(frozen=True, slots=True)
class ReviewDoubt:
    """A finding in words. ``line`` is the id of its line, ``table`` counts from 0; ``dealt`` says who dealt with it, and how, or that a
    correction did (``gone``). ``like`` is the document that may hold the same notice."""

    id: str
    line: str | None
    table: int | None
    row: int | None
    page: int | None
    severity: str
    about: str
    code: str
    what: str
    todo: str
    dealt: str | None
    gone: bool
    like: str | None

    @property
    def corrected(self) -> bool:
        """Whether it was dealt with by correcting what was wrong."""
        return self.gone or CORRECTED in (self.dealt or '')

    @property
    def open(self) -> bool:
        """Whether it waits for a person."""
        return self.dealt is None and self.severity != 'info'


def read_doubts(connection: sqlite3.Connection, document: str, ordinals: Mapping[str, int]) -> list[ReviewDoubt]:
    """All findings of a notice, the gravest first; ``ordinals`` says which table is which."""
    gravest = "CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END"
    return [
        ReviewDoubt(
            id=row['id'], line=row['indicator_id'] or row['of_clause'], table=ordinals.get(row['table_id'] or ''), row=row['row'],
            page=row['page'], severity=row['severity'], about=row['about'], code=row['code'],
            what=without_place(halves(row['message'])[0]), todo=halves(row['message'])[1], dealt=_dealt(row),
            gone=row['state'] == 'outdated', like=_like(row),
        )
        for row in connection.execute(
            'SELECT f.*, c.indicator_id AS of_clause FROM findings AS f LEFT JOIN clauses AS c ON c.id = f.clause_id'  # noqa: S608 named above
            f' WHERE f.document_id = ? ORDER BY {gravest}, f.ordinal',
            (document,),
        )
    ]  # fmt: skip


def line_of(connection: sqlite3.Connection, owner: str, row: str) -> str | None:
    """The line to which the row of ``owner`` belongs; None where it is no line's."""
    if owner not in ('clauses', 'thresholds'):
        return row if owner == 'indicators' else None
    (line,) = connection.execute(f'SELECT indicator_id FROM {owner} WHERE id = ?', (row,)).fetchone()  # noqa: S608 named above
    return None if line is None else str(line)


def open_doubts(connection: sqlite3.Connection, document: str, line: str) -> list[ReviewDoubt]:
    """What still waits for a person about this line, the gravest first."""
    return [doubt for doubt in read_doubts(connection, document, {}) if doubt.line == line and doubt.open]


def _like(row: sqlite3.Row) -> str | None:
    found = _ALIKE.search(row['message']) if row['code'] == ASSUMED else None
    return None if found is None else found[1]


def _dealt(row: sqlite3.Row) -> str | None:
    if row['state'] == 'outdated':
        return '改过以后已经没有这个问题'
    if row['state'] != 'ticked':
        return None
    return ' '.join(part for part in (row['ticked_by'], row['ticked_on'], row['remark']) if part)
