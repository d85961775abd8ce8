"""Quantities in a text: a number or a range with its unit and the words that compare it. The terms of targets and of figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from normalizers.catalogue import Comparator
from normalizers.grammar.numbers import NUMBER, parse_number
from normalizers.vocabulary import targets as vocabulary


def either(choices: Iterable[str]) -> str:
    """A regular expression that takes the longest of ``choices``."""
    return '(?:' + '|'.join(sorted(map(re.escape, choices), key=lambda word: (-len(word), word))) + ')'


_PLAIN = either({*vocabulary.TIME_UNITS, *vocabulary.COUNT_UNITS, *vocabulary.MASS_UNITS})
_UNIT = (
    rf'(?:{either(vocabulary.PERCENT_UNITS)}|'
    rf'(?:[十百千]?[万亿])?{_PLAIN}(?:\({_PLAIN}\))?(?:/(?:[万千百]?{_PLAIN}|[年月日天周人户]))*|'
    rf'[十百千]?[万亿]|/[十百千]?[万亿]|'
    r'[A-Za-zμ°℃Ω]+[²³]?(?:/[A-Za-zμ²³℃]+)*)'
)
_BEFORE = re.compile(
    rf'({either(vocabulary.BEFORE)})(?:约|近|了|(?:规定|要求|标准|目标|计划)(?:的|值)?|{either(vocabulary.LIGHT_VERBS)})?$'
)
_OF = re.compile(
    rf'({either(word for word in vocabulary.BEFORE if len(word) > 1 and word not in vocabulary.REACHING)})([^,。;:、\d()]{{2,14}}?)的?$'
)
_REACHES = frozenset({'达到', '达', '达至', '达到了'})
_MISSED = re.compile(r'(?:未|没有|没|未能)[^,。;:、\d]{0,6}$')
_ABOUT = re.compile(r'(?:约|近|大约|将近|接近)$')
_MISPRINT = re.compile(rf'[{vocabulary.MISPRINTS_OF_POINTS}](?={either(vocabulary.AFTER)})')
_COUNTED_THING = re.compile(r'(?![每得扣的加减各一])[\u4e00-\u9fff]+')
_LISTING = re.compile(r'、|和|及|与|以及|/')
_NUMBER = re.compile(NUMBER)
_TAIL = re.compile(
    rf'(?P<unit>{_UNIT})?'
    rf'(?:(?:-{{1,2}}|~|至|到)(?:百分之)?(?P<high>{NUMBER})(?P<unit_high>{_UNIT})?)?'
    rf'(?P<odd>[余多](?P<unit_odd>{_UNIT})?)?'
)
_RATIO = re.compile(r'[:∶](\d+(?:\.\d+)?)(?![\d.:])')
_BOUND = r'\((?:(?P<out>不含|不包括|不包含)|含)[^()]{0,8}\)'
_AFTER = re.compile(
    rf'(?:{_BOUND})?(?:\([^()]{{1,9}}\)(?=内|以))?(?P<after>{either(vocabulary.AFTER)})?(?:{_BOUND.replace("out", "outer")})?'
)
_SIGN = re.compile(rf'({either(vocabulary.FLIPPED)})(?!\d)')
_LIMITED = frozenset(unit.removeprefix('个') for unit in (*vocabulary.TIME_UNITS, *vocabulary.DISTANCE_UNITS))
_WIDEST = 24
"""Characters before a number in which a word of comparison is looked for."""


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
    base: str | None = None
    mended: bool = False

    @property
    def explicit(self) -> bool:
        """Whether words or signs compare it."""
        return self.comparator is not None


def quantities(text: str) -> Iterator[Quantity]:
    """All quantities of a surface text, from left to right, none overlapping another. In a list (``30%、15%以上``) they share unit and
    comparison where only one prints it."""
    row: list[Quantity] = []
    position = 0
    while (found := _NUMBER.search(text, position)) is not None:
        quantity = _read(text, found)
        position = found.end()
        if quantity is None:
            continue
        position = max(position, quantity.right)
        if row and _chained(text, row[-1], quantity):
            quantity = replace(quantity, comparator=row[-1].comparator)
        if row and not joined(text, row[-1], quantity):
            yield from _shared(row)
            row = []
        row.append(quantity)
    yield from _shared(row)


def joined(text: str, first: Quantity, second: Quantity) -> bool:
    """Whether nothing but a sign of listing stands between two quantities."""
    return second.left - first.right <= 2 and _LISTING.fullmatch(text, first.right, second.left) is not None


def _chained(text: str, first: Quantity, second: Quantity) -> bool:
    """``不少于10个专业60个病种``: the word of comparison holds for both counts."""
    return (
        bool(first.before)
        and not first.after
        and second.comparator is None
        and first.unit in vocabulary.COUNT_UNITS
        and second.unit in vocabulary.COUNT_UNITS
        and second.left - first.right <= 6
        and _COUNTED_THING.fullmatch(text, first.right, second.left) is not None
    )


def _shared(row: list[Quantity]) -> Iterator[Quantity]:
    unit = row[-1].unit if row else None
    before = row[0].comparator if row and row[0].before else None
    after = row[-1].comparator if row and row[-1].after else None
    for quantity in row:
        comparator = quantity.comparator
        if quantity.unit is None and unit is not None:
            quantity = replace(quantity, unit=unit)
        if comparator is None and len(row) > 1 and quantity.unit == unit:
            quantity = replace(quantity, comparator=before or after)
        yield quantity


def _read(text: str, found: re.Match[str]) -> Quantity | None:
    value = parse_number(found.group())
    if value is None or text.startswith('分之', found.end()):
        return None
    start, end = found.span()
    digits = found.group()[:1].isdigit()
    ratio = _RATIO.match(text, end) if digits else None
    high: Decimal | None = None
    unit: str | None = None
    approximate = mended = False
    if ratio is not None:
        second = Decimal(ratio.group(1))
        if value != 1 and second != 1:
            return None
        value, unit, end = (second if value == 1 else value), '比', ratio.end()
    else:
        tail = _TAIL.match(text, end)
        assert tail is not None  # all of it is optional
        unit = tail['unit_high'] or tail['unit']
        if tail['unit_odd']:
            unit = (unit if unit in ('万', '亿') else '') + tail['unit_odd']
        if unit is None and digits and (misprint := _MISPRINT.match(text, end)):
            unit, end, mended = '分', misprint.end(), True
        else:
            end, approximate = tail.end(), tail['odd'] is not None
        high = parse_number(tail['high']) if tail['high'] else None
        if text.startswith('百分之', max(0, start - 3)):
            start, unit = start - 3, '%'
        elif unit is None and text[start - 1 : start] == '前':
            unit = '名'
        if not digits and unit is None:
            return None
    return _compared(text, start, end, value, high, _plain(unit), approximate, digits, mended)


def _plain(unit: str | None) -> str | None:
    """``个百分点`` and ``个工作日`` count in ``百分点`` and ``工作日``."""
    return unit.removeprefix('个') or unit if unit else None


def _compared(
    text: str,
    start: int,
    end: int,
    value: Decimal,
    high: Decimal | None,
    unit: str | None,
    approximate: bool,
    digits: bool,
    mended: bool,
) -> Quantity:
    left, before, base = start, '', None
    window = max(0, start - _WIDEST)
    word = _BEFORE.search(text, window, start)
    if word is not None and word.group(1) == '未' and (unit not in ('%', '‰') or word.end(1) < start):
        word = None  # 未完成1项
    if word is not None:
        left, before = word.start(), word.group(1)
        if before in _REACHES and (missed := _MISSED.search(text, window, left)):
            left, before = missed.start(), '未达到'
    elif unit in ('%', '‰') and (word := _OF.search(text, window, start)):
        left, before, base = word.start(), word.group(1), word.group(2)
    elif approximate_word := _ABOUT.search(text, window, start):
        left, approximate = approximate_word.start(), True
    bound = _AFTER.match(text, end)
    assert bound is not None  # all of it is optional
    after, right = bound['after'] or '', bound.end()
    if (after == '内' and unit not in _LIMITED) or (after == '起' and unit in vocabulary.TIME_UNITS):
        after, right = '', end
    comparator = _compare(before, after, bound['out'] is not None or bound['outer'] is not None)
    if comparator is None and (sign := _SIGN.match(text, end)):
        comparator, right = vocabulary.FLIPPED[sign.group(1)], sign.end(1)
    if high is not None:
        value, high = min(value, high), max(value, high)
        comparator = 'between'
    return Quantity(
        left, start, end, right, value, high, unit, comparator, before, after, approximate, digits, base, mended
    )


def _compare(before: str, after: str, strict: bool) -> Comparator | None:
    """``达到 … 以下``: the word after the number decides; ``未达到 … 以上``: a negation before it turns that round."""
    left, right = vocabulary.BEFORE.get(before), vocabulary.AFTER.get(after)
    if right is None:
        return left
    if before in vocabulary.NEGATIONS:
        return vocabulary.NEGATED[right]
    if left in ('>', '<'):
        return left
    return right[0] if strict else right  # type: ignore[return-value]
