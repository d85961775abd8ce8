"""Bands of a graded clause (≥35%得4分；35%～30%得3.5分；<15%不得分): whether neighbours share a value or leave some out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from kaohe.extractors.findings import Finding, finding
from kaohe.normalizers.catalogue import Catalogue, Threshold
from kaohe.normalizers.checks.finding_places import at_line, number, short
from kaohe.normalizers.text.folding import halfwidth, squeeze

_SIGNS = re.compile('[<>]=|=[<>]|[<>≤≥]')
# 万 behind a number stands for 万元 beside it
_SHORT_UNITS = {'万元': '万', '亿元': '亿', '千元': '千'}
# that an end belongs to the band is written beside its number: 200平方米（含）, 3年及以上
_WRITTEN = r'(?!\d)[^\d;,，。；不~～—–-]{0,4}?(?:\(?含|及以)'
_GRADING = ('award', 'forfeit', 'full', 'deduct')


@dataclass(frozen=True, slots=True)
class _Band:
    """An interval; None is without end. ``text`` is what states it."""

    low: Decimal | None
    low_closed: bool
    high: Decimal | None
    high_closed: bool
    text: str


def check_bands(catalogue: Catalogue) -> Iterator[Finding]:
    """``band.overlap`` and ``band.gap``: at most one of each for what one line measures."""
    chains: dict[tuple[object, ...], dict[int, list[Threshold]]] = {}
    for threshold in catalogue.thresholds:
        if threshold.clause is not None and catalogue.clauses[threshold.clause].effect in _GRADING:
            unit = _SHORT_UNITS.get(threshold.unit or '', threshold.unit)
            key = (threshold.indicator, threshold.field, unit, squeeze(threshold.metric))
            chains.setdefault(key, {}).setdefault(threshold.clause, []).append(threshold)
    for chain in chains.values():
        first = next(iter(chain.values()))[0]
        pairs = list(pairwise(_in_order([_band(stated) for stated in chain.values()])))
        for code, seam in (('band.overlap', _overlap), ('band.gap', _gap)):
            found = [(low, high, at) for low, high in pairs if (at := seam(low, high, first.unit or '')) is not None]
            if found:
                low, high, _ = found[0]
                places = '、'.join(at for _, _, at in found)
                said = finding(code, first=short(low.text), second=short(high.text), at=places)
                yield replace(at_line(said, catalogue, first.indicator), clause=first.clause)


def _band(stated: Sequence[Threshold]) -> _Band:
    """What the thresholds of one clause bound together: 超过40但在45以下."""
    band = _Band(None, False, None, False, '，'.join(threshold.text for threshold in stated))
    for threshold in stated:
        low_open, high_open = _open_ends(threshold)
        if threshold.comparator in ('>=', '>', 'between', '='):
            band = replace(band, low=threshold.value, low_closed=threshold.comparator != '>' and not low_open)
        if threshold.comparator in ('<=', '<', '='):
            band = replace(band, high=threshold.value, high_closed=threshold.comparator != '<')
        elif threshold.comparator == 'between':
            band = replace(band, high=threshold.value_high, high_closed=not high_open)
    return band


def _open_ends(threshold: Threshold) -> tuple[bool, bool]:
    """Which ends the signs of ``98%≤好评率<99%`` leave out; signs that fall (``99%>x≥98%``) name the upper end first."""
    signs = _SIGNS.findall(halfwidth(threshold.text)) if threshold.comparator == 'between' else []
    if len(signs) != 2:
        return False, False
    low, high = signs if signs[0][0] in '<≤=' else reversed(signs)
    return low in '<>', high in '<>'


def _in_order(bands: Sequence[_Band]) -> list[_Band]:
    """The bands from the lowest up. Of ``≥90得4分，≥80得3分`` only the widest bounds the rest: each stricter one is read first.

    Nothing where all go the same way: then no neighbour is stated.
    """
    inner = sorted(
        (band for band in bands if band.low is not None and band.high is not None and band.low < band.high),
        key=lambda band: band.low or Decimal(0),
    )
    lowest = max((b for b in bands if b.low is None and b.high is not None), key=lambda b: b.high or 0, default=None)
    highest = min((b for b in bands if b.high is None and b.low is not None), key=lambda b: b.low or 0, default=None)
    if not inner and (lowest is None or highest is None):
        return []
    return [*([lowest] if lowest else []), *inner, *([highest] if highest else [])]


def _overlap(low: _Band, high: _Band, unit: str) -> str | None:
    """The value that two neighbours share."""
    if low.high is None or high.low is None:
        return None
    both = low.high == high.low and low.high_closed and high.low_closed and _undecided(low, high, number(high.low))
    return f'{number(high.low)}{unit}' if both or low.high > high.low else None


def _undecided(low: _Band, high: _Band, shared: str) -> bool:
    """Whether nothing tells which of two neighbours their shared end belongs to: 以下 beside 200（含）以上 leaves it to the other."""
    written = re.compile(re.escape(shared) + _WRITTEN)
    return bool(written.search(halfwidth(low.text))) == bool(written.search(halfwidth(high.text)))


def _gap(low: _Band, high: _Band, unit: str) -> str | None:
    """The values that two neighbours leave out. 80-89分 and 90分以上 leave out nothing: the step of what is printed counts."""
    if low.high is None or high.low is None:
        return None
    if low.high == high.low:
        return f'{number(low.high)}{unit}' if not low.high_closed and not high.low_closed else None
    step = Decimal(1).scaleb(min(int(value.as_tuple().exponent) for value in (low.high, high.low, Decimal(0))))
    return f'{number(low.high)}{unit}～{number(high.low)}{unit}' if high.low - low.high > step else None
