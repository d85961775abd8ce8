"""Targets: each number that a fact must reach, with what it measures and how it compares."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple, Protocol

from kaohe.normalizers.catalogue import Comparator, Field
from kaohe.normalizers.grammar.clauses.surface import Surface, surface
from kaohe.normalizers.grammar.quantities import Quantity, joined, quantities, without_labels
from kaohe.normalizers.grammar.targets.naming import name_targets
from kaohe.normalizers.grammar.targets.target_rules import target_rule


class Span(Protocol):
    """What is used of a clause: where it stands."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class ThresholdMatch(NamedTuple):
    """A target in a text: ``text[start:end]`` holds metric and number. ``metric`` is None where neither the text nor the subject names
    one. ``mended`` where the unit is a misprint (``80费以上``)."""

    start: int
    end: int
    metric: str | None
    comparator: Comparator
    value: Decimal
    value_high: Decimal | None
    unit: str | None
    basis: str | None
    period: str | None
    rule: str
    mended: bool = False


_CANDIDATE = re.compile('[0-9０-９〇一二两三四五六七八九十百千半]')


def read_thresholds(
    text: str, *, field: Field = 'requirement', clauses: Sequence[Span] = (), subject: str | None = None
) -> tuple[ThresholdMatch, ...]:
    """The targets that ``text`` prints, in order. ``clauses`` are those read in the same text: what they count is no target.

    ``subject`` is what the line is about (its name, else its requirement): the metric of a number that stands alone (``≥42.5%，得6分``).
    """
    if not _CANDIDATE.search(text):
        return ()
    folded = surface(text)
    plain = without_labels(folded.text)
    accepted = _accepted(plain, folded, field, clauses)
    named = name_targets(plain, [quantity for quantity, _ in accepted], field, subject)
    found = []
    for (quantity, rule), name in zip(accepted, named, strict=True):
        start, end = folded.span(name.start, name.end)
        metric = name.metric
        found.append(
            ThresholdMatch(
                start=start,
                end=end,
                metric=metric.printed(text, folded) if metric else None,
                comparator=quantity.comparator or ('<=' if rule == 'threshold.rank' else '='),
                value=quantity.value,
                value_high=quantity.high,
                unit=quantity.unit,
                basis=name.basis or quantity.base,
                period=name.period,
                rule=rule,
                mended=quantity.mended,
            )
        )
    return tuple(found)


def _accepted(text: str, folded: Surface, field: Field, clauses: Sequence[Span]) -> list[tuple[Quantity, str]]:
    """The quantities that are targets, each with the rule that says so. ``更新439台套、482.8万元``: the second follows the first."""
    seen = tuple(quantities(text))
    held = _Held(clauses)
    accepted: list[tuple[Quantity, str]] = []
    for index, quantity in enumerate(seen):
        if index and _repeats(seen[index - 1], quantity):
            continue
        following = seen[index + 1] if index + 1 < len(seen) else None
        inside = field == 'requirement' and held.holds(*folded.span(quantity.start, quantity.end))
        rule = target_rule(text, quantity, accepted[-1][0] if accepted else None, following, field, inside)
        if rule is None and accepted and accepted[-1][1] == 'threshold.stated':
            rule = 'threshold.stated' if joined(text, accepted[-1][0], quantity) else None
        if rule is not None:
            accepted.append((quantity, rule))
    return accepted


def _repeats(first: Quantity, second: Quantity) -> bool:
    """``未达到95%以上95%``: the same number printed twice by a slip of the hand."""
    return (
        first.right == second.left
        and first.explicit
        and not second.explicit
        and (first.value, first.unit) == (second.value, second.unit)
    )


class _Held:
    """Whether a clause holds a span; spans are asked for from left to right, so that all together cost one pass."""

    def __init__(self, clauses: Sequence[Span]) -> None:
        self._spans = sorted((clause.start, clause.end) for clause in clauses)
        self._next = 0
        self._end = 0

    def holds(self, start: int, end: int) -> bool:
        while self._next < len(self._spans) and self._spans[self._next][0] <= start:
            self._end = max(self._end, self._spans[self._next][1])
            self._next += 1
        return end <= self._end
