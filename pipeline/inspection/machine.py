"""Looks at the machine: whether everything that the program needs is there, and what to do where it is not."""

from __future__ import annotations

import os
import shlex
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kaohe.extractors.formats import FORMATS
from kaohe.extractors.office import without_network
from kaohe.extractors.optional import office_program
from kaohe.pipeline.database.files import decisions_folder, log_file, receipts_folder
from kaohe.pipeline.planning.fingerprint import program_version
from kaohe.pipeline.system.modes import file_mode, more_open
from kaohe.pipeline.system.mounts import of_another_machine, on_network

State = Literal['good', 'hint', 'bad']
# A notice takes about 100 KB, its receipt as much; SQLite needs room for its log and for a backup.
_SPACE = 500 << 20
_PARTS = {
    'ocr': ('文字识别（扫描件、照片）', '要读扫描件，请运行 make setup-ocr'),
    'libreoffice': ('LibreOffice（RTF、早期 Word）', '要读 RTF、Word 6/95，请安装 libreoffice-writer'),
}


@dataclass(frozen=True, slots=True)
class FoundState:
    """One thing that was looked at. ``hint``: only some files cannot be read without it; ``todo`` is None where all is good."""

    state: State
    what: str
    todo: str | None = None


def examine(inbox: Path, database: Path) -> Iterator[FoundState]:
    """Everything that a run depends on. Nothing is left behind."""
    yield FoundState(
        'good', f'kaohe {program_version()}，Python {sys.version.split()[0]}，SQLite {sqlite3.sqlite_version}'
    )
    yield _full_text_search()
    yield from _database_folder(_existing(database.absolute().parent))
    yield _inbox(inbox)
    yield from _rights(inbox, database)
    yield from _optional_parts()
    if office_program() is not None and not without_network():
        yield FoundState(
            'hint',
            '这台电脑不让我们断开 LibreOffice 的网络，只靠它的设置不去取文件里链接的内容',
            '要完全不联网，请在读入 RTF、odt 时断开网络，或用防火墙拦住 LibreOffice',
        )
    yield _fonts()


def _full_text_search() -> FoundState:
    with closing(sqlite3.connect(':memory:')) as connection:
        options = connection.execute('PRAGMA compile_options').fetchall()
    if ('ENABLE_FTS5',) in options:
        return FoundState('good', '全文检索可用')
    return FoundState(
        'bad',
        '这个 Python 的 SQLite 不带全文检索',
        '请换用 python.org 或系统自带的 Python 3.11 以上，再运行 make setup',
    )


def _existing(folder: Path) -> Path:
    return next(place for place in (folder, *folder.parents) if place.exists())


def _database_folder(folder: Path) -> Iterator[FoundState]:
    if of_another_machine(folder):
        yield FoundState(
            'bad',
            f'数据库文件夹 {folder} 在网络共享上，文件锁不可靠',
            '请用 --db 换到本机的文件夹，收件夹可以仍在共享上',
        )
    else:
        yield FoundState('good', f'数据库文件夹 {folder} 在本机')
    if os.access(folder, os.W_OK | os.X_OK):
        yield FoundState('good', '数据库文件夹可以写入')
    else:
        yield FoundState('bad', f'数据库文件夹 {folder} 不能写入', '请检查权限，或用 --db 换一个位置')
    free = shutil.disk_usage(folder).free
    if free >= _SPACE:
        yield FoundState('good', f'磁盘还有 {free >> 20} MB')
    else:
        yield FoundState('bad', f'磁盘只剩 {free >> 20} MB', '请腾出空间，至少 500 MB')


def _inbox(inbox: Path) -> FoundState:
    if not inbox.is_dir():
        return FoundState('bad', f'没有收件夹 {inbox}', '请新建这个文件夹，把通知放进去')
    closed = [folder for folder in _folders(inbox) if not os.access(folder, os.R_OK | os.X_OK)]
    if closed:
        return FoundState('bad', f'没有权限看收件夹里的 {closed[0]}', '请检查这个文件夹的权限')
    return FoundState('good', f'收件夹 {inbox} 可以读{"（在网络共享上，可以）" if on_network(inbox) else ""}')


def _rights(inbox: Path, database: Path) -> Iterator[FoundState]:
    """Whether others may read what is made from the notices, though they may not read all of these."""
    notices = [Path(folder, name) for folder, _, names in os.walk(inbox) for name in names]
    closed = min(notices, key=lambda path: file_mode(path) & 0o066, default=None)
    if closed is None or not database.exists():
        return
    made = [
        database,
        log_file(database),
        *receipts_folder(database).glob('*.html'),
        *decisions_folder(database).rglob('*.jsonl'),
    ]
    open_ones = [path for path in made if more_open(path, file_mode(closed))]
    if open_ones:
        yield FoundState(
            'hint',
            f'收件夹里有不让别人看的通知（{closed.name}），但别人能看由它们做成的 {len(open_ones)} 个文件（如 {open_ones[0]}）',
            f'不该让别人看的，请运行 chmod go-rw {shlex.quote(str(open_ones[0]))}（回执、更正记录同样）',
        )
    else:
        yield FoundState('good', '数据库、回执、更正记录都不比通知更公开')


def _folders(inbox: Path) -> Iterator[Path]:
    for folder, below, _ in os.walk(inbox):
        yield Path(folder)
        yield from (Path(folder, name) for name in below)


def _optional_parts() -> Iterator[FoundState]:
    for need, (what, todo) in _PARTS.items():
        ready = all(known.ready for known in FORMATS if known.needs == need)
        yield FoundState('good', f'{what}：已装') if ready else FoundState('hint', f'{what}：没有装', todo)


def _fonts() -> FoundState:
    """Which matters to LibreOffice: it lays out what it converts."""
    if sys.platform in ('win32', 'darwin'):
        return FoundState('good', '中文字体：系统自带')
    try:
        listed = subprocess.run(
            ['fc-list', ':lang=zh', 'family'], capture_output=True, text=True, check=True, timeout=20
        )
    except (OSError, subprocess.SubprocessError):
        return FoundState(
            'hint', '中文字体：查不到', '请安装 fontconfig 和一套中文字体（如 fonts-noto-cjk），浏览器里看回执要用'
        )
    if listed.stdout.strip():
        return FoundState('good', '中文字体：已装')
    return FoundState(
        'hint', '中文字体：没有装', '请安装一套中文字体（如 sudo apt install fonts-noto-cjk），浏览器里看回执要用'
    )
