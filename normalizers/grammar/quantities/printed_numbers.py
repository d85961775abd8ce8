"""A number as it stands, with its unit: a range, a ratio, a fraction, a tolerance; before the words around it are asked."""

from __future__ import annotations

import re
from decimal import Decimal

from msgspec import Struct

from kaohe.normalizers.grammar.alternatives import either
from kaohe.normalizers.text.numbers import NUMBER, parse_number
from kaohe.normalizers.vocabulary import target_words as vocabulary

_PLAIN = either({*vocabulary.TIME_UNITS, *vocabulary.COUNT_UNITS, *vocabulary.MASS_UNITS})
_UNIT = (
    rf'(?:{either(vocabulary.PERCENT_UNITS)}|'
    rf'(?:[十百千]?[万亿])?{_PLAIN}(?!(?<=[A-Za-z])[A-Za-z])(?:(?<=[一-鿿])(?<!次)次(?![要数品序日年月级生]))?(?:\({_PLAIN}\))?(?:/(?:(?:[十百千]?[万亿]|[千百]|10{{1,3}}(?=[A-Za-z]))?{_PLAIN}|[年月日天周人户]|(?:[十百千]?[万亿])?[一-鿿]{{1,3}}?(?=[,。;:、()得扣计记加减以的]|$))(?:[·.]{_PLAIN}|[·.][年月日天周人户])?)*|'
    r'[十百千]?[万亿]|/[十百千]?[万亿]|'
    r'[A-Za-zμ°℃Ω]+[²³]?(?:/(?:10{1,3})?[A-Za-zμ²³℃]+)*)'
)
_MEASURED = re.compile(_UNIT)
_MISPRINT = re.compile(rf'[{vocabulary.MISPRINTS_OF_POINTS}](?={either(vocabulary.AFTER)})')
_TO = re.compile(rf'(?:\(不?含\))?(?:-{{1,2}}|~|至|到|[…⋯]+)(?:第|[百千万]分之|[≤≦<±])?(?P<high>{NUMBER})')
_BEGINS_TO = frozenset('(-~至到…⋯')
_BEGINS_AND = frozenset('和与到至')
_AND = re.compile(rf'[和与到至](?P<high>{NUMBER})(?P<unit>{_UNIT})?(?:之间|区间)')
_COLONS = frozenset(':∶')
_RATIO = re.compile(r'[:∶](\d+(?:\.\d+)?)(?![\d.:])')
_OVER = re.compile(r'/(\d+)(?!\d|/|\.\d)([万亿千百])?')
_PARTS_OF = re.compile(rf'分之({NUMBER})')
_TOLERANCE = re.compile(rf'±({NUMBER})')
_BELOW_ZERO = frozenset({'℃', '°C', '度', '摄氏度', 'MPa', 'kPa', 'Pa', '兆帕', '千帕'})
_MINUS = re.compile(r'(?<![\d℃C度])-$')
_PER_SHARE = {'百分之': '%', '千分之': '‰', '万分之': '万分之'}
# 百万分之三: the unit of the number behind it
_PER_MANY, _MANY_PARTS = re.compile('[十百千]万分之$'), re.compile('[十百千]万分之')
_ZERO = re.compile(r'零(?![\d〇零一二三四五六七八九十点])')
_OF_A_WORD = frozenset('件部星售散食配钱头')
_ASIDE = re.compile(r'\(\d+(?:\.\d+)?\)')
_IS_ZERO = ('为', '是', '保持', '达到', '于')
_MINUTES = {'分钟': ('小时', 60), '秒': ('分钟', 60), '秒钟': ('分钟', 60)}


class PrintedNumber(Struct, frozen=True):
    """A number as it stands. ``unit`` is printed behind it (``个百分点`` counts in ``百分点``)."""

    start: int
    end: int
    value: Decimal
    high: Decimal | None
    unit: str | None
    digits: bool
    approximate: bool = False
    mended: bool = False


def printed_at(text: str, found: re.Match[str]) -> PrintedNumber | None:
    """The number that ``found`` begins, with its unit; None where it is part of something else (``8:30``, ``三至六年级``)."""
    number = found.group()
    value = parse_number(number)
    digits = number[0].isdigit()
    if value is None or (not digits and _MANY_PARTS.match(text, found.start())):
        return None
    after = text[found.end() : found.end() + 1]
    if after == '分' and text.startswith('分之', found.end()):
        return _share_of(text, found, value)
    if after == '/' and digits and (over := _OVER.match(text, found.end())):
        return _fraction(text, found, over, value)
    if after in _COLONS and digits and (ratio := _RATIO.match(text, found.end())):
        return _ratio(found.start(), ratio, value)
    if number == '零' and _ZERO.match(text, found.start()) and text.endswith(_IS_ZERO, 0, found.start()):
        end, unit = unit_at(text, found.end())
        return PrintedNumber(found.start(), end, value, None, unit, digits=True)
    if number == '零' and after in _OF_A_WORD:
        return None  # 零件, 零部件
    printed = _with_unit(text, found, value, digits)
    if printed.unit == '年' and text.startswith('级', printed.end):
        return None
    return printed


