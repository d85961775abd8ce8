"""What a number format of Excel shows of a number (ECMA-376 part 1, 18.8.31): the percentage and the words that it puts around it.

The number itself keeps all the digits that the file holds: a format that rounds is told apart (``rounds``), so that a reader can say so.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

BUILT_IN = {
    1: '0', 2: '0.00', 3: '#,##0', 4: '#,##0.00', 9: '0%', 10: '0.00%', 37: '#,##0 ;(#,##0)', 38: '#,##0 ;(#,##0)',
    39: '#,##0.00;(#,##0.00)', 40: '#,##0.00;(#,##0.00)',
}  # fmt: skip
"""Formats that files name by number only; dates and times are not here."""

SHOWS_NOTHING = ';;;'
"""The format with which people hide what a cell holds."""

_PART = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|([#0?.,%]+|[Gg]eneral)|(.)', re.DOTALL)
_SECTIONS = re.compile(r'((?:"[^"]*"|\\.|[^;"\\])*)(?:;|$)')
_NO_NUMBER = re.compile(r'[ymdhsYMDHSEe@/]|(?:上午|下午)')


class ShownNumber(NamedTuple):
    """The text that shows a number, and whether the format hides some of its digits."""

    text: str
    rounds: bool = False


def shown_number(value: float, code: str) -> ShownNumber | None:
    """The number as the format shows it, all digits kept; None where the format does not show a plain number (dates, fractions)."""
    exact = Decimal(f'{value:.15g}')
    if not exact.is_finite():
        return None
    sections = _sections(code)
    at = 0
    if '[' in code and re.search(r'\[[<>=]', code):
        return None
    if len(sections) > 1:
        at = 1 if exact < 0 else 2 if exact == 0 and len(sections) > 2 else 0
    section = sections[at]
    if section is None:
        return None
    before, pattern, after = section
    if not pattern:
        return ShownNumber(before)
    if '%' in pattern:
        exact *= 100
    if at == 1:
        exact = -exact
    digits = 0 if pattern == 'general' else len(pattern.partition('.')[2].rstrip('%,'))
    scaled = pattern.rstrip('%').endswith(',')
    rounds = pattern != 'general' and exact != exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    percent = '%' if '%' in pattern else ''
    return ShownNumber(f'{before}{plain(exact)}{percent}{after}'.strip(), rounds or scaled)


def plain(exact: Decimal) -> str:
    """The number without an exponent and without zeros at its end."""
    text = f'{exact:f}'
    return text.rstrip('0').rstrip('.') if '.' in text else text


@lru_cache(256)
def _sections(code: str) -> tuple[tuple[str, str, str] | None, ...]:
    """For each part of a format (positive; negative; zero): what stands before the number, its pattern, what stands after it."""
    found = [_section(match[1]) for match in _SECTIONS.finditer(code)]
    # the expression also matches the nothing at the end
    return tuple(found[:-1] if len(found) > 1 and not code.endswith(';') else found)


def _section(code: str) -> tuple[str, str, str] | None:
    around = ['', '']
    pattern = ''
    for quoted, escaped, currency, digits, other in _PART.findall(code):
        if digits:
            bare = digits.lower() if digits.lower() == 'general' else digits
            if pattern and bare.strip('%'):
                return None  # a pattern in pieces: telephone numbers, codes
            pattern += bare
        elif other and _NO_NUMBER.match(other):
            return None
        else:
            around[bool(pattern)] += quoted or escaped or currency or other
    return around[0], pattern, around[1].rstrip()
