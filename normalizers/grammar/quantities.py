"""Quantities in a text: a number or a range with its unit and the words that compare it. The terms of targets and of figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from normalizers.catalogue import Comparator
from normalizers.grammar.numbers import NUMBER, parse_number
from normalizers.vocabulary import targets as words


def either(choices: Iterable[str]) -> str:
    """A regular expression that takes the longest of ``choices``."""
    return '(?:' + '|'.join(sorted(map(re.escape, choices), key=lambda word: (-len(word), word))) + ')'


_PLAIN = either({*words.TIME_UNITS, *words.COUNT_UNITS, *words.MASS_UNITS})
_UNIT = (
    rf'(?:{either(words.PERCENT_UNITS)}|'
    rf'(?:[十百千]?[万亿])?{_PLAIN}(?:\({_PLAIN}\))?(?:/(?:[万千百]?{_PLAIN}|[年月日天周人户]))*|'
    rf'[十百千]?[万亿]|'
    r'[A-Za-zμ°℃Ω]+[²³]?(?:/[A-Za-zμ²³℃]+)*)'
)
_BEFORE = re.compile(rf'({either(words.BEFORE)})\s*(?:约|近)?\s*$')
_NUMBER = re.compile(NUMBER)
_HUNDREDTHS = re.compile(r'百分之\s*$')
_TAIL = re.compile(
    rf'\s?(?P<unit>{_UNIT})?'
    rf'(?:\s*(?:-{{1,2}}|~|至|到)\s*(?:百分之)?(?P<high>{NUMBER})\s?(?P<unit_high>{_UNIT})?)?'
    rf'(?P<odd>[余多](?P<unit_odd>{_UNIT})?)?'
)
_RATIO = re.compile(r'\s?[:∶]\s?(\d+(?:\.\d+)?)(?![\d.:])')
_BOUND = r'\(\s*(?:(?P<out>不含|不包括|不包含)|含)[^()]{0,8}\)'
_AFTER = re.compile(rf'\s*(?:{_BOUND})?\s*(?P<after>{either(words.AFTER)})?\s*(?:{_BOUND.replace("out", "outer")})?')
_SIGN = re.compile(rf'\s*({either(words.FLIPPED)})\s*(?![\d\s])')
_WIDEST = 8
"""No word of comparison is longer."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit. ``start``/``end`` span number and unit (and the upper end of a range); ``left``/``right`` take the comparing
    words along. ``comparator`` is what those words say, None where there are none."""

    left: int
    start: int
    end: int
    right: int
    value: Decimal
    high: Decimal | None
    unit: str | None
    comparator: Comparator | None
    before: str
    after: str
    approximate: bool
    digits: bool


def quantities(text: str) -> Iterator[Quantity]:
    """All quantities of a text folded by ``halfwidth``, from left to right, none overlapping another."""
    position = 0
    while (found := _NUMBER.search(text, position)) is not None:
        quantity = _read(text, found)
        position = found.end()
        if quantity is not None:
            position = max(position, quantity.right)
            yield quantity


def _read(text: str, found: re.Match[str]) -> Quantity | None:
    value = parse_number(found.group())
    if value is None:
        return None
    start, end = found.span()
    digits = found.group()[:1].isdigit()
    high: Decimal | None = None
    unit: str | None
    approximate = False
    ratio = _RATIO.match(text, end) if digits else None
    if ratio is not None:
        second = Decimal(ratio.group(1))
        if value != 1 and second != 1:
            return None
        value, unit, end = (second if value == 1 else value), '比', ratio.end()
    else:
        tail = _TAIL.match(text, end)
        assert tail is not None
        unit = tail['unit_odd'] or tail['unit_high'] or tail['unit']
        if not digits and unit is None:
            return None
        high = parse_number(tail['high']) if tail['high'] else None
        end, approximate = tail.end(), tail['odd'] is not None
        if hundredths := _HUNDREDTHS.search(text, max(0, start - 4), start):
            start, unit = hundredths.start(), '%'
    left, before = start, ''
    if word := _BEFORE.search(text, max(0, start - _WIDEST), start):
        left, before = word.start(), word.group(1)
    bound = _AFTER.match(text, end)
    assert bound is not None
    after = bound['after'] or ''
    if after in ('内', '起') and not _limits(after, unit):
        after, right = '', end
    else:
        right = bound.end() if bound.group().strip() else end
    strict = bound['out'] is not None or bound['outer'] is not None
    comparator = _compare(before, after, strict)
    if comparator is None and (sign := _SIGN.match(text, end)):
        comparator, right = words.FLIPPED[sign.group(1)], sign.end(1)
    if high is not None:
        value, high = min(value, high), max(value, high)
        comparator = 'between'
    return Quantity(left, start, end, right, value, high, unit, comparator, before, after, approximate, digits)


def _limits(after: str, unit: str | None) -> bool:
    return after == '内' and unit is not None and unit in _LIMITED


_LIMITED = frozenset({*words.TIME_UNITS, *words.DISTANCE_UNITS})


def _compare(before: str, after: str, strict: bool) -> Comparator | None:
    """``控制在 … 以下``, ``达到 … 以下``: the word after the number decides; a negation before it turns it round."""
    left, right = words.BEFORE.get(before), words.AFTER.get(after)
    if right is not None and strict:
        right = '>' if right == '>=' else '<'
    if right is None:
        return left
    if before in words.NEGATIONS:
        return words.NEGATED[right]
    if left in ('>', '<'):
        return left
    return right
