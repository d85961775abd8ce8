"""Quantities in a text: a number or a range with its unit and the words that compare it. The terms of targets and of figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from kaohe.normalizers.catalogue import Comparator
from kaohe.normalizers.grammar.alternatives import either
from kaohe.normalizers.grammar.numbers import NUMBER, parse_number
from kaohe.normalizers.vocabulary import target_words as vocabulary

_PLAIN = either({*vocabulary.TIME_UNITS, *vocabulary.COUNT_UNITS, *vocabulary.MASS_UNITS})
_UNIT = (
    rf'(?:{either(vocabulary.PERCENT_UNITS)}|'
    rf'(?:[十百千]?[万亿])?{_PLAIN}(?!(?<=[A-Za-z])[A-Za-z])(?:\({_PLAIN}\))?(?:/(?:[万千百]?{_PLAIN}|[年月日天周人户]))*|'
    rf'[十百千]?[万亿]|/[十百千]?[万亿]|'
    r'[A-Za-zμ°℃Ω]+[²³]?(?:/[A-Za-zμ²³℃]+)*)'
)
_BEFORE = re.compile(
    rf'({either(vocabulary.BEFORE)})(?:约|近|了|(?:规定|要求|标准|目标|计划)(?:的|值)?|{either(vocabulary.LIGHT_VERBS)})?$'
)
_OF = re.compile(
    rf'({either(word for word in vocabulary.BEFORE if len(word) > 1 and word not in vocabulary.REACHING)})([^,。;:、\d()每]{{2,14}}?)的?$'
)
_VERBED = re.compile(r'(至少|最少|起码|最多|至多)[\u4e00-\u9fff]{1,6}$')
_NOT_WITHIN = re.compile(r'(?:未能?|没有|没能?|不能)(?:[在于]|按(?:规定|要求)在)(?:规定的?)?$')
_REACHES = frozenset({'达到', '达', '达至', '达到了'})
_MISSED = re.compile(r'(?:未|没有|没|未能)[^,。;:、\d]{0,6}$')
_ABOUT = re.compile(r'(?:约|近|大约|将近|接近)$')
_MISPRINT = re.compile(rf'[{vocabulary.MISPRINTS_OF_POINTS}](?={either(vocabulary.AFTER)})')
_COUNTED_THING = re.compile(r'(?![每得扣的加减一按])[\u4e00-\u9fff]+')
_LISTING = re.compile(r'、|和|及|与|以及|/')
_LABELS = re.compile(r'(?:^|(?<=[\n;。:]))(\d{1,2})\.(?=\d\d)')
_NUMBER = re.compile(NUMBER)
_MEASURED = re.compile(_UNIT)
_TO = re.compile(rf'(?:\(不?含\))?(?:-{{1,2}}|~|至|到)(?:百分之)?(?P<high>{NUMBER})')
_BEGINS_TO = frozenset('(-~至到')
_COLONS = frozenset(':∶')
_RATIO = re.compile(r'[:∶](\d+(?:\.\d+)?)(?![\d.:])')
_BOUND = r'\((?:(?P<out>不含|不包括|不包含)|含)[^()]{0,8}\)'
_AFTER = re.compile(
    rf'(?:{_BOUND})?(?:\([^()]{{1,9}}\)(?=内|以))?(?P<after>{either(vocabulary.AFTER)})?(?:{_BOUND.replace("out", "outer")})?'
)
_SIGN = re.compile(rf'({either(vocabulary.FLIPPED)})(?!\d)')
_COMPARISON = re.compile('[≤<≥>]')
_BETWEEN = re.compile(
    rf'(?P<first>{either(vocabulary.FLIPPED)})(?P<named>[^≤<≥>=,。;:、\n]{{1,20}})(?P<second>{either(vocabulary.FLIPPED)})(?P<high>{NUMBER})'
)
# What a word of comparison, or what may stand between it and its number, ends with; `$` also stands before a last line feed.
_ENDS_BEFORE = frozenset(word[-1] for word in (*vocabulary.BEFORE, *vocabulary.LIGHT_VERBS)) | set(
    '约近了定求准标划的值\n'
)
_BEGINS_AFTER = frozenset(word[0] for word in vocabulary.AFTER) | {'('}
_SHARES = frozenset({'%', '‰', '百分点'})
_STRICT: dict[Comparator, Comparator] = {'>=': '>', '<=': '<'}
_LIMITED = frozenset(unit.removeprefix('个') for unit in (*vocabulary.TIME_UNITS, *vocabulary.DISTANCE_UNITS))
_WIDEST = 24
"""Characters before a number in which a word of comparison is looked for."""


class Quantity(NamedTuple):
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
    named: tuple[int, int] | None = None
    """The span of what stands between two signs: the 好评率 of ``98%≤好评率<99%``."""

    @property
    def explicit(self) -> bool:
        """Whether words or signs compare it."""
        return self.comparator is not None


def quantities(text: str) -> Iterator[Quantity]:
    """All quantities of a surface text, from left to right, none overlapping another. In a list (``30%、15%以上``) they share unit and
    comparison where only one prints it."""
    row: list[Quantity] = []
    position = 0
    bounded = len(_COMPARISON.findall(text)) > 1
    while (found := _NUMBER.search(text, position)) is not None:
        quantity = (_between(text, found) if bounded else None) or _read(text, found)
        position = found.end()
        if quantity is None:
            continue
        position = max(position, quantity.right)
        if row and _chained(text, row[-1], quantity):
            quantity = quantity._replace(comparator=row[-1].comparator)
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
        and (first.unit is None or first.unit in vocabulary.COUNT_UNITS)
        and second.unit in vocabulary.COUNT_UNITS
        and second.left - first.right <= 6
        and _COUNTED_THING.fullmatch(text, first.right, second.left) is not None
    )


def _shared(row: list[Quantity]) -> Iterable[Quantity]:
    return _alike(row) if len(row) > 1 else row


def _alike(row: list[Quantity]) -> Iterator[Quantity]:
    unit = row[-1].unit
    before = row[0].comparator if row[0].before else None
    after = row[-1].comparator if row[-1].after else None
    for quantity in row:
        comparator = quantity.comparator
        if quantity.unit is None and unit is not None:
            quantity = quantity._replace(unit=unit)
        if comparator is None and quantity.unit == unit:
            quantity = quantity._replace(comparator=before or after)
        yield quantity


def without_labels(text: str) -> str:
    """The text with a line feed for each character of the labels that stand directly before a number (``1.800平方米以上；2.600平方米以上``). They are
    labels, not decimals, where statements begin with 1., 2., 3. in order."""
    labels = list(_LABELS.finditer(text)) if '.' in text else []
    if len(labels) < 2 or [int(label.group(1)) for label in labels] != list(range(1, len(labels) + 1)):
        return text
    pieces = list(text)
    for label in labels:
        pieces[label.start(1) : label.end()] = '\n' * (label.end() - label.start(1))
    return ''.join(pieces)


class _Printed(NamedTuple):
    """A number as it stands, before the words around it are asked."""

    start: int
    end: int
    value: Decimal
    high: Decimal | None
    unit: str | None
    digits: bool
    approximate: bool = False
    mended: bool = False


def _read(text: str, found: re.Match[str]) -> Quantity | None:
    number = found.group()
    value = parse_number(number)
    if value is None or text.startswith('分之', found.end()):
        return None
    digits = number[0].isdigit()
    if digits and text[found.end() : found.end() + 1] in _COLONS and (ratio := _RATIO.match(text, found.end())):
        printed = _ratio(found.start(), ratio, value)
    else:
        printed = _with_unit(text, found, value, digits)
        if printed.unit == '年' and text.startswith('级', printed.end):
            return None  # 三至六年级
    return _compared(text, printed) if printed and (digits or printed.unit) else None


def _between(text: str, found: re.Match[str]) -> Quantity | None:
    """``98%≤好评率<99%``: what is measured stands between its two bounds; None where the signs do not go the same way."""
    sign = _COMPARISON.search(text, found.end())
    if sign is None or not (sign.start() == found.end() or _MEASURED.fullmatch(text, found.end(), sign.start())):
        return None
    both = _BETWEEN.match(text, sign.start())
    if both is None or ('<' in vocabulary.FLIPPED[both['first']]) != ('<' in vocabulary.FLIPPED[both['second']]):
        return None
    low, high = parse_number(found.group()), parse_number(both['high'])
    if low is None or high is None:
        return None
    end, unit = _unit(text, both.end())
    unit = unit or text[found.end() : sign.start()] or None
    return Quantity(
        left=found.start(),
        start=found.start(),
        end=end,
        right=end,
        value=min(low, high),
        high=max(low, high),
        unit=unit and (unit.removeprefix('个') or unit),
        comparator='between',
        before='',
        after='',
        approximate=False,
        digits=True,
        named=both.span('named'),
    )


def _ratio(start: int, ratio: re.Match[str], first: Decimal) -> _Printed | None:
    """``1:0.5`` and ``0.4:1`` count for the side that is not 1; None where neither side is 1 (``8:30``)."""
    second = Decimal(ratio.group(1))
    if first != 1 and second != 1:
        return None
    return _Printed(start, ratio.end(), second if first == 1 else first, None, '比', digits=True)


def _with_unit(text: str, found: re.Match[str], value: Decimal, digits: bool) -> _Printed:
    """A number or a range with its unit; ``个百分点`` and ``个工作日`` count in ``百分点`` and ``工作日``."""
    start, end = found.span()
    end, unit = _unit(text, end)
    high: Decimal | None = None
    # each part is taken as long as it can be: none of what follows is required
    if text[end : end + 1] in _BEGINS_TO and (upper := _TO.match(text, end)):
        high = parse_number(upper['high'])
        end, unit_high = _unit(text, upper.end())
        unit = unit_high or unit
    if approximate := text.startswith(('余', '多'), end):
        end, unit_odd = _unit(text, end + 1)
        unit = (unit if unit in ('万', '亿') else '') + unit_odd if unit_odd else unit
    if unit is None and digits and (misprint := _MISPRINT.match(text, found.end())):
        return _Printed(start, misprint.end(), value, None, '分', digits, mended=True)
    if start > 2 and text.startswith('百分之', start - 3):
        start, unit = start - 3, '%'
    elif unit is None and text[start - 1 : start] == '前':
        unit = '名'
    if unit:
        unit = unit.removeprefix('个') or unit
    return _Printed(start, end, value, high, unit, digits, approximate=approximate)


def _unit(text: str, start: int) -> tuple[int, str | None]:
    """Where the unit that begins at ``start`` ends, and the unit; None where there is none."""
    found = _MEASURED.match(text, start)
    return (found.end(), found.group()) if found else (start, None)


def _compared(text: str, printed: _Printed) -> Quantity:
    start, end, value, high, unit, digits, approximate, mended = printed
    left, before, base, about = _words_before(text, start, unit)
    after, right, strict = _words_after(text, end, unit)
    comparator = _compare(before, after, strict) if before or after else None
    if comparator is None and right == end and (sign := _SIGN.match(text, end)):
        comparator, right = vocabulary.FLIPPED[sign.group(1)], sign.end(1)
    if high is not None:
        value, high = min(value, high), max(value, high)
        comparator = 'between'
    approximate = approximate or about
    return Quantity(
        left, start, end, right, value, high, unit, comparator, before, after, approximate, digits, base, mended
    )


def _words_before(text: str, start: int, unit: str | None) -> tuple[int, str, str | None, bool]:
    """Where the comparing words before a number begin, which they are, what a share is of, and whether the number is only about right."""
    window = max(0, start - _WIDEST)
    ends = text[start - 1 : start] in _ENDS_BEFORE
    word = _BEFORE.search(text, window, start) if ends else None
    if word is not None and word.group(1) == '未' and (unit not in _SHARES or word.end(1) < start):
        word = None  # 未完成1项
    if word is not None:
        missed = _MISSED.search(text, window, word.start()) if word.group(1) in _REACHES else None
        return (missed.start(), '未达到', None, False) if missed else (word.start(), word.group(1), None, False)
    if ends and unit in vocabulary.TIME_UNITS and (word := _NOT_WITHIN.search(text, window, start)):
        return word.start(), '未在', None, False
    if unit in vocabulary.COUNT_UNITS and (word := _VERBED.search(text, window, start)):
        return start, word.group(1), None, False
    if unit in _SHARES and (word := _OF.search(text, window, start)):
        return word.start(), word.group(1), word.group(2), False
    if ends and (word := _ABOUT.search(text, window, start)):
        return word.start(), '', None, True
    return start, '', None, False


def _words_after(text: str, end: int, unit: str | None) -> tuple[str, int, bool]:
    """The comparing word behind a number, where it ends, and whether a bracket leaves out the number itself (``不含``)."""
    if text[end : end + 1] not in _BEGINS_AFTER:
        return '', end, False
    bound = _AFTER.match(text, end)
    assert bound is not None  # all of it is optional
    after, right = bound['after'] or '', bound.end()
    if (after == '内' and unit not in _LIMITED) or (after == '起' and unit in vocabulary.TIME_UNITS):
        after, right = '', end
    return after, right, bound['out'] is not None or bound['outer'] is not None


def _compare(before: str, after: str, strict: bool) -> Comparator | None:
    """``达到 … 以下``: the word after the number decides; ``未达到 … 以上``: a negation before it turns that round."""
    left, right = vocabulary.BEFORE.get(before), vocabulary.AFTER.get(after)
    if right is None:
        return left
    if before in vocabulary.NEGATIONS:
        return vocabulary.NEGATED[right]
    if left in ('>', '<'):
        return left
    return _STRICT[right] if strict else right
