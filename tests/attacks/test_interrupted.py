"""What a killed run leaves beside the database locks nobody out, and what belongs to another file ruins none."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kaohe.pipeline.database.backups.safe_copy import backup, restore
from kaohe.pipeline.database.interrupted import beside
from kaohe.pipeline.database.schema import as_one_file, open_to_read, open_to_write, transaction
from kaohe.pipeline.refusal import Refusal

DATABASE = Path('catalogue.db')
SHARED = Path(__file__).parents[2].parent / 'shared' / 'cases' / 'attacks' / 'hotjournal'


@pytest.fixture
def stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database with one document, settled."""
    monkeypatch.chdir(tmp_path)
    with closing(open_to_write(DATABASE)) as connection:
        with transaction(connection, DATABASE):
            connection.execute("INSERT INTO documents (id, source, status) VALUES ('d_1', 'a.txt', 'failed')")
        as_one_file(connection)
    return DATABASE


def killed_in_a_journal(database: Path, to: Path) -> Path:
    """The database as a kill leaves it in the midst of a change that is written with a journal."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute('PRAGMA cache_size = 1')
        connection.execute('BEGIN IMMEDIATE')
        connection.execute('CREATE TABLE first (x)')  # the first page changes
        connection.execute('CREATE TABLE half (x)')
        connection.executemany('INSERT INTO half VALUES (?)', [('x' * 3000,) for _ in range(200)])
        for end in ('', '-journal'):
            shutil.copy(f'{database}{end}', f'{to}{end}')
        connection.execute('ROLLBACK')
    return to


def killed_in_a_log(database: Path, to: Path) -> Path:
    """The database as a kill leaves it after a change that stands in the write-ahead log."""
    with closing(open_to_write(database)) as connection:
        connection.execute("UPDATE documents SET source = 'b.txt'")
        for end in ('', '-wal', '-shm'):
            shutil.copy(f'{database}{end}', f'{to}{end}')
    return to


def sources(database: Path) -> list[str]:
    with closing(open_to_read(database)) as connection:
        return [row[0] for row in connection.execute('SELECT source FROM documents')]


def test_whoever_opens_the_catalogue_next_undoes_what_a_killed_run_left_half_written(stored: Path) -> None:
    hot = killed_in_a_journal(stored, Path('hot.db'))
    with closing(sqlite3.connect('file:hot.db?mode=ro', uri=True)) as reader, pytest.raises(sqlite3.OperationalError):
        reader.execute('SELECT * FROM documents')  # a connection that cannot write is locked out
    assert sources(hot) == ['a.txt']
    assert beside(hot) == ()
    assert hot.read_bytes()[18:20] == b'\x01\x01'  # one plain file again


def test_a_database_that_a_link_leads_to_is_not_locked_either(stored: Path) -> None:
    hot = killed_in_a_journal(stored, Path('hot.db'))
    Path('link.db').symlink_to(hot)
    assert sources(Path('link.db')) == ['a.txt']
    assert beside(hot) == beside(Path('link.db')) == ()


@pytest.mark.skipif(not hasattr(os, 'mkfifo'), reason='there are no such files here')
def test_what_is_no_file_is_refused_at_once(stored: Path) -> None:
    os.mkfifo('pipe.db')
    for open_it in (open_to_read, open_to_write):
        with pytest.raises(Refusal, match='不是普通文件'):
            open_it(Path('pipe.db'))


def test_a_journal_that_a_killed_run_had_only_begun_is_cleared(stored: Path) -> None:
    begun = stored.with_name('catalogue.db-journal')
    begun.write_bytes(bytes(512))
    assert sources(stored) == ['a.txt']
    assert beside(stored) == ()


def test_what_a_killed_run_committed_is_there_and_the_catalogue_one_plain_file_again(stored: Path) -> None:
    left = killed_in_a_log(stored, Path('left.db'))
    assert [path.name for path in beside(left)] == ['left.db-wal', 'left.db-shm']
    assert sources(left) == ['b.txt']
    assert beside(left) == ()
    assert left.read_bytes()[18:20] == b'\x01\x01'


@pytest.mark.parametrize('kill', [killed_in_a_journal, killed_in_a_log])
def test_a_backup_copied_over_the_file_is_not_ruined_by_what_was_left_beside_it(stored: Path, kill: object) -> None:
    backup(stored, Path('log'), Path('backup.db'), overwrite=False)
    with closing(open_to_write(stored)) as connection:
        for number in range(5):  # the catalogue goes on after the backup
            connection.execute('UPDATE documents SET source = ?', (f'{number}.txt',))
            as_one_file(connection)
            connection.execute('PRAGMA journal_mode = WAL')
        as_one_file(connection)
    left = kill(stored, Path('left.db'))  # type: ignore[operator]
    shutil.copy('backup.db', left)
    assert sources(left) == ['a.txt']
    with closing(open_to_read(left)) as connection:
        assert [tuple(row) for row in connection.execute('PRAGMA integrity_check')] == [('ok',)]
    assert [path.name for path in Path().glob('left.db-*')] == [
        f'left.db-{"journal" if kill is killed_in_a_journal else "wal"}.旧'
    ]


def test_a_backup_beside_which_something_was_left_is_refused(stored: Path) -> None:
    Path('copy.db-journal').write_bytes(b'x' * 512)
    with pytest.raises(Refusal, match=r'copy\.db-journal'):
        backup(stored, Path('log'), Path('copy.db'), overwrite=True)
    assert not Path('copy.db').exists()


def test_a_run_that_is_writing_is_not_disturbed_by_readers(stored: Path) -> None:
    with closing(open_to_write(stored)) as connection:
        with transaction(connection, stored):
            connection.execute("UPDATE documents SET source = 'b.txt'")
            assert sources(stored) == ['a.txt']
        assert sources(stored) == ['b.txt']
        as_one_file(connection)
    assert sources(stored) == ['b.txt']


@pytest.mark.skipif(not hasattr(os, 'geteuid') or os.geteuid() == 0, reason='root may write everywhere')
def test_in_a_folder_that_cannot_be_written_the_cause_is_told(stored: Path) -> None:
    Path('closed').mkdir()
    hot = killed_in_a_journal(stored, Path('closed/hot.db'))
    hot.chmod(0o444)
    Path('closed').chmod(0o555)
    with pytest.raises(Refusal, match='中断'):
        sources(hot)


@pytest.mark.skipif(not SHARED.is_dir(), reason='the case is not on this machine')
def test_the_catalogue_that_was_locked_for_good_opens(stored: Path) -> None:
    for name in ('c.db', 'c.db-journal'):
        shutil.copyfile(SHARED / name, name)
    with closing(open_to_read(Path('c.db'), older=True)) as connection:
        assert [tuple(row) for row in connection.execute('PRAGMA integrity_check')] == [('ok',)]
        assert connection.execute('SELECT count(*) FROM documents').fetchone()[0] > 0
    assert beside(Path('c.db')) == ()


@pytest.mark.parametrize('held', [b'', b'x', b'x' * 90])
def test_an_empty_file_takes_no_catalogue_s_place(held: bytes, stored: Path) -> None:
    Path('backup.db').write_bytes(held)  # SQLite takes so short a file for a database without anything
    with pytest.raises(Refusal):
        restore(Path('backup.db'), stored, Path('log'), overwrite=True)
    assert sources(stored) == ['a.txt']
