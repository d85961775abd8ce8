"""How much of a table's header its next part repeats: all of it, its last rows only, or nothing."""

from __future__ import annotations

from kaohe.normalizers.columns.grid_rows import distinct
from kaohe.normalizers.stitching.common_columns import Fragment
from kaohe.normalizers.text.folding import squeeze


def repeated_rows(first: Fragment, new: Fragment) -> int:
    """How many rows at the top of ``new`` repeat the title and header rows of ``first``."""
    if first.header is None:
        return 0
    top = [''.join(_row_text(first, row)) for row in range(first.header.last + 1)]
    for start in range(first.header.first + 1):
        wanted = top[start:]
        if [''.join(_row_text(new, row)) for row in range(min(len(wanted), new.table.rows))] == wanted:
            return len(wanted)
    return 0


def is_same_form(first: Fragment, new: Fragment, leading: int) -> bool:
    """The same form once more, not its next part: what stands below the header begins anew."""
    assert first.header is not None
    row = first.header.last + 1
    if row >= first.table.rows:
        return False
    text = _row_text(first, row)
    return bool(text) and len(text) > 1 and text == _row_text(new, leading)


def _row_text(fragment: Fragment, row: int) -> tuple[str, ...]:
    cells = (cell for cell in distinct(fragment.grid[row]) if cell.row == row)
    return tuple(text for cell in cells if (text := squeeze(cell.text)))
