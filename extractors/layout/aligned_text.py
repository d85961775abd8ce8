"""Columns that are drawn with white space alone: lines of text fall into pieces, and where the gaps of most lines meet, a column ends.

A few lines may run over a border: heads that stand over several columns, section heads, a label that is too long.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from kaohe.extractors.layout.ruling import RuledGrid, RuledLine
from kaohe.extractors.layout.text_lines import Glyph

# A gap between two pieces of a line, in ems: wider than the blank of a justified line.
GAP = 0.6
# The part of the lines that may run over a border, and the part that has text in a column.
_CROSSING = 0.12
_LEAST_USED = 0.15
# Among so many lines one may run over a border.
_SEVERAL = 6
_LEAST_GAP = 0.25


class Piece(NamedTuple):
    """Characters of a line that stand close together."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


Line = list[Piece]


class AlignedRow(NamedTuple):
    """A row of a table: its pieces, and how far down it reaches."""

    pieces: list[Piece]
    top: float
    bottom: float


def lines_in_pieces(glyphs: Sequence[Glyph]) -> list[Line]:
    """The level lines of the characters from top to bottom, each from left to right in pieces."""
    rows: list[list[Glyph]] = []
    top = bottom = 0.0
    for glyph in sorted(
        (glyph for glyph in glyphs if not glyph.turn and not glyph.text.isspace()), key=lambda one: one.top + one.bottom
    ):
        overlap = min(bottom, glyph.bottom) - max(top, glyph.top)
        if rows and overlap > 0.5 * min(bottom - top, glyph.bottom - glyph.top):
            rows[-1].append(glyph)
            if glyph.bottom - glyph.top > bottom - top:
                top, bottom = glyph.top, glyph.bottom
        else:
            rows.append([glyph])
            top, bottom = glyph.top, glyph.bottom
    return [_pieces(row) for row in rows]


def _pieces(row: list[Glyph]) -> Line:
    row.sort(key=lambda glyph: glyph.x0)
    found: Line = []
    for text, x0, top, x1, bottom, _, _ in row:
        last = found[-1] if found else None
        if last and x0 - last.x1 <= GAP * max(bottom - top, last.bottom - last.top):
            found[-1] = Piece(last.text + text, last.x0, min(last.top, top), max(last.x1, x1), max(last.bottom, bottom))
        else:
            found.append(Piece(text, x0, top, x1, bottom))
    return found


def column_borders(lines: Sequence[Line], every: Sequence[Line]) -> list[float]:
    """Where columns part: in the gaps that nearly all of ``lines`` have in common, each where the fewest of ``every`` line run over it."""
    if not lines:
        return []
    allowed = max(int(_CROSSING * len(lines)), len(lines) >= _SEVERAL)
    least = max(2.0, _LEAST_USED * len(lines))
    ends = sorted({x for line in every for piece in line for x in (piece.x0, piece.x1)})
    middles = [(left + right) / 2 for left, right in pairwise(ends)]
    crossed = [_crossing(lines, x) for x in middles]
    em = median(piece.bottom - piece.top for line in lines for piece in line)
    borders: list[float] = []
    at = 0
    while at < len(crossed):
        if crossed[at] > allowed:
            at += 1
            continue
        start = at
        while at < len(crossed) and crossed[at] <= allowed:
            at += 1
        best = min((crossed[one], _crossing(every, middles[one])) for one in range(start, at))
        # of the places that fewest lines cross, the widest
        left, right = max(
            (
                (ends[one], ends[one + 1])
                for one in range(start, at)
                if (crossed[one], _crossing(every, middles[one])) == best
            ),
            key=lambda span: span[1] - span[0],
        )
        if right - left > _LEAST_GAP * em:
            borders.append((left + right) / 2)
    return _used(borders, lines, least)


def _crossing(lines: Sequence[Line], x: float) -> int:
    """How many lines run over a place."""
    return sum(any(piece.x0 < x < piece.x1 for piece in line) for line in lines)


def crosses(band: AlignedRow, borders: Sequence[float]) -> bool:
    """Whether a piece of the row stands on both sides of a border."""
    return any(piece.x0 < border < piece.x1 for piece in band.pieces for border in borders)


def _used(borders: list[float], lines: Sequence[Line], least: float) -> list[float]:
    """The borders without those that make a column in which hardly any line has text."""
    kept = list(borders)
    while kept:
        used = [0] * (len(kept) + 1)
        for line in lines:
            for col in {bisect_right(kept, (piece.x0 + piece.x1) / 2) for piece in line}:
                used[col] += 1
        empty = next((col for col, count in enumerate(used) if count < least), None)
        if empty is None:
            break
        kept.pop(max(empty - 1, 0))
    return kept


def aligned_grid(
    borders: Sequence[float], bands: Sequence[AlignedRow], left: float, right: float, over: Sequence[RuledLine] = ()
) -> RuledGrid:
    """The table whose rows are ``bands``. ``over`` are level lines below heads that stand over several columns."""
    xs = (left, *borders, right)
    ys = (
        bands[0].top,
        *((one.bottom + two.top) / 2 for one, two in pairwise(bands)),
        bands[-1].bottom,
    )
    cells: list[tuple[int, int, int, int]] = []
    for row, band in enumerate(bands):
        cells += _cells(row, band, xs, [line for line in over if abs(line.top - ys[row + 1]) < _NEAR])
    return RuledGrid(tuple(xs), ys, tuple(cells), frozenset(range(len(bands))))


# How far a line below a head may lie from the border of its row.
_NEAR = 6.0


def _cells(
    row: int, band: AlignedRow, xs: Sequence[float], over: Sequence[RuledLine]
) -> list[tuple[int, int, int, int]]:
    cols = len(xs) - 1
    taken: dict[int, int] = {}
    spans: list[tuple[int, int]] = []
    for piece in sorted(band.pieces, key=lambda one: one.x0 - one.x1):
        middle = (piece.x0 + piece.x1) / 2
        below = next((line for line in over if line.x0 - 1 <= middle <= line.x1 + 1), None)
        first, last = _reach(piece.x0, piece.x1, xs)
        if below is not None:
            under = [col for col in range(cols) if below.x0 - 2 <= (xs[col] + xs[col + 1]) / 2 <= below.x1 + 2] or [
                first
            ]
            first, last = min(first, under[0]), max(last, under[-1])
        spans.append((first, last))
    for first, last in sorted(spans, key=lambda span: span[1] - span[0]):
        if any(col in taken for col in range(first, last + 1)):
            continue
        for col in range(first, last + 1):
            taken[col] = first
    found = []
    col = 0
    while col < cols:
        end = col + 1
        while end < cols and col in taken and taken.get(end) == taken[col]:
            end += 1
        found.append((row, col, 1, end - col))
        col = end
    return found


def _reach(x0: float, x1: float, xs: Sequence[float]) -> tuple[int, int]:
    """The first and the last column in which a piece has more than its edge."""
    last_col = len(xs) - 2
    edge = min(3.0, (x1 - x0) / 4)
    first = min(max(bisect_right(xs, x0 + edge) - 1, 0), last_col)
    last = min(max(bisect_right(xs, x1 - edge) - 1, first), last_col)
    return first, last
