"""The log of decisions: one JSON object a line in ``data/decisions/*.jsonl``, only ever added to. It survives every rebuild."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from kaohe.pipeline.decisions.fields import Value
from kaohe.pipeline.refusal import Refusal

DEFAULT_FOLDER = Path('data/decisions')
FILE = 'decisions.jsonl'

Kind = Literal['correct', 'add', 'sign']


@dataclass(frozen=True, slots=True)
class Identity:
    """Which notice is meant, by what it says of itself: this holds for its other formats and copies too."""

    document: str
    doc_number: str | None
    title: str | None
    issuer: str | None
    year: int | None


@dataclass(frozen=True, slots=True)
class RowPlace:
    """Which row of a notice is meant, by what it says (texts folded, without white space).

    Lines: title of the ``table``, ``key``, which ``line`` of those with that key. Clauses, targets and facts: besides, the column
    (``field``), their ``text``, and which of those (``nth``). An added row has the key ``+`` and the id of its decision.
    """

    table: str | None = None
    key: str | None = None
    line: int = 0
    field: str | None = None
    text: str | None = None
    nth: int = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. ``at`` is UTC; ``label`` says for people which row is meant.

    ``correct``: ``field`` of the row at ``place`` is ``value``; ``before`` was read. ``add``: a row of ``owner`` belongs below ``place``,
    ``row`` holds its columns. ``sign``: ``by`` checked the notice on the day ``value``, when its content had the hash ``before``.
    """

    kind: Kind
    at: str
    by: str
    why: str | None
    notice: Identity
    owner: str
    place: RowPlace
    label: str | None = None
    field: str | None = None
    value: Value = None
    before: Value = None
    row: tuple[tuple[str, Value], ...] = ()

    @property
    def id(self) -> str:
        """Made from the content: the same decision in two copies of the log is one."""
        return hashlib.blake2b(as_line(self).encode(), digest_size=8).hexdigest()

    @property
    def on(self) -> str:
        """The day, ISO 8601."""
        return self.at[:10]


def now() -> str:
    """The moment of a decision."""
    return datetime.now(UTC).isoformat(timespec='microseconds')


def as_line(decision: Decision) -> str:
    """The decision as it stands in the log, without the line feed."""
    return json.dumps(asdict(decision), ensure_ascii=False, separators=(',', ':'))


def of_line(line: str) -> Decision:
    """The decision of a line of the log. Raises ``ValueError``, ``KeyError`` or ``TypeError`` where it is none."""
    told = json.loads(line)
    if told['kind'] not in ('correct', 'add', 'sign') or not isinstance(told['by'], str):
        raise ValueError(told['kind'])
    told['notice'] = Identity(**told['notice'])
    told['place'] = RowPlace(**told['place'])
    told['row'] = tuple((name, value) for name, value in told['row'])
    return Decision(**told)


def read_log(folder: Path) -> tuple[Decision, ...]:
    """Every decision in the folder, oldest first, each once. Raises `Refusal` where a line cannot be read: none may be passed over."""
    found: dict[str, Decision] = {}
    for file in sorted(folder.glob('*.jsonl')):
        try:
            lines = file.read_text('utf-8').split('\n')  # a text may hold other line ends
        except (OSError, UnicodeDecodeError) as error:
            raise Refusal(f'读不了更正记录 {file}（{error}），请检查权限，或从备份恢复这个文件') from error
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                decision = of_line(line)
            except (ValueError, KeyError, TypeError) as error:
                raise Refusal(
                    f'更正记录 {file} 第 {number} 行不完整或被改坏了，请从备份恢复；确实不要的，删去这一行再运行'
                ) from error
            found[decision.id] = decision
    return in_order(found.values())


def append(folder: Path, decisions: Sequence[Decision]) -> None:
    """Adds decisions to the log; they are on the disk when this returns. Raises `Refusal`."""
    file = folder / FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with file.open('a', encoding='utf-8', newline='\n') as log:
            log.write(''.join(f'{as_line(decision)}\n' for decision in decisions))
            log.flush()
            os.fsync(log.fileno())
    except OSError as error:
        raise Refusal(
            f'写不了更正记录 {file}（{error.strerror}），什么也没有改；请检查权限，或用 --decisions 换一个文件夹'
        ) from error


def in_order(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Oldest first; the order does not depend on the files in which they stand."""
    return tuple(sorted(decisions, key=lambda decision: (decision.at, decision.id)))
