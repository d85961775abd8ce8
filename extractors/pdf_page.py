"""One PDF page → its characters, ruled lines and pictures, through pdfium.

pdfium reads the characters because it is more than ten times as fast as pdfplumber's own reader (30 pages of a scoring table, 1,700 characters
each: 11 ms a page against 142 ms) and bears broken files better.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

import pypdfium2 as pypdfium
import pypdfium2.raw as raw

from extractors import pdf_calls as pdfium
from extractors.pages import PageMarks
from extractors.pdf_calls import Handle
from extractors.pdf_glyphs import glyphs_of
from extractors.pdf_view import View
from extractors.ruling import TOLERANCE, Rule

_DEPTH = 8

_Matrix = tuple[float, float, float, float, float, float]


def read_marks(page: pypdfium.PdfPage) -> PageMarks:
    """Everything drawn on the page that matters. Raises ``pypdfium2.PdfiumError`` where the page cannot be read."""
    left, bottom, right, top = page.get_cropbox()
    view = View(left, bottom, right, top, page.get_rotation())
    text_page = page.get_textpage()
    try:
        glyphs, undecodable = glyphs_of(text_page.raw, view)
    finally:
        text_page.close()
    rules: list[Rule] = []
    images: list[Rule] = []
    outlines_of = _outline_reader()
    whole = pdfium.handle(page.raw)
    count, get = pdfium.objects_of_page(whole), pdfium.object_of_page
    for kind, item, form in _objects(whole, count, get, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), _DEPTH):
        if kind == raw.FPDF_PAGEOBJ_PATH:
            for outline in outlines_of(item, _times(_matrix(item), form)):
                rules += [Rule(*view.box(*line)) for line in _lines_of(outline, item)]
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            images.append(Rule(*view.box(*_box_of(item, form))))
    return PageMarks(page.get_width(), page.get_height(), glyphs, rules, images, undecodable)


def _objects(
    holder: Handle, count: int, get: Callable[[Handle, int], Handle], form: _Matrix, depth: int
) -> Iterator[tuple[int, Handle, _Matrix]]:
    """(kind, object, matrix of the form that it stands in) of all that stands on the page and in the forms on it."""
    for at in range(count):
        item = get(holder, at)
        kind = pdfium.object_kind(item)
        if depth and kind == raw.FPDF_PAGEOBJ_FORM:
            inner = _times(_matrix(item), form)
            yield from _objects(item, pdfium.objects_of_form(item), pdfium.object_of_form, inner, depth - 1)
        else:
            yield kind, item, form


def _matrix(item: Handle) -> _Matrix:
    found = raw.FS_MATRIX()
    pdfium.object_matrix(item, ctypes.byref(found))
    return struct.unpack_from('6f', found)


def _times(first: _Matrix, then: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _box_of(item: Handle, form: _Matrix) -> tuple[float, float, float, float]:
    """Where a picture stands, in user space: it is drawn on the unit square of its own space."""
    a, b, c, d, e, f = _times(_matrix(item), form)
    xs, ys = (e, e + a, e + c, e + a + c), (f, f + b, f + d, f + b + d)
    return min(xs), min(ys), max(xs), max(ys)


class _Outline(NamedTuple):
    """A run of a path's segments that hang together: where each ends, in user space."""

    points: list[tuple[float, float]]
    segments: list[Handle]

    def closed(self) -> list[tuple[float, float]]:
        """The points in the order in which the pen goes there."""
        trail = []
        for point, segment in zip(*self, strict=True):
            trail.append(point)
            if pdfium.segment_closes(segment):
                trail.append(self.points[0])
        return trail


def _outline_reader() -> Callable[[Handle, _Matrix], list[_Outline]]:
    """What gives the outlines of a path in user space, whose matrix is the second argument."""
    x, y = ctypes.c_float(), ctypes.c_float()
    to_x, to_y = ctypes.byref(x), ctypes.byref(y)

    def outlines_of(path: Handle, matrix: _Matrix) -> list[_Outline]:
        a, b, c, d, e, f = matrix
        found: list[_Outline] = []
        for at in range(pdfium.segments(path)):
            segment = pdfium.segment(path, at)
            if at == 0 or pdfium.segment_kind(segment) == raw.FPDF_SEGMENT_MOVETO:
                points: list[tuple[float, float]] = []
                segments: list[Handle] = []
                found.append(_Outline(points, segments))
            pdfium.segment_point(segment, to_x, to_y)
            points.append((a * x.value + c * y.value + e, b * x.value + d * y.value + f))
            segments.append(segment)
        return found

    return outlines_of


def _lines_of(outline: _Outline, path: Handle) -> list[tuple[float, float, float, float]]:
    """The level and upright lines of an outline, in user space: strokes, and filled bars as thin as a line."""
    if len(outline.points) == 1 and not pdfium.segment_closes(outline.segments[0]):
        return []
    xs, ys = zip(*outline.points, strict=True)
    x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
    if min(x1 - x0, y1 - y0) <= TOLERANCE:
        return [(x0, y0, x1, y1)]
    if not _stroked(path):
        return []
    return [
        (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
        for (ax, ay), (bx, by) in pairwise(outline.closed())
        if min(abs(ax - bx), abs(ay - by)) < 0.5
    ]


def _stroked(path: Handle) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.draw_mode(path, ctypes.byref(fill), ctypes.byref(stroke))
    return bool(stroke.value)
