"""Tables whose heads stand in the first column, an item a column, and cards of one item (考核项目｜点检｜分值｜50), also one below the other: turned
so that heads stand above and each item is a row.

Only where nothing is left to guess: no cell is without its head, every head is known, points are figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kaohe.extractors.document import Cell, Document, Table
from kaohe.normalizers.columns.grid_rows import distinct, is_total
from kaohe.normalizers.columns.header_rows import is_header_row, read_head
from kaohe.normalizers.columns.points_cell import cell_points
from kaohe.normalizers.text.folding import squeeze

_FEWEST_HEADS = 3
_MOST_HEADS = 12
_TELLING = ('topic', 'content', 'scoring', 'points')


def with_turned(document: Document) -> Document:
    """The document with such tables turned. Their indexes stay; a finding at one of their cells is then one of the table."""
    holding = {table.parent[0] for table in document.tables if table.parent}
    turned = {
        table.index: found
        for table in document.tables
        if table.parent is None and table.index not in holding and (found := _turned(table)) is not None
    }
    if not turned:
        return document
    return replace(
        document,
        tables=tuple(turned.get(table.index, table) for table in document.tables),
        findings=tuple(
            replace(found, row=None, col=None) if found.table in turned else found for found in document.findings
        ),
    )


def _turned(table: Table) -> Table | None:
    grid = table.grid()
    if table.cols < 2:
        return None
    written = [[cell for cell in distinct(line) if cell.row == row] for row, line in enumerate(grid)]
    cards = _pairs(written)
    repeated = bool(cards) and len(cards[0]) > 2  # heads that come again with each card are no values
    for columns, sure in ((cards, repeated), (_items(table), False)):
        if columns and _is_clear(columns, sure=sure):
            return _stood(table, columns)
    return None


def _items(table: Table) -> list[list[Cell]]:
    """The rows of a table without merged cells: each a head and its values."""
    if any(cell.row_span > 1 or cell.col_span > 1 for cell in table.cells):
        return []
    return [[cell for cell in table.cells if cell.row == row] for row in range(table.rows)]


def _pairs(written: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """The heads of a card, each with its value, of cards below each other with one of each; nothing where a row does not alternate so, or a card has
    other heads than the first."""
    if any(len(line) % 2 or any(cell.row_span > 1 for cell in line) for line in written):
        return []
    pairs = [line[at : at + 2] for line in written for at in range(0, len(line), 2)]
    heads = [squeeze(head.text) for head, _ in pairs]
    size = next((at for at in range(1, len(heads)) if heads[at] == heads[0]), len(heads))
    if size == 0 or heads != heads[:size] * (len(heads) // size):
        return []
    return [[pairs[at][0], *(value for _, value in pairs[at::size])] for at in range(size)]


def _is_clear(columns: Sequence[Sequence[Cell]], *, sure: bool) -> bool:
    heads = [column[0] for column in columns]
    kinds = [head.kind if (head := read_head(cell.text)) else None for cell in heads]
    if not _FEWEST_HEADS <= len(heads) <= _MOST_HEADS or None in kinds or kinds.count('points') != 1:
        return False
    if 'scoring' not in kinds or not {'topic', 'content'}.intersection(kinds) or not is_header_row(_line(heads), 0):
        return False
    if not sure and any(_heads_a_column(cell) for column in columns for cell in column[1:]):
        return False
    points = columns[kinds.index('points')][1:]
    return all(cell_points(cell.text) is not None and len(squeeze(cell.text)) <= 6 for cell in points) and all(
        cell.text.strip()
        for kind, column in zip(kinds, columns, strict=True)
        if kind in _TELLING
        for cell in _items_of(column, columns)
    )


def _heads_a_column(cell: Cell) -> bool:
    head = read_head(cell.text)
    return head is not None and head.kind in _TELLING


def _items_of(column: Sequence[Cell], columns: Sequence[Sequence[Cell]]) -> Iterator[Cell]:
    """The values of a row, that of the total (合计) left out."""
    for at, cell in enumerate(column[1:], 1):
        if not is_total(columns[0][at].text):
            yield cell


def _line(cells: Sequence[Cell]) -> list[Cell]:
    return [replace(cell, row=0, col=at, row_span=1, col_span=1) for at, cell in enumerate(cells)]


def _stood(table: Table, columns: Sequence[Sequence[Cell]]) -> Table:
    rows = len(columns[0])
    cells = tuple(
        replace(columns[col][row], row=row, col=col, row_span=1, col_span=1)
        for row in range(rows)
        for col in range(len(columns))
    )
    return replace(
        table,
        rows=rows,
        cols=len(columns),
        cells=cells,
        header_rows=0,
        edges=None,
        doubtful_rows=frozenset(range(rows)) if table.doubtful_rows else frozenset(),
    )