def unit_at(text: str, start: int) -> tuple[int, str | None]:
    """Where the unit that begins at ``start`` ends, and the unit; None where there is none."""
    found = None if text.startswith('分别', start) else _MEASURED.match(text, start)
    return (found.end(), found.group()) if found else (start, None)


def is_unit(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` is a unit and nothing else."""
    return _MEASURED.fullmatch(text, start, end) is not None


def _share_of(text: str, found: re.Match[str], whole: Decimal) -> PrintedNumber | None:
    """``三分之二``, ``20分之1``: the value without a unit (ruling 63). ``百分之`` and its like are units of the number behind them."""
    if found.group() in ('百', '千', '万'):
        return None
    part = _PARTS_OF.match(text, found.end())
    value = parse_number(part.group(1)) if part else None
    if part is None or value is None or not whole or value >= whole:
        return None
    return PrintedNumber(found.start(), part.end(), value / whole, None, None, digits=True)


def _fraction(text: str, found: re.Match[str], over: re.Match[str], value: Decimal) -> PrintedNumber | None:
    """``3/4`` is its value; ``9/10万`` counts in ``/10万``. Not the slash of a list (``80/90分``) or of a date."""
    below, size = Decimal(over.group(1)), over.group(2)
    if size:
        return PrintedNumber(found.start(), over.end(), value, None, f'/{over.group(1)}{size}', digits=True)
    if not below or value >= below or unit_at(text, over.end())[1] or '.' in found.group():
        return None
    return PrintedNumber(found.start(), over.end(), value / below, None, None, digits=True)


def _ratio(start: int, ratio: re.Match[str], first: Decimal) -> PrintedNumber | None:
    """``1:0.5`` and ``0.4:1`` count for the side that is not 1; None where neither side is 1 (``8:30``)."""
    second = Decimal(ratio.group(1))
    if first != 1 and second != 1:
        return None
    return PrintedNumber(start, ratio.end(), second if first == 1 else first, None, '比', digits=True)


def _with_unit(text: str, found: re.Match[str], value: Decimal, digits: bool) -> PrintedNumber:
    """A number or a range with its unit; ``个百分点`` and ``个工作日`` count in ``百分点`` and ``工作日``."""
    start, end = found.span()
    if text.startswith('±', end) and (spread := _TOLERANCE.match(text, end)):
        off = parse_number(spread.group(1)) or Decimal(0)
        end, unit = unit_at(text, spread.end())
        return PrintedNumber(start, end, value - off, value + off, unit, digits)
    end, unit = unit_at(text, end)
    behind = text[end : end + 1]
    if (
        unit and behind == '±' and (spread := _TOLERANCE.match(text, end)) and text.startswith(unit, spread.end())
    ):  # 50%±5%
        off = parse_number(spread.group(1)) or Decimal(0)
        return PrintedNumber(start, spread.end() + len(unit), value - off, value + off, unit, digits)
    high: Decimal | None = None
    # each part is taken as long as it can be: none of what follows is required
    upper = _TO.match(text, end) if behind in _BEGINS_TO else None
    upper = upper or (_AND.match(text, end) if behind in _BEGINS_AND else None)
    if upper and (high := parse_number(upper['high'])) is not None:
        end, unit_high = unit_at(text, upper.end('high'))
        end += text.startswith('%', end) and unit_high == '%'
        if unit and unit_high and unit != unit_high:
            value, unit_high = _in_unit(value, unit, unit_high)
        unit = unit_high or unit
    if approximate := text.startswith(('余', '多'), end):
        end, unit_odd = unit_at(text, end + 1)
        unit = (unit if unit in ('万', '亿') else '') + unit_odd if unit_odd else unit
    if unit is None and digits and text.startswith('(', end) and (aside := _ASIDE.match(text, end)):
        further, unit = unit_at(text, aside.end())
        end = further if unit else end  # 5(8)mg/L
    if unit is None and digits and (misprint := _MISPRINT.match(text, found.end())):
        return PrintedNumber(start, misprint.end(), value, None, '分', digits, mended=True)
    shares = '之' in text[max(0, start - 2) : start]
    if shares and (many := _PER_MANY.search(text, max(0, start - 5), start)):
        start, unit = many.start(), many.group()
    elif shares and (share := _PER_SHARE.get(text[start - 3 : start])):
        start, unit = start - 3, share
    elif unit is None and text[start - 1 : start] == '前':
        unit = '名'
    if '-' in text[max(0, start - 2) : start] and unit in _BELOW_ZERO and _MINUS.search(text, max(0, start - 2), start):
        start, value = start - 1, -value
    if unit:
        unit = unit if unit.startswith('个/') else unit.removeprefix('个') or unit
    return PrintedNumber(start, end, value, high, unit, digits, approximate)


def _in_unit(value: Decimal, unit: str, other: str) -> tuple[Decimal, str]:
    """``30分钟-1小时``: the first in the unit of the second."""
    larger = _MINUTES.get(unit)
    return (value / larger[1], other) if larger and larger[0] == other.removeprefix('个') else (value, other)
