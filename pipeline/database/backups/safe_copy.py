"""Backups: a consistent copy of the database, also while a run writes it, and of the log of what people decided and answered beside it.

SQLite copies what is committed, page by page. The log is copied after it and takes its place before it, so that nothing that the database
knows is missing there, whenever one looks.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from kaohe.pipeline.database.files import decisions_folder
from kaohe.pipeline.database.interrupted import beside
from kaohe.pipeline.database.schema import finish_interrupted, open_to_read
from kaohe.pipeline.language.system_words import cause
from kaohe.pipeline.refusal import Refusal
from kaohe.pipeline.system.lock import alone
from kaohe.pipeline.system.modes import file_mode, make_folder
from kaohe.pipeline.system.whole_files import replace_bytes

# A name that promises another kind of file: whoever opens it would hold the backup for broken.
_OTHER_KINDS: Final = frozenset(
    (
        '.zip',
        '.7z',
        '.rar',
        '.gz',
        '.tar',
        '.tgz',
        '.xlsx',
        '.xls',
        '.et',
        '.csv',
        '.docx',
        '.doc',
        '.wps',
        '.pdf',
        '.jsonl',
    )
)


def backup(database: Path, log: Path, file: Path, *, overwrite: bool) -> Path:
    """Copies ``database`` to ``file``, and the ``log`` (a folder) beside it: the log's place there is returned.

    Raises `Refusal` where something stands there, or the disk does not let it; then an older backup is as it was.
    """
    if file.suffix.lower() in _OTHER_KINDS:
        raise Refusal(
            f'备份是一个数据库文件，不是 {file.suffix} 文件；请用 .db 结尾，例如 {file.with_suffix(".db").name}', 2
        )
    copied = decisions_folder(file)
    if not overwrite:
        for there in (file, copied):
            if there.exists():
                raise Refusal(f'{there} 已经存在；请换一个文件名，或加 --force 覆盖它', exit_status=2)
    if file.resolve() == database.resolve() or copied.resolve() == log.resolve():
        raise Refusal('备份不能存到数据库自己；请换一个文件名', exit_status=2)
    left = beside(file)
    if left:
        raise Refusal(
            f'{file} 旁边有 {left[0].name}：那里是一个正在用的、或写到一半的数据库；备份请换一个文件名', exit_status=2
        )
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with _copied(database, file):
            _keep_longer(log, copied)
            _copy_log(log, copied)
    except (OSError, sqlite3.Error) as error:
        raise Refusal(f'备份没有做成（{cause(error)}）；请检查 {file.parent} 的权限和磁盘空间后再试') from error
    return copied


def restore(
    file: Path, database: Path, log: Path, *, overwrite: bool, queued: Callable[[], None] = lambda: None
) -> Path | None:
    """Puts a backup and its log in the place of ``database`` and ``log``. What stood there is kept in a folder, which is returned.

    At any moment one of the two is whole at its place, so that a kill loses nothing; after one, do it again. Raises `Refusal`.
    """
    if file.resolve() == database.resolve():
        raise Refusal('备份就是数据库自己；请写备份的文件名', exit_status=2)
    with closing(open_to_read(file, older=True)) as backed_up:  # what is no database of this program is refused
        if not backed_up.execute('PRAGMA user_version').fetchone()[0]:
            raise Refusal(f'{file} 是空的，不是备份，什么也没有改；请写 kaohe backup 做的文件', exit_status=2)
    came_with = decisions_folder(file)
    with alone(database, queued):
        kept = None
        try:
            if database.exists() or any(_files(log)):
                if not overwrite:
                    raise Refusal(
                        f'{database} 或 {log} 已经有了；确实要用备份换下它们请加 --force（原来的会另存一份）',
                        exit_status=2,
                    )
                kept = _set_aside(database, log)
            database.parent.mkdir(parents=True, exist_ok=True)
            _copy_database(file, database)
            if came_with.is_dir():  # a backup of an older program has none: then the log stays
                _copy_log(came_with, log)
                for path in [*_files(log)]:
                    if not (came_with / path.relative_to(log)).exists():
                        path.unlink()
        except (OSError, sqlite3.Error) as error:
            raise Refusal(
                f'没有恢复成（{cause(error)}）；请检查 {database.parent} 的权限和磁盘空间后再运行一次'
                + (f'；原来的在 {kept}' if kept else '')
            ) from error
    return kept


def _set_aside(database: Path, log: Path) -> Path:
    """Copies the database and its log into a new folder beside it."""
    stem = f'{database.stem}-恢复前-{datetime.now().astimezone():%Y%m%d-%H%M%S}'
    kept = next(folder for number in range(1, 1000) if not (folder := database.with_name(f'{stem}-{number}')).exists())
    make_folder(kept, database)
    if database.exists():
        try:
            _copy_database(database, kept / database.name)
        except (Refusal, sqlite3.Error):  # what cannot be read is kept as it is
            shutil.copy2(database, kept / database.name)
            for path in beside(database):
                path.replace(kept / path.name)
    _copy_log(log, decisions_folder(kept / database.name))
    return kept


def _copy_database(database: Path, file: Path) -> None:
    """Writes a copy in the place of ``file``, as a whole."""
    with _copied(database, file):
        pass


@contextmanager
def _copied(database: Path, file: Path) -> Iterator[None]:
    """A copy is there, beside ``file``; it takes its place at the end."""
    half = file.with_name(f'.{file.name}.{os.getpid()}.tmp')
    try:
        mode = file_mode(file.parent, file if file.exists() else database)
        os.close(os.open(half, os.O_CREAT | os.O_RDWR | os.O_TRUNC, mode))
        with closing(open_to_read(database, older=True)) as source:
            _copy(source, half)
        yield
        if file.exists():
            with suppress(Refusal):  # what it leaves beside it must not be taken for the new one's
                finish_interrupted(file)
            half.chmod(file.stat().st_mode & 0o777)
        half.replace(file)
    finally:
        half.unlink(missing_ok=True)


def _copy(source: sqlite3.Connection, name: Path) -> None:
    with closing(sqlite3.connect(name)) as target:
        source.backup(target)
        target.execute('PRAGMA journal_mode = DELETE')
    _sync(name)  # before it takes the place of an older one


def _copy_log(log: Path, to: Path) -> None:
    """Copies each file of the log to ``to``, as a whole."""
    for path in _files(log):
        copy = to / path.relative_to(log)
        make_folder(to, log)
        make_folder(copy.parent, path.parent)
        replace_bytes(copy, path.read_bytes(), mode=path.stat().st_mode & 0o777)
        _sync(copy)


def _keep_longer(log: Path, copied: Path) -> None:
    """A file of the older backup that holds what the log has lost since is kept there beside the new one, under the next free name."""
    for old in [*_files(copied)]:
        new = log / old.relative_to(copied)
        if new.exists() and new.read_bytes().startswith(old.read_bytes()):
            continue
        if new.exists():
            old.rename(
                next(free for n in range(2, 10000) if not (free := old.with_name(f'{old.stem}-{n}.jsonl')).exists())
            )


def _files(log: Path) -> Iterator[Path]:
    yield from log.glob('*.jsonl')
    yield from log.glob('*/*.jsonl')


def _sync(file: Path) -> None:
    descriptor = os.open(file, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
