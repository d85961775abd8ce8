"""What lies on a PDF page and is no part of its content: values of form fields, text written on it, and what was struck out by a reader."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import pypdfium2 as pypdfium
import pypdfium2.raw as raw

from kaohe.extractors.layout.ruling import RuledLine
from kaohe.extractors.layout.text_lines import Glyph
from kaohe.extractors.pdf.view import View

_HIDDEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
# ISO 32000-1, 12.7.4.3: what is typed is not shown.
_PASSWORD = 1 << 13
_TYPED = frozenset({raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX})
_CHECKED, _UNCHECKED = '☑', '☐'


class Annotated(NamedTuple):
    """The characters of fields and of text written on a page, where text is struck out, and the names of fields that are filled in differently
    in several places."""

    written: list[Glyph]
    struck: list[RuledLine]
    differing: tuple[str, ...]


def annotated(page: pypdfium.PdfPage, view: View) -> Annotated:
    """What lies on the page. The values of fields are known only where the form of the file was opened (``PdfDocument.init_forms``).

    Fields of one name have one value, but some programs give each place its own, and show that.
    """
    written: list[Glyph] = []
    struck: list[RuledLine] = []
    differing: dict[str, None] = {}
    for at in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, at)
        if not annotation:
            continue
        try:
            kind = raw.FPDFAnnot_GetSubtype(annotation)
            box = raw.FS_RECTF()
            if raw.FPDFAnnot_GetFlags(annotation) & _HIDDEN or not raw.FPDFAnnot_GetRect(annotation, ctypes.byref(box)):
                continue
            left, right = sorted((box.left, box.right))
            low, high = sorted((box.bottom, box.top))
            place = RuledLine(*view.box(left, low, right, high))
            if kind == raw.FPDF_ANNOT_STRIKEOUT:
                struck.append(place)
            elif kind == raw.FPDF_ANNOT_FREETEXT:
                written += _set(_string(partial(raw.FPDFAnnot_GetStringValue, annotation, b'Contents')), place)
            elif kind == raw.FPDF_ANNOT_WIDGET and page.formenv is not None:
                form = page.formenv.raw
                own = _own_value(form, annotation)
                if own is not None:
                    differing[_string(partial(raw.FPDFAnnot_GetFormFieldName, form, annotation))] = None
                written += _set(_value(form, annotation) if own is None else own, place)
        finally:
            raw.FPDFPage_CloseAnnot(annotation)
    return Annotated(written, struck, tuple(differing))


def _own_value(form: Any, field: Any) -> str | None:
    """The text that this place of a field says, where it is not that of the field; None where it is, or the field holds none."""
    if raw.FPDFAnnot_GetFormFieldType(form, field) not in _TYPED or _is_secret(form, field):
        return None
    own = _string(partial(raw.FPDFAnnot_GetStringValue, field, b'V'))
    return own if own and own != _string(partial(raw.FPDFAnnot_GetFormFieldValue, form, field)) else None


def _is_secret(form: Any, field: Any) -> bool:
    return bool(raw.FPDFAnnot_GetFormFieldFlags(form, field) & _PASSWORD) and (
        raw.FPDFAnnot_GetFormFieldType(form, field) == raw.FPDF_FORMFIELD_TEXTFIELD
    )


def _value(form: Any, field: Any) -> str:
    """What a field shows."""
    kind = raw.FPDFAnnot_GetFormFieldType(form, field)
    if kind in (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON):
        return _CHECKED if raw.FPDFAnnot_IsChecked(form, field) else _UNCHECKED
    if kind in (raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX):
        chosen = [
            _string(partial(raw.FPDFAnnot_GetOptionLabel, form, field, at))
            for at in range(raw.FPDFAnnot_GetOptionCount(form, field))
            if raw.FPDFAnnot_IsOptionSelected(form, field, at)
        ]
        # what somebody typed himself is none of the options
        return '、'.join(chosen) or _string(partial(raw.FPDFAnnot_GetFormFieldValue, form, field))
    if kind == raw.FPDF_FORMFIELD_TEXTFIELD and not _is_secret(form, field):
        return _string(partial(raw.FPDFAnnot_GetFormFieldValue, form, field))
    return ''


def _string(get: Callable[..., int]) -> str:
    size = get(None, 0)
    if size <= 2:
        return ''
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    get(ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return bytes(buffer).decode('utf-16-le', 'replace').rstrip('\0')


def _set(text: str, place: RuledLine) -> list[Glyph]:
    """The text set into its place, line by line from the left: how it is really set is not known."""
    lines = text.replace('\r\n', '\n').replace('\r', '\n').strip('\n').split('\n')
    if not text.strip():
        return []
    pitch = (place.bottom - place.top) / len(lines)
    longest = max(sum(1.0 if char > '\u02ff' else 0.5 for char in line) for line in lines)
    em = min(0.8 * pitch, 12.0, (place.x1 - place.x0) / longest)
    found: list[Glyph] = []
    for at, line in enumerate(lines):
        x, top = place.x0, place.top + at * pitch + (pitch - em) / 2
        for char in line:
            wide = em if char > '\u02ff' else em / 2
            found.append(Glyph(char, x, top, x + wide, top + em))
            x += wide
    return found
