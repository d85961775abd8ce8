"""Which columns the cells of a row stand in, when the row has fewer cells than the table has columns.

A text does not draw its merged cells, but the columns of a table differ: one holds numbers, one long sentences, one is mostly
blank. A row, or a group of rows of the same width, is laid over the columns so that its cells look most like what stands there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import log2

_NUMBER = re.compile(r'\s*[-+]?\d+(?:[.．]\d+)?\s*[分%％]?\s*')


@dataclass(frozen=True, slots=True)
class Profile:
    """What the cells of a column look like: shares of blank and of numeric cells, and the usual length (log2) of the others."""

    blank: float
    numeric: float
    length: float

    def distance(self, other: Profile) -> float:
        """How unlike two columns are; 0 is alike, 1 and more is clearly unlike."""
        lengths = abs(self.length - other.length) / 3 if self.blank < 1 and other.blank < 1 else 0.0
        return abs(self.blank - other.blank) + abs(self.numeric - other.numeric) + lengths


def profiles(rows: Sequence[Sequence[str]]) -> tuple[Profile, ...]:
    """The profiles of the columns of these rows, which must be equally wide."""
    found = []
    for column in zip(*rows, strict=True):
        texts = [text for text in column if text.strip()]
        numbers = sum(1 for text in texts if _NUMBER.fullmatch(text))
        length = sum(log2(1 + len(text)) for text in texts) / len(texts) if texts else 0.0
        found.append(Profile(1 - len(texts) / len(column), numbers / len(texts) if texts else 0.0, length))
    return tuple(found)


def spans(narrow: Sequence[Profile], wide: Sequence[Profile]) -> tuple[int, ...]:
    """How many columns of ``wide`` each column of ``narrow`` takes: the likeliest way, each at least one, in order.

    Raises ``ValueError`` where ``narrow`` has more columns than ``wide``.
    """
    if len(narrow) > len(wide):
        raise ValueError('more cells than columns')

    @cache
    def best(cell: int, col: int) -> tuple[float, tuple[int, ...]]:
        """The cost and spans of laying the cells from ``cell`` over the columns from ``col``."""
        left = len(narrow) - cell
        if left == 0:
            return 0.0, ()
        found: list[tuple[float, tuple[int, ...]]] = []
        widths = range(1, len(wide) - col - left + 2) if left > 1 else (len(wide) - col,)
        for span in widths:
            here = sum(narrow[cell].distance(wide[at]) for at in range(col, col + span)) / span
            cost, rest = best(cell + 1, col + span)
            found.append((here + cost, (span, *rest)))
        return min(found)

    return best(0, 0)[1]
