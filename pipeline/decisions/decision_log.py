"""The log of decisions: one JSON object a line in ``data/decisions/*.jsonl``, only ever added to. It survives every rebuild."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from kaohe.pipeline.decisions.fields import Value

DEFAULT_FOLDER = Path('data/decisions')

Kind = Literal['correct', 'add', 'sign', 'choose']


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
    ``choose``: about ``owner`` (editions, notices, samples, findings, parties), ``field`` holds with ``value``.
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


def timed(decisions: Iterable[Decision], last: str | None) -> tuple[Decision, ...]:
    """The decisions with the moment at which they are stored: now, and later than the ``last`` one stored, whatever the clock says."""
    at = datetime.now(UTC)
    if last is not None:
        told = datetime.fromisoformat(last)
        at = max(at, (told if told.tzinfo else told.replace(tzinfo=UTC)) + timedelta(microseconds=1))
    moment = at.isoformat(timespec='microseconds')
    return tuple(replace(decision, at=moment) for decision in decisions)


def as_line(decision: Decision) -> str:
    """The decision as it stands in the log, without the line feed."""
    return json.dumps(asdict(decision), ensure_ascii=False, separators=(',', ':'))


def in_order(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Oldest first; the order does not depend on the files in which they stand."""
    return tuple(sorted(decisions, key=lambda decision: (decision.at, decision.id)))
