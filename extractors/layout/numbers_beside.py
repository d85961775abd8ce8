"""Running numbers printed left of a ruled table whose frame does not hold them: 序号 level with its head, 1, 2, 3 … level with its rows. They are its
first column."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kaohe.extractors.layout.aligned_text import Piece, lines_in_pieces
from kaohe.extractors.layout.ruling import TOLERANCE, RuledGrid
from kaohe.extractors.layout.text_lines import Glyph

_HEADS = frozenset({'序号', '编号', '序'})
_LEAST = 2
_MARGIN = 2.0


def with_numbers_beside(grids: Sequence[RuledGrid], glyphs: Sequence[Glyph]) -> list[RuledGrid]:
    """The tables, each with the column of numbers that stands left of it; ``glyphs`` are the characters outside all of them."""
    digits = any(glyph.text.isdecimal() for glyph in glyphs)
    return [_widened(grid, glyphs) if digits else grid for grid in grids]


def _widened(grid: RuledGrid, glyphs: Sequence[Glyph]) -> RuledGrid:
    left, top, _, bottom = grid.frame
    side = [glyph for glyph in glyphs if glyph.x1 < left + TOLERANCE]
    pieces = [piece for line in lines_in_pieces(side) for piece in line]
    beside = [piece for piece in pieces if top < (piece.top + piece.bottom) / 2 < bottom]
    if len(beside) <= _LEAST or not _count_rows(grid, beside, whole=len(beside) == len(pieces)):
        return grid
    return replace(
        grid,
        xs=(min(piece.x0 for piece in beside) - _MARGIN, *grid.xs),
        cells=tuple(
            sorted(
                [
                    *((row, 0, 1, 1) for row in range(len(grid.ys) - 1)),
                    *((row, col + 1, down, across) for row, col, down, across in grid.cells),
                ]
            )
        ),
    )


def _count_rows(grid: RuledGrid, pieces: Sequence[Piece], *, whole: bool) -> bool:
    """Whether the pieces are the head and one number after the other, no two level with one row; without the head, as on a page that goes on, one
    number level with each row, and no other piece in the margin (``whole``)."""
    headed = pieces[0].text in _HEADS
    numbers = pieces[headed:]
    if not all(piece.text.isdecimal() and len(piece.text) <= 3 for piece in numbers):
        return False
    rows = [bisect_right(grid.ys, (piece.top + piece.bottom) / 2) - 1 for piece in pieces]
    values = [int(piece.text) for piece in numbers]
    counted = all(after == before + 1 for before, after in pairwise(values))
    apart = len(set(rows)) == len(rows)
    if headed:
        return counted and apart and values[0] == 1
    return counted and apart and whole and values[0] > 1 and len(rows) == len(grid.ys) - 1
