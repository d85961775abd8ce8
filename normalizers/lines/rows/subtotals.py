"""Rows of totals, and those that add up a category: 小计 below its lines, 合计 within the cell that names it. These give the category's points."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from kaohe.extractors.document import Cell
from kaohe.normalizers.columns.column_role import POINTS, ColumnRole
from kaohe.normalizers.columns.grid_rows import distinct
from kaohe.normalizers.columns.points_cell import cell_points
from kaohe.normalizers.lines.levels import Level
from kaohe.normalizers.lines.line import Line, Total
from kaohe.normalizers.text.folding import squeeze

# a sum and nothing else: 100, 满分100分, 共 100 分; 80分以上 is a grade
_SUM = re.compile(r'[^\d]{0,6}\d{1,4}(?:\.\d{1,2})?(?:分|%|\)|值){0,3}')


def total_of_row(
    grid: Sequence[Sequence[Cell]], roles: Mapping[int, ColumnRole | None], first: Cell
) -> Iterator[Total]:
    """The total that the row of ``first``, its first cell, prints; nothing where it prints none."""
    cells = [cell for cell in distinct(grid[first.row]) if cell.row == first.row and cell is not first]
    # what assessors gave is no total of what can be won
    cells = [cell for cell in cells if (role := roles.get(cell.col)) is None or role.kind != 'score']
    cells.sort(key=lambda cell: roles.get(cell.col) != POINTS)
    plain = (cell for cell in cells if _SUM.fullmatch(squeeze(cell.text)))
    amounts = [points for cell in plain if (points := cell_points(cell.text)) is not None]
    if not amounts and (own := cell_points(first.text)) is not None:
        amounts = [own]
    if amounts:
        yield Total(first.row, amounts[0], part='小计' in first.text)


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
