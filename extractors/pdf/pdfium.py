"""The functions of pdfium that are asked for every character and every line of a page.

pypdfium2 declares the types of their arguments, by which ctypes checks and converts each one: 0.77 µs a call. Called without
declarations, and without releasing the interpreter for calls this short, they take 0.33 µs, and a page takes ten thousand.
So pass what C expects: what ``handle`` or another function here returned, plain integers, ``ctypes.byref`` of a place for an answer.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as raw


class Handle(ctypes.c_void_p):
    """A page, text page, object or segment of pdfium's."""


def handle(pointer: object) -> Handle:
    """The handle that pypdfium2 holds as a typed pointer."""
    return Handle(_address(pointer))


def text_of(value: Any) -> str:
    """A text string of a PDF."""
    if not isinstance(value, bytes):
        return str(value)
    if value.startswith(b'\xfe\xff'):
        return value[2:].decode('utf-16-be', 'replace')
    return value.decode('latin-1')


def _address(pointer: Any) -> int:
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


def _undeclared(declared: Any, returns: type[Any]) -> Any:
    return ctypes.PYFUNCTYPE(returns)(_address(declared))


unicode = _undeclared(raw.FPDFText_GetUnicode, ctypes.c_uint)
is_generated = _undeclared(raw.FPDFText_IsGenerated, ctypes.c_int)
has_map_error = _undeclared(raw.FPDFText_HasUnicodeMapError, ctypes.c_int)
origin = _undeclared(raw.FPDFText_GetCharOrigin, ctypes.c_int)
loose_box = _undeclared(raw.FPDFText_GetLooseCharBox, ctypes.c_int)
text_matrix = _undeclared(raw.FPDFText_GetMatrix, ctypes.c_int)
font_size = _undeclared(raw.FPDFText_GetFontSize, ctypes.c_double)
fill_color = _undeclared(raw.FPDFText_GetFillColor, ctypes.c_int)
stroke_color = _undeclared(raw.FPDFText_GetStrokeColor, ctypes.c_int)
# an address, to tell objects apart: None where there is none
text_object = _undeclared(raw.FPDFText_GetTextObject, ctypes.c_void_p)
# takes such an address
render_mode = _undeclared(raw.FPDFTextObj_GetTextRenderMode, ctypes.c_int)
render_mode.argtypes = (ctypes.c_void_p,)

objects_of_page = _undeclared(raw.FPDFPage_CountObjects, ctypes.c_int)
object_of_page = _undeclared(raw.FPDFPage_GetObject, Handle)
objects_of_form = _undeclared(raw.FPDFFormObj_CountObjects, ctypes.c_int)
object_of_form = _undeclared(raw.FPDFFormObj_GetObject, Handle)
object_kind = _undeclared(raw.FPDFPageObj_GetType, ctypes.c_int)
object_matrix = _undeclared(raw.FPDFPageObj_GetMatrix, ctypes.c_int)
object_color = _undeclared(raw.FPDFPageObj_GetFillColor, ctypes.c_int)
object_bounds = _undeclared(raw.FPDFPageObj_GetBounds, ctypes.c_int)
draw_mode = _undeclared(raw.FPDFPath_GetDrawMode, ctypes.c_int)
segments = _undeclared(raw.FPDFPath_CountSegments, ctypes.c_int)
segment = _undeclared(raw.FPDFPath_GetPathSegment, Handle)
segment_point = _undeclared(raw.FPDFPathSegment_GetPoint, ctypes.c_int)
segment_kind = _undeclared(raw.FPDFPathSegment_GetType, ctypes.c_int)
segment_closes = _undeclared(raw.FPDFPathSegment_GetClose, ctypes.c_int)
