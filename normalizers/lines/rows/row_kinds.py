"""What each body row of a table is: a line, a section, a total, a note, or a row to be signed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kaohe.extractors.document import Cell, Table
from kaohe.extractors.labels import printed
from kaohe.normalizers.columns.column_role import (
    COUNTING,
    CRITERIA,
    GRADES,
    NUMBER,
    POINTS,
    TEXTS,
    ColumnRole,
    of_categories,
)
from kaohe.normalizers.columns.grid_rows import distinct, is_aside, is_band, is_form, is_total
from kaohe.normalizers.columns.header_rows import read_head
from kaohe.normalizers.columns.points_cell import read_points_cell
from kaohe.normalizers.columns.printed_points import printed_after
from kaohe.normalizers.lines.levels import label_rank
from kaohe.normalizers.text.folding import squeeze
from kaohe.normalizers.vocabulary.header_words import NOTES

RowKind = Literal['line', 'goes_on', 'rule', 'section', 'total', 'note', 'form', 'blank']

_NOTE = re.compile('^(?:' + '|'.join(sorted(NOTES, key=len, reverse=True)) + r')\s*[:：\d一1]')
_SENTENCE = re.compile(r'[。；;!！]')
_HEADED = re.compile(r'\s*([\u4e00-\u9fff]{2,8})\s*[:：]\s*(?=\S)')
# fewer rows than these are a remark on the table
_FEWEST_RULES = 2
_CHINESE = re.compile(rf'\(?{printed("han")}\)?[、.]?')
_SECTION_LENGTH = 40
_TITLE = 22


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A body row and what it is. ``cell`` is the text of a section, a note, or the first cell of a total."""

    row: int
    kind: RowKind
    cell: Cell | None = None


def is_counted(grid: Sequence[Sequence[Cell]], roles: Mapping[int, ColumnRole | None], rows: Iterable[int]) -> bool:
    """Whether the number column counts lines in figures, so that 一 and 二 in it can only count sections."""
    cols = [col for col, role in roles.items() if role == NUMBER]
    return any(squeeze(grid[row][col].text).isdigit() for col in cols for row in rows)


def rule_start(text: str) -> int | None:
    """Where the words begin behind a head of scoring that a row prints itself (评分标准：…); None where it prints none."""
    found = _HEADED.match(text)
    head = read_head(found[1]) if found else None
    return found.end() if found and head is not None and head.kind == 'scoring' else None


def has_rules(grid: Sequence[Sequence[Cell]], rows: Iterable[int]) -> bool:
    """Whether the lines of a table print how they are scored in rows of their own, each below its line."""
    bands = (grid[row][0] for row in rows if is_band(grid[row]))
    return sum(rule_start(cell.text) is not None for cell in bands) >= _FEWEST_RULES


def read_row(
    table: Table,
    grid: Sequence[Sequence[Cell]],
    roles: Mapping[int, ColumnRole | None],
    row: int,
    next_row: int | None,
    counted: bool,
    ruled: bool = False,
) -> BodyRow:
    """What ``row`` is, given the roles of the columns. ``next_row`` is the body row after it; ``counted`` see ``is_counted``,
    ``ruled`` see ``has_rules``."""
    own = [cell for cell in distinct(grid[row]) if cell.row == row]
    written = [cell for cell in own if cell.text.strip()]
    if not written:
        return BodyRow(row, 'goes_on' if any(cell.row < row and cell.text.strip() for cell in grid[row]) else 'blank')
    first = written[0]
    for cell in written[: 2 if roles.get(first.col) in COUNTING else 1]:
        if is_total(cell.text):
            return BodyRow(row, 'total', cell)
    if is_aside(grid[row], row) and _role_of(roles, first) == CRITERIA:
        return BodyRow(row, 'rule', first)
    if ruled and is_band(grid[row]) and rule_start(first.text) is not None:
        return BodyRow(row, 'rule', first)
    alone = len(written) == 1 and all(cell.row == row for cell in grid[row])
    if alone:
        kind = _band(table, grid, roles, first, next_row)
        if kind:
            return BodyRow(row, kind, first)
    elif counted and _is_numbered_section(roles, written):
        return BodyRow(row, 'section', next(cell for cell in written if roles.get(cell.col) in TEXTS))
    elif _is_section_with_points(grid, roles, written):
        return BodyRow(row, 'section', first)
    if is_form(written):
        return BodyRow(row, 'form', first)
    if _is_remark(roles, written):
        return BodyRow(row, 'note', first)
    if any(_role_of(roles, cell) in (*TEXTS, *GRADES) for cell in written) or _is_bare_line(roles, written):
        return BodyRow(row, 'line')
    # a category with nothing beside it has no line yet; anything else adds to the line above
    starts = any(of_categories(_role_of(roles, cell)) for cell in written)
    return BodyRow(row, 'blank' if starts else 'goes_on')


