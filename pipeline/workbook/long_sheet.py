"""A worksheet for tens of thousands of rows: below its header, rows are written straight as the file format has them.

xlsxwriter makes an object of each cell and assembles its XML part by part, 8 µs a cell; a workbook of 20,000 lines has three million.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import TYPE_CHECKING, Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from kaohe.pipeline.workbook.sheets import CELL_LIMIT

if TYPE_CHECKING:
    from xlsxwriter.format import Format

_PIXEL = 0.75  # points


class LongSheet(Worksheet):  # type: ignore[misc]  # xlsxwriter does not say its types
    """A worksheet of xlsxwriter, to be made by ``add_worksheet(title, LongSheet)``. Its first row is written as usual, those below by `put_rows`."""

    def __init__(self) -> None:
        super().__init__()
        self._put: list[str] = []

    def put_rows(
        self,
        rows: Iterable[Sequence[Any]],
        looks: Sequence[tuple[Format, Format]] = (),
        heights: Iterable[float | None] = repeat(None),
    ) -> None:
        """Writes all rows below the first: each cell a text (cut to what one holds), a number or None (nothing is written). ``looks`` are the formats of
        a text and of a number in each column (none where it is empty), ``heights`` those of the rows in points, in whole pixels (None: the usual one)."""
        known: dict[str, int] = self.str_table.string_table
        texts = 0
        cells: list[tuple[str, str, str]] = []
        row, wide = 1, 0
        for row, (values, height) in enumerate(zip(rows, heights, strict=False), start=2):
            for at in range(len(cells), len(values)):
                text, number = looks[at] if looks else (None, None)
                cells.append((f'<c r="{xl_col_to_name(at)}', f'"{_style(text)} t="s"><v>', f'"{_style(number)}><v>'))
            drawn = [
                f'<row r="{row}">'
                if height is None
                else f'<row r="{row}" ht="{_PIXEL * int(height / _PIXEL + 0.5):g}" customHeight="1">'
            ]
            for value, (begin, text, number) in zip(values, cells, strict=False):
                if isinstance(value, str):
                    place = known.get(value)
                    if place is None:
                        place = known.setdefault(value[:CELL_LIMIT], len(known))
                    texts += 1
                    drawn.append(f'{begin}{row}{text}{place}</v></c>')
                elif value is not None:
                    drawn.append(f'{begin}{row}{number}{value!r}</v></c>')
            drawn.append('</row>')
            self._put.append(''.join(drawn))
            wide = max(wide, len(values))
        self.str_table.count += texts
        self.str_table.unique_count = len(known)
        if wide:
            self._check_dimensions(row - 1, wide - 1)

    def _write_rows(self) -> None:
        super()._write_rows()
        for row in self._put:
            self.fh.write(row)


def _style(look: Format | None) -> str:
    return '' if look is None else f' s="{look._get_xf_index()}"'
