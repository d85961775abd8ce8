"""The log of decisions: one JSON object a line in ``*.jsonl`` in the folder of the database (``data/decisions``), only ever added to. It survives every rebuild."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from operator import attrgetter
from typing import Any, Literal

from kaohe.pipeline.database.stored_values import json_text
from kaohe.pipeline.decisions.correctable_columns import Value

Kind = Literal['correct', 'add', 'sign', 'choose']

# What an id is made of, form 1: these fields in this order. They never change: other decisions name added rows by such ids. A field that
# comes later joins them only where it says something (is not its default).
_DECISION = ('kind', 'at', 'by', 'why', 'notice', 'owner', 'place', 'label', 'field', 'value', 'before', 'row')
_REPEATED = ('kind', 'by', 'why', 'notice', 'owner', 'place', 'label', 'field')
_NOTICE = ('document', 'doc_number', 'title', 'issuer', 'year')
_PLACE = ('table', 'key', 'line', 'field', 'text', 'nth')


@dataclass(frozen=True, slots=True)
class Identity:
    """Which notice is meant, by what it says of itself: this holds for its other formats and copies too. ``office``: whose folders it came
    from, joined by 、; None where it lay in none, or nobody noted it."""

    document: str
    doc_number: str | None
    title: str | None
    issuer: str | None
    year: int | None
    office: str | None = None


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


class _Named:
    """Keeps the id of a decision once it is asked for: a log may hold a hundred thousand."""

    __slots__ = ('_id',)
    _id: str


@dataclass(frozen=True, slots=True)
class Decision(_Named):
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
        """Made from the content: the same decision in two copies of the log is one. A later field leaves the ids of old decisions as they are."""
        try:
            return self._id
        except AttributeError:
            return self._keep_id(as_line(self))

    def as_written(self, line: str) -> bool:
        """Whether the line is the decision as `as_line` writes it."""
        written = as_line(self)
        self._keep_id(written)
        return line == written

    def share(self, known: dict[object, object]) -> None:
        """Has the notice, the place and the words of equal ones among the ``known``, or adds its own to them: a log says each many times."""
        for name in _REPEATED:
            said = getattr(self, name)
            object.__setattr__(self, name, known.setdefault(said, said))

    def _keep_id(self, written: str) -> str:
        found = hashlib.blake2b(written.encode(), digest_size=8).hexdigest()
        object.__setattr__(self, '_id', found)
        return found

    @property
    def on(self) -> str:
        """The day, ISO 8601."""
        return self.at[:10]


def now() -> str:
    """The moment of a decision."""
    return datetime.now(UTC).isoformat(timespec='microseconds')


def timed(decisions: Iterable[Decision], last: str | None) -> tuple[Decision, ...]:
    """The decisions with the moment at which they are stored: now, and later than the ``last`` one stored."""
    moment = later_than(last)
    return tuple(replace(decision, at=moment) for decision in decisions)


def later_than(last: str | None) -> str:
    """Now, and later than ``last``, whatever the clock says."""
    at = datetime.now(UTC)
    if last is not None:
        told = datetime.fromisoformat(last)
        at = max(at, (told if told.tzinfo else told.replace(tzinfo=UTC)) + timedelta(microseconds=1))
    return at.isoformat(timespec='microseconds')


def as_line(decision: Decision) -> str:
    """The decision as it stands in the log, without the line feed: what its id is made of."""
    told = _identifying(decision, _DECISION)
    told['notice'] = _identifying(decision.notice, _NOTICE)
    told['place'] = _identifying(decision.place, _PLACE)
    return json_text(told)


def in_order(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Oldest first; the order does not depend on the files in which they stand."""
    return tuple(sorted(decisions, key=lambda decision: (decision.at, decision.id)))


def _identifying(part: Decision | Identity | RowPlace, first: tuple[str, ...]) -> dict[str, object]:
    told: dict[str, object] = dict(zip(first, attrgetter(*first)(part), strict=True))
    kind: Any = type(part)
    for name, default in _later(kind, first):
        if (value := getattr(part, name)) != default:
            told[name] = value
    return told


@cache
def _later(kind: Any, first: tuple[str, ...]) -> tuple[tuple[str, object], ...]:
    """The fields of this class that came later, with their defaults."""
    return tuple((known.name, known.default) for known in fields(kind) if known.name not in first)
