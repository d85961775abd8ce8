"""Grades of one item, one to a line: ``优 思路清晰 5分``, ``A适宜--25分``, ``优秀（80%-100%） …``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from kaohe.normalizers.catalogue import Effect, IndicatorKind
from kaohe.normalizers.grammar.clauses.amounts import points_of
from kaohe.normalizers.grammar.clauses.clause_match import ClauseMatch
from kaohe.normalizers.text.folding import halfwidth
from kaohe.normalizers.text.numbers import parse_share

_NUMBER = r'\d{1,3}(?:\.\d{1,2})?'
# the points stand last, apart from the words; what is given or taken by a verb is a clause of its own
_GRADE = re.compile(
    rf'\s*(?P<says>\S.*?)(?:\s+|\s*[-—…:=]+\s*)(?P<amount>(?:{_NUMBER}\s*分?\s*[-~至]{{1,2}}\s*)?{_NUMBER})\s*(?P<mark>分)?\s*[;。,]?\s*'
)
# the points stand in a bracket behind the grade's name: 优（5分） 92分以上
_NAMED_GRADE = re.compile(
    rf'\s*(?P<says>[一-鿿A-E]{{1,6}})\s*\((?P<amount>(?:{_NUMBER}\s*分?\s*[-~至]{{1,2}}\s*)?{_NUMBER})\s*(?P<mark>分)\)[^\n扣减]*'
)
_MOVED = re.compile(r'[扣减加奖得计记给赋每]\s*$|(?:[扣减]|得|加|计|记)\s*\d')
_HEAD = re.compile(
    r'\s*(?:优秀?|良好?|中等?|一般|较好|好|基本合格|合格|及格|较?差|不合格|不及格|不达标|达标|[A-Ea-e](?![A-Za-z])|[一二三四五]级|[一二三四五]档)'
)
_SHARED = re.compile(
    r'\s*(?P<says>[一-鿿A-E]{1,8}(?<![率比例度]))\((?:对应|占|得)?(?:本项|该项)?(?:分值|满分|标准分)?的?:?\s*(?:(?P<low>\d{1,3})%?\s*[-~至]{1,2}\s*|[<≤])?(?P<share>\d{1,3})%[^()]{0,6}\)(?!以上|以下)[^\n]*'
)
# a factor stands in the bracket (系数): 优（1.0） ≥63
FACTOR = re.compile(
    r'\s*(?P<says>[一-鿿A-E]{1,6})\s*\((?:系数)?:?(?P<factor>1(?:\.0{1,2})?|0(?:\.\d{1,2})?)\)[^\n扣减]*'
)
# what a grade asks, not what it is worth: ≥63
_ASKS = re.compile(r'[≥≤<>=＞＜]$')
_FEWEST, _FEWEST_BARE = 2, 3


class _Line(NamedTuple):
    start: int
    end: int
    found: re.Match[str]


def read_grades(text: str, kind: IndicatorKind) -> tuple[ClauseMatch, ...]:
    """The clauses of a text that is nothing but a list of grades: one award (bonus in a bonus line) a grade, a range by its upper end, nothing as 0;
    shares of the line are proportional. Empty where the text is no such list."""
    if '\n' not in text or kind in ('penalty', 'downgrade'):
        return ()
    lines = list(_lines(halfwidth(text), _SHARED))
    if lines:
        return tuple(_share(text, line) for line in lines)
    if factors := read_factors(text):
        return factors
    lines = list(_lines(halfwidth(text), _NAMED_GRADE))
    if not all(_HEAD.match(line.found['says']) for line in lines):
        lines = []
    lines = lines or list(_lines(halfwidth(text), _GRADE))
    if not lines or any(_MOVED.search(line.found['says']) or _ASKS.search(line.found['says']) for line in lines):
        return ()
    marked = all(line.found['mark'] for line in lines)
    worth = [points_of(f'{line.found["amount"]}分')[0] for line in lines]
    named = all(_HEAD.match(line.found['says']) for line in lines)
    in_order = _in_order(worth)
    if not (named or in_order) or (not marked and (not in_order or len(lines) < _FEWEST_BARE)):
        return ()
    effect: Effect = 'bonus' if kind == 'bonus' else 'award'
    return tuple(
        ClauseMatch(
            start=line.start,
            end=line.end,
            effect=effect,
            rule='award.grade',
            points=points,
            condition=text[line.found.start('says') : line.found.end('says')],
            amount=line.found.span('amount'),
            sign='+',
        )
        for line, points in zip(lines, worth, strict=True)
    )


def read_factors(text: str) -> tuple[ClauseMatch, ...]:
    """The clauses of grades behind whose names stands what the line's points are multiplied with (优（1.0） ≥63; 良（0.8） 56～62): shares of
    them. Empty where the text is no such list: the factors go down from 1, and some are parts of it."""
    lines = list(_lines(halfwidth(text), FACTOR))
    numbers = [Decimal(line.found['factor']) for line in lines]
    if (
        not lines
        or numbers[0] != 1
        or not _in_order(numbers)
        or not all(_HEAD.match(line.found['says']) for line in lines)
        or not any(0 < number < 1 for number in numbers)
    ):
        return ()
    return tuple(_share(text, line) for line in lines)


def _lines(folded: str, pattern: re.Pattern[str]) -> Iterator[_Line]:
    """The lines of a text where each fits the pattern; nothing where one does not, or where there are too few."""
    found = []
    start = 0
    for line in folded.split('\n'):
        if line.strip():
            match = pattern.fullmatch(folded, start, start + len(line))
            if match is None:
                return
            found.append(_Line(start + len(line) - len(line.lstrip()), start + len(line.rstrip()), match))
        start += len(line) + 1
    if len(found) >= _FEWEST:
        yield from found


def _in_order(worth: Sequence[Decimal]) -> bool:
    return all(one > other for one, other in pairwise(worth)) or all(one < other for one, other in pairwise(worth))


def _share(text: str, line: _Line) -> ClauseMatch:
    said = line.found.groupdict()
    return ClauseMatch(
        start=line.start,
        end=line.end,
        effect='proportional',
        rule='proportional.grade',
        condition=text[line.found.start('says') : line.found.end('says')],
        share=Decimal(said['factor']) if 'factor' in said else parse_share(f'{said["share"]}%'),
        sign='+',
    )
