"""Tables that only set running text in columns, two pages on a landscape sheet for one: their cells are paragraphs, column by column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kaohe.extractors.document import Block, Cell, Document, Table
from kaohe.normalizers.columns.content import moves_points
from kaohe.normalizers.columns.header_rows import find_header
from kaohe.normalizers.stitching.counted_anew import counted_anew
from kaohe.normalizers.text.heading_labels import read_label

_MOST_ROWS = 2
_MOST_COLUMNS = 3
# A column of text has so many paragraphs, of which so many are numbered.
_FEWEST_LINES = 3
_FEWEST_NUMBERED = 2
# So many of all of them move points, else nothing is lost by leaving the table a table.
_FEWEST_MOVING = 2


def as_text(document: Document) -> Document:
    """The document with the cells of such tables as paragraphs in the place of the table; tables and findings are counted anew."""
    gone = {table.index for table in document.tables if _sets_text(table)}
    gone -= {table.parent[0] for table in document.tables if table.parent}
    if not gone:
        return document
    blocks: list[Block] = []
    for block in document.blocks:
        if block.table is not None and block.table in gone:
            blocks.extend(_paragraphs(document.tables[block.table]))
        else:
            blocks.append(block)
    findings = tuple(
        replace(found, table=None, row=None, col=None) if found.table in gone else found for found in document.findings
    )
    left = replace(document, blocks=tuple(blocks), findings=findings)
    return counted_anew(left, [table for table in document.tables if table.index not in gone])


def _sets_text(table: Table) -> bool:
    written = [cell for cell in table.cells if cell.text.strip()]
    if table.parent or table.rows > _MOST_ROWS or not 1 < table.cols <= _MOST_COLUMNS or len(written) < 2:
        return False
    if not all(_is_running_text(cell) for cell in written) or find_header(table, table.grid()) is not None:
        return False
    return sum(moves_points(line) for cell in written for line in cell.text.split('\n')) >= _FEWEST_MOVING


def _is_running_text(cell: Cell) -> bool:
    lines = [line for line in cell.text.split('\n') if line.strip()]
    return len(lines) >= _FEWEST_LINES and sum(read_label(line) is not None for line in lines) >= _FEWEST_NUMBERED


def _paragraphs(table: Table) -> Iterator[Block]:
    for cell in sorted(table.cells, key=lambda cell: (cell.col, cell.row)):
        page = cell.boxes[0].page if cell.boxes else table.page_first
        for line in cell.text.split('\n'):
            if line.strip():
                yield Block('paragraph', line, page=page)
