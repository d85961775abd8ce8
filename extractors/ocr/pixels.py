"""Pages as grey pixels: how large they may be, and how finely they are looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    # Rows of grey pixels from the top; 0 is black.
    Picture = npt.NDArray[np.uint8]

# A sheet of A3 at 600 dots an inch has 70 million.
MAX_PIXELS = 100_000_000
# Recognition is as good at 150 dots an inch as at 300, and four times as fast: larger pictures are made smaller.
DPI = 150
