"""The drawn cells of a table and positioned characters → ``Table``."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kaohe.extractors.document import Box, Cell, Table
from kaohe.extractors.layout.ruling import RuledGrid
from kaohe.extractors.layout.text_lines import Glyph, TextLine, lines_of
from kaohe.extractors.layout.wrapping import flow, runs_of

# What Word leaves between border and text (0.19 cm and half the border). A column of short centred words shows more than there is.
_PADDING = 5.7


@dataclass(frozen=True, slots=True)
class Layout:
    """A table whose text is still in lines. ``lines`` has those of each cell of the grid."""

    grid: RuledGrid
    page: int
    lines: tuple[tuple[TextLine, ...], ...]

    def boxes(self) -> list[Box]:
        return [self.grid.box(self.page, cell) for cell in self.grid.cells]


def lay_out(grid: RuledGrid, glyphs: Iterable[Glyph], page: int) -> Layout:
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
        _, x0, y0, x1, y1, _, _ = glyph
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
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
    boxes = [layout.boxes() for layout in layouts]
    runs = [_runs(layout, some) for layout, some in zip(layouts, boxes, strict=True)]
    alone = frozenset(
        run[0]
        for layout, some in zip(layouts, runs, strict=True)
        for cell, cell_runs in zip(layout.grid.cells, some, strict=True)
        if not _may_be_cut(cell, layout.grid)
        for run in cell_runs
        # figures are no names: 1 and 5 stand alone in other cells, and yet 15 may be wrapped in a narrow one
        if len(run) == 1 and not run[0].isdecimal()
    )
    on_page: dict[int, list[tuple[int, Layout]]] = {}
    for index, layout in enumerate(layouts):
        on_page.setdefault(layout.page, []).append((index, layout))
    tables = []
    for index, layout in enumerate(layouts):
        cells = zip(layout.grid.cells, boxes[index], layout.lines, runs[index], strict=True)
        tables.append(
            Table(
                index=index,
                rows=len(layout.grid.ys) - 1,
                cols=len(layout.grid.xs) - 1,
                cells=tuple(
                    Cell(*cell, text=flow(cell_runs, alone), boxes=(box,), confidence=_confidence(lines))
                    for cell, box, lines, cell_runs in cells
                ),
                page_first=layout.page,
                page_last=layout.page,
                edges=layout.grid.xs,
                parent=_parent(layout, on_page[layout.page]),
                doubtful_rows=layout.grid.doubtful,
            )
        )
    return tuple(tables)


def _may_be_cut(cell: tuple[int, int, int, int], grid: RuledGrid) -> bool:
    """Whether a page break may part the cell: it touches the top or the bottom of the table."""
    row, _, row_span, _ = cell
    return row == 0 or row + row_span == len(grid.ys) - 1


def _confidence(lines: Sequence[TextLine]) -> float | None:
    return min((line.confidence for line in lines if line.confidence is not None), default=None)


def _runs(layout: Layout, boxes: Sequence[Box]) -> list[list[list[str]]]:
    """The lines of each cell, those joined that its width wrapped. The text runs between positions that leave the least room between
    border and text that is seen in the column."""
    least: dict[tuple[float, float], float] = {}
    for box, lines in zip(boxes, layout.lines, strict=True):
        for line in lines:
            seen = min(line.x0 - box.x0, box.x1 - line.x1 + line.tail)
            least[box.x0, box.x1] = min(seen, least.get((box.x0, box.x1), _PADDING))
    rooms = [max(least.get((box.x0, box.x1), _PADDING), 0.0) for box in boxes]
    return [
        runs_of(lines, box.x0 + room, box.x1 - room)
        for lines, box, room in zip(layout.lines, boxes, rooms, strict=True)
    ]


def _parent(layout: Layout, on_page: Sequence[tuple[int, Layout]]) -> tuple[int, int, int] | None:
    """The table and the place of its cell in which this one stands; ``on_page`` are the tables of its page, each with its index."""
    xs, ys = layout.grid.xs, layout.grid.ys
    for index, other in on_page:
        if other is layout or not other.grid.holds(xs[0], ys[0]):
            continue
        for (row, col, _, _), box in zip(other.grid.cells, other.boxes(), strict=True):
            if box.x0 <= xs[0] and xs[-1] <= box.x1 and box.top <= ys[0] and ys[-1] <= box.bottom:
                return index, row, col
    return None
