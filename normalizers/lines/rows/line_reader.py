"""The rows below a header, read into lines."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from kaohe.extractors.document import Cell, Table
from kaohe.normalizers.catalogue import IndicatorKind, Role
from kaohe.normalizers.columns.column_role import (
    CRITERIA,
    GRADES,
    NAME,
    NUMBER,
    POINTS,
    REQUIREMENT,
    TEXTS,
    ColumnRead,
    ColumnRole,
    RoleKind,
    heads_offices,
    is_level,
)
from kaohe.normalizers.columns.content import moves_points
from kaohe.normalizers.columns.grid_rows import distinct
from kaohe.normalizers.columns.points_cell import cell_points, read_points_cell
from kaohe.normalizers.columns.printed_points import cut_points, printed_after
from kaohe.normalizers.grammar.clauses.codes import read_code
from kaohe.normalizers.lines.levels import Sections
from kaohe.normalizers.lines.line import Line, Total
from kaohe.normalizers.lines.line_effect import kind_by_text, kind_of
from kaohe.normalizers.lines.rows.category_cells import CategoryCells
from kaohe.normalizers.lines.rows.grade_texts import join_grades
from kaohe.normalizers.lines.rows.own_words import cut_of_name, kind_by_sign, with_own_text
from kaohe.normalizers.lines.rows.row_kinds import has_rules, is_counted, read_row
from kaohe.normalizers.lines.rows.rules_cells import rules_of, rules_of_row, with_rule
from kaohe.normalizers.lines.rows.subtotals import total_of_row, with_subtotals
from kaohe.normalizers.lines.rows.unread_points import points_beside, points_inside, unread_points
from kaohe.normalizers.text.cleaning import Text, one_line
from kaohe.normalizers.text.folding import halfwidth, squeeze

DUTIES: tuple[Role, ...] = ('responsible_office', 'lead_leader', 'lead_department', 'supporting_department')

# a title is no longer; what is drawn over a category's and a text's column is a title or a text by this
_TITLE = 30
_TAKEN = re.compile(r'扣|减|罚')
_BRACKETED = re.compile(r'\d\s*分\s*\)')

# What the tables inside cells say, by row and column of the cell.
Inner = Mapping[tuple[int, int], Text]


def with_inner(text: Text, cell: Cell, inner: Inner) -> Text:
    """The text of a cell with that of the tables inside it."""
    more = inner.get((cell.row, cell.col))
    return text if more is None else Text.join('\n', [text, more])


class LineReader:
    """Reads the body rows below one header into lines; ``totals`` and ``notes`` are what else stands there.

    ``before`` is the reader of the rows above. Where its columns are the same, the header only stands once more: sections and categories
    are still open (``goes_on``). ``split``: a row that prints points alone is a line of the texts merged over it.
    ``titled``: a short cell that lines share and that bears a label or points is their category. ``opening``: cells of sections above the header.
    """

    def __init__(
        self,
        table: Table,
        grid: Sequence[Sequence[Cell]],
        columns: Sequence[ColumnRead],
        title: str | None,
        before: LineReader | None = None,
        inner: Inner = MappingProxyType({}),
        *,
        split: bool = False,
        titled: bool = True,
        opening: Sequence[Cell] = (),
    ) -> None:
        self.inner = inner
        self.split = split
        self.table = table
        self.grid = grid
        self.roles: dict[int, ColumnRole | None] = {column.col: column.role for column in columns}
        self.heads = {column.col: column.header for column in columns}
        self.takes = next(
            (column.header for column in columns if column.role == POINTS and _TAKEN.search(column.header)), None
        )
        # rows that are the grades of one item
        self.by_rows = any(role in GRADES and role != CRITERIA for role in self.roles.values())
        self.grades = {column.col: column.grade for column in columns if column.grade}
        self.offices = {column.col for column in columns if heads_offices(column)}
        # a head 加分项目 makes bonuses of the lines below it, unless they have points of their own to be won
        texts = [column.header for column in columns if column.role in (NAME, REQUIREMENT) or is_level(column.role)]
        self.around = (*(texts if POINTS not in self.roles.values() else ()), title or '')
        self.flags = [
            column.col for column in columns if column.role and column.role.kind == 'flag' and '加分' in column.header
        ]
        # each code under 事项代码及扣分标准 is a matter that takes
        self.codes_take = any(column.role == CRITERIA and _TAKEN.search(column.header) for column in columns)
        self.totals: list[Total] = []
        self.notes: list[Cell] = []
        self.goes_on = before is not None and before.roles == self.roles
        self.sections: Sections = before.sections if before is not None and self.goes_on else Sections()
        named = titled and table.merges and CRITERIA in self.roles.values()
        titles = [col for col, role in self.roles.items() if named and role in (NAME, REQUIREMENT)]
        self.categories: CategoryCells = CategoryCells(
            table, grid, self.roles, titles, before.categories.carried if before is not None and self.goes_on else None
        )
        for cell in opening:
            self.sections.enter(self.categories.section(cell))

    def _clean(self, cell: Cell) -> Text:
        return with_inner(self.categories.clean(cell), cell, self.inner)

    @property
    def rules(self) -> list[Cell]:
        """The cells of categories that print a rule with their title."""
        return self.categories.rules

    def read(self, rows: range) -> list[Line]:
        """The lines of these rows."""
        lines: list[Line] = []
        counted = is_counted(self.grid, self.roles, rows)
        ruled = has_rules(self.grid, rows)
        for at in rows:
            row = read_row(self.table, self.grid, self.roles, at, at + 1 if at + 1 in rows else None, counted, ruled)
            self.categories.carry(row)
            if row.kind == 'line' or (row.kind == 'goes_on' and self.split and self._prints_points(at)):
                lines.append(self._line(at))
                self.sections.line()
            elif row.kind == 'rule' and row.cell is not None and lines:
                lines[-1] = with_rule(lines[-1], row.cell, self._clean(row.cell))
            elif row.kind == 'goes_on' and lines:
                lines[-1] = self._longer(lines[-1], at)
            elif row.kind == 'section' and row.cell is not None:
                self.sections.enter(self.categories.section(row.cell))
            elif row.kind == 'total' and row.cell is not None:
                self.totals.extend(total_of_row(self.grid, self.roles, row.cell))
            elif row.kind == 'note' and row.cell is not None:
                self.notes.append(row.cell)
        lines, self.totals = with_subtotals(lines, self.totals, self.grid, self.categories.columns)
        if self.by_rows:
            items = [col for col, role in self.roles.items() if role in (NAME, REQUIREMENT, POINTS, NUMBER)]
            return list(join_grades(lines, self.grid, items))
        return lines

    def _prints_points(self, row: int) -> bool:
        return any(
            self.roles.get(cell.col) == POINTS and cell.row == row and cell_points(cell.text) is not None
            for cell in distinct(self.grid[row])
        )

    def _line(self, row: int) -> Line:
        cells = self._cells_by_role(row)
        levels = (*self.sections.path, *self.categories.of_row(row, self._role))
        name = _joined([one_line(self._clean(cell)) for cell in cells.get('name', ())])
        requirement = _joined([self._clean(cell) for cell in cells.get('requirement', ())])
        criteria, graded = self._rules_of(cells)
        number = _joined([one_line(self._clean(cell)).strip('.．、') for cell in cells.get('number', ())])
        points_text, points, source = self._points(row, cells)
        apart = 'points' in cells
        beside = points_beside(cells.get('group_points', ()), self.heads, points, merges=self.table.merges)
        inside = points_inside(distinct(self.grid[row]), self.inner) if self.inner else ()
        doubts = [*unread_points(self.grid, self.roles, row), *beside, *inside]
        titles = [level.title.text for level in levels]
        kind = kind_by_text(
            self._kind(row, titles, name, criteria), (*titles, *self.around), points, (requirement, criteria)
        )
        kind = kind_by_sign(
            kind,
            points_text.text if points_text else None,
            criteria.text if criteria and points is None else None,
        )
        if self.takes and points is not None and kind != 'penalty':
            doubts.append(f'分值栏的表头是“{self.takes[:12]}”，可能是要扣的分')
        if name is not None:
            title, printed = cut_of_name(name, points)
            if printed is not None:
                if points is None and not apart:
                    points, source = printed, name
                elif points is not None and printed != points:
                    doubts.append(
                        f'名称里印的是“{name[len(title) :].text.strip()[:12]}”，分值栏里是“{str(points_text)[:12]}”'
                    )
                name = title
        elif requirement is not None and not apart and not _lists(requirement):
            title, printed = cut_points(requirement)
            if printed is not None:
                points, source, requirement = printed, requirement, title
        line = Line(
            table=self.table.index,
            row_first=row,
            row_last=row,
            kind=kind,
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
            doubts=tuple(doubts),
            graded=graded,
        )
        return with_own_text(line) if self.categories.ends_alone(row) else line

    def _kind(self, row: int, categories: Sequence[str], name: Text | None, criteria: Text | None) -> IndicatorKind:
        if self._is_flagged(row):
            return 'bonus'
        kind = kind_of(categories, name.text if name else None, self.around)
        takes = (
            kind == 'scored' and self.codes_take and criteria is not None and bool(read_code(criteria.text, 'penalty'))
        )
        return 'penalty' if takes else kind

    def _is_flagged(self, row: int) -> bool:
        """Whether a column that asks 是否加分项 says 是."""
        return any(squeeze(self.grid[row][col].text) in ('是', '√', 'Y') for col in self.flags)

    def _rules_of(self, cells: Mapping[RoleKind, Sequence[Cell]]) -> tuple[Text | None, bool]:
        """The text of rules, and whether each line of it is a grade."""
        if self.by_rows:
            return rules_of_row(cells, self._clean), False
        return rules_of(cells.get('criteria', ()), self.grades, self._clean)

    def _points(
        self, row: int, cells: Mapping[RoleKind, Sequence[Cell]]
    ) -> tuple[Text | None, Decimal | None, Text | None]:
        """The points cell as printed and its number; a cell merged over several lines stands on the first only. A line that has none
        of its own has those of the coarser column, where they stand for it alone."""
        own = [cell for cell in cells.get('points', ()) if cell.row == row] or [
            cell
            for cell in cells.get('group_points', ())
            if cell.row_span == 1 and self.table.merges and 'points' not in cells
        ]
        if not own:
            return None, None, None
        text = self._clean(own[0])
        return text, read_points_cell(text.text).points, text

    def _cells_by_role(self, row: int) -> dict[RoleKind, tuple[Cell, ...]]:
        found: dict[RoleKind, list[Cell]] = {}
        for cell in distinct(self.grid[row]):
            role = self._role(cell)
            if role and (cell.text.strip() or (cell.row, cell.col) in self.inner):
                found.setdefault(role.kind, []).append(cell)
            if cell.col in self.offices and cell.text.strip():
                found.setdefault('responsible_office', []).append(cell)
        return {role: tuple(cells) for role, cells in found.items()}

    def _role(self, cell: Cell) -> ColumnRole | None:
        """The role in which a cell is read; one drawn over several text columns is criteria where it moves points."""
        if self.categories.is_title(cell):
            return ColumnRole('level', 1)
        if cell.col_span == 1:
            return self.roles.get(cell.col)
        covered = [self.roles.get(col) for col in range(cell.col, cell.right_col + 1)]
        texts = [role for role in covered if role in TEXTS]
        if is_level(covered[0]) and texts and _is_short(cell.text):
            return covered[0]
        if len(set(texts)) > 1 and CRITERIA in texts and moves_points(cell.text):
            return CRITERIA
        if NAME in texts and REQUIREMENT in texts:
            return REQUIREMENT  # what is asked needs no name
        return texts[0] if texts else covered[0]

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
    return len(squeeze(title)) <= _TITLE and not moves_points(title)


def _lists(text: Text) -> bool:
    """Whether a text counts several things, each with points of its own."""
    return len(_BRACKETED.findall(halfwidth(text.text))) > 1


def _joined(parts: Sequence[Text]) -> Text | None:
    return Text.join('\n', parts) or None
