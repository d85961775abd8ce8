"""Tables drawn with a few characters, for tests: rows are lines, cells stand between ``|``, ``^`` is merged with the cell above,
``<`` with the cell on the left, ``/`` ends a paragraph inside a cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kaohe.extractors.document import Block, Box, Cell, Document, Table
from kaohe.normalizers.lines.line import Line, TableRead
from kaohe.normalizers.lines.scoring_tables import read_tables
from kaohe.normalizers.lines.table_titles import read_titles
from kaohe.normalizers.stitching.table_parts import stitch
from kaohe.normalizers.text.cleaning import clean_block


def draw(
    picture: str,
    index: int = 0,
    *,
    merges: bool = True,
    page: int | None = None,
    edges: tuple[float, ...] | None = None,
) -> Table:
    """The table that the picture shows."""
    grid = [[part.strip() for part in line.strip().split('|')] for line in picture.strip().splitlines()]
    width = len(grid[0])
    assert all(len(line) == width for line in grid), 'every row of the picture needs the same number of cells'
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(grid):
        for col, text in enumerate(line):
            if (row, col) in taken:
                continue
            across = down = 1
            while col + across < width and line[col + across] == '<':
                across += 1
            while row + down < len(grid) and grid[row + down][col] == '^':
                down += 1
            taken |= {(row + y, col + x) for y in range(down) for x in range(across)}
            boxes = () if page is None else (Box(page, 10.0 * col, 10.0 * row, 10.0 * col + 9, 10.0 * row + 9),)
            cells.append(Cell(row, col, down, across, text.replace('/', '\n'), boxes))
    return Table(index, len(grid), width, tuple(cells), page_first=page, page_last=page, merges=merges, edges=edges)


def document(*parts: str | Table, format: str = 'docx') -> Document:
    """A document of paragraphs and tables in this order."""
    blocks: list[Block] = []
    tables: list[Table] = []
    for part in parts:
        if isinstance(part, str):
            blocks.append(Block('paragraph', part))
        else:
            blocks.append(Block('table', table=len(tables), page=part.page_first))
            tables.append(replace(part, index=len(tables)))
    return Document(format, tuple(blocks), tuple(tables))


def read(source: Document) -> tuple[TableRead, ...]:
    """The tables of a document, stitched and read."""
    whole = stitch(source)
    texts = [clean_block(block.text, at) for at, block in enumerate(whole.blocks)]
    return read_tables(whole, read_titles(whole, texts))


def read_picture(picture: str, title: str = '', **options: bool) -> TableRead:
    """The one table of a document with this title and picture."""
    (table,) = read(document(*([title] if title else []), draw(picture, **options)))
    return table


def says(lines: Sequence[Line], *columns: str) -> list[tuple[str | None, ...]]:
    """What the lines say in these columns, as plain strings; ``level1`` and ``level1_points`` count from the highest category."""
    return [tuple(_value(line, column) for column in columns) for line in lines]


def _value(line: Line, column: str) -> str | None:
    if column.startswith('level'):
        depth = int(column[5]) - 1
        if depth >= len(line.levels):
            return None
        level = line.levels[depth]
        value: object = level.points if column.endswith('points') else level.title
    else:
        value = getattr(line, column)
    return None if value is None else str(value)
