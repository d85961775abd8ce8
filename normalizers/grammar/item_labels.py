"""Printed labels of sub-items: ``1.``, ``1、``, ``（1）``, ``①``, ``⑴``, ``㈠``, ``（一）``, ``一、``."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from kaohe.extractors.labels import HAN, printed, sign_range, sign_value
from kaohe.normalizers.grammar.glued_labels import LABEL_STOP
from kaohe.normalizers.grammar.surface import surface
from kaohe.normalizers.text.numbers import parse_number

# Roman numerals and A-1-2 are no items here: they stand in the names of things (Ⅱ类切口)
_SIGNS = sign_range('circled', 'filled')
_OTHER_SIGNS = sign_range('rounded', 'han_rounded')
_LABEL = re.compile(
    rf'(?=[{_SIGNS}{_OTHER_SIGNS}(\d{HAN}])(?:(?P<circled>[{_SIGNS}])[.、]?|(?P<round>{printed("arabic_bracketed", "han_bracketed")})[、.]?|[{_OTHER_SIGNS}]'
    rf'|(?P<plain>(?<![\d.]){printed("arabic")})(?:[.、](?!\d)|\)(?!\d)|{LABEL_STOP})|(?P<han>{printed("han")})、)'
)
# the last character of every label with its stop, and what stands before it: most texts have none
_MAY_END_LABEL = re.compile(
    rf'[.、){_SIGNS}{_OTHER_SIGNS}](?:(?<=\d[.、])(?!\d)|(?<=[{HAN}]、)|(?<=[\d{HAN}]\))|(?<=[{_SIGNS}{_OTHER_SIGNS}]))'
)
_SPACE = re.compile(r'\s+')
_STARTS = '\n。;:,!?、)'


class Label(Struct, frozen=True):
    """``text`` as printed without its full stop (``1``, ``①``, ``（一）``); ``start``/``end`` span it in the surface text."""

    text: str
    start: int
    end: int


@lru_cache(16)  # as long as the surface is: clauses and items ask for the same labels
def labels(source: str) -> tuple[Label, ...]:
    """The labels of a text in order. A number inside a line is one only where it begins a count or goes on with it."""
    seen = surface(source)
    if _MAY_END_LABEL.search(seen.text) is None:
        return ()
    found: list[Label] = []
    last: dict[str, int] = {}
    for match in _LABEL.finditer(seen.text):
        style = match.lastgroup or 'circled'
        label = match[match.lastgroup] if match.lastgroup else match.group()
        number = _number(label)
        start = match.start()
        at_head = start == 0 or seen.text[start - 1] in '\n。;'
        if not at_head and seen.text[start - 1] not in _STARTS and not seen.follows_gap(start):
            if (
                not (
                    style in ('plain', 'round')
                    and number == last.get(style, 0) + 1
                    and seen.text[start - 1] in '分止扣'
                )
                and style != 'circled'
            ):
                continue
            if style == 'circled' and seen.text[start - 1] in '第至和及':
                continue
        if not at_head and style in ('plain', 'han') and number not in (1, last.get(style, 0) + 1):
            continue
        if style == 'plain' and not at_head and number == 1 and seen.text[start - 1] == '、':
            continue
        left, right = seen.span(start, start + len(label))
        found.append(Label(_SPACE.sub('', source[left:right]), start, match.end()))
        last[style] = number
    return tuple(found)


def _number(printed: str) -> int:
    bare = printed.strip('()')
    if (counted := sign_value(bare)) is not None:
        return counted
    value = parse_number(bare)
    return int(value) if value is not None else 0
