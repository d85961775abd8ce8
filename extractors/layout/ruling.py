"""Ruled lines and positioned characters → tables with merged cells, whatever the format that drew them.

The drawn lines make a grid; places of the grid that no line parts are one cell. So the cells tile the table by construction, however
badly the lines are drawn. pdfplumber snaps and joins the lines. Its own search for cells is not used: it gives up a cell whose border has a gap,
and its time grows with the square of the crossings.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kaohe.extractors.document import Box

# Lines nearer than this are one (double lines, borders drawn cell by cell); a line may miss the one it should meet by as much.
TOLERANCE = 3.0
_SHORTEST = 6.0
# A line that runs on this far behind the last one that crosses it belongs to a column or row without an outer border.
_OVERHANG = 12.0
# More lines than this on a page are a drawing.
_MOST = 3000


class RuledLine(NamedTuple):
    """A drawn line, level or upright: its box, in points from the page's top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class RuledGrid:
    """The drawn cells of one table. ``cells`` are (row, col, row_span, col_span), in reading order, and tile the grid exactly once."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[tuple[int, int, int, int], ...]
    doubtful: frozenset[int]

    def box(self, page: int, cell: tuple[int, int, int, int]) -> Box:
        row, col, row_span, col_span = cell
        return Box(page, self.xs[col], self.ys[row], self.xs[col + col_span], self.ys[row + row_span])

    @property
    def frame(self) -> tuple[float, float, float, float]:
        """Where it begins and ends: left, top, right, bottom."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    @property
    def area(self) -> float:
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    def holds(self, x: float, y: float) -> bool:
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]


def find_grids(level: Sequence[RuledLine], upright: Sequence[RuledLine]) -> list[RuledGrid]:
    """The tables that ``straightened`` lines draw, from top to bottom. A frame around a single cell is no table."""
    if len(level) + len(upright) > _MOST:
        return []
    # A page break often leaves a table without the border at the break, and a merged cell may leave a gap in it: a lid is drawn over all
    # the columns that end there. A side is drawn for each table alone, because tables stand above each other.
    lids = [_turned(lid) for lid in _undrawn([_turned(line) for line in upright], [_turned(line) for line in level])]
    grids = []
    for some_level, some_upright in _connected([*level, *lids], upright):
        some_upright += _undrawn(some_level, some_upright)
        grid = _grid(*_trimmed(some_level, some_upright))
        if grid is not None and len(grid.cells) > 1:
            grids.append(grid)
    return sorted(grids, key=lambda grid: (grid.ys[0], grid.xs[0]))


def straightened(rules: Iterable[RuledLine]) -> tuple[list[RuledLine], list[RuledLine]]:
    """Level and upright lines, snapped to common positions and joined where they touch."""
    edges = []
    for rule in rules:
        wide, high = rule.x1 - rule.x0, rule.bottom - rule.top
        x, y = (rule.x0 + rule.x1) / 2, (rule.top + rule.bottom) / 2
        if wide >= high or max(wide, high) <= TOLERANCE:
            edges.append({'orientation': 'h', 'x0': rule.x0, 'top': y, 'x1': rule.x1, 'bottom': y, 'height': 0.0})
        if high > wide or max(wide, high) <= TOLERANCE:
            edges.append({'orientation': 'v', 'x0': x, 'top': rule.top, 'x1': x, 'bottom': rule.bottom, 'height': high})
    level: list[RuledLine] = []
    upright: list[RuledLine] = []
    if not edges:
        return level, upright
    # Takes 0.17 s to load: a page without a line does without.
    from pdfplumber.table import merge_edges

    for edge in merge_edges(edges, TOLERANCE, TOLERANCE, TOLERANCE, TOLERANCE):
        line = RuledLine(edge['x0'], edge['top'], edge['x1'], edge['bottom'])
        if max(line.x1 - line.x0, line.bottom - line.top) >= _SHORTEST:
            (level if edge['orientation'] == 'h' else upright).append(line)
    return level, upright


def _cross(level: RuledLine, upright: RuledLine) -> bool:
    return (
        level.x0 - TOLERANCE <= upright.x0 <= level.x1 + TOLERANCE
        and upright.top - TOLERANCE <= level.top <= upright.bottom + TOLERANCE
    )


def _connected(
    level: Sequence[RuledLine], upright: Sequence[RuledLine]
) -> list[tuple[list[RuledLine], list[RuledLine]]]:
    """Groups of lines that hang together through crossings."""
    group = list(range(len(level) + len(upright)))

    def root(at: int) -> int:
        while group[at] != at:
            group[at] = group[group[at]]
            at = group[at]
        return at

    for i, one in enumerate(level):
        for j, other in enumerate(upright, len(level)):
            if _cross(one, other):
                group[root(i)] = root(j)
    found: dict[int, tuple[list[RuledLine], list[RuledLine]]] = {}
    for i, line in enumerate((*level, *upright)):
        found.setdefault(root(i), ([], []))[i >= len(level)].append(line)
    return list(found.values())


def _turned(line: RuledLine) -> RuledLine:
    """The line mirrored at the diagonal: what is level becomes upright."""
    return RuledLine(line.top, line.x0, line.bottom, line.x1)


def _undrawn(level: Sequence[RuledLine], upright: Sequence[RuledLine]) -> list[RuledLine]:
    """The upright borders that were not drawn: where level lines run on beyond the last upright one and end together."""
    left, right = [], []
    for line in level:
        xs = [other.x0 for other in upright if _cross(line, other)]
        if xs and min(xs) - line.x0 > _OVERHANG:
            left.append((line.x0, line.top))
        if xs and line.x1 - max(xs) > _OVERHANG:
            right.append((line.x1, line.top))
    return [
        RuledLine(ends[0][0], min(y for _, y in ends), ends[0][0], max(y for _, y in ends))
        for side in (left, right)
        for ends in _clusters(sorted(side))
        if len(ends) > 1
    ]


