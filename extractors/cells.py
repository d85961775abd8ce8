"""The drawn cells of a table and positioned characters → ``Table``."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractors.document import Box, Cell, Table
from extractors.lines import Glyph, Line, flow, lines_of, standing_alone
from extractors.ruling import Grid

# What Word leaves between border and text (0.19 cm and half the border). A column of short centred words shows more than there is.
_PADDING = 5.7


@dataclass(frozen=True, slots=True)
class Layout:
    """A table whose text is still in lines. ``lines`` has those of each cell of the grid."""

    grid: Grid
    page: int
    lines: tuple[tuple[Line, ...], ...]

    def boxes(self) -> list[Box]:
        return [self.grid.box(self.page, cell) for cell in self.grid.cells]


def lay_out(grid: Grid, glyphs: Iterable[Glyph], page: int) -> Layout:
    """The characters as lines of the cells in which their centres lie. ``page`` counts from 1."""
    owner: dict[tuple[int, int], int] = {}
    for at, (row, col, row_span, col_span) in enumerate(grid.cells):
        for r in range(row, row + row_span):
            for c in range(col, col + col_span):
                owner[r, c] = at
    inside: list[list[Glyph]] = [[] for _ in grid.cells]
    last_row, last_col = len(grid.ys) - 2, len(grid.xs) - 2
    left = top = right = bottom = 0.0
    here: list[Glyph] = []
    for glyph in glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        # Most characters stand in the cell of the one before.
        if not (left <= x < right and top <= y < bottom):
            row = min(max(bisect_right(grid.ys, y) - 1, 0), last_row)
            col = min(max(bisect_right(grid.xs, x) - 1, 0), last_col)
            at = owner[row, col]
            row, col, row_span, col_span = grid.cells[at]
            left, top, right, bottom = grid.xs[col], grid.ys[row], grid.xs[col + col_span], grid.ys[row + row_span]
            here = inside[at]
        here.append(glyph)
    return Layout(grid, page, tuple(tuple(lines_of(some)) for some in inside))


def tables_of(layouts: Sequence[Layout]) -> tuple[Table, ...]:
    """The tables of a whole document, in the order given.

    They are made together because a name that stands alone in one cell tells where the names in another cell part.
    """
    widths = [_widths(layout) for layout in layouts]
    alone = frozenset(
        text
        for layout, some in zip(layouts, widths, strict=True)
        for cell, lines, (left, right) in zip(layout.grid.cells, layout.lines, some, strict=True)
        if not _may_be_cut(cell, layout.grid)
        for text in standing_alone(lines, left, right)
        # figures are no names: 1 and 5 stand alone in other cells, and yet 15 may be wrapped in a narrow one
        if not text.isdecimal()
    )
    tables = []
    for index, (layout, some) in enumerate(zip(layouts, widths, strict=True)):
        cells = zip(layout.grid.cells, layout.boxes(), layout.lines, some, strict=True)
        tables.append(
            Table(
                index=index,
                rows=len(layout.grid.ys) - 1,
                cols=len(layout.grid.xs) - 1,
                cells=tuple(
                    Cell(*cell, text=flow(lines, left, right, alone), boxes=(box,), confidence=_confidence(lines))
                    for cell, box, lines, (left, right) in cells
                ),
                page_first=layout.page,
                page_last=layout.page,
                edges=layout.grid.xs,
                parent=_parent(layout, layouts),
                doubtful_rows=layout.grid.doubtful,
            )
        )
    return tuple(tables)


def _may_be_cut(cell: tuple[int, int, int, int], grid: Grid) -> bool:
    """Whether a page break may part the cell: it touches the top or the bottom of the table."""
    row, _, row_span, _ = cell
    return row == 0 or row + row_span == len(grid.ys) - 1


def _confidence(lines: Sequence[Line]) -> float | None:
    return min((line.confidence for line in lines if line.confidence is not None), default=None)


def _widths(layout: Layout) -> list[tuple[float, float]]:
    """Between which positions the text of each cell runs: the least room between border and text that is seen in its column."""
    boxes = layout.boxes()
    least: dict[tuple[float, float], float] = {}
    for box, lines in zip(boxes, layout.lines, strict=True):
        for line in lines:
            seen = min(line.x0 - box.x0, box.x1 - line.x1 + line.tail)
            least[box.x0, box.x1] = min(seen, least.get((box.x0, box.x1), _PADDING))
    rooms = [max(least.get((box.x0, box.x1), _PADDING), 0.0) for box in boxes]
    return [(box.x0 + room, box.x1 - room) for box, room in zip(boxes, rooms, strict=True)]


def _parent(layout: Layout, layouts: Sequence[Layout]) -> tuple[int, int, int] | None:
    """The table and the place of its cell in which this one stands."""
    xs, ys = layout.grid.xs, layout.grid.ys
    for index, other in _neighbours(layout, layouts):
        for (row, col, _, _), box in zip(other.grid.cells, other.boxes(), strict=True):
            if box.x0 <= xs[0] and xs[-1] <= box.x1 and box.top <= ys[0] and ys[-1] <= box.bottom:
                return index, row, col
    return None


def _neighbours(layout: Layout, layouts: Sequence[Layout]) -> Iterator[tuple[int, Layout]]:
    """The other tables of its page whose frame holds this table, each with its index."""
    x, y = layout.grid.xs[0], layout.grid.ys[0]
    for index, other in enumerate(layouts):
        if other is not layout and other.page == layout.page and other.grid.holds(x, y):
            yield index, other
