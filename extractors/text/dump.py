"""Tables dumped one cell to a line: each cell begins with a tab, its other paragraphs follow without one, a row ends with a
blank line and a table with two.

The blank lines are not to be trusted: a blank paragraph at the end of a cell looks like the end of a row, and the title of
the next table may follow a row without any. So all ways to cut the cells into rows and tables are weighed against each
other, and the cheapest wins: rows as wide as the table's header cost nothing, and every surprise has a price.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import inf

from kaohe.extractors.text.found_table import FoundTable, Part, Row, cell_text
from kaohe.extractors.text.short_rows import profiles, spans

_MOST_COLUMNS = 40
_MOST_WIDTHS = 12
_LONGEST_ROW = 60  # cells; beyond it only prose goes on without a blank line
_NEARBY = 6
_USUAL_FROM = 3  # rows of the same width are meant to have it, whatever the header has
_PROSE = 1  # the “width” of a stretch of lines that only look like cells: paragraphs indented with a tab

# What each surprise costs, relative to a blank paragraph that looks like the end of a row (1.5).
_NEW_TABLE = 1.0
_PROSE_LINE = 0.6
_SECTION_ROW = 1.0
_USUAL_OTHER_WIDTH = 0.1
_ODD_WIDTH = 3.0
_FALSE_ROW_END = 1.5
_FALSE_TABLE_END = 0.5  # a cell that goes on after two blank lines
_IGNORED_TITLE = 3.0  # the same, at the end of a row: then it hardly belongs to the cell
_UNMARKED_END = 0.5  # text after a row, with one blank line before it
_IGNORED_NOTE = 1.0
_WEAK_END = 3.0  # the same, where it may as well be the cell's next paragraph
_BARE_END = 2.0  # two blank lines and then the next table at once

_NOTE = re.compile(r'\s*(?:[（(]?(?:注|备注|说明|附注|附件|附表|附录|填表|抄送|主送|印发|联系人)|\d{4}年)')


def fits(lines: Sequence[str]) -> bool:
    """Whether the file's tabs begin cells (a dump) and do not stand between them (tab-separated rows)."""
    cells = sum(1 for line in lines if line.startswith('\t') and '\t' not in line[1:])
    rows = sum(1 for line in lines if '\t' in line[1:])
    return cells >= 4 and cells > 3 * rows


def find(lines: Sequence[str]) -> list[FoundTable]:
    """The dumped tables in these lines."""
    cells = list(_cells(lines))
    return [_found(lines, cells, cut) for cut in _cut(cells)] if cells else []


@dataclass(frozen=True, slots=True)
class _Cell:
    """The lines ``first <= n < end`` begin with a tab and go on to the next; a dump's cell, perhaps with more behind it.

    ``blank`` counts the empty lines at its end. ``after`` is the line from which on its text may stand outside the table,
    ``strong`` whether two blank lines say so; ``note`` whether it begins like a note or an annex; ``abuts`` whether that text reaches the next cell without a blank line.
    """

    first: int
    end: int
    text: str
    blank: int
    after: int | None
    strong: bool
    note: bool
    abuts: bool

    @property
    def ends_row(self) -> bool:
        """Whether a row may end with this cell."""
        return self.blank > 0 or self.after is not None


def _cells(lines: Sequence[str]) -> Iterator[_Cell]:
    starts = [number for number, line in enumerate(lines) if line.startswith('\t')]
    for first, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        last = end
        while last > first + 1 and not lines[last - 1]:
            last -= 1
        runs = _runs(lines, first, last)
        after = next((at for at, blank in runs if blank > 1), runs[0][0] if runs else None)
        strong = any(blank > 1 for _, blank in runs)
        note = after is not None and _NOTE.match(lines[after]) is not None
        yield _Cell(first, end, cell_text(lines[first:end]), end - last, after, strong, note, abuts=last == end)


