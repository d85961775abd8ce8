"""The database is the one that the contract describes, grows without losing a row, and is refused where it is not ours."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kaohe.pipeline.database import schema
from kaohe.pipeline.database.schema import migrations, open_to_read, open_to_write, transaction
from kaohe.pipeline.refusal import Refusal

CONTRACT = {
    'documents': 'id source format sha256 bytes pages kind title issuer doc_number issued_on year status message',
    'sources': 'document_id source present',
    'blocks': 'id document_id ordinal kind level label text page table_id',
    'tables': 'id document_id ordinal kind title total_points columns page_first page_last',
    'cells': 'table_id row col row_span col_span text boxes',
    'indicators': 'id key document_id table_id ordinal kind counts_to_total level1 level1_points level2 level2_points path number '
    'name requirement criteria points points_text row_first row_last page',
    'items': 'id indicator_id field label text points',
    'clauses': 'id document_id indicator_id block_id scope ordinal field start end text item effect points per_quantity per_unit '
    'condition cap binds rule',
    'thresholds': 'id indicator_id clause_id field start end text metric comparator value value_high unit basis period rule',
    'responsibilities': 'indicator_id role party',
    'facts': 'id document_id block_id start end text metric value unit approximate change change_value change_unit basis period rule',
    'origins': 'owner owner_id field table_id row col block_id start end',
    'findings': 'id document_id table_id indicator_id clause_id about severity code message',
    'runs': 'id',
    'ingestions': 'id',
}
DOCS = Path(__file__).parents[3] / 'docs' / 'catalogue.md'


def columns(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """The tables with their columns, and the one view that is part of the contract. Not SQLite's own index."""
    sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'texts_fts%' OR name = 'origins'"
    names = [name for (name,) in connection.execute(sql)]
    return {name: [row[1] for row in connection.execute(f'PRAGMA table_info({name})')] for name in names}


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / 'new' / 'folder' / 'catalogue.db'
    open_to_write(path).close()
    return path


@pytest.mark.parametrize('table', CONTRACT)
def test_every_column_of_the_contract_exists(database: Path, table: str) -> None:
    with closing(open_to_read(database)) as connection:
        assert set(CONTRACT[table].split()) <= set(columns(connection)[table])


def test_the_docs_name_every_table_and_column_and_no_other(database: Path) -> None:
    documented = {
        section.split('`')[0]: re.findall(r'^\| `(\w+)` \| \S', section, re.MULTILINE)
        for section in DOCS.read_text('utf-8').split('\n### `')[1:]
    }
    with closing(open_to_read(database)) as connection:
        existing = columns(connection)
    assert documented.keys() == existing.keys()
    for table, names in existing.items():
        assert sorted(documented[table]) == sorted(names), table


def test_enumerations_of_the_docs_are_those_of_the_schema(database: Path) -> None:
    text = DOCS.read_text('utf-8')
    script = ''.join(migrations())
    listed = {
        value
        for values in re.findall(r'IN \(((?:\s*\'\w+\',?)+)\)', script)
        for value in re.findall(r"'(\w+)'", values)
    }
    assert len(listed) > 40
    assert [value for value in sorted(listed) if f'`{value}`' not in text] == []


def test_every_foreign_key_has_an_index_so_that_a_notice_is_replaced_in_time(database: Path) -> None:
    with closing(open_to_read(database)) as connection:
        for table in columns(connection):
            leading = {
                connection.execute(f'PRAGMA index_info({index[1]})').fetchone()[2]
                for index in connection.execute(f'PRAGMA index_list({table})')
            }
            for key in connection.execute(f'PRAGMA foreign_key_list({table})'):
                assert key[6] == 'CASCADE', f'{table}.{key[3]} would keep a notice from being replaced'
                assert key[3] in leading, f'{table}.{key[3]}'


@pytest.mark.parametrize(
    ('change', 'why'),
    [
        ("kind = 'unheard of'", 'an enumeration'),
        ("title = ''", 'an empty string for unknown'),
        ("issued_on = '2025年2月'", 'a date that is no ISO date'),
        ('bytes = -1', 'a negative size'),
        ("status = 'fine'", 'a status that does not exist'),
    ],
)
def test_values_that_break_the_contract_are_refused(database: Path, change: str, why: str) -> None:
    with closing(open_to_write(database)) as connection, transaction(connection, database):
        connection.execute("INSERT INTO documents (id, source) VALUES ('d_1', 'a.docx')")
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(f'UPDATE documents SET {change}')  # noqa: S608 written above


def test_a_document_starts_as_failed(database: Path) -> None:
    with closing(open_to_write(database)) as connection:
        connection.execute("INSERT INTO documents (id, source) VALUES ('d_1', 'a.docx')")
        assert connection.execute('SELECT status FROM documents').fetchone()[0] == 'failed'


def test_a_newer_database_is_refused_and_left_as_it_was(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute(f'PRAGMA user_version = {len(migrations()) + 1}')
    before = database.read_bytes()
    for open_database in (open_to_read, open_to_write):
        with pytest.raises(Refusal, match='更新版本的程序'):
            open_database(database)
    assert database.read_bytes() == before


def test_a_database_of_another_program_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    database = tmp_path / 'other.db'
    with closing(sqlite3.connect(database)) as connection:
        connection.execute('CREATE TABLE diary (day TEXT)')
    before = database.read_bytes()
    with pytest.raises(Refusal, match='不是本程序的数据库'):
        open_to_write(database)
    assert database.read_bytes() == before


def test_a_file_that_is_no_database_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    database = tmp_path / 'letter.db'
    database.write_text('此件公开发布' * 200, encoding='utf-8')
    before = database.read_bytes()
    with pytest.raises(Refusal, match='不是数据库或已损坏'):
        open_to_write(database)
    assert database.read_bytes() == before


def test_an_older_database_is_brought_up_to_date_without_losing_a_row(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(open_to_write(database)) as connection:
        connection.execute("INSERT INTO documents (id, source) VALUES ('d_1', 'a.docx')")
    grown = (*migrations(), "ALTER TABLE documents ADD COLUMN colour TEXT; UPDATE documents SET colour = 'red'")
    monkeypatch.setattr(schema, 'migrations', lambda: grown)
    with pytest.raises(Refusal, match='旧版程序'):
        open_to_read(database)
    with closing(open_to_write(database)) as connection:
        assert [tuple(row) for row in connection.execute('SELECT id, colour FROM documents')] == [('d_1', 'red')]
        assert connection.execute('PRAGMA user_version').fetchone()[0] == len(grown)


def test_a_migration_that_fails_leaves_the_database_as_it_was(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, 'migrations', lambda: (*migrations(), 'CREATE TABLE half (x); DROP TABLE nowhere'))
    with pytest.raises(Refusal):
        open_to_write(database)
    monkeypatch.undo()
    with closing(open_to_read(database)) as connection:
        assert 'half' not in columns(connection)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / 'file').write_text('x')
    with pytest.raises(Refusal, match='无法建立数据库文件夹'):
        open_to_write(tmp_path / 'file' / 'catalogue.db')
    (tmp_path / 'catalogue.db').mkdir()
    with pytest.raises(Refusal, match='打不开或不能写入'):
        open_to_write(tmp_path / 'catalogue.db')
