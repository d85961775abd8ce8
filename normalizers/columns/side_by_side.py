"""Tables set in two halves side by side to save paper: the same heads twice, a line in each half of a row."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from kaohe.extractors.document import Cell
from kaohe.normalizers.columns.header_rows import Header, read_head
from kaohe.normalizers.text.folding import squeeze

# Fewer heads than these repeat by chance: 分值, 得分 under each of several wide heads.
_FEWEST_HEADS = 2


def halves(header: Header, blank: Collection[int] = ()) -> tuple[range, ...]:
    """The columns of each half, from left to right; one range over all columns where the heads do not repeat. Tables of different heads stand
    beside each other where a column between them is ``blank``, head and all, and each has heads of a scored table."""
    apart = _runs(len(header.cells), blank)
    if len(apart) > 1 and all(_heads_a_table(header, run) for run in apart):
        return apart
    heads = ['/'.join(squeeze(cell.text) for cell in stack) for stack in header.cells]
    width = len(heads)
    for parts in (2, 3):
        size = width // parts
        repeats = size >= _FEWEST_HEADS and size * parts == width and heads == heads[:size] * parts
        # a wide head over several columns is one head
        if repeats and len(set(heads[:size])) == size and all(heads[:size]):
            return tuple(range(at * size, (at + 1) * size) for at in range(parts))
    return (range(width),)


def _runs(width: int, blank: Collection[int]) -> tuple[range, ...]:
    runs: list[range] = []
    start = 0
    for col in (*sorted(blank), width):
        if col > start:
            runs.append(range(start, col))
        start = col + 1
    return tuple(runs)


def _heads_a_table(header: Header, cols: range) -> bool:
    """Whether the heads of some columns are those of a scored table: what is asked, and how it counts."""
    kinds = {head.kind for col in cols if header.cells[col] and (head := read_head(header.cells[col][-1].text))}
    return bool(kinds & {'topic', 'content'}) and bool(kinds & {'points', 'scoring'})


def header_of(header: Header, half: range) -> Header:
    """The header with the heads of one half only."""
    return replace(header, cells=tuple(stack if col in half else () for col, stack in enumerate(header.cells)))


def grid_of(grid: Sequence[Sequence[Cell]], half: range) -> list[list[Cell]]:
    """The grid with blanks in place of the other half; what is drawn over both halves belongs to each."""
    return [
        [
            cell
            if col in half or cell.right_col >= half.start > cell.col or (cell.col < half.stop <= cell.right_col)
            else Cell(row, col, 1, 1, '')
            for col, cell in enumerate(line)
        ]
        for row, line in enumerate(grid)
    ]
