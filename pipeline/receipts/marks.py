"""Text with coloured spans. Spans may overlap and lie in one another: the text is cut at their edges, each piece gets all their classes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from kaohe.normalizers.text.numbers import NUMBER, parse_number
from kaohe.pipeline.receipts.markup import Html, as_markup, join, opening_tag

_NUMBER = re.compile(NUMBER)
# 百分制, 百分之 and 百分比 hold no points
_POINTS = re.compile(r'\s*[分份](?![制之比点])')


class Mark(NamedTuple):
    """A half-open span of a text with the class that colours it. ``label`` is shown small behind its end, by the style, so that
    copied text is the notice's own."""

    start: int
    end: int
    cls: str
    label: str | None = None


def coloured(text: str, marks: Sequence[Mark]) -> Html:
    """The text with its marks; those that do not lie within the text colour what of them does."""
    if not marks:
        return join(text)
    length = len(text)
    starts, ends, _, _ = zip(*marks, strict=True)
    cuts = sorted({0, length, *starts, *ends})
    if cuts[-1] > length:
        return coloured(text, [_within(length, mark) for mark in marks])
    at = {cut: i for i, cut in enumerate(cuts)}
    classes, labels = [''] * len(cuts), [''] * len(cuts)  # of the piece that begins at each cut
    for start, end, cls, label in marks:
        behind = at[end]
        for i in range(at[start], behind):
            classes[i] += f' {cls}'
        if label and behind:
            labels[behind - 1] += f' {label}'
    as_it_is = as_markup(text) == text  # then so are its pieces
    parts = []
    start = 0
    for end, cls, label in zip(cuts[1:], classes, labels, strict=False):
        piece = text[start:end] if as_it_is else as_markup(text[start:end])
        parts.append(f'{_opening(cls, label)}{piece}</mark>' if cls else piece)
        start = end
    return Html(''.join(parts))


def _within(length: int, mark: Mark) -> Mark:
    return Mark(min(mark.start, length), min(mark.end, length), mark.cls, mark.label if mark.end <= length else None)


@lru_cache(maxsize=1024)
def _opening(classes: str, labels: str) -> str:
    return str(opening_tag('mark', cls=' '.join(dict.fromkeys(classes.split())), data_n=labels.strip() or None))


def find_number(text: str, value: float | None) -> tuple[int, int] | None:
    """Where the text writes this number: before 分 if it stands there, else its last place; None where it is not written so."""
    if value is None:
        return None
    place = before_unit = None
    for found in _NUMBER.finditer(text):
        if _value(found[0]) == value:
            place = found.span()
            if _POINTS.match(text, place[1]):
                before_unit = place
    return before_unit or place


@lru_cache(maxsize=1024)
def _value(written: str) -> float | None:
    number = parse_number(written)
    return None if number is None else float(number)
