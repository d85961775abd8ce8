"""Targets: each number that a fact must reach, with what it measures and how it compares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Protocol

from normalizers.catalogue import Comparator, Field
from normalizers.grammar.metrics import Metric, metric_after, metric_before, metric_of, share_out
from normalizers.grammar.quantities import Quantity, either, joined, quantities
from normalizers.grammar.surface import surface
from normalizers.grammar.targets import target_rule
from normalizers.vocabulary import phrases
from normalizers.vocabulary import targets as vocabulary


class Span(Protocol):
    """What is used of a clause: where it stands."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class ThresholdMatch:
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
_PERIOD = re.compile(vocabulary.PERIOD)
_BASIS = re.compile(vocabulary.BASIS)
_BREAK = re.compile(r'[。;,:!?\n]')
_SHARED = re.compile(r'分别|各自|依次')
_AIM = re.compile(rf'(?:{either(vocabulary.AIMS)})了?$')
_POINTS = re.compile(r'\d分$')
_LONGEST = 60
"""Characters before a number in which its metric, basis and period are looked for; keeps the time linear."""


@dataclass(frozen=True, slots=True)
class _Named:
    """The metric of a quantity and the span that metric and quantity take."""

    metric: Metric | None
    start: int
    end: int
    basis: str | None


def read_thresholds(
    text: str, *, field: Field = 'requirement', clauses: Sequence[Span] = (), subject: str | None = None
) -> tuple[ThresholdMatch, ...]:
    """The targets that ``text`` prints, in order. ``clauses`` are those read in the same text: what they count is no target.

    ``subject`` is what the line is about (its requirement, else its name): the metric of a number that stands alone (``≥33.5%，得4分``).
    """
    if not _CANDIDATE.search(text):
        return ()
    folded = surface(text)
    seen = tuple(quantities(folded.text))
    accepted: list[tuple[Quantity, str]] = []
    for index, quantity in enumerate(seen):
        span = folded.span(quantity.start, quantity.end)
        held = any(clause.start <= span[0] and span[1] <= clause.end for clause in clauses)
        following = seen[index + 1] if index + 1 < len(seen) else None
        rule = target_rule(folded.text, quantity, following, field, held)
        if (
            rule is None
            and accepted
            and accepted[-1][1] == 'threshold.stated'
            and joined(folded.text, accepted[-1][0], quantity)
        ):
            rule = 'threshold.stated'
        if rule is not None:
            accepted.append((quantity, rule))
    found = []
    for (quantity, rule), named in zip(accepted, _names(folded.text, [q for q, _ in accepted], subject), strict=True):
        start, end = folded.span(named.start, named.end)
        found.append(
            ThresholdMatch(
                start,
                end,
                named.metric.name if named.metric else None,
                quantity.comparator or ('<=' if rule == 'threshold.rank' else '='),
                quantity.value,
                quantity.high,
                quantity.unit,
                named.basis or quantity.base,
                _period(folded.text, quantity),
                rule,
                quantity.mended,
            )
        )
    return tuple(found)


def _period(text: str, quantity: Quantity) -> str | None:
    """How often: ``每季度`` before the number within its own part of the sentence, or ``次/年`` in the unit."""
    begin = max(0, quantity.left - 24)
    begin = max((found.end() for found in _BREAK.finditer(text, begin, quantity.left)), default=begin)
    periods = _PERIOD.findall(text, begin, quantity.start)
    return periods[-1] if periods else None


def _names(text: str, accepted: Sequence[Quantity], subject: str | None) -> Iterator[_Named]:
    """The metric of each target. Those of one list (``分别达到30%、15%以上``) share the words before the first."""
    barrier = 0
    last: _Named | None = None
    position = 0
    while position < len(accepted):
        size = 1
        while position + size < len(accepted) and joined(
            text, accepted[position + size - 1], accepted[position + size]
        ):
            size += 1
        run = accepted[position : position + size]
        barrier = max(barrier, run[0].left - _LONGEST)
        begin = _part_begins(text, barrier, run[0].left)
        basis = _BASIS.search(text, begin, run[0].left)
        metric, first_start, first_end = _name(
            text,
            run[0],
            barrier,
            last,
            accepted[position - 1] if position else None,
            subject,
        )
        parts: Sequence[Metric | None] = [metric] * size
        if size > 1 and metric and _SHARED.search(text, metric.start, run[0].start):
            parts = share_out(metric, size) or parts
        for index, (quantity, part) in enumerate(zip(run, parts, strict=True)):
            start = first_start if index == 0 else quantity.left
            end = max(first_end, quantity.right) if index == 0 else quantity.right
            last = _Named(part, start, end, basis.group() if basis else None)
            yield last
        barrier = last.end if last else 0
        position += size


def _name(
    text: str, quantity: Quantity, barrier: int, last: _Named | None, neighbour: Quantity | None, subject: str | None
) -> tuple[Metric | None, int, int]:
    """The metric of one target and the span of both: before it, after it, one part of the sentence earlier, that of the target before, the
    line's subject."""
    begin = _part_begins(text, barrier, quantity.left)
    before = metric_before(text, begin, quantity.left)
    earlier = None
    if begin > barrier and text[begin - 1] in ',:':
        earlier = metric_before(text, barrier, begin - 1)
        if earlier is not None and (phrases.NO_METRIC.match(earlier.name) or _POINTS.search(earlier.name)):
            earlier = None
    if before is not None and before.name == before.direction:
        owner = earlier or (last.metric if last else None)
        if owner is None:
            return before, before.start, quantity.right
        start = owner.start if owner is earlier else before.start
        return replace(before, name=owner.subject + before.name), start, quantity.right
    after = metric_after(text, quantity.right)
    if after is not None and (before is None or _asks_for_what_follows(text, quantity)):
        return after, _lead_in(text, begin, quantity), after.end
    if before is not None:
        return before, before.start, quantity.right
    if earlier is not None:
        return earlier, earlier.start, quantity.right
    if last is not None and last.metric is not None and neighbour is not None and neighbour.unit == quantity.unit:
        return replace(last.metric, name=last.metric.subject, direction=None), quantity.left, quantity.right
    return metric_of(subject) if subject else None, quantity.left, quantity.right


def _part_begins(text: str, barrier: int, end: int) -> int:
    """Where the part of the sentence begins that ends at ``end``."""
    return max((found.end() for found in _BREAK.finditer(text, barrier, end)), default=barrier)


def _asks_for_what_follows(text: str, quantity: Quantity) -> bool:
    """``15分钟内到达现场``, ``每半年一次谈心谈话``: the number limits what comes after it."""
    if quantity.after in ('内', '以内', '之内') and quantity.unit in vocabulary.TIME_UNITS:
        return True
    return any(
        found.end() == quantity.left for found in _PERIOD.finditer(text, max(0, quantity.left - 8), quantity.left)
    )


def _lead_in(text: str, begin: int, quantity: Quantity) -> int:
    """Where the words of a target begin whose metric follows it: at its period, where one stands close before."""
    begin = max(begin, quantity.left - 8)
    return next((found.start() for found in _PERIOD.finditer(text, begin, quantity.left)), quantity.left)
