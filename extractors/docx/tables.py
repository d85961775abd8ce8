"""From the rows of a Word table to regions that tile its grid exactly once.

Word states a grid (``gridSpan``, ``vMerge``, ``gridBefore``) that other writers get wrong. Rows are laid out from left to right, so
their cells cannot overlap; a row that ends early is filled with a blank cell, and a continuation under nothing stands alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter

from lxml import etree

from kaohe.extractors.docx.grid_fit import Drawn, fit
from kaohe.extractors.docx.names import MC, W, choices, switched_on, value, whole

#: Word allows 63 columns; a span beyond this is a writer's fault, or malice.
MAX_SPAN = 1000


@dataclass(slots=True)
class GridRegion:
    """A cell of the grid, growing while rows are laid out. ``covered`` are the continuations that Word does not show, by row."""

    row: int
    col: int
    row_span: int
    col_span: int
    element: etree._Element | None
    covered: list[tuple[int, etree._Element]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class WordGrid:
    """Regions in reading order that tile ``rows`` x ``cols``; ``doubtful`` are rows that had to be guessed, ``hidden`` counts those left out."""

    rows: int
    cols: int
    header_rows: int
    regions: tuple[GridRegion, ...]
    doubtful: frozenset[int]
    hidden: int = 0


def read_grid(table: etree._Element) -> WordGrid:
    """The grid of a ``w:tbl`` in its final view: rows and cells whose deletion is tracked and hidden rows are left out."""
    lines: list[list[Drawn]] = []
    headers = hidden = 0
    begun: dict[int, Drawn] = {}
    statements = _statements(table)
    for row in _wrapped(table, ROW):
        properties = row.find(W + 'trPr')
        if properties is not None and properties.find(W + 'del') is not None:
            continue
        line = _line(row, properties, statements)
        if not line:
            continue
        line = _begun_above(line, begun)
        if switched_on(properties, 'hidden'):
            hidden += 1
            begun = _starts(line)
            continue
        begun = {}
        if headers == len(lines) and switched_on(properties, 'tblHeader'):
            headers += 1
        lines.append(line)
    fitted, guessed = fit(lines)
    return replace(lay_out(fitted, headers, guessed), hidden=hidden)


def _starts(line: Iterable[Drawn]) -> dict[int, Drawn]:
    """The cells that begin in the row, by column."""
    found: dict[int, Drawn] = {}
    col = 0
    for drawn in line:
        if not drawn.continues_above:
            found[col] = drawn
        col += drawn.span
    return found


def _begun_above(line: list[Drawn], begun: Mapping[int, Drawn]) -> list[Drawn]:
    """The row with the cells in it that a hidden row above began: what is merged over both shows in this one."""
    found: list[Drawn] = []
    col = 0
    for drawn in line:
        start = begun.get(col) if drawn.continues_above else None
        found.append(drawn if start is None else start)
        col += drawn.span
    return found


def lay_out(lines: Iterable[Iterable[Drawn]], header_rows: int = 0, guessed: Iterable[int] = ()) -> WordGrid:
    """The grid of these rows, in time linear in the number of cells. ``guessed`` are rows whose spans are not the file's own."""
    regions: list[GridRegion] = []
    above: dict[int, GridRegion] = {}
    doubtful = set(guessed)
    ends: list[int] = []
    for row, line in enumerate(lines):
        present: dict[int, GridRegion] = {}
        end = 0
        for region, continues in _merged_across(line, row):
            end = region.col + region.col_span
            upper = above.get(region.col) if continues else None
            if upper is not None and upper.col_span == region.col_span:
                upper.row_span += 1
                if region.element is not None:
                    upper.covered.append((row, region.element))
                present[upper.col] = upper
                continue
            if continues:
                doubtful.add(row)
            regions.append(region)
            present[region.col] = region
        above = present
        ends.append(end)
    cols = max(ends, default=0)
    for row, end in enumerate(ends):
        if end < cols:
            regions.append(GridRegion(row, end, 1, cols - end, None))
            doubtful.add(row)
    starts = _renumber(regions, cols)
    regions.sort(key=attrgetter('row', 'col'))
    return WordGrid(len(ends), starts, header_rows, tuple(regions), frozenset(doubtful))


