"""Layers of a PDF (ISO 32000-1, 8.11 Optional Content) that are switched off: what is drawn in them is not seen.

pdfium names the layer of an object but does not say which layers are off; pdfminer, which comes with pdfplumber, reads that from the catalogue. Few
files have layers, so that it is loaded for those only.
"""

from __future__ import annotations

import ctypes
import io
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from typing import Any

import pypdfium2.raw as raw

from kaohe.extractors.pdf import pdfium
from kaohe.extractors.pdf.pdfium import Handle, text_of

_KEY = b'/OCProperties'
# Newer files pack their catalogue into a compressed stream of objects.
_PACKED = re.compile(rb'/ObjStm\b.{0,300}?stream\r?\n', re.DOTALL)
_MOST_UNPACKED = 1 << 22
_DEEPEST = 8


@lru_cache(maxsize=2)
def layered(data: bytes) -> tuple[bytes, frozenset[str]]:
    """(the file to be read, the names of the layers that are off when it is opened). The file itself and none where no layer is off or that
    cannot be read."""
    if _KEY not in data and not any(_KEY in some for some in _unpacked(data)):
        return data, frozenset()
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfparser import PDFParser

    from kaohe.extractors.pdf.layer_marks import OFF, with_marks
    from kaohe.extractors.pdf.layer_states import LayerStates

    try:
        document = PDFDocument(PDFParser(io.BytesIO(data)))
        states = LayerStates(document.catalog)
        if not states.off:
            return data, frozenset()
        marked = with_marks(data, document, states)
    except Exception:  # pdfminer raises whatever a broken file makes it meet; pdfium has read the page all the same
        return data, frozenset()
    if marked is not None:
        return marked, frozenset({OFF})
    shown = {name for number, name in states.groups.items() if number not in states.off}
    # layers of one name cannot be told apart by it
    return data, frozenset(states.groups[number] for number in states.off) - shown


def _unpacked(data: bytes) -> Iterable[bytes]:
    for found in _PACKED.finditer(data):
        end = data.find(
            b'endstream', found.end()
        )  # zlib keeps a copy of what comes after: of the whole file, stream by stream
        try:
            yield zlib.decompressobj().decompress(data[found.end() : end if end > 0 else None], _MOST_UNPACKED)
        except zlib.error:
            continue


def absent_objects(page: Handle, off: frozenset[str]) -> frozenset[int]:
    """The addresses of all objects of a page that stand in layers which are ``off``, those in forms too."""
    if not off:
        return frozenset()
    return frozenset(
        _absent(page, pdfium.objects_of_page(page), pdfium.object_of_page, off, inside=False, deepest=_DEEPEST)
    )


def _absent(
    holder: Handle,
    count: int,
    get: Callable[[Handle, int], Handle],
    off: frozenset[str],
    *,
    inside: bool,
    deepest: int,
) -> Iterator[int]:
    for at in range(count):
        item = get(holder, at)
        gone = inside or _is_off(item.value, off)
        if gone and item.value is not None:
            yield item.value
        if deepest and pdfium.object_kind(item) == raw.FPDF_PAGEOBJ_FORM:
            inner = pdfium.objects_of_form(item)
            yield from _absent(item, inner, pdfium.object_of_form, off, inside=gone, deepest=deepest - 1)


def _is_off(address: int | None, off: frozenset[str]) -> bool:
    """Whether the page object of pdfium's at an address stands in one of these layers."""
    if address is None:
        return False
    item = ctypes.cast(address, raw.FPDF_PAGEOBJECT)
    for at in range(raw.FPDFPageObj_CountMarks(item)):
        mark = raw.FPDFPageObj_GetMark(item, at)
        if _string(partial(raw.FPDFPageObjMark_GetName, mark)) != 'OC':
            continue
        if text_of(_bytes(partial(raw.FPDFPageObjMark_GetParamBlobValue, mark, b'Name'))) in off:
            return True
    return False


def _bytes(get: Any) -> bytes:
    size = ctypes.c_ulong()
    if not get(None, 0, ctypes.byref(size)):
        return b''
    buffer = (ctypes.c_ubyte * size.value)()
    get(buffer, size.value, ctypes.byref(size))
    return bytes(buffer)


def _string(get: Any) -> str:
    size = ctypes.c_ulong()
    if not get(None, 0, ctypes.byref(size)) or size.value < 2:
        return ''
    buffer = ctypes.create_string_buffer(size.value)
    get(ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size.value, ctypes.byref(size))
    return buffer.raw[: size.value].decode('utf-16-le', 'replace').rstrip('\0')
