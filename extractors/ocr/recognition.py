"""A picture of a page → its characters and ruled lines, by optical character recognition (the optional part ``ocr``).

rapidocr finds and reads the lines of text and says where each character stands and how sure it is; OpenCV finds the ruled lines.
Nothing is fetched: the models are in the package.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from statistics import median
from typing import TYPE_CHECKING, Any

from kaohe.extractors.layout.composition import PageMarks
from kaohe.extractors.layout.ruling import RuledLine
from kaohe.extractors.layout.text_lines import Glyph
from kaohe.extractors.ocr.engine import engine
from kaohe.extractors.ocr.overlooked import Spot, overlooked
from kaohe.extractors.ocr.turned_pages import SURE, straightened, upright

if TYPE_CHECKING:
    from kaohe.extractors.ocr.pixels import Picture

# A border is longer than any stroke of a character: so long, in points, is the shortest that counts.
_SHORTEST_BORDER = 28.0
# A character so much higher than wide, and than the others, is none.
_TWO_LINES = 1.6
# A line so much higher than wide is written downwards (rapidocr's own measure).
_UPRIGHT = 1.5
# The recogniser reads ‰ as % with a small circle behind it. A digit or a point after that circle means that it was a zero.
_PERMILLE = re.compile(r'%[0oO〇](?![0-9.])')


def recognise(picture: Picture, scale: float) -> PageMarks:
    """What a page shows. ``picture`` is grey, rows of pixels from the top; ``scale`` is pixels a point.

    A page that lies on its side is stood up, a skewed one straightened: positions are those of the straight page.
    """
    picture, glyphs = upright(straightened(picture), lambda one: characters(one, scale))
    glyphs = _single_lined(glyphs)
    height, width = picture.shape[:2]
    whole = RuledLine(0.0, 0.0, width / scale, height / scale)
    rules = rules_of(picture, scale)
    for spot in overlooked(picture, scale, glyphs, rules):
        glyphs += _reread(picture, scale, spot)
    return PageMarks(width / scale, height / scale, _mended(glyphs), rules, images=[whole])


def characters(picture: Picture, scale: float) -> list[Glyph]:
    """The characters of a picture that lies straight, where they stand in it."""
    import cv2

    result = engine()(
        cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR), use_det=True, return_word_box=True, return_single_char_box=True
    )
    if result.boxes is None:
        return []
    if len(result.word_results) != len(result.boxes):  # some line has no places for its characters
        return [
            glyph
            for text, score, box in zip(result.txts, result.scores, result.boxes, strict=True)
            for glyph in _evenly(text, float(score), box, scale)
        ]
    return [
        glyph
        for line, box in zip(result.word_results, result.boxes, strict=True)
        for glyph in _placed(line, box, scale)
    ]


def _placed(line: Any, box: Any, scale: float) -> Iterator[Glyph]:
    """The characters of a line where the recogniser saw them. All share the line's height: their own boxes are as high as the slanted
    line. Those of a line that is written downwards share its width."""
    left, right, top, bottom = _sides(box)
    upright = bottom - top >= _UPRIGHT * (right - left) and len(line) > 1
    for text, confidence, corners in line:
        if not text.strip():
            continue
        xs = [float(corner[0]) for corner in corners]
        ys = [float(corner[1]) for corner in corners]
        x0, x1, y0, y1 = (left, right, min(ys), max(ys)) if upright else (min(xs), max(xs), top, bottom)
        sure = round(float(confidence), 4)
        yield Glyph(text, x0 / scale, y0 / scale, x1 / scale, y1 / scale, confidence=sure)


def _evenly(text: str, confidence: float, box: Any, scale: float) -> Iterator[Glyph]:
    """The characters of a line side by side, where only the line's place is known."""
    left, right, top, bottom = (side / scale for side in _sides(box))
    step = (right - left) / max(len(text), 1)
    for at, char in enumerate(text):
        if not char.isspace():
            yield Glyph(char, left + at * step, top, left + (at + 1) * step, bottom, confidence=round(confidence, 4))


def _sides(box: Any) -> tuple[float, float, float, float]:
    """The left, right, upper and lower side of a line that may be slanted."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = ((float(x), float(y)) for x, y in box)
    middle = (y0 + y1 + y2 + y3) / 4
    half = (math.dist((x0, y0), (x3, y3)) + math.dist((x1, y1), (x2, y2))) / 4
    return min(x0, x3), max(x1, x2), middle - half, middle + half


def _reread(picture: Picture, scale: float, spot: Spot) -> list[Glyph]:
    """The characters of a line that was overlooked, read from its part of the page."""
    import cv2

    margin = max((spot.bottom - spot.top) // 5, 4)
    left, top = max(spot.left - margin, 0), max(spot.top - margin, 0)
    part = picture[top : spot.bottom + margin, left : spot.right + margin]
    result = engine()(cv2.cvtColor(part, cv2.COLOR_GRAY2BGR), use_det=False)
    if not result.txts or not result.txts[0].strip() or result.scores[0] < SURE:
        return []
    corners = [(spot.left, spot.top), (spot.right, spot.top), (spot.right, spot.bottom), (spot.left, spot.bottom)]
    return list(_evenly(result.txts[0].strip(), float(result.scores[0]), corners, scale))


def _single_lined(glyphs: list[Glyph]) -> list[Glyph]:
    """Without single characters that were read from several short lines at once: these are left to be read one by one."""
    usual = median(glyph.bottom - glyph.top for glyph in glyphs) if glyphs else 0.0
    return [glyph for glyph in glyphs if glyph.bottom - glyph.top < _TWO_LINES * max(usual, glyph.x1 - glyph.x0)]


def _mended(glyphs: list[Glyph]) -> list[Glyph]:
    """The characters with ‰ for what it is misread as; every such one is doubtful."""
    text = ''.join(glyph.text[:1] for glyph in glyphs)
    for match in reversed(list(_PERMILLE.finditer(text))):
        sign, circle = glyphs[match.start()], glyphs[match.start() + 1]
        if abs(circle.top - sign.top) < (sign.bottom - sign.top) / 2:
            glyphs[match.start() : match.end()] = [sign._replace(text='‰', x1=circle.x1, confidence=0.0)]
    return glyphs


def rules_of(picture: Picture, scale: float) -> list[RuledLine]:
    """The ruled lines: runs of ink longer than any stroke."""
    import cv2
    import numpy as np

    ink = cv2.adaptiveThreshold(cv2.bitwise_not(picture), 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 31, -10)
    length = max(8, int(_SHORTEST_BORDER * scale))
    found: list[RuledLine] = []
    for shape, thicken in (((length, 1), (1, 3)), ((1, length), (3, 1))):
        # A line that is still slightly slanted is a staircase: thickened, its steps join.
        thick = cv2.dilate(ink, np.ones(thicken[::-1], np.uint8))
        lines = cv2.morphologyEx(thick, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, shape))
        _, _, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
        for x, y, width, height, _ in stats[1:]:
            if min(width, height) * 6 < max(width, height):
                found.append(RuledLine(x / scale, y / scale, (x + width) / scale, (y + height) / scale))
    return found
