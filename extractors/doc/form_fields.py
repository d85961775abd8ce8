"""What the check boxes and lists of a Word 97-2003 form show ([MS-DOC] 2.9.78 FFData, behind 2.9.157 NilPICFAndBinData)."""

from __future__ import annotations

import struct

_TICKED, _UNTICKED = '☑', '☐'
_CHECK_BOX, _LIST = 1, 2
# "As it was when the form was made": the default counts.
_UNTOUCHED = 25
_MOST_ENTRIES = 25


def form_value(data: bytes, offset: int) -> str | None:
    """What the field shows whose data stand at ``offset`` of the data stream; None for a field of text, and for what is damaged."""
    try:
        header = struct.unpack_from('<H', data, offset + 4)[0]
        at = offset + header
        version, bits = struct.unpack_from('<IH', data, at)
        kind, result = bits & 3, bits >> 2 & 31
        if version != 0xFFFFFFFF or kind not in (_CHECK_BOX, _LIST):
            return None
        _, at = _string(data, at + 10)
        chosen = struct.unpack_from('<H', data, at)[0] if result == _UNTOUCHED else result
        if kind == _CHECK_BOX:
            return _TICKED if chosen else _UNTICKED
        at += 2
        for _ in range(5):  # format, help, status and two macros
            _, at = _string(data, at)
        return _entry(data, at, chosen)
    except struct.error:
        return None


def _string(data: bytes, at: int) -> tuple[str, int]:
    """The text at a place, behind which a zero stands, and where it ends (XSTZ)."""
    length = struct.unpack_from('<H', data, at)[0]
    end = at + 2 + 2 * length
    return data[at + 2 : end].decode('utf-16-le', 'replace'), end + 2


def _entry(data: bytes, at: int, chosen: int) -> str | None:
    """An entry of the list's table of strings (STTB)."""
    marker, count, extra = struct.unpack_from('<HHH', data, at)
    if marker != 0xFFFF or chosen >= min(count, _MOST_ENTRIES):
        return None
    at += 6
    for number in range(count):
        length = struct.unpack_from('<H', data, at)[0]
        if number == chosen:
            return data[at + 2 : at + 2 + 2 * length].decode('utf-16-le', 'replace')
        at += 2 + 2 * length + extra
    return None
