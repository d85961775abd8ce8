"""Points that restate what others come to: a heading over several tables prints their sum, a table of weights what each part is worth, a sentence
before the tables of what the whole is made up."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from kaohe.normalizers.catalogue import Catalogue
from kaohe.normalizers.columns.points_cell import cell_points
from kaohe.normalizers.columns.printed_points import printed_after
from kaohe.normalizers.lines.levels import label_rank

_LONGEST = 40
_PART = re.compile(r'(?:部分|因素|评分|评审|得分|考核|指标)$')


def heading_sums(catalogue: Catalogue) -> dict[int, Decimal]:
    """The blocks that print what the tables below them come to, with their points: `2．组织机构（70分）` above tables of 30 and 40."""
    return {at: points for at, points in _headings(catalogue) if points in _running_sums(catalogue, at)}


def _headings(catalogue: Catalogue) -> Iterator[tuple[int, Decimal]]:
    for at, block in enumerate(catalogue.blocks):
        if block.kind not in ('table', 'furniture') and len(block.text) <= _LONGEST:
            printed = printed_after(block.text.strip())
            if printed is not None:
                yield at, printed.points


def _running_sums(catalogue: Catalogue, heading: int) -> Iterator[Decimal]:
    """What the first table below a heading comes to, the first two, and so on, until a heading of its own kind."""
    rank = label_rank(catalogue.blocks[heading].text)
    reached = Decimal(0)
    for block in catalogue.blocks[heading + 1 :]:
        if block.table is not None:
            reached += catalogue.tables[block.table].total_points or Decimal(0)
            yield reached
        elif rank is not None and label_rank(block.text) == rank and printed_after(block.text.strip()):
            return


def restated(catalogue: Catalogue, known: set[Decimal]) -> Iterator[tuple[int, int, int, Decimal]]:
    """The cells (table, row, col) of tables without lines whose points are all ``known`` from elsewhere and add up to their last: what each
    part of the notice is worth, printed once more."""
    scored = {line.table for line in catalogue.indicators}
    for at, table in enumerate(catalogue.tables):
        for col, column in enumerate(table.columns):
            if at in scored or column.role != 'points':
                continue
            cells = [
                (cell.row, points)
                for cell in table.cells
                if cell.col == col and cell.row and (points := cell_points(cell.text)) is not None
            ]
            parts = [points for _, points in cells[:-1]]
            if len(parts) > 1 and sum(parts) == cells[-1][1] and set(parts) <= known:
                yield from ((at, row, col, points) for row, points in cells)


_WHOLE = Decimal(100)


class NamedPoints(NamedTuple):
    """A part of a whole, or of what a text says: its name and its points."""

    name: str
    points: Decimal


def known_parts(catalogue: Catalogue) -> tuple[tuple[NamedPoints, ...], ...]:
    """What each whole is made up of: the highest categories of a table that print points and add up to its lines, and the tables of the notice; two parts
    at least, that come to a hundred or more."""
    categories: dict[int, dict[str, Decimal]] = {}
    reached: dict[int, Decimal] = {}
    for line in catalogue.indicators:
        if line.kind == 'scored':
            reached[line.table] = reached.get(line.table, Decimal(0)) + (line.points or 0)
            if line.level1 is not None and line.level1_points is not None:
                categories.setdefault(line.table, {})[line.level1] = line.level1_points
    wholes = [
        [NamedPoints(name, points) for name, points in parts.items()]
        for at, parts in categories.items()
        if sum(parts.values()) == reached[at]
    ]
    tables = [(catalogue.tables[at], points) for at, points in reached.items()]
    wholes.append([NamedPoints(table.title or '', table.total_points or points) for table, points in tables])
    return tuple(tuple(parts) for parts in wholes if len(parts) > 1 and sum(part.points for part in parts) >= _WHOLE)


def lists_parts(said: Sequence[NamedPoints], wholes: Sequence[Sequence[NamedPoints]]) -> bool:
    """Whether what a text says are all parts of one whole, by name and points, with what they come to or without: 商务部分20分、技术部分40分、报价40分."""
    amounts = Counter(part.points for part in said)
    return any(_is_made_up(said, amounts, parts) for parts in wholes)


def _is_made_up(said: Sequence[NamedPoints], amounts: Counter[Decimal], parts: Sequence[NamedPoints]) -> bool:
    own = Counter(part.points for part in parts)
    whole = sum(own.elements(), Decimal(0))
    if amounts not in (own, own + Counter([whole])):
        return False
    return all(one.points == whole or any(_is_same(one, part) for part in parts) for one in said)


def _is_same(one: NamedPoints, part: NamedPoints) -> bool:
    """Whether two names of equal points may be those of one part: two characters that follow each other in both, or a word that says part."""
    if one.points != part.points:
        return False
    return _PART.search(one.name) is not None or any(
        part.name.find(one.name[at : at + 2]) >= 0 for at in range(len(one.name) - 1)
    )
