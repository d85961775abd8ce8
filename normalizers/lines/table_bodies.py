"""What stands below the headers of a table: lines, totals, notes, read as it looks or as a hypothesis says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kaohe.extractors.document import Cell, Table
from kaohe.normalizers.columns.column_role import ColumnRead
from kaohe.normalizers.columns.header_rows import Header, header_at, words_of
from kaohe.normalizers.columns.roles import read_columns
from kaohe.normalizers.columns.side_by_side import grid_of, halves, header_of
from kaohe.normalizers.lines.evidence.hypotheses import AS_IT_LOOKS, Hypothesis
from kaohe.normalizers.lines.evidence.weights import with_weights
from kaohe.normalizers.lines.line import Line, Total
from kaohe.normalizers.lines.line_numbers import cut_numbers
from kaohe.normalizers.lines.reading_order import in_order
from kaohe.normalizers.lines.rows.line_reader import Inner, LineReader
from kaohe.normalizers.lines.rows.question_lists import with_worth


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
    title: str | None,
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
        return read_rows(table, grid, _parts(table, grid, header, hypothesis), title, inner, hypothesis)
    read = []
    for half in parts:
        own = grid_of(grid, half)
        read.append(
            read_rows(table, own, _parts(table, own, header_of(header, half), hypothesis), title, inner, hypothesis)
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


def _once(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    return tuple({(cell.row, cell.col): cell for cell in cells}.values())


def read_rows(
    table: Table,
    grid: Sequence[Sequence[Cell]],
    parts: Iterable[tuple[range, tuple[ColumnRead, ...]]],
    title: str | None,
    inner: Inner,
    hypothesis: Hypothesis = AS_IT_LOOKS,
) -> Body:
    """The body in the rows of each part, which are read with its columns."""
    batches: list[list[Line]] = []
    totals: list[Total] = []
    notes: list[Cell] = []
    rules: list[Cell] = []
    shown: tuple[ColumnRead, ...] = ()
    reader: LineReader | None = None
    for rows, columns in parts:
        reader = LineReader(table, grid, columns, title, reader, inner, split=hypothesis.split)
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
    """The body rows below each header of a table, with their columns: some tables change their columns half way."""
    for header, rows in _headed(table, grid, first):
        yield rows, hypothesis.columns(read_columns(table, grid, header, rows))


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
