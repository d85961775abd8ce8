"""The texts of an Excel 97–2003 workbook of which some characters are raised or struck out, as they show ([MS-XLS] 2.4.265 SST)."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kaohe.extractors.raised import raised

_WIDE, _PHONETIC, _RICH = 1, 4, 8


class RunFont(NamedTuple):
    """What a font does to the characters that are set in it."""

    struck: bool = False
    raised: bool = False


class ShownRuns(NamedTuple):
    """A text as it shows, and whether some of it is struck out."""

    shown: str
    struck: bool


def shown_runs(parts: Sequence[bytes], fonts: Sequence[RunFont]) -> dict[int, ShownRuns]:
    """By number, those of the shared texts in which a font raises or strikes out. ``parts`` are the contents of the record of texts and of those that
    continue it. Raises ``struct.error``, ``IndexError`` where they are cut off."""
    cursor = _Cursor(parts)
    (count,) = struct.unpack('<4xI', cursor.take(8))
    found: dict[int, ShownRuns] = {}
    for number in range(count):
        size, flags = struct.unpack('<HB', cursor.take(3))
        runs = struct.unpack('<H', cursor.take(2))[0] if flags & _RICH else 0
        phonetic = struct.unpack('<I', cursor.take(4))[0] if flags & _PHONETIC else 0
        text = cursor.text(size, wide=bool(flags & _WIDE))
        told = [*struct.iter_unpack('<HH', cursor.take(4 * runs))]
        cursor.take(phonetic)
        pieces = [*_pieces(text, told, fonts)]
        if any(font.struck or font.raised for _, font in pieces):
            shown = ''.join(raised(piece) if font.raised else piece for piece, font in pieces if not font.struck)
            found[number] = ShownRuns(shown, any(font.struck and piece.strip() for piece, font in pieces))
    return found


def _pieces(text: str, runs: Sequence[tuple[int, int]], fonts: Sequence[RunFont]) -> Iterator[tuple[str, RunFont]]:
    """The text cut where its font changes; what stands before the first change is in the font of the cell."""
    start, font = 0, RunFont()
    for at, number in runs:
        yield text[start:at], font
        start, font = at, fonts[number] if number < len(fonts) else RunFont()
    yield text[start:], font


class _Cursor:
    """Reads on from one part to the next. A text that goes on in a part says there anew how wide its characters are."""

    def __init__(self, parts: Sequence[bytes]) -> None:
        self._parts = parts
        self._part = self._at = 0

    def take(self, size: int) -> bytes:
        found = b''
        while len(found) < size:
            if self._at >= len(self._parts[self._part]):
                self._part, self._at = self._part + 1, 0
            piece = self._parts[self._part][self._at : self._at + size - len(found)]
            found += piece
            self._at += len(piece)
        return found

    def text(self, size: int, *, wide: bool) -> str:
        """``size`` counts units of UTF-16."""
        found = ''
        while size > 0:
            if self._at >= len(self._parts[self._part]):
                self._part, self._at = self._part + 1, 1
                wide = bool(self._parts[self._part][0] & _WIDE)
            step = 2 if wide else 1
            piece = self._parts[self._part][self._at : self._at + step * size]
            found += piece.decode('utf-16-le' if wide else 'latin-1', 'replace')
            size -= (len(piece) + step - 1) // step
            self._at += len(piece)
        return found
