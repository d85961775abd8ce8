"""Grades of one item as its criteria: one to a line, each the grade, what it asks and what it is worth."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from kaohe.extractors.document import Cell
from kaohe.normalizers.columns.grade_columns import GradeHead
from kaohe.normalizers.grammar.laid_out_grades import is_grade_with_amount
from kaohe.normalizers.lines.line import Line
from kaohe.normalizers.text.cleaning import Text, one_line

_LINE_FEED = re.compile(r'\s*\n\s*')

Clean = Callable[[Cell], Text]


def grade_of_column(cell: Cell, head: GradeHead, clean: Clean) -> Text:
    """The grade that a cell below its head describes: `优秀 资料齐全 10`."""
    name = one_line(clean(head.name)) if head.name else Text()
    worth = one_line(clean(head.worth)) if head.worth else Text()
    return Text.join(' ', (name, _flat(clean(cell)), worth))


def grade_of_row(cells: Iterable[Cell], clean: Clean) -> Text | None:
    """The grade that a row describes with its cells: name, description, points."""
    return Text.join(' ', (_flat(clean(cell)) for cell in cells)) or None


def join_grades(lines: Sequence[Line], grid: Sequence[Sequence[Cell]], items: Sequence[int]) -> Iterator[Line]:
    """The lines with those that are grades of one item made one. ``items`` are the columns that name the item and its points: where their
    cells go on from the row above, merged or blank, so does the item. An item of which no grade says an amount scores nothing."""
    group: list[Line] = []
    for line in lines:
        if group and not _goes_on(group[-1], line, grid, items):
            yield from _joined(group)
            group = []
        group.append(line)
    yield from _joined(group)


def _goes_on(before: Line, line: Line, grid: Sequence[Sequence[Cell]], items: Sequence[int]) -> bool:
    if line.row_first is None or before.row_first is None:
        return False
    for col in items:
        cell, above = grid[line.row_first][col], grid[before.row_first][col]
        if cell is not above and cell.text.strip():
            return False
    return True


def _joined(group: Sequence[Line]) -> Iterator[Line]:
    if not group:
        return
    first = group[0]
    criteria = [line.criteria for line in group if line.criteria]
    if first.points is None and not any(is_grade_with_amount(text.text) for text in criteria):
        return
    doubts = dict.fromkeys(doubt for line in group for doubt in line.doubts)
    yield replace(
        first,
        criteria=Text.join('\n', criteria) or None,
        row_last=group[-1].row_last,
        doubts=tuple(doubts),
        graded=len(criteria) > 1,
    )


def _flat(text: Text) -> Text:
    return text.sub(_LINE_FEED, lambda match: ' ').strip()
