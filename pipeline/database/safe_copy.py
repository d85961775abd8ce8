"""A consistent copy of the database, also while a run writes it: SQLite copies what is committed, page by page."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from kaohe.pipeline.database.interrupted import beside
from kaohe.pipeline.database.schema import open_to_read
from kaohe.pipeline.refusal import Refusal


def backup(database: Path, file: Path, *, overwrite: bool) -> None:
    """Copies ``database`` to ``file``: all of it or nothing. Raises `Refusal` where ``file`` exists, or the disk does not let it."""
    if file.exists() and not overwrite:
        raise Refusal(f'{file} 已经存在；请换一个文件名，或加 --force 覆盖它', exit_status=2)
    if file.resolve() == database.resolve():
        raise Refusal('备份不能存到数据库自己；请换一个文件名', exit_status=2)
    left = beside(file)
    if left:
        raise Refusal(
            f'{file} 旁边有 {left[0].name}：那里是一个正在用的、或写到一半的数据库；备份请换一个文件名', exit_status=2
        )
    with closing(open_to_read(database, older=True)) as source:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            half = file.with_name(f'.{file.name}.{os.getpid()}.tmp')
            try:
                _copy(source, half)
                half.replace(file)
            finally:
                half.unlink(missing_ok=True)
        except (OSError, sqlite3.Error) as error:
            raise Refusal(f'备份没有做成（{error}）；请检查 {file.parent} 的权限和磁盘空间后再试') from error


def _copy(source: sqlite3.Connection, name: Path) -> None:
    with closing(sqlite3.connect(name)) as target:
        source.backup(target)
        target.execute('PRAGMA journal_mode = DELETE')
    descriptor = os.open(name, os.O_RDWR)
    try:
        os.fsync(descriptor)  # before it takes the place of an older backup
    finally:
        os.close(descriptor)
