"""One PDF page → its characters, ruled lines and pictures, through pdfium.

pdfium reads the characters because it is more than ten times as fast as pdfplumber's own reader (30 pages of a scoring table, 1,700 characters
each: 11 ms a page against 142 ms) and bears broken files better.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Iterator
from itertools import pairwise

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
_UNIT: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


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
    for kind, item, form in _objects(pdfium.handle(page.raw)):
        if kind == raw.FPDF_PAGEOBJ_PATH:
            rules += [Rule(*view.box(*line)) for line in _lines_of_path(item, form)]
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            images.append(Rule(*view.box(*_box_of(item, form))))
    return PageMarks(page.get_width(), page.get_height(), glyphs, rules, images, undecodable)


def _objects(page: Handle) -> Iterator[tuple[int, Handle, _Matrix]]:
    """(kind, object, matrix of the form that it stands in) of all that stands on the page and in the forms on it."""
    for at in range(pdfium.objects_of_page(page)):
        yield from _unfolded(pdfium.object_of_page(page, at), _UNIT, _DEPTH)


def _unfolded(item: Handle, form: _Matrix, depth: int) -> Iterator[tuple[int, Handle, _Matrix]]:
    kind = pdfium.object_kind(item)
    if depth and kind == raw.FPDF_PAGEOBJ_FORM:
        inner = _times(_matrix(item), form)
        for at in range(pdfium.objects_of_form(item)):
            yield from _unfolded(pdfium.object_of_form(item, at), inner, depth - 1)
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


def _lines_of_path(item: Handle, form: _Matrix) -> list[tuple[float, float, float, float]]:
    """The level and upright lines of a path, in user space: strokes, and filled bars as thin as a line."""
    a, b, c, d, e, f = _times(_matrix(item), form)
    x, y = ctypes.c_float(), ctypes.c_float()
    to_x, to_y = ctypes.byref(x), ctypes.byref(y)
    lines: list[tuple[float, float, float, float]] = []
    outline: list[tuple[float, float]] = []
    for at in range(pdfium.segments(item)):
        segment = pdfium.segment(item, at)
        pdfium.segment_point(segment, to_x, to_y)
        if outline and pdfium.segment_kind(segment) == raw.FPDF_SEGMENT_MOVETO:
            lines += _lines_of_outline(outline, item)
            outline = []
        outline.append((a * x.value + c * y.value + e, b * x.value + d * y.value + f))
        if pdfium.segment_closes(segment):
            outline.append(outline[0])
    lines += _lines_of_outline(outline, item)
    return lines


def _lines_of_outline(points: list[tuple[float, float]], path: Handle) -> list[tuple[float, float, float, float]]:
    if len(points) < 2:
        return []
    xs, ys = zip(*points, strict=True)
    x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
    if min(x1 - x0, y1 - y0) <= TOLERANCE:
        return [(x0, y0, x1, y1)]
    if not _stroked(path):
        return []
    return [
        (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
        for (ax, ay), (bx, by) in pairwise(points)
        if min(abs(ax - bx), abs(ay - by)) < 0.5
    ]


def _stroked(path: Handle) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.draw_mode(path, ctypes.byref(fill), ctypes.byref(stroke))
    return bool(stroke.value)
