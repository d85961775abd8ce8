"""Clauses against the line they stand in: amounts larger than its points, choices that are not as many as announced."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kaohe.extractors.findings import Finding, finding
from kaohe.extractors.labels import style_of
from kaohe.normalizers.catalogue import Catalogue, Clause
from kaohe.normalizers.checks.finding_places import at_line, number, short
from kaohe.normalizers.text.folding import halfwidth
from kaohe.normalizers.text.numbers import NUMBER, parse_number

_CHOICES = re.compile(rf'(?:以下|下列|下述)\s*({NUMBER})\s*[种项个类条]')


def check_clauses(catalogue: Catalogue, undecided: Sequence[int]) -> Iterator[Finding]:
    """``clause.exceeds``, ``clause.uncounted`` and ``choose.count``; ``clause.doubtful`` for the limits of which nothing tells what they limit
    (``undecided``: their indexes)."""
    for at in undecided:
        limit = catalogue.clauses[at]
        assert limit.indicator is not None
        found = finding('clause.doubtful', text=short(limit.text), reason='没有说限制的是得分还是扣分')
        yield replace(at_line(found, catalogue, limit.indicator), clause=at)
    for at, clause in enumerate(catalogue.clauses):
        if clause.indicator is not None:
            yield from _check_amount(catalogue, at, clause, clause.indicator)
            yield from _check_count(catalogue, at, clause, clause.indicator)
            yield from _check_choice(catalogue, at, clause, clause.indicator)


def _check_amount(catalogue: Catalogue, at: int, clause: Clause, indicator: int) -> Iterator[Finding]:
    """In a scored line, what one clause gives or takes is part of the line's points, unless the line may lose more than it has."""
    line = catalogue.indicators[indicator]
    if line.kind != 'scored' or line.points is None or clause.points is None:
        return
    if clause.effect == 'deduct' and line.floor is None:
        return
    if clause.effect in ('award', 'deduct', 'cap') and clause.points > line.points:
        found = finding(
            'clause.exceeds', text=short(clause.text), amount=number(clause.points), points=number(line.points)
        )
        yield replace(at_line(found, catalogue, indicator), clause=at)


def _check_count(catalogue: Catalogue, at: int, clause: Clause, indicator: int) -> Iterator[Finding]:
    """``每少扣0.1分``: for each of what is not printed."""
    if clause.per_quantity is not None and clause.per_unit is None:
        found = finding('clause.uncounted', text=short(clause.text))
        yield replace(at_line(found, catalogue, indicator), clause=at)


def _check_choice(catalogue: Catalogue, at: int, clause: Clause, indicator: int) -> Iterator[Finding]:
    """``以下3种评分方法`` with two below it."""
    announced = _CHOICES.search(halfwidth(clause.text)) if clause.effect == 'choose' else None
    count = parse_number(announced[1]) if announced else None
    if count is None:
        return
    below = [
        i for i in catalogue.items if i.indicator == indicator and i.field == clause.field and i.start >= clause.end
    ]
    style = style_of(below[0].label or '') if below else None
    listed = sum(style_of(item.label or '') == style for item in below)
    if listed and listed != count:
        found = finding('choose.count', announced=number(count), listed=listed)
        yield replace(at_line(found, catalogue, indicator), clause=at)
