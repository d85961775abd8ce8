"""Tables whose header says nothing: the columns told by what stands in them."""

from __future__ import annotations

from collections.abc import Sequence

from kaohe.extractors.document import Cell, Table
from kaohe.normalizers.columns.column_role import CRITERIA, NAME, NUMBER, POINTS, REQUIREMENT, ColumnRead, ColumnRole
from kaohe.normalizers.columns.content import ColumnContent, look_at, moves_points
from kaohe.normalizers.columns.grade_columns import GradeHead
from kaohe.normalizers.columns.grid_rows import distinct, is_closing
from kaohe.normalizers.columns.printed_points import printed_after
from kaohe.normalizers.grammar.laid_out_grades import is_grade_with_amount
from kaohe.normalizers.text.folding import squeeze

_FEWEST_ROWS = 3
_FEWEST_FORM_ROWS = 2
_MOSTLY = 0.6
_TITLE = 22


def guess_columns(
    table: Table, grid: Sequence[Sequence[Cell]], start: int
) -> tuple[range, tuple[ColumnRead, ...]] | None:
    """The body rows and the columns of a table without a header that can be read; None unless the content is plain.

    Plain is: one column says how points move, and another holds points or counts the lines. A first row of short words without
    figures is a header in words that nobody knows.
    """
    if table.rows - start < _FEWEST_ROWS or table.cols < 3:
        return None
    if _names_then_grades(grid, start):
        body = range(start, table.rows)
        grade = GradeHead(None, None)
        return body, (
            ColumnRead(0, '', NAME),
            *(ColumnRead(col, '', CRITERIA, grade=grade) for col in range(1, table.cols)),
        )
    if (rules := _titles_then_rules(table, grid, start)) is not None:
        return rules
    first = start + (1 if _is_wordy(grid[start], start) else 0)
    body = range(first, table.rows)
    rows = [row for row in body if not is_closing(grid[row], row) and len(distinct(grid[row])) > 1]
    looks = [look_at(table, grid, rows, col) for col in range(table.cols)]
    roles = _roles(looks)
    if CRITERIA not in roles or not {POINTS, NUMBER} & set(roles):
        return None
    heads = [squeeze(grid[start][col].text) if first > start else '' for col in range(table.cols)]
    return body, tuple(ColumnRead(col, heads[col], roles[col], known=False) for col in range(table.cols))


def _titles_then_rules(
    table: Table, grid: Sequence[Sequence[Cell]], start: int
) -> tuple[range, tuple[ColumnRead, ...]] | None:
    """The rows of a form that name a matter with its points and then say how they are lost: 工作态度（40分） | 迟到一次扣2分 | 得分："""
    rows = [
        row
        for row in range(start, table.rows)
        if grid[row][0].row == row and printed_after(grid[row][0].text) is not None
    ]
    if len(rows) < _FEWEST_FORM_ROWS:
        return None
    cols = {col for col in range(1, table.cols) if all(moves_points(grid[row][col].text) for row in rows)}
    if not cols or rows != list(range(rows[0], rows[-1] + 1)):
        return None
    at = min(cols)
    return range(rows[0], rows[-1] + 1), tuple(
        ColumnRead(col, '', NAME if col == 0 else CRITERIA if col == at else None, known=False)
        for col in range(table.cols)
    )


def _names_then_grades(grid: Sequence[Sequence[Cell]], start: int) -> bool:
    """Whether rows name an item and then its grades, each with what it is worth: 合格率 | ≥90% 25分 | ≥80% 20分."""
    items = 0
    for row in range(start, len(grid)):
        cells = [cell for cell in distinct(grid[row]) if cell.row == row and cell.text.strip()]
        if len(cells) < 3 or is_closing(grid[row], row):
            continue
        if cells[0].col or not all(is_grade_with_amount(' '.join(cell.text.split())) for cell in cells[1:]):
            return False
        items += 1
    return items >= 2


def _is_wordy(line: Sequence[Cell], row: int) -> bool:
    texts = [squeeze(cell.text) for cell in distinct(line) if cell.row == row and cell.text.strip()]
    return len(texts) > 2 and all(len(text) <= 10 and not any(map(str.isdigit, text)) for text in texts)


def _roles(looks: Sequence[ColumnContent]) -> list[ColumnRole | None]:
    roles: list[ColumnRole | None] = [None] * len(looks)
    texts = [col for col, look in enumerate(looks) if look.filled >= 0.3 and look.figures < _MOSTLY]
    speaking = max(texts, key=lambda col: (looks[col].moves - looks[col].bracketed, looks[col].length), default=None)
    if speaking is None or looks[speaking].moves < _MOSTLY:
        return roles
    roles[speaking] = CRITERIA
    figures = [col for col, look in enumerate(looks) if look.figures >= _MOSTLY and look.filled >= _MOSTLY]
    if figures and figures[0] < min(texts):
        roles[figures.pop(0)] = NUMBER
    points = [col for col in figures if looks[col].points >= _MOSTLY]
    if points:
        roles[points[0]] = POINTS
    levels = 0
    rest = [col for col in texts if col < speaking]
    for col in rest:
        if looks[col].own < 0.67 and col != rest[-1]:
            levels += 1
            roles[col] = ColumnRole('level', levels)
        elif col == rest[-1]:
            shared = looks[col].own < 0.67
            levels += shared
            text = REQUIREMENT if looks[col].length > _TITLE else NAME
            roles[col] = ColumnRole('level', levels) if shared else text
        else:
            roles[col] = NAME if NAME not in roles else None
    return roles
