"""Numbers as notices print them: digits, full-width digits, Chinese numerals, misprinted decimal points."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

_DIGIT: Final = '[0-9０-９]'
NUMBER: Final = (
    rf'(?:{_DIGIT}+(?:[.．]{{1,2}}{_DIGIT}+)?|[零〇一二两三四五六七八九十百千半]+(?:点[零〇一二三四五六七八九]+)?)'
)
"""Source of a regular expression: one number, folded or not; ``0..2`` and ``十二`` too."""

_VALUES: Final = {
    '零': 0,
    '〇': 0,
    '一': 1,
    '二': 2,
    '两': 2,
    '三': 3,
    '四': 4,
    '五': 5,
    '六': 6,
    '七': 7,
    '八': 8,
    '九': 9,
}
_PLACES: Final = {'十': 10, '百': 100, '千': 1000}
_ARABIC = re.compile(rf'{_DIGIT}+(?:[.．]{{1,2}}{_DIGIT}+)?')
_POINT = re.compile('[.．]+')


@lru_cache(1024)  # the same few numbers stand everywhere
def parse_number(text: str) -> Decimal | None:
    """The value of a text that ``NUMBER`` matches; None where it is no number (``一二三``, ``百千``)."""
    if _ARABIC.fullmatch(text):
        return Decimal(_POINT.sub('.', text))
    if text == '半':
        return Decimal('0.5')
    whole, _, fraction = text.partition('点')
    value = _whole(whole)
    if value is None or (fraction and not all(c in _VALUES for c in fraction)):
        return None
    return Decimal(f'{value}.{"".join(str(_VALUES[c]) for c in fraction)}' if fraction else value)


def _whole(text: str) -> int | None:
    total, digit = 0, None
    last = 10_000
    for character in text:
        if character in _PLACES:
            place = _PLACES[character]
            if place >= last:
                return None
            total, digit, last = total + (1 if digit is None else digit) * place, None, place
        elif character in _VALUES:
            if digit:
                return None
            digit = _VALUES[character]
        else:
            return None
    return total + (digit or 0)
