"""The log of decisions: one JSON object a line in ``*.jsonl`` in the folder of the database (``data/decisions``), only ever added to. It survives every rebuild."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from typing import Literal

from kaohe.pipeline.database.stored_values import json_text
from kaohe.pipeline.decisions.correctable_columns import Value

Kind = Literal['correct', 'add', 'sign', 'choose']

# What an id is made of, form 1: these fields in this order. They never change: other decisions name added rows by such ids. A field that
# comes later joins them only where it says something (is not its default).
_DECISION = ('kind', 'at', 'by', 'why', 'notice', 'owner', 'place', 'label', 'field', 'value', 'before', 'row')
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
        """Made from the content: the same decision in two copies of the log is one. A later field leaves the ids of old decisions as they are."""
        told = {'notice': _identifying(self.notice, _NOTICE), 'place': _identifying(self.place, _PLACE)}
        content = _identifying(self, _DECISION) | told
        return hashlib.blake2b(json_text(content).encode(), digest_size=8).hexdigest()

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
    """The decision as it stands in the log, without the line feed."""
    told = {'notice': _identifying(decision.notice, _NOTICE), 'place': _identifying(decision.place, _PLACE)}
    return json_text({name: told.get(name, value) for name, value in _identifying(decision, _DECISION).items()})


def in_order(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Oldest first; the order does not depend on the files in which they stand."""
    return tuple(sorted(decisions, key=lambda decision: (decision.at, decision.id)))


def _identifying(part: Decision | Identity | RowPlace, first: Sequence[str]) -> dict[str, object]:
    later = (known for known in fields(part) if known.name not in first)
    return {
        **{name: getattr(part, name) for name in first},
        **{known.name: value for known in later if (value := getattr(part, known.name)) != known.default},
    }
