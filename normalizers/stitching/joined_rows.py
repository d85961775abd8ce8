"""The parts of a cut table put together, row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kaohe.extractors.document import Box, Cell, Table
from kaohe.normalizers.columns.column_role import ColumnRole, of_categories
from kaohe.normalizers.columns.grid_rows import distinct
from kaohe.normalizers.columns.header_rows import find_header
from kaohe.normalizers.columns.roles import read_columns
from kaohe.normalizers.stitching.common_columns import Fragment
from kaohe.normalizers.stitching.cut_row import Draft, Junction, same_title
from kaohe.normalizers.stitching.habits import habits_of


@dataclass(frozen=True, slots=True)
class Joined:
    """A whole table. ``rows`` tells, for the index of each of its parts, where each row of the part stands now."""

    table: Table
    rows: Mapping[int, Mapping[int, int]]


def join_rows(parts: Sequence[Fragment]) -> Joined:
    """One table out of parts that are drawn on the same columns."""
    whole = _Whole(parts[0], _roles(parts))
    habits = habits_of(parts)
    places: dict[int, dict[int, int]] = {parts[0].table.index: {row: row for row in range(whole.rows)}}
    for part in parts[1:]:
        skip = part.leading + whole.repeats_section(part)
        junction = Junction(whole.last, whole.categories, part, skip, whole.roles, habits)
        offset = whole.add(part, skip, junction)
        places[part.table.index] = {row: max(row + offset, 0) for row in range(part.table.rows)}
    return Joined(whole.table(parts[-1].table.page_last), places)


def _roles(parts: Sequence[Fragment]) -> dict[int, ColumnRole | None]:
    """The roles of the columns, read from the rows of all parts."""
    first = parts[0]
    header = find_header(first.table, first.grid)
    if header is None:
        return {}
    grid = [*first.grid, *(line for part in parts[1:] for line in part.grid[part.leading :])]
    columns = read_columns(first.table, grid, header, range(header.last + 1, len(grid)))
    return {column.col: column.role for column in columns}


class _Whole:
    """A table that grows by its parts. Each part is looked at once, so that a table of many pages takes no longer per page."""

    def __init__(self, first: Fragment, roles: Mapping[int, ColumnRole | None]) -> None:
        self.first = first.table
        self.roles = roles
        self.rows = 0
        self.drafts: list[Draft] = []
        self.boxes: dict[int, tuple[Box, ...]] = {}
        self.doubtful: set[int] = set(first.table.doubtful_rows)
        self.last: dict[int, Draft] = {}
        self.categories: dict[int, Draft] = {}
        self.section: str | None = None
        for cell in first.table.cells:
            self._append(_draft(cell, 0), cell)
        self._close(first, 0, first.table.rows)
        if first.header is not None and first.header.last == first.table.rows - 1:
            self.last = {}  # nothing but the header stands above the break: no row is cut

    def repeats_section(self, part: Fragment) -> int:
        """1 where the first row of a part repeats the section that is open above the break, else 0."""
        row = part.leading
        if self.section is None or row >= part.table.rows:
            return 0
        title = _band(part, row)
        return int(title is not None and same_title(title, self.section))

    def add(self, part: Fragment, skip: int, junction: Junction) -> int:
        """Put the rows of a part from ``skip`` on below the others; the answer is what its row numbers grow by."""
        offset = self.rows - skip - int(junction.is_cut)
        if junction.is_weak:
            self.doubtful.add(skip + offset)
        top = skip + offset
        for cell in part.table.cells:
            if cell.bottom_row < skip:
                continue
            new = _draft(cell, offset)
            if new.row < top:
                new.row_span -= top - new.row
                new.row = top
            above = junction.above(new) if new.row == top else None
            if above is None:
                if junction.is_cut and new.row == top:
                    # a blank beside the rest of a cut row: the cells above the break cover its place
                    new.row, new.row_span = new.row + 1, new.row_span - 1
                if new.row_span:
                    self._append(new, cell)
            else:
                above.text = junction.together(above, new)
                above.source = replace(above.source, confidence=_lower(above.source.confidence, cell.confidence))
                above.row_span = new.bottom - above.row + 1
                self.boxes[id(above)] += cell.boxes
        self.doubtful |= {row + offset for row in part.table.doubtful_rows if row >= skip}
        self._close(part, skip, part.table.rows + offset)
        return offset

    def table(self, page_last: int | None) -> Table:
        """The whole table."""
        cells = tuple(
            replace(
                draft.source,
                row=draft.row,
                col=draft.col,
                row_span=draft.row_span,
                col_span=draft.col_span,
                text=draft.text,
                boxes=self.boxes[id(draft)],
            )
            for draft in sorted(self.drafts, key=lambda draft: (draft.row, draft.col))
        )
        return replace(
            self.first, rows=self.rows, cells=cells, page_last=page_last, doubtful_rows=frozenset(self.doubtful)
        )

    def _append(self, draft: Draft, cell: Cell) -> None:
        self.drafts.append(draft)
        self.boxes[id(draft)] = cell.boxes
        self.last[draft.col] = draft
        role = self.roles.get(draft.col)
        if draft.text.strip() and of_categories(role):
            self.categories[draft.col] = draft

    def _close(self, part: Fragment, skip: int, rows: int) -> None:
        """The part is in: what ends with its last row lies at the next break."""
        self.rows = rows
        self.last = {col: draft for col, draft in self.last.items() if draft.bottom == rows - 1}
        bands = (_band(part, row) for row in range(part.table.rows - 1, skip - 1, -1))
        self.section = next((band for band in bands if band is not None), self.section)


def _lower(one: float | None, other: float | None) -> float | None:
    """The confidence of a text recognised in two parts."""
    return min((known for known in (one, other) if known is not None), default=None)


def _draft(cell: Cell, offset: int) -> Draft:
    return Draft(cell.row + offset, cell.col, cell.row_span, cell.col_span, cell.text, cell)


def _band(part: Fragment, row: int) -> str | None:
    """The text of a section row: the only one written in its row, in the first column."""
    cells = distinct(part.grid[row])
    written = [cell for cell in cells if cell.text.strip()]
    if len(written) != 1 or written[0].col != 0 or any(cell.row_span > 1 for cell in cells):
        return None
    return written[0].text
