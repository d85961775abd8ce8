"""From tables to scored lines: header, columns and rows put together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from extractors.document import Cell, Document, Table
from extractors.findings import Finding, finding
from normalizers.catalogue import Column, Role, TableKind
from normalizers.columns import ColumnRead, read_columns
from normalizers.columns_content import MOVES
from normalizers.doubts import with_doubts
from normalizers.folding import halfwidth, squeeze
from normalizers.header import Header, find_header, header_at
from normalizers.header_guess import guess_columns
from normalizers.kinds import count_lines, kind_of
from normalizers.levels import Level, Sections, label_rank, read_level
from normalizers.lines import Line, TableRead, Total
from normalizers.numbering import cut_numbers
from normalizers.points import cell_points, cut_points, printed_after
from normalizers.rows import TEXTS, Row, distinct, is_counted, read_row
from normalizers.text import Text, clean_cell, one_line
from normalizers.titles import TableTitle

# a title is no longer; what is drawn over a category's and a text's column is a title or a text by this
_TITLE = 30
# so many cells that move points make a table look scored
_TELLING = 3
DUTIES: tuple[Role, ...] = ('responsible_office', 'lead_leader', 'lead_department', 'supporting_department')


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
    lines: list[Line] = []
    totals: list[Total] = []
    notes: list[Cell] = []
    shown: tuple[ColumnRead, ...] = ()
    parts = _parts(table, grid, header) if header else [guessed] if guessed else []
    for rows, columns in parts:
        reader = _Reader(table, grid, columns, title)
        found = reader.read(rows)
        lines.extend(cut_numbers(found))
        totals.extend(reader.totals)
        notes.extend(reader.notes)
        shown = shown or columns
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


class _Reader:
    """Reads the body rows below one header."""

    def __init__(
        self, table: Table, grid: Sequence[Sequence[Cell]], columns: Sequence[ColumnRead], title: TableTitle
    ) -> None:
        self.table = table
        self.grid = grid
        self.title = title
        self.roles: dict[int, str | None] = {column.col: column.role for column in columns}
        # a head 加分项目 makes bonuses of the lines below it, unless they have points of their own to be won
        texts = [
            column.header for column in columns if column.role in ('name', 'requirement') or _is_level(column.role)
        ]
        self.around = (*(texts if 'points' not in self.roles.values() else ()), title.title or '')
        self.totals: list[Total] = []
        self.notes: list[Cell] = []
        self.sections = Sections()
        self.carried: dict[int, Cell] = {}
        self.texts: dict[int, Text] = {}

    def read(self, rows: range) -> list[Line]:
        """The lines of these rows."""
        lines: list[Line] = []
        counted = is_counted(self.grid, self.roles, rows)
        for at in rows:
            row = read_row(self.table, self.grid, self.roles, at, at + 1 if at + 1 in rows else None, counted)
            self._carry(row)
            if row.kind == 'line':
                lines.append(self._line(at))
                self.sections.line()
            elif row.kind == 'goes_on' and lines:
                lines[-1] = self._longer(lines[-1], at)
            elif row.kind == 'section' and row.cell is not None:
                self.sections.enter(self._section(row.cell))
            elif row.kind == 'total' and row.cell is not None:
                self._total(row.cell)
            elif row.kind == 'note' and row.cell is not None:
                self.notes.append(row.cell)
        return lines

    def _carry(self, row: Row) -> None:
        """Where a format cannot merge cells, a blank category is the one above, until a higher one or a section begins."""
        if self.table.merges:
            return
        if row.kind == 'section':
            self.carried.clear()
            return
        for col in self._level_columns():
            cell = self.grid[row.row][col]
            if cell.text.strip():
                self.carried = {at: old for at, old in self.carried.items() if at < col}
                self.carried[col] = cell

    def _level_columns(self) -> list[int]:
        return [col for col, role in self.roles.items() if _is_level(role)]

    def _clean(self, cell: Cell) -> Text:
        key = id(cell)
        if key not in self.texts:
            self.texts[key] = clean_cell(cell, self.table.index)
        return self.texts[key]

    def _section(self, cell: Cell) -> Level:
        level = read_level(self._clean(cell))
        if level.points is None:
            beside = [other for other in distinct(self.grid[cell.row]) if self.roles.get(other.col) == 'points']
            points = cell_points(beside[0].text) if beside and beside[0] is not cell else None
            level = Level(level.title, points, level.rank)
        if level.rank is None:
            numbers = [other for other in distinct(self.grid[cell.row]) if self.roles.get(other.col) == 'number']
            rank = label_rank(f'{numbers[0].text.strip()}、') if numbers and numbers[0].text.strip() else None
            level = Level(level.title, level.points, rank)
        return level

    def _total(self, first: Cell) -> None:
        cells = [cell for cell in distinct(self.grid[first.row]) if cell.row == first.row and cell is not first]
        cells.sort(key=lambda cell: self.roles.get(cell.col) != 'points')
        amounts = [points for cell in cells if (points := cell_points(cell.text)) is not None]
        if not amounts and (own := cell_points(first.text)) is not None:
            amounts = [own]
        if amounts:
            self.totals.append(Total(first.row, amounts[0], part='小计' in first.text))

    def _line(self, row: int) -> Line:
        cells = self._cells_by_role(row)
        levels = (*self.sections.path, *self._levels(row))
        name = _joined([one_line(self._clean(cell)) for cell in cells.get('name', ())])
        requirement = _joined([self._clean(cell) for cell in cells.get('requirement', ())])
        criteria = _joined([self._clean(cell) for cell in cells.get('criteria', ())])
        number = _joined([one_line(self._clean(cell)).strip('.．、') for cell in cells.get('number', ())])
        points_text, points, source = self._points(row, cells.get('points', ()))
        if name is not None:
            title, printed = cut_points(name)
            if printed is not None:
                if points is None and 'points' not in self.roles.values():
                    points, source = printed, name
                name = title
        if points is None and name is None and requirement is not None and 'points' not in self.roles.values():
            title, printed = cut_points(requirement)
            if printed is not None:
                points, source, requirement = printed, requirement, title
        categories = [level.title.text for level in levels]
        return Line(
            table=self.table.index,
            row_first=row,
            row_last=row,
            kind=kind_of(categories, name.text if name else None, self.around),
            levels=levels,
            number=number,
            name=name,
            requirement=requirement,
            criteria=criteria,
            points=points,
            points_text=points_text,
            points_source=source,
            duties={role: cells[role] for role in DUTIES if role in cells},
            page=self._page(row),
        )

    def _points(self, row: int, cells: Sequence[Cell]) -> tuple[Text | None, Decimal | None, Text | None]:
        """The points cell as printed and its number; a cell merged over several lines stands on the first only."""
        own = [cell for cell in cells if cell.row == row and cell.text.strip()]
        if not own:
            return None, None, None
        text = self._clean(own[0])
        return text, cell_points(text.text), text

    def _cells_by_role(self, row: int) -> dict[str, tuple[Cell, ...]]:
        found: dict[str, list[Cell]] = {}
        for cell in distinct(self.grid[row]):
            role = self._role(cell)
            if role and cell.text.strip():
                found.setdefault(role, []).append(cell)
        return {role: tuple(cells) for role, cells in found.items()}

    def _role(self, cell: Cell) -> str | None:
        """The role in which a cell is read; one drawn over several text columns is criteria where it moves points."""
        covered = [self.roles.get(col) for col in range(cell.col, cell.right_col + 1)]
        texts = [role for role in covered if role in TEXTS]
        if _is_level(covered[0]) and texts and _is_short(cell.text):
            return covered[0]
        if len(set(texts)) > 1 and 'criteria' in texts and MOVES.search(halfwidth(cell.text)):
            return 'criteria'
        return texts[0] if texts else covered[0]

    def _levels(self, row: int) -> list[Level]:
        found: list[Level] = []
        points = self._level_points(row)
        last: Cell | None = None
        for depth, col in enumerate(self._level_columns(), 1):
            cell = self.grid[row][col]
            if not self.table.merges and not cell.text.strip():
                cell = self.carried.get(col, cell)
            if cell is last or not cell.text.strip() or not _is_level(self._role(cell)):
                continue
            last = cell
            level = read_level(self._clean(cell))
            if level.points is None and depth in points:
                level = Level(level.title, points[depth], level.rank)
            found.append(level)
        return found

    def _level_points(self, row: int) -> dict[int, Decimal]:
        found: dict[int, Decimal] = {}
        for col, role in self.roles.items():
            if role and role.startswith('level') and role.endswith('_points'):
                points = cell_points(self.grid[row][col].text)
                if points is not None:
                    found[int(role[5:-7])] = points
        return found

    def _longer(self, line: Line, row: int) -> Line:
        """A row that only adds blanks or duties to the line above."""
        duties: dict[Role, tuple[Cell, ...]] = dict(line.duties)
        for role, cells in self._cells_by_role(row).items():
            if role in DUTIES:
                key = role
                duties[key] = tuple(dict.fromkeys((*duties.get(key, ()), *cells)))
        return replace(line, row_last=row, duties=duties)

    def _page(self, row: int) -> int | None:
        pages = [cell.boxes[0].page for cell in distinct(self.grid[row]) if cell.row == row and cell.boxes]
        return min(pages, default=self.table.page_first)


def _is_short(text: str) -> bool:
    found = printed_after(text)
    title = text[: found.start] if found else text
    return len(squeeze(title)) <= _TITLE and not MOVES.search(halfwidth(title))


def _is_level(role: str | None) -> bool:
    return bool(role and role.startswith('level') and role[5:].isdigit())


def _joined(parts: Sequence[Text]) -> Text | None:
    text = Text.join('\n', parts)
    return text or None


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
