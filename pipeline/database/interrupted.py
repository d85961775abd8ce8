"""What SQLite keeps beside the database while it writes, and what to do with it where a killed run left it there.

A journal (``-journal``) holds what stood in the file before: it must be put back, which a connection that only reads cannot do. A
write-ahead log (``-wal``) holds what is committed already: any connection reads it. Both belong to the one file beside which they were
made. Where a backup was copied over that file, SQLite would write them into the backup and ruin it: such ones are set aside.
"""

from __future__ import annotations

import os
import struct
from contextlib import suppress
from pathlib import Path

from kaohe.pipeline.refusal import Refusal

ENDS = ('-journal', '-wal', '-shm')
_JOURNAL_MAGIC = bytes.fromhex('d9d505f920a163d7')
_SET_ASIDE = '.旧'
# Where the header of a database (SQLite's file format, 1.3) says how it is written (1 journal, 2 write-ahead log) and how often it was.
_WRITTEN_BY, _CHANGES = slice(18, 20), slice(24, 28)


def beside(database: Path) -> tuple[Path, ...]:
    """The files of SQLite that stand beside the database and hold something."""
    return tuple(path for end in ENDS if _size(path := with_end(database, end)))


def with_end(database: Path, end: str) -> Path:
    """The file beside the database whose name ends so; SQLite puts them beside the file that a link leads to."""
    if database.is_symlink():
        database = database.resolve()
    return database.with_name(f'{database.name}{end}')


def rollback_due(database: Path) -> bool:
    """Whether a journal stands beside the database: of a run that is writing, or of one that was killed."""
    return _size(with_end(database, '-journal')) > 0


def set_aside_foreign(database: Path) -> None:
    """Renames a journal or write-ahead log that was made beside another file than the one that stands there now.

    Raises `Refusal` where there is one and the folder cannot be written.
    """
    for end, foreign in (('-journal', _foreign_journal), ('-wal', _foreign_log)):
        path = with_end(database, end)
        if not _size(path) or not foreign(database, path):
            continue
        try:
            path.replace(path.with_name(f'{path.name}{_SET_ASIDE}'))
            with_end(database, '-shm').unlink(missing_ok=True)
        except OSError as error:
            raise Refusal(
                f'数据库 {database} 是后来换上的，旁边的 {path.name} 属于原来那个，会弄坏它；请先把 {path.name} 移走再运行'
            ) from error


def _foreign_log(database: Path, log: Path) -> bool:
    """A database says that it has a write-ahead log as long as there is one; a backup never does."""
    return _header(database)[_WRITTEN_BY] == b'\x01\x01' and _size(log) > 0


def _foreign_journal(database: Path, journal: Path) -> bool:
    """The first page says how often the database was changed: in the file as often as in its journal, or once more."""
    before = _first_page(journal)
    now = _header(database)
    if before is None or len(now) < 28:
        return False
    return (_count(now) - _count(before)) & 0xFFFFFFFF > 1


def _first_page(journal: Path) -> bytes | None:
    """The database's first page as the journal holds it; None where it does not."""
    with suppress(OSError, struct.error), journal.open('rb') as file:
        head = file.read(28)
        if not head.startswith(_JOURNAL_MAGIC):
            return None
        sector, size = struct.unpack('>II', head[20:28])
        file.seek(sector)
        while len(record := file.read(4 + size + 4)) == 4 + size + 4:
            if record[:4] == b'\x00\x00\x00\x01':
                return record[4 : 4 + size]
    return None


def _count(page: bytes) -> int:
    return int.from_bytes(page[_CHANGES])


def _header(database: Path) -> bytes:
    try:
        with database.open('rb') as file:
            return file.read(100)
    except OSError:
        return b''


def _size(path: Path) -> int:
    try:
        return os.stat(path).st_size  # noqa: PTH116 asked before every opening
    except OSError:
        return 0
