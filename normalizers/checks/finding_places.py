"""How a finding says where: the table's title, the line's number and its first words."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from decimal import Decimal

from kaohe.extractors.findings import Finding
from kaohe.normalizers.catalogue import Catalogue, Indicator

_LONGEST_NAME = 16


def at_line(found: Finding, catalogue: Catalogue, at: int) -> Finding:
    """The finding with its place: indicator ``at``, its table, row and page, and the words that say so."""
    line = catalogue.indicators[at]
    return replace(
        found,
        message=f'{line_place(catalogue, at)}：{found.message}',
        table=line.table,
        row=line.row_first,
        page=line.page,
        indicator=at,
    )


def at_table(found: Finding, catalogue: Catalogue, table: int) -> Finding:
    """The finding with its place: a table."""
    return replace(found, message=f'{table_place(catalogue, table)}：{found.message}', table=table)


def table_place(catalogue: Catalogue, table: int) -> str:
    """``表“2024年考核细则”``, or ``第 2 张表`` where it has no title."""
    title = catalogue.tables[table].title
    return f'表“{title}”' if title else f'第 {table + 1} 张表'


def line_place(catalogue: Catalogue, at: int) -> str:
    """``表“…”第 12 条（完成年度…）``: the line counted within its table, with its own number where it has one; in a workbook with the cell
    where it begins, ``考核表!A5``."""
    line = catalogue.indicators[at]
    words = [short(line_name(line)), address_of(catalogue, line)]
    told = '，'.join(word for word in words if word)
    return f'{table_place(catalogue, line.table)}{line_number(catalogue, at)}（{told}）'


def address_of(catalogue: Catalogue, line: Indicator) -> str:
    """The first cell that begins in the line's first row, as its workbook names it; ``''`` where it is from no workbook."""
    cells = catalogue.tables[line.table].cells
    first = bisect_left(cells, line.row_first, key=lambda cell: cell.row) if line.row_first is not None else len(cells)
    begins = first < len(cells) and cells[first].row == line.row_first
    return (cells[first].address or '') if begins else ''


def line_number(catalogue: Catalogue, at: int) -> str:
    """``第 12 条``, counted within the table from 1 (receipts say 行 for the rows as drawn, header included); ``第 12 条、序号 3`` where the line prints another number."""
    line = catalogue.indicators[at]
    first = bisect_left(catalogue.indicators, line.table, key=lambda other: other.table)
    ordinal = str(1 + at - first)
    return f'第 {ordinal} 条' if line.number in (None, ordinal) else f'第 {ordinal} 条、序号 {line.number}'


def line_name(line: Indicator) -> str:
    """The words that tell the line from others."""
    return line.name or line.requirement or line.criteria or line.level2 or line.level1 or ''


def short(text: str) -> str:
    """The first words of a text on one line."""
    flat = ' '.join(text.split())
    return flat if len(flat) <= _LONGEST_NAME else flat[:_LONGEST_NAME] + '…'


def number(value: Decimal) -> str:
    """The number as people write it: 5, 0.5."""
    return f'{value.normalize():f}'
