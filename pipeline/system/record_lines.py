"""Logs that are only ever added to, one record a line: their lines one by one, and adding whole lines or nothing."""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kaohe.pipeline.system.modes import file_mode, make_folder

# What an editor may save a text as, and says at its beginning. Without a word it is UTF-8.
_MARKS = ((codecs.BOM_UTF8, 'utf-8'), (codecs.BOM_UTF16_LE, 'utf-16-le'), (codecs.BOM_UTF16_BE, 'utf-16-be'))
_LONGEST_MARK = 3
NOT_TEXT = '不是 UTF-8 文字（用记事本改过的，请另存为 UTF-8）'


@dataclass(frozen=True, slots=True)
class Spoiled:
    """A line of a log that is set aside: of which log (更正记录), where it stands (lines count from 1), and why it cannot be used."""

    log: str
    file: Path
    line: int
    why: str

    def __str__(self) -> str:
        return (
            f'{self.log} {self.file} 第 {self.line} 行没有用上：{self.why}；其余各行照用。请从备份找回这一行，或重新做一次；'
            '确实不要的，删去这一行就不再提示'
        )


def log_lines(file: Path) -> Iterator[tuple[int, str | bytes]]:
    """The lines that are not blank, with their numbers; bytes where they are no text. Raises ``OSError``."""
    with file.open('rb') as opened:  # line by line: a log may be larger than all that is made of it
        begin = opened.read(_LONGEST_MARK)
        mark, encoding = next((known for known in _MARKS if begin.startswith(known[0])), (b'', 'utf-8'))
        opened.seek(len(mark))
        if encoding == 'utf-8':
            for number, line in enumerate(opened, start=1):
                if line.strip():
                    line = line.removesuffix(b'\n')
                    try:
                        yield number, line.decode()
                    except UnicodeDecodeError:
                        yield number, line
            return
        text = opened.read().decode(encoding, 'replace')
    for number, told in enumerate(text.split('\n'), start=1):
        if told.strip():
            yield number, told


def open_end(folder: Path, name: str) -> Path:
    """The file of this name to which is added, or the next one: not one that an editor saved in another encoding."""
    file, number = folder / name, 1
    while _starts_otherwise(file):
        number += 1
        file = folder / f'{Path(name).stem}-{number}.jsonl'
    return file


def append_lines(file: Path, data: bytes, *like: Path) -> None:
    """Adds whole lines, on a line of their own whatever stands before, or nothing; they are on the disk when this returns.

    A new file is no more open than its folder and ``like``. Raises ``OSError``.
    """
    make_folder(file.parent, *like)
    flags = os.O_RDWR | os.O_CREAT | getattr(os, 'O_BINARY', 0)
    descriptor = os.open(file, flags, file_mode(file.parent, *like))
    try:
        end = os.lseek(descriptor, 0, os.SEEK_END)
        os.lseek(descriptor, max(end - 1, 0), os.SEEK_SET)
        if end and os.read(descriptor, 1) != b'\n':  # an editor, or a full disk, left the last line without its end
            data = b'\n' + data
        os.lseek(descriptor, end, os.SEEK_SET)
        try:
            while data:
                data = data[os.write(descriptor, data) :]
            os.fsync(descriptor)
        except OSError:
            os.ftruncate(descriptor, end)
            raise
    finally:
        os.close(descriptor)


def _starts_otherwise(file: Path) -> bool:
    try:
        with file.open('rb') as opened:
            return opened.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    except OSError:
        return False
