"""One table or two, where the arithmetic tells: parts that only their common total proves are joined, and a table that holds several totals of
its own, each proved under its own header, is cut.

Tables whose break shows are made whole before (`table_parts.py`); here only tables that print totals are read, and only where their sums do not hold
as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kaohe.extractors.document import Block, Cell, Document, Table
from kaohe.extractors.findings import Finding
from kaohe.normalizers.columns.grid_rows import distinct, is_total
from kaohe.normalizers.columns.header_rows import find_header
from kaohe.normalizers.lines.scoring_tables import weigh_table
from kaohe.normalizers.stitching.table_parts import joined, together
from kaohe.normalizers.text.line_kinds import LineKind, is_finished, line_kind

# Words between the parts of a table (单位：分, 第2页) are few and short.
_MOST_BETWEEN = 2
_LONGEST_BETWEEN = 30
_CLOSING = 3
_HEAD_ROWS = 3
# 考核表（续）, 续表2: the title of what goes on
_CONTINUED = re.compile(r'续表?\s*[一二三四五\d]{0,2}\s*[)）]?$|^续')


def one_or_two(document: Document) -> Document:
    """The same document, its tables joined and cut as their totals prove."""
    for first, second in reversed([*_neighbours(document)]):
        whole = together(first, second)
        if whole is not None and _proves_whole(first, second, whole):
            document = joined(document, first, second)
    for table in reversed(document.tables):
        begins = _second_begins(table)
        # a table in which no other begins need not be read to be known as one
        for row in reversed(_beginnings(table, begins)) if begins is not None else ():
            document = _cut(document, document.tables[table.index], row)
    return document


def _neighbours(document: Document) -> Iterator[tuple[Table, Table]]:
    """Tables with few words between them, of which only the second is closed by a total."""
    last: Table | None = None
    between, named = 0, False
    for block in document.blocks:
        if block.kind == 'table' and block.table is not None:
            table = document.tables[block.table]
            # a name parts only what has a head of its own
            if last is not None and not (named and find_header(table, table.grid())) and _may_go_on(last, table):
                yield last, table
            last, between, named = table, 0, False
        elif block.kind == 'paragraph' and (words := block.text.strip()):
            between += 1
            named = named or _begins_another(words)
            if between > _MOST_BETWEEN or len(words) > _LONGEST_BETWEEN:
                last = None


def _begins_another(words: str) -> bool:
    """Whether a line between two tables names the second: a heading, an attachment, a whole title that is not called the first's continuation."""
    kind = line_kind(words)
    if kind in (LineKind.HEADING, LineKind.ATTACHMENT):
        return True
    return kind is LineKind.TITLE and is_finished(words) and not _CONTINUED.search(words)


def _may_go_on(first: Table, second: Table) -> bool:
    if (first.cols, first.merges, first.sheet) != (second.cols, second.merges, second.sheet):
        return False
    totals = _totals(second.grid())
    return bool(totals) and totals[0] >= second.rows - _CLOSING and not _totals(first.grid())


def _proves_whole(first: Table, second: Table, whole: Table) -> bool:
    """Whether the total that the second table prints is that of both together."""
    together_held = weigh_table(whole)
    return (
        together_held.proved
        and together_held.whole > 0
        and not weigh_table(second).proved
        and not weigh_table(first).proved
    )


def _beginnings(table: Table, row: int) -> tuple[int, ...]:
    """The rows at which further tables begin, the first of them ``row``; none where a part is not proved by its own total."""
    upper, lower = _parts(table, row)
    if not weigh_table(upper).proved:
        return ()
    further = _second_begins(lower)
    if further is None:
        return (row,) if weigh_table(lower).proved else ()
    rest = _beginnings(lower, further)
    return (row, *(row + at for at in rest)) if rest else ()


def _second_begins(table: Table) -> int | None:
    """The row behind a total at which a header or a title above one begins a table of its own that has a total too."""
    grid = table.grid()
    totals = _totals(grid)
    if len(totals) < 2:
        return None
    row = totals[0] + 1
    if row > totals[-1] or any(cell.row < row for cell in grid[row]):
        return None
    (_, rest) = _parts(table, row)
    header = find_header(rest, rest.grid())
    return row if header is not None and header.first < _HEAD_ROWS else None


def _totals(grid: Sequence[Sequence[Cell]]) -> list[int]:
    """The rows that add up the rows above them, not a part of them."""
    found = []
    for row, line in enumerate(grid):
        written = [cell for cell in distinct(line) if cell.row == row and cell.text.strip()]
        if len(written) > 1 and is_total(written[0].text) and '小计' not in written[0].text and row:
            found.append(row)
    return found


def _parts(table: Table, row: int) -> tuple[Table, Table]:
    """The table above ``row`` and the one that begins there."""
    upper = tuple(cell for cell in table.cells if cell.row < row)
    lower = tuple(replace(cell, row=cell.row - row) for cell in table.cells if cell.row >= row)
    doubtful = table.doubtful_rows
    pages = sorted({box.page for cell in lower for box in cell.boxes})
    return (
        replace(table, rows=row, cells=upper, doubtful_rows=frozenset(at for at in doubtful if at < row)),
        replace(
            table,
            index=table.index + 1,
            rows=table.rows - row,
            cells=lower,
            page_first=pages[0] if pages else table.page_first,
            header_rows=0,
            doubtful_rows=frozenset(at - row for at in doubtful if at >= row),
        ),
    )


def _cut(document: Document, table: Table, row: int) -> Document:
    """The document with the table cut before ``row``; what counted the tables behind it is counted anew."""

    def moved(index: int, at: int | None) -> tuple[int, int | None]:
        if index == table.index and at is not None and at >= row:
            return index + 1, at - row
        return (index + 1 if index > table.index else index), at

    upper, lower = _parts(table, row)
    tables: list[Table] = []
    for other in document.tables:
        if other.index == table.index:
            tables += [upper, lower]
            continue
        parent = other.parent
        if parent is not None:
            index, at = moved(parent[0], parent[1])
            parent = (index, at if at is not None else parent[1], parent[2])
        tables.append(replace(other, index=moved(other.index, None)[0], parent=parent))
    blocks: list[Block] = []
    for block in document.blocks:
        blocks.append(block if block.table is None else replace(block, table=moved(block.table, None)[0]))
        if block.table == table.index:
            blocks.append(replace(block, table=lower.index, page=lower.page_first))

    def relocated(finding: Finding) -> Finding:
        if finding.table is None:
            return finding
        index, at = moved(finding.table, finding.row)
        return replace(finding, table=index, row=at)

    return replace(
        document,
        blocks=tuple(blocks),
        tables=tuple(tables),
        findings=tuple(map(relocated, document.findings)),
    )
