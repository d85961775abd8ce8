"""The files of the log of decisions (``*.jsonl`` in its folder): read line by line, only ever added to."""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kaohe.pipeline.decisions.decision import Decision, as_line, in_order
from kaohe.pipeline.decisions.log_lines import Unfit, of_lines
from kaohe.pipeline.refusal import Refusal

FILE = 'decisions.jsonl'
# What an editor may save a text as, and says at its beginning. Without a word it is UTF-8.
_MARKS = ((codecs.BOM_UTF8, 'utf-8'), (codecs.BOM_UTF16_LE, 'utf-16-le'), (codecs.BOM_UTF16_BE, 'utf-16-be'))


@dataclass(frozen=True, slots=True)
class Spoiled:
    """A line of the log that is set aside: where it stands (lines count from 1), and why it cannot be used."""

    file: Path
    line: int
    why: str

    def __str__(self) -> str:
        return (
            f'更正记录 {self.file} 第 {self.line} 行没有用上：{self.why}；其余各行照用。请从备份找回这一行，或重新更正一次；'
            '确实不要的，删去这一行就不再提示'
        )


@dataclass(frozen=True, slots=True)
class Log:
    """Every decision of the log, oldest first, each once, and the lines that are set aside."""

    decisions: tuple[Decision, ...]
    spoiled: tuple[Spoiled, ...]


def read_log(folder: Path) -> Log:
    """The log in the folder. Raises `Refusal` where a file of it cannot be opened: then nobody knows what was decided."""
    found: dict[str, Decision] = {}
    spoiled: list[Spoiled] = []
    for file in sorted(folder.glob('*.jsonl')):
        try:
            data = file.read_bytes()
        except OSError as error:
            raise Refusal(f'读不了更正记录 {file}（{error.strerror}），请检查权限，或从备份恢复这个文件') from error
        for number, line in _lines(data):
            try:
                if isinstance(line, bytes):
                    raise Unfit('不是 UTF-8 文字（用记事本改过的，请另存为 UTF-8）')
                found.update((decision.id, decision) for decision in of_lines(line))
            except Unfit as why:
                spoiled.append(Spoiled(file, number, str(why)))
    return Log(in_order(found.values()), tuple(spoiled))


def append(folder: Path, decisions: Sequence[Decision]) -> None:
    """Adds decisions to the log; they are on the disk when this returns, and none of them where it raises `Refusal`."""
    file = _open_end(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _append(file, ''.join(f'{as_line(decision)}\n' for decision in decisions).encode())
    except OSError as error:
        raise Refusal(
            f'写不了更正记录 {file}（{error.strerror}），什么也没有改；请检查权限和磁盘空间，或用 --decisions 换一个文件夹'
        ) from error


def _lines(data: bytes) -> Iterator[tuple[int, str | bytes]]:
    """The lines that are not blank, with their numbers; bytes where they are no text."""
    mark, encoding = next((known for known in _MARKS if data.startswith(known[0])), (b'', 'utf-8'))
    if encoding == 'utf-8':
        for number, line in enumerate(data[len(mark) :].split(b'\n'), start=1):
            if line.strip():
                try:
                    yield number, line.decode()
                except UnicodeDecodeError:
                    yield number, line
        return
    for number, text in enumerate(data[len(mark) :].decode(encoding, 'replace').split('\n'), start=1):
        if text.strip():
            yield number, text


def _open_end(folder: Path) -> Path:
    """The file to which is added: not one that an editor saved in another encoding."""
    file, number = folder / FILE, 1
    while _starts_otherwise(file):
        number += 1
        file = folder / f'{Path(FILE).stem}-{number}.jsonl'
    return file


def _starts_otherwise(file: Path) -> bool:
    try:
        with file.open('rb') as opened:
            return opened.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    except OSError:
        return False


def _append(file: Path, data: bytes) -> None:
    """Adds whole lines, on a line of their own whatever stands before, or nothing."""
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | getattr(os, 'O_BINARY', 0), 0o666)
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
