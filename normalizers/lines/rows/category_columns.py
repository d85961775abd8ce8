"""What the titles of a whole column of categories show together and none shows alone: codes that count on, weights that add up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from kaohe.extractors.document import Cell, Table
from kaohe.extractors.labels import KIND_BEHIND, printed
from kaohe.normalizers.lines.levels import Level
from kaohe.normalizers.text.folding import halfwidth

# A1组织领导, with nothing between the code and the title
_CODE = re.compile(rf'\s*({printed("letter_counted")})(?=[\u4e00-\u9fff])(?!{KIND_BEHIND})')
# 质量40%, but 合格率100% is what must be reached
_WEIGHT = re.compile(r'(?<![率比度达到于过占\d.])[\s:]*(\d{1,3}(?:\.\d{1,2})?)\s*%\s*$')
_WHOLE = 100


class CategoryColumns:
    """The columns of categories of a table whose titles begin with codes of one letter that count on from 1, and those whose titles end with weights that make 100 %."""

    def __init__(self, table: Table, columns: Iterable[int]) -> None:
        cells = {col: [cell for cell in table.cells if cell.col == col and cell.text.strip()] for col in columns}
        self._codes = frozenset(cell for written in cells.values() for cell in _coded(written))
        self._weights = {cell: found for written in cells.values() for cell, found in _weights(written).items()}

    def read(self, cell: Cell, level: Level) -> Level:
        """The category that a cell names, without the code before it and the weight behind it."""
        weight, title = self._weights.get(cell), level.title
        if weight is not None and level.points is None and (found := _WEIGHT.search(halfwidth(title.text))):
            level = Level(title[: found.start()].strip(), weight, level.rank, level.ruled)
        if cell in self._codes and (found := _CODE.match(halfwidth(level.title.text))):
            level = Level(level.title[found.end() :], level.points, level.rank, level.ruled)
        return level


def _coded(cells: Iterable[Cell]) -> Iterable[Cell]:
    """The titles that begin with a code; none where the codes do not count on."""
    found = {cell: code for cell in cells if (code := _CODE.match(halfwidth(cell.text)))}
    letters = {code[1][0] for code in found.values()}
    counted = [int(code[1][1:]) for code in found.values()] == [*range(1, len(found) + 1)]
    return found if len(letters) == 1 and counted and len(found) > 1 else ()


def _weights(cells: Iterable[Cell]) -> Mapping[Cell, Decimal]:
    """The weights of the titles; none where they do not make 100 %."""
    found = {cell: Decimal(end[1]) for cell in cells if (end := _WEIGHT.search(halfwidth(' '.join(cell.text.split()))))}
    return found if len(found) > 1 and sum(found.values()) == _WHOLE else {}
