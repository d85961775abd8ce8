"""The schema of a new database in one script: what all migrations together come to.

``python -m tools.fresh_schema`` writes ``pipeline/database/fresh.sql`` anew; a test compares. A new database is made from it, and only by the
migrations that came after it was written: going through all of them takes fifteen times as long, for each change of a table looks at every view.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from kaohe.pipeline.database.schema import migrations
from kaohe.pipeline.database.tokens import add_functions

FRESH = Path(__file__).parents[1] / 'pipeline/database/fresh.sql'
# as the migrations leave it, to the byte
_INDEX = "INSERT INTO texts_fts (texts_fts) VALUES ('rebuild');\n"


def fresh_schema() -> str:
    """The script; its first line says how many migrations it stands for."""
    with closing(sqlite3.connect(':memory:')) as connection:
        add_functions(connection)
        for script in migrations():
            connection.executescript(script)
        # the index of the full text search makes tables of its own
        made = "SELECT name FROM pragma_table_list WHERE type = 'shadow'"
        statements = connection.execute(
            f'SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT IN ({made}) ORDER BY rowid'  # noqa: S608  # words of our own
        )
        head = f'-- {len(migrations())}: the migrations that are in it. Written by python -m tools.fresh_schema: do not edit.\n\n'
        return head + ''.join(f'{statement};\n\n' for (statement,) in statements) + _INDEX


if __name__ == '__main__':
    FRESH.write_text(fresh_schema(), encoding='utf-8')
