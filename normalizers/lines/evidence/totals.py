"""What the lines of a table add up to, and whether each of several totals is reached."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from typing import Protocol

from kaohe.normalizers.catalogue import IndicatorKind
from kaohe.normalizers.lines.line import Line, Total


class Summand(Protocol):
    """What sums ask of a line: what it is worth, and below which categories it stands."""

    @property
    def kind(self) -> IndicatorKind: ...
    @property
    def points(self) -> Decimal | None: ...
    @property
    def points_text(self) -> str | None: ...
    @property
    def level1(self) -> str | None: ...
    @property
    def level1_points(self) -> Decimal | None: ...
    @property
    def level2(self) -> str | None: ...
    @property
    def level2_points(self) -> Decimal | None: ...


def sum_of(lines: Iterable[Summand]) -> Decimal | None:
    """What the lines add up to: their own points; where no line of a category has points, those printed with the category. None where
    no points are printed at all."""
    parts = [
        part
        for _, first in _runs(lines, lambda line: (line.level1, line.level1_points))
        for part in _sum_of_category(first)
    ]
    return sum(parts, Decimal(0)) if parts else None


def _sum_of_category(lines: Sequence[Summand]) -> Iterator[Decimal]:
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


def with_totals_doubted(lines: Sequence[Line], totals: Sequence[Total]) -> list[Line]:
    """The lines of a table that prints several totals, none of which is that of the table: the first line above one that its lines do not come to,
    neither those since the total before nor all so far, nor the totals above it, is doubted."""
    found = list(lines)
    closing = [total for total in totals if not total.part]
    above = -1
    before: list[Decimal] = []
    for total in closing if len(closing) > 1 else ():
        own = [at for at, line in enumerate(lines) if line.row_first is not None and above < line.row_first < total.row]
        so_far = [
            line.points or Decimal(0) for line in lines if line.row_first is not None and line.row_first < total.row
        ]
        reached = sum((lines[at].points or Decimal(0) for at in own), Decimal(0))
        if own and total.points not in (reached, sum(so_far, Decimal(0)), *_all_of(before)):
            doubt = f'下面印的合计是{total.points}，到这里各行合计{reached}，可能不是同一张表，或漏了行'
            found[own[0]] = replace(found[own[0]], doubts=(*found[own[0]].doubts, doubt))
        above = total.row
        before.append(total.points)
    return found


def _all_of(totals: Sequence[Decimal]) -> Iterator[Decimal]:
    if len(totals) > 1:
        yield sum(totals, Decimal(0))


def _runs(
    lines: Iterable[Summand], key: Callable[[Summand], tuple[str | None, Decimal | None]]
) -> Iterator[tuple[tuple[str | None, Decimal | None], list[Summand]]]:
    for name, run in groupby(lines, key):
        yield name, list(run)
