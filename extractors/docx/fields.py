"""Fields that show something although they have no stored result: circled numbers, symbols, check boxes."""

from __future__ import annotations

import re

from kaohe.extractors.word.numerals import numeral
from kaohe.extractors.word.symbols import translated

CIRCLES = frozenset('○◯〇')


def shown(instruction: str, checked: bool | None) -> str:
    """What a field without a result shows. ``checked`` is the state of a form's check box, None for other fields."""
    if checked is not None:
        return '☑' if checked else '☐'
    name, _, rest = instruction.strip().partition(' ')
    if name.upper() == 'SYMBOL':
        return _symbol(rest)
    return _equation(rest) if name.upper() == 'EQ' else ''


def _symbol(rest: str) -> str:
    code = re.match(r'\s*(0x[0-9a-f]+|\d+)', rest, re.IGNORECASE)
    font = re.search(r'\\f\s*("[^"]*"|\S+)', rest)
    if code is None:
        return ''
    place = int(code[1], 0 if code[1].lower().startswith('0x') else 10)
    return translated(chr(place), font[1].strip('"') if font else None) if place < 0x110000 else ''


def _equation(rest: str) -> str:
    r"""The text of an ``EQ`` field: ``\o\ac(○,3)``, Word's “enclosed character”, is ③; other layouts give their arguments."""
    text = re.sub(r'\\(?:ac|al|ar|up|do|ad|di|[abcdfhilnorsx])(?:\s*\d+)?', lambda match: '', rest, flags=re.IGNORECASE)
    parts = [part for part in re.split(r'\\?[(),，;]', text) if part.strip()]
    if len(parts) == 2 and parts[0].strip() in CIRCLES and parts[1].strip().isdecimal():
        return numeral(int(parts[1]), 'decimalEnclosedCircle')
    return ''.join(part.strip() for part in parts)
