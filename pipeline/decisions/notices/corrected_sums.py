"""The printed sums checked again with what people corrected: findings that no longer hold are outdated, new ones are raised."""

from __future__ import annotations

import json
import sqlite3
from decimal import Decimal
from typing import Final

from kaohe.pipeline.database.ids import Maker

CORRECTED: Final = 'corrected'
"""The ``decision`` of findings about corrected values."""
_CODES: Final = ('points.sum', 'points.doubtful', 'total.sum')
_COLUMNS: Final = ('points', 'kind', 'level1', 'level1_points', 'level2', 'level2_points', 'points_text', 'dropped')


def clear_corrected_sums(connection: sqlite3.Connection) -> None:
    """Takes back what was found in corrected values."""
    connection.execute('DELETE FROM findings WHERE decision = ?', (CORRECTED,))
    connection.execute("UPDATE findings SET state = 'open' WHERE state = 'outdated'")


def store_corrected_sums(connection: sqlite3.Connection, document: str) -> None:
    """Checks the sums of a document in which people corrected, added or struck out points or categories of lines."""
    if not _moves_sums(connection, document):
        return
    from kaohe.extractors.document import Document  # a run in which nobody corrected anything needs no checks
    from kaohe.normalizers.catalogue import Catalogue, Indicator, Notice, TableRow
    from kaohe.normalizers.checks.adding_up.sums import check_sums

    tables = connection.execute(
        'SELECT id, kind, title, total_points FROM tables WHERE document_id = ? ORDER BY ordinal', (document,)
    ).fetchall()
    numbers = {row['id']: at for at, row in enumerate(tables)}
    rows = connection.execute(
        'SELECT c.*, i.kind AS read_kind FROM corrected_indicators AS c JOIN indicators AS i ON i.id = c.id'
        ' WHERE c.document_id = ? AND NOT c.dropped',
        (document,),
    ).fetchall()
    rows.sort(key=lambda row: (numbers[row['table_id']], row['ordinal']))
    catalogue = Catalogue(
        Document('', ()), Notice('assessment'), (),
        tuple(TableRow(row['kind'], row['title'], _decimal(row['total_points']), (), ()) for row in tables),
        tuple(
            Indicator(
                numbers[row['table_id']], row['kind'],
                bool(row['counts_to_total']) if row['kind'] == row['read_kind'] else row['kind'] == 'scored', row['key'],
                row['level1'], _decimal(row['level1_points']), row['level2'], _decimal(row['level2_points']),
                tuple(json.loads(row['path'] or '[]')), row['number'], row['name'], row['requirement'], row['criteria'],
                _decimal(row['points']), row['points_text'],
            )
            for row in rows
        ),
    )  # fmt: skip
    found = [one for one in check_sums(catalogue) if one.code in _CODES]
    said = {one.message for one in found}
    known = {
        row['message']: row['id']
        for row in connection.execute(
            'SELECT id, message FROM findings WHERE document_id = ? AND code IN (?, ?, ?)', (document, *_CODES)
        )
    }
    connection.executemany(
        "UPDATE findings SET state = 'outdated' WHERE id = ?",
        [(one,) for text, one in known.items() if text not in said],
    )
    (last,) = connection.execute(
        'SELECT coalesce(max(ordinal), -1) FROM findings WHERE document_id = ?', (document,)
    ).fetchone()
    maker = Maker(document)
    fresh = [one for one in found if one.message not in known]
    connection.executemany(
        'INSERT INTO findings (id, document_id, ordinal, table_id, indicator_id, about, severity, code, message, decision)'
        ' VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
        [
            (maker.make('findings', one.code, CORRECTED, one.message), document, ordinal,
             None if one.table is None else tables[one.table]['id'], None if one.indicator is None else rows[one.indicator]['id'],
             one.about, one.severity, one.code, one.message, CORRECTED)
            for ordinal, one in enumerate(fresh, start=last + 1)
        ],
    )  # fmt: skip


def _moves_sums(connection: sqlite3.Connection, document: str) -> bool:
    return any(
        row['added'] or not json.loads(row['changes']).keys().isdisjoint(_COLUMNS)
        for row in connection.execute(
            "SELECT added, changes FROM overlays WHERE document_id = ? AND owner = 'indicators'", (document,)
        )
    )


def _decimal(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(str(number))
