"""The categories above a row: merged cells, blanks that go on from above, section rows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal

from kaohe.extractors.document import Cell, Table
from kaohe.normalizers.columns.column_role import NUMBER, POINTS, ColumnRole, is_level
from kaohe.normalizers.columns.grid_rows import distinct
from kaohe.normalizers.columns.points_cell import cell_points
from kaohe.normalizers.columns.printed_points import printed_after
from kaohe.normalizers.lines.levels import Level, label_rank, read_level
from kaohe.normalizers.lines.rows.category_columns import CategoryColumns
from kaohe.normalizers.lines.rows.row_kinds import BodyRow
from kaohe.normalizers.text.cleaning import Text, clean_cell

# a category is no longer, and its label is 一、 or （一）
_TITLE = 20
_HIGHEST = 2


class CategoryCells:
    """What the cells of categories say of each row below one header. ``titles`` are columns of texts in which a short cell that several lines share
    is a category where it bears a label or points. ``columns`` are those of categories, ``rules`` the cells that print
    a rule with their title. ``carried`` are the cells that go on below where a format cannot merge."""

    def __init__(
        self,
        table: Table,
        grid: Sequence[Sequence[Cell]],
        roles: Mapping[int, ColumnRole | None],
        titles: Collection[int] = (),
        carried: dict[int, Cell] | None = None,
    ) -> None:
        self.table = table
        self.grid = grid
        self.roles = roles
        self.columns = [col for col, role in roles.items() if is_level(role)]
        self.titles = titles
        self.points_columns = {
            col: role.depth for col, role in roles.items() if role and role.kind == 'level_points' and role.depth
        }
        self.carried = carried if carried is not None else {}
        self.rules: list[Cell] = []
        self.texts: dict[int, Text] = {}
        self.categories: dict[int, Level] = {}
        self.together = CategoryColumns(table, self.columns)

    def carry(self, row: BodyRow) -> None:
        """Where a format cannot merge cells, a blank category is the one above, until a higher one or a section begins."""
        if self.table.merges:
            return
        if row.kind == 'section':
            self.carried.clear()
            return
        for col in self.roles:
            cell = self.grid[row.row][col]
            if cell.text.strip() and self._is_of_level(col):
                if is_level(self.roles[col]):
                    self.carried = {at: old for at, old in self.carried.items() if at < col}
                self.carried[col] = cell

    def is_title(self, cell: Cell) -> bool:
        """Whether a cell of a column of texts names what several lines share: short, with a label (一、, （一）) or points of its own."""
        if cell.col not in self.titles or cell.row_span < 2 or not 0 < len(cell.text.strip()) <= _TITLE:
            return False
        rank = label_rank(cell.text)
        return (rank is not None and rank <= _HIGHEST) or printed_after(cell.text) is not None

    def of_row(self, row: int, role_of: Callable[[Cell], ColumnRole | None]) -> list[Level]:
        found: list[Level] = []
        points = self._level_points(row)
        last: Cell | None = None
        for depth, col in enumerate(sorted({*self.columns, *self.titles}), 1):
            cell = self._shared(row, col)
            if cell is last or not cell.text.strip() or not is_level(role_of(cell)):
                continue
            last = cell
            level = self._category(cell)
            if level.points is None and depth in points:
                level = Level(level.title, points[depth], level.rank)
            found.append(level)
        return found

    def ends_alone(self, row: int) -> bool:
        """Whether the lowest category of a row is written in that row alone, below another that goes on."""
        if len(self.columns) < 2:
            return False
        cell, above = self.grid[row][self.columns[-1]], self._shared(row, self.columns[-2])
        return bool(cell.row == row and cell.row_span == 1 and cell.text.strip() and cell is not above)

    def section(self, cell: Cell) -> Level:
        level = self._category(cell)
        if level.points is None:
            beside = [other for other in distinct(self.grid[cell.row]) if self.roles.get(other.col) == POINTS]
            points = cell_points(beside[0].text) if beside and beside[0] is not cell else None
            level = Level(level.title, points, level.rank)
        if level.rank is None:
            numbers = [other for other in distinct(self.grid[cell.row]) if self.roles.get(other.col) == NUMBER]
            rank = label_rank(f'{numbers[0].text.strip()}、') if numbers and numbers[0].text.strip() else None
            level = Level(level.title, level.points, rank)
        return level

    def _category(self, cell: Cell) -> Level:
        level = self.categories.get(id(cell))
        if level is None:
            self.categories[id(cell)] = level = self.together.read(cell, read_level(self.clean(cell)))
            if level.ruled:
                self.rules.append(cell)
        return level

    def clean(self, cell: Cell) -> Text:
        key = id(cell)
        if key not in self.texts:
            self.texts[key] = clean_cell(cell, self.table.index)
        return self.texts[key]

    def _shared(self, row: int, col: int) -> Cell:
        """The cell of a category column that holds for a row."""
        cell = self.grid[row][col]
        return cell if self.table.merges or cell.text.strip() else self.carried.get(col, cell)

    def _is_of_level(self, col: int) -> bool:
        """Whether a column holds categories or points that several lines share."""
        role = self.roles[col]
        return role is not None and role.kind in ('level', 'level_points', 'group_points')

    def _level_points(self, row: int) -> dict[int, Decimal]:
        found: dict[int, Decimal] = {}
        for col, depth in self.points_columns.items():
            points = cell_points(self._shared(row, col).text)
            if points is not None:
                found[depth] = points
        return found
