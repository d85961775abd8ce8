"""Points that move in a column that no line takes its texts from, and figures beside the points: what a person should look at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from kaohe.extractors.document import Cell
from kaohe.normalizers.columns.column_role import ColumnRole
from kaohe.normalizers.columns.grid_rows import distinct
from kaohe.normalizers.columns.points_cell import cell_points
from kaohe.normalizers.columns.points_columns import limits_or_rates
from kaohe.normalizers.text.cleaning import Text
from kaohe.normalizers.text.folding import halfwidth, squeeze

_READ_PAST = frozenset({'remark', 'other', 'source', 'method'})
_ROW_WITH_FIGURE = re.compile(r'^.* -?\d+(?:\.\d+)?$', re.MULTILINE)
_TELLS = re.compile(r'[扣减得加奖]\s*\d[\d.]*\s*分|不得分|扣完为止')


def unread_points(grid: Sequence[Sequence[Cell]], roles: Mapping[int, ColumnRole | None], row: int) -> Iterator[str]:
    """The doubts of a line for what stands in such columns of its row."""
    for cell in distinct(grid[row]):
        role = roles.get(cell.col)
        past = role is None or role.kind in _READ_PAST
        if cell.row == row and past and _TELLS.search(halfwidth(cell.text)):
            yield f'没有用上的一栏里提到了分数：“{squeeze(cell.text)[:20]}”'


def points_inside(cells: Iterable[Cell], inner: Mapping[tuple[int, int], Text]) -> Iterator[str]:
    """The doubt of a line for the tables ``inner`` to its ``cells`` whose rows end with bare figures: 未巡护 | 2 under 情形 | 扣分."""
    for cell in cells:
        text = inner.get((cell.row, cell.col))
        found = _ROW_WITH_FIGURE.search(halfwidth(text.text)) if text is not None else None
        if found:
            yield f'格子里的小表没有读成条款，其中有“{squeeze(found[0])[:20]}”'


def points_beside(
    cells: Sequence[Cell], heads: Mapping[int, str], points: Decimal | None, *, merges: bool
) -> Iterator[str]:
    """The doubts of a line for what stands in its ``cells`` of a second column of points, whose heads as printed are ``heads``. Points that stand for
    several lines at once belong to what these share; what is lost each time (每次扣分), and where that ends (最高扣分), is the line's own, however the cell
    is drawn. ``merges``: the table tells which cells are merged."""
    for cell in cells:
        other, head = cell_points(cell.text), heads.get(cell.col, '').rpartition('/')[2]
        own = limits_or_rates(head)
        if other is not None and other != points and (own or (cell.row_span == 1 and merges)):
            unread = '没有读进条款' if own else '没有用上'
            yield f'有两栏分值，另一栏“{squeeze(head)[:12]}”是“{squeeze(cell.text)[:12]}”，{unread}'
