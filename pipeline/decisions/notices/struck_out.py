"""Findings about what people struck out: nobody need look at them any more."""

from __future__ import annotations

import sqlite3

_STRUCK = """
SELECT owner_id FROM overlays WHERE document_id = :document AND owner = :owner AND json_extract(changes, '$.dropped') = 1
"""


def store_struck_out(connection: sqlite3.Connection, document: str) -> None:
    """Outdates the findings about lines and clauses of a document that are struck out."""
    for owner, column in (('indicators', 'indicator_id'), ('clauses', 'clause_id')):
        connection.execute(
            f"UPDATE findings SET state = 'outdated' WHERE document_id = :document AND decision IS NULL AND {column} IN ({_STRUCK})",  # noqa: S608 named above
            {'document': document, 'owner': owner},
        )
