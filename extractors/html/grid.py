"""The cells of an HTML table laid out on a grid, as browsers do it: spans open room, absurd spans are cut to what is there."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

MAX_GRID = 1_000_000
_LONGEST_SPAN = 100  # a wider one means “the rest of the row”

Content = TypeVar('Content')


@dataclass(frozen=True, slots=True)
class Spanning(Generic[Content]):
    """A cell as written: what it holds and the spans it asks for (``row_span`` 0: to the end of the table)."""

    content: Content
    row_span: int = 1
    col_span: int = 1


@dataclass(frozen=True, slots=True)
class Placed(Generic[Content]):
    """A cell on the grid; ``content`` is None where no cell was written and a blank one closes the hole."""

    row: int
    col: int
    row_span: int
    col_span: int
    content: Content | None


@dataclass(frozen=True, slots=True)
class HtmlGrid(Generic[Content]):
    """A table laid out: ``cells`` tile ``rows`` x ``cols`` exactly once, by row, then column. ``left_out`` rows did not fit in."""

    rows: int
    cols: int
    cells: tuple[Placed[Content], ...]
    left_out: int = 0


def lay_out(rows: Sequence[Sequence[Spanning[Content]]]) -> HtmlGrid[Content]:
    """The grid of these rows. Rows and columns in which no cell begins are dropped: nobody sees them."""
    widest = max(
        (sum(cell.col_span if cell.col_span <= _LONGEST_SPAN else 1 for cell in row) for row in rows), default=0
    )
    kept = rows[: max(1, MAX_GRID // max(widest, 1))]
    owner: list[dict[int, int]] = [{} for _ in kept]
    room = MAX_GRID  # places that cells may still take; with none left, spans are not followed
    cells: list[Placed[Content]] = []
    for number, row in enumerate(kept):
        col = 0
        for cell in row:
            while col in owner[number]:
                col += 1
            wanted = max(1, cell.col_span if cell.col_span <= _LONGEST_SPAN else widest - col)
            span = next((n for n in range(1, wanted) if col + n in owner[number]), wanted)
            height = min(cell.row_span or len(kept), len(kept) - number)
            if height * span > room:
                height = span = 1
            tall = next(
                (n for n in range(1, height) if not owner[number + n].keys().isdisjoint(range(col, col + span))), height
            )
            for below in range(number, number + tall):
                for right in range(col, col + span):
                    owner[below][right] = len(cells)
            room -= tall * span
            cells.append(Placed(number, col, tall, span, cell.content))
            col += span
    return _compressed(cells, owner, len(rows) - len(kept))


def _compressed(cells: list[Placed[Content]], owner: list[dict[int, int]], left_out: int) -> HtmlGrid[Content]:
    """The grid without rows and columns in which no cell begins, its holes closed with blank cells."""
    rows = sorted({cell.row for cell in cells})
    cols = sorted({cell.col for cell in cells})
    most = max(1, MAX_GRID // max(1, len(cols)))
    left_out += len(rows[most:])
    cells = [cell for cell in cells if cell.row <= rows[most - 1]] if rows[most:] else cells
    del rows[most:]
    placed: list[Placed[Content]] = []
    for cell in cells:
        row, col = _below(rows, cell.row), _below(cols, cell.col)
        bottom, right = _below(rows, cell.row + cell.row_span), _below(cols, cell.col + cell.col_span)
        placed.append(Placed(row, col, bottom - row, right - col, cell.content))
    for row, at in enumerate(rows):
        placed += [Placed(row, col, 1, 1, None) for col, there in enumerate(cols) if there not in owner[at]]
    placed.sort(key=lambda cell: (cell.row, cell.col))
    return HtmlGrid(len(rows), len(cols), tuple(placed), left_out)


def _below(places: Sequence[int], place: int) -> int:
    """How many of the places lie below this one."""
    return bisect_left(places, place)
