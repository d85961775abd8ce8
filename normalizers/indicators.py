"""From tables to scored lines: header, columns and rows put together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from extractors.document import Cell, Document, Table
from extractors.findings import Finding, finding
from normalizers.catalogue import Column, TableKind
from normalizers.columns import ColumnRead, read_columns
from normalizers.columns_content import MOVES
from normalizers.doubts import with_doubts
from normalizers.folding import halfwidth
from normalizers.header import Header, find_header, header_at
from normalizers.header_guess import guess_columns
from normalizers.kinds import count_lines
from normalizers.line_reader import LineReader
from normalizers.lines import Line, TableRead, Total
from normalizers.numbering import cut_numbers
from normalizers.titles import TableTitle

# so many cells that move points make a table look scored
_TELLING = 3


def read_tables(document: Document, titles: Sequence[TableTitle]) -> tuple[TableRead, ...]:
    """What each table of the stitched document holds. ``titles`` are those of its tables, in their order."""
    return tuple(_read_table(table, title) for table, title in zip(document.tables, titles, strict=True))


def _read_table(table: Table, title: TableTitle) -> TableRead:
    grid = table.grid()
    header = find_header(table, grid, title.rows) or find_header(table, grid)
    guessed = None if header else guess_columns(table, grid, title.rows)
    if header is None and guessed is None:
        kind = _kind_without_lines(table)
        return TableRead(table.index, kind, _bare_columns(table), findings=_unread(table, '没有认得的表头'))
    batches: list[list[Line]] = []
    totals: list[Total] = []
    notes: list[Cell] = []
    shown: tuple[ColumnRead, ...] = ()
    parts = _parts(table, grid, header) if header else [guessed] if guessed else []
    reader: LineReader | None = None
    for rows, columns in parts:
        reader = LineReader(table, grid, columns, title.title, reader)
        if not reader.goes_on:
            batches.append([])
        batches[-1].extend(reader.read(rows))
        totals.extend(reader.totals)
        notes.extend(reader.notes)
        shown = shown or columns
    lines = [line for batch in batches for line in cut_numbers(batch)]
    columns_shown = tuple(Column(column.header, column.role) for column in shown)
    span = (header.first, header.last) if header else None
    if not _is_scored(lines):
        unread = _unread(table, '表头下没有带分值的条目')
        return TableRead(table.index, _kind_without_lines(table), columns_shown, header_rows=span, findings=unread)
    total = title.total_points if title.total_points is not None else _closing_total(totals)
    if header is None:
        lines = [replace(line, doubts=('表格没有认得的表头，各列是按内容分的',)) for line in lines]
    counted = with_doubts(table, count_lines(lines, total))
    return TableRead(
        table.index,
        'scoring',
        columns_shown,
        counted,
        tuple(totals),
        tuple(notes),
        span,
        tuple(_unknown_columns(table, shown)),
    )


def _parts(
    table: Table, grid: Sequence[Sequence[Cell]], first: Header
) -> Iterator[tuple[range, tuple[ColumnRead, ...]]]:
    """The body rows below each header of a table, with their columns: some tables change their columns half way."""
    for header, rows in _headed(table, grid, first):
        yield rows, read_columns(table, grid, header, rows)


def _headed(table: Table, grid: Sequence[Sequence[Cell]], first: Header) -> Iterator[tuple[Header, range]]:
    header, start = first, first.last + 1
    row = start
    while row < table.rows:
        following = header_at(table, grid, row, first)
        if following is not None:
            if row > start:
                yield header, range(start, row)
            header, start = following, following.last + 1
            row = start
        else:
            row += 1
    if start < table.rows:
        yield header, range(start, table.rows)


def _closing_total(totals: Sequence[Total]) -> Decimal | None:
    closing = [total.points for total in totals if not total.part]
    return closing[-1] if len(closing) == 1 else None


def _is_scored(lines: Sequence[Line]) -> bool:
    """Whether the lines are scored: most have points, or say how points move."""
    if not lines:
        return False
    pointed = sum(
        line.points is not None
        or any(MOVES.search(halfwidth(str(text))) for text in (line.criteria, line.requirement) if text)
        or (line.kind != 'scored' and (line.criteria or line.requirement) is not None)
        for line in lines
    )
    return pointed * 2 >= len(lines)


def _kind_without_lines(table: Table) -> TableKind:
    """A form is mostly blanks to fill in; any other table that is not scored is a list."""
    blank = sum(not cell.text.strip() for cell in table.cells)
    return 'form' if blank * 5 >= len(table.cells) * 2 else 'list'


def _bare_columns(table: Table) -> tuple[Column, ...]:
    return tuple(Column('', None) for _ in range(table.cols))


def _unread(table: Table, why: str) -> tuple[Finding, ...]:
    """A complaint where several cells of a table that was not read say how points move."""
    moving = sum(bool(MOVES.search(halfwidth(cell.text))) for cell in table.cells)
    return (finding('table.unknown', table=table.index, detail=why),) if moving >= _TELLING else ()


def _unknown_columns(table: Table, columns: Sequence[ColumnRead]) -> list[Finding]:
    return [
        finding('column.doubtful', table=table.index, col=column.col, header=column.header)
        if column.role
        else finding('column.unknown', table=table.index, col=column.col, header=column.header)
        for column in columns
        if not column.known and column.header
    ]
