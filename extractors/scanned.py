"""Pages whose text stands wholly or partly in pictures: what the pictures say is recognised and joined with what is written."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from extractors import parts, recognition
from extractors.pages import PageMarks
from extractors.ruling import Rule

if TYPE_CHECKING:
    from extractors.recognition import Picture

# Logos, stamps and signatures are smaller than this share of the page; text over a picture says that it needs no recognition.
_SMALLEST_SHARE = 0.05
_MOST_TEXT_OVER = 8
# Some programs draw every character as its outline: a page without characters and with so many short lines is full of writing.
_OUTLINES = 300

# Recognition takes about ten seconds a page: so many pages of a file are recognised at most.
MOST_PAGES = 40


class Budget:
    """How many pages of a file may still be recognised."""

    def __init__(self) -> None:
        self._left = MOST_PAGES

    def take(self) -> bool:
        """Whether one more page may be; it is counted."""
        self._left -= 1
        return self._left >= 0


def completed(marks: PageMarks, draw: Callable[[], tuple[Picture, float]], budget: Budget) -> PageMarks:
    """The page with the characters and ruled lines that its pictures show, where recognition is installed and ``budget`` allows.

    ``draw`` gives the page as a grey picture and its pixels a point. A picture with text over it (a background, a scan that was
    recognised before) is not read again.
    """
    blank = all(glyph.text.isspace() for glyph in marks.glyphs)
    if blank and len(marks.rules) >= _OUTLINES:
        marks = marks._replace(images=[Rule(0.0, 0.0, marks.width, marks.height)])
    pictures = [box for box in marks.images if _unread(box, marks)]
    if not pictures:
        return marks
    if not parts.has_recognition():
        return marks._replace(unread=len(pictures))
    if not budget.take():
        return marks._replace(unread=len(pictures), beyond_limit=True)
    drawn, scale = draw()
    if blank:
        return recognition.recognise(drawn, scale)
    seen = recognition.recognise(_only(drawn, scale, pictures), scale)
    return marks._replace(
        glyphs=[
            *marks.glyphs,
            *(glyph for glyph in seen.glyphs if _inside(glyph.x0, glyph.top, glyph.x1, glyph.bottom, pictures)),
        ],
        rules=[*marks.rules, *(rule for rule in seen.rules if _inside(*rule, pictures))],
    )


def _only(drawn: Picture, scale: float, pictures: list[Rule]) -> Picture:
    """The page with white paper where no picture stands: what is written there is known, and would be recognised for nothing."""
    import numpy as np

    kept = np.full_like(drawn, 255)
    for box in pictures:
        rows = slice(max(0, int(box.top * scale)), int(box.bottom * scale) + 1)
        cols = slice(max(0, int(box.x0 * scale)), int(box.x1 * scale) + 1)
        kept[rows, cols] = drawn[rows, cols]
    return kept


def _unread(box: Rule, marks: PageMarks) -> bool:
    share = (box.x1 - box.x0) * (box.bottom - box.top) / max(marks.width * marks.height, 1)
    over = sum(
        _inside(glyph.x0, glyph.top, glyph.x1, glyph.bottom, [box])
        for glyph in marks.glyphs
        if not glyph.text.isspace()
    )
    return share >= _SMALLEST_SHARE and over <= _MOST_TEXT_OVER


def _inside(x0: float, top: float, x1: float, bottom: float, boxes: list[Rule]) -> bool:
    x, y = (x0 + x1) / 2, (top + bottom) / 2
    return any(box.x0 <= x <= box.x1 and box.top <= y <= box.bottom for box in boxes)