def _merged_across(line: Iterable[Drawn], row: int) -> Iterator[tuple[GridRegion, bool]]:
    """The cells of one row, those merged the old way (``hMerge``) already one, and whether each continues the one above."""
    waiting: tuple[GridRegion, bool] | None = None
    col = 0
    for drawn in line:
        if drawn.continues_left and waiting is not None:
            waiting[0].col_span += drawn.span
            if drawn.element is not None:
                waiting[0].covered.append((row, drawn.element))
        else:
            if waiting is not None:
                yield waiting
            waiting = GridRegion(row, col, 1, drawn.span, drawn.element), drawn.continues_above
        col += drawn.span
    if waiting is not None:
        yield waiting


def _renumber(regions: list[GridRegion], cols: int) -> int:
    """Count only column borders at which a cell begins: columns that are never told apart are one as drawn."""
    starts = sorted({region.col for region in regions})
    place = {col: at for at, col in enumerate([*starts, cols])}
    for region in regions:
        right = place[region.col + region.col_span]
        region.col = place[region.col]
        region.col_span = right - region.col
    return len(starts)


def _line(row: etree._Element, properties: etree._Element | None, statements: Statements) -> list[Drawn]:
    """The cells of a row as stated, those whose deletion is tracked left out."""
    line = [_drawn(cell, statements[cell]) if cell in statements else Drawn(1, cell) for cell in _wrapped(row, CELL)]
    cells = [drawn for drawn in line if drawn is not None]
    if not cells:
        return []
    if properties is None:
        return cells
    before, after = _span(value(properties, 'gridBefore'), 0), _span(value(properties, 'gridAfter'), 0)
    return [*([Drawn(before)] if before else []), *cells, *([Drawn(after)] if after else [])]


def _statements(table: etree._Element) -> Statements:
    """What the cells, those of nested tables too, state beyond that they are one column wide.

    One search for the whole table: to look into each cell costs more than all else that is done here.
    """
    found: defaultdict[etree._Element, list[etree._Element]] = defaultdict(list)
    for statement in table.iter(*STATEMENTS):
        properties = statement.getparent()
        cell = None if properties is None else properties.getparent()
        if cell is not None:
            found[cell].append(statement)
    return found


def _drawn(cell: etree._Element, statements: Iterable[etree._Element]) -> Drawn | None:
    """The cell as stated; None where its deletion is tracked."""
    span, above, left = 1, False, False
    for statement in statements:
        tag = statement.tag
        if tag == GRID_SPAN:
            span = _span(statement.get(VAL), 1)
        elif tag == V_MERGE:
            above = statement.get(VAL) != 'restart'
        elif tag == H_MERGE:
            left = statement.get(VAL) != 'restart'
        elif tag == CELL_DELETED:
            return None
    return Drawn(span, cell, above, left)


def _span(text: str | None, least: int) -> int:
    return min(max(whole(text) or least, least), MAX_SPAN)


def _wrapped(parent: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, also those that stand in content controls or tracked insertions."""
    for child in parent:
        tag = child.tag
        if tag == wanted:
            yield child
        elif tag == ALTERNATE:
            branch = choices(child)
            if branch is not None:
                yield from _wrapped(branch, wanted)
        elif tag in WRAPPERS:
            yield from _wrapped(child, wanted)


Statements = Mapping[etree._Element, Sequence[etree._Element]]

VAL = W + 'val'
ROW = W + 'tr'
CELL = W + 'tc'
GRID_SPAN = W + 'gridSpan'
V_MERGE = W + 'vMerge'
H_MERGE = W + 'hMerge'
CELL_DELETED = W + 'cellDel'
STATEMENTS = (GRID_SPAN, V_MERGE, H_MERGE, CELL_DELETED)
ALTERNATE = MC + 'AlternateContent'
WRAPPERS = frozenset(W + name for name in ('sdt', 'sdtContent', 'customXml', 'ins', 'moveTo', 'smartTag'))
