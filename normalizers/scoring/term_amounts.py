"""What a term comes to for given answers: the least and the most points that any answer to what is open could give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Final, NamedTuple

from kaohe.normalizers.scoring.algebra import Band, Round, Term

Answer = bool | Decimal | str
Answers = Mapping[str, Answer]
"""Answers by the id of their input: bool for yes_no, str for choice, else Decimal. What is open is missing."""

ZERO: Final = Decimal(0)
ENDLESS: Final = Decimal('Infinity')


class Amount(NamedTuple):
    """Points between ``low`` and ``high``, both never negative; ``high`` may be infinite."""

    low: Decimal
    high: Decimal


def amount_of(term: Term, answers: Answers, rounding: Round | None = None) -> Amount:
    """What the term comes to. ``rounding`` goes before its own rounding of steps."""
    known = [answers[one] for one in term.inputs if one in answers]
    if len(known) == len(term.inputs):
        return _known(term, known, rounding)
    if term.op == 'pick':  # one of the options must be chosen
        worths = [points for _, points in term.options]
        return Amount(min(worths, default=ZERO), max(worths, default=ZERO))
    return Amount(ZERO, _most(term)) if not term.bands else _open_bands(term)


def edges(term: Term) -> Sequence[Decimal]:
    """Values of a measured input between which the term's amount does not jump: its base, steps aside, and the ends of its bands."""
    found = {edge for band in term.bands for edge in (band.low, band.high) if edge is not None}
    if term.base is not None:
        found.add(term.base)
    return sorted(found)


def _known(term: Term, known: Sequence[Answer], rounding: Round | None) -> Amount:
    points = term.points if term.points is not None else ZERO
    if term.op == 'fixed':
        return _exactly(points)
    first = known[0]
    if term.op == 'if':
        return _exactly(points if bool(first) is term.when else ZERO)
    if term.op == 'pick':
        return _exactly(dict(term.options).get(str(first), ZERO))
    value = _number(first)
    if term.op == 'each':
        return _exactly(points * steps(value, term.per, rounding or term.round))
    if term.op == 'product':
        return _exactly(points * value * _number(known[1]))
    if term.op == 'steps':
        assert term.base is not None
        beyond = term.base - value if term.direction == 'below' else value - term.base
        return _exactly(points * steps(beyond, term.per, rounding or term.round))
    if term.op == 'ratio':
        done = min(max(value, ZERO), Decimal(1))
        return _exactly(points * (done if term.when else 1 - done))
    if term.op == 'bands':
        return band_amount(term, value)
    return _exactly(max(value, ZERO) if term.high is None else min(max(value, ZERO), term.high))


def steps(beyond: Decimal, per: Decimal, rounding: Round) -> Decimal:
    """How many times ``per`` fits into ``beyond``: whole times, or exactly where ``rounding`` is none. Never negative."""
    if beyond <= 0:
        return ZERO
    exact = beyond / per
    if rounding == 'none':
        return exact
    return exact.to_integral_value(ROUND_FLOOR if rounding == 'down' else ROUND_CEILING)


def band_amount(term: Term, value: Decimal) -> Amount:
    """The points of the band that holds: of several the better; in a hole between two bands, all from the one to the other."""
    inside = [band for band in term.bands if _holds(band, value)]
    if inside:
        points = [band.points for band in inside]
        return _exactly(_pick(term, inside, value) if len(inside) > 1 else points[0])
    below = [band for band in term.bands if band.high is not None and band.high <= value]
    above = [band for band in term.bands if band.low is not None and band.low >= value]
    if below and above:
        sides = (
            max(below, key=lambda band: band.high or ZERO).points,
            min(above, key=lambda band: band.low or ZERO).points,
        )
        return Amount(min(sides), max(sides))
    return _exactly(ZERO)


def _pick(term: Term, inside: Sequence[Band], value: Decimal) -> Decimal:
    # Where bands only meet, the value belongs to the one that says 以上, 含, ≤ or ≥.
    meeting = all(value in (band.low, band.high) for band in inside)
    if meeting:
        inside = [band for band in inside if band.sure] or inside
    if term.pick == 'best':
        return max(band.points for band in inside)
    # Amounts taken: nested steps (超过3天扣1分，超过7天扣3分) mean the last that is reached, bands that only meet the milder.
    return (min if meeting else max)(band.points for band in inside)


def _holds(band: Band, value: Decimal) -> bool:
    if band.low is not None and (value < band.low or (value == band.low and not band.has_low)):
        return False
    return band.high is None or value < band.high or (value == band.high and band.has_high)


def _open_bands(term: Term) -> Amount:
    points = [band.points for band in term.bands]
    covered = any(band.low is None for band in term.bands) and any(band.high is None for band in term.bands)
    return Amount(min(points) if covered else ZERO, max(points))


def _most(term: Term) -> Decimal:
    points = term.points if term.points is not None else ZERO
    if term.op in ('if', 'ratio', 'fixed'):
        return points
    if term.op == 'given':
        return ENDLESS if term.high is None else term.high
    if term.op == 'each' and term.high is not None:
        return points * steps(term.high, term.per, term.round)
    return ENDLESS if points else ZERO


def _number(value: Answer) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(int(value)) if isinstance(value, bool) else Decimal(value)


def _exactly(points: Decimal) -> Amount:
    return Amount(points, points)
