"""Which columns hold points: the lines', those of the categories above them, and those that stand for several lines at once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kaohe.normalizers.columns.column_role import RoleKind
from kaohe.normalizers.columns.seen_columns import SeenColumns
from kaohe.normalizers.text.folding import squeeze

_ALIKE = 0.1
_EACH = re.compile(r'(?:每.{1,3}|单次|一次)[扣减加奖罚得]分')
_SUM = re.compile(r'[小合共总]计分?')
_LIMIT = re.compile(r'最[高多]|封顶|上限|限[分额]')


def limits_or_rates(head: str) -> bool:
    """Whether a head names what each time costs or brings (每次扣分), or where that ends (最高扣分): not what can be won."""
    folded = squeeze(head)
    return _EACH.match(folded) is not None or _LIMIT.search(folded) is not None


def settle_points(seen: SeenColumns, kinds: list[RoleKind | None]) -> dict[int, int]:
    """With several points columns, all but the last belong to the category on their left."""
    for col, kind in enumerate(kinds):
        if kind == 'points' and seen.content[col].rates >= 0.5:
            # 扣分分值 `0.5分/处`: how much each fault costs, not what can be won
            kinds[col] = 'criteria'
    for col in [col for col, kind in enumerate(kinds) if kind == 'points' and _is_beside_score(seen, col, kinds)]:
        kinds[col] = 'score'
    points = [col for col, kind in enumerate(kinds) if kind == 'points']
    each = [col for col in points if _EACH.match(seen.head_of(col))]
    if len(each) < len(points):
        # 每次扣分 says what each time costs, not what can be won
        for col in each:
            points.remove(col)
            kinds[col] = 'group_points'
    if not points and (found := _amounts_elsewhere(seen, kinds)) is not None:
        kinds[found] = 'points'
    levels = 0
    depths: dict[int, int] = {}
    for col, kind in enumerate(kinds):
        if kind == 'level':
            levels += 1
            depths[col] = levels
        elif kind == 'points' and levels and any(other > col for other in points):
            level = max(at for at in range(col) if kinds[at] == 'level')
            ours, theirs = seen.content[col], seen.content[level]
            if (ours.cells if theirs.cells < 1 else ours.own) <= theirs.own + _ALIKE:
                kinds[col] = 'level_points'
                depths[col] = levels
    for col, depth in _sums_of_categories(seen, kinds, depths):
        kinds[col] = 'level_points'
        depths[col] = depth
    _settle_double_points(seen, kinds)
    return depths


def _sums_of_categories(
    seen: SeenColumns, kinds: Sequence[RoleKind | None], depths: Mapping[int, int]
) -> list[tuple[int, int]]:
    """The columns 小计 whose figures stand for as many lines each as the cells of a column of categories, with the depth of these; none where
    another column holds what was reached."""
    figures = [col for col, kind in enumerate(kinds) if kind == 'score' and seen.is_amount(col)]
    sums = [col for col in figures if _SUM.fullmatch(seen.head_of(col))]
    found = []
    for col in sums if sums == figures else ():
        cells = seen.content[col].cells
        like = [
            depths[level]
            for level, other in enumerate(kinds)
            if other == 'level' and seen.content[level].cells == cells
        ]
        if cells < 1 and len(like) == 1:
            found.append((col, like[0]))
    return found


def _is_beside_score(seen: SeenColumns, col: int, kinds: Sequence[RoleKind | None]) -> bool:
    """Whether 应得分 stands with 实得分 under one head (2季度), and another column says what can be won."""
    top = seen.tops[col]
    if top is None:
        return False
    together = [other for other, cell in enumerate(seen.tops) if cell is top]
    return any(kinds[other] == 'score' for other in together) and any(
        kind == 'points' and other not in together for other, kind in enumerate(kinds)
    )


def _amounts_elsewhere(seen: SeenColumns, kinds: Sequence[RoleKind | None]) -> int | None:
    """The column of figures that holds the points where no head says so: one to be filled in that is filled, else one under a head
    that nobody knows. Of several unknown ones none is sure."""
    if any(head and (head.with_points or head.amounts) for head in seen.heads):
        return None
    figures = [
        col
        for col, kind in enumerate(kinds)
        if (kind == 'score' or (kind is None and seen.speaks_of_scoring()))
        and seen.is_amount(col)
        and seen.content[col].filled >= 0.6
        and not seen.is_sibling(col, (other for other in range(len(kinds)) if other != col))
    ]
    first = next((col for col, kind in enumerate(kinds) if kind in ('requirement', 'criteria')), len(kinds))
    before = [col for col in figures if kinds[col] is None and col < first]
    if len(before) == 1:
        # weights behind the names, before what is asked
        return before[0]
    known = [col for col in figures if kinds[col] == 'score']
    if known:
        return known[0]
    printed = any(
        kind in ('level', 'name', 'requirement') and seen.content[col].bracketed >= 0.5
        for col, kind in enumerate(kinds)
    )
    return figures[0] if len(figures) == 1 and not printed else None


def _settle_double_points(seen: SeenColumns, kinds: list[RoleKind | None]) -> None:
    """Of two columns of points for the same lines the finer one holds the lines'; the coarser one stands for several lines at once. 最高扣分 says where
    taking ends: of two that are as fine it is not the lines'."""
    points = [col for col, kind in enumerate(kinds) if kind == 'points']
    if len(points) > 1:
        limits = {col: _LIMIT.search(seen.head_of(col)) is not None for col in points}
        finest = max(points, key=lambda col: (seen.content[col].cells, not limits[col], -col))
        for col in points:
            kinds[col] = 'points' if col == finest else 'group_points'
