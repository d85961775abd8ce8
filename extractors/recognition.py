"""A picture of a page → its characters and ruled lines, by optical character recognition (the optional part ``ocr``).

rapidocr finds and reads the lines of text and says where each character stands and how sure it is; OpenCV finds the ruled lines.
Nothing is fetched: the models are in the package.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from extractors.lines import Glyph
from extractors.pages import PageMarks
from extractors.ruling import Rule

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Picture = npt.NDArray[np.uint8]

# A sheet of A3 at 600 dots an inch has 70 million.
MAX_PIXELS = 100_000_000
# Recognition is as good at 150 dots an inch as at 300, and four times as fast: larger pictures are made smaller.
DPI = 150
# A border is longer than any stroke of a character: so long, in points, is the shortest that counts.
_SHORTEST_BORDER = 28.0
_MAX_SKEW = 4.0
_SURE = 0.5
# The recogniser reads ‰ as % with a small circle behind it. A digit or a point after that circle means that it was a zero.
_PERMILLE = re.compile(r'%[0oO〇](?![0-9.])')


def available() -> bool:
    """Whether the optional part is installed."""
    return find_spec('rapidocr') is not None and find_spec('cv2') is not None


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params={'Global.log_level': 'critical', 'Global.use_cls': False})


def recognise(picture: Picture, scale: float) -> PageMarks:
    """What a page shows. ``picture`` is grey, rows of pixels from the top; ``scale`` is pixels a point.

    A page that lies on its side is stood up, a skewed one straightened: positions are those of the straight page.
    """
    import numpy as np

    picture = _straightened(picture)
    glyphs = _glyphs(picture, scale)
    if _lies(glyphs):
        stood = (np.ascontiguousarray(np.rot90(picture, turns)) for turns in (3, 1))
        picture, glyphs = max(((one, _glyphs(one, scale)) for one in stood), key=lambda read: _certainty(read[1]))
    height, width = picture.shape[:2]
    whole = Rule(0.0, 0.0, width / scale, height / scale)
    return PageMarks(width / scale, height / scale, _mended(glyphs), _rules(picture, scale), images=[whole])


def _glyphs(picture: Picture, scale: float) -> list[Glyph]:
    import cv2

    result = _engine()(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR), return_word_box=True, return_single_char_box=True)
    found: list[Glyph] = []
    for line, box in zip(result.word_results or (), () if result.boxes is None else result.boxes, strict=True):
        # All characters of a line share its height: their own boxes are as high as the slanted line.
        middle = sum(float(corner[1]) for corner in box) / 4
        half = (math.dist(box[0], box[3]) + math.dist(box[1], box[2])) / 4
        for text, confidence, corners in line:
            xs = [float(corner[0]) for corner in corners]
            if text.strip():
                found.append(
                    Glyph(
                        text,
                        min(xs) / scale,
                        (middle - half) / scale,
                        max(xs) / scale,
                        (middle + half) / scale,
                        confidence=round(float(confidence), 4),
                    )
                )
    return found


def _lies(glyphs: Sequence[Glyph]) -> bool:
    """Whether most of the writing runs up or down: its lines were read with a character or two each, higher than wide."""
    high = sum(glyph.bottom - glyph.top > 4 * (glyph.x1 - glyph.x0) for glyph in glyphs)
    return bool(glyphs) and (high > 0.5 * len(glyphs) or _certainty(glyphs) < _SURE)


def _certainty(glyphs: Sequence[Glyph]) -> float:
    return sum(glyph.confidence or 0.0 for glyph in glyphs) / len(glyphs) if glyphs else 0.0


def _mended(glyphs: list[Glyph]) -> list[Glyph]:
    """The characters with ‰ for what it is misread as; every such one is doubtful."""
    text = ''.join(glyph.text[:1] for glyph in glyphs)
    for match in reversed(list(_PERMILLE.finditer(text))):
        sign, circle = glyphs[match.start()], glyphs[match.start() + 1]
        if abs(circle.top - sign.top) < (sign.bottom - sign.top) / 2:
            glyphs[match.start() : match.end()] = [sign._replace(text='‰', x1=circle.x1, confidence=0.0)]
    return glyphs


def _straightened(picture: Picture) -> Picture:
    """The picture turned so that lines of text are level: the turn at which the rows of ink differ most."""
    import cv2
    import numpy as np

    small = cv2.resize(picture, None, fx=0.4, fy=0.4, interpolation=cv2.INTER_AREA)
    ink = (small < 160).astype(np.float32)

    def sharpness(angle: float) -> float:
        rows = _turned(ink, angle, 0).sum(axis=1)
        return float(np.square(np.diff(rows)).sum())

    best = max(np.arange(-_MAX_SKEW, _MAX_SKEW + 0.1, 0.5), key=sharpness)
    best = max(np.arange(best - 0.5, best + 0.51, 0.1), key=sharpness)
    return picture if abs(best) < 0.05 else _turned(picture, float(best), 255)


def _turned(picture: Any, angle: float, background: int) -> Any:
    import cv2

    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
    return cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=background)


def _rules(picture: Picture, scale: float) -> list[Rule]:
    """The ruled lines: runs of ink longer than any stroke."""
    import cv2
    import numpy as np

    ink = cv2.adaptiveThreshold(cv2.bitwise_not(picture), 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 31, -10)
    length = max(8, int(_SHORTEST_BORDER * scale))
    found: list[Rule] = []
    for shape, thicken in (((length, 1), (1, 3)), ((1, length), (3, 1))):
        # A line that is still slightly slanted is a staircase: thickened, its steps join.
        thick = cv2.dilate(ink, np.ones(thicken[::-1], np.uint8))
        lines = cv2.morphologyEx(thick, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, shape))
        _, _, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
        for x, y, width, height, _ in stats[1:]:
            if min(width, height) * 6 < max(width, height):
                found.append(Rule(x / scale, y / scale, (x + width) / scale, (y + height) / scale))
    return found
