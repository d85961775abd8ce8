"""The ledger of points: every amount of points that a notice prints anywhere, and whether the reading placed it.

An amount is a digit with 分 behind it, or a bare number in a column of points. It is placed where it is the points of a line, a category, a table or
a part, stands in a clause, an item with points or a target, says what a grade or a whole comes to, or is left to be filled in.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate, chain
from typing import NamedTuple

from kaohe.extractors.findings import Finding, finding
from kaohe.normalizers.catalogue import Catalogue, Origin
from kaohe.normalizers.checks.adding_up.stated_again import (
    NamedPoints,
    heading_sums,
    known_parts,
    lists_parts,
    restated,
)
from kaohe.normalizers.checks.finding_places import short, table_place
from kaohe.normalizers.grammar.clauses.amounts import stands_for_limit
from kaohe.normalizers.grammar.clauses.prose import unread_in_prose
from kaohe.normalizers.lines.line import TableRead
from kaohe.normalizers.text.folding import halfwidth

_AMOUNT = re.compile(r'(?<![\d.．])(?<!时)(?<!时\s)(?:\d+[.．])?\d+\s*分(?![钟之公值包项册])')
_NUMBER = re.compile(r'\s*\d+(?:[.．]\d+)?\s*')
_DIGITS = re.compile(r'\d+(?:\.\d+)?')
_APART = re.compile(r'[、,;/。:\n]')
_POINTS = frozenset({'points', 'points_text'})
# What a score must be for a grade, and what all of it comes to: 80分以上, 70-80分, 满分100分, 以100分为基础.
_BOUND_BEFORE = re.compile(
    r'(?:[≥≤<>±]|\d分?(?:\([^()]{1,4}\))?\s*[-~—–至到]|[高低大小多少]于|不足|不满|不[足到]|达到?|[总满共]分?(?:值|数|数值)?(?:为|是|:|,)?|分[數数](?:為|为)|(?:基[准础本]|起[始评])分)\s*$'
)
_BOUND_AFTER = re.compile(
    r'\s*(?:\([^()]{1,4}\))?\s*(?:及|\(含\))?(?:以[上下内]|[≤<>≥]|[-~—–至到]\s*\d|为(?:满|基[础准]|总)分?|[满总]分|制)'
)
_CONTENTS = re.compile(r'(?:\t|[.…·]{3,})\s*\d+\s*$')
# A category prints its points behind its title, an item behind its text.
_BEHIND = 4
_SHOWN = 20


class Place(NamedTuple):
    """A cell or a block of the source."""

    table: int | None
    row: int | None
    col: int | None
    block: int | None


class Ledger(NamedTuple):
    """``seen`` amounts of points are printed, ``placed`` of them have a place in the reading; ``findings`` name the places of those that have
    none and that no other finding names."""

    seen: int
    placed: int
    findings: tuple[Finding, ...]


class _Text(NamedTuple):
    place: Place
    text: str
    amounts: tuple[tuple[int, int], ...]


def read_ledger(catalogue: Catalogue, tables: Sequence[TableRead], findings: Sequence[Finding]) -> Ledger:
    """The ledger of a notice. ``findings`` are those made already. A report (工作总结) gives and takes no points: its ledger is empty."""
    if catalogue.notice.kind == 'summary':
        return Ledger(0, 0, ())
    held = _held(catalogue)
    whole = _title_places(tables)
    _add_totals(whole, catalogue, tables)
    _add_restated(whole, catalogue)
    closing = {(read.table, total.row) for read in tables for total in read.totals}
    wholes = known_parts(catalogue)
    seen, found = 0, list[tuple[_Text, tuple[tuple[int, int], ...]]]()
    for text in _texts(catalogue):
        seen += len(text.amounts)
        if (text.place.table, text.place.row) in closing or _left_open(catalogue, text.place):
            continue
        left = _left(text, held[text.place], whole[text.place])
        if left and not lists_parts([*_named(text)], wholes):
            found.append((text, left))
    missing = sum(len(left) for _, left in found)
    return Ledger(seen, seen - missing, tuple(_complaints(catalogue, found, findings)))


def _texts(catalogue: Catalogue) -> Iterator[_Text]:
    """The blocks and cells in which amounts stand."""
    for at, block in enumerate(catalogue.blocks):
        if block.kind not in ('table', 'furniture') and (amounts := _amounts(block.text)):
            yield _Text(Place(None, None, None, at), block.text, amounts)
    for number, table in enumerate(catalogue.tables):
        pointed = {col for col, column in enumerate(table.columns) if column.role == 'points'}
        for cell in table.cells:
            amounts = _amounts(cell.text)
            if not amounts and cell.col in pointed and _NUMBER.fullmatch(cell.text):
                amounts = ((0, len(cell.text)),)
            if amounts:
                yield _Text(Place(number, cell.row, cell.col, None), cell.text, amounts)


def _amounts(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(found.span() for found in _AMOUNT.finditer(text)) if '分' in text else ()


def _named(text: _Text) -> Iterator[NamedPoints]:
    """The amounts of a text, each with the words right before it."""
    folded = halfwidth(text.text)
    begin = 0
    for start, end in text.amounts:
        name = _APART.split(folded[begin:start].rstrip(' :('))[-1]
        begin = end
        if number := _DIGITS.search(folded, start, end):
            yield NamedPoints(name.strip(), Decimal(number.group()))


def _place(origin: Origin) -> Place:
    return Place(origin.table, origin.row, origin.col, origin.block)


def _held(catalogue: Catalogue) -> defaultdict[Place, list[tuple[int, int]]]:
    """The spans of the source that hold points, by cell and block."""
    held: defaultdict[Place, list[tuple[int, int]]] = defaultdict(list)
    for line in catalogue.indicators:
        for origin in line.origins:
            if origin.field in _POINTS:
                held[_place(origin)].append((origin.start, origin.end))
    for table in catalogue.tables:
        for origin in table.origins:
            if origin.field == 'total_points':
                held[_place(origin)].append((origin.start, origin.end))
    said = chain(
        *(row.origins for row in catalogue.clauses), *(row.origins for row in catalogue.thresholds if row.unit == '分')
    )
    for origin in said:
        held[_place(origin)].append((origin.start, origin.end))
    for item in catalogue.items:
        for origin in item.origins if item.points is not None else ():
            held[_place(origin)].append((origin.start, origin.end + _BEHIND))
    return held


def _add_totals(
    printed: defaultdict[Place, frozenset[Decimal]], catalogue: Catalogue, tables: Sequence[TableRead]
) -> None:
    """What each table comes to, by its printed total and by its lines: its head may print it again."""
    for read in tables:
        if read.header_rows is None:
            continue
        counted = [line.points for line in read.lines if line.counts_to_total and line.points is not None]
        worth = {sum(counted, Decimal(0)), catalogue.tables[read.table].total_points} - {None}
        first, last = read.header_rows
        for cell in catalogue.tables[read.table].cells:
            if first <= cell.row <= last:
                printed[Place(read.table, cell.row, cell.col, None)] |= {value for value in worth if value}


def _add_restated(printed: defaultdict[Place, frozenset[Decimal]], catalogue: Catalogue) -> None:
    """What headings over several tables come to, and tables that print once more what each part is worth."""
    headings = heading_sums(catalogue)
    for at, points in headings.items():
        printed[Place(None, None, None, at)] |= {points}
    totals = {table.total_points for table in catalogue.tables if table.total_points is not None}
    for table, row, col, points in restated(catalogue, totals | set(headings.values())):
        printed[Place(table, row, col, None)] |= {points}


def _title_places(tables: Sequence[TableRead]) -> defaultdict[Place, frozenset[Decimal]]:
    """The points of the categories, by the cells and blocks in which their titles stand; of one that has a row of its own, also by the cell of that
    row in the column of points. The points of lines, by the cells of their names, which may print them once more."""
    titles: defaultdict[Place, frozenset[Decimal]] = defaultdict(frozenset)
    for read in tables:
        pointed = [col for col, column in enumerate(read.columns) if column.role == 'points']
        rows = {row for line in read.lines for row in range(line.row_first or 0, (line.row_last or 0) + 1)}
        for line in read.lines:
            if line.name and line.points is not None:
                for origin in line.name.origins('name'):
                    titles[_place(origin)] |= {line.points}
        # a category that holds many lines is one and the same for each of them
        for level in {id(level): level for line in read.lines for level in line.levels}.values():
            if level.points is None or not level.title:
                continue
            for origin in level.title.origins('title'):
                titles[_place(origin)] |= {level.points}
                if origin.row is not None and origin.row not in rows:
                    for col in pointed:
                        titles[Place(origin.table, origin.row, col, None)] |= {level.points}
    return titles


def _left_open(catalogue: Catalogue, place: Place) -> bool:
    """Whether the cell stands in a column in which those who assess write."""
    if place.table is None or place.col is None:
        return False
    columns = catalogue.tables[place.table].columns
    return place.col < len(columns) and columns[place.col].role == 'score'


def _left(text: _Text, held: Collection[tuple[int, int]], worth: Collection[Decimal]) -> tuple[tuple[int, int], ...]:
    """The amounts of a text that neither ``held`` covers nor anything else explains."""
    covered = sorted(held)
    lows, highs = [low for low, _ in covered], [*accumulate((high for _, high in covered), max)]
    left = []
    for start, end in text.amounts:
        before = bisect_left(lows, end)
        if not (before and highs[before - 1] > start):
            left.append((start, end))
    if not left:
        return ()
    folded = halfwidth(text.text)
    if text.place.block is not None and _CONTENTS.search(folded):
        return ()
    return tuple(span for span in left if not _is_explained(folded, span, worth))


def _is_explained(folded: str, span: tuple[int, int], worth: Collection[Decimal]) -> bool:
    start, end = span
    number = _DIGITS.search(folded, start, end)
    if number is not None and Decimal(number.group()) in worth:
        return True
    return bool(
        _BOUND_BEFORE.search(folded, max(0, start - 12), start)
        or _BOUND_AFTER.match(folded, end)
        or stands_for_limit(folded, start, end)
    )


def _complaints(
    catalogue: Catalogue, found: Sequence[tuple[_Text, tuple[tuple[int, int], ...]]], findings: Sequence[Finding]
) -> Iterator[Finding]:
    """One finding for each cell or block that no other finding names."""
    if not found:
        return
    named = {each.indicator for each in findings if each.code == 'clause.unparsed'}
    unknown = {each.table for each in findings if each.code == 'table.unknown'}
    lines: dict[Place, int] = {}
    for number, line in enumerate(catalogue.indicators):
        for origin in line.origins:
            if not origin.field.startswith('level'):
                lines.setdefault(_place(origin), number)
    for (place, text, _), left in found:
        at = lines.get(place)
        if place.block is None:
            if place.table in unknown or (at is not None and at in named):
                continue
            table = place.table or 0
            where = f'{table_place(catalogue, table)}“{short(text)}”'
            page = catalogue.tables[table].page_first
        else:
            if (at is not None and at in named) or unread_in_prose(text):
                continue
            where = f'正文“{short(text)}”'
            page = catalogue.blocks[place.block].page
        words = ' '.join(text[max(0, left[0][0] - _SHOWN) : left[0][1]].split())
        made = finding('points.unplaced', where=where, text=words, count=len(left), page=page)
        yield replace(made, table=place.table, row=place.row, col=place.col, indicator=at)
