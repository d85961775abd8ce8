"""A PDF with layers → the same, in which what is not seen says so where pdfium can read it.

pdfium tells the name of the group in which an object is drawn; it tells nothing of memberships in groups, nor of forms, pictures and
annotations that belong to a layer as a whole. So the file is given an update (ISO 32000-1, 7.5.6): what is off has the name `OFF`, and forms and
pictures that are off are empty but for a mark of that name.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2.raw as raw
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdftypes import PDFObjRef, PDFStream
from pdfminer.psparser import PSKeyword, PSLiteral

from kaohe.extractors.pdf.layer_states import LayerStates

# No layer is called so.
OFF = 'kaohe: switched off'
_MARKED = b'/OC <</Type/OCG/Name(%s)>> BDC 0 0 m 1 0 l S EMC' % OFF.encode()
_HIDDEN = raw.FPDF_ANNOT_FLAG_HIDDEN
_START = re.compile(rb'startxref\s+(\d+)')
# Files of so many objects are drawings: looking at each takes too long.
_MOST_OBJECTS = 60_000
_DEEPEST = 60


def with_marks(data: bytes, document: PDFDocument, states: LayerStates) -> bytes | None:
    """The file with its update; None where it is not of a kind that can be updated."""
    start = _START.findall(data)
    if not start or document.encryption is not None or not data.startswith(b'%PDF'):
        return None
    numbers = sorted({number for xref in document.xrefs for number in xref.get_objids()})
    if len(numbers) > _MOST_OBJECTS:
        return None
    root = next(trailer['Root'] for xref in document.xrefs if 'Root' in (trailer := xref.get_trailer()))
    written: list[tuple[int, bytes]] = []
    for number in numbers:
        before = document.getobj(number)
        after = _marked(before, states, number)
        if after is not before:
            written.append((number, b''.join(_written(after))))
    previous = int(start[-1])
    update = _update(len(data) + 1, written, root, previous, numbers[-1] + 1, table=data.startswith(b'xref', previous))
    return data + b'\n' + update


def _marked(value: Any, states: LayerStates, number: int | None = None, deepest: int = _DEEPEST) -> Any:
    """The object with its marks; the same one where nothing in it is off. ``number`` is its own, if it is no part of another."""
    if not deepest:
        return value
    if isinstance(value, list):
        inner = [_marked(one, states, None, deepest - 1) for one in value]
        return inner if any(new is not old for new, old in zip(inner, value, strict=True)) else value
    if isinstance(value, PDFStream):
        attributes = _marked(value.attrs, states, None, deepest - 1)
        if _kind(attributes, 'Subtype') in ('Form', 'Image') and not states.shows(attributes.get('OC')):
            form = {'Type': PSLiteral('XObject'), 'Subtype': PSLiteral('Form'), 'BBox': [0, 0, 1, 1]}
            return PDFStream({**form, 'Length': len(_MARKED)}, _MARKED)
        if attributes is value.attrs:
            return value
        return PDFStream({**attributes, 'Length': len(value.rawdata or b'')}, value.rawdata or b'')
    if not isinstance(value, dict):
        return value
    found = {key: _marked(one, states, None, deepest - 1) for key, one in value.items()}
    changed = any(found[key] is not one for key, one in value.items())
    if number in states.groups:
        changed, found['Name'] = True, _name(states.groups[number], off=number in states.off)
    elif _kind(found, 'Type') == 'OCMD':
        changed, found['Name'] = True, _name('', off=not states.shows(value))
    elif 'Rect' in found and not states.shows(found.get('OC')):
        flags = found.get('F')
        changed, found['F'] = True, (flags if isinstance(flags, int) else 0) | _HIDDEN
    return found if changed else value


def _name(name: str, *, off: bool) -> bytes:
    return (OFF if off else f'{name} ').encode('utf-16-be').join((b'\xfe\xff', b''))


def _kind(attributes: Any, key: str) -> str:
    return str(getattr(attributes.get(key), 'name', ''))


def _written(value: Any) -> Iterator[bytes]:
    """The object as a file holds it."""
    if isinstance(value, PDFStream):
        yield from _written(value.attrs)
        yield b'stream\n' + (value.rawdata or b'') + b'\nendstream'
    elif isinstance(value, dict):
        yield b'<<'
        for key, one in value.items():
            yield from (_literal(key), b' ', *_written(one), b' ')
        yield b'>>'
    elif isinstance(value, list):
        yield b'['
        for one in value:
            yield from (*_written(one), b' ')
        yield b']'
    elif isinstance(value, bytes):
        yield b'<' + value.hex().encode() + b'>'
    elif isinstance(value, PDFObjRef):
        yield b'%d 0 R' % value.objid
    elif isinstance(value, PSLiteral):
        yield _literal(value.name)
    elif isinstance(value, PSKeyword):
        yield value.name
    else:
        yield b'null' if value is None else str(value).lower().encode('ascii', 'replace')


def _literal(name: str | bytes) -> bytes:
    known = name.encode() if isinstance(name, str) else name
    return b'/' + re.sub(rb'[^!$&-\'*-.0-;=?-Z^-z|~]', lambda one: b'#%02x' % one[0][0], known)


def _update(
    at: int, written: Sequence[tuple[int, bytes]], root: Any, previous: int, size: int, *, table: bool
) -> bytes:
    """The objects and where they stand; ``at`` is where the update begins, ``previous`` where the places of the others are told."""
    body = b''
    places: list[tuple[int, int]] = []
    for number, text in written:
        places.append((number, at + len(body)))
        body += b'%d 0 obj\n%s\nendobj\n' % (number, text)
    start = at + len(body)
    trailer = b'/Size %d /Root %d 0 R /Prev %d' % (size + (not table), root.objid, previous)
    if table:
        lines = b''.join(b'%d 1\n%010d 00000 n \n' % place for place in places)
        body += b'xref\n' + lines + b'trailer\n<<' + trailer + b'>>\n'
    else:
        places.append((size, start))
        entries = zlib.compress(b''.join(b'\1' + place.to_bytes(4, 'big') + b'\0\0' for _, place in places))
        index = b' '.join(b'%d 1' % number for number, _ in places)
        body += b'%d 0 obj\n<</Type/XRef/W[1 4 2]/Index[%s]/Filter/FlateDecode/Length %d' % (size, index, len(entries))
        body += trailer + b'>>stream\n' + entries + b'\nendstream\nendobj\n'
    return body + b'startxref\n%d\n%%%%EOF\n' % start
