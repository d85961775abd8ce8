"""Blank heads in text tables, where a head that covers several columns stands once and the rest of it is blank."""

from __future__ import annotations

from collections.abc import Sequence

from kaohe.extractors.document import Cell
from kaohe.normalizers.columns.content import ColumnContent
from kaohe.normalizers.columns.header_rows import read_head

_MOSTLY = 0.5

Stacks = tuple[tuple[Cell, ...], ...]


def fill_blank_heads(stacks: Stacks, content: Sequence[ColumnContent]) -> Stacks:
    """The heads with each blank one given to the head on its left.

    A careless copy pushes the blank of a wide head to the end of the row, so that all heads behind it stand a column too far left:
    where the points then stand in the column beside their head, the heads are moved back first.
    """
    moved = _moved_back(stacks, content)
    found: list[tuple[Cell, ...]] = []
    for col, stack in enumerate(moved):
        inherits = not stack and found and content[col].filled > 0
        found.append(found[-1] if inherits else stack)
    return tuple(found)


def _moved_back(stacks: Stacks, content: Sequence[ColumnContent]) -> Stacks:
    heads = [stack for stack in stacks if stack]
    blanks = len(stacks) - len(heads)
    if not blanks or any(not stack for stack in stacks[: len(heads)]):
        return stacks
    points = next((col for col, stack in enumerate(heads) if _kind(stack) == 'points'), None)
    if points is None or content[points].points >= _MOSTLY:
        return stacks
    shift = next((by for by in range(1, blanks + 1) if content[points + by].points >= _MOSTLY), None)
    if shift is None:
        return stacks
    wide = max(range(points), key=lambda at: (_fit(heads, content, at, points, shift), -at), default=0)
    spread = (*heads[: wide + 1], *[()] * shift, *heads[wide + 1 :], *[()] * (blanks - shift))
    return tuple(spread)


def _fit(
    heads: Sequence[tuple[Cell, ...]], content: Sequence[ColumnContent], wide: int, points: int, shift: int
) -> int:
    """How many heads stand over what they announce when the head ``wide`` covers ``shift`` columns more."""
    fit = 0
    for at in range(points):
        col = at if at <= wide else at + shift
        kind, look = _kind(heads[at]), content[col]
        fit += kind == 'scoring' and look.moves >= _MOSTLY
        fit += kind == 'number' and look.figures >= _MOSTLY
        fit += kind in ('content', 'topic') and look.moves < _MOSTLY
    return fit


def _kind(stack: Sequence[Cell]) -> str | None:
    head = read_head(stack[-1].text) if stack else None
    return head.kind if head else None
