"""Targets: each number that a fact must reach, with what it measures and how it compares."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from kaohe.normalizers.catalogue import Comparator, Field, IndicatorKind, ThresholdKind
from kaohe.normalizers.grammar.broken_lines import breaks_number, holds_broken_number
from kaohe.normalizers.grammar.quantities.quantity import Quantity, joined
from kaohe.normalizers.grammar.quantities.reader import quantities, without_labels
from kaohe.normalizers.grammar.surface import Surface, surface
from kaohe.normalizers.grammar.targets.kinds import Acting, ReadTarget, kinds_of
from kaohe.normalizers.grammar.targets.naming import name_targets
from kaohe.normalizers.grammar.targets.target_rule import setting
from kaohe.normalizers.grammar.targets.target_rules import target_rule


class ThresholdMatch(Struct, frozen=True):
    """A target in a text: ``text[start:end]`` holds metric and number. ``metric`` is None where neither the text nor the subject names
    one. ``mended`` where the unit is a misprint (``80费以上``). ``kind`` tells what must be reached from where a clause begins to act."""

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
    kind: ThresholdKind = 'target'


_LISTED = frozenset({'threshold.stated', 'threshold.frequency'})
"""Rules whose number stands for those of its list."""
_TURNED: dict[Comparator, Comparator] = {'<=': '>=', '<': '>', '>=': '<=', '>': '<'}
_OF_RANKS = ('排名', '名次', '位次')
_CANDIDATE = re.compile('[0-9０-９〇零一二两三四五六七八九十百千半]')


def read_thresholds(
    text: str,
    *,
    field: Field = 'requirement',
    clauses: Sequence[Acting] = (),
    subject: str | None = None,
    kind: IndicatorKind = 'scored',
) -> tuple[ThresholdMatch, ...]:
    """The targets that ``text`` prints, in order. ``clauses`` are those read in the same text: what they count is no target, and where they act a
    number is a boundary. ``kind`` is the line's.

    ``subject`` is what the line is about (its name, else its requirement): the metric of a number that stands alone (``≥42.5%，得6分``).
    """
    if not _CANDIDATE.search(text):
        return ()
    folded = surface(text)
    plain = without_labels(folded.text)
    accepted = _accepted(plain, folded, _gaps(text, folded), field, clauses)
    if not accepted:
        return ()
    named = list(name_targets(plain, [quantity for quantity, _ in accepted], field, subject))
    spans = [folded.span(name.start, name.end) for name in named]
    placed = [
        ReadTarget(quantity, *span, name.metric.subject if name.metric else None)
        for (quantity, _), name, span in zip(accepted, named, spans, strict=True)
    ]
    kinds = kinds_of(plain, placed, clauses, kind)
    found = []
    for (quantity, rule), name, (start, end), own in zip(accepted, named, spans, kinds, strict=True):
        metric = name.metric
        found.append(
            ThresholdMatch(
                start=start,
                end=end,
                metric=metric.printed(text, folded) if metric else None,
                comparator=_comparator(plain, quantity, rule),
                value=quantity.value,
                value_high=quantity.high,
                unit=quantity.unit and folded.as_printed(quantity.unit, quantity.left, quantity.right),
                basis=name.basis or quantity.base,
                period=name.period,
                rule=rule,
                mended=quantity.mended or holds_broken_number(text[start:end]),
                kind=own,
            )
        )
    return tuple(found)


def _comparator(text: str, quantity: Quantity, rule: str) -> Comparator:
    """How a number compares: exactly, where no word says more; a rank at most (``前3名``), a share of the ranks from the other end (``排名40%以下``)."""
    if quantity.unit == '%' and quantity.comparator in _TURNED and text.endswith(_OF_RANKS, 0, quantity.left):
        return _TURNED[quantity.comparator]
    if rule == 'threshold.rank' and quantity.comparator is None and text[quantity.left] == '前':
        return '<='
    return quantity.comparator or '='


def _accepted(
    text: str, folded: Surface, gaps: Sequence[int], field: Field, clauses: Sequence[Acting]
) -> list[tuple[Quantity, str]]:
    """The quantities that are targets, each with the rule that says so. ``更新439台套、482.8万元``: the second follows the first."""
    seen = tuple(quantities(text, gaps))
    held = _Held((clause.start, clause.end) for clause in clauses)
    amounts = _Held(clause.amount for clause in clauses if clause.amount is not None)
    accepted: list[tuple[Quantity, str]] = []
    alike: dict[str | None, Quantity] = {}
    for index, quantity in enumerate(seen):
        last = seen[index - 1] if index else None
        if last is not None and _repeats(last, quantity):
            continue
        span = folded.span(quantity.start, quantity.end)
        inside = held.holds(*span)
        before_it, alike[quantity.unit] = alike.get(quantity.unit), quantity
        goes_on = bool(accepted) and accepted[-1][1] in _LISTED and joined(text, accepted[-1][0], quantity)
        an_amount = amounts.holds(*span)
        if an_amount and not goes_on:
            continue  # 全年不超过1分: most numbers of criteria, of which no rule needs to be asked
        target = accepted[-1][0] if accepted else None
        rule = target_rule(
            setting(text, seen, index, target=target, alike=before_it, field=field, held=inside, clausal=bool(clauses))
        )
        if rule is not None and an_amount:
            continue
        if rule == 'threshold.rank' and text[quantity.left - 1 : quantity.left] in (
            '前',
            '第',
        ):  # 前 and 第 belong to it
            quantity = replace(quantity, left=quantity.left - 1)
        if rule is None and goes_on:
            rule = accepted[-1][1]
        if rule is not None:
            accepted.append((quantity, rule))
    return accepted


def _gaps(source: str, folded: Surface) -> list[int]:
    """Where the source parts two digits that meet in the surface text and are no number that a line feed broke."""
    if isinstance(folded.offsets, range):
        return []
    text, offsets = folded.text, folded.offsets
    return [
        at
        for at in range(1, len(text))
        if offsets[at] > offsets[at - 1] + 1
        and text[at].isdigit()
        and text[at - 1].isdigit()
        and not breaks_number(source, offsets[at - 1] + 1, offsets[at])
    ]


def _repeats(first: Quantity, second: Quantity) -> bool:
    """``未达到95%以上95%``: the same number printed twice by a slip of the hand."""
    return (
        first.right == second.left
        and first.explicit
        and not second.explicit
        and (first.value, first.unit) == (second.value, second.unit)
    )


class _Held:
    """Whether one of some spans holds another; they are asked for from left to right, so that all together cost one pass."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._spans = sorted(spans)
        self._next = 0
        self._end = 0

    def holds(self, start: int, end: int) -> bool:
        while self._next < len(self._spans) and self._spans[self._next][0] <= start:
            self._end = max(self._end, self._spans[self._next][1])
            self._next += 1
        return end <= self._end
