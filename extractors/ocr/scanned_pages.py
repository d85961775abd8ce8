"""Pages whose text stands wholly or partly in pictures: what the pictures say is recognised and joined with what is written."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kaohe.extractors.layout.composition import PageMarks
from kaohe.extractors.layout.ruling import RuledLine
from kaohe.extractors.ocr import recognition
from kaohe.extractors.ocr.pixels import only

if TYPE_CHECKING:
    from kaohe.extractors.ocr.pixels import Picture

# Logos, stamps and signatures are smaller than this share of the page; text over a picture says that it needs no recognition.
_SMALLEST_SHARE = 0.05
_MOST_TEXT_OVER = 8
# Some programs draw every character as its outline: a page without characters and with so many short lines is full of writing.
_OUTLINES = 300

# So many characters that are not known for what they are, and such a part of the page's, make its text rubbish.
_LEAST_UNMAPPED = 5
_SHARE_UNMAPPED = 0.02

# Recognition takes some five seconds of a core a page: so many pages of a file are recognised at most, in so much time a page on the whole.
# What was recognised by then counts. A file may take somewhat longer than that, so that the page that is being recognised comes to its end.
MOST_PAGES = 120
_SECONDS_A_PAGE = 45.0
SECONDS_ALLOWED = 60.0


def time_for(pages: int) -> float:
    """Until when (``time.monotonic``) so many pages may be recognised."""
    return time.monotonic() + _SECONDS_A_PAGE * pages


def looked_at(marks: PageMarks) -> PageMarks:
    """The page, with the pictures counted that may hold text which nobody has read.

    A picture with text over it (a background, a scan that was recognised before) is not one of them.
    """
    if _blank(marks) and len(marks.rules) >= _OUTLINES:
        marks = marks._replace(images=[RuledLine(0.0, 0.0, marks.width, marks.height)])
    return marks._replace(unread=len(_unread(marks)), garbled=_is_garbled(marks))


def _is_garbled(marks: PageMarks) -> bool:
    if len(marks.unmapped) < _LEAST_UNMAPPED:  # as on nearly every page, whose characters need not be counted then
        return False
    return len(marks.unmapped) >= _SHARE_UNMAPPED * sum(not glyph.text.isspace() for glyph in marks.glyphs)


def with_drawn_rules(marks: PageMarks, drawn: Picture, scale: float) -> PageMarks:
    """A page whose text is laid over a scan, with the ruled lines that the scan shows."""
    return marks._replace(rules=[*marks.rules, *recognition.rules_of(drawn, scale)])


def recognised(marks: PageMarks, drawn: Picture, scale: float) -> PageMarks:
    """A page that was `looked_at`, with the characters and ruled lines that its pictures show. ``drawn`` is the page as a grey picture of
    ``scale`` pixels a point."""
    if _blank(marks):
        return recognition.recognise(drawn, scale)
    pictures = _unread(marks)
    rubbish = _lines_around(marks.unmapped) if marks.garbled else []
    seen = recognition.recognise(only(drawn, scale, pictures + rubbish), scale)
    known = [glyph for glyph in seen.glyphs if _inside(glyph.x0, glyph.top, glyph.x1, glyph.bottom, rubbish)]
    if known:
        unmapped = set(marks.unmapped)
        written = [glyph for glyph in marks.glyphs if RuledLine(*glyph[1:5]) not in unmapped]
        marks = marks._replace(glyphs=[*written, *known], unmapped=())
    return marks._replace(
        garbled=False,
        layered=False,
        glyphs=[
            *marks.glyphs,
            *(glyph for glyph in seen.glyphs if _inside(glyph.x0, glyph.top, glyph.x1, glyph.bottom, pictures)),
        ],
        rules=[*marks.rules, *(rule for rule in seen.rules if _inside(*rule, pictures))],
        unread=0,
    )


def _lines_around(boxes: Sequence[RuledLine]) -> list[RuledLine]:
    """The boxes, those joined that stand beside each other in a line."""
    found: list[RuledLine] = []
    for box in boxes:
        last = found[-1] if found else None
        if last and abs(last.top - box.top) < 1 and -1 < box.x0 - last.x1 < box.bottom - box.top:
            found[-1] = last._replace(x1=max(last.x1, box.x1), bottom=max(last.bottom, box.bottom))
        else:
            found.append(box)
    return found


def _blank(marks: PageMarks) -> bool:
    return all(glyph.text.isspace() for glyph in marks.glyphs)


def _unread(marks: PageMarks) -> list[RuledLine]:
    return [
        box
        for box in marks.images
        if _share(box, marks) >= _SMALLEST_SHARE and _text_over(box, marks) <= _MOST_TEXT_OVER
    ]


def _share(box: RuledLine, marks: PageMarks) -> float:
    return (box.x1 - box.x0) * (box.bottom - box.top) / max(marks.width * marks.height, 1)


def _text_over(box: RuledLine, marks: PageMarks) -> int:
    return sum(
        _inside(glyph.x0, glyph.top, glyph.x1, glyph.bottom, [box])
        for glyph in marks.glyphs
        if not glyph.text.isspace()
    )


def _inside(x0: float, top: float, x1: float, bottom: float, boxes: list[RuledLine]) -> bool:
    x, y = (x0 + x1) / 2, (top + bottom) / 2
    return any(box.x0 <= x <= box.x1 and box.top <= y <= box.bottom for box in boxes)
