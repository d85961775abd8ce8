"""What the lines of a table add up to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from kaohe.normalizers.catalogue import Indicator


def sum_of(lines: Iterable[Indicator]) -> Decimal | None:
    """What the lines add up to: their own points; where no line of a category has points, those printed with the category. None where
    no points are printed at all."""
    parts = [
        part
        for _, first in _runs(lines, lambda line: (line.level1, line.level1_points))
        for part in _sum_of_category(first)
    ]
    return sum(parts, Decimal(0)) if parts else None


def _sum_of_category(lines: Sequence[Indicator]) -> Iterator[Decimal]:
    """The points of one first-level category, piece by piece."""
    own = [line.points for line in lines if line.points is not None]
    if not own and lines[0].level1_points is not None and all(line.level2_points is None for line in lines):
        yield lines[0].level1_points
        return
    for (_, printed), second in _runs(lines, lambda line: (line.level2, line.level2_points)):
        own = [line.points for line in second if line.points is not None]
        if own:
            yield from own
        elif printed is not None:
            yield printed


def _runs(
    lines: Iterable[Indicator], key: Callable[[Indicator], tuple[str | None, Decimal | None]]
) -> Iterator[tuple[tuple[str | None, Decimal | None], list[Indicator]]]:
    for name, run in groupby(lines, key):
        yield name, list(run)
