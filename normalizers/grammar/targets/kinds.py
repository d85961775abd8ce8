"""Whether a number must be reached or says where a clause begins to act (ruling 45)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

from msgspec import Struct

from kaohe.normalizers.catalogue import Effect, IndicatorKind, ThresholdKind
from kaohe.normalizers.grammar.quantities.comparators import RUNNING
from kaohe.normalizers.grammar.quantities.quantity import Quantity
from kaohe.normalizers.grammar.targets.naming import measured_alike

_SHORTFALL = re.compile(
    r'[^。;\n分,、]{0,8}(?:、[^。;\n分,]{0,16})?(?:的|者)?[,;、][^。;\n分]{0,24}?(?:(?:每|再)(?:[^,。;每]{0,6})?(?:少|缺|低|减|差|漏|欠|高|超|多|降|升|下|上|延|逾|未)|(?<=[,;])(?:少|缺|低|差|漏|错|超|迟|延迟|逾期|未|发现|抽查|抽检|检测|否则|不合格|不达标|(?:任何?|其中|有)?(?:一|1)[^,。;\n\d分]{1,6}?[未不]))'
)
_NEAREST = 24
_EXCESS = ('超', '超出')
"""Before a number that says how far one is beyond what the target before asks."""
_FAULTY = frozenset({'<', '>'})
_STANDING: frozenset[Effect] = frozenset({'award', 'full', 'cap', 'choose', 'external'})
_GRADES: dict[Effect, frozenset[Effect]] = {
    'award': frozenset({'award', 'discretionary', 'proportional'}),
    'full': frozenset({'award', 'deduct', 'proportional'}),
    'bonus': frozenset({'bonus', 'award', 'deduct'}),
    'deduct': frozenset({'deduct', 'full'}),
}
"""Effects of neighbours that are grades of one measure; a target and its ``低于60%不得分`` are not."""
_ACTING: frozenset[Effect] = frozenset({'forfeit', 'veto', 'downgrade', 'proportional', 'discretionary', 'multiply'})


class Acting(Protocol):
    """What is used of a clause."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def effect(self) -> Effect: ...
    @property
    def amount(self) -> tuple[int, int] | None: ...


class ReadTarget(Struct, frozen=True):
    """A target as it was read: its quantity in the surface text, its span in the source, and what it measures."""

    quantity: Quantity
    start: int
    end: int
    metric: str | None


def kinds_of(
    text: str, placed: Sequence[ReadTarget], clauses: Sequence[Acting], kind: IndicatorKind
) -> list[ThresholdKind]:
    """The kind of each target of the surface text ``text``, in order. ``clauses`` are those of the source."""
    ordered = sorted(clauses, key=lambda clause: clause.start)
    starts = [clause.start for clause in ordered]
    holders = [_holder(target.start, target.end, ordered, starts) for target in placed]
    graded = _graded(placed, holders)
    return [
        _kind(text, target.quantity, holder, kind, index in graded)
        for index, (target, holder) in enumerate(zip(placed, holders, strict=True))
    ]


def _kind(text: str, quantity: Quantity, holder: Acting | None, kind: IndicatorKind, graded: bool) -> ThresholdKind:
    if holder is None:
        return 'boundary' if kind == 'penalty' or quantity.before == RUNNING else 'target'
    if graded or holder.effect in _ACTING or (quantity.unit in ('名', '位') and holder.effect != 'cap'):
        return 'boundary'
    if holder.effect == 'bonus':
        # what is beyond the call begins there; a task that is done is reached
        return 'target' if quantity.comparator is None or quantity.before == RUNNING else 'boundary'
    if holder.effect in _STANDING:
        return 'target'
    # 办结率95%，每低1个点扣0.5分: the deduction begins below what is asked for
    asked = quantity.comparator not in _FAULTY and quantity.before != RUNNING
    return 'target' if asked and _SHORTFALL.match(text, quantity.right, quantity.right + 40) else 'boundary'


def _holder(start: int, end: int, clauses: Sequence[Acting], starts: Sequence[int]) -> Acting | None:
    """The narrowest clause around a span, else the one that begins in it. ``clauses`` stand in order, ``starts`` is where each begins; of those that begin
    before the span the nearest are asked, so that the time stays linear."""
    near = clauses[max(0, bisect_left(starts, start) - _NEAREST) : bisect_left(starts, end)]
    around = [clause for clause in near if start < clause.end]
    return min(around, key=lambda clause: (clause.start > start, clause.end - clause.start), default=None)


def _same(one: str | None, other: str | None) -> bool:
    """``10秒内接听率≥98%得2分，95%≤接听率<98%得1分``: the second names it in short."""
    if one is None or other is None:
        return one is other
    return one.endswith(other) or other.endswith(one)


def _graded(placed: Sequence[ReadTarget], holders: Sequence[Acting | None]) -> set[int]:
    """The targets that are grades: neighbours that measure the same, each with points of its own."""
    grades: set[int] = set()
    for (one, first), (other, second) in pairwise(enumerate(holders)):
        if first is None or second is None or first is second or placed[other].quantity.before in _EXCESS:
            continue
        units = placed[one].quantity.unit, placed[other].quantity.unit
        alike = measured_alike(*units) and (_same(placed[one].metric, placed[other].metric) or units[0] != units[1])
        if alike and second.effect in _GRADES.get(first.effect, ()):
            grades |= {one, other}
    return grades
