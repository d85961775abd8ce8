"""The outer form of a PDF file."""

from __future__ import annotations

import io


def numbered(objects: list[bytes]) -> bytes:
    """A PDF file of these objects, numbered from 1; the first is the catalog."""
    result = io.BytesIO()
    result.write(b'%PDF-1.5\n')
    places = []
    for number, written in enumerate(objects, 1):
        places.append(result.tell())
        result.write(b'%d 0 obj\n%s\nendobj\n' % (number, written))
    start = result.tell()
    result.write(b'xref\n0 %d\n0000000000 65535 f \n' % (len(objects) + 1))
    result.write(b''.join(b'%010d 00000 n \n' % place for place in places))
    result.write(b'trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n' % (len(objects) + 1, start))
    return result.getvalue()
