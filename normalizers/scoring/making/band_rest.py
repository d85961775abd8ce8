"""What lies outside the tiers of a measured value (…，否则不得分), as ranges of their own."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from kaohe.normalizers.scoring.algebra import Band

# An edge is a place just before (0) or just after (1) a value, so that a range with either kind of ends is half-open between two edges.
Edge = tuple[Decimal, int]
_FAR: Final = Decimal('Infinity')


def rest_bands(bands: Sequence[Band], clause: str, points: Decimal) -> list[Band]:
    """The ranges that ``bands`` leave out, worth ``points``. What they leave out between numbers that are printed one step apart
    (80-89, 90以上) is nobody's: it stays a gap."""
    found = []
    reached: Edge = (-_FAR, 1)
    for low, high in sorted(map(_edges, bands)):
        if low > reached and not _neighbours(reached, low):
            found.append(_band(reached, low, clause, points))
        reached = max(reached, high)
    if reached < (_FAR, 0):
        found.append(_band(reached, (_FAR, 0), clause, points))
    return found


def one_step(first: Decimal, second: Decimal) -> Decimal:
    """The step between two numbers as they are printed: 1 for whole ones, 0.1 where one has a decimal."""
    return Decimal(1).scaleb(min(_exponent(first), _exponent(second)))


def _edges(band: Band) -> tuple[Edge, Edge]:
    low = (-_FAR, 1) if band.low is None else (band.low, 0 if band.has_low else 1)
    high = (_FAR, 0) if band.high is None else (band.high, 1 if band.has_high else 0)
    return low, high


def _neighbours(left: Edge, right: Edge) -> bool:
    """Whether two ends that both belong to a band are one step apart."""
    if left[0] == -_FAR or (left[1], right[1]) != (1, 0):
        return False
    return right[0] - left[0] <= one_step(left[0], right[0])


def _band(low: Edge, high: Edge, clause: str, points: Decimal) -> Band:
    return Band(
        clause,
        points,
        None if low[0] == -_FAR else low[0],
        None if high[0] == _FAR else high[0],
        has_low=low[1] == 0 or low[0] == -_FAR,
        has_high=high[1] == 1 or high[0] == _FAR,
    )


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) and exponent < 0 else 0
