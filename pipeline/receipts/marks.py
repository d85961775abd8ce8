"""Text with coloured spans. Spans may overlap and lie in one another: the text is cut at their edges, each piece gets all their classes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.receipts.markup import Html, join, tag

_NUMBER = re.compile(r'[0-9０-９]+(?:[.．]+[0-9０-９]+)?|[半一二两三四五六七八九十]')
_CHINESE = {'半': 0.5, '一': 1, '二': 2, '两': 2} | {c: i + 3 for i, c in enumerate('三四五六七八九十')}


@dataclass(frozen=True, slots=True)
class Mark:
    """A half-open span of a text with the class that colours it. ``label`` is shown small behind its end, by the style, so that
    copied text is the notice's own."""

    start: int
    end: int
    cls: str
    label: str | None = None


def coloured(text: str, marks: Sequence[Mark]) -> Html:
    """The text with its marks; those that do not lie within the text colour what of them does."""
    edges = sorted({0, len(text), *(min(max(edge, 0), len(text)) for mark in marks for edge in (mark.start, mark.end))})
    parts: list[Html | str] = []
    for start, end in pairwise(edges):
        over = [mark for mark in marks if mark.start <= start and mark.end >= end]
        classes = ' '.join(dict.fromkeys(mark.cls for mark in over))
        labels = ' '.join(mark.label for mark in marks if mark.end == end and mark.label)
        parts.append(tag('mark', text[start:end], cls=classes, data_n=labels or None) if classes else text[start:end])
    return join(*parts)


def find_number(text: str, value: float | None) -> tuple[int, int] | None:
    """Where the text writes this number: before 分 if it stands there, else its last place; None where it is not written so."""
    if value is None:
        return None
    places = [found.span() for found in _NUMBER.finditer(text) if _value(found[0]) == value]
    before_unit = [place for place in places if text[place[1] :].lstrip()[:1] in ('分', '份')]
    return (before_unit or places)[-1] if places else None


def _value(written: str) -> float | None:
    if written in _CHINESE:
        return _CHINESE[written]
    try:
        return float(re.sub(r'\.+', '.', unicodedata.normalize('NFKC', written)))
    except ValueError:
        return None
