"""What a line does to the score: most are scored; some parts of a notice only add, only take, or lower the grade."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from kaohe.normalizers.catalogue import IndicatorKind
from kaohe.normalizers.lines.line import Line
from kaohe.normalizers.text.cleaning import Text
from kaohe.normalizers.text.folding import halfwidth, squeeze
from kaohe.normalizers.text.traditional import simplified
from kaohe.normalizers.vocabulary.header_words import BONUS, DOWNGRADE, OWN_NAME, PART, PENALTY

# 扣分标准 is a way of scoring, no part of the notice; 加减分 and 奖惩 name both directions
_WAYS = re.compile(r'(?:[加扣减得评计]分?)*分(?:标准|办法|细则|方法|原因|理由|依据|情况|说明|表)')
_BOTH = re.compile(r'加[减扣]|[减扣]加|奖[惩罚扣]')
_KINDS: dict[IndicatorKind, re.Pattern[str]] = {
    'bonus': re.compile('|'.join(BONUS)),
    'penalty': re.compile('|'.join(PENALTY)),
    'downgrade': re.compile('|'.join(DOWNGRADE)),
}
_OWN_NAME = re.compile(OWN_NAME)
# 加减分项, 加分和扣分, 奖惩事项: a part that only adds and takes
_AND = '[、和与及/或]'
_ADDS, _TAKES = '(?:加|奖励?)分', '(?:扣|减|罚)分'
_ADDS_AND_TAKES = re.compile(
    rf'(?:加{_AND}?[减扣]分?|[减扣]{_AND}?加分?|奖[惩罚扣]|{_ADDS}{PART}?{_AND}{_TAKES}|{_TAKES}{PART}?{_AND}{_ADDS}){PART}?[:：]?'
)
_ADDED = re.compile(r'[加奖][^,，。;；\d]{0,6}\d[\d.]*\s*分')
_TAKEN = re.compile(r'[扣减罚][^,，。;；\d]{0,6}\d[\d.]*\s*分')


def kind_of(categories: Sequence[str], name: str | None, around: Sequence[str]) -> IndicatorKind:
    """The kind of a line, by its name, its categories (from the highest down; the lowest that says something decides) and, where
    none of them says it, by what is said of the whole table: a head (加分项目), the table's title."""
    own = [name] if name and _OWN_NAME.fullmatch(squeeze(name)) else []
    for title in (*own, *reversed(categories), *around):
        kind = _kind_of_title(title)
        if kind:
            return kind
    return 'scored'


def adds_and_takes(title: str) -> bool:
    """Whether a title is that of a part which only adds and takes: 加分和扣分."""
    return _ADDS_AND_TAKES.fullmatch(simplified(squeeze(title))) is not None


def kind_by_text(
    kind: IndicatorKind, titles: Sequence[str], points: Decimal | None, said: Sequence[Text | None]
) -> IndicatorKind:
    """The kind of a line without ``points`` of its own under a title that names both ways (加分和扣分), where no other title tells it: by what the line
    has ``said``, where all of that adds or all takes."""
    if kind != 'scored' or points is not None or not any(map(adds_and_takes, titles)):
        return kind
    folded = [halfwidth(simplified(text.text)) for text in said if text]
    adds, takes = (any(map(pattern.search, folded)) for pattern in (_ADDED, _TAKEN))
    if adds == takes:
        return kind
    return 'bonus' if adds else 'penalty'


@lru_cache(1024)  # a category stands above many lines
def _kind_of_title(title: str) -> IndicatorKind | None:
    folded = _WAYS.sub('', simplified(squeeze(title)))
    if _BOTH.search(folded) or adds_and_takes(title):
        return None
    found = [kind for kind, pattern in _KINDS.items() if pattern.search(folded)]
    # a title that names several (加分、减分和降低考核档次事项) is no part of any
    return found[0] if len(found) == 1 else None


def count_lines(lines: Sequence[Line], total: Decimal | None) -> tuple[Line, ...]:
    """Which lines count to the table's total: the scored ones, and bonus lines where the printed total needs them.

    Without a printed total, a full hundred serves: 95 points and a bonus of 5 make 100.
    """
    scored = sum((line.points for line in lines if line.kind == 'scored' and line.points), Decimal(0))
    bonus = sum((line.points for line in lines if line.kind == 'bonus' and line.points), Decimal(0))
    both = scored + bonus
    needed = bool(bonus) and (both == total if total is not None else both % 100 == 0 and scored % 100 != 0)
    counted = (line.kind == 'scored' or (line.kind == 'bonus' and needed) for line in lines)
    return tuple(
        line if line.counts_to_total == counts else replace(line, counts_to_total=counts)
        for line, counts in zip(lines, counted, strict=True)
    )
