"""Bands of a graded clause (≥35%得4分；35%～30%得3.5分；<15%不得分): whether neighbours share a value or leave some out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from extractors.findings import Finding, finding
from normalizers.catalogue import Catalogue, Threshold
from normalizers.checks.places import at_line, number, short
from normalizers.folding import squeeze

_GRADING = ('award', 'forfeit', 'full', 'deduct')


@dataclass(frozen=True, slots=True)
class _Band:
    """An interval; None is without end. ``text`` is the threshold that states it."""

    low: Decimal | None
    low_closed: bool
    high: Decimal | None
    high_closed: bool
    text: str


def check_bands(catalogue: Catalogue) -> Iterator[Finding]:
    """``band.overlap`` and ``band.gap``."""
    chains: dict[tuple[object, ...], list[Threshold]] = {}
    for threshold in catalogue.thresholds:
        if threshold.clause is not None and catalogue.clauses[threshold.clause].effect in _GRADING:
            key = (threshold.indicator, threshold.field, threshold.unit, squeeze(threshold.metric))
            chains.setdefault(key, []).append(threshold)
    for chain in chains.values():
        for low, high in pairwise(_bands(chain)):
            yield from _check_neighbours(catalogue, chain[0], low, high)


def _bands(chain: Sequence[Threshold]) -> list[_Band]:
    """The bands from the lowest up. Of ``≥90得4分，≥80得3分`` only the widest bounds the rest: each stricter one is read first.

    Nothing where all go the same way: then no neighbour is stated.
    """
    inner = [
        _Band(t.value, True, t.value_high, True, t.text)
        for t in chain
        if t.comparator == 'between' and t.value_high is not None and t.value < t.value_high
    ]
    upper = min((t for t in chain if t.comparator in ('>=', '>')), key=lambda t: t.value, default=None)
    lower = max((t for t in chain if t.comparator in ('<=', '<')), key=lambda t: t.value, default=None)
    if (upper is None or lower is None) and not inner:
        return []
    found = sorted(inner, key=lambda band: band.low or Decimal(0))
    if lower is not None:
        found.insert(0, _Band(None, False, lower.value, lower.comparator == '<=', lower.text))
    if upper is not None:
        found.append(_Band(upper.value, upper.comparator == '>=', None, False, upper.text))
    return found


def _check_neighbours(catalogue: Catalogue, threshold: Threshold, low: _Band, high: _Band) -> Iterator[Finding]:
    if low.high is None or high.low is None:
        return
    unit = threshold.unit or ''
    meets = low.high == high.low
    if low.high > high.low or (meets and low.high_closed and high.low_closed):
        code, at = 'band.overlap', f'{number(high.low)}{unit}'
    elif high.low - low.high > _step(low.high, high.low) or (meets and not low.high_closed and not high.low_closed):
        code, at = (
            'band.gap',
            f'{number(low.high)}{unit}' if meets else f'{number(low.high)}{unit}～{number(high.low)}{unit}',
        )
    else:
        return
    found = finding(code, first=short(low.text), second=short(high.text), at=at)
    yield replace(at_line(found, catalogue, threshold.indicator), clause=threshold.clause)


def _step(*values: Decimal) -> Decimal:
    """The smallest step in which the values are printed: 80-89分 and 90分以上 leave nothing out."""
    return Decimal(1).scaleb(min(min(int(value.as_tuple().exponent), 0) for value in values))
