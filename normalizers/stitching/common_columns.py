"""The parts of a cut table drawn on one set of columns: a page on which a column was not divided has fewer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kaohe.extractors.document import Cell, Table
from kaohe.normalizers.columns.grid_rows import distinct
from kaohe.normalizers.columns.header_rows import Header
from kaohe.normalizers.columns.printed_points import printed_after
from kaohe.normalizers.stitching.same_frame import NEAR, moved_onto
from kaohe.normalizers.text.folding import squeeze


@dataclass(frozen=True, slots=True)
class Fragment:
    """A part of a table: ``leading`` rows at its top repeat the first part's header."""

    table: Table
    grid: Sequence[Sequence[Cell]]
    header: Header | None
    leading: int = 0


def common_columns(chain: Sequence[Fragment]) -> list[Fragment] | None:
    """The parts with their cells on the same columns, in order; None where no set of columns holds them all."""
    same = all(part.table.cols == chain[0].table.cols for part in chain)
    if same and (chain[0].table.edges is None or _agree(chain)):
        return _with_best_header(chain)
    if all(part.table.edges is not None for part in chain):
        return _by_edges(chain)
    return _with_best_header(_by_heads(chain))


def _agree(chain: Sequence[Fragment]) -> bool:
    first = chain[0].table.edges or ()
    return all(
        part.table.edges is not None
        and all(abs(edge - other) <= NEAR for edge, other in zip(part.table.edges, first, strict=True))
        for part in chain
    )


def _by_edges(chain: Sequence[Fragment]) -> list[Fragment] | None:
    """Columns between all the edges that any part has; edges that nearly meet are one (pages differ by a point or two)."""
    widest = max(chain, key=lambda part: part.table.cols)
    edges = list(widest.table.edges or ())
    first, last = edges[0], edges[-1]
    met: list[list[float]] = []
    for part in chain:
        own = moved_onto(widest.table.edges or (), part.table.edges or ()) or _moved_by_heads(part, widest)
        if own is None:
            return None
        # a part that is drawn a little narrower or wider ends with the others
        known = _meeting(edges, [first, *own[1:-1], last])
        edges = sorted({*edges, *known})
        met.append(known)
    return [
        _placed(part, [edges.index(edge) for edge in known], tuple(edges))
        for part, known in zip(chain, met, strict=True)
    ]


def _meeting(edges: Sequence[float], own: Sequence[float]) -> list[float]:
    """The edges of a part, in order, each as the one of ``edges`` that it meets; no two of them meet the same."""
    found = [own[0]]
    for edge in own[1:-1]:
        near = [other for other in edges if found[-1] < other < own[-1] and abs(other - edge) <= NEAR]
        inside = min(max(edge, found[-1] + 0.1), own[-1] - 0.1)
        found.append(min(near, key=lambda other: abs(other - edge), default=inside))
    return [*found, own[-1]]


def _moved_by_heads(part: Fragment, onto: Fragment) -> tuple[float, ...] | None:
    """The part's edges moved so that its heads, which are those of ``onto``, stand over the same columns."""
    ours, theirs = _head_edges(part), _head_edges(onto)
    if len(ours) != len(theirs):
        return None
    moved = [
        there + (edge - here) * (there_next - there) / (here_next - here)
        for (here, here_next), (there, there_next) in zip(pairwise(ours), pairwise(theirs), strict=True)
        for edge in part.table.edges or ()
        if here <= edge < here_next
    ]
    return (*moved, theirs[-1])


def _head_edges(part: Fragment) -> list[float]:
    """Where the heads of the part begin, and where the last one ends."""
    edges = part.table.edges or ()
    return [edges[0], *(edges[col] for col in _head_starts(part) if col), edges[-1]]


def _placed(part: Fragment, places: Sequence[int], edges: tuple[float, ...] | None) -> Fragment:
    """The part with its column borders at ``places``."""
    cells = tuple(
        replace(cell, col=places[cell.col], col_span=places[cell.col + cell.col_span] - places[cell.col])
        for cell in part.table.cells
    )
    table = replace(part.table, cells=cells, cols=places[-1], edges=edges)
    return replace(part, table=table, grid=table.grid())