def _band(
    table: Table,
    grid: Sequence[Sequence[Cell]],
    roles: Mapping[int, ColumnRole | None],
    cell: Cell,
    next_row: int | None,
) -> RowKind | None:
    """What a row is in which one cell only is written."""
    text = cell.text.strip()
    if _NOTE.match(text):
        return 'note'
    if is_form([cell]):
        return 'form'
    wide = cell.col_span * 2 > table.cols
    labelled = label_rank(text) is not None or printed_after(text) is not None
    if len(text) > _SECTION_LENGTH or (_SENTENCE.search(text) and not labelled):
        return 'note' if wide and cell.col_span == table.cols and not _numbered(grid, roles, cell) else None
    if wide:
        return 'section'
    role = roles.get(cell.col)
    leading = cell.col == min((col for col, role in roles.items() if role not in COUNTING), default=0)
    if not leading and role not in (None, NUMBER):
        return None
    # a category by itself on its row: a section where the rows below have categories of their own, else their merged cell
    if role in TEXTS:
        return 'section' if labelled and table.cols > 2 else None
    below = grid[next_row][cell.col] if next_row is not None else None
    return 'section' if below is not None and below.text.strip() else None


def _numbered(grid: Sequence[Sequence[Cell]], roles: Mapping[int, ColumnRole | None], cell: Cell) -> bool:
    """Whether a wide text counts as a line: other rows of the table are numbered in their text, and so is this one."""
    return label_rank(cell.text) == 3 and NUMBER not in roles.values()


def _is_section_with_points(
    grid: Sequence[Sequence[Cell]], roles: Mapping[int, ColumnRole | None], written: Sequence[Cell]
) -> bool:
    """`一、组织领导 | … | 20`: a title drawn over the text columns, or over those of the number and of a text, and its points in the points column."""
    if len(written) != 2:
        return False
    title, points = written
    if any(cell.row < title.row and cell.text.strip() for cell in grid[title.row]):
        return False  # a category goes on beside it
    if roles.get(points.col) != POINTS or read_points_cell(points.text).points is None or len(points.text.strip()) > 6:
        return False
    covered = {roles.get(col) for col in range(title.col, title.right_col + 1)}
    texts = {role for role in roles.values() if role in TEXTS}
    over = texts <= covered or (NUMBER in covered and not texts.isdisjoint(covered))
    return bool(texts) and over and len(title.text) <= _SECTION_LENGTH and label_rank(title.text) in (0, 1, 2)


def _is_numbered_section(roles: Mapping[int, ColumnRole | None], written: Sequence[Cell]) -> bool:
    """`一 | 组织管理 | … | 20` amid lines that are numbered 1, 2, 3."""
    number = written[0]
    if roles.get(number.col) != NUMBER or not _CHINESE.fullmatch(squeeze(number.text)):
        return False
    texts = [cell for cell in written[1:] if roles.get(cell.col) in TEXTS]
    others = [cell for cell in written[1:] if roles.get(cell.col) not in (*TEXTS, POINTS)]
    return len(texts) == 1 and not others and len(texts[0].text) <= _SECTION_LENGTH


def _is_remark(roles: Mapping[int, ColumnRole | None], written: Sequence[Cell]) -> bool:
    """A sentence drawn over the number's and the text's columns, without points beside it: it explains the table."""
    first = written[0]
    if len(first.text) <= _TITLE:
        return False
    covered = {roles.get(col) for col in range(first.col, first.right_col + 1)}
    wide = NUMBER in covered and covered & set(TEXTS)
    points = any(roles.get(cell.col) == POINTS and read_points_cell(cell.text).points is not None for cell in written)
    return bool(wide) and not points


def _is_bare_line(roles: Mapping[int, ColumnRole | None], written: Sequence[Cell]) -> bool:
    """A category with points and nothing else is a line of its own."""
    kinds = [_role_of(roles, cell) for cell in written]
    return POINTS in kinds and any(map(of_categories, kinds))


def _role_of(roles: Mapping[int, ColumnRole | None], cell: Cell) -> ColumnRole | None:
    """The role in which a cell is read: where it spans several columns, that of the first text column, else of its first."""
    if cell.col_span == 1:
        return roles.get(cell.col)
    covered = [roles.get(col) for col in range(cell.col, cell.right_col + 1)]
    return next((role for role in covered if role in TEXTS), covered[0])
