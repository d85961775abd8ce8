"""Fields that show something although they have no stored result: circled numbers, symbols, check boxes."""

from __future__ import annotations

import re

from kaohe.extractors.raised import raised
from kaohe.extractors.word.numerals import numeral
from kaohe.extractors.word.symbols import translated

CIRCLES = frozenset('○◯〇')
#: A layout with its options, up to the bracket that opens its arguments.
SWITCHES = re.compile(
    r'(?:\\(?:[lrbf]c\\.|ac|al|ar|up|do|ad|di|ai|to|bo|le|ri|co|vs|hs|su|pr|in|[abcdfhilnorsx])\s*\d*\s*)+\(',
    re.IGNORECASE,
)


def shown(instruction: str, form: str | None) -> str:
    """What a field without a result shows. ``form`` is what a form's check box or list shows, None for other fields."""
    if form is not None:
        return form
    name, _, rest = instruction.strip().partition(' ')
    if name.upper() == 'SYMBOL':
        return _symbol(rest)
    return equation(rest) if name.upper() == 'EQ' else ''


def _symbol(rest: str) -> str:
    code = re.match(r'\s*(0x[0-9a-f]+|\d+)', rest, re.IGNORECASE)
    font = re.search(r'\\f\s*("[^"]*"|\S+)', rest)
    if code is None:
        return ''
    place = int(code[1], 0 if code[1].lower().startswith('0x') else 10)
    return translated(chr(place), font[1].strip('"') if font else None) if place < 0x110000 else ''


def equation(rest: str) -> str:
    r"""The text of an ``EQ`` field on one line: ``\o\ac(○,3)``, Word's “enclosed character”, is ③, ``\f(1,2)`` is 1/2, ``10\s\up5(4)`` is 10⁴."""
    return _laid_out(rest, 0)[0].strip()


def _laid_out(text: str, at: int) -> tuple[str, int]:
    """The text from ``at`` to the end of the argument that stands there, and where that is."""
    found: list[str] = []
    while at < len(text) and text[at] not in '),，;；':
        switch = SWITCHES.match(text, at)
        if switch is not None:
            parts, at = _arguments(text, switch.end() - 1)
            found.append(_switched(switch[0].lower(), parts))
        elif text[at] == '(':
            parts, at = _arguments(text, at)
            found.append(f'({",".join(parts)})')
        elif text[at] == '\\' and at + 1 < len(text):
            found.append(text[at + 1])
            at += 2
        else:
            found.append(text[at])
            at += 1
    return ''.join(found), at


def _arguments(text: str, at: int) -> tuple[list[str], int]:
    """The arguments in the brackets that open at ``at``, and where the text goes on."""
    parts: list[str] = []
    while at < len(text) and text[at] != ')':
        part, at = _laid_out(text, at + 1)
        parts.append(part.strip())
    return parts, at + 1


def _switched(switch: str, parts: list[str]) -> str:
    written = [part for part in parts if part]
    if len(written) == 2 and written[0] in CIRCLES and written[1].isdecimal():
        return numeral(int(written[1]), 'decimalEnclosedCircle')
    if switch.startswith('\\f'):
        return '/'.join(parts)
    if switch.startswith('\\r'):
        return f'{parts[0] if len(parts) > 1 else ""}√{parts[-1]}'
    if '\\up' in switch:
        return ''.join(map(raised, parts))
    if switch.startswith('\\b'):
        return f'({"".join(parts)})'
    return ''.join(parts)
