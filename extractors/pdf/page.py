"""One PDF page → its characters, ruled lines and pictures, through pdfium.

pdfium reads the characters because it is more than ten times as fast as pdfplumber's own reader (30 pages of a scoring table, 1,700 characters
each: 11 ms a page against 142 ms) and bears broken files better.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Callable, Iterator
from itertools import pairwise
from operator import itemgetter

import pypdfium2 as pypdfium
import pypdfium2.raw as raw

from kaohe.extractors.layout.composition import PageMarks
from kaohe.extractors.layout.inks import sort_out, without_struck
from kaohe.extractors.layout.ruling import TOLERANCE, RuledLine
from kaohe.extractors.layout.text_lines import Glyph
from kaohe.extractors.pdf import pdfium
from kaohe.extractors.pdf.annotations import annotated
from kaohe.extractors.pdf.covers import covered_texts
from kaohe.extractors.pdf.glyphs import glyphs_of
from kaohe.extractors.pdf.layers import absent_objects
from kaohe.extractors.pdf.pdfium import Handle
from kaohe.extractors.pdf.view import View

_DEPTH = 8
# A picture that covers this part of a page is a scan.
_COVERS = 0.4
# White writing shows on a ground of which one colour is below this (of 255).
_DARK = 225
_X0, _TOP, _X1, _BOTTOM = (itemgetter(at) for at in range(1, 5))
_SIX = struct.Struct('6f')

_PATH, _IMAGE, _FORM = raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM
_MOVE, _CURVE = raw.FPDF_SEGMENT_MOVETO, raw.FPDF_SEGMENT_BEZIERTO

_Matrix = tuple[float, float, float, float, float, float]
_UNIT: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
# The points of a run of a path's segments that hang together, in user space, the segments that end there, and which of them bend.
_Outline = tuple[list[tuple[float, float]], list[Handle], set[int]]


def read_marks(page: pypdfium.PdfPage, off: frozenset[str] = frozenset()) -> PageMarks:
    """Everything drawn on the page that matters. ``off`` are the names of the layers that are switched off. Raises ``pypdfium2.PdfiumError`` where the page cannot be read."""
    left, bottom, right, top = page.get_bbox()  # as pdfium draws it; an empty box counts for a sheet of Letter
    view = View(left, bottom, right, top, page.get_rotation())
    whole = pdfium.handle(page.raw)
    count, get = pdfium.objects_of_page(whole), pdfium.object_of_page
    objects = [*_objects(whole, count, get, _UNIT, _DEPTH)]
    absent = absent_objects(whole, off)
    covered = covered_texts([(kind, item) for kind, item, form in objects if form is _UNIT])
    text_page = page.get_textpage()
    try:
        written = glyphs_of(text_page.raw, view, absent.union(covered))
    finally:
        text_page.close()
    rules: list[RuledLine] = []
    grounds: list[RuledLine] = []
    light = not all(ink.plain for _, ink in written.runs)
    images: list[RuledLine] = []
    outlines_of = _outline_reader()
    for kind, item, form in objects:
        if item.value in absent:
            continue
        if kind == _PATH:
            for points, segments, bent in outlines_of(item, form):
                rules += [RuledLine(*view.box(*line)) for line in _lines_of(points, segments, bent, item)]
                if light and _is_dark(item):
                    xs, ys = zip(*points, strict=True)
                    grounds.append(RuledLine(*view.box(min(xs), min(ys), max(xs), max(ys))))
        elif kind == _IMAGE:
            images.append(RuledLine(*view.box(*_box_of(item, form))))
    width, height = page.get_width(), page.get_height()
    scanned = any((box.x1 - box.x0) * (box.bottom - box.top) > _COVERS * width * height for box in images)
    layered = scanned or (bool(images) and all(ink.unseen for _, ink in written.runs))
    seen = sort_out(written.glyphs, written.runs, grounds + images, layered=layered)
    text, rules, struck = without_struck(seen.text, rules)
    shown = text if _all_on_page(text, width, height) else [glyph for glyph in text if _on_page(glyph, width, height)]
    filled, crossed, differing = annotated(page, view)
    kept = [glyph for glyph in shown if not any(_within(glyph, box) for box in crossed)] if crossed else shown
    return PageMarks(
        width,
        height,
        [*kept, *filled],
        rules,
        images,
        unmapped=tuple(RuledLine(*written.glyphs[at][1:5]) for at in sorted(written.unmapped)),
        watermarks=seen.watermarks,
        hidden=(seen.hidden or bool(absent)) + struck + len(crossed) + (len(shown) < len(text)),
        layered=layered and any(ink.unseen for _, ink in written.runs),
        differing=differing,
    )


def _all_on_page(glyphs: list[Glyph], width: float, height: float) -> bool:
    return not glyphs or bool(
        min(map(_X0, glyphs)) >= 0
        and min(map(_TOP, glyphs)) >= 0
        and max(map(_X1, glyphs)) <= width
        and max(map(_BOTTOM, glyphs)) <= height
    )


def _on_page(glyph: Glyph, width: float, height: float) -> bool:
    """Whether the character stands in the part of the page that is shown."""
    return -1 <= (glyph.x0 + glyph.x1) / 2 <= width + 1 and -1 <= (glyph.top + glyph.bottom) / 2 <= height + 1


def _within(glyph: Glyph, box: RuledLine) -> bool:
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    return box.x0 <= x <= box.x1 and box.top <= y <= box.bottom


def _is_dark(path: Handle) -> bool:
    """Whether the path is filled with a colour on which white writing shows."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.draw_mode(path, ctypes.byref(fill), ctypes.byref(stroke))
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not fill.value or not pdfium.object_color(path, *map(ctypes.byref, (red, green, blue, alpha))):
        return False
    return min(red.value, green.value, blue.value) < _DARK and alpha.value > 0


