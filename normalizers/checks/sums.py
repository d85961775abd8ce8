"""Printed points against the sum of what they stand for: categories, tables, sub-items."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from kaohe.extractors.findings import Finding, finding
from kaohe.normalizers.catalogue import Catalogue, Indicator, Item
from kaohe.normalizers.checks.finding_places import at_line, at_table, number, short
from kaohe.normalizers.lines.totals import sum_of

# From so many categories on, and where more than half of them are off, we have more likely misread than they misprinted.
_MANY = 3


def check_sums(catalogue: Catalogue) -> Iterator[Finding]:
    """``points.sum``, ``points.doubtful``, ``total.sum`` and ``items.sum``."""
    for at, table in enumerate(catalogue.tables):
        lines = [(i, line) for i, line in enumerate(catalogue.indicators) if line.table == at]
        if lines:
            yield from _check_categories(catalogue, at, lines)
            yield from _check_total(catalogue, at, table.total_points, [line for _, line in lines])
    yield from _check_items(catalogue)


def _check_categories(catalogue: Catalogue, table: int, lines: Sequence[tuple[int, Indicator]]) -> Iterator[Finding]:
    checked, wrong = 0, []
    for name, printed, first, run in _categories(lines):
        # what a bonus or penalty part prints is its limit, not its sum; a merged or blank points cell is no doubt, an unread one is
        if printed is None or any(line.kind != 'scored' for line in run if line.points is not None):
            continue
        if any(line.points is None and line.points_text for line in run):
            continue
        own = [line.points for line in run if line.points is not None]
        total = sum(own, Decimal(0)) if own else None
        if total is None:
            continue
        checked += 1
        if total != printed:
            wrong.append((name, printed, total, first))
    if len(wrong) >= _MANY and len(wrong) * 2 > checked:
        yield at_table(finding('points.doubtful', wrong=len(wrong), checked=checked), catalogue, table)
        return
    for name, printed, total, first in wrong:
        found = finding('points.sum', category=short(name), printed=number(printed), sum=number(total))
        yield replace(at_table(found, catalogue, table), indicator=first)


def _categories(
    lines: Sequence[tuple[int, Indicator]],
) -> Iterator[tuple[str, Decimal | None, int, list[Indicator]]]:
    """Name, printed points, first line and lines of every category of the first and second level; one that is interrupted and taken up
    again is one."""
    for level in (1, 2):
        runs: dict[tuple[str | None, str | None, Decimal | None], tuple[int, list[Indicator]]] = {}
        for at, line in lines:
            name, printed = (line.level1, line.level1_points) if level == 1 else (line.level2, line.level2_points)
            if name is not None:
                key = (line.level1, name, printed)
                runs.setdefault(key, (at, []))[1].append(line)
        for (_, name, printed), (first, run) in runs.items():
            yield name or '', printed, first, run


def _check_total(
    catalogue: Catalogue, table: int, printed: Decimal | None, lines: Sequence[Indicator]
) -> Iterator[Finding]:
    if printed is None or any(line.points is None and line.points_text for line in lines):
        return
    scored = sum_of(line for line in lines if line.kind == 'scored')
    with_bonus = sum_of(line for line in lines if line.kind in ('scored', 'bonus'))
    everything = sum_of(lines)
    if scored is None or printed in (scored, with_bonus, everything):
        return
    also = f'，连同加分项 {number(with_bonus)} 分' if with_bonus is not None and with_bonus != scored else ''
    found = finding('total.sum', printed=number(printed), sum=number(scored), bonus=also)
    yield at_table(found, catalogue, table)


def _check_items(catalogue: Catalogue) -> Iterator[Finding]:
    """Sub-items of a requirement make up the line's points. Those of criteria may be alternatives, and amounts taken for each of something
    add to them: there only a sum that cannot reach the line's points is worth a word."""
    counted = {
        (clause.indicator, clause.field)
        for clause in catalogue.clauses
        if clause.effect in ('award', 'bonus') and clause.per_quantity is not None
    }
    for (at, field), group in groupby(catalogue.items, key=lambda item: (item.indicator, item.field)):
        points = catalogue.indicators[at].points
        sums = set(_sums(list(group)))
        if points is None or not sums or points in sums or catalogue.indicators[at].kind != 'scored':
            continue
        if field == 'criteria' and ((at, field) in counted or max(sums) > points):
            continue
        yield at_line(finding('items.sum', points=number(points), sum=number(max(sums))), catalogue, at)


def _sums(items: Sequence[Item]) -> Iterator[Decimal]:
    """What the sub-items may add up to: all of them, or those of one style of label (1. above ①). Nothing where some print no points
    and the others do not exceed: they may hold the rest."""
    styles: dict[str, list[Item]] = {}
    for item in items:
        styles.setdefault(_style(item.label), []).append(item)
    for group in (items, *styles.values()):
        points = [item.points for item in group if item.points is not None]
        if len(points) >= 2 and len(points) == len(group):
            yield sum(points, Decimal(0))


def _style(label: str | None) -> str:
    return ''.join('1' if sign.isdigit() else '一' if sign in '一二三四五六七八九十' else sign for sign in label or '')[
        :1
    ]
