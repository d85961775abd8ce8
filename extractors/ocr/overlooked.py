"""Writing that the detector of text overlooked: ink in the cells of ruled tables that no recognised character covers.

Detectors of text pass over single characters in wide cells (a column of numbers 1, 2, 3) and over short lines under short lines. Where a
table is ruled, everything inside a cell is writing, so what is left over can be found by its ink alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kaohe.extractors.layout.ruling import RuledLine, find_grids, straightened
from kaohe.extractors.layout.text_lines import Glyph

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_DARK = 160
# Specks are smaller than this share of a character's height; a dash and 一 are as wide as a character.
_SPECK = 0.3
# A border and the blur beside it, in points.
_BORDER = 2.0
# Where a recogniser says that a character stands is right give or take this share of its height along the line, and a little across.
_ASIDE = 0.6
_BLUR = 3
# So much lower than wide is a character of a line that is written downwards: it is known how wide that is, and its place along it is roughly.
_FLAT = 0.5
# The characters of one line stand nearer than this share of their height.
_ONE_LINE = 1.0
_FAR = 1 << 30
_MOST = 150


class Spot(NamedTuple):
    """A line of unread writing in pixels: rows ``top`` to ``bottom``, columns ``left`` to ``right``."""

    left: int
    top: int
    right: int
    bottom: int


def overlooked(
    picture: npt.NDArray[np.uint8], scale: float, glyphs: Sequence[Glyph], rules: Sequence[RuledLine]
) -> list[Spot]:
    """The lines of unread writing in the tables of a page. ``picture`` is grey, ``scale`` pixels a point; ``glyphs`` and ``rules`` are
    what was read, in points. Nothing where nothing was read: then there is no measure of a character."""
    import numpy as np

    if not glyphs:
        return []
    height = float(np.median([glyph.bottom - glyph.top for glyph in glyphs])) * scale
    ink = picture < _DARK
    aside = _ASIDE * height
    for glyph in glyphs:
        across = aside if _is_of_column(glyph) else _BLUR
        top, bottom = _pixels(glyph.top, scale, -across), _pixels(glyph.bottom, scale, across)
        ink[top:bottom, _pixels(glyph.x0, scale, -aside) : _pixels(glyph.x1, scale, aside)] = False
    found: list[Spot] = []
    for grid in find_grids(*straightened(rules)):
        for cell in grid.cells:
            box = grid.box(1, cell)
            left, top = _pixels(box.x0 + _BORDER, scale), _pixels(box.top + _BORDER, scale)
            right, bottom = _pixels(box.x1 - _BORDER, scale), _pixels(box.bottom - _BORDER, scale)
            inside = ink[top:bottom, left:right]
            found += (
                Spot(left + spot.left, top + spot.top, left + spot.right, top + spot.bottom)
                for spot in _spots(inside, height)
            )
    # A photograph or a stamp in a table is no writing: nobody overlooks so many lines.
    return found if len(found) <= _MOST else []


def _pixels(points: float, scale: float, more: float = 0) -> int:
    return max(round(points * scale + more), 0)


def _is_of_column(glyph: Glyph) -> bool:
    return glyph.bottom - glyph.top < _FLAT * (glyph.x1 - glyph.x0)


def _spots(ink: npt.NDArray[np.bool_], height: float) -> Iterator[Spot]:
    if not ink.any():
        return
    for top, bottom in _lines(_runs(_marked(ink, 1), 1), height):
        for left, right in _runs(_marked(ink[top:bottom], 0), height * _ONE_LINE):
            part = ink[top:bottom, left:right]
            rows = _marked(part, 1)
            first, last = top + rows[0], top + rows[-1] + 1
            if max(last - first, right - left) > _SPECK * height and part.sum() > height / 2:
                yield Spot(left, first, right, last)


def _lines(runs: Iterable[tuple[int, int]], height: float) -> Iterator[tuple[int, int]]:
    """Lines of writing from runs of inked rows: runs that are the parts of one character (三) joined, lines that touch parted."""
    line: tuple[int, int] | None = None
    for start, end in (*runs, (_FAR, _FAR)):
        if line is not None and end - line[0] <= height:
            line = (line[0], end)
            continue
        if line is not None:
            count = max(round((line[1] - line[0]) / height), 1)
            edges = [line[0] + (line[1] - line[0]) * at // count for at in range(count + 1)]
            yield from pairwise(edges)
        line = (start, end)


def _marked(ink: npt.NDArray[np.bool_], along: int) -> list[int]:
    """The rows (``along`` 1) or columns (0) with ink."""
    import numpy as np

    return [int(at) for at in np.flatnonzero(np.asarray(ink.any(axis=along)))]


def _runs(marked: Sequence[int], gap: float) -> Iterator[tuple[int, int]]:
    """The half-open runs of marked places, those joined that are at most ``gap`` apart."""
    start = end = -1
    for at in marked:
        if start < 0 or at - end > gap:
            if start >= 0:
                yield start, end
            start = at
        end = at + 1
    if start >= 0:
        yield start, end
