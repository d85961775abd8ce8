"""Dates and years as official papers print them: 2024年8月1日, 二〇二四年八月一日, 2024-08-01, 2024 年度."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from kaohe.normalizers.text.folding import halfwidth
from kaohe.normalizers.text.numbers import parse_number
from kaohe.normalizers.text.traditional import simplified

# What stands for 〇
_ZEROS = str.maketrans('○零OＯo◯', '〇〇〇〇〇〇')
_CHINESE_DIGIT = '[〇○零OoＯ◯一二三四五六七八九]'
_YEAR = rf'((?:19|20)\d\d|二{_CHINESE_DIGIT}{{3}})'
_SMALL = r'(\d{1,2}|[一二三四五六七八九十〇○零廿]{1,3})'

_DATES = (
    re.compile(rf'{_YEAR}\s*年\s*{_SMALL}\s*月\s*{_SMALL}\s*[日号]'),
    re.compile(rf'{_YEAR}\s*([-./])\s*(\d{{1,2}})\s*\2\s*(\d{{1,2}})(?!\d)'),
)
# 民國100年4月25日; without 民國 where traditional characters say where the paper is from
_REPUBLIC = re.compile(rf'(?:(民[国國])\s*)?(?<!\d)(\d{{2,3}})\s*年\s*{_SMALL}\s*月\s*{_SMALL}\s*日')
_FROM_THERE = re.compile('民國|學年|會議|國民')
_YEARS = re.compile(rf'(?<!\d){_YEAR}(?:\s*[-~至到]\s*{_YEAR})?\s*(?:学年|年)')

# 民國114年度; 114年度, 113學年 amid traditional characters
_REPUBLIC_YEAR = re.compile(r'(民[国國]\s*)?(?<!\d)(1[01]\d)\s*(?:年度|[學学]年)')


@dataclass(frozen=True, slots=True)
class DateMatch:
    """A date and where it stands: ``iso`` is YYYY-MM-DD."""

    start: int
    end: int
    iso: str


@dataclass(frozen=True, slots=True)
class YearMatch:
    """A year or a span of years and where it stands; ``last`` equals ``year`` where one year is named."""

    start: int
    end: int
    year: int
    last: int


def read_dates(text: str) -> tuple[DateMatch, ...]:
    """The full dates (year, month, day) of a text, in order; impossible ones (2月30日) are left out."""
    folded = halfwidth(text)
    found = []
    for pattern in _DATES:
        for match in pattern.finditer(folded):
            parts = [group for group in match.groups() if group not in '-./']
            try:
                date = datetime.date(_year(parts[0]), _small(parts[1]), _small(parts[2]))
            except ValueError:
                continue
            found.append(DateMatch(match.start(), match.end(), date.isoformat()))
    if not found and '年' in folded:
        found += _republican(folded)
    return tuple(sorted(found, key=lambda match: match.start))


def _republican(folded: str) -> Iterator[DateMatch]:
    there = _FROM_THERE.search(folded)
    for match in _REPUBLIC.finditer(folded):
        if match[1] or there:
            with suppress(ValueError):
                date = datetime.date(int(match[2]) + 1911, _small(match[3]), _small(match[4]))
                yield DateMatch(match.start(), match.end(), date.isoformat())


def read_years(text: str) -> tuple[YearMatch, ...]:
    """The years (2024年, 二〇二四年度, 民國114年度) and spans of years (2023-2025年) of a text, in order."""
    if '年' not in text:
        return ()
    found = []
    for match in _YEARS.finditer(halfwidth(text)):
        year = _year(match.group(1))
        found.append(YearMatch(match.start(), match.end(), year, _year(match.group(2)) if match.group(2) else year))
    if not found:
        there = simplified(text) != text
        for match in _REPUBLIC_YEAR.finditer(halfwidth(text)):
            if match[1] or there:
                year = int(match[2]) + 1911
                found.append(YearMatch(match.start(), match.end(), year, year))
    return tuple(found)


def _year(text: str) -> int:
    """2024 of 2024 and, digit by digit, of 二〇二四."""
    return int(''.join(str(parse_number(sign)) for sign in text.translate(_ZEROS)))


def _small(text: str) -> int:
    """A month or a day: 8, 08, 八, 十二, 二十, 二十一, 廿一, 三〇."""
    text = text.replace('廿', '二十')
    if '十' not in text:
        return _year(text)
    number = parse_number(text.translate(_ZEROS))
    if number is None:
        raise ValueError(text)
    return int(number)
