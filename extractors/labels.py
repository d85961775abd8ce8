"""The printed labels of headings, categories, lines, and items: one table of styles that every use composes its patterns from.

A use names the styles it knows, in the order it tries them, with its own ranks and stops; a style it does not name is no label there.
Patterns fit half-width text, in which （1） is ``(1)`` (``unfolded`` makes one that fits text as printed); the signs ① ⑴ ㈠ Ⅰ stay as printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

Style = Literal['han', 'han_bracketed', 'arabic', 'arabic_bracketed', 'dotted', 'lettered', 'half_bracketed', 'circled', 'filled',
                'rounded', 'han_rounded', 'roman', 'letter', 'letter_counted']  # fmt: skip

# The numerals that count labels: 一 to 十, and their combinations
HAN: Final = '一二三四五六七八九十'
# What counts a label written with words: 第十二章, 附件1
NUMERAL: Final = rf'[{HAN}百零〇两\d]{{1,4}}'
# Styles whose label is one sign of its own: the first and the last of the row, which counts from 1
_SIGNS: Final[dict[Style, tuple[str, str]]] = {
    'circled': ('①', '⑳'),
    'filled': ('❶', '❿'),
    'rounded': ('⑴', '⒇'),
    'han_rounded': ('㈠', '㈩'),
    'roman': ('\u2160', '\u216b'),
}
# The signs that count the items of a text. Roman numerals do not: they stand in the names of things (Ⅱ类切口)
_COUNTING: Final[tuple[Style, ...]] = ('circled', 'filled', 'rounded', 'han_rounded')
# What a label is without the stop behind it, by style: 一, (一), 1, (1), 1.1.2, A-1-2, 1)
_PRINTED: Final[dict[Style, str]] = {
    'han': rf'[{HAN}]{{1,3}}',
    'han_bracketed': rf'\([{HAN}]{{1,3}}\)',
    'arabic': r'\d{1,3}',
    'arabic_bracketed': r'\(\d{1,2}\)',
    'dotted': r'\d{1,2}(?:\.\d{1,2}){1,3}',
    'lettered': r'[A-Z](?:-\d{1,2}){2,3}(?![-\d])',
    'letter': '[A-H]',
    'letter_counted': r'[A-H]\d{1,2}',
    'half_bracketed': r'\d{1,2}\)',
    **{style: f'[{first}-{last}]' for style, (first, last) in _SIGNS.items()},
}

_NUMERALS = re.compile(f'[{HAN}百零〇两]+')
_HALFWIDTH = str.maketrans('（）．，：', '().,:')


@dataclass(frozen=True, slots=True)
class Marker:
    """A style as one use knows it: its rank there, and the pattern of the label with the stop that the use asks for."""

    rank: int
    pattern: re.Pattern[str]


def marker(rank: int, style: Style, behind: str = '') -> Marker:
    """The style with the pattern of what stands behind it: ``marker(1, 'han', '、')``."""
    return Marker(rank, re.compile(printed(style) + behind))


def worded(rank: int, pattern: str) -> Marker:
    """A label written with words (第三章, 附件1), which each use spells for itself."""
    return Marker(rank, re.compile(pattern))


def first_of(markers: Iterable[Marker], text: str, start: int = 0) -> tuple[int, re.Match[str]] | None:
    """Rank and match of the first marker that stands at ``start``; None where none does."""
    for known in markers:
        if found := known.pattern.match(text, start):
            return known.rank, found
    return None


def printed(*styles: Style) -> str:
    """The pattern of a label in any of the styles, without the stop behind it."""
    return _PRINTED[styles[0]] if len(styles) == 1 else f'(?:{"|".join(_PRINTED[style] for style in styles)})'


def ordinal(*words: str, gap: str = r'\s*') -> str:
    """The pattern of a label written with one of the words: 第三章 for ``章``. ``gap`` fits what may stand around its numeral: nothing where a
    wrapped line may begin with a reference (`本文件⏎第25 条`)."""
    return rf'第{gap}{NUMERAL}{gap}(?:{"|".join(words)})'


def unfolded(pattern: str) -> str:
    """The pattern for text as printed, whose brackets are of either width."""
    return pattern.replace(r'\(', '[（(]').replace(r'\)', '[)）]')


def sign_range(*styles: Style) -> str:
    """The signs of the styles as the inside of a character class: ``①-⑳⑴-⒇``."""
    return ''.join('-'.join(_SIGNS[style]) for style in styles or _SIGNS)


SIGN: Final = f'[{sign_range(*_COUNTING)}]'
"""Pattern of a sign that counts the items of a text: ①, ❶, ⑴, ㈠."""

KIND_BEHIND: Final = '级(?!别)|类(?!别)|型(?!号)|档(?!案)|证(?!照|书|明|件)|照(?!明|护|料|片)|纸|等(?!级|次)|栋|幢'
"""Pattern of what makes a letter with a number the name of a kind, and no label: B1级设备, C1证, A4纸; not A1类别."""

FIRST: Final = rf'\(?(?:1(?!\d)|[{"".join(first for first, _ in _SIGNS.values())}]|一(?![{HAN}]))'
"""Pattern of the label that begins a row, whatever stands behind it: 1, (一), ①."""

SECTION: Final = (
    rf'(?:{unfolded(printed("han_bracketed"))}|{printed("han")}[)）、．.]|{ordinal("章", "节", "条", "部", gap="")})'
)
"""Pattern of the label before a section's title, in text as printed: 一、, （一）, 第一章."""


def sign_value(sign: str) -> int | None:
    """What a sign counts: 3 of ③, ⑶, ㈢, and Ⅲ; None for other signs."""
    for first, last in _SIGNS.values():
        if len(sign) == 1 and first <= sign <= last:
            return ord(sign) - ord(first) + 1
    return None


def style_of(label: str) -> str:
    """How a label counts, the same for all labels of a row: ``1.`` for 3、 and 12., ``(一)`` for （二）, ``①`` for ③, ``1.1`` for 2.13; '' of ''."""
    folded = re.sub(r'\s', '', label).translate(_HALFWIDTH)
    folded = _NUMERALS.sub('一', folded)
    for first, last in _SIGNS.values():
        folded = re.sub(f'[{first}-{last}]', first, folded)
    folded = re.sub(r'\d+', '1', folded).replace('第1', '第一')
    return re.sub('[、,:]$', '.', folded)
