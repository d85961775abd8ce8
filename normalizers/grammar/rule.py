"""One rule of the grammar, as a record: its examples are its tests and its page in the docs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its stable ``id`` (stored with every row it reads), what it ``reads`` (one Chinese sentence), texts that it must
    read (``examples``) and texts that look alike and that it must leave alone (``counter_examples``)."""

    id: str
    reads: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()
