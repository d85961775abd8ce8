"""Tables set in two halves side by side to save paper: the same heads twice, a line in each half of a row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kaohe.extractors.document import Cell
from kaohe.normalizers.columns.header_rows import Header
from kaohe.normalizers.lines.line import Line
from kaohe.normalizers.text.folding import squeeze

# Fewer heads than these repeat by chance: 分值, 得分 under each of several wide heads.
_FEWEST_HEADS = 2


def halves(header: Header) -> tuple[range, ...]:
    """The columns of each half, from left to right; one range over all columns where the heads do not repeat."""
    heads = ['/'.join(squeeze(cell.text) for cell in stack) for stack in header.cells]
    width = len(heads)
    for parts in (2, 3):
        size = width // parts
        repeats = size >= _FEWEST_HEADS and size * parts == width and heads == heads[:size] * parts
        # a wide head over several columns is one head
        if repeats and len(set(heads[:size])) == size and all(heads[:size]):
            return tuple(range(at * size, (at + 1) * size) for at in range(parts))
    return (range(width),)


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


def in_order(lines: Iterable[tuple[int, Line]], grid: Sequence[Sequence[Cell]]) -> list[Line]:
    """The lines of all halves, each given with its half, in the order of reading: between two rows that are drawn over the whole width
    the left half from top to bottom, then the right one; row by row only where the printed numbers count so."""
    found = list(lines)
    bands = [row for row, line in enumerate(grid) if len({id(cell) for cell in line}) == 1]
    if _counts_across(found):
        return [line for half, line in sorted(found, key=lambda one: (one[1].row_first, one[0]))]
    return [
        line
        for half, line in sorted(found, key=lambda one: (_strip(bands, one[1].row_first), one[0], one[1].row_first))
    ]


def _strip(bands: Sequence[int], row: int) -> int:
    return sum(band < row for band in bands)


def _counts_across(lines: Sequence[tuple[int, Line]]) -> bool:
    """Whether the first line of the second half bears the number after that of the line beside it: 1 2 / 3 4."""
    numbers = {
        (line.row_first, half): line.number.text for half, line in lines if line.number and line.number.text.isdecimal()
    }
    pairs = [
        (int(left), int(numbers[row, 1])) for (row, half), left in numbers.items() if half == 0 and (row, 1) in numbers
    ]
    return len(pairs) > 1 and all(right == left + 1 for left, right in pairs)
