"""What the cells of a line say of its scoring: its rules, its grades, and the row below it that prints them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from kaohe.extractors.document import Cell
from kaohe.normalizers.columns.column_role import GRADES, RoleKind
from kaohe.normalizers.columns.grade_columns import GradeHead
from kaohe.normalizers.lines.line import Line
from kaohe.normalizers.lines.rows.grade_texts import grade_of_column, grade_of_row
from kaohe.normalizers.lines.rows.row_kinds import rule_start
from kaohe.normalizers.text.cleaning import Text

# what stands in a cell of which nothing is said
_BLANK = re.compile(r'\s*[-—–/\\无]+\s*')

Clean = Callable[[Cell], Text]


def rules_of_row(cells: Mapping[RoleKind, Sequence[Cell]], clean: Clean) -> Text | None:
    """The grade that a row is, where the rows of a table are the grades of its items."""
    told = sorted((cell for role in GRADES for cell in cells.get(role.kind, ())), key=lambda cell: cell.col)
    return grade_of_row(told, clean)


def rules_of(printed: Sequence[Cell], grades: Mapping[int, GradeHead], clean: Clean) -> tuple[Text | None, bool]:
    """The text of the cells that are read as criteria, and whether each line of it is a grade. ``grades`` are the columns of grades."""
    found = [cell for cell in printed if not _BLANK.fullmatch(cell.text)] or printed
    graded = [cell for cell in found if cell.col in grades and _is_of_one_grade(cell, grades)]
    parts = [grade_of_column(cell, grades[cell.col], clean) if cell in graded else clean(cell) for cell in found]
    return Text.join('\n', parts) or None, len(graded) > 1 and len(graded) == len(found)


def with_rule(line: Line, cell: Cell, text: Text) -> Line:
    """The line with what the row below it says of its scoring; ``text`` is that of the row's ``cell``."""
    rule = text[rule_start(text.text) :].strip()
    parts = [rule] if line.criteria is None else [line.criteria, rule]
    return replace(line, row_last=cell.row, criteria=Text.join('\n', parts))


def _is_of_one_grade(cell: Cell, grades: Mapping[int, GradeHead]) -> bool:
    head = grades[cell.col]
    return all(col not in grades or grades[col] == head for col in range(cell.col, cell.right_col + 1))
