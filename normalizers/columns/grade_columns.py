"""Grades of one item set out in columns: 优 | 良 | 中 | 差 over what each asks or is worth, 5 | 4 | 3 | 2 | 1, or both above one another."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from kaohe.extractors.document import Cell
from kaohe.normalizers.columns.content import ColumnContent
from kaohe.normalizers.columns.header_rows import ColumnHead, is_grade, read_head
from kaohe.normalizers.text.folding import squeeze

# A column whose cells are mostly blank is to be ticked.
_FILLED = 0.5
# So many figures in a row count grades down.
_FEWEST = 3
_SHARED = 0.67
_MOSTLY = 0.6
_BAND = re.compile('范围|区间|幅度|分档|档次')
# 分值 and 权重 over 东区 | 西区 are what each of them can reach, not degrees of one matter
_GIVEN = re.compile('[扣加减记罚奖]分')
_FIGURE = re.compile(r'(\d{1,3}(?:\.\d+)?)分?')


@dataclass(frozen=True, slots=True)
class GradeHead:
    """What stands above a column of grades: the grade's name and what it is worth, each where it is printed."""

    name: Cell | None
    worth: Cell | None


def grade_columns(stacks: Sequence[Sequence[Cell]], content: Sequence[ColumnContent]) -> Mapping[int, GradeHead]:
    """The columns that say what each grade asks or is worth, by their place; none where fewer than two do."""
    filled = [col for col, look in enumerate(content) if look.filled >= _FILLED and stacks[col]]
    named = {col: cell for col in filled if (cell := next(filter(_is_named, reversed(stacks[col])), None)) is not None}
    counted = _counted([col for col in filled if _figure(stacks[col]) is not None], stacks)
    if (degrees := _degrees(filled, stacks, content)) and not counted:
        return {col: GradeHead(stacks[col][-1], None) for col in degrees}
    if len(named) < 2 and not counted:
        return {}
    if counted:
        # names that no vocabulary holds stand above the figures, each over its own column
        tops = {col: stacks[col][-2] for col in counted if len(stacks[col]) > 1}
        own = [col for col, cell in tops.items() if sum(other is cell for other in tops.values()) == 1]
        named |= {col: tops[col] for col in own}
    return {
        col: GradeHead(named.get(col), stacks[col][-1] if col in counted else None)
        for col in sorted({*named, *counted} if len(named) > 1 else counted)
    }


def _degrees(
    cols: Sequence[int], stacks: Sequence[Sequence[Cell]], content: Sequence[ColumnContent]
) -> tuple[int, ...]:
    """The columns under one wide head of what is given or taken (记分值) that hold an amount for each degree: 一般 | 较重 | 严重."""
    under: dict[int, list[int]] = {}
    for col in cols:
        amounts = content[col].points >= _MOSTLY and content[col].sections < _FILLED
        if len(stacks[col]) > 1 and amounts and _GIVEN.search(squeeze(stacks[col][-2].text)):
            under.setdefault(id(stacks[col][-2]), []).append(col)
    found = max(under.values(), key=len, default=[])
    written = {squeeze(stacks[col][-1].text) for col in found}
    unknown = all(is_grade(stacks[col][-1].text) or read_head(stacks[col][-1].text) is None for col in found)
    return tuple(found) if len(found) > 1 and len(written) == len(found) and unknown else ()


def _is_named(cell: Cell) -> bool:
    return is_grade(cell.text)


def _figure(stack: Sequence[Cell]) -> Decimal | None:
    found = _FIGURE.fullmatch(squeeze(stack[-1].text))
    return Decimal(found[1]) if found else None


def _counted(cols: Sequence[int], stacks: Sequence[Sequence[Cell]]) -> tuple[int, ...]:
    """The longest run of neighbours whose heads are figures that go down: 5 4 3 2 1."""
    best: tuple[int, ...] = ()
    run: list[int] = []
    for col in cols:
        value = _figure(stacks[col])
        before = _figure(stacks[run[-1]]) if run else None
        goes_on = run and run[-1] == col - 1 and before is not None and value is not None and value < before
        run = [*run, col] if goes_on else [col]
        best = max(best, tuple(run), key=len)
    return best if len(best) >= _FEWEST and all(a + 1 == b for a, b in pairwise(best)) else ()


@dataclass(frozen=True, slots=True)
class GradeRows:
    """The columns of a table whose rows are the grades of items: those that name the grade, and those that print what it is worth."""

    names: frozenset[int] = frozenset()
    worths: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.names or self.worths)


def grade_rows(heads: Sequence[ColumnHead | None], names: Sequence[str], content: Sequence[ColumnContent]) -> GradeRows:
    """Whether the rows are grades: a text that several rows share is the item; beside it a column names grades (优, 良) or prints a band
    of points for each (分数范围)."""
    items = [
        col
        for col, head in enumerate(heads)
        if head and head.kind in ('topic', 'content') and 0 < content[col].cells < _SHARED
    ]
    if not items:
        return GradeRows()
    finer = max(content[col].cells for col in items)
    named = {
        col
        for col, look in enumerate(content)
        if look.grades >= _MOSTLY and look.filled >= _FILLED and look.cells > finer and col > items[0]
    }
    worths = {
        col
        for col, head in enumerate(heads)
        if head
        and head.kind == 'points'
        and content[col].cells > finer
        and (named or (_BAND.search(names[col]) and content[col].from_nothing < _MOSTLY))
        and content[col].points >= _FILLED
    }
    worths |= _worths_beside_conditions(names, content, finer)
    return GradeRows(frozenset(named), frozenset(worths)) if worths or named else GradeRows()


def _worths_beside_conditions(names: Sequence[str], content: Sequence[ColumnContent], finer: float) -> set[int]:
    """The columns of amounts under one wide head of scoring with the condition on their left (评分档次: 条件 | 得分), a row for each condition."""
    parted = [name.rpartition('/')[::2] for name in names]
    found: set[int] = set()
    # 内容 | 分值 alone under 考核标准 are what is asked and what it is worth: grades stand beside the points of their item
    if not any(not top and (own := read_head(name)) and own.kind == 'points' for top, name in parted):
        return found
    for col in range(1, len(names)):
        (top, head), (beside, condition) = parted[col], parted[col - 1]
        wide = read_head(top) if top and top == beside else None
        own, asked = read_head(head), read_head(condition)
        amounts = own is not None and own.kind in ('score', 'points', 'scoring') and content[col].points >= _MOSTLY
        texts = asked is None or asked.kind in ('content', 'topic', 'scoring')
        each = content[col].cells > finer and content[col - 1].cells > finer and content[col - 1].points < _FILLED
        if wide is not None and wide.kind == 'scoring' and amounts and texts and each:
            found.add(col)
    return found
