"""Opens the database: makes it, brings an older one up to date, refuses what is not ours or is newer.

The schema is the ordered list of ``migrations/NNNN_*.sql``; ``PRAGMA user_version`` is the number of the last one applied. To change
the database, add a file: it is applied to existing databases too and must not lose a row. What the first of them come to for a new one stands in
``fresh.sql`` (``python -m tools.fresh_schema``).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path

from kaohe.pipeline.database.busy import patiently
from kaohe.pipeline.database.interrupted import beside, rollback_due, set_aside_foreign, with_end
from kaohe.pipeline.database.tokens import add_functions
from kaohe.pipeline.language.system_words import cause, what_to_do
from kaohe.pipeline.refusal import Refusal
from kaohe.pipeline.system.modes import as_made, close_to, file_mode, make_folder, more_open
from kaohe.pipeline.system.mounts import of_another_machine

# A long notice, or what a question joins, does not fit into the 2 MB that are usual.
_CACHE = 'PRAGMA cache_size = -32000'
_NOT_WRITABLE: frozenset[int | None] = frozenset((sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY))


@cache
def migrations() -> tuple[str, ...]:
    """The SQL of each migration, first to last; ``migrations()[n - 1]`` makes schema ``n``."""
    return tuple(file.read_text('utf-8') for file in sorted((Path(__file__).parent / 'migrations').glob('*.sql')))


def open_to_read(path: Path, *, older: bool = False) -> sqlite3.Connection:
    """A connection that cannot write. Raises `Refusal` where there is no database of this program at ``path``.

    ``older``: a database of an older schema is opened too.
    """
    if not path.exists():
        raise Refusal(f'还没有数据库 {path}，请先运行 kaohe ingest（或 make ingest）读入通知')
    finish_interrupted(path)
    connection, version = _connect_to_read(path)
    if version < len(migrations()) and not older:
        connection.close()
        raise Refusal(f'数据库 {path} 是旧版程序建的，请先运行一次 kaohe ingest，会自动升级，不丢数据')
    connection.execute(_CACHE)
    return connection


def open_to_write(path: Path, like: Sequence[Path] = ()) -> sqlite3.Connection:
    """A connection to the database at ``path``, which is made or brought up to date. Raises `Refusal`.

    A database that is refused is left as it was, to the byte. It is no more open to others than its folder and the files of which it will
    tell (``like``), unless people gave it other rights.
    """
    if of_another_machine(path.parent):
        raise Refusal(
            f'数据库不能放在网络共享上（{path.parent}）：那里的文件锁不可靠，数据可能损坏；请用 --db 换到本机的文件夹，收件夹可以仍在共享上'
        )
    if path.exists():
        finish_interrupted(path)
        _connect_to_read(path)[0].close()
    try:
        make_folder(path.parent)
        _close_to(path, like)
    except OSError as error:
        raise Refusal(
            f'无法建立数据库文件夹 {path.parent}（{cause(error)}），{what_to_do(error, "请检查权限，或用 --db 换一个位置")}'
        ) from error
    connection = _connect(path, 'mode=rwc')
    try:
        with _told(path):
            patiently(connection, path, lambda: connection.execute('PRAGMA journal_mode = WAL'))
            connection.execute('PRAGMA synchronous = FULL')  # a committed notice survives a power cut
            connection.execute(_CACHE)
            add_functions(connection)
            connection.execute('PRAGMA foreign_keys = OFF')  # so that a migration can put a table in another's place
            _upgrade(connection)
            connection.execute('PRAGMA foreign_keys = ON')
    except BaseException:
        connection.close()
        raise
    return connection


def _close_to(path: Path, like: Sequence[Path]) -> None:
    mode = file_mode(path.parent, *like)
    if not path.exists():
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, mode))
    elif like and more_open(path, mode) and as_made(path):
        close_to(path, mode)


@contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """All or nothing. Raises `Refusal` where the disk or another program does not let the database be written."""
    with _told(path):
        patiently(connection, path, lambda: connection.execute('BEGIN IMMEDIATE'))
        try:
            yield
            connection.execute('COMMIT')
        except BaseException:
            if connection.in_transaction:
                connection.execute('ROLLBACK')
            raise


def as_one_file(connection: sqlite3.Connection) -> None:
    """Makes the database one plain file again, which can be copied, and read from a folder that cannot be written."""
    connection.execute('PRAGMA busy_timeout = 0')
    with suppress(sqlite3.OperationalError):  # somebody is reading it: then its write-ahead log stays beside it
        connection.execute('PRAGMA journal_mode = DELETE')


def finish_interrupted(path: Path) -> None:
    """Undoes what a killed run left half written, which a connection that only reads could not, and makes the database one plain file again.

    Nothing where there is nothing to do; a run that is writing just now is not disturbed. Raises `Refusal` where it cannot be undone.
    """
    if not (path.is_file() or path.is_dir()):
        raise Refusal(f'{path} 不是普通文件，不能作数据库，没有改动；请用 --db 换一个文件名')
    set_aside_foreign(path)
    if rollback_due(path):
        with closing(_connect(path, 'mode=rw')) as connection:
            version = _version(connection, path)
            as_one_file(connection)
            if rollback_due(path):
                _write_over_journal(connection, version)
    elif beside(path):
        with suppress(Refusal, sqlite3.Error), closing(_connect(path, 'mode=rw')) as connection:
            _version(connection, path)  # what is not ours stays as it is
            as_one_file(connection)


def _write_over_journal(connection: sqlite3.Connection, version: int) -> None:
    """A journal of which a killed run had not even written the head says nothing, and SQLite lets it lie: a change that is none clears it."""
    with suppress(sqlite3.OperationalError):  # somebody is writing: then it is theirs
        connection.execute('BEGIN IMMEDIATE')
        connection.execute(f'PRAGMA user_version = {version}')
        connection.execute('COMMIT')


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    with _told(path):
        connection = sqlite3.connect(f'{path.absolute().as_uri()}?{mode}', uri=True, isolation_level=None, timeout=30)
        connection.row_factory = sqlite3.Row
        return connection


def _connect_to_read(path: Path) -> tuple[sqlite3.Connection, int]:
    """A connection that cannot write, and the schema that it found."""
    connection = _connect(path, 'mode=ro')
    try:
        return connection, _version(connection, path)
    except Refusal as refusal:
        connection.close()
        # Somebody read it when the last run ended, so that it still counts on a write-ahead log, which cannot be made in this folder.
        cause = refusal.__cause__
        refused = isinstance(cause, sqlite3.Error) and _primary(cause) in _NOT_WRITABLE
        if not refused or with_end(path, '-wal').exists():
            raise
    connection = _connect(path, 'mode=ro&immutable=1')
    try:
        return connection, _version(connection, path)
    except BaseException:
        connection.close()
        raise


def _version(connection: sqlite3.Connection, path: Path) -> int:
    """The schema of an existing database; 0 for an empty one. Raises `Refusal`."""
    with _told(path):
        version: int = connection.execute('PRAGMA user_version').fetchone()[0]
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if version > len(migrations()):
        raise Refusal(
            f'数据库 {path} 是更新版本的程序建的（结构 {version}，本程序只认识到 {len(migrations())}），没有改动；请升级本程序后再运行'
        )
    if (version == 0 and tables) or (version > 0 and not tables >= {'documents', 'sources', 'ingestions'}):
        raise Refusal(f'{path} 不是本程序的数据库，没有改动；请用 --db 换一个文件名')
    return version


def _upgrade(connection: sqlite3.Connection) -> None:
    version: int = connection.execute('PRAGMA user_version').fetchone()[0]
    held, fresh = _fresh()
    if not version and held <= len(migrations()):  # a new database need not become all that earlier ones were
        _apply(connection, fresh, held)
        version = held
    for number, script in enumerate(migrations()[version:], start=version + 1):
        _apply(connection, script, number)


@cache
def _fresh() -> tuple[int, str]:
    """How many migrations are in the schema for new databases, and its script."""
    script = (Path(__file__).parent / 'fresh.sql').read_text('utf-8')
    return int(script.removeprefix('-- ').partition(':')[0]), script


def _apply(connection: sqlite3.Connection, script: str, number: int) -> None:
    try:
        connection.executescript(f'BEGIN IMMEDIATE; {script}; PRAGMA user_version = {number}; COMMIT;')
    except sqlite3.Error:
        if connection.in_transaction:
            connection.execute('ROLLBACK')
        raise


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turns what SQLite says about the file, the disk and the locks into a sentence; faults of the data pass."""
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.InterfaceError, sqlite3.ProgrammingError):
        raise
    except sqlite3.DatabaseError as error:
        raise Refusal(_why(error, path)) from error


