"""Tables that paragraphs draw with tabs or blanks: read as tables where their points add up to the total that they print, for then the columns are
told apart rightly; else they stay text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kaohe.extractors.document import Block, Cell, Document, Table
from kaohe.normalizers.columns.grid_rows import is_total
from kaohe.normalizers.columns.header_rows import is_header_row
from kaohe.normalizers.columns.points_cell import cell_points
from kaohe.normalizers.lines.scoring_tables import weigh_table
from kaohe.normalizers.stitching.counted_anew import FURTHER, with_tables

_APART = re.compile(r'\t+|[ \u3000]{2,}')
_FEWEST_COLUMNS = 3
_FEWEST_ROWS = 3


def with_spaced(document: Document) -> Document:
    """The document with such paragraphs as tables; tables are counted anew, findings follow them."""
    found = {
        first: (last, table)
        for first, last, rows in _runs(document.blocks)
        if weigh_table(table := _drawn(rows, document.blocks[first])).proved
    }
    return _inserted(document, found) if found else document


def _runs(blocks: Sequence[Block]) -> Iterator[tuple[int, int, list[list[str]]]]:
    """First and last block of paragraphs that follow one another as rows under heads, up to the row that adds them up, and their cells."""
    first, heads, rows = 0, 0, list[list[str]]()
    for at, block in enumerate(blocks):
        cells = _cells(block)
        if len(cells) >= _FEWEST_COLUMNS and is_header_row(_line(cells), 0):
            first, heads, rows = at, len(cells), [cells]
            continue
        closing = _closing(cells, heads)
        if not heads or (closing is None and len(cells) != heads):
            heads = 0
            continue
        rows.append(cells if closing is None else closing)
        if closing is not None:
            if len(rows) >= _FEWEST_ROWS:
                yield first, at, rows
            heads = 0


def _cells(block: Block) -> list[str]:
    if block.kind != 'paragraph' or not block.text.strip() or '\n' in block.text:
        return []
    return [cell.strip() for cell in _APART.split(block.text.strip())]


def _closing(cells: Sequence[str], heads: int) -> list[str] | None:
    """The row of a total: its words first, its points where the columns end, nothing between; blanks print no empty cells."""
    if len(cells) == 2 <= heads and is_total(cells[0]) and cell_points(cells[1]) is not None:
        return [cells[0], *[''] * (heads - 2), cells[1]]
    return None


def _line(cells: Sequence[str], row: int = 0) -> list[Cell]:
    return [Cell(row, col, 1, 1, text) for col, text in enumerate(cells)]


def _drawn(rows: Sequence[Sequence[str]], block: Block) -> Table:
    cells = tuple(cell for row, line in enumerate(rows) for cell in _line(line, row))
    return Table(FURTHER, len(rows), len(rows[0]), cells, page_first=block.page, page_last=block.page, merges=False)


def _inserted(document: Document, found: Mapping[int, tuple[int, Table]]) -> Document:
    further = [(first, table) for first, (_, table) in found.items()]
    counted, indexes = with_tables(document, further)
    drawn = dict(zip(found, indexes, strict=True))
    blocks: list[Block] = []
    until = -1
    for at, block in enumerate(counted.blocks):
        if at in drawn:
            until = found[at][0]
            blocks.append(Block('table', table=drawn[at], page=block.page))
        elif at > until:
            blocks.append(block)
    return replace(counted, blocks=tuple(blocks))
