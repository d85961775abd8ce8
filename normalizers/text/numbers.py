"""Numbers as notices print them: digits in both widths, groups of thousands, Chinese numerals with 万 and 亿 inside, fractions, shares, misprinted points.

The one reader of numbers: clauses, targets, figures and points take their patterns and values from here.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

_DIGIT: Final = '[0-9０-９]'
_HAN: Final = '[零〇一二两三四五六七八九十百千]'
_SIGNS: Final = '½¼¾⅓⅔⅛'
_RAISED: Final = str.maketrans('⁰¹²³⁴⁵⁶⁷⁸⁹⁻', '0123456789-')
_POWER: Final = rf'(?:{_DIGIT}+(?:[.．]{_DIGIT}+)?\s?[×xX*]\s?|(?<![0-9０-９.．]))10⁻?[⁰¹²³⁴-⁹]{{1,2}}'
_THOUSANDS: Final = (
    r'(?<![0-9０-９.．,，])[1-9１-９][0-9０-９]{0,2}(?:[,，][0-9０-９]{3})+(?![0-9０-９,，])(?:[.．][0-9０-９]+)?'
)
_BELOW: Final = {
    '亿': rf'(?:{_DIGIT}{{8}}|(?:{_DIGIT}{{1,4}}|{_HAN}+)万(?:{_DIGIT}{{4}}|[零〇]{_DIGIT}{{1,3}}|{_HAN}+)?|[零〇](?:{_DIGIT}|{_HAN})+)',
    '万': rf'(?:{_DIGIT}{{4}}|{_DIGIT}千(?:[零〇]?{_DIGIT}{{1,3}})?|[零〇](?:{_DIGIT}|{_HAN})+|[一二两三四五六七八九]千{_HAN}*)',
    '千': rf'(?:{_DIGIT}{{3}}|[零〇](?:{_DIGIT}|{_HAN})+|{_DIGIT}百(?:[零〇]?{_DIGIT}{{1,2}})?|[一二两三四五六七八九]百{_HAN}*)',
}
"""What stands below 亿, 万 or 千 in a number of digits and numerals, so that it is the rest of it and not another number: ``3万4000``, ``1千零1``."""
_MIXED: Final = rf'{_DIGIT}+(?:{"|".join(sign + below for sign, below in _BELOW.items())})(?![0-9０-９.．]|年)'
_PART_OF_A_POINT: Final = '[二三四五六七八九十]分之[一二三四五六七八九](?=分(?![之值数]))'
NUMBER: Final = (
    rf'(?:{_THOUSANDS}|{_POWER}|{_MIXED}|[1-9]/[1-9][0-9]?(?=\s?分(?![之值数]))|{_PART_OF_A_POINT}|{_DIGIT}+(?:[.．]{{1,2}}{_DIGIT}+)?[{_SIGNS}]?|[{_SIGNS}]'
    rf'|{_HAN}+(?:亿{_HAN}+(?:万{_HAN}*)?|万{_HAN}+)|[零〇一二两三四五六七八九十百千半]+(?:点[零〇一二三四五六七八九]+)?)'
)
"""Source of a regular expression: one number, folded or not: ``0..2``, ``1,000``, ``5×10⁴``, ``½``, ``十二``, ``一亿五千万``, ``3万4000``; 万 and 亿 at its end are its unit's."""

BEGINS_NUMBER: Final = f'0-9０-９零〇一二两三四五六七八九十百千半{_SIGNS}'
"""With which characters ``NUMBER`` can begin, for a class: looking for them first is ten times as fast as looking for the number."""

FRACTION: Final = rf'(?:{_HAN}+|[百千]?[万亿]|{_DIGIT}+)分之(?:{_HAN}+(?:点{_HAN}+)?|{_DIGIT}+(?:[.．]{_DIGIT}+)?)'
"""Source of a regular expression: ``三分之二``, ``20分之1``; 百分之, 千分之 and 万分之 too."""

SHARE: Final = rf'(?:{_DIGIT}+(?:[.．]{_DIGIT}+)?[%％‰]|(?!{_PART_OF_A_POINT}){FRACTION}|[1-9]/[1-9]\d*(?![\d/]|\s?分(?![之值数]))|[½¼¾⅓⅔]|一半|半数|[一二三四五六七八九]成半?)'
"""Source of a regular expression: a part of a whole: ``50%``, ``百分之五``, ``一半``, ``三分之一``, ``1/3``, ``三成``."""

SHARE_LIST: Final = rf'{SHARE}(?:[、和及]{SHARE}(?!及?以[上下内]|左右|的?[不未]))*'
"""One or several of them in a list: ``60%、40%``."""

FORMAL: Final = str.maketrans('壹贰叁肆伍陆柒捌玖拾佰仟弍弎弌', '一二三四五六七八九十百千二三一')
"""Numerals as they stand on bills → plain ones (拾金不昧 is none: fold only what is known to be a number)."""

