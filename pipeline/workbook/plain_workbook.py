"""Workbooks to look at and to print: sheets of rows under a header, on A4 across. Those that people change and give back are drawn by ``drawing``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from kaohe.pipeline.workbook.sheets import CELL_LIMIT

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_TITLE_LIMIT = 28
_FORBIDDEN = frozenset("[]:*?/\\'")


@dataclass(frozen=True, slots=True)
class PlainSheet:
    """A sheet: ``columns`` are the titles with their widths in characters, ``below`` stands two rows under the last, by column."""

    title: str
    columns: Sequence[tuple[str, float]]
    rows: Sequence[Sequence[object]]
    below: tuple[tuple[int, str], ...] = ()


def plain_workbook(sheets: Iterable[PlainSheet]) -> bytes:
    """The workbook. Texts that look like formulas stay texts; titles are cut to what Excel allows and told apart."""
    from xlsxwriter import Workbook

    written = BytesIO()
    with Workbook(written, {'strings_to_formulas': False, 'strings_to_urls': False, 'in_memory': True}) as book:
        head = book.add_format({'bold': True, 'bg_color': '#E9EDF0', 'border': 1, 'text_wrap': True, 'valign': 'top'})
        body = book.add_format({'border': 1, 'text_wrap': True, 'valign': 'top'})
        taken: set[str] = set()
        for sheet in sheets:
            _draw(book.add_worksheet(_title(sheet.title, taken)), sheet, head, body)
    return written.getvalue()


def _draw(page: Worksheet, sheet: PlainSheet, head: Format, body: Format) -> None:
    for col, (title, width) in enumerate(sheet.columns):
        page.set_column(col, col, width)
        page.write_string(0, col, title, head)
    for row, values in enumerate(sheet.rows, start=1):
        for col, value in enumerate(values):
            page.write(row, col, value[:CELL_LIMIT] if isinstance(value, str) else value, body)
    for col, text in sheet.below:
        page.write_string(len(sheet.rows) + 2, col, text)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(len(sheet.rows), 1), max(len(sheet.columns) - 1, 0))
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_footer('&C第 &P 页，共 &N 页')


def _title(wanted: str, taken: set[str]) -> str:
    name = ''.join('_' if character in _FORBIDDEN else character for character in wanted)[:_TITLE_LIMIT] or '表'
    unique, number = name, 2
    while unique.lower() in taken:
        unique, number = f'{name}{number}', number + 1
    taken.add(unique.lower())
    return unique
