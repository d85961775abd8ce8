"""User space of a PDF page → the page as shown: top left corner at (0, 0), y downwards."""

from __future__ import annotations

from typing import NamedTuple


class View(NamedTuple):
    """The part of user space that is shown, and by how much the page is turned clockwise: 0, 90, 180 or 270."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """(x0, top, x1, bottom) of a box of user space, ``x0 <= x1`` and ``y0 <= y1``."""
        if self.turn == 90:
            return y0 - self.bottom, x0 - self.left, y1 - self.bottom, x1 - self.left
        if self.turn == 180:
            return self.right - x1, y0 - self.bottom, self.right - x0, y1 - self.bottom
        if self.turn == 270:
            return self.top - y1, self.right - x1, self.top - y0, self.right - x0
        return x0 - self.left, self.top - y1, x1 - self.left, self.top - y0