def _objects(
    holder: Handle, count: int, get: Callable[[Handle, int], Handle], form: _Matrix, depth: int
) -> Iterator[tuple[int, Handle, _Matrix]]:
    """(kind, object, matrix of the form that it stands in) of all that stands on the page and in the forms on it."""
    for at in range(count):
        item = get(holder, at)
        kind = pdfium.object_kind(item)
        if depth and kind == _FORM:
            inner = _times(_matrix(item), form)
            yield from _objects(item, pdfium.objects_of_form(item), pdfium.object_of_form, inner, depth - 1)
        else:
            yield kind, item, form


def _matrix(item: Handle) -> _Matrix:
    found = raw.FS_MATRIX()
    pdfium.object_matrix(item, ctypes.byref(found))
    return _SIX.unpack_from(found)


def _times(first: _Matrix, then: _Matrix) -> _Matrix:
    if then is _UNIT:
        return first
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _box_of(item: Handle, form: _Matrix) -> tuple[float, float, float, float]:
    """Where a picture stands, in user space: it is drawn on the unit square of its own space."""
    a, b, c, d, e, f = _times(_matrix(item), form)
    xs, ys = (e, e + a, e + c, e + a + c), (f, f + b, f + d, f + b + d)
    return min(xs), min(ys), max(xs), max(ys)


def _outline_reader() -> Callable[[Handle, _Matrix], list[_Outline]]:
    """What gives the outlines of a path that stands in a form with a matrix. It keeps the places for answers."""
    matrix, x, y = raw.FS_MATRIX(), ctypes.c_float(), ctypes.c_float()
    to_matrix, to_x, to_y = ctypes.byref(matrix), ctypes.byref(x), ctypes.byref(y)

    def outlines_of(path: Handle, form: _Matrix) -> list[_Outline]:
        pdfium.object_matrix(path, to_matrix)
        a, b, c, d, e, f = _times(_SIX.unpack_from(matrix), form)
        found: list[_Outline] = []
        for at in range(pdfium.segments(path)):
            segment = pdfium.segment(path, at)
            kind = pdfium.segment_kind(segment)
            if at == 0 or kind == _MOVE:
                points: list[tuple[float, float]] = []
                segments: list[Handle] = []
                bent: set[int] = set()
                found.append((points, segments, bent))
            elif kind == _CURVE:
                bent.add(len(points))
            pdfium.segment_point(segment, to_x, to_y)
            px, py = x.value, y.value
            points.append((a * px + c * py + e, b * px + d * py + f))
            segments.append(segment)
        return found

    return outlines_of


def _lines_of(
    points: list[tuple[float, float]], segments: list[Handle], bent: set[int], path: Handle
) -> list[tuple[float, float, float, float]]:
    """The level and upright lines of an outline, in user space: strokes, and filled bars as thin as a line."""
    if len(points) == 1 and not pdfium.segment_closes(segments[0]):
        return []
    xs, ys = zip(*points, strict=True)
    x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
    if min(x1 - x0, y1 - y0) <= TOLERANCE:
        return [(x0, y0, x1, y1)]
    if not _stroked(path):
        return []
    return [
        (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
        for ((_, (ax, ay)), (at, (bx, by))) in pairwise(_closed(points, segments))
        if min(abs(ax - bx), abs(ay - by)) < 0.5 and at not in bent
    ]


def _closed(
    points: list[tuple[float, float]], segments: list[Handle]
) -> Iterator[tuple[int | None, tuple[float, float]]]:
    """Where the pen goes, with which segment: one that closes the outline leads back to its beginning, straight."""
    for at, (point, segment) in enumerate(zip(points, segments, strict=True)):
        yield at, point
        if pdfium.segment_closes(segment):
            yield None, points[0]


def _stroked(path: Handle) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.draw_mode(path, ctypes.byref(fill), ctypes.byref(stroke))
    return bool(stroke.value)
