"""One PDF page → its characters and ruled lines, through pdfium.

pdfium reads the characters because it is more than ten times as fast as pdfplumber's own reader (30 pages of a scoring table, 1,700 characters
each: 11 ms a page against 142 ms) and bears broken files better. It merges runs of blanks into one; how many there were shows in
the gap that is left.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extractors.lines import Glyph
from extractors.pages import PageMarks
from extractors.ruling import TOLERANCE, Rule

_DEPTH = 8
_UNKNOWN = '\ufffd'
_LIGATURE = frozenset('fijlst')


class _View(NamedTuple):
    """How user space lies on the page as shown: top left corner at (0, 0), y downwards."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    def place(self, x: float, y: float) -> tuple[float, float]:
        if self.turn == 90:
            return y - self.bottom, x - self.left
        if self.turn == 180:
            return self.right - x, y - self.bottom
        if self.turn == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        ax, ay = self.place(x0, y0)
        bx, by = self.place(x1, y1)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def read_marks(page: pdfium.PdfPage) -> PageMarks:
    """Everything drawn on the page that matters. Raises ``pdfium.PdfiumError`` where the page cannot be read."""
    left, bottom, right, top = page.get_cropbox()
    view = _View(left, bottom, right, top, page.get_rotation())
    text_page = page.get_textpage()
    try:
        glyphs, undecodable = _glyphs(text_page.raw, view)
    finally:
        text_page.close()
    rules: list[Rule] = []
    images: list[Rule] = []
    count, get = raw.FPDFPage_CountObjects(page.raw), raw.FPDFPage_GetObject
    for item, matrix in _objects(page.raw, count, get, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), _DEPTH):
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            rules += (Rule(*view.box(*line)) for line in _lines_of_path(item, matrix))
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            images.append(_box_of(item, matrix, view))
    return PageMarks(page.get_width(), page.get_height(), glyphs, rules, images, undecodable)


def _glyphs(text_page: object, view: _View) -> tuple[list[Glyph], int]:
    loose, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    glyphs: list[Glyph] = []
    undecodable = 0
    place: tuple[float, float] | None = None
    for at in range(raw.FPDFText_CountChars(text_page)):
        if raw.FPDFText_IsGenerated(text_page, at) == 1:
            continue
        char = _char(raw.FPDFText_GetUnicode(text_page, at))
        raw.FPDFText_GetCharOrigin(text_page, at, x, y)
        if (x.value, y.value) == place and char in _LIGATURE and glyphs[-1].text[-1] in _LIGATURE:
            # pdfium takes a ligature apart: its letters stand at one place, and are no letter drawn twice.
            glyphs[-1] = glyphs[-1]._replace(text=glyphs[-1].text + char)
            continue
        place = x.value, y.value
        undecodable += char == _UNKNOWN or (_rare(char) and raw.FPDFText_HasUnicodeMapError(text_page, at) == 1)
        raw.FPDFText_GetLooseCharBox(text_page, at, loose)
        raw.FPDFText_GetMatrix(text_page, at, matrix)
        em = raw.FPDFText_GetFontSize(text_page, at) * math.hypot(matrix.c, matrix.d)
        turn = round(math.degrees(math.atan2(-matrix.b, matrix.a)) / 90) * 90 % 360
        glyphs.append(_glyph(char, (loose.left, loose.bottom, loose.right, loose.top), place, em, turn, view))
    return glyphs, undecodable


def _char(code: int) -> str:
    """The character of a code of pdfium's, which marks a word-breaking hyphen with 2."""
    if code == 2:
        return '-'
    if code in (9, 10, 13):
        return ' '
    known = code >= 32 and not 0xD800 <= code < 0xE000 and code <= 0x10FFFF and code & 0xFFFE != 0xFFFE
    return chr(code) if known else _UNKNOWN


def _glyph(
    char: str,
    loose: tuple[float, float, float, float],
    origin: tuple[float, float],
    em: float,
    turn: int,
    view: _View,
) -> Glyph:
    """The character's em square: along the writing from pdfium's box, across it from the base line."""
    x0, y0, x1, y1 = loose
    x, y = origin
    if turn == 0:
        x0, y0, y1 = min(x, x1), y - 0.12 * em, y + 0.88 * em
    elif turn == 90:
        x0, x1, y1 = x - 0.12 * em, x + 0.88 * em, max(y, y0)
    elif turn == 180:
        x1, y0, y1 = max(x, x0), y - 0.88 * em, y + 0.12 * em
    else:
        x0, x1, y0 = x - 0.88 * em, x + 0.12 * em, min(y, y1)
    return Glyph(char, *view.box(x0, y0, x1, y1), (turn + view.turn) % 360)


def _rare(char: str) -> bool:
    """Whether Chinese office text hardly has it: where the font does not say what it is, it was guessed wrongly."""
    return char > '\u024f' and not char.encode('gb2312', 'ignore')


_Matrix = tuple[float, float, float, float, float, float]


def _objects(
    holder: object, count: int, get: Callable[[object, int], object], matrix: _Matrix, depth: int
) -> Iterator[tuple[object, _Matrix]]:
    """The objects of the page and of the forms in it, each with the matrix of its form."""
    for at in range(count):
        item = get(holder, at)
        if depth and raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_FORM:
            inner = _times(_matrix(item), matrix)
            yield from _objects(item, raw.FPDFFormObj_CountObjects(item), raw.FPDFFormObj_GetObject, inner, depth - 1)
        else:
            yield item, matrix


def _matrix(item: object) -> _Matrix:
    found = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, found)
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(first: _Matrix, then: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    return (
        a * then[0] + b * then[2],
        a * then[1] + b * then[3],
        c * then[0] + d * then[2],
        c * then[1] + d * then[3],
        e * then[0] + f * then[2] + then[4],
        e * then[1] + f * then[3] + then[5],
    )


def _box_of(item: object, form: _Matrix, view: _View) -> Rule:
    """Where a picture stands: it is drawn on the unit square of its own space."""
    a, b, c, d, e, f = _times(_matrix(item), form)
    xs, ys = (e, e + a, e + c, e + a + c), (f, f + b, f + d, f + b + d)
    return Rule(*view.box(min(xs), min(ys), max(xs), max(ys)))


def _lines_of_path(item: object, form: _Matrix) -> Iterator[tuple[float, float, float, float]]:
    """The level and upright lines of a path, in user space: strokes, and filled bars as thin as a line."""
    a, b, c, d, e, f = _times(_matrix(item), form)
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, fill, stroke)
    x, y = ctypes.c_float(), ctypes.c_float()
    outline: list[tuple[float, float]] = []
    for at in range(raw.FPDFPath_CountSegments(item)):
        segment = raw.FPDFPath_GetPathSegment(item, at)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            yield from _lines_of_outline(outline, bool(stroke.value))
            outline = []
        outline.append(point)
        if raw.FPDFPathSegment_GetClose(segment):
            outline.append(outline[0])
    yield from _lines_of_outline(outline, bool(stroke.value))


def _lines_of_outline(points: list[tuple[float, float]], stroked: bool) -> Iterator[tuple[float, float, float, float]]:
    if len(points) < 2:
        return
    x0, x1 = min(x for x, _ in points), max(x for x, _ in points)
    y0, y1 = min(y for _, y in points), max(y for _, y in points)
    if min(x1 - x0, y1 - y0) <= TOLERANCE:
        yield x0, y0, x1, y1
    elif stroked:
        for (ax, ay), (bx, by) in pairwise(points):
            if min(abs(ax - bx), abs(ay - by)) < 0.5:
                yield min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)