def _runs(lines: Sequence[str], first: int, last: int) -> list[tuple[int, int]]:
    """Where text goes on after empty lines within a cell: (line, number of empty lines before it)."""
    found = []
    blank = 0
    for number in range(first + 1, last):
        if not lines[number]:
            blank += 1
        elif lines[number].strip():
            if blank:
                found.append((number, blank))
            blank = 0
    return found


@dataclass(frozen=True, slots=True)
class _Cut:
    """A table: the width of its header, and its rows as half-open ranges of cells."""

    width: int
    rows: tuple[tuple[int, int], ...]


def _cut(cells: Sequence[_Cell]) -> list[_Cut]:
    """The cheapest way to cut the cells into tables of rows; stretches of prose are left out.

    ``places`` are where rows may end (numbers of cells before them). ``going[p][w]`` is the cost at which a table of width ``w`` goes
    on (or begins) at place ``p``, with the place at which its last row began, None where the table begins here. ``over[p]`` is
    the cost at which a table is over at ``p``, with its width and the place at which its last row began.
    """
    places = [0, *(n for n, cell in enumerate(cells, 1) if cell.ends_row or n == len(cells))]
    chunks = _chunks(cells)
    times = Counter(count for _, count in chunks if 1 < count <= _MOST_COLUMNS)
    widths = (_PROSE, *(width for width, _ in times.most_common(_MOST_WIDTHS)))
    prices = _Prices(cells, _repeated(chunks))
    going: list[dict[int, tuple[float, int | None]]] = []
    over: list[tuple[float, int, int]] = []
    for here, place in enumerate(places):
        entry: dict[int, tuple[float, int | None]] = {}
        ended = (0.0, _PROSE, 0) if here == 0 else (inf, _PROSE, here - 1)
        for width in widths if here else ():
            cost, start = inf, here - 1
            for before in range(here - 1, -1, -1):
                if place - places[before] > _LONGEST_ROW and before < here - 1:
                    break
                cost_before, row_before = going[before][width]
                tried = cost_before + prices.row(places[before], place, width, head=row_before is None)
                if tried < cost:
                    cost, start = tried, before
                if width == _PROSE:
                    break
            entry[width] = (cost + prices.stay(place, width), start)
            ended = min(ended, (cost + prices.leave(place, width), width, start))
        for width in widths:
            begun = ended[0] + (0.0 if width == _PROSE else _NEW_TABLE)
            if here == 0 or begun < entry[width][0]:
                entry[width] = (begun, None)
        going.append(entry)
        over.append(ended)
    return list(_trace(places, going, over))


def _trace(
    places: Sequence[int], going: Sequence[dict[int, tuple[float, int | None]]], over: Sequence[tuple[float, int, int]]
) -> Iterator[_Cut]:
    """The tables of the cheapest way, first to last."""
    found = []
    here = len(places) - 1
    while here > 0:
        _, width, before = over[here]
        rows = []
        start: int | None = before
        while start is not None:
            rows.append((places[start], places[here]))
            here = start
            start = going[here][width][1]
        if width != _PROSE and sum(end - first == width for first, end in rows) > 1:
            found.append(_Cut(width, tuple(reversed(rows))))
    return reversed(found)


def _chunks(cells: Sequence[_Cell]) -> list[tuple[int, int]]:
    """The cells between two marks that may end a row: (first cell, how many)."""
    found = []
    first = 0
    for number, cell in enumerate(cells, 1):
        if cell.blank or cell.strong or number == len(cells):
            found.append((first, number - first))
            first = number
    return found


def _repeated(chunks: Sequence[tuple[int, int]]) -> frozenset[tuple[int, int]]:
    """Chunks as wide as others nearby, that do not add up with a neighbour to the width of more chunks: rows of a width of their own."""
    times = Counter(count for _, count in chunks)
    found = []
    for number, (_, count) in enumerate(chunks):
        nearby = [other for _, other in chunks[max(0, number - _NEARBY) : number + _NEARBY + 1]]
        neighbours = [other for _, other in (*chunks[max(0, number - 1) : number], *chunks[number + 1 : number + 2])]
        completes = any(times[count + other] > times[count] for other in neighbours)
        if nearby.count(count) >= _USUAL_FROM and not completes:
            found.append(chunks[number])
    return frozenset(found)


