"""Other readings of a table, tried where the printed sums do not hold as it looks: the one that the arithmetic proves is taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from kaohe.extractors.document import Cell, Table
from kaohe.normalizers.columns.column_role import POINTS, ColumnRead
from kaohe.normalizers.columns.points_cell import cell_points
from kaohe.normalizers.lines.assembly import indicator
from kaohe.normalizers.lines.evidence.proof import PrintedSum, printed_sums
from kaohe.normalizers.lines.levels import Level
from kaohe.normalizers.lines.line import Line
from kaohe.normalizers.lines.line_effect import count_lines

TIED = '换一种读法也合得上印的合计，分值或类别可能不是这样'
# Fewer sections than these add up by chance.
_FEWEST_SECTIONS = 2
_MOSTLY = 0.6

_Body = TypeVar('_Body')


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """How a table may be read. ``split``: rows that print points alone are lines of the texts merged over them; ``points``: the grid column
    that holds the points, None where the heads say which."""

    split: bool = False
    points: int | None = None

    def columns(self, read: tuple[ColumnRead, ...]) -> tuple[ColumnRead, ...]:
        """The columns with the points where this hypothesis has them."""
        if self.points is None:
            return read
        return tuple(
            replace(column, role=POINTS)
            if column.col == self.points
            else replace(column, role=None)
            if column.role == POINTS
            else column
            for column in read
        )


AS_IT_LOOKS = Hypothesis()


def hypotheses(
    table: Table, grid: Sequence[Sequence[Cell]], columns: Sequence[ColumnRead], start: int
) -> Iterator[Hypothesis]:
    """The other readings that the table allows. ``columns`` are as it looks, ``start`` is the first row of its body."""
    points = next((column.col for column in columns if column.role == POINTS), None)
    if (
        table.merges
        and points is not None
        and any(_is_alone(grid[row], row, points) for row in range(start, table.rows))
    ):
        yield Hypothesis(split=True)
    for column in columns:
        kind = column.role.kind if column.role else None
        if (
            column.col != points
            and kind in (None, 'group_points', 'score', 'other')
            and _holds_amounts(table, grid, column.col, start)
        ):
            yield Hypothesis(points=column.col)


def _is_alone(line: Sequence[Cell], row: int, col: int) -> bool:
    """Whether a row prints points below texts that are merged over it."""
    return line[col].row == row and cell_points(line[col].text) is not None and any(cell.row < row for cell in line)


def _holds_amounts(table: Table, grid: Sequence[Sequence[Cell]], col: int, start: int) -> bool:
    cells = [grid[row][col] for row in range(start, table.rows) if grid[row][col].row == row]
    return bool(cells) and sum(cell_points(cell.text) is not None for cell in cells) >= _MOSTLY * len(cells)


def failing(lines: Sequence[Line], total: Decimal | None) -> bool:
    """Whether a printed sum does not hold."""
    return any(not found.holds for found in _sums(lines, total))


def best_of(
    first: _Body, others: Sequence[_Body], read: Callable[[_Body], tuple[Sequence[Line], Decimal | None]]
) -> tuple[_Body, bool]:
    """The reading under which every printed sum holds, and no fewer are printed than as it looks; ``first``, which is as it looks, where there is
    none. Second: whether another that differs is proved as well, so that nothing tells which is meant."""
    printed = len(_sums(*read(first)))
    proved = [
        other for other in others if len(sums := _sums(*read(other))) >= printed and all(found.holds for found in sums)
    ]
    said = {_says(read(other)[0]) for other in proved}
    return (proved[0] if proved else first), len(said) > 1


def in_sections(lines: Sequence[Line]) -> list[Line] | None:
    """The lines with those that head others made their category: a line without rules whose points are the sum of those that follow it, all
    through the table; None where they do not come out even."""
    found: list[Line] = []
    sections = at = 0
    while at < len(lines):
        head, end, reached = lines[at], at + 1, Decimal(0)
        title = head.name or head.requirement
        if head.points is None or head.criteria is not None or title is None:
            return None
        while end < len(lines) and reached < head.points:
            reached += lines[end].points or Decimal(0)
            end += 1
        if reached != head.points or end - at < 2:
            return None
        level = Level(title, head.points)
        found += [replace(line, levels=(*line.levels, level)) for line in lines[at + 1 : end]]
        sections += 1
        at = end
    return found if sections >= _FEWEST_SECTIONS and len(found) > sections else None


def _sums(lines: Sequence[Line], total: Decimal | None) -> tuple[PrintedSum, ...]:
    return printed_sums(total, [*enumerate(map(indicator, count_lines(lines, total)))])


def _says(lines: Sequence[Line]) -> tuple[object, ...]:
    return tuple((line.row_first, line.path, line.points) for line in lines)
