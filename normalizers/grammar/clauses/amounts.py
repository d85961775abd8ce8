"""Amounts of points: ``0.5分``, ``1-3分``, ``2、1、0.5分``, and the numbers before 分 that are none.

All patterns work on ``Surface.text`` (half-width, no white space).
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

from kaohe.normalizers.grammar.alternatives import either
from kaohe.normalizers.grammar.running_sums import runs_up
from kaohe.normalizers.text.numbers import FORMAL, NUMBER, parse_number
from kaohe.normalizers.vocabulary import point_words as words

DIGITS: Final = r'(?:[1-9]\d{0,2}(?:,\d{3})++(?![\d,])|\d++(?:[.。]{1,2}\d++)?)'
_DASH: Final = r'(?:-{1,2}|~|至|到)'
_MARK: Final = r'(?:分|(?<=\.\d)份|(?<=\.\d\d)份)'
# 分 as the head of another word, and of an hour's minutes. No sets of characters: they take longest to compile, and thirty patterns hold this.
_MINUTES: Final = r'(?!钟|之(?!间)(?!内)(?!上)(?!下)(?!外)|贝|米|公司|支|店|校|局|院|队|册|隔|部|期|类|级(?!别)|包|项(?!目)|析|布(?!置)|配(?!备)(?!合)(?!置)|解(?!决)|值|数)'
# The list is given back as far as it is none: 扣1分、2次扣3分.
_DIGITS_AND_MARK: Final = rf'(?<![\d.])(?:{DIGITS}分?(?:{_DASH}{DIGITS}分?)?[、/和](?=\d)(?![\d.]+分?(?:\(?含?\)?)?(?:及|或)?以[上下内])){{0,11}}{DIGITS}(?:分?{_DASH}{DIGITS})?{_MARK}'
POINTS: Final = _DIGITS_AND_MARK + _MINUTES
"""One amount, a range, or a list of amounts, in digits."""

_HAN: Final = '零〇一二两三四五六七八九十半'
_HAN_AND_MARK: Final = (
    rf'[二三四五六七八九十]分之[一二三四五六七八九]分|[{_HAN}]{{1,5}}+(?:点[零〇一二三四五六七八九]{{1,3}}+)?分半?(?!重视|必要|重要|明显|突出|注重)'
    rf'|[壹贰叁肆伍陆柒捌玖拾佰]{{1,4}}+分|\d*+[½¼¾]分'
)
"""An amount in Chinese numerals or with a half: only behind a verb (十分重视 is none)."""

_SLIP: Final = (
    r'(?<![\d.])(?:\.\d{1,2}|\d{1,2}\.|0,\d{1,2}|\d{1,2}·\d{1,2}|(?=[\d.]*[lIoO])[\dlIoO]{1,3}+(?:\.[\dlIoO]{1,2})?)分'
)
_COPIES: Final = r'(?<![\d.])\d{1,2}+份(?=[,。;、)\n/]|$)'
"""Slips of the pen or of recognition that can be read in one way only: ``0,5分``, ``.5分``, ``l分``, ``1O分``; behind a verb also ``1份``."""

_HALF_MORE_MARK: Final = r'(?<![\d.])\d++分半(?!年|天|个|数|钟)'
SIGNED: Final = rf'(?:{_HALF_MORE_MARK}|{_DIGITS_AND_MARK}|{_HAN_AND_MARK}|{_SLIP}|{_COPIES}){_MINUTES}'
"""What may stand behind a verb."""

UNMARKED: Final = rf'(?<![\d.,]){DIGITS}(?:{_DASH}{DIGITS})?(?=[。;)\n]|[,、](?!\d)|$|/(?![\d一二]))'
"""An amount without 分: behind a verb or a sign, at the end of its part."""

_AMOUNT = re.compile(rf'(?P<low>{NUMBER})(?:分?{_DASH}(?P<high>{NUMBER}))?')
_HALF_MORE = re.compile(r'(?<![\d零一二两三四五六七八九十])(?P<whole>[\d零一二两三四五六七八九十]++)分半')
_MENDS = str.maketrans({'l': '1', 'I': '1', 'o': '0', 'O': '0', '。': '.', '·': '.'})
_UNDECIDED = re.compile(r'(?<![\d.])0\d|\d\.分')
"""``05分``, ``1.分``: a digit or a point too many or too few."""
_NO_ZERO = re.compile(r'(?<![\d.])\.(?=\d)')
_COMMA_FOR_POINT = re.compile(r'(?<!\d)0,(?=\d{1,2}(?!\d))')
_MISPRINT = re.compile(r'\d[.。]{2}\d|\d。\d|\d份|[lIoO·]|(?<![\d.])\.\d|(?<!\d)0,\d')
MARKS_OF_POINTS: Final = '分份'
"""One of them stands in every amount that ``ANY_POINTS`` finds."""
_MARK_OF_POINTS, _MARK_MISPRINTED = MARKS_OF_POINTS
ANY_POINTS: Final = re.compile(rf'(?=[\dlI.])(?:{POINTS}|{_SLIP})')
# 80-90分得8分, (90-100分)得5分: a score that defines a grade
_LIMIT_AFTER = re.compile(
    r'\)?(?:得|不扣(?!完)|[计记](?!入)|赋|加(?!分?项)|扣(?![完光尽满至到])|减(?![完至到]))(?:[\d一二三四五六七八九十半零满全]|[^,。;:\d]{0,4}\d|[^,。;:\d分]{0,10}(?:费|款|金|酬|薪|工资|绩效)|该|本|此)'
    r'|\(不?(?:包)?含\)|[≤≥<>=]|折合|等于|相当|(?<=\d-\d\d分)每|(?<=~\d\d分)每|(?:含|及|或)?(?:以上|以下|以内|之间|以外|之上|之下|的|者|档|段|线|起|制|为(?!止))'
)
_REACH_BEFORE = re.compile(rf'{either(words.REACHES)}(?:了|约)?$')
_OF_A_HUNDRED = 60
_GRADE_BEFORE = re.compile(
    r'(?:^|[,、;:。\n(])(?:优秀?|良好?|中等?|一般|合格|及格|较?差|不合格|不及格|[A-E][级等档]?)[(:]?$'
)
# 每处扣分不少于0.5分: how much at least, left to who judges
_LEAST_MOVED = re.compile(r'[扣减加]分?(?:不少于|不低于|至少)$')
_TOTAL_BEFORE = re.compile(rf'{either(words.TOTALS)}(?:为|是|:)?$')
_COUNTED_BEFORE = re.compile(
    rf'每{either(words.COMPARATIVES)}?(?:了|到)?$|(?:每[^,。;:]{{0,12}}){either(words.COMPARATIVES)}(?:了)?$'
)
_CREDITS = re.compile(rf'{either(words.NO_POINTS)}[^()]{{0,3}}$')
_CLOCK_BEFORE = re.compile(r'\d[时点:]$')


@lru_cache(1024)  # the same few amounts stand everywhere
def points_of(text: str) -> tuple[Decimal, ...]:
    """The numbers of an amount: one each for the members of a list, the upper bound for a range; none where the print can be read in several ways."""
    if _UNDECIDED.search(text):
        return ()
    found = []
    plain = _COMMA_FOR_POINT.sub('0.', _NO_ZERO.sub('0.', text.translate(FORMAL).translate(_MENDS)))
    for amount in _AMOUNT.finditer(_HALF_MORE.sub(_and_a_half, plain)):
        low = parse_number(amount['low'])
        high = parse_number(amount['high']) if amount['high'] else None
        value = max(low, high) if low is not None and high is not None else low
        if value is not None:
            found.append(value)
    return tuple(found)


def _and_a_half(found: re.Match[str]) -> str:
    whole = parse_number(found['whole'])
    return found.group() if whole is None else f'{whole}½'


def may_hold_points(text: str) -> bool:
    """Whether ``ANY_POINTS`` may find anything."""
    return _MARK_OF_POINTS in text or _MARK_MISPRINTED in text


def is_range(text: str) -> bool:
    """Whether the amount is printed as a range."""
    found = _AMOUNT.search(text)
    return found is not None and found['high'] is not None


@lru_cache(1024)
def is_misprint(text: str) -> bool:
    """Whether the amount's print was mended: ``0..2分``, ``0.5份``."""
    return _MISPRINT.search(text) is not None


