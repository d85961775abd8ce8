"""The order of the lines of a table set in halves side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kaohe.extractors.document import Cell
from kaohe.normalizers.lines.line import Line


def in_order(lines: Iterable[tuple[int, Line]], grid: Sequence[Sequence[Cell]]) -> list[Line]:
    """The lines of all halves, each given with its half, in the order of reading: between two rows that are drawn over the whole width
    the left half from top to bottom, then the right one; row by row only where the printed numbers count so."""
    found = list(lines)
    bands = [row for row, line in enumerate(grid) if len({id(cell) for cell in line}) == 1]
    if _counts_across(found):
        return [line for half, line in sorted(found, key=lambda one: (_row(one[1]), one[0]))]
    return [line for half, line in sorted(found, key=lambda one: (_strip(bands, _row(one[1])), one[0], _row(one[1])))]


def _row(line: Line) -> int:
    return line.row_first or 0


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
