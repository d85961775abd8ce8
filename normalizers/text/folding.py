"""Two foldings of text, and no third: one that keeps every offset, one for comparing.

``unicodedata.normalize('NFKC')`` changes lengths (``㎡`` to ``m2``, ``①`` to ``1``), so spans found in folded text would not fit the
source. ``halfwidth`` maps one character to one character; all grammar works on it. ``squeeze`` is for keys and comparison only.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kaohe.normalizers.text.ideographs import BEYOND, IDEOGRAPHS, plain_ideographs

_LAST = '\uffff'
_HALFWIDTH: dict[int, int | str] = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},  # full-width ASCII
    0x3000: ' ',
    0x00A0: ' ',
    0x2002: ' ',
    0x2003: ' ',
    0x2009: ' ',
    0x202F: ' ',
    0xFE6A: '%',
    0x066A: '%',
    0x2012: '-',
    0x2013: '-',
    0x2014: '-',
    0x2015: '-',
    0x2212: '-',
    0xFF5E: '~',
    0x301C: '~',
    0x223C: '~',
    0x2236: ':',
    0x2A7E: '≥',
    0x2267: '≥',
    0x2265: '≥',
    0x2A7D: '≤',
    0x2266: '≤',
    0x2264: '≤',
    0x3014: '〔',
    **IDEOGRAPHS,
}

_FOLDED = {chr(code): chr(to) if isinstance(to, int) else to for code, to in _HALFWIDTH.items()}
# What may be folded. Beyond the first plane the whole block, for a class that names its characters one by one is searched slowly.
_MAY_FOLD = re.compile(f'[{re.escape("".join(sign for sign in _FOLDED if sign <= _LAST))}{BEYOND}]')
_MARKS = tuple((mark, _FOLDED[mark]) for mark in '，；：（）％')
"""The marks that most texts have, which NFKC makes the same of; it has to take the whole text apart for one of them."""

KEPT = 1 << 16
"""Texts whose folding is kept: the steps look at the same cells again and again. A notice of 10,000 lines has 60,000 of them."""


@lru_cache(KEPT)
def halfwidth(text: str) -> str:
    """The text with full-width ASCII, spaces, dashes, comparison signs and radicals in their plain form, character by
    character.

    Same length as ``text``: a span of the one is the same span of the other. Chinese punctuation such as ``。`` and ``、`` stays; ``，``, ``；``,
    ``：``, ``（`` and ``）`` become ``,``, ``;``, ``:``, ``(`` and ``)``.
    """
    found = _MAY_FOLD.search(text)
    while found is not None:
        text = text.replace(found[0], _FOLDED.get(found[0], found[0]))
        found = _MAY_FOLD.search(text, found.end())
    return text


@lru_cache(KEPT)
def squeeze(text: str | None) -> str:
    """What is left of a text for keys and comparison: NFKC, no white space; ``''`` for None. Offsets are lost."""
    if not text:
        return ''
    text = plain_ideographs(text)
    for mark, plain in _MARKS:
        text = text.replace(mark, plain)
    return ''.join(unicodedata.normalize('NFKC', text).split())