def _primary(error: sqlite3.Error) -> int | None:
    code = getattr(error, 'sqlite_errorcode', None)
    return None if code is None else code & 0xFF


def _why(error: sqlite3.DatabaseError, path: Path) -> str:
    primary = _primary(error)
    if getattr(error, 'sqlite_errorcode', None) in (sqlite3.SQLITE_READONLY_ROLLBACK, sqlite3.SQLITE_READONLY_RECOVERY):
        return (
            f'上次写数据库 {path} 时被中断，要先复原，但这里不能写入；请用有写入权限的账户运行一次 kaohe check，'
            '或把数据库连同旁边以 -journal、-wal 结尾的文件一起复制到能写的文件夹再打开'
        )
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return f'数据库 {path} 正被另一个程序占用，等了一会儿还没有结束，什么也没有改；请关掉那个程序（如正打开这个数据库的查看软件），再运行'
    if primary in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_IOERR):
        return f'数据库 {path} 打不开或不能写入，请检查文件和文件夹的权限、磁盘是否正常，或用 --db 换一个位置'
    if primary == sqlite3.SQLITE_FULL:
        return f'磁盘已满，写不进数据库 {path}；此前存下的都在，请腾出空间后再做一次'
    if primary == sqlite3.SQLITE_NOMEM:
        return f'内存不够，数据库 {path} 没有改动；请关掉别的程序后重新运行'
    if primary in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return f'{path} 不是数据库或已损坏；请移走它再运行，数据会从原件重新读出'
    return f'数据库 {path} 出错（{error}），请把这一行发给维护者'
