"""What lies under something on a PDF page: text over which a white or black box was drawn later, so that nobody sees it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from itertools import pairwise

import pypdfium2.raw as raw

from kaohe.extractors.pdf import pdfium
from kaohe.extractors.pdf.pdfium import Handle

# A box is higher and wider than the lines of a table, in points; of more boxes than this on a page they are the grounds of its cells.
_LEAST = 4.0
_MOST = 50
# Other colours mark text, and let it show.
_BLACK, _WHITE = 30, 250
# The segments of a box, closed by a last one or not.
_SIDES = (4, 5)
_Bounds = tuple[float, float, float, float]


def covered_texts(objects: Sequence[tuple[int, Handle]]) -> Iterator[int]:
    """The addresses of the text objects that lie wholly under a box; ``objects`` are (kind, object) in the order in which they are drawn."""
    boxes: list[_Bounds] = []
    for kind, item in reversed(objects):
        if kind == raw.FPDF_PAGEOBJ_PATH and _covers(item):
            left, bottom, right, top = box = _bounds(item)
            if min(right - left, top - bottom) > _LEAST:
                boxes.append(box)
                if len(boxes) > _MOST:
                    return
        elif kind == raw.FPDF_PAGEOBJ_TEXT and boxes and item.value is not None:
            left, bottom, right, top = _bounds(item)
            if any(x0 <= left and right <= x1 and y0 <= bottom and top <= y1 for x0, y0, x1, y1 in boxes):
                yield item.value


def _covers(path: Handle) -> bool:
    if pdfium.segments(path) not in _SIDES:
        return False  # what holds more is drawn line by line
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.draw_mode(path, ctypes.byref(fill), ctypes.byref(stroke))
    if not fill.value:
        return False
    colors = (ctypes.c_uint * 4)()
    if not pdfium.object_color(path, *(ctypes.byref(colors, 4 * at) for at in range(4))) or colors[3] < 255:
        return False
    if min(colors[:3]) < _WHITE and max(colors[:3]) > _BLACK:
        return False
    return _is_upright(path) and not _shows_through(path)


def _is_upright(path: Handle) -> bool:
    """Whether the sides of the box stand upright: a slanted one covers less than its bounds."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points = []
    for at in range(pdfium.segments(path)):
        pdfium.segment_point(pdfium.segment(path, at), ctypes.byref(x), ctypes.byref(y))
        points.append((x.value, y.value))
    return all(one[0] == other[0] or one[1] == other[1] for one, other in pairwise((*points, points[0])))


def _shows_through(path: Handle) -> bool:
    """Whether only a part of the box is drawn (clipped), or it mixes with what lies below (Multiply)."""
    item = ctypes.cast(path, raw.FPDF_PAGEOBJECT)
    clip = raw.FPDFPageObj_GetClipPath(item)
    return bool(raw.FPDFPageObj_HasTransparency(item)) or bool(clip and raw.FPDFClipPath_CountPaths(clip) > 0)


def _bounds(item: Handle) -> _Bounds:
    found = (ctypes.c_float * 4)()
    pdfium.object_bounds(item, *(ctypes.byref(found, 4 * at) for at in range(4)))
    return found[0], found[1], found[2], found[3]
