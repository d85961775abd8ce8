"""The log of answers: one JSON object a line in ``data/decisions/assessments/*.jsonl``, only ever added to, applied again after every rebuild."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import msgspec

from kaohe.pipeline.decisions.decision import Identity
from kaohe.pipeline.refusal import Refusal

FOLDER: Final = 'assessments'
FILE: Final = 'answers.jsonl'
Stored = bool | str


@dataclass(frozen=True, slots=True)
class Given:
    """One answer. ``input`` is the question's id, made from the words of its line and clauses; ``line``, ``kind`` and ``question`` find it where
    these are read otherwise now. Numbers are texts, so that they stay exact."""

    input: str
    line: str
    kind: str
    question: str
    value: Stored
    note: str | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """What was entered at one time about one unit and period. A later record of the same takes its place, or ``adds`` to it."""

    at: str
    by: str
    notice: Identity
    assessed: str | None
    period: str | None
    answers: tuple[Given, ...]
    note: str | None = None
    rounding: str | None = None
    adds: bool = False

    @property
    def about(self) -> str:
        """The id of the assessment: the notice by what it says of itself, the unit, the period."""
        named = (self.notice.doc_number, self.notice.title, self.notice.issuer, self.notice.year)
        told = repr((named if any(named) else self.notice.document, self.assessed, self.period))
        return f'a_{hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()}'


_DECODER = msgspec.json.Decoder(Record)


def read_answers(folder: Path) -> list[Record]:
    """Every record below the decisions folder, oldest first. Raises `Refusal` where one cannot be read: none may be passed over."""
    found: dict[str, Record] = {}
    for file in sorted((folder / FOLDER).glob('*.jsonl')):
        try:
            lines = file.read_text('utf-8').split('\n')
        except (OSError, UnicodeDecodeError) as error:
            raise Refusal(f'读不了评分记录 {file}（{error}），请检查权限，或从备份恢复这个文件') from error
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                found[line.strip()] = _DECODER.decode(line)
            except (msgspec.MsgspecError, ValueError) as error:
                raise Refusal(
                    f'评分记录 {file} 第 {number} 行不完整或被改坏了，请从备份恢复；确实不要的，删去这一行再运行'
                ) from error
    return sorted(found.values(), key=lambda record: (record.at, record.about))


def append_answers(folder: Path, records: Sequence[Record]) -> None:
    """Adds records to the log; they are on the disk when this returns. Raises `Refusal`."""
    file = folder / FOLDER / FILE
    text = ''.join(f'{json.dumps(asdict(record), ensure_ascii=False, separators=(",", ":"))}\n' for record in records)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        broken = file.exists() and file.stat().st_size > 0 and not file.read_bytes().endswith(b'\n')
        with file.open('a', encoding='utf-8', newline='\n') as log:
            log.write(f'\n{text}' if broken else text)
            log.flush()
            os.fsync(log.fileno())
    except OSError as error:
        raise Refusal(
            f'写不了评分记录 {file}（{error.strerror}），什么也没有存；请检查权限，或用 --decisions 换一个文件夹'
        ) from error