_VALUES: Final = {sign: value for value, sign in enumerate('零一二三四五六七八九')} | {'〇': 0, '两': 2}
_PLACES: Final = {'十': 10, '百': 100, '千': 1000}
_LARGE: Final = (('亿', 100_000_000), ('万', 10_000))
_VULGAR: Final = {
    '½': Decimal('0.5'),
    '¼': Decimal('0.25'),
    '¾': Decimal('0.75'),
    '⅓': Decimal(1) / 3,
    '⅔': Decimal(2) / 3,
    '⅛': Decimal('0.125'),
}
_POWERED = re.compile(r'(?:(.+?)\s?[×xX*]\s?)?10(⁻?[⁰¹²³⁴-⁹]{1,2})')
_ARABIC = re.compile(rf'{_DIGIT}+(?:[.．]{{1,2}}{_DIGIT}+)?')
_GROUPED = re.compile(rf'{_DIGIT}{{1,3}}(?:[,，]{_DIGIT}{{3}})+(?:[.．]{_DIGIT}+)?')
_POINT = re.compile('[.．]+')
_PARTS = re.compile(rf'{_DIGIT}+|.')
_HALVES: Final = {'一半': Decimal('0.5'), '半数': Decimal('0.5')}


@lru_cache(1024)  # the same few numbers stand everywhere
def parse_number(text: str) -> Decimal | None:
    """The value of a text that ``NUMBER`` or ``FRACTION`` matches; None where it is no number (``一二三``, ``百千``)."""
    if _ARABIC.fullmatch(text):
        return Decimal(_POINT.sub('.', text))
    if _GROUPED.fullmatch(text):
        return Decimal(re.sub('[,，]', '', text).replace('．', '.'))
    if '/' in text:
        over, under = map(parse_number, text.split('/', 1))
        return over / under if over is not None and under else None
    if powered := _POWERED.fullmatch(text):
        times = parse_number(powered[1]) if powered[1] else Decimal(1)
        return None if times is None else times * Decimal(10) ** int(powered[2].translate(_RAISED))
    if text[-1:] in _VULGAR:
        whole = parse_number(text[:-1]) if len(text) > 1 else Decimal(0)
        return None if whole is None else whole + _VULGAR[text[-1]]
    if '分之' in text:
        below, above = map(parse_number, text.split('分之', 1))
        return above / below if above is not None and below else None
    if text == '半':
        return Decimal('0.5')
    return _chinese(text)


def spaced_number(text: str) -> Decimal:
    """The value of digits between which white space may stand (``1 0.5``)."""
    return Decimal(''.join(text.split()))


def parse_shares(text: str) -> tuple[Decimal | None, ...]:
    """The values of a text that ``SHARE_LIST`` matches, each as a part of 1."""
    return tuple(parse_share(share) for share in re.split('[、和及]', text))


@lru_cache(256)
def parse_share(text: str) -> Decimal | None:
    """The value of a text that ``SHARE`` matches, as a part of 1: ``50%`` → 0.5."""
    if text in _HALVES:
        return _HALVES[text]
    if text[-1:] in '%％' or text.endswith('‰'):
        value = parse_number(text[:-1])
        return None if value is None else value / (1000 if text.endswith('‰') else 100)
    if '/' in text:
        above, below = map(parse_number, text.split('/', 1))
        return above / below if above is not None and below else None
    if '成' in text:
        tenths = parse_number(text[0])
        return None if tenths is None else (tenths + (Decimal('0.5') if text.endswith('半') else 0)) / 10
    return parse_number(text)


def _chinese(text: str) -> Decimal | None:
    whole, _, fraction = text.partition('点')
    value = _large(whole)
    if value is None or (fraction and not all(sign in _VALUES for sign in fraction)):
        return None
    return Decimal(f'{value}.{"".join(str(_VALUES[sign]) for sign in fraction)}' if fraction else value)


def _large(text: str) -> int | None:
    """A numeral with 亿 and 万 inside, taken apart at the largest."""
    for sign, worth in _LARGE:
        if sign in text:
            above, below = text.split(sign, 1)
            high, low = _large(above) if above else 1, _large(below) if below else 0
            return None if high is None or low is None or low >= worth else high * worth + low
    return _whole(text)


def _whole(text: str) -> int | None:
    """A numeral below 万, in which digits may stand (``4000``, ``1千零1``)."""
    total, digit = 0, None
    last = 10_000
    for part in _PARTS.findall(text):
        if part in _PLACES:
            place = _PLACES[part]
            if place >= last:
                return None
            total, digit, last = total + (1 if digit is None else digit) * place, None, place
        elif digit:
            return None
        elif part in _VALUES:
            digit = _VALUES[part]
        elif part.isdecimal():
            digit = int(part)
        else:
            return None
    return total + (digit or 0)
