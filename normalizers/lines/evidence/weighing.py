"""Which of the readings of a table is taken: the one that the printed sums prove, and of several the one whose lines are whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple, TypeVar

from kaohe.normalizers.catalogue import IndicatorKind
from kaohe.normalizers.lines.evidence.proof import PrintedSum, printed_sums
from kaohe.normalizers.lines.line import Line

TIED = '换一种读法也合得上印的合计，分值或类别可能不是这样'
# Readings whose lines are whole to nearly the same share are close.
_CLOSE = 0.1

_Body = TypeVar('_Body')


@dataclass(frozen=True, slots=True)
class Weight:
    """What speaks for a reading. ``categories`` and ``held``: printed sums of categories, and of all, that hold; ``failed``: those that do not;
    ``whole``: how far its lines have points and a text, and count on in their numbers, from 0 to 1."""

    categories: int
    held: int
    failed: int
    whole: float

    @property
    def proved(self) -> bool:
        """Whether a sum is printed, and every one holds."""
        return self.held > 0 and not self.failed


class _Summand(NamedTuple):
    """A line as the sums look at it: no more, for tables are weighed before their lines are put together."""

    kind: IndicatorKind
    points: Decimal | None
    points_text: str | None
    level1: str | None
    level1_points: Decimal | None
    level2: str | None
    level2_points: Decimal | None


def weigh(lines: Sequence[Line], total: Decimal | None) -> Weight:
    """The evidence for a reading: its ``lines``, and the ``total`` printed for them."""
    sums = _sums(lines, total)
    held = [found for found in sums if found.holds]
    return Weight(sum(found.name is not None for found in held), len(held), len(sums) - len(held), _wholeness(lines))


def best_of(
    first: _Body,
    looks: Weight,
    others: Sequence[tuple[_Body, bool]],
    read: Callable[[_Body], tuple[Sequence[Line], Decimal | None]],
) -> tuple[_Body, bool]:
    """The reading that the printed sums prove; ``first``, which is as it looks and weighs ``looks``, where none does. Of several that do, the one with more sums, then
    the one whose lines are whole. Second: whether another that says something else comes close, so that nothing tells which is meant.

    ``others`` are the other readings, each with whether it takes categories for texts: only that may leave printed sums unread, and only where not one
    of them holds as it looks.
    """
    proved = [
        (weight, other)
        for other, untitled in others
        if (weight := weigh(*read(other))).proved
        and (weight.held >= looks.held + looks.failed or (untitled and not looks.categories))
    ]
    if not proved:
        return first, False
    best, chosen = max(proved, key=lambda one: (one[0].held, one[0].whole))
    said = _says(read(chosen)[0])
    return chosen, any(
        weight.held >= best.held and best.whole - weight.whole < _CLOSE and _says(read(other)[0]) != said
        for weight, other in proved
    )


def _sums(lines: Sequence[Line], total: Decimal | None) -> tuple[PrintedSum, ...]:
    return printed_sums(total, [*enumerate(map(_summand, lines))])


def _summand(line: Line) -> _Summand:
    first, second, *_ = (*line.levels, None, None)
    return _Summand(
        line.kind,
        line.points,
        line.points_text.text if line.points_text else None,
        first.title.text if first else None,
        first.points if first else None,
        second.title.text if second else None,
        second.points if second else None,
    )


def _wholeness(lines: Sequence[Line]) -> float:
    """The mean of three shares: lines with points, lines with a text, numbers that go on from the one before."""
    if not lines:
        return 0.0
    pointed = sum(line.points is not None for line in lines) / len(lines)
    spoken = sum(bool(line.name or line.requirement or line.criteria) for line in lines) / len(lines)
    numbers = [line.number.text if line.number else '' for line in lines]
    steps = [
        not after.isdecimal() or after == '1' or (before.isdecimal() and int(after) == int(before) + 1)
        for before, after in pairwise(numbers)
    ]
    counted = sum(steps) / len(steps) if steps else 1.0
    return (pointed + spoken + counted) / 3


def _says(lines: Sequence[Line]) -> tuple[object, ...]:
    return tuple((line.row_first, line.path, line.points) for line in lines)
