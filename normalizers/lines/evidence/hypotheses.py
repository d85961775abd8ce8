"""The other readings that a table allows: which rows are its head, what its merged cells are, where its points stand.

They are built only where the printed sums do not prove the reading as it looks; `weighing.py` says which is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from kaohe.extractors.document import Cell, Table
from kaohe.normalizers.columns.column_role import (
    CRITERIA,
    NAME,
    POINTS,
    REQUIREMENT,
    TEXTS,
    ColumnRead,
    ColumnRole,
    is_level,
)
from kaohe.normalizers.columns.header_rows import Header, other_heads
from kaohe.normalizers.columns.points_cell import cell_points, read_points_cell
from kaohe.normalizers.columns.printed_points import printed_after
from kaohe.normalizers.lines.levels import label_rank, read_level
from kaohe.normalizers.lines.line import Line
from kaohe.normalizers.text.cleaning import Text

# Fewer sections than these add up by chance.
_FEWEST_SECTIONS = 2
_MOSTLY = 0.6
_SECTION_RANKS = (0, 1, 2)
# A category is no longer.
_TITLE = 40


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """How a table may be read.

    ``split``: rows that print points alone are lines of the texts merged over them. ``points``: the grid column that holds the points, None
    where the heads say which. ``heads``: its header, None as it looks. ``merged``: what the cells are that several lines share, categories or the
    text of each line; None as it looks. ``graded``: the rows of an item are its grades. ``categories``: columns that hold categories under the
    same heads elsewhere in the notice.
    """

    split: bool = False
    points: int | None = None
    heads: Header | None = None
    merged: Literal['category', 'text'] | None = None
    graded: bool = False
    categories: frozenset[int] = frozenset()

    def columns(self, read: tuple[ColumnRead, ...]) -> tuple[ColumnRead, ...]:
        """The columns with the roles that they have under this hypothesis."""
        for col in sorted(self.categories):
            depth = sum(is_level(column.role) for column in read[:col]) + 1
            read = tuple(
                replace(column, role=ColumnRole('level', depth))
                if column.col == col and column.role == NAME
                else column
                for column in read
            )
        roles: dict[int, ColumnRole | None] = {}
        levels = [column for column in read if is_level(column.role)]
        if self.points is not None:
            roles = {column.col: None for column in read if column.role == POINTS} | {self.points: POINTS}
        elif self.graded:
            roles = {column.col: CRITERIA for column in read if column.role in (NAME, REQUIREMENT)}
            roles |= {column.col: ColumnRole('grade_points') for column in read if column.role == POINTS}
            roles |= {column.col: POINTS for column in read if _is_coarse(column)}
            roles |= {levels[-1].col: NAME}
        elif self.merged == 'text':
            asked = any(column.role == REQUIREMENT for column in read)
            roles = {column.col: ColumnRole('group_points') for column in read if _points_of(column, len(levels))}
            roles |= {levels[-1].col: NAME if asked else REQUIREMENT} if levels else {}
        elif self.merged == 'category':
            depth = len(levels) + 1
            roles = {column.col: ColumnRole('level_points', depth) for column in read if _is_coarse(column)}
            roles |= {column.col: ColumnRole('level', depth) for column in read if column.role in (NAME, REQUIREMENT)}
        return tuple(replace(column, role=roles.get(column.col, column.role)) for column in read)


AS_IT_LOOKS = Hypothesis()


def hypotheses(
    table: Table,
    grid: Sequence[Sequence[Cell]],
    columns: Sequence[ColumnRead],
    header: Header,
    *,
    failing: bool,
    total: Decimal | None,
    reached: Decimal,
    untitled: bool,
) -> Iterator[Hypothesis]:
    """The other readings that the table allows. ``columns`` are as it looks; ``failing``: a printed sum does not hold so, else none is printed;
    ``total``: what is printed for the lines, None where nothing is, ``reached``: what they come to; ``untitled``: no sum of a category holds.

    A row below the head is taken into it only where it prints the very total: any other row whose points are what the lines have too many is as well a
    line of a total that is wrong, and stays one."""
    start = header.last + 1
    roles = {column.col: column.role for column in columns}
    titles = [col for col, role in roles.items() if role in (NAME, REQUIREMENT)]
    if table.merges and len(titles) == 1 and CRITERIA in roles.values():
        shared = _merged(table, grid, titles[0], start)
        if shared and (any(map(_is_coarse, columns)) or any(printed_after(cell.text) for cell in shared)):
            yield Hypothesis(merged='category')
    if not failing:
        return
    if total is not None:
        for other in other_heads(table, grid, header):
            left = other.last < header.last
            row, prints = (header.last, total - reached) if left else (other.last, reached - total)
            if (left or prints == total) and any(
                read_points_cell(cell.text).points == prints for cell in grid[row] if cell.row == row
            ):
                yield Hypothesis(heads=other)
    if table.merges:
        yield from _of_merges(table, grid, columns, roles, start, untitled)
    points = next((col for col, role in roles.items() if role == POINTS), None)
    for column in columns:
        kind = column.role.kind if column.role else None
        if (
            column.col != points
            and kind in (None, 'group_points', 'score', 'other')
            and _holds_amounts(table, grid, column.col, start)
        ):
            yield Hypothesis(points=column.col)


def _of_merges(
    table: Table,
    grid: Sequence[Sequence[Cell]],
    columns: Sequence[ColumnRead],
    roles: Mapping[int, ColumnRole | None],
    start: int,
    untitled: bool,
) -> Iterator[Hypothesis]:
    levels = [col for col, role in roles.items() if is_level(role)]
    texts = [col for col, role in roles.items() if role in TEXTS]
    points = next((col for col, role in roles.items() if role == POINTS), None)
    if points is not None and any(_is_alone(grid[row], row, points) for row in range(start, table.rows)):
        yield Hypothesis(split=True)
    if levels and texts and points is not None and _merged(table, grid, levels[-1], start):
        if untitled:
            yield Hypothesis(merged='text')
        if any(map(_is_coarse, columns)) and CRITERIA not in roles.values():
            yield Hypothesis(graded=True)
    elif untitled and not levels and CRITERIA in roles.values():
        yield Hypothesis(merged='text')


def _is_coarse(column: ColumnRead) -> bool:
    return column.role is not None and column.role.kind == 'group_points'


def _points_of(column: ColumnRead, depth: int) -> bool:
    return column.role == ColumnRole('level_points', depth)


def _merged(table: Table, grid: Sequence[Sequence[Cell]], col: int, start: int) -> list[Cell]:
    """The short cells of a column that several rows share."""
    cells = (grid[row][col] for row in range(start, table.rows) if grid[row][col].row == row)
    return [cell for cell in cells if cell.row_span > 1 and cell.text.strip() and len(cell.text) <= _TITLE]


def _is_alone(line: Sequence[Cell], row: int, col: int) -> bool:
    """Whether a row prints points below texts that are merged over it."""
    return line[col].row == row and cell_points(line[col].text) is not None and any(cell.row < row for cell in line)


def _holds_amounts(table: Table, grid: Sequence[Sequence[Cell]], col: int, start: int) -> bool:
    cells = [grid[row][col] for row in range(start, table.rows) if grid[row][col].row == row]
    return bool(cells) and sum(cell_points(cell.text) is not None for cell in cells) >= _MOSTLY * len(cells)


def in_sections(lines: Sequence[Line], *, failing: bool) -> list[Line] | None:
    """The lines with those that head others made their category: a line without rules whose points are the sum of those that follow it, all
    through the table; None where they do not come out even. Where no printed sum is ``failing`` the numbers must say so too: 1 above 1.1 and 1.2, 一、
    above what bears no such label."""
    found: list[Line] = []
    sections = at = 0
    while at < len(lines):
        head, end, reached = lines[at], at + 1, Decimal(0)
        title = _title_of(head)
        if head.points is None or head.criteria is not None or title is None:
            return None
        while end < len(lines) and reached < head.points:
            reached += lines[end].points or Decimal(0)
            end += 1
        below = lines[at + 1 : end]
        told = failing or _count_below(head, below) or _is_labelled_above(title, below)
        if reached != head.points or end - at < 2 or not told:
            return None
        level = replace(read_level(title), points=head.points)
        found += [replace(line, levels=(*line.levels, level)) for line in below]
        sections += 1
        at = end
    return found if sections >= _FEWEST_SECTIONS and len(found) > sections else None


def _title_of(head: Line) -> Text | None:
    """What a line that heads others says: its text, or the category that stands alone in its row."""
    alone = head.levels[0].title if len(head.levels) == 1 else None
    return head.name or head.requirement or alone


def _is_labelled_above(title: Text, lines: Sequence[Line]) -> bool:
    """Whether a title bears a label of categories, 一、 or （一）, and none of the lines one as high."""
    rank = label_rank(title.text)
    below = [label_rank(text.text) for line in lines if (text := line.name or line.requirement)]
    return rank in _SECTION_RANKS and all(one is None or one > rank for one in below)


def _count_below(head: Line, lines: Sequence[Line]) -> bool:
    """Whether the numbers of the lines count on below that of their head."""
    above = head.number.text.strip().rstrip('.、') if head.number else ''
    return bool(above) and all(line.number and line.number.text.strip().startswith(f'{above}.') for line in lines)
