"""A new database is the same whether it is made at once or goes through every migration."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kaohe.pipeline.database import schema
from kaohe.pipeline.database.schema import migrations, open_to_write
from kaohe.pipeline.database.tokens import add_functions


def _made(connection: sqlite3.Connection) -> tuple[object, ...]:
    """All that the database consists of, and what its index of texts holds before there are any."""
    master = sorted(map(tuple, connection.execute('SELECT type, name, tbl_name, sql FROM sqlite_master')), key=repr)
    index = [tuple(row) for row in connection.execute('SELECT id, block FROM texts_fts_data ORDER BY id')]
    return master, index, connection.execute('PRAGMA user_version').fetchone()[0]


def _by_migrations() -> tuple[object, ...]:
    with closing(sqlite3.connect(':memory:')) as connection:
        add_functions(connection)
        for script in migrations():
            connection.executescript(script)
        connection.execute(f'PRAGMA user_version = {len(migrations())}')
        return _made(connection)


def test_a_new_database_is_what_all_migrations_come_to(tmp_path: Path) -> None:
    with closing(open_to_write(tmp_path / 'a.db')) as connection:
        assert _made(connection) == _by_migrations()


def test_migrations_that_came_later_are_applied_to_new_databases(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grown = (*migrations(), "ALTER TABLE documents ADD COLUMN colour TEXT DEFAULT 'red'")
    monkeypatch.setattr(schema, 'migrations', lambda: grown)
    with closing(open_to_write(tmp_path / 'a.db')) as connection:
        connection.execute("INSERT INTO documents (id, source) VALUES ('d_1', 'a.docx')")
        assert connection.execute('SELECT colour FROM documents').fetchone()[0] == 'red'
        assert connection.execute('PRAGMA user_version').fetchone()[0] == len(grown)


def test_nothing_of_a_new_database_is_there_before_all_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held, fresh = schema._fresh()
    monkeypatch.setattr(schema, '_fresh', lambda: (held, f'{fresh}; DROP TABLE nowhere'))
    with pytest.raises(schema.Refusal):
        open_to_write(tmp_path / 'a.db')
    with closing(sqlite3.connect(tmp_path / 'a.db')) as connection:
        assert connection.execute('SELECT count(*) FROM sqlite_master').fetchone()[0] == 0
