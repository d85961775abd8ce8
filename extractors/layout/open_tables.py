"""Tables that are ruled with level lines only (三线表): columns from the gaps that nearly all their lines of text share.

What is found here is a guess from white space, so that every row of such a table is doubtful.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kaohe.extractors.layout.aligned_text import (
    AlignedRow,
    Line,
    aligned_grid,
    column_borders,
    crosses,
    lines_in_pieces,
)
from kaohe.extractors.layout.ruling import TOLERANCE, RuledGrid, RuledLine
from kaohe.extractors.layout.text_lines import Glyph

_LEAST_LINES = 3
_LEAST_ROWS = 3
# The part of the rows that has text in more than one column: stripes and decorations have less.
_LEAST_FILLED = 0.6
_LEAST_WIDTH = 100.0
# The part of the rows of which a text may run over a border.
_MOST_CROSSED = 0.35
# A text that runs over this part of the borders is prose.
_PROSE = 0.7
# Many lines between two level lines are rows of their own where so many of their pieces are numbers.
_MANY = 4
_NUMBERS = 0.5
_SIGNS = frozenset('0123456789０１２３４５６７８９-–—−+±$€¥(<>≤≥.*†')


def open_grids(level: Sequence[RuledLine], glyphs: Sequence[Glyph]) -> list[RuledGrid]:
    """The tables between level lines of one width that no upright line crosses; ``level`` and ``glyphs`` are what ruled tables left over."""
    found = []
    for lines in _stacks(level):
        inside = [line for line in level if lines[0].x0 - TOLERANCE <= line.x0 and line.x1 <= lines[-1].x1 + TOLERANCE]
        parts = _parts([line.top for line in lines], lines_in_pieces([g for g in glyphs if _within(g, lines)]))
        found += _grids(lines, parts, inside)
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


def _grids(lines: Sequence[RuledLine], parts: Sequence[list[Line]], level: Sequence[RuledLine]) -> list[RuledGrid]:
    """The tables of a stack of lines with the lines of text between them: from the part that holds most rows as far as its columns reach."""
    if len(lines) < _LEAST_LINES:
        return []
    largest = max(range(len(parts)), key=lambda at: sum(len(line) > 1 for line in parts[at]))
    listed = len(parts[largest]) >= _MANY
    body = parts[largest] if listed else [line for part in parts for line in part]
    borders = column_borders(body, body)
    if not borders:
        return []
    first, last = (largest, largest) if listed else (0, len(parts) - 1)
    while first and not any(_runs_over(line, borders) for line in parts[first - 1]):
        first -= 1
    while last + 1 < len(parts) and not any(_runs_over(line, borders) for line in parts[last + 1]):
        last += 1
    grid = _grid(lines[first : last + 2], parts[first : last + 1], largest - first, body, level)
    return [
        *_grids(lines[: first + 1], parts[:first], level),
        *([grid] if grid is not None else []),
        *_grids(lines[last + 1 :], parts[last + 1 :], level),
    ]


def _runs_over(line: Line, borders: Sequence[float]) -> bool:
    """Whether one text takes the width of the table, as prose does."""
    return any(sum(piece.x0 < border < piece.x1 for border in borders) > _PROSE * len(borders) for piece in line)


def _grid(
    lines: Sequence[RuledLine],
    parts: Sequence[list[Line]],
    largest: int,
    body: Sequence[Line],
    level: Sequence[RuledLine],
) -> RuledGrid | None:
    borders = column_borders(body, [line for part in parts for line in part])
    over = [line for line in level if line.x1 - line.x0 < 0.95 * (lines[0].x1 - lines[0].x0)]
    bands: list[AlignedRow] = []
    below: list[AlignedRow] = []
    for at, part in enumerate(parts):
        if not part:
            continue
        heads = at < largest or (at == 0 and len(parts) > 1)
        several = not heads and (len(lines) == _LEAST_LINES or _is_listed(part, borders))
        rows = _rows(part, borders) if several else _head_rows(part, [line.top for line in over])
        made = _banded(rows, lines[at].top, lines[at + 1].top)
        bands += made
        if not heads:
            below += made
    if len(bands) < _LEAST_ROWS or _filled(bands, borders) < _LEAST_FILLED * len(bands):
        return None
    if sum(crosses(band, borders) for band in below) > _MOST_CROSSED * len(below):
        return None
    return aligned_grid(borders, bands, lines[0].x0, lines[0].x1, over)


def _parts(ys: Sequence[float], lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of text between each two level lines."""
    parts: list[list[Line]] = [[] for _ in ys[1:]]
    for line in lines:
        middle = (line[0].top + line[0].bottom) / 2
        parts[next((at for at, y in enumerate(ys[1:]) if middle < y), len(parts) - 1)].append(line)
    return parts


def _is_listed(part: Sequence[Line], borders: Sequence[float]) -> bool:
    """Whether the lines are rows of numbers, and not the lines of one row of text."""
    if len(part) < _MANY:
        return False
    others = [piece for line in part for piece in line if piece.x0 > borders[0]]
    return len(others) >= len(part) and sum(piece.text[0] in _SIGNS for piece in others) >= _NUMBERS * len(others)


def _rows(part: Sequence[Line], borders: Sequence[float]) -> list[list[Line]]:
    """A row begins where its first column does. Further lines of a row leave the first column blank."""
    rows: list[list[Line]] = []
    for line in part:
        if rows and line[0].x0 > borders[0]:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _head_rows(part: Sequence[Line], cuts: Sequence[float]) -> list[list[Line]]:
    """The lines of one row, parted where a short level line stands below heads that have others below them."""
    rows: list[list[Line]] = []
    last = float('-inf')
    for line in part:
        middle = (line[0].top + line[0].bottom) / 2
        if rows and not any(last < cut <= middle for cut in cuts):
            rows[-1].append(line)
        else:
            rows.append([line])
        last = middle
    return rows


def _banded(rows: Sequence[Sequence[Line]], top: float, bottom: float) -> list[AlignedRow]:
    """The rows with where they begin and end; the first and the last reach up to the level lines around them."""
    bands = [
        AlignedRow(
            [piece for line in row for piece in line],
            min(piece.top for line in row for piece in line),
            max(piece.bottom for line in row for piece in line),
        )
        for row in rows
    ]
    bands[0] = bands[0]._replace(top=top)
    bands[-1] = bands[-1]._replace(bottom=bottom)
    return bands


def _filled(bands: Sequence[AlignedRow], borders: Sequence[float]) -> int:
    """How many rows have text in more than one column."""
    return sum(len({sum(piece.x0 > border for border in borders) for piece in band.pieces}) > 1 for band in bands)
