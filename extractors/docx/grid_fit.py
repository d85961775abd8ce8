"""Rows of a Word table that do not fill its grid: made to fit by what the other rows and the cells' widths say.

Word draws cells by their widths; programs that write Word files count the columns of a merged cell wrong, or not at all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from lxml import etree

from kaohe.extractors.docx.names import W, whole

#: How far a border may stand from the border that it is meant to be, as a share of the table's width.
TOLERANCE = 0.02


class Drawn(NamedTuple):
    """A cell as its row states it: its width in grid columns, and whether it continues the cell above or the one to its left.

    ``element`` is the ``w:tc``; None for room that the row leaves free before its first or after its last cell.
    """

    span: int
    element: etree._Element | None = None
    continues_above: bool = False
    continues_left: bool = False


def fit(lines: Sequence[Sequence[Drawn]]) -> tuple[Sequence[Sequence[Drawn]], set[int]]:
    """The rows with spans that fill the grid where the file lets one see them, and which rows were changed.

    A last cell that reaches beyond the table's last column ends there. A row that ends early, although its cells are as
    wide as the table, takes its columns from its cells' borders. Other rows stay as they are.
    """
    ends = [sum(drawn.span for drawn in line) for line in lines]
    if len(set(ends)) < 2:
        return lines, set()
    fitted = list(lines)
    changed: set[int] = set()
    usual, count = Counter(ends).most_common(1)[0]
    beyond = [row for row, end in enumerate(ends) if end > usual]
    if 2 * count > len(lines) and all(ends[row] - lines[row][-1].span < usual for row in beyond):
        for row in beyond:
            last = lines[row][-1]
            fitted[row] = [*lines[row][:-1], last._replace(span=last.span - (ends[row] - usual))]
            changed.add(row)
    cols = max(sum(drawn.span for drawn in line) for line in fitted)
    borders = _borders(fitted, cols)
    for row, line in enumerate(fitted):
        if borders and sum(drawn.span for drawn in line) < cols:
            spans = _spans(line, borders)
            if spans:
                fitted[row] = [drawn._replace(span=span) for drawn, span in zip(line, spans, strict=True)]
                changed.add(row)
    return fitted, changed


def _borders(lines: Sequence[Sequence[Drawn]], cols: int) -> list[int]:
    """Where the columns end, from the first row that has a cell with a width in each of them; empty where no row has."""
    for line in lines:
        if len(line) < cols:
            continue
        widths = [width for drawn in line if drawn.span == 1 and (width := _width(drawn))]
        if len(widths) == len(line) == cols:
            return list(accumulate(widths))
    return []


def _spans(line: Sequence[Drawn], borders: Sequence[int]) -> list[int]:
    """How many columns each cell of the row spans by its borders; empty where they do not meet the table's."""
    widths = [width for drawn in line if (width := _width(drawn))]
    if len(widths) != len(line):
        return []
    spans: list[int] = []
    done = 0
    for right in accumulate(widths):
        near = bisect_left(borders, right - TOLERANCE * borders[-1])
        if near == len(borders) or borders[near] > right + TOLERANCE * borders[-1] or near < done:
            return []
        spans.append(near + 1 - done)
        done = near + 1
    return spans if done == len(borders) else []


def _width(drawn: Drawn) -> int | None:
    """The width that the cell states, in twentieths of a point."""
    stated = None if drawn.element is None else drawn.element.find(f'{W}tcPr/{W}tcW')
    if stated is None or stated.get(f'{W}type', 'dxa') != 'dxa':
        return None
    return whole(stated.get(f'{W}w'))
