"""What a line says of itself where its columns do not: a sign before its points, a text that stands in the column of categories."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from kaohe.normalizers.catalogue import IndicatorKind
from kaohe.normalizers.columns.content import signs_of
from kaohe.normalizers.columns.printed_points import cut_points
from kaohe.normalizers.lines.line import Line
from kaohe.normalizers.text.cleaning import Text
from kaohe.normalizers.text.folding import halfwidth, squeeze

_TAKES = re.compile(r'[-−–－—]\d+(?:\.\d+)?(?![\d.]*分?[~至+])|[减扣罚]\d')
_GIVES = re.compile(r'[+＋]\d|[加奖]\d')
# points beside the whole: 不占考核分值，最多扣10分; 不占分值 alone tells of none
_BESIDE = re.compile(r'不(?:占|计入|纳入)[^,，;；。]{0,8}(?:分值|总分|满分)')
# 投标报价30% beside 30; 合格率100% is what must be reached
_WEIGHT = re.compile(r'(?<![率比度到于过占\d.])[\s:]*(\d{1,3}(?:\.\d{1,2})?)\s*%\s*$')
_TAKES_BESIDE = re.compile(r'[扣减]\d')


def kind_by_sign(kind: IndicatorKind, points_text: str | None, criteria: str | None = None) -> IndicatorKind:
    """The kind of a line that no section or heading tells, by what stands before its points: -2 and 减2分 take, +2 and 加2分 give; points
    that are no part of the whole (不占考核分值，最多扣10分) do either. Without points
    of its own, by the one sign of all amounts in its criteria (取消评优资格，并-20)."""
    if kind != 'scored':
        return kind
    if points_text is None:
        signs = set(signs_of(criteria)) if criteria else set()
        return 'penalty' if signs == {'-'} else 'bonus' if signs == {'+'} else kind
    bare = squeeze(points_text)
    if _TAKES.match(bare):
        return 'penalty'
    if _BESIDE.search(bare) and any(character.isdigit() for character in bare):
        return 'penalty' if _TAKES_BESIDE.search(bare) else 'bonus'
    return 'bonus' if _GIVES.match(bare) else kind


def cut_of_name(name: Text, points: Decimal | None) -> tuple[Text, Decimal | None]:
    """A name without the points that it prints, and these; a weight in per cent that does not call itself one only where the line's ``points`` are
    as many."""
    title, printed = cut_points(name)
    weight = _WEIGHT.search(halfwidth(name.text)) if points is not None and printed is None else None
    if weight and weight.start() and Decimal(weight[1]) == points:
        return name[: weight.start()].strip(), points
    return title, printed


def with_own_text(line: Line) -> Line:
    """A line that has points and no text, the lowest category that is its alone taken for what it asks."""
    if line.name or line.requirement or line.criteria or not line.levels:
        return line
    own = line.levels[-1]
    return replace(line, levels=line.levels[:-1], requirement=own.title, points=line.points or own.points)
