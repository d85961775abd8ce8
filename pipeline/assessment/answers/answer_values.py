"""Whether what a person wrote can be the answer to a question, and which."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Final

from kaohe.normalizers.scoring.material import EVERY_TIME, Input
from kaohe.normalizers.scoring.reasons import plain
from kaohe.normalizers.scoring.term_amounts import Answer

_YES: Final = frozenset({'是', '有', '对', '√', '✓', 'y', 'yes', 'true', '1', '1.0', '达到', '做到'})
_NO: Final = frozenset({'否', '无', '没有', '不', '×', '✗', 'x', 'n', 'no', 'false', '0', '0.0', '未达到', '未做到'})
_ALL: Final = frozenset({EVERY_TIME, '都是', '是', 'true'})
_NONE: Final = frozenset({'否', '没有', '无', '都不是'})
COUNTED_IN_PARTS: Final = frozenset(
    {'%', '百分点', '个点', '点', '分', '万', '万元', '元', '千元', '亿元', '小时', '分钟', '年', '月', '天'}
)
_NUMBER: Final = re.compile(r'([+-]?\d+(?:\.\d+)?)\s*(%|‰|\D{0,6})')
_LARGEST: Final = Decimal(10) ** 12


class Misfit(ValueError):
    """A value that cannot answer the question; the message says why, in Chinese."""


def answer_of(one: Input, written: object) -> Answer | None:
    """The answer that was written in a cell, a CSV or a JSON file; None for nothing. Raises `Misfit`."""
    if isinstance(written, str):
        written = unicodedata.normalize('NFKC', written).strip() or None
    if written is None:
        return None
    if one.kind == 'yes_no':
        return _yes_no(written)
    if one.kind == 'choice':
        return _choice(one, written)
    if one.kind == 'count' and one.options and (written is True or str(written).strip().lower() in _ALL):
        return EVERY_TIME
    if one.kind == 'count' and one.options and (written is False or str(written).strip() in _NONE):
        return Decimal(0)
    if one.or_none and (written is False or str(written).strip() in _NONE):
        return Decimal(0)
    number = _number(one, written)
    if one.or_none and number == 0:
        return number
    if one.or_none and not (one.low or 0) <= number <= (one.high if one.high is not None else number):
        raise Misfit(f'{_within(one)}，填的是 {plain(number)}')
    if one.kind == 'count' and one.unit not in COUNTED_IN_PARTS and number != number.to_integral_value():
        raise Misfit(f'要填整数（几{one.unit or "次"}），填的是 {plain(number)}')
    if one.low is not None and number < one.low:
        raise Misfit(f'不能小于 {plain(one.low)}，填的是 {plain(number)}')
    if one.high is not None and number > one.high:
        raise Misfit(f'不能大于 {plain(one.high)}，填的是 {plain(number)}')
    return number


def _within(one: Input) -> str:
    """What may be answered where points are printed as a range."""
    assert one.low is not None
    ends = f'在 {plain(one.low)}～{plain(one.high)} 之间' if one.high is not None else f'不小于 {plain(one.low)}'
    return f'要{ends}，没有这种情况填 0'


def _yes_no(written: object) -> bool:
    if isinstance(written, bool):
        return written
    word = str(written).strip().lower()
    if word in _YES or word in _NO:
        return word in _YES
    shown = f'{written:g}' if isinstance(written, float) else str(written)
    raise Misfit(f'要填“是”或“否”，填的是“{shown[:20]}”')


def _choice(one: Input, written: object) -> str:
    word = str(written)
    folded = {unicodedata.normalize('NFKC', option): option for option in one.options}
    if word in folded:
        return folded[word]
    near = [option for text, option in folded.items() if text.startswith(word) or word.startswith(text)]
    if len(near) == 1 and not isinstance(written, (bool, int, float)):
        return near[0]
    raise Misfit(f'要从这几项里选一项：{"、".join(one.options)}；填的是“{word[:20]}”')


def _number(one: Input, written: object) -> Decimal:
    if isinstance(written, bool):
        raise Misfit(f'要填数字，填的是“{"是" if written else "否"}”')
    if isinstance(written, (int, float, Decimal)):
        try:
            number = Decimal(str(written))
        except InvalidOperation:
            raise Misfit('要填数字') from None
        unit = ''
    else:
        match = _NUMBER.fullmatch(str(written).replace(',', ''))
        if match is None:
            raise Misfit(f'要填数字，填的是“{str(written)[:20]}”')
        number, unit = Decimal(match[1]), match[2].strip()
    if not number.is_finite() or abs(number) > _LARGEST:
        raise Misfit('要填一个普通的数字')
    if unit == '%' and one.kind == 'ratio':
        return number / 100
    if unit and unit != one.unit and not (unit == '%' and one.unit in ('百分点', '个点', '点')):
        raise Misfit(f'单位要用“{one.unit or "（无单位）"}”，填的是“{str(written)[:20]}”')
    return number