def _by_heads(chain: Sequence[Fragment]) -> list[Fragment]:
    """Without positions, the heads tell which columns of a narrow part belong to which of the widest."""
    widest = max(chain, key=lambda part: part.table.cols)
    found: list[Fragment] = []
    for part in chain:
        if part.table.cols == widest.table.cols:
            found.append(part)
        elif part.table.merges:
            found.append(_placed(part, _head_borders(part, widest), None))
        else:
            found.append(_widened(part, widest))
    return found


def _head_starts(part: Fragment) -> list[int]:
    """The columns in which the heads of the part begin."""
    row = part.header.first if part.header and not part.leading else max(part.leading - 1, 0)
    return [cell.col for cell in distinct(part.grid[row]) if cell.text.strip()]


def _head_borders(part: Fragment, widest: Fragment) -> list[int]:
    ours, theirs = [*_head_starts(part), part.table.cols], [*_head_starts(widest), widest.table.cols]
    places = list(range(part.table.cols + 1))
    extra = widest.table.cols - part.table.cols
    if len(ours) != len(theirs):
        return [*places[:-1], widest.table.cols]
    for at in range(len(places)):
        head = max((index for index, start in enumerate(ours) if start <= at), default=0)
        places[at] = min(theirs[head] + at - ours[head], at + extra)
    places[-1] = widest.table.cols
    return places


def _widened(part: Fragment, widest: Fragment) -> Fragment:
    """A narrow part of a text table: cells of its rows ran together or were lost, so every row of it is doubtful.

    A cell under a head that covers two columns stands in the first, the category's, where it prints points as categories of the table do;
    else in the second.
    """
    places = _head_borders(part, widest)
    body = part.leading or (part.header.last + 1 if part.header else 0)
    top = widest.leading or (widest.header.last + 1 if widest.header else 0)
    categories = [row[0].text for row in widest.grid[top:] if row[0].text.strip()]
    pointed = sum(printed_after(text) is not None for text in categories) * 2 > len(categories)
    cells: list[Cell] = []
    for row in range(part.table.rows):
        line: list[str] = [''] * widest.table.cols
        for cell in part.grid[row]:
            at = places[cell.col]
            room = places[cell.col + 1] - at
            lone = sum(bool(other.text.strip()) for other in part.grid[row]) == 1
            moves = room > 1 and pointed and cell.text.strip() and printed_after(cell.text) is None and not lone
            line[at + 1 if moves and row >= body else at] = cell.text
        cells.extend(Cell(row, col, 1, 1, text) for col, text in enumerate(line))
    doubtful = frozenset(
        row for row in range(body, part.table.rows) if sum(bool(cell.text.strip()) for cell in part.grid[row]) > 1
    )
    table = replace(
        part.table, cells=tuple(cells), cols=widest.table.cols, doubtful_rows=part.table.doubtful_rows | doubtful
    )
    return replace(part, table=table, grid=table.grid())


def _columns(line: Sequence[Cell]) -> list[int]:
    return [cell.col for cell in line]


def _with_best_header(chain: Sequence[Fragment]) -> list[Fragment]:
    """The first part with the header row that is placed best: without merges a head that covers two columns stands over the
    first of them only, and a careless copy pushes the blank to the end of the row."""
    first = chain[0]
    if first.table.merges or first.header is None or first.header.first != first.header.last:
        return list(chain)
    row = first.header.first

    def trailing(line: Sequence[Cell]) -> int:
        texts = [squeeze(cell.text) for cell in line]
        return next((at for at, text in enumerate(reversed(texts)) if text), len(texts))

    own = first.grid[row]
    others = (part.grid[part.leading - 1] for part in chain[1:] if part.leading)
    best = min([own, *(line for line in others if _columns(line) == _columns(own))], key=trailing)
    if trailing(best) == trailing(own):
        return list(chain)
    texts = {cell.col: cell.text for cell in best}
    cells = tuple(replace(cell, text=texts[cell.col]) if cell.row == row else cell for cell in first.table.cells)
    table = replace(first.table, cells=cells)
    return [replace(first, table=table, grid=table.grid()), *chain[1:]]
