"""Tables that are ruled with level lines only (三线表): columns from the gaps that all their lines of text share.

What is found here is a guess from white space, so that every row of such a table is doubtful.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence

from kaohe.extractors.layout.ruling import TOLERANCE, RuledGrid, RuledLine
from kaohe.extractors.layout.text_lines import Glyph, TextLine, lines_of

_LEAST_LINES = 3
_LEAST_ROWS = 3
# The part of the rows that has text in more than one column: stripes and decorations have less.
_LEAST_FILLED = 0.6
_LEAST_WIDTH = 100.0
# A gap between columns, in ems: wider than a stretched space.
_GAP = 1.0


def open_grids(level: Sequence[RuledLine], glyphs: Sequence[Glyph]) -> list[RuledGrid]:
    """The tables between level lines of one width that no upright line crosses; ``level`` and ``glyphs`` are what ruled tables left over."""
    found = []
    for lines in _stacks(level):
        grid = _grid(lines, [g for g in glyphs if _within(g, lines)])
        if grid is not None:
            found.append(grid)
    return found


def _stacks(level: Sequence[RuledLine]) -> Iterator[list[RuledLine]]:
    """Level lines that begin and end at the same places, from top to bottom."""
    stacks: list[list[RuledLine]] = []
    for line in sorted(level, key=lambda line: line.top):
        if line.x1 - line.x0 < _LEAST_WIDTH:
            continue
        for stack in stacks:
            if abs(stack[0].x0 - line.x0) <= TOLERANCE and abs(stack[0].x1 - line.x1) <= TOLERANCE:
                stack.append(line)
                break
        else:
            stacks.append([line])
    return (stack for stack in stacks if len(stack) >= _LEAST_LINES)


def _within(glyph: Glyph, lines: Sequence[RuledLine]) -> bool:
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    return lines[0].x0 <= x <= lines[0].x1 and lines[0].top <= y <= lines[-1].top


def _grid(lines: Sequence[RuledLine], glyphs: Sequence[Glyph]) -> RuledGrid | None:
    borders = _borders(glyphs)
    if not borders:
        return None
    xs = (lines[0].x0, *borders, lines[0].x1)
    ys = [line.top for line in lines]
    if len(ys) == _LEAST_LINES:
        ys[2:2] = _row_borders(lines_of([g for g in glyphs if g.top > ys[1] and g.x1 < xs[1]]))
    rows, cols = len(ys) - 1, len(xs) - 1
    # Two rows between three lines are no table: so stand the recipients and the printing office at the end of a notice (版记).
    if rows < _LEAST_ROWS or _filled(xs, ys, glyphs) < _LEAST_FILLED * rows:
        return None
    return RuledGrid(
        xs=xs,
        ys=tuple(ys),
        cells=tuple((row, col, 1, 1) for row in range(rows) for col in range(cols)),
        doubtful=frozenset(range(rows)),
    )


def _filled(xs: Sequence[float], ys: Sequence[float], glyphs: Sequence[Glyph]) -> int:
    """How many rows have text in more than one column."""
    places = {(bisect(ys, (g.top + g.bottom) / 2), bisect(xs, g.x0)) for g in glyphs if not g.text.isspace()}
    rows = [row for row, _ in places]
    return sum(rows.count(row) > 1 for row in set(rows))


def _borders(glyphs: Sequence[Glyph]) -> list[float]:
    """The middles of the gaps that run through all the text."""
    spans = sorted((glyph.x0, glyph.x1, glyph.bottom - glyph.top) for glyph in glyphs if not glyph.text.isspace())
    borders = []
    reached = spans[0][1] if spans else 0.0
    for x0, x1, em in spans:
        if x0 - reached > _GAP * em:
            borders.append((reached + x0) / 2)
        reached = max(reached, x1)
    return borders


def _row_borders(lines: Sequence[TextLine]) -> list[float]:
    """Between the lines of the first column: a row begins where it does. Further lines of a row leave the first column blank."""
    return [line.top - 0.1 * line.size for line in lines[1:]]
