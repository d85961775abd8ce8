"""A database of every earlier schema, with notices in it, becomes the one that a new database would be."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kaohe.pipeline.database.schema import migrations, open_to_read, open_to_write
from kaohe.pipeline.database.tokens import add_functions
from kaohe.pipeline.database.verification import check
from kaohe.pipeline.ingestion.run import ingest
from kaohe.pipeline.planning.inbox import scope_of

Dump = Callable[[Path], dict[str, list[tuple[object, ...]]]]
NEW = Path('new.db')
OLD = Path('old.db')


def columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f'PRAGMA table_info({table})')]


def tables(connection: sqlite3.Connection) -> list[str]:
    """Those that hold rows of their own: not the search index's."""
    sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'texts_fts%' AND name NOT LIKE 'sqlite_%'"
    return [name for (name,) in connection.execute(sql)]


def rows_of(connection: sqlite3.Connection, table: str, names: list[str]) -> Counter[tuple[object, ...]]:
    return Counter(map(tuple, connection.execute(f'SELECT {", ".join(names)} FROM {table}')))  # noqa: S608  # names of our own


def make_old(version: int) -> None:
    """The rows of the new database as the program of schema ``version`` would have stored them."""
    with closing(sqlite3.connect(OLD)) as old, closing(sqlite3.connect(NEW)) as new:
        add_functions(old)
        for script in migrations()[:version]:
            old.executescript(script)
        for table in tables(old):
            known = [name for name in columns(new, table) if name in columns(old, table)]
            rows = new.execute(f'SELECT {", ".join(known)} FROM {table}').fetchall()  # noqa: S608  # names of our own
            places = ', '.join('?' * len(known))
            old.executemany(f'INSERT INTO {table} ({", ".join(known)}) VALUES ({places})', rows)  # noqa: S608
        if columns(old, 'texts_fts'):
            old.execute(
                "INSERT INTO texts_fts (texts_fts) VALUES ('rebuild')"
            )  # the store fills the index, no trigger does
        old.execute(f'PRAGMA user_version = {version}')
        old.commit()


@pytest.mark.parametrize('version', range(1, len(migrations())))
def test_every_earlier_schema_keeps_its_rows(inbox: Path, plain_reader: list[str], dump: Dump, version: int) -> None:
    for name in ('好', '半', '坏'):
        (inbox / f'{name}.txt').write_text(f'{name}通知')
    ingest([scope_of(inbox)], NEW, jobs=1)
    make_old(version)
    with closing(sqlite3.connect(OLD)) as old:
        # migration 0006 numbers the texts anew
        names = {x: [name for name in columns(old, x) if (x, name) != ('texts', 'id')] for x in tables(old)}
        kept = {x: rows_of(old, x, names[x]) for x in names}
    assert kept['documents'].total() == 3
    assert kept['clauses'].total() > 0
    open_to_write(OLD).close()
    with closing(open_to_read(OLD)) as upgraded:
        for table, rows in kept.items():
            assert rows_of(upgraded, table, names[table]) == rows, table
        assert [one.what for one in check(upgraded) if one.wrong] == []


@pytest.mark.parametrize('version', range(1, len(migrations())))
def test_a_run_on_an_earlier_database_gives_the_same_as_on_a_new_one(
    inbox: Path, plain_reader: list[str], dump: Dump, version: int
) -> None:
    (inbox / 'a.txt').write_text('甲通知')
    ingest([scope_of(inbox)], NEW, jobs=1)
    make_old(version)
    (inbox / 'b.txt').write_text('乙通知')
    ingest([scope_of(inbox)], OLD, jobs=1)
    ingest([scope_of(inbox)], NEW, jobs=1)
    assert dump(OLD) == dump(NEW)
