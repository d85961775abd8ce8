"""Bytes as small letters and digits (base 32), two characters at a time: the library's way takes four times as long, and a notice has thousands of ids."""

from __future__ import annotations

from typing import Final

_DIGITS: Final = 'abcdefghijklmnopqrstuvwxyz234567'
_PAIRS: Final = tuple(first + second for first in _DIGITS for second in _DIGITS)
_SIZE: Final = 10
_SHIFTS: Final = range(8 * _SIZE - 10, -1, -10)


def base32(data: bytes) -> str:
    """Ten bytes as sixteen characters."""
    assert len(data) == _SIZE
    number = int.from_bytes(data, 'big')
    return ''.join([_PAIRS[number >> shift & 1023] for shift in _SHIFTS])
