"""Pages that were scanned askew or lie on their side: they are turned until their writing is level."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from kaohe.extractors.layout.text_lines import Glyph

if TYPE_CHECKING:
    from kaohe.extractors.ocr.pixels import Picture

_MAX_SKEW = 4.0
# Writing of which the recogniser is surer than this was read the right way up.
SURE = 0.5


def upright(picture: Picture, read: Callable[[Picture], list[Glyph]]) -> tuple[Picture, list[Glyph]]:
    """The page stood up where it lies on its side, and the characters that ``read`` finds on it."""
    import numpy as np

    glyphs = read(picture)
    if not _lies(glyphs):
        return picture, glyphs
    stood = (np.ascontiguousarray(np.rot90(picture, turns)) for turns in (3, 1))
    readings = [(picture, glyphs), *((one, read(one)) for one in stood)]
    return max(readings, key=lambda found: _certainty(found[1]) * len(found[1]))


def straightened(picture: Picture) -> Picture:
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


def _lies(glyphs: Sequence[Glyph]) -> bool:
    """Whether most of the writing runs up or down: its lines were read with a character or two each, higher than wide."""
    high = sum(glyph.bottom - glyph.top > 4 * (glyph.x1 - glyph.x0) for glyph in glyphs)
    return bool(glyphs) and (high > 0.5 * len(glyphs) or _certainty(glyphs) < SURE)


def _certainty(glyphs: Sequence[Glyph]) -> float:
    return sum(glyph.confidence or 0.0 for glyph in glyphs) / len(glyphs) if glyphs else 0.0
