"""Weights printed as shares of one: 0.4 of a column 权重 that comes to 1 is 40 of a hundred, as 40% is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from kaohe.normalizers.columns.column_role import POINTS, ColumnRead
from kaohe.normalizers.lines.levels import Level
from kaohe.normalizers.lines.line import Line, Total

_WEIGHT = re.compile(r'权|比重|占比|比例|系数')
_ONE = Decimal(1)
_HUNDRED = Decimal(100)


def with_weights(
    lines: Sequence[Line], totals: Sequence[Total], columns: Sequence[ColumnRead]
) -> tuple[list[Line], tuple[Total, ...]]:
    """The lines and totals of a table, those that print shares of one as parts of a hundred; the points cells stay as printed.

    Shares come to one, all lines together or those of each category; a figure of a column whose head does not speak of weights is points.
    """
    found = list(lines)
    if _are_levels_shares(found):
        found = [replace(line, levels=tuple(map(_grown, line.levels))) for line in found]
    if not any(column.role == POINTS and _WEIGHT.search(column.header) for column in columns):
        return found, tuple(totals)
    if not _are_shares(line.points for line in found) or not _come_to_one(found):
        return found, tuple(totals)
    return (
        [replace(line, points=line.points * _HUNDRED if line.points is not None else None) for line in found],
        tuple(replace(total, points=total.points * _HUNDRED) if total.points <= _ONE else total for total in totals),
    )


def _are_shares(points: Iterable[Decimal | None]) -> bool:
    """Whether the amounts are parts of one, not all of them whole."""
    known = [one for one in points if one is not None]
    return bool(known) and all(0 <= one <= _ONE for one in known) and any(one % 1 for one in known)


def _come_to_one(lines: Sequence[Line]) -> bool:
    """Whether the lines come to one together, or those of each category to one or to what the category prints."""
    if _sum(lines) == _ONE:
        return True
    groups: dict[tuple[str, ...], list[Line]] = {}
    for line in lines:
        groups.setdefault(line.path[:1], []).append(line)
    printed = {path: group[0].levels[0].points if group[0].levels else None for path, group in groups.items()}
    sums = {path: _sum(group) for path, group in groups.items()}
    return len(groups) > 1 and (
        all(total == _ONE for total in sums.values())
        or all(printed[path] in (total, total * _HUNDRED) for path, total in sums.items())
    )


def _are_levels_shares(lines: Sequence[Line]) -> bool:
    """Whether the highest categories print parts of one and come to it."""
    tops = {line.levels[0].title.text: line.levels[0].points for line in lines if line.levels}
    return len(tops) > 1 and _are_shares(tops.values()) and sum(filter(None, tops.values())) == _ONE


def _sum(lines: Sequence[Line]) -> Decimal:
    return sum((line.points for line in lines if line.points is not None), Decimal(0))


def _grown(level: Level) -> Level:
    points = level.points
    return replace(level, points=points * _HUNDRED) if points is not None and points <= _ONE else level
