"""What people say of a row, for whoever asks where it comes from."""

from __future__ import annotations

import json
import sqlite3

from kaohe.pipeline.decisions.correctable_columns import FIELDS
from kaohe.pipeline.language.phrases import number


def corrections_of(connection: sqlite3.Connection, table: str, row_id: str) -> list[tuple[str, str]]:
    """What people say of the row: each value that now holds, who said so and when, and the reason that was given."""
    found = connection.execute(
        'SELECT changes, decided_by, decided_on, why FROM overlays WHERE owner = ? AND owner_id = ?', (table, row_id)
    ).fetchone()
    if found is None:
        return []
    fields = {known.name: known for known in FIELDS.get(table, ())}
    said = [
        (f'更正后的{fields[name].title}', _told(fields[name].show(value)))
        for name, value in json.loads(found['changes']).items()
        if name in fields
    ]
    reason = [('更正原因', str(found['why']))] if found['why'] else []
    return [*said, ('更正', f'{found["decided_by"]} {found["decided_on"]}'), *reason]


def _told(value: object) -> str:
    if value is None:
        return '（空）'
    return number(value) if isinstance(value, float) else str(value)
