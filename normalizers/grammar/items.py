"""Sub-items of a requirement or of criteria: their labels, their texts, and the points printed with them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct

from kaohe.normalizers.grammar.clauses.amounts import POINTS, follows_credits, points_of
from kaohe.normalizers.grammar.item_labels import Label, labels
from kaohe.normalizers.grammar.surface import Surface, surface

_POINTS = re.compile(rf'\((?:分值|满分|共|计)?:?(?P<points>{POINTS})\)')
_ENDS = re.compile(r'[。;,、:]|等|$|\n')


class ItemMatch(Struct, frozen=True):
    """``start``/``end`` span the sub-item, label and points included; ``text_start``/``text_end`` its text alone. ``label`` is None where only points
    are printed."""

    label: str | None
    start: int
    end: int
    text_start: int
    text_end: int
    points: Decimal | None


def read_items(text: str) -> tuple[ItemMatch, ...]:
    """The sub-items of a text in order: each starts at a label or behind the points of the one before; ``()`` where the text is not divided."""
    seen = surface(text)
    marks = labels(text)
    cuts = {mark.start: mark for mark in marks}
    amounts = _POINTS.finditer(seen.text) if '(' in seen.text else ()
    worth = [match for match in amounts if _ends_item(seen, match, cuts)]
    if not cuts and not worth:
        return ()
    found: list[ItemMatch] = []
    first = marks[0].start if marks else len(seen.text)
    starts = sorted(
        {
            *cuts,
            *(_behind(seen, match.end()) for match in worth if match.end() < len(seen.text)),
            *([0] if worth and worth[0].start() < first else []),
        }
    )
    for start, stop in zip(starts, [*starts[1:], len(seen.text)], strict=True):
        mark = cuts.get(start)
        inner = mark.end if mark else start
        own = next((match for match in worth if inner <= match.start() < stop), None)
        if mark is None and own is None:
            continue
        item = _item(seen, mark.text if mark else None, start, inner, stop, own)
        if item is not None:
            found.append(item)
    return tuple(found)


def _ends_item(seen: Surface, match: re.Match[str], cuts: Mapping[int, Label]) -> bool:
    """Points in brackets close a sub-item where the text, a line or a sentence ends behind them."""
    return (
        (_ENDS.match(seen.text, match.end()) is not None or match.end() in cuts or seen.follows_gap(match.end()))
        and not follows_credits(seen.text, match.start() + 1)
        and match.start() > 0
    )


def _behind(seen: Surface, position: int) -> int:
    while position < len(seen.text) and seen.text[position] in '。;,、:\n':
        position += 1
    return position


def _item(
    seen: Surface, label: str | None, start: int, inner: int, stop: int, own: re.Match[str] | None
) -> ItemMatch | None:
    end = own.end() if own else stop
    text_end = own.start() if own else stop
    while text_end > inner and seen.text[text_end - 1] in '。;,、\n':
        text_end -= 1
    if text_end <= inner:
        return None
    while end > text_end and own is None and seen.text[end - 1] == '\n':
        end -= 1
    left, right = seen.span(start, end)
    text_left, text_right = seen.span(inner, text_end)
    points = points_of(own['points'])[0] if own else None
    return ItemMatch(label, left, right, text_left, text_right, points)