def stands_for_limit(text: str, start: int, end: int) -> bool:
    """Whether the number of points at ``start:end``, which no verb gives or takes, is something to reach (``90分以上``), a
    total (``共2分``), what is counted (``每少1分``), a time (``9时30分``), credits (``学分1分``) or the head of what follows (``85-89分，加1分``)."""
    before = text[max(0, start - 16) : start]
    if _LEAST_MOVED.search(before):
        return False
    return bool(
        _LIMIT_AFTER.match(text, end)
        or (text[end : end + 1] == ',' and (not before or before[-1] in ',;。\n'))
        or _REACH_BEFORE.search(before)
        or _TOTAL_BEFORE.search(before)
        or _COUNTED_BEFORE.search(before)
        or _CLOCK_BEFORE.search(before)
        or before.endswith((*words.NO_POINTS, '(含'))
        or _defines_grade(text, start, end)
        or runs_up(text, start, end)
    )


def _defines_grade(text: str, start: int, end: int) -> bool:
    """``优90-100分，良80-89分``: the scores that a grade stands for, where they are those of a hundred."""
    printed = text[start:end]
    return (
        is_range(printed)
        and points_of(printed)[-1] >= _OF_A_HUNDRED
        and _GRADE_BEFORE.search(text, max(0, start - 8), start) is not None
    )


def follows_credits(text: str, start: int) -> bool:
    """Whether the number stands in a bracket that breaks down credits: ``25个学分（国家级5分、省级5分）``."""
    opened = text.rfind('(', max(0, start - 60), start)
    return (
        opened >= 0 and ')' not in text[opened:start] and _CREDITS.search(text[max(0, opened - 6) : opened]) is not None
    )
