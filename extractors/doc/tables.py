"""From rows with borders, as Word 97-2003 files define them, to a table whose cells tile a grid."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from kaohe.extractors.doc.sprm import DrawnCell, RowModifiers
from kaohe.extractors.document import Cell, Table

# Borders closer than this (twentieths of a point) are one: Word itself draws them on top of each other.
_SAME_BORDER = 36
_ASSUMED_WIDTH = 1000


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """The texts of a row's cells, and the row's definition where the file has one."""

    texts: tuple[str, ...]
    row: RowModifiers | None


@dataclass
class _Region:
    """A cell while the rows that it covers are being read."""

    row: int
    first: int
    last: int
    texts: list[str]
    rows: int = 1


@dataclass
class _Grid:
    regions: list[_Region] = field(default_factory=list)
    places: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)


def table(
    rows: Sequence[DrawnRow], index: int, parent: tuple[int, int, int] | None
) -> tuple[Table, dict[tuple[int, int], tuple[int, int]]] | None:
    """(the table, where in its grid the n-th cell of each row stands); None where the rows have no cell."""
    drawn = [_drawn(line) for line in rows]
    edges = _edges([cell for line in drawn for cell in line])
    if len(edges) < 2:
        return None
    grid = _Grid()
    above: list[_Region | None] = [None] * (len(edges) - 1)
    for number, (line, cells) in enumerate(zip(rows, drawn, strict=True)):
        above = _place(grid, number, line, cells, edges, above)
    tiles = tuple(
        Cell(region.row, region.first, region.rows, region.last - region.first, _together(region.texts))
        for region in sorted(grid.regions, key=lambda region: (region.row, region.first))
    )
    header = 0
    while header < len(rows) and (definition := rows[header].row) and definition.header:
        header += 1
    made = Table(
        index,
        len(rows),
        len(edges) - 1,
        tiles,
        header_rows=header,
        edges=tuple(edge / 20 for edge in edges),
        parent=parent,
    )
    return made, grid.places


def _together(texts: Sequence[str]) -> str:
    """The text of a cell that is merged of several: programs repeat it in each of them, and Word shows it once."""
    return '\n'.join(dict.fromkeys(text for text in texts if text.strip()))


def _drawn(line: DrawnRow) -> list[DrawnCell]:
    """A border for every text: those that the row defines, and assumed ones for the rest."""
    cells = list(line.row.cells[: len(line.texts)]) if line.row else []
    while len(cells) < len(line.texts):
        left = cells[-1].right if cells else 0
        cells.append(DrawnCell(left, left + _ASSUMED_WIDTH, False, False, False))
    return cells


def _edges(cells: Sequence[DrawnCell]) -> list[int]:
    """The borders between columns, from left to right."""
    found: list[int] = []
    for edge in sorted({edge for cell in cells for edge in (cell.left, cell.right)}):
        if not found or edge - found[-1] > _SAME_BORDER:
            found.append(edge)
    return found


def _column(edges: list[int], x: int) -> int:
    """Which border stands at ``x``."""
    return min(bisect_left(edges, x - _SAME_BORDER), len(edges) - 1)


def _place(
    grid: _Grid, row: int, line: DrawnRow, cells: list[DrawnCell], edges: list[int], above: list[_Region | None]
) -> list[_Region | None]:
    """Puts a row's cells into the grid; what they leave free is a blank cell. Returns the region over each column."""
    covering: list[_Region | None] = [None] * (len(edges) - 1)
    before: _Region | None = None
    at = 0
    for ordinal, (cell, text) in enumerate(zip(cells, line.texts, strict=True)):
        first, last = max(at, _column(edges, cell.left)), _column(edges, cell.right)
        if before is not None and (cell.continues_left or first >= last):
            # Merged with its left neighbour, or drawn without width: its text is the neighbour's.
            before.texts.append(text)
            first, last = at, max(at, last)
            before.last = max(before.last, last) if before.row == row else before.last
            region = before
        elif first >= last:
            continue
        else:
            upper = above[first]
            same = upper is not None and (upper.first, upper.last) == (first, last)
            if cell.continues_above and same and upper is not None:
                region = upper
                region.texts.append(text)
                region.rows += 1
            else:
                region = _Region(row, first, last, [text])
                grid.regions.append(region)
            _fill(grid, row, at, first)
        grid.places[row, ordinal] = (region.row, region.first)
        covering[first:last] = [region] * (last - first)
        before, at = region, max(at, last)
    _fill(grid, row, at, len(edges) - 1)
    return covering


def _fill(grid: _Grid, row: int, first: int, last: int) -> None:
    if first < last:
        grid.regions.append(_Region(row, first, last, ['']))
