"""Bytes as small letters and digits (base 32), two characters at a time: the library's way takes four times as long, and a notice has thousands of ids."""

from __future__ import annotations

from typing import Final

_DIGITS: Final = 'abcdefghijklmnopqrstuvwxyz234567'
_PAIRS: Final = tuple(first + second for first in _DIGITS for second in _DIGITS)
_SIZE: Final = 10


def base32(data: bytes) -> str:
    """Ten bytes as sixteen characters."""
    assert len(data) == _SIZE
    first, last = int.from_bytes(data[:5], 'big'), int.from_bytes(data[5:], 'big')
    return (
        f'{_PAIRS[first >> 30]}{_PAIRS[first >> 20 & 1023]}{_PAIRS[first >> 10 & 1023]}{_PAIRS[first & 1023]}'
        f'{_PAIRS[last >> 30]}{_PAIRS[last >> 20 & 1023]}{_PAIRS[last >> 10 & 1023]}{_PAIRS[last & 1023]}'
    )
