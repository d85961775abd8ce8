"""Printed points against the sum of what they stand for: categories, tables, sub-items."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from kaohe.extractors.findings import CODES, Finding, finding
from kaohe.extractors.labels import style_of
from kaohe.normalizers.catalogue import Catalogue, Indicator, Item
from kaohe.normalizers.checks.finding_places import at_line, at_table, number, short
from kaohe.normalizers.lines.evidence.proof import PrintedSum, is_certain, printed_sums
from kaohe.normalizers.text.folding import squeeze

# From so many categories on, and where more than half of them are off, we have more likely misread than they misprinted.
_MANY = 3
# a points cell that says no more than its points: 10, 10分, （10分）, 10%; not 最高10分
_PLAIN = re.compile(r'\(?[-+]?\d+(?:\.\d+)?[分%]?\)?')
_READ_FIRST = '可能是分值或类别读错了：请先对照原件核对这些行，原件确实如此再与发文单位核对'


def check_sums(catalogue: Catalogue, doubted: Container[int | None] = ()) -> Iterator[Finding]:
    """``points.sum``, ``points.doubtful``, ``total.sum`` and ``items.sum``.

    A sum that fails is first a doubt of the reading; the notice's own fault only where other printed sums prove the points of all its
    lines, or where all the rest of the table adds up. ``doubted`` are the tables that have a line which was read with doubt.
    """
    for at, lines in lines_by_table(catalogue):
        sums = printed_sums(catalogue.tables[at].total_points, lines)
        categories = [found for found in sums if found.name is not None]
        wrong = [found for found in categories if not found.holds]
        if len(wrong) >= _MANY and len(wrong) * 2 > len(categories):
            yield at_table(finding('points.doubtful', wrong=len(wrong), checked=len(categories)), catalogue, at)
            wrong = []
        for found in wrong:
            told = finding(
                'points.sum', category=short(found.name or ''), printed=number(found.printed), sum=number(found.reached)
            )
            yield replace(blamed(told, found, sums, catalogue, at, doubted), indicator=found.first)
        for found in sums:
            if found.name is None and not found.holds:
                bonus = found.with_bonus
                also = f'，连同加分项 {number(bonus)} 分' if bonus is not None and bonus != found.reached else ''
                told = finding('total.sum', printed=number(found.printed), sum=number(found.reached), bonus=also)
                yield blamed(told, found, sums, catalogue, at, doubted)
    yield from _check_items(catalogue)


def lines_by_table(catalogue: Catalogue) -> Iterator[tuple[int, list[tuple[int, Indicator]]]]:
    """The tables that have lines, by their index, each with its lines and their places in the catalogue."""
    for at, run in groupby(enumerate(catalogue.indicators), key=lambda one: one[1].table):
        yield at, list(run)


def blamed(
    told: Finding,
    failed: PrintedSum,
    sums: Sequence[PrintedSum],
    catalogue: Catalogue,
    table: int,
    doubted: Container[int | None],
) -> Finding:
    """The finding with its place, about the reading unless other sums make the reading certain."""
    unsure = (
        table in doubted
        or any(cell.confidence is not None for cell in catalogue.tables[table].cells)
        or any(
            line.points_text is not None and not _PLAIN.fullmatch(squeeze(line.points_text))
            for line in catalogue.indicators
            if line.table == table
        )
    )
    return at_table(told if is_certain(failed, sums, unsure) else _doubt(told), catalogue, table)


def settled(findings: Sequence[Finding], unplaced: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings, in which a sum of a table is a doubt of the reading where ``unplaced`` names points of the table that no line holds: with them it
    may come out right."""
    open_tables = {found.table for found in unplaced}
    return tuple(
        _doubt(found) if found.code in ('points.sum', 'total.sum') and found.table in open_tables else found
        for found in findings
    )


def _doubt(told: Finding) -> Finding:
    return replace(told, about='reading', message=told.message.replace(CODES[told.code].todo, _READ_FIRST))


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
        styles.setdefault(style_of(item.label or ''), []).append(item)
    for group in (items, *styles.values()):
        points = [item.points for item in group if item.points is not None]
        if len(points) >= 2 and len(points) == len(group):
            yield sum(points, Decimal(0))