def _clusters(ends: Sequence[tuple[float, float]]) -> Iterator[list[tuple[float, float]]]:
    """The sorted ends in groups of nearly the same x."""
    start = 0
    for at in range(1, len(ends) + 1):
        if at == len(ends) or ends[at][0] - ends[at - 1][0] > TOLERANCE:
            yield list(ends[start:at])
            start = at


def _trimmed(level: list[RuledLine], upright: list[RuledLine]) -> tuple[list[RuledLine], list[RuledLine]]:
    """The lines without ends that meet nothing: underlines and overhangs part no cells."""
    while True:
        kept_level = [
            RuledLine(min(xs), line.top, max(xs), line.top)
            for line in level
            if len(xs := [other.x0 for other in upright if _cross(line, other)]) > 1
        ]
        kept_upright = [
            RuledLine(line.x0, min(ys), line.x0, max(ys))
            for line in upright
            if len(ys := [other.top for other in kept_level if _cross(other, line)]) > 1
        ]
        if kept_level == level and kept_upright == upright:
            return level, upright
        level, upright = kept_level, kept_upright


def _grid(level: list[RuledLine], upright: list[RuledLine]) -> RuledGrid | None:
    xs = sorted({line.x0 for line in upright})
    ys = sorted({line.top for line in level})
    rows, cols = len(ys) - 1, len(xs) - 1
    if rows < 1 or cols < 1:
        return None
    row_at = {y: at for at, y in enumerate(ys)}
    col_at = {x: at for at, x in enumerate(xs)}
    roof = [[False] * cols for _ in range(rows + 1)]
    wall = [[False] * (cols + 1) for _ in range(rows)]
    for line in level:
        for col in range(col_at[line.x0], col_at[line.x1]):
            roof[row_at[line.top]][col] = True
    for line in upright:
        for row in range(row_at[line.top], row_at[line.bottom]):
            wall[row][col_at[line.x0]] = True
    return _compact(xs, ys, *_cells(roof, wall))


def _cells(roof: list[list[bool]], wall: list[list[bool]]) -> tuple[list[tuple[int, int, int, int]], frozenset[int]]:
    """Places that no line parts, as rectangles. A region of another shape has a gap in its border: it is cut, and its rows are doubtful."""
    rows, cols = len(wall), len(roof[0])
    seen = [[False] * cols for _ in range(rows)]
    cells: list[tuple[int, int, int, int]] = []
    doubtful: set[int] = set()
    for row in range(rows):
        for col in range(cols):
            if seen[row][col]:
                continue
            region, todo = {(row, col)}, [(row, col)]
            while todo:
                r, c = todo.pop()
                for nr, nc, shut in (
                    (r, c - 1, wall[r][c]),
                    (r, c + 1, wall[r][c + 1]),
                    (r - 1, c, roof[r][c]),
                    (r + 1, c, roof[r + 1][c]),
                ):
                    if not shut and 0 <= nr < rows and 0 <= nc < cols and (nr, nc) not in region:
                        region.add((nr, nc))
                        todo.append((nr, nc))
            for r, c in region:
                seen[r][c] = True
            pieces = _rectangles(region)
            cells += pieces
            if len(pieces) > 1:
                doubtful.update(r for r, _ in region)
    return sorted(cells), frozenset(doubtful)


def _rectangles(region: set[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """The region cut into rectangles: its runs along each row, runs of the same width joined downwards."""
    top, bottom = min(row for row, _ in region), max(row for row, _ in region)
    left, right = min(col for _, col in region), max(col for _, col in region)
    if len(region) == (bottom - top + 1) * (right - left + 1):
        return [(top, left, bottom - top + 1, right - left + 1)]
    open_runs: dict[tuple[int, int], int] = {}
    done: list[tuple[int, int, int, int]] = []
    for row in range(top, bottom + 2):
        cols = sorted(col for r, col in region if r == row)
        runs: dict[tuple[int, int], int] = {}
        for at, col in enumerate(cols):
            if at == 0 or cols[at - 1] != col - 1:
                start = col
            if at == len(cols) - 1 or cols[at + 1] != col + 1:
                runs[start, col + 1] = open_runs.get((start, col + 1), row)
        done += [(first, a, row - first, b - a) for (a, b), first in open_runs.items() if (a, b) not in runs]
        open_runs = runs
    return done


def _compact(
    xs: Sequence[float],
    ys: Sequence[float],
    cells: Sequence[tuple[int, int, int, int]],
    doubtful: frozenset[int],
) -> RuledGrid:
    """The grid without positions at which no cell begins."""
    rows = sorted({row for row, *_ in cells})
    cols = sorted({col for _, col, *_ in cells})
    row_at = {row: at for at, row in enumerate([*rows, len(ys) - 1])}
    col_at = {col: at for at, col in enumerate([*cols, len(xs) - 1])}
    return RuledGrid(
        xs=(*(xs[col] for col in cols), xs[-1]),
        ys=(*(ys[row] for row in rows), ys[-1]),
        cells=tuple(
            (row_at[r], col_at[c], row_at[r + rs] - row_at[r], col_at[c + cs] - col_at[c]) for r, c, rs, cs in cells
        ),
        doubtful=frozenset(bisect_right(rows, row) - 1 for row in doubtful),
    )
