"""Rows that add up a category: 小计 below its lines, 合计 within the cell that names it. They give the category's points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from kaohe.extractors.document import Cell
from kaohe.normalizers.lines.levels import Level
from kaohe.normalizers.lines.line import Line, Total


def with_subtotals(
    lines: Sequence[Line], totals: Sequence[Total], grid: Sequence[Sequence[Cell]], levels: Sequence[int]
) -> tuple[list[Line], list[Total]]:
    """The lines with the points of categories that a row below them adds up, and the totals, each told whether it adds up a part.
    ``levels`` are the columns of categories."""
    found = list(lines)
    told: list[Total] = []
    above = -1
    for total in totals:
        inside = any(grid[total.row][col].row < total.row and grid[total.row][col].text.strip() for col in levels)
        members = [
            at for at, line in enumerate(found) if line.row_first is not None and above < line.row_first < total.row
        ]
        above = total.row
        closes_part = (total.part or inside) and _gives(found, members, total.points)
        told.append(replace(total, part=total.part or inside))
        for at in members if closes_part else ():
            first, *rest = found[at].levels
            found[at] = replace(found[at], levels=(Level(first.title, total.points, first.rank, first.ruled), *rest))
    return found, told


def _gives(lines: Sequence[Line], members: Sequence[int], points: Decimal) -> bool:
    """Whether the total is that of the one category of these lines, which prints no points itself."""
    if not members or any(not lines[at].levels for at in members):
        return False
    tops = {(lines[at].levels[0].title.text, lines[at].levels[0].points) for at in members}
    return len(tops) == 1 and next(iter(tops))[1] is None
