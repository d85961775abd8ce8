"""Tables of amounts whose heads nobody knows: a grid of what each rank is worth (国家级 | 一等奖 16 | 二等奖 12), a list of matters beside one
column of points."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kaohe.extractors.document import Cell, Table
from kaohe.normalizers.columns.column_role import CRITERIA, NAME, POINTS, REQUIREMENT, ColumnRead, ColumnRole
from kaohe.normalizers.columns.content import ColumnContent, look_at
from kaohe.normalizers.columns.grade_columns import GradeHead
from kaohe.normalizers.columns.grid_rows import distinct, is_closing
from kaohe.normalizers.columns.header_rows import Header
from kaohe.normalizers.text.folding import squeeze

_MOSTLY = 0.8
_LONGEST_HEAD = 16
_MOST_HEADS = 2
# what a table must say of itself for its figures to be points; 学分 and 绩点 are none
_OF_POINTS = re.compile(r'(?:加|减|扣|计|记|赋|积|奖励|标准|考核|德育|评)分(?!数线|析)|分[值数]')
_OTHER_AMOUNTS = re.compile(r'元|金额|数量|人数|成绩')
_OF_STUDIES = re.compile('学分|绩点')
# results of those who were assessed, not what can be won
_OF_RESULTS = re.compile(r'总分|得分|成绩|应得|实得|名次')
_OF_PEOPLE = re.compile(r'姓名|学号|单位|部门|科室|处室|班级|学校|医院|乡镇|街道|人员')


def read_amounts(
    table: Table, grid: Sequence[Sequence[Cell]], start: int, title: str | None
) -> tuple[Header, tuple[ColumnRead, ...]] | None:
    """The header and the columns of a table of amounts; None where it is none. ``start`` is the first row below its own title."""
    for rows in range(1, _MOST_HEADS + 1):
        body = range(start + rows, table.rows)
        if len(body) < 2 or not all(_is_head(grid[row], row) for row in range(start, start + rows)):
            return None
        if any(cell.row < body.start <= cell.bottom_row for cell in grid[start][1:]):
            continue  # the heads go on
        inner = [row for row in body if not is_closing(grid[row], row)]
        looks = [look_at(table, grid, inner, col) for col in range(table.cols)]
        header = Header(start, start + rows - 1, tuple(_stack(grid, start, rows, col) for col in range(table.cols)))
        figures = [col for col, look in enumerate(looks) if look.points >= _MOSTLY and look.filled >= 0.5]
        texts = [col for col in range(table.cols) if col not in figures and looks[col].filled > 0]
        if not figures or not texts or max(texts) > min(figures):
            continue
        columns = _columns(header, looks, figures, texts, title)
        if columns is not None:
            return header, columns
    return None


def _columns(
    header: Header, looks: Sequence[ColumnContent], figures: Sequence[int], texts: Sequence[int], title: str | None
) -> tuple[ColumnRead, ...] | None:
    heads = ['/'.join(' '.join(cell.text.split()) for cell in stack) for stack in header.cells]
    said = ' '.join((title or '', *heads))
    if not _OF_POINTS.search(squeeze(said)) or _OF_STUDIES.search(said):
        return None
    if any(_OTHER_AMOUNTS.search(heads[col]) for col in figures):
        return None
    if any(_OF_PEOPLE.search(squeeze(heads[col])) for col in texts):
        return None
    roles: dict[int, ColumnRole] = {}
    if len(figures) == 1:
        if not _OF_POINTS.search(squeeze(heads[figures[0]])) or _OF_RESULTS.search(heads[figures[0]]):
            return None
        roles[figures[0]] = POINTS
        roles[texts[0]] = NAME
        roles |= dict.fromkeys(texts[1:2], REQUIREMENT)
        return tuple(ColumnRead(col, heads[col], roles.get(col), known=False) for col in range(len(looks)))
    if any(not header.cells[col] for col in figures):
        return None
    roles = dict.fromkeys(figures, CRITERIA) | {texts[-1]: NAME}
    roles |= {col: ColumnRole('level', at) for at, col in enumerate(texts[:-1], 1)}
    return tuple(
        ColumnRead(
            col,
            heads[col],
            roles.get(col),
            known=col in figures,
            grade=GradeHead(header.cells[col][-1], None) if col in figures else None,
        )
        for col in range(len(looks))
    )


def _is_head(line: Sequence[Cell], row: int) -> bool:
    texts = [squeeze(cell.text) for cell in distinct(line) if cell.row == row and cell.text.strip()]
    return bool(texts) and all(len(text) <= _LONGEST_HEAD and not re.fullmatch(r'[\d.]+分?', text) for text in texts)


def _stack(grid: Sequence[Sequence[Cell]], start: int, rows: int, col: int) -> tuple[Cell, ...]:
    cells = [grid[row][col] for row in range(start, start + rows) if grid[row][col].text.strip()]
    return tuple(dict.fromkeys(cells))
