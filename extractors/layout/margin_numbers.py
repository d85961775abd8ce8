"""Numbers of lines, printed down the margin of a page: 1, 2, 3 … or 5, 10, 15 … They belong to the page and not to the notice."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kaohe.extractors.layout.aligned_text import Piece, lines_in_pieces
from kaohe.extractors.layout.ruling import TOLERANCE, RuledGrid
from kaohe.extractors.layout.text_lines import Glyph

# So many numbers down the margin count lines; some of them stand beside a table, which counts its own rows inside.
_LEAST = 6
_LEAST_BESIDE = 1
_STEPS = (1, 2, 5, 10)


def margin_numbers(grids: Sequence[RuledGrid], glyphs: Sequence[Glyph]) -> tuple[list[Glyph], list[Glyph]]:
    """(the characters of the numbers that count lines beside the ruled tables ``grids``, the others); ``glyphs`` stand outside these tables."""
    digits = [glyph for glyph in glyphs if glyph.text.isdecimal()]
    if not grids or len(digits) < _LEAST:
        return [], list(glyphs)
    left, right = min(grid.frame[0] for grid in grids), max(grid.frame[2] for grid in grids)
    numbers: list[Glyph] = []
    for side in (
        [glyph for glyph in glyphs if glyph.x1 < left + TOLERANCE],
        [glyph for glyph in glyphs if glyph.x0 > right - TOLERANCE],
    ):
        pieces = [piece for line in lines_in_pieces(side) for piece in line]
        for column in _columns([piece for piece in pieces if piece.text.isdecimal() and len(piece.text) <= 4]):
            if _counts(column) and _beside(column, grids) >= _LEAST_BESIDE:
                numbers += [glyph for glyph in side if any(_holds(piece, glyph) for piece in column)]
    gone = set(map(id, numbers))
    return numbers, [glyph for glyph in glyphs if id(glyph) not in gone]


def _columns(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The numbers that end, or begin, at one place across the page."""
    found: list[list[Piece]] = []
    for edge in ('x1', 'x0'):
        places: dict[int, list[Piece]] = {}
        for piece in pieces:
            places.setdefault(round(getattr(piece, edge)), []).append(piece)
        found += places.values()
    return sorted((column for column in found if len(column) >= _LEAST), key=len, reverse=True)[:1]


def _counts(column: Sequence[Piece]) -> bool:
    """Whether the numbers go up by one step, each as far below the last."""
    values = [int(piece.text) for piece in column]
    steps = {after - before for before, after in pairwise(values)}
    pitches = [after.top - before.top for before, after in pairwise(column)]
    return len(steps) == 1 and steps <= {*_STEPS} and max(pitches) - min(pitches) < 0.5 * min(pitches)


def _beside(column: Sequence[Piece], grids: Sequence[RuledGrid]) -> int:
    return sum(any(grid.frame[1] < piece.top < grid.frame[3] for grid in grids) for piece in column)


def _holds(piece: Piece, glyph: Glyph) -> bool:
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    return piece.x0 <= x <= piece.x1 and piece.top <= y <= piece.bottom
