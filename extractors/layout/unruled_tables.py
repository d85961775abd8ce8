"""Tables without any line: texts that stand below each other in three columns or more, over several lines.

A guess like that of `open_tables`: every row is doubtful. Prose has no such gaps, a list of contents or of two columns of prose has too few, and
columns of words alone (lists of names) are no table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from kaohe.extractors.layout.aligned_text import (
    AlignedRow,
    Line,
    Piece,
    aligned_grid,
    column_borders,
    crosses,
    lines_in_pieces,
)
from kaohe.extractors.layout.ruling import RuledGrid
from kaohe.extractors.layout.text_lines import Glyph, TextLine

_LEAST_COLUMNS = 3
_LEAST_ROWS = 3
# A line further below the last than this, in ems, is no part of the table; rows stand this much further apart than lines of one row.
_FURTHEST = 4.0
# As far, with further lines of a row between.
_NEAR = 10.0
_APART = 1.25
# The length of the texts of a column that holds more than words and numbers.
_SENTENCE = 6
_MOST_CROSSED = 0.2
_GAPS = re.compile(r'\S[ \u3000]{2,}(?=\S)')


def unruled_grids(lines: Sequence[TextLine], glyphs: Sequence[Glyph]) -> list[RuledGrid]:
    """The tables that ``glyphs``, which no ruled table holds, make up; ``lines`` are the lines of the same characters. Where they were recognised,
    gaps are too unsure: none."""
    if any(line.confidence is not None for line in lines):
        return []
    found = []
    for top, bottom in _places([line for line in lines if len(_GAPS.findall(line.text)) >= _LEAST_COLUMNS - 1]):
        for run in _runs(lines_in_pieces([glyph for glyph in glyphs if top <= glyph.top <= bottom])):
            grid = _grid(run)
            if grid is not None:
                found.append(grid)
    return found


def _places(lines: Sequence[TextLine]) -> list[tuple[float, float]]:
    """Where so many lines with gaps stand near each other that there may be a table, as (top, bottom)."""
    groups: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda line: line.top):
        if groups and line.top - groups[-1][-1].bottom <= _NEAR * line.size:
            groups[-1].append(line)
        else:
            groups.append([line])
    return [
        (group[0].top - 1, group[-1].bottom + _NEAR * group[-1].size) for group in groups if len(group) >= _LEAST_ROWS
    ]


def _runs(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that follow one another, from one in several pieces on: those in fewer pieces that begin where pieces before them began belong
    to them."""
    runs: list[list[Line]] = []
    run: list[Line] = []
    for line in lines:
        near = bool(run) and line[0].top - run[-1][0].bottom <= _FURTHEST * (line[0].bottom - line[0].top)
        if len(line) >= _LEAST_COLUMNS:
            if not near:
                run = []
                runs.append(run)
            run.append(line)
        elif near and all(_below(piece, run) for piece in line):
            run.append(line)
        else:
            run = []
    return runs


def _below(piece: Piece, run: Sequence[Line]) -> bool:
    """Whether the piece begins where one of the lines above it has a piece, and does not reach the next one."""
    em = piece.bottom - piece.top
    for line in reversed(run):
        if len(line) < _LEAST_COLUMNS:
            continue
        for at, other in enumerate(line):
            if abs(other.x0 - piece.x0) < 0.5 * em:
                return at + 1 == len(line) or piece.x1 < line[at + 1].x0
    return False


def _grid(run: Sequence[Line]) -> RuledGrid | None:
    full = [line for line in run if len(line) >= _LEAST_COLUMNS]
    borders = column_borders(full, run)
    if len(full) < _LEAST_ROWS or len(borders) < _LEAST_COLUMNS - 1:
        return None
    rows = _rows(run, borders)
    if len(rows) < _LEAST_ROWS or sum(crosses(row, borders) for row in rows) > _MOST_CROSSED * len(rows):
        return None
    if not _says_something(rows, borders):
        return None
    left = min(piece.x0 for line in run for piece in line)
    right = max(piece.x1 for line in run for piece in line)
    return aligned_grid(borders, rows, left, right)


def _rows(run: Sequence[Line], borders: Sequence[float]) -> list[AlignedRow]:
    """The rows: where lines stand further apart than others, if that gives each row one text of the first column; else where the first column
    has text."""
    gaps = [after[0].top - before[0].top for before, after in pairwise(run)]
    groups = _parted(run, [gap > _APART * min(gaps) for gap in gaps])
    if any(sum(line[0].x0 < borders[0] for line in group) != 1 for group in groups):
        groups = _parted(run, [line[0].x0 < borders[0] for line in run[1:]])
    return [
        AlignedRow(
            [piece for line in group for piece in line],
            min(piece.top for line in group for piece in line),
            max(piece.bottom for line in group for piece in line),
        )
        for group in groups
    ]


def _parted(run: Sequence[Line], begins: Sequence[bool]) -> list[list[Line]]:
    """The lines in groups; ``begins`` tells for each but the first whether a group begins with it."""
    groups: list[list[Line]] = [[run[0]]]
    for line, fresh in zip(run[1:], begins, strict=True):
        if fresh:
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def _says_something(rows: Sequence[AlignedRow], borders: Sequence[float]) -> bool:
    """Whether a column holds sentences or figures: columns of names and words are lists."""
    columns: dict[int, list[str]] = {}
    for row in rows:
        for piece in row.pieces:
            columns.setdefault(sum(piece.x0 > border for border in borders), []).append(piece.text)
    figures = any(
        2 * sum(any(char.isdigit() for char in text) for text in texts) > len(texts) for texts in columns.values()
    )
    return figures and (
        any(median(map(len, texts)) >= _SENTENCE for texts in columns.values()) or len(rows) > 2 * _LEAST_ROWS
    )
