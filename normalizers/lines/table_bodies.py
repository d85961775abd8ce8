"""What stands below the headers of a table: lines, totals, notes, read as it looks or as a hypothesis says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kaohe.extractors.document import Cell, Table
from kaohe.normalizers.columns.column_role import ColumnRead
from kaohe.normalizers.columns.grid_rows import distinct
from kaohe.normalizers.columns.header_rows import Header, header_at, words_of
from kaohe.normalizers.columns.printed_points import printed_after
from kaohe.normalizers.columns.roles import read_columns
from kaohe.normalizers.columns.side_by_side import grid_of, halves, header_of
from kaohe.normalizers.lines.evidence.hypotheses import AS_IT_LOOKS, Hypothesis
from kaohe.normalizers.lines.evidence.weights import with_weights
from kaohe.normalizers.lines.levels import label_rank
from kaohe.normalizers.lines.line import Line, Total
from kaohe.normalizers.lines.line_numbers import cut_numbers
from kaohe.normalizers.lines.reading_order import in_order
from kaohe.normalizers.lines.rows.line_reader import Inner, LineReader
from kaohe.normalizers.lines.rows.question_lists import with_worth
from kaohe.normalizers.lines.table_titles import TableTitle
from kaohe.normalizers.text.folding import squeeze
from kaohe.normalizers.text.line_kinds import LineKind, line_kind

_HALF_TITLE = 20


@dataclass(frozen=True, slots=True)
class Body:
    """What stands below the headers of a table, or of one half of it."""

    columns: tuple[ColumnRead, ...]
    lines: list[Line]
    totals: tuple[Total, ...]
    notes: tuple[Cell, ...]
    rules: tuple[Cell, ...]


def read_headed(
    table: Table,
    grid: Sequence[Sequence[Cell]],
    header: Header,
    title: TableTitle,
    inner: Inner,
    hypothesis: Hypothesis = AS_IT_LOOKS,
) -> Body:
    """The body below a header; of a table set in halves side by side, that of each half, in the order of reading."""
    blank = [
        col
        for col in range(table.cols)
        if not header.cells[col] and not any(grid[row][col].text.strip() for row in range(header.first, table.rows))
    ]
    parts = halves(header, blank)
    if len(parts) == 1:
        opening = sections_above(grid, range(title.rows, header.first))
        return read_rows(table, grid, _parts(table, grid, header, hypothesis), title.title, inner, hypothesis, opening)
    read = []
    titles = titles_of_halves(grid, parts, range(title.rows, header.first))
    for half in parts:
        own, heads = grid_of(grid, half), header_of(header, half)
        opening = sections_above([line[half.start : half.stop] for line in own], range(header.first))
        opening = opening or titles.get(half.start, ())
        read.append(
            read_rows(table, own, _parts(table, own, heads, hypothesis), title.title, inner, hypothesis, opening)
        )
    lines = in_order([(at, line) for at, body in enumerate(read) for line in body.lines], grid)
    return Body(
        columns=tuple(
            next((read[at].columns[col] for at, half in enumerate(parts) if col in half), ColumnRead(col, '', None))
            for col in range(table.cols)
        ),
        lines=lines,
        totals=tuple({(total.row, total.points): total for body in read for total in body.totals}.values()),
        notes=_once(note for body in read for note in body.notes),
        rules=_once(cell for body in read for cell in body.rules),
    )


def sections_above(grid: Sequence[Sequence[Cell]], rows: range) -> tuple[Cell, ...]:
    """The cells of sections in the rows above a header: each alone on its row, with a label and points."""
    found = []
    for row in rows:
        written = [cell for cell in distinct(grid[row]) if cell.row == row and cell.text.strip()]
        if len(written) == 1 and label_rank(written[0].text) is not None and printed_after(written[0].text) is not None:
            found.append(written[0])
    return tuple(found)


def titles_of_halves(
    grid: Sequence[Sequence[Cell]], halves: Sequence[range], rows: range
) -> dict[int, tuple[Cell, ...]]:
    """The short cell that stands over each half, in the one row above their headers where all halves have one: what the half is about."""
    if len(rows) != 1:
        return {}
    written = [cell for cell in distinct(grid[rows.start]) if cell.text.strip()]
    over = {half.start: tuple(cell for cell in written if cell.col == half.start) for half in halves}
    apart = len(written) == len(halves) and all(
        len(cells) == 1
        and cells[0].right_col < half.stop
        and len(cells[0].text.strip()) <= _HALF_TITLE
        and line_kind(cells[0].text) is not LineKind.FORM
        for half in halves
        for cells in (over[half.start],)
    )
    return over if apart and len({cell.text for cell in written}) == len(halves) else {}


def _once(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    return tuple({(cell.row, cell.col): cell for cell in cells}.values())


def read_rows(
    table: Table,
    grid: Sequence[Sequence[Cell]],
    parts: Iterable[tuple[range, tuple[ColumnRead, ...]]],
    title: str | None,
    inner: Inner,
    hypothesis: Hypothesis = AS_IT_LOOKS,
    opening: Sequence[Cell] = (),
) -> Body:
    """The body in the rows of each part, which are read with its columns. ``opening`` are the cells of sections above the first."""
    batches: list[list[Line]] = []
    totals: list[Total] = []
    notes: list[Cell] = []
    rules: list[Cell] = []
    shown: tuple[ColumnRead, ...] = ()
    reader: LineReader | None = None
    for rows, columns in parts:
        reader = LineReader(
            table,
            grid,
            columns,
            title,
            reader,
            inner,
            split=hypothesis.split,
            titled=hypothesis.merged != 'text',
            opening=() if reader else opening,
        )
        if not reader.goes_on:
            batches.append([])
        batches[-1].extend(reader.read(rows))
        totals.extend(reader.totals)
        notes.extend(reader.notes)
        rules.extend(reader.rules)
        shown = shown or columns
    lines = [with_worth(line) for batch in batches for line in cut_numbers(batch)]
    lines, weighed = with_weights(lines, totals, shown)
    return Body(shown, lines, weighed, tuple(notes), _once(rules))


def _parts(
    table: Table, grid: Sequence[Sequence[Cell]], first: Header, hypothesis: Hypothesis
) -> Iterator[tuple[range, tuple[ColumnRead, ...]]]:
    """The body rows below each header of a table, with their columns: some tables change their columns half way. A header that stands again, over
    each page say, heads the same columns: what all its rows hold tells them."""
    headed = [*_headed(table, grid, first)]
    below: dict[tuple[str, ...], list[int]] = {}
    for header, rows in headed:
        below.setdefault(_printed(header), []).extend(rows)
    read: dict[tuple[str, ...], tuple[ColumnRead, ...]] = {}
    for header, rows in headed:
        printed = _printed(header)
        if printed not in read:
            read[printed] = hypothesis.columns(read_columns(table, grid, header, below[printed]))
        yield rows, read[printed]


def _printed(header: Header) -> tuple[str, ...]:
    """What a header says over each grid column."""
    return tuple('/'.join(squeeze(cell.text) for cell in stack) for stack in header.cells)


def _headed(table: Table, grid: Sequence[Sequence[Cell]], first: Header) -> Iterator[tuple[Header, range]]:
    header, start = first, first.last + 1
    heads = words_of(grid, first)
    row = start
    while row < table.rows:
        following = header_at(table, grid, row, heads)
        if following is not None:
            if row > start:
                yield header, range(start, row)
            header, start = following, following.last + 1
            row = start
        else:
            row += 1
    if start < table.rows:
        yield header, range(start, table.rows)
