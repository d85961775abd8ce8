"""Points that move in a column that no line takes its texts from: what a person should look at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kaohe.extractors.document import Cell
from kaohe.normalizers.columns.column_role import ColumnRole
from kaohe.normalizers.columns.grid_rows import distinct
from kaohe.normalizers.text.folding import halfwidth, squeeze

_READ_PAST = frozenset({'remark', 'other', 'source', 'method'})
_TELLS = re.compile(r'[扣减得加奖]\s*\d[\d.]*\s*分|不得分|扣完为止')


def unread_points(grid: Sequence[Sequence[Cell]], roles: Mapping[int, ColumnRole | None], row: int) -> Iterator[str]:
    """The doubts of a line for what stands in such columns of its row."""
    for cell in distinct(grid[row]):
        role = roles.get(cell.col)
        past = role is None or role.kind in _READ_PAST
        if cell.row == row and past and _TELLS.search(halfwidth(cell.text)):
            yield f'没有用上的一栏里提到了分数：“{squeeze(cell.text)[:20]}”'
