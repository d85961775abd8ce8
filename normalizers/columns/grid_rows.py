"""Rows of a grid that say something about themselves, whatever the columns hold: bands, totals, rows to be signed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kaohe.extractors.document import Cell
from kaohe.normalizers.text.folding import KEPT, halfwidth, squeeze
from kaohe.normalizers.text.own_furniture import is_own_furniture
from kaohe.normalizers.text.traditional import simplified
from kaohe.normalizers.vocabulary.header_words import HEADS, SIGNATURES, TOTALS

_TOTAL = frozenset(squeeze(word) for word in TOTALS)
_SIGN = tuple(sorted((squeeze(word) for word in SIGNATURES), key=len, reverse=True))
_BRACKETED = re.compile(r'\([^()]*\)')
_SUM = re.compile(r'[\d.]+分?$')
# 分管副总意见： beside 总经理审批：, each with nothing behind it
_PROMPT = re.compile(r'[^\d:()]{2,16}:[_ ]*')
_POINTS = re.compile(r'[\d.]+分?')
# `数据来源：月报` in a row of its own says something about the line above it
_SAID = re.compile('([\u4e00-\u9fff]{2,8})[:：]')
_ASIDE = frozenset(squeeze(word) for kind in ('other', 'source', 'remark') for word in HEADS[kind])
# `Total 合计`
_ENGLISH = re.compile(r'^[A-Za-z-]{3,}(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])[A-Za-z-]{3,}$')
# 最终考核得分, 考核得分=小计得分×质量系数
_RECKONED = re.compile(
    r'(?:最终|最后|本次|本期|综合|实际|年度|季度|月度|当月)?(?:考核|考评|评价|评估|检查|评审|测评|评定)?总?(?:得分|评分|成绩)(?:=.+)?'
)


def distinct(line: Sequence[Cell]) -> list[Cell]:
    """The cells of a grid row, each once, from left to right."""
    found: list[Cell] = []
    for cell in line:
        if not found or found[-1] is not cell:
            found.append(cell)
    return found


def is_band(line: Sequence[Cell]) -> bool:
    """A row that says one thing over its whole width."""
    return len({id(cell) for cell in line}) == 1


def is_closing(line: Sequence[Cell], row: int) -> bool:
    """Whether a row adds up, or is to be signed: it tells nothing about the columns above it."""
    written = [cell for cell in distinct(line) if cell.row == row and cell.text.strip()]
    return bool(written) and (is_total(written[0].text) or is_form(written))


def is_aside(line: Sequence[Cell], row: int) -> bool:
    """Whether a row only adds where the figures of the line above come from (数据来源：月报): one cell, beside texts that are merged over both."""
    cells = distinct(line)
    own = [cell for cell in cells if cell.row == row]
    if len(own) != 1 or sum(bool(cell.text.strip()) for cell in cells) < 3:
        return False
    said = _SAID.match(squeeze(own[0].text))
    return said is not None and said[1] in _ASIDE


@lru_cache(KEPT)  # each row is asked when the columns are told and when it is read
def is_total(text: str) -> bool:
    """Whether a row that begins with this cell adds up others: 合计, 小计（100分）, 总分."""
    folded = simplified(_BRACKETED.sub('', squeeze(text)).strip(':、。'))
    bare = _SUM.sub('', _ENGLISH.sub('', folded)).strip(':、。')
    return bare in _TOTAL or _RECKONED.fullmatch(bare) is not None


def is_form(written: Sequence[Cell]) -> bool:
    """Whether a row is to be signed or filled in: each written cell names what to fill in, or is what was filled in behind it."""
    if all(is_own_furniture(cell.text) for cell in written):
        return True
    if len(written) > 1 and all(_PROMPT.fullmatch(squeeze(cell.text)) for cell in written):
        return True
    first = simplified(squeeze(written[0].text))
    if not first.startswith(_SIGN):
        return False
    named = next(word for word in _SIGN if first.startswith(word))
    rest = first[len(named) :]
    if any(_POINTS.fullmatch(squeeze(cell.text)) for cell in written[1:]):
        # 综合评价 with points is a line
        return False
    return not rest or bool(re.match(r'[:_(签盖年]|$', halfwidth(rest)))
