"""All quantities of a text; in a list they share unit and comparison where only one prints it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from kaohe.normalizers.grammar.alternatives import either
from kaohe.normalizers.grammar.quantities.comparators import compared
from kaohe.normalizers.grammar.quantities.printed_numbers import is_unit, printed_at, unit_at
from kaohe.normalizers.grammar.quantities.quantity import Quantity, joined
from kaohe.normalizers.text.numbers import BEGINS_NUMBER, NUMBER, parse_number
from kaohe.normalizers.vocabulary import target_words as vocabulary

_NUMBER = re.compile(NUMBER)
_BEGINS_NUMBER = re.compile(f'[{BEGINS_NUMBER}]')
_COUNTED_THING = re.compile(r'(?![每得扣的加减一按计记赋罚奖给])[\u4e00-\u9fff]+')
_LABELS = re.compile(r'(?:^|(?<=[\n;。:]))(\d{1,2})\.(?=\d\d)')
# what every label of these holds, and few decimals
_NO_DECIMAL = re.compile(r'\.\d\d')
_NAMED_MEMBER = re.compile(r'[、,](?:[A-DⅠ-Ⅻ]{1,2}(?=类|级))?[\u4e00-\u9fff]{1,6}')
_BOUNDS = frozenset({('>=', '<=')})
_NEXT_BOUND = re.compile('[、,]?(?:但是?|而|且|并且?|又|同时)?(?:在|均|仍)?')
_COMPARISON = re.compile('[≤<≥>]')
_BETWEEN = re.compile(
    rf'(?P<first>{either(vocabulary.FLIPPED)})(?P<named>[^≤<≥>=,。;:、\n]{{1,20}})(?P<second>{either(vocabulary.FLIPPED)})±?(?P<high>{NUMBER})'
)


def quantities(text: str, gaps: Sequence[int] = ()) -> Iterator[Quantity]:
    """All quantities of a surface text, from left to right, none overlapping another. ``gaps`` are the places between two digits where the source has
    white space: two numbers meet there (``≤3 9~12分``)."""
    row: list[Quantity] = []
    position = 0
    bounded = len(_COMPARISON.findall(text)) > 1
    while (head := _BEGINS_NUMBER.search(text, position)) is not None:
        position = head.end()
        found = _NUMBER.match(text, head.start())
        if found is None:
            continue
        for gap in gaps:
            if found.start() < gap < found.end():
                found = _NUMBER.match(text, found.start(), gap) or found
                break
        quantity = (_between(text, found) if bounded else None) or _read(text, found)
        position = found.end()
        if quantity is None:
            continue
        position = max(position, quantity.right)
        if row and (both := _interval(text, row[-1], quantity)) is not None:
            row[-1] = both
            continue
        if row and _chained(text, row[-1], quantity):
            quantity = replace(quantity, comparator=row[-1].comparator)
        if row and not joined(text, row[-1], quantity) and not _same_limit(text, row[-1], quantity):
            yield from _shared(row)
            row = []
        row.append(quantity)
    yield from _shared(row)


def _read(text: str, found: re.Match[str]) -> Quantity | None:
    printed = printed_at(text, found)
    return compared(text, printed) if printed and (printed.digits or printed.unit) else None


def _chained(text: str, first: Quantity, second: Quantity) -> bool:
    """``不少于10个专业60个病种``: the word of comparison holds for both counts."""
    return (
        bool(first.before)
        and not first.after
        and second.comparator is None
        and (first.unit is None or first.unit in vocabulary.COUNT_UNITS)
        and second.unit in vocabulary.COUNT_UNITS
        and second.left - first.right <= 6
        and not text.endswith('每', 0, first.left)
        and _COUNTED_THING.fullmatch(text, first.right, second.left) is not None
    )


def _interval(text: str, first: Quantity, second: Quantity) -> Quantity | None:
    """``5%以上10%以下``, ``95%及以上、98%以下``: two bounds of one measure beside each other; None where they bound nothing between."""
    if (
        not (first.after and second.after)  # 不低于18度、不高于26度, 80%以上不足90%: two bounds, each with its word
        or first.unit != second.unit
        or first.high is not None
        or second.high is not None
    ):
        return None
    low, high = sorted((first, second), key=lambda bound: bound.value)
    if (
        (low.comparator, high.comparator) not in _BOUNDS
        or low.value == high.value
        or _NEXT_BOUND.fullmatch(text, first.right, second.left) is None
    ):
        return None
    return replace(
        first,
        end=second.end,
        right=second.right,
        value=low.value,
        high=high.value,
        comparator='between',
        after=second.after,
    )


def _same_limit(text: str, first: Quantity, second: Quantity) -> bool:
    """``城区45分钟、农村90分钟到达现场``: one limit of time for each of several."""
    return (
        first.unit in vocabulary.DURATIONS
        and second.unit in vocabulary.DURATIONS
        and not first.before
        and not first.after
        and not second.before
        and second.left - first.right <= 7
        and _NAMED_MEMBER.fullmatch(text, first.right, second.left) is not None
    )


def _shared(row: list[Quantity]) -> Iterable[Quantity]:
    return _alike(row) if len(row) > 1 else row


def _alike(row: list[Quantity]) -> Iterator[Quantity]:
    unit = row[-1].unit
    before = row[0].comparator if row[0].before else None
    after = row[-1].comparator if row[-1].after or row[-1].unit in vocabulary.DURATIONS else None
    for quantity in row:
        comparator = quantity.comparator
        if quantity.unit is None and unit is not None:
            quantity = replace(quantity, unit=unit)
        if comparator is None and (quantity.unit == unit or quantity.unit in vocabulary.DURATIONS):
            quantity = replace(quantity, comparator=before or after)
        yield quantity


def without_labels(text: str) -> str:
    """The text with a line feed for each character of the labels that stand directly before a number (``1.800平方米以上；2.600平方米以上``). They are
    labels, not decimals, where statements begin with 1., 2., 3. in order."""
    labels = list(_LABELS.finditer(text)) if _NO_DECIMAL.search(text) else []
    if len(labels) < 2 or [int(label.group(1)) for label in labels] != list(range(1, len(labels) + 1)):
        return text
    pieces = list(text)
    for label in labels:
        pieces[label.start(1) : label.end()] = '\n' * (label.end() - label.start(1))
    return ''.join(pieces)


def _between(text: str, found: re.Match[str]) -> Quantity | None:
    """``98%≤好评率<99%``: what is measured stands between its two bounds; None where the signs do not go the same way."""
    sign = _COMPARISON.search(text, found.end())
    if sign is None or not (sign.start() == found.end() or is_unit(text, found.end(), sign.start())):
        return None
    both = _BETWEEN.match(text, sign.start())
    if both is None or ('<' in vocabulary.FLIPPED[both['first']]) != ('<' in vocabulary.FLIPPED[both['second']]):
        return None
    low, high = parse_number(found.group()), parse_number(both['high'])
    if low is None or high is None:
        return None
    end, unit = unit_at(text, both.end())
    unit = unit or text[found.end() : sign.start()] or None
    left = found.start() - text.endswith('±', 0, found.start())
    return Quantity(
        left=left,
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
