"""What a line does to the score: most are scored; some parts of a notice only add, only take, or lower the grade."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from normalizers.catalogue import IndicatorKind
from normalizers.folding import squeeze
from normalizers.lines import Line
from normalizers.vocabulary.headers import BONUS, DOWNGRADE, PENALTY

# 加分、扣分标准 names both directions, and 扣分标准 is a way of scoring, not a part of the notice
_WAYS = re.compile(r'(?:加|扣|减|得|评|计)分(?:标准|办法|细则|方法|原因|理由|依据|情况|说明)')


def kind_of(titles: Sequence[str], around: Sequence[str]) -> IndicatorKind:
    """The kind of a line. ``titles`` are its categories and its name, from the highest down; the lowest that says something decides.

    ``around`` is what says it for all lines of the table (加分项目 as a head, the table's title), where no category does.
    """
    for title in (*reversed(titles), *around):
        kind = _kind_of_title(title)
        if kind:
            return kind
    return 'scored'


def _kind_of_title(title: str) -> IndicatorKind | None:
    folded = _WAYS.sub('', squeeze(title))
    found: set[IndicatorKind] = set()
    if any(word in folded for word in DOWNGRADE):
        found.add('downgrade')
    if any(word in folded for word in BONUS):
        found.add('bonus')
    if any(word in folded for word in PENALTY):
        found.add('penalty')
    # a title that names several (加分、减分和降低考核档次事项) is no part of any
    return found.pop() if len(found) == 1 else None


def count_lines(lines: Sequence[Line], total: Decimal | None) -> tuple[Line, ...]:
    """Which lines count to the table's total: the scored ones, and bonus lines where the printed total needs them.

    Without a printed total, a full hundred serves: 95 points and a bonus of 5 make 100.
    """
    scored = sum((line.points for line in lines if line.kind == 'scored' and line.points), Decimal(0))
    bonus = sum((line.points for line in lines if line.kind == 'bonus' and line.points), Decimal(0))
    both = scored + bonus
    needed = bool(bonus) and (both == total if total is not None else both % 100 == 0 and scored % 100 != 0)
    return tuple(
        replace(line, counts_to_total=line.kind == 'scored' or (line.kind == 'bonus' and needed)) for line in lines
    )
