"""Points that were recognised from a picture, held against the sums that the notice prints.

A scan shows the same points twice: line by line, and added up with each category and each table. Where the two agree the reading is
confirmed. Where they do not, and a single misreading of the usual kind in a single line explains all of it, the line is read so, and says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kaohe.extractors.document import Document
from kaohe.normalizers.lines.line import Line, TableRead
from kaohe.normalizers.lines.table_titles import TableTitle
from kaohe.normalizers.text.folding import halfwidth

# What recognisers take for each other, either way.
_CONFUSED = {'1': '7', '7': '1', '5': '6', '6': '5', '3': '8', '8': '3'}
_LETTERS = str.maketrans('OoQDIl|iSsBZz〇', '00001111558220')
_FIGURE = re.compile(r'\s*([\dOoQDIl|iSsBZz〇.]{1,6})\s*分?\s*')


@dataclass(frozen=True, slots=True)
class _Sum:
    """Points printed with a category or a table, and the lines (by their place in it) that they add up."""

    printed: Decimal
    members: frozenset[int]


def judge_points(
    document: Document, titles: Sequence[TableTitle], tables: Sequence[TableRead]
) -> tuple[TableRead, ...]:
    """The tables with what the sums say of every line whose points were recognised. Tables that were read, not recognised, stay as they
    are: there a sum that does not agree is the notice's own fault."""
    return tuple(
        _judged_table(table, titles[table.table].total_points)
        if any(cell.confidence is not None for cell in document.tables[table.table].cells)
        else table
        for table in tables
    )


def _judged_table(table: TableRead, total: Decimal | None) -> TableRead:
    sums = sorted(_sums(table.lines, total), key=lambda found: len(found.members))
    points = [line.points for line in table.lines]
    better = _mended(table.lines, points, sums)
    points = [better.get(at, value) for at, value in enumerate(points)]
    return replace(table, lines=tuple(_judged(at, line, points, sums) for at, line in enumerate(table.lines)))


def _judged(at: int, line: Line, points: Sequence[Decimal | None], sums: Sequence[_Sum]) -> Line:
    """The line with its points as they are now believed. The smallest sum that it belongs to decides."""
    smallest = next((found for found in sums if at in found.members), None)
    agrees = None if smallest is None else _missing(smallest, points) == 0
    if points[at] == line.points:
        return replace(line, adds_up=agrees)
    return replace(line, points=points[at], adds_up=agrees, misread=_figure(line))


def _sums(lines: Sequence[Line], total: Decimal | None) -> Iterator[_Sum]:
    """The categories of the first and second level, and the table. Bonus and penalty parts print limits, not sums."""
    for depth in (1, 2):
        groups: dict[tuple[str, ...], set[int]] = {}
        for at, line in enumerate(lines):
            if len(line.levels) >= depth:
                groups.setdefault(line.path[:depth], set()).add(at)
        for members in groups.values():
            printed = {lines[at].levels[depth - 1].points for at in members} - {None}
            if len(printed) == 1 and _summable(lines, members):
                yield _Sum(printed.pop() or Decimal(0), frozenset(members))
    scored = {at for at, line in enumerate(lines) if line.kind == 'scored' or line.counts_to_total}
    if total is not None and _summable(lines, scored, counted=True):
        yield _Sum(total, frozenset(scored))


def _summable(lines: Sequence[Line], members: set[int], *, counted: bool = False) -> bool:
    """Whether every line has points of its own, or a points cell that was not understood."""
    return bool(members) and all(
        (counted or lines[at].kind == 'scored') and (lines[at].points is not None or lines[at].points_text is not None)
        for at in members
    )


def _missing(found: _Sum, points: Sequence[Decimal | None]) -> Decimal:
    """What the lines lack of the printed figure."""
    return found.printed - sum((points[at] or Decimal(0) for at in found.members), Decimal(0))


def _mended(lines: Sequence[Line], points: Sequence[Decimal | None], sums: Sequence[_Sum]) -> Mapping[int, Decimal]:
    """Lines whose points another reading makes right: the only one that does for its sum, and after which every sum it is part of is right."""
    better: dict[int, Decimal] = {}
    for found in sums:
        now = [better.get(at, value) for at, value in enumerate(points)]
        lacking = _missing(found, now)
        sure = {at for other in sums if _missing(other, now) == 0 for at in other.members}
        readings = [
            (at, wanted)
            for at in sorted(found.members - sure)
            if (wanted := (now[at] or Decimal(0)) + lacking) in _other_readings(_figure(lines[at]))
        ]
        # The printed sum may itself be misread.
        printed_may_be_wrong = found.printed - lacking in _other_readings(f'{found.printed.normalize():f}')
        if lacking and len(readings) == 1 and not printed_may_be_wrong:
            better.update(readings)
    now = [better.get(at, value) for at, value in enumerate(points)]
    wrong = {at for found in sums if _missing(found, now) != 0 for at in found.members}
    return {at: value for at, value in better.items() if at not in wrong}


def _figure(line: Line) -> str:
    """The figure of the line's points as it was recognised; '' where there is more than a figure."""
    text = line.points_text or line.points_source
    found = _FIGURE.fullmatch(halfwidth(text.text)) if text else None
    return found[1] if found else ''


def _other_readings(figure: str) -> set[Decimal]:
    """What a recognised figure may stand for instead: 7 for 1, 0 for O, 0.5 for 05."""
    plain = figure.translate(_LETTERS)
    texts = {plain} if plain != figure else set()
    for at, digit in enumerate(plain):
        if digit in _CONFUSED:
            texts.add(plain[:at] + _CONFUSED[digit] + plain[at + 1 :])
    if len(plain) > 1 and '.' not in plain:
        texts.add(f'{plain[0]}.{plain[1:]}')
        texts.add(f'{plain[:-1]}.{plain[-1]}')
    return {Decimal(text) for text in texts if re.fullmatch(r'\d+(?:\.\d+)?', text)}
