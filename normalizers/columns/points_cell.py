"""The points of a points cell, read by its words where it holds more than one number, with a doubt where they do not decide."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from kaohe.normalizers.text.folding import halfwidth
from kaohe.normalizers.text.numbers import FORMAL, parse_number, spaced_number

_NUMBER = r'\d{1,4}(?:\s?\.\s?\d{1,2})?'
_UNIT = r'(?:分值?|%|％)'
_AMOUNT = re.compile(rf'(?:({_NUMBER})\s*{_UNIT}?\s*[-~至]\s*)?({_NUMBER})(?:\s*({_UNIT}|/项|/次)|\s*\n\s*)?')
_DIGIT = re.compile(r'\d')
_DATE = re.compile(r'[a-zA-Z\u4e00-\u9fff]\s*\d+\s*[年月日号]')
# 3-5, which a spreadsheet took for the third of May
_TURNED_DATE = re.compile(r'(?:(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s+00:00(?::00)?)?|\d{1,2}月\d{1,2}日)')
_FIGURE_BEFORE = re.compile(r'[\d.]$')
_GOES_ON = re.compile(r'[\d.]*\d|\s*[年月日个项次条人名]')
# One number that a feed cuts before a 0 or at its point: no amount begins with 0, or with a point, or ends with one.
_CUT = re.compile(r'[1-9]\s*\n\s*0{1,2}(?![\d.])|\d{1,3}\s*(?:\n\s*\.|\.\s*\n)\s*\d{1,2}(?![\d.])')
_WIDELY_SET = re.compile(r'\d(?: \d){1,2}(?: ?分)?')
_SPACE = re.compile(r'\s')
# What a spreadsheet shows for a formula that failed: the 0 of #DIV/0! is no amount.
_FAILED = re.compile(r'#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!)')
_BRACKET = re.compile(r'[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]')
_EXPLAINS = re.compile(r'每|各|含|其中|加分|附加|另|最高|最多|上限|封顶|满分|基本|扣|减')
_TOTAL = re.compile(rf'(?:共计?|合计|总计|满分|总分)\s*[:为]?\s*({_NUMBER})')
_HAN = re.compile(r'[一二两三四五六七八九十百零〇廿卅壹贰叁肆伍陆柒捌玖拾]{1,5}(?:点[一二三四五六七八九零〇]+)?半?分?')
_TENS = {'廿': '二十', '卅': '三十'}
_SLIP = re.compile(r'(?=..)(?=.*[lIoO,·])(?=.*[\dlI])[\dlIoO]{1,3}(?:[.,·][\dlIoO]{1,2})?(?:分)?')
_MENDS = str.maketrans({'l': '1', 'I': '1', 'o': '0', 'O': '0', ',': '.', '·': '.'})


class PointsCell(NamedTuple):
    """``points`` are None where the cell holds no amount or none that can be told; ``doubt`` says in Chinese what a person should check."""

    points: Decimal | None = None
    doubt: str | None = None


def cell_points(text: str) -> Decimal | None:
    """The points of a cell that may be one of points; None where it holds no plain amount. A numeral without 分 may be a label (``二``) there."""
    return None if _HAN.fullmatch(text.strip()) and '分' not in text else read_points_cell(text).points


@lru_cache(4096)  # the columns are told by it, then the lines read
def read_points_cell(text: str) -> PointsCell:
    """What a points cell says: its number (`一票否决⏎30`), the upper end of a range (`0-5分`), a Chinese numeral (`十五分`), a slip that can be read in one
    way (`1O`). Of several numbers the one outside brackets, which explain it (`5分（每项1分）`, `10（含加分5）`)."""
    folded = halfwidth(text)
    bare = _SPACE.sub('', folded)
    if _TURNED_DATE.fullmatch(folded.strip()):
        return PointsCell(None, f'分值栏里是日期“{bare[:12]}”，原来可能是“3-5”这样的分值')
    if _FAILED.fullmatch(bare):
        return PointsCell(None, f'分值栏里是公式的错误值“{bare}”')
    if _SLIP.fullmatch(bare):
        points = parse_number(bare.rstrip('分').translate(_MENDS))
        return PointsCell(points, f'分值印作“{bare}”，按 {points} 分读')
    if _HAN.fullmatch(bare):
        return PointsCell(_chinese(bare))
    if _DIGIT.search(folded) is None or _DATE.search(folded):
        return PointsCell()
    if _WIDELY_SET.fullmatch(folded.strip()):
        points = parse_number(bare.rstrip('分'))
        return PointsCell(points, f'分值印作“{folded.strip()}”，按 {points} 分读')
    found = _amounts(_CUT.sub(lambda number: _SPACE.sub('', number.group()), folded))
    if len(found) < 2:
        return PointsCell(found[0] if found else None)
    outside = _amounts(_BRACKET.sub(lambda bracket: '　' * len(bracket.group()), folded))
    if len(outside) == 1:
        explained = all(_EXPLAINS.search(bracket) for bracket in _BRACKET.findall(folded))
        return PointsCell(outside[0], None if explained else f'分值栏里有几个数“{bare[:12]}”，按 {outside[0]} 分读')
    total = _TOTAL.search(folded)
    if total is not None:
        return PointsCell(spaced_number(total[1]))
    if any('\u4e00' <= sign <= '\u9fff' and sign not in '分值' for sign in bare):
        return PointsCell(found[-1], f'分值栏里有几个数“{bare[:12]}”，按最后一个读')
    return PointsCell(found[0], f'分值栏里有几个数“{bare[:12]}”，按 {found[0]} 分读')


def _amounts(folded: str) -> list[Decimal]:
    return [
        max(map(spaced_number, filter(None, match.group(1, 2))))
        for match in _AMOUNT.finditer(folded)
        if _alone(folded, match)
    ]


def _alone(text: str, match: re.Match[str]) -> bool:
    """Whether the number is an amount of points, not a part of a longer figure or of a word."""
    start = match.start()
    return _FIGURE_BEFORE.search(text, max(0, start - 2), start) is None and _GOES_ON.match(text, match.end()) is None


def _chinese(text: str) -> Decimal | None:
    plain = text.rstrip('分').translate(FORMAL)
    for sign, tens in _TENS.items():
        plain = plain.replace(sign, tens)
    half = len(plain) > 1 and plain.endswith('半')
    value = parse_number(plain[:-1] if half else plain)
    return value + Decimal('0.5') if half and value is not None else value
