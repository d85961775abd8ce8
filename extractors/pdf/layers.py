"""Layers of a PDF (ISO 32000-1, 8.11 Optional Content) that are switched off: what is drawn in them is not seen.

pdfium names the layer of an object but does not say which layers are off; pdfminer, which comes with pdfplumber, reads that from the catalogue. Few
files have layers, so that it is loaded for those only.
"""

from __future__ import annotations

import ctypes
import io
import re
import zlib
from collections.abc import Iterable
from functools import lru_cache, partial
from typing import Any

import pypdfium2.raw as raw

_KEY = b'/OCProperties'
# Newer files pack their catalogue into a compressed stream of objects.
_PACKED = re.compile(rb'/ObjStm\b.{0,300}?stream\r?\n', re.DOTALL)
_MOST_UNPACKED = 1 << 22


@lru_cache(maxsize=2)
def switched_off(data: bytes) -> frozenset[str]:
    """The names of the layers that are off when the file is opened; none where that cannot be read."""
    if _KEY not in data and not any(_KEY in some for some in _unpacked(data)):
        return frozenset()
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfparser import PDFParser

    try:
        document = PDFDocument(PDFParser(io.BytesIO(data)))
        return _off(document.catalog)
    except Exception:  # pdfminer raises whatever a broken file makes it meet; pdfium has read the page all the same
        return frozenset()


def _unpacked(data: bytes) -> Iterable[bytes]:
    for found in _PACKED.finditer(data):
        try:
            yield zlib.decompressobj().decompress(data[found.end() :], _MOST_UNPACKED)
        except zlib.error:
            continue


def _off(catalog: Any) -> frozenset[str]:
    from pdfminer.pdftypes import dict_value, list_value, resolve1

    properties = dict_value(catalog['OCProperties'])
    usual = dict_value(properties['D'])
    all_off = str(getattr(resolve1(usual.get('BaseState')), 'name', 'ON')) == 'OFF'
    listed = {getattr(one, 'objid', None) for one in list_value(usual.get('ON' if all_off else 'OFF', []))}
    states: dict[str, bool] = {}
    for one in list_value(properties['OCGs']):
        name = _text(dict_value(one).get('Name', b''))
        off = (getattr(one, 'objid', None) in listed) != all_off
        # layers of one name cannot be told apart by it
        states[name] = states.get(name, True) and off
    return frozenset(name for name, off in states.items() if off)


def _text(value: Any) -> str:
    if not isinstance(value, bytes):
        return str(value)
    if value.startswith(b'\xfe\xff'):
        return value[2:].decode('utf-16-be', 'replace')
    return value.decode('latin-1')


def is_off(address: int | None, off: frozenset[str]) -> bool:
    """Whether the page object of pdfium's at an address stands in one of these layers."""
    if address is None:
        return False
    item = ctypes.cast(address, raw.FPDF_PAGEOBJECT)
    for at in range(raw.FPDFPageObj_CountMarks(item)):
        mark = raw.FPDFPageObj_GetMark(item, at)
        if _string(partial(raw.FPDFPageObjMark_GetName, mark)) != 'OC':
            continue
        if _text(_bytes(partial(raw.FPDFPageObjMark_GetParamBlobValue, mark, b'Name'))) in off:
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
