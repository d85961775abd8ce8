"""Pages as grey pixels: how large they may be, and how finely they are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kaohe.extractors.layout.ruling import RuledLine

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    # Rows of grey pixels from the top; 0 is black.
    Picture = npt.NDArray[np.uint8]

# A sheet of A3 at 600 dots an inch has 70 million.
MAX_PIXELS = 100_000_000
# Recognition is as good at 150 dots an inch as at 300, and four times as fast: larger pictures are made smaller.
DPI = 150


def only(drawn: Picture, scale: float, boxes: Sequence[RuledLine]) -> Picture:
    """The page with white paper outside the boxes, in points: what is written there is known, and would be recognised for nothing."""
    import numpy as np

    kept = np.full_like(drawn, 255)
    for box in boxes:
        rows = slice(max(0, int(box.top * scale)), int(box.bottom * scale) + 1)
        cols = slice(max(0, int(box.x0 * scale)), int(box.x1 * scale) + 1)
        kept[rows, cols] = drawn[rows, cols]
    return kept
