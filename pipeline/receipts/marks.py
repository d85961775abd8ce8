"""Text with coloured spans. Spans may overlap and lie in one another: the text is cut at their edges, each piece gets all their classes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from pipeline.receipts.markup import Html, as_markup, join, opening_tag

_NUMBER = re.compile(r'[0-9０-９]+(?:[.．]+[0-9０-９]+)?|[半一二两三四五六七八九十]')
_CHINESE = {'半': 0.5, '一': 1, '二': 2, '两': 2} | {c: i + 3 for i, c in enumerate('三四五六七八九十')}


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
    within = {edge for mark in marks for edge in (mark.start, mark.end) if 0 < edge < len(text)}
    labels: dict[int, list[str]] = {}
    for mark in marks:
        if mark.label:
            labels.setdefault(mark.end, []).append(mark.label)
    as_it_is = as_markup(text) == text  # then so are its pieces
    parts: list[str] = []
    for start, end in pairwise(sorted(within | {0, len(text)})):
        classes = [cls for first, last, cls, _ in marks if first <= start and last >= end]
        piece = text[start:end] if as_it_is else as_markup(text[start:end])
        if classes:
            parts += _opening(tuple(classes), tuple(labels.get(end, ()))), piece, '</mark>'
        else:
            parts.append(piece)
    return Html(''.join(parts))


@lru_cache(maxsize=1024)
def _opening(classes: tuple[str, ...], labels: tuple[str, ...]) -> Html:
    return opening_tag('mark', cls=' '.join(dict.fromkeys(classes)), data_n=' '.join(labels) or None)


def find_number(text: str, value: float | None) -> tuple[int, int] | None:
    """Where the text writes this number: before 分 if it stands there, else its last place; None where it is not written so."""
    if value is None:
        return None
    places = [found.span() for found in _NUMBER.finditer(text) if _value(found[0]) == value]
    before_unit = [place for place in places if text[place[1] :].lstrip()[:1] in ('分', '份')]
    return (before_unit or places)[-1] if places else None


@lru_cache(maxsize=1024)
def _value(written: str) -> float | None:
    if written in _CHINESE:
        return _CHINESE[written]
    try:
        return float(re.sub(r'\.+', '.', unicodedata.normalize('NFKC', written)))
    except ValueError:
        return None