class _Prices:
    """What it costs to read a stretch of cells as a row, and to go on or to end the table behind it."""

    def __init__(self, cells: Sequence[_Cell], repeated: frozenset[tuple[int, int]]) -> None:
        self._cells = cells
        self._repeated = repeated
        self._false_ends = [0.0, *accumulate(_false_end(cell) for cell in cells)]

    def row(self, first: int, end: int, width: int, *, head: bool) -> float:
        """The price of the cells ``first <= n < end`` as one row of a table of this width, its first one where ``head``."""
        count = end - first
        if width == _PROSE:
            return _PROSE_LINE * count
        ends_inside = self._false_ends[end - 1] - self._false_ends[first]
        return ends_inside + self._shape(first, count, width, head)

    def _shape(self, first: int, count: int, width: int, head: bool) -> float:
        if count == width:
            return 0.0
        if count == 1 and self._cells[first].text:
            return _SECTION_ROW
        if (first, count) in self._repeated and not head:
            return _USUAL_OTHER_WIDTH
        return _ODD_WIDTH + abs(count - width) / 4

    def stay(self, place: int, width: int) -> float:
        """The price of going on with the same table behind this place."""
        cell = self._cells[place - 1]
        if width == _PROSE or cell.after is None:
            return 0.0
        if cell.abuts:
            return inf
        return _IGNORED_TITLE if cell.strong else _IGNORED_NOTE if cell.note else 0.0

    def leave(self, place: int, width: int) -> float:
        """The price of ending the table at this place."""
        cell = self._cells[place - 1]
        last = place == len(self._cells)
        if width == _PROSE or cell.strong:
            return 0.0
        if cell.after is not None:
            return _UNMARKED_END if cell.abuts or cell.note or last else _WEAK_END
        return 0.0 if last else _BARE_END if cell.blank > 1 else inf


def _false_end(cell: _Cell) -> float:
    """The price of this cell within a row, where it does not end one."""
    return (_FALSE_ROW_END if cell.blank else 0.0) + (_FALSE_TABLE_END if cell.strong else 0.0)


def _found(lines: Sequence[str], cells: Sequence[_Cell], cut: _Cut) -> FoundTable:
    rows = [[cell.text for cell in cells[first:end]] for first, end in cut.rows]
    last = cells[cut.rows[-1][1] - 1]
    weak = False
    end = last.end
    if last.after is not None:
        rows[-1][-1] = cell_text([lines[last.first], *lines[last.first + 1 : last.after]])
        end = last.after
        weak = not (last.strong or last.note)
    laid, doubtful = _laid(rows, cut.width)
    return FoundTable(cells[cut.rows[0][0]].first, end, laid, doubtful | ({len(rows) - 1} if weak else set()))


def _laid(rows: Sequence[Sequence[str]], width: int) -> tuple[tuple[Row, ...], frozenset[int]]:
    """The rows over the table's columns, and which of them are doubtful: those whose width no other row shares."""
    widths = Counter(len(row) for row in rows)
    cols = max(widths)
    full = profiles([row for row in rows if len(row) == cols])
    takes = {
        count: spans(profiles([row for row in rows if len(row) == count]), full) if 1 < count < cols else (cols,)
        for count in widths
        if count < cols
    }
    takes[cols] = (1,) * cols
    laid = tuple(tuple(map(Part, row, takes[len(row)])) for row in rows)
    doubtful = frozenset(
        number
        for number, row in enumerate(rows)
        if len(row) != width and widths[len(row)] < _USUAL_FROM and not (len(row) == 1 and row[0])
    )
    return laid, doubtful
