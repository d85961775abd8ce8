"""The log of answers: one JSON object a line in ``data/decisions/assessments/*.jsonl``, only ever added to, applied again after every rebuild."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec

from kaohe.pipeline.database.stored_values import json_text
from kaohe.pipeline.decisions.decision import Identity
from kaohe.pipeline.language.system_words import cause
from kaohe.pipeline.refusal import Refusal
from kaohe.pipeline.system.record_lines import NOT_TEXT, Spoiled, append_lines, log_lines, open_end

FOLDER: Final = 'assessments'
FILE: Final = 'answers.jsonl'
_CALLED: Final = '评分记录'
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
    """What was entered at one time about one unit and period. A later record of the same takes its place, or ``adds`` to it. ``by`` entered it,
    ``filled_by`` stands on the sheet as who filled it in."""

    at: str
    by: str
    notice: Identity
    assessed: str | None
    period: str | None
    answers: tuple[Given, ...]
    note: str | None = None
    rounding: str | None = None
    adds: bool = False
    filled_by: str | None = None

    @property
    def about(self) -> str:
        """The id of the assessment: the notice by what it says of itself, the unit, the period."""
        named: tuple[str | int | None, ...] = (
            self.notice.doc_number,
            self.notice.title,
            self.notice.issuer,
            self.notice.year,
        )
        if self.notice.office and not (self.notice.doc_number or self.notice.issuer):
            named = (*named, self.notice.office)  # nothing printed tells it from its namesake of another office
        told = repr((named if any(named) else self.notice.document, self.assessed, self.period))
        return f'a_{hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()}'


_DECODER = msgspec.json.Decoder(Record)


@dataclass(frozen=True, slots=True)
class AnswerLog:
    """Every record of the log, oldest first, each once, and the lines that are set aside."""

    records: tuple[Record, ...]
    spoiled: tuple[Spoiled, ...]


def read_answers(folder: Path) -> AnswerLog:
    """The log below the decisions folder. Raises `Refusal` where a file of it cannot be opened: then nobody knows what was answered."""
    found: dict[str, Record] = {}
    spoiled: list[Spoiled] = []
    for file in sorted((folder / FOLDER).glob('*.jsonl')):
        try:
            for number, line in log_lines(file):
                try:
                    found.update((as_line(record), record) for record in _records(line))
                except ValueError as why:
                    spoiled.append(Spoiled(_CALLED, file, number, str(why)))
        except OSError as error:
            raise Refusal(f'读不了评分记录 {file}（{cause(error)}），请检查权限，或从备份恢复这个文件') from error
    return AnswerLog(in_order(found.values()), tuple(spoiled))


def in_order(records: Iterable[Record]) -> tuple[Record, ...]:
    """Oldest first; the order does not depend on the files in which they stand."""
    return tuple(sorted(records, key=lambda record: (record.at, record.about, as_line(record))))


def as_line(record: Record) -> str:
    """The record as it stands in the log, without the line feed."""
    told = asdict(record)
    if record.filled_by is None:  # as lines were written before sheets said it
        del told['filled_by']
    return json_text(told)


def record_of_line(line: str) -> Record:
    """The record of a line that `as_line` wrote."""
    return _DECODER.decode(line)


def append_answers(folder: Path, records: Sequence[Record], *like: Path) -> None:
    """Adds records to the log; they are on the disk when this returns, and none of them where it raises `Refusal`.

    A log that begins is no more open than ``like``.
    """
    file = open_end(folder / FOLDER, FILE)
    try:
        append_lines(file, ''.join(f'{as_line(record)}\n' for record in records).encode(), *like)
    except OSError as error:
        raise Refusal(
            f'写不了评分记录 {file}（{cause(error)}），什么也没有存；请检查权限和磁盘空间，或用 --decisions 换一个文件夹'
        ) from error


def _records(line: str | bytes) -> Iterator[Record]:
    """The records of a line: one, or several where line feeds between them are lost. Raises ``ValueError`` with the reason, in Chinese."""
    if isinstance(line, bytes):
        raise ValueError(NOT_TEXT)
    decoder, at, text = json.JSONDecoder(), 0, line.strip()
    while at < len(text):
        try:
            _, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            raise ValueError('这一行不完整，或被改坏了') from None
        try:
            record = _DECODER.decode(text[at:end].encode())
            datetime.fromisoformat(record.at)
        except (ValueError, RecursionError):  # msgspec's errors are ValueErrors
            raise ValueError('这一行有的值不对') from None
        if not record.by.strip():
            raise ValueError('没有写谁填的')
        yield record
        at = end + len(text[end:]) - len(text[end:].lstrip())
