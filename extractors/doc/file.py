"""The structures of a Word 97-2003 file ([MS-DOC]): its header, its pieces of text, and the runs of properties over it.

Word stores text in pieces, each a run of bytes in the ``WordDocument`` stream, either UTF-16 or one byte a character. Properties hang on
byte ranges of that stream, in pages of 512 bytes. ``WordFile`` resolves all this to: the characters by position, and for a
position the property modifiers (``sprm``) of its paragraph and of its characters.

Offsets named below are those of [MS-DOC] 2.5 (FIB), 2.8 (PLC), 2.9 (FKP, PAPX, CHPX).
"""

from __future__ import annotations

import io
import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import olefile

from kaohe.extractors.doc.form_fields import form_value
from kaohe.extractors.document import Unreadable
from kaohe.extractors.findings import finding

MAX_CHARACTERS = 20_000_000
_PAGE = 512
_ENCRYPTED, _TABLE_1 = 0x0100, 0x0200
_WORD_97 = 0xA5EC
# Indexes of (offset, length) pairs in the FIB's table of structures.
_STYLES, _CHPX, _PAPX, _FONTS, _CLX, _LISTS, _OVERRIDES = 1, 12, 13, 15, 33, 73, 74
# Code pages of text that is stored one byte a character, by the document's language.
_CODE_PAGES = {0x0804: 'gbk', 0x1004: 'gbk', 0x0404: 'cp950', 0x0C04: 'cp950', 0x0411: 'cp932', 0x0412: 'cp949'}


class OldWordError(Exception):
    """The file is of Word 6/95 or older: another structure."""


@dataclass(frozen=True, slots=True)
class TextPiece:
    """Characters ``first`` to ``last`` (exclusive) stand at byte ``offset``, ``width`` bytes each, with modifiers of their own."""

    first: int
    last: int
    offset: int
    width: int
    modifiers: bytes


@dataclass(frozen=True, slots=True)
class Parts:
    """Where each part of the text begins and ends, in characters."""

    main: range
    footnotes: range
    headers: range
    endnotes: range
    text_boxes: range


class WordFile:
    """A Word 97-2003 file. Raises ``Unreadable`` for what is encrypted or not whole, ``OldWordError`` for what is older."""

    def __init__(self, data: bytes) -> None:
        try:
            container = olefile.OleFileIO(io.BytesIO(data))
            names = {name.lower(): name for (name,) in (path for path in container.listdir() if len(path) == 1)}
            if 'worddocument' not in names:
                raise Unreadable(finding('file.unknown', detail='不是 Word 文档'))
            self._word: bytes = container.openstream(names['worddocument']).read()
            self._check_header()
            table = '1table' if self._flags & _TABLE_1 else '0table'
            self._table: bytes = container.openstream(names[table]).read() if table in names else b''
            self._data: bytes = container.openstream(names['data']).read() if 'data' in names else b''
        except (OSError, struct.error, KeyError, IndexError, ValueError, TypeError, AttributeError) as error:
            raise Unreadable(finding('file.broken', detail='Word 文档的结构不完整')) from error
        if not self.pieces or self.parts.text_boxes.stop > MAX_CHARACTERS:
            raise Unreadable(finding('file.broken', detail='找不到 Word 文档的正文'))

    def _check_header(self) -> None:
        magic, version = struct.unpack_from('<HH', self._word)
        self._flags = struct.unpack_from('<H', self._word, 10)[0]
        self._language = struct.unpack_from('<H', self._word, 6)[0]
        if magic != _WORD_97 or version < 101:
            raise OldWordError
        if self._flags & _ENCRYPTED:
            raise Unreadable(finding('file.encrypted'))

    def _structure(self, index: int) -> bytes:
        place = 154 + 8 * index
        if place + 8 > len(self._word):
            return b''
        offset, length = struct.unpack_from('<II', self._word, place)
        return self._table[offset : offset + length]

    def after_structure(self, index: int) -> bytes:
        """What follows a structure in the table stream: list levels stand behind the lists that own them."""
        offset, length = struct.unpack_from('<II', self._word, 154 + 8 * index)
        return self._table[offset + length :]

    @cached_property
    def parts(self) -> Parts:
        """The parts of the text in the order in which Word stores them."""
        counts = struct.unpack_from('<8i', self._word, 76)
        if any(count < 0 for count in (*counts[:3], *counts[4:])):  # the fourth is not used
            raise Unreadable(finding('file.broken', detail='Word 文档里文字的长度不对'))
        edges = [0]
        for count in counts:
            edges.append(edges[-1] + max(0, count))
        main, footnotes, headers, _, _, endnotes, boxes, _ = (range(a, b) for a, b in pairwise(edges))
        return Parts(main, footnotes, headers, endnotes, boxes)

    @cached_property
    def pieces(self) -> list[TextPiece]:
        """The pieces of text in order ([MS-DOC] 2.8.35 PlcPcd, 2.9.38 Clx)."""
        clx = self._structure(_CLX)
        modifiers: list[bytes] = []
        place = 0
        while place < len(clx) and clx[place] == 1:
            length = struct.unpack_from('<H', clx, place + 1)[0]
            modifiers.append(clx[place + 3 : place + 3 + length])
            place += 3 + length
        if place + 5 > len(clx) or clx[place] != 2:
            return []
        plc = clx[place + 5 : place + 5 + struct.unpack_from('<I', clx, place + 1)[0]]
        found: list[TextPiece] = []
        for first, last, entry in _plc(plc, 8):
            offset, prm = struct.unpack_from('<IH', entry, 2)
            narrow = bool(offset & 0x40000000)
            start = (offset & 0x3FFFFFFF) // 2 if narrow else offset & 0x3FFFFFFF
            own = modifiers[prm >> 1] if prm & 1 and prm >> 1 < len(modifiers) else b''
            # Pieces follow each other; one that begins elsewhere is damage, and could claim any amount of memory.
            if first < last and first == (found[-1].last if found else 0):
                found.append(TextPiece(first, last, start, 1 if narrow else 2, own))
        return found

    @cached_property
    def characters(self) -> list[str]:
        """One string a character position; the second byte of a double-byte character is ``''``."""
        found: list[str] = []
        total = self.parts.text_boxes.stop
        for piece in self.pieces:
            count = max(0, min(piece.last, total) - piece.first)
            raw = self._word[piece.offset : piece.offset + count * piece.width]
            found += _wide(raw) if piece.width == 2 else _narrow(raw, _CODE_PAGES.get(self._language))
            if len(found) < min(piece.last, total):
                # The stream ends before the piece does.
                break
        return found

    def piece_at(self, position: int) -> TextPiece | None:
        """The piece that holds a character position."""
        index = bisect_right(self._piece_starts, position) - 1
        piece = self.pieces[index] if index >= 0 else None
        return piece if piece and position < piece.last else None

    @cached_property
    def _piece_starts(self) -> list[int]:
        return [piece.first for piece in self.pieces]

    @cached_property
    def _paragraph_runs(self) -> tuple[list[int], list[bytes]]:
        return _runs(self._word, self._structure(_PAPX), _papx)

    @cached_property
    def _character_runs(self) -> tuple[list[int], list[bytes]]:
        return _runs(self._word, self._structure(_CHPX), _chpx)

    def paragraph(self, position: int) -> tuple[int, bytes]:
        """(style, modifiers) of the paragraph whose mark stands at ``position``."""
        piece = self.piece_at(position)
        if piece is None:
            return 0, b''
        starts, values = self._paragraph_runs
        index = bisect_right(starts, piece.offset + (position - piece.first) * piece.width) - 1
        value = values[index] if index >= 0 else b''
        style = struct.unpack_from('<H', value)[0] if len(value) >= 2 else 0
        return style, value[2:] + piece.modifiers

    def character_runs(self, first: int, last: int) -> Iterator[tuple[int, int, bytes]]:
        """(start, end, modifiers) of the runs of equal character properties between two positions."""
        starts, values = self._character_runs
        at = first
        while at < last:
            piece = self.piece_at(at)
            if piece is None:
                return
            byte = piece.offset + (at - piece.first) * piece.width
            index = bisect_right(starts, byte) - 1
            next_byte = starts[index + 1] if index + 1 < len(starts) else 1 << 62
            end = min(last, piece.last, at + max(1, -(-(next_byte - byte) // piece.width)))
            yield at, end, (values[index] if index >= 0 else b'') + piece.modifiers
            at = end

    def huge_paragraph(self, offset: int) -> bytes:
        """Modifiers that stand in the data stream because they are too long for their page ([MS-DOC] sprmPHugePapx)."""
        if offset + 2 > len(self._data):
            return b''
        length = struct.unpack_from('<H', self._data, offset)[0]
        return self._data[offset + 2 : offset + 2 + length]

    def form_value(self, offset: int) -> str | None:
        """What the check box or list shows whose data stand there in the data stream."""
        return form_value(self._data, offset)

    @cached_property
    def fonts(self) -> list[str]:
        """The names of the fonts by number ([MS-DOC] 2.9.285 SttbfFfn)."""
        data = self._structure(_FONTS)
        found: list[str] = []
        at = 4
        while at < len(data):
            size = data[at] + 1
            found.append(data[at + 40 : at + size].decode('utf-16-le', 'replace').split('\0')[0])
            at += size
        return found

    def styles(self) -> bytes:
        """The style sheet ([MS-DOC] 2.9.271 STSH)."""
        return self._structure(_STYLES)

    def lists(self) -> tuple[bytes, bytes]:
        """(the lists, the levels that follow them) ([MS-DOC] 2.9.206 PlfLst)."""
        return self._structure(_LISTS), self.after_structure(_LISTS)

    def overrides(self) -> bytes:
        """The list overrides that paragraphs point to ([MS-DOC] 2.9.205 PlfLfo)."""
        return self._structure(_OVERRIDES)


def _plc(data: bytes, size: int) -> Iterator[tuple[int, int, bytes]]:
    """(start, end, entry) of a PLC: n + 1 positions, then n entries of ``size`` bytes."""
    count = (len(data) - 4) // (4 + size)
    if count <= 0:
        return
    positions = struct.unpack_from(f'<{count + 1}I', data)
    for index in range(count):
        place = 4 * (count + 1) + size * index
        yield positions[index], positions[index + 1], data[place : place + size]


def _runs(word: bytes, plc: bytes, entry: Callable[[bytes, int, int], bytes]) -> tuple[list[int], list[bytes]]:
    """(first byte of each run, its properties), ascending, from all pages that a PLC of page numbers names."""
    found: list[tuple[int, bytes]] = []
    for _, _, number in _plc(plc, 4):
        start = (struct.unpack('<I', number)[0] & 0x3FFFFF) * _PAGE
        page = word[start : start + _PAGE]
        if len(page) < _PAGE:
            continue
        count = page[-1]
        if 4 * (count + 1) > _PAGE:
            continue
        edges = struct.unpack_from(f'<{count + 1}I', page)
        found += [(edges[index], entry(page, 4 * (count + 1), index)) for index in range(count)]
    found.sort(key=lambda run: run[0])
    return [start for start, _ in found], [value for _, value in found]


def _papx(page: bytes, base: int, index: int) -> bytes:
    place = base + 13 * index
    offset = 2 * page[place] if place < _PAGE else 0
    if not offset:
        return b''
    length = page[offset]
    if length:
        return page[offset + 1 : offset + 2 * length]
    return page[offset + 2 : offset + 2 + 2 * page[offset + 1]] if offset + 1 < _PAGE else b''


def _chpx(page: bytes, base: int, index: int) -> bytes:
    offset = 2 * page[base + index] if base + index < _PAGE else 0
    return page[offset + 1 : offset + 1 + page[offset]] if offset else b''


def _wide(raw: bytes) -> list[str]:
    """UTF-16 characters, one a position; a surrogate pair stands whole at its first."""
    text = [chr(code) for (code,) in struct.iter_unpack('<H', raw[: len(raw) // 2 * 2])]
    for index in range(len(text) - 1):
        if '\ud800' <= text[index] <= '\udbff' and '\udc00' <= text[index + 1] <= '\udfff':
            text[index] = (text[index] + text[index + 1]).encode('utf-16', 'surrogatepass').decode('utf-16')
            text[index + 1] = ''
    return ['\ufffd' if '\ud800' <= char <= '\udfff' else char for char in text]


def _narrow(raw: bytes, code_page: str | None) -> list[str]:
    """One byte a position: Windows-1252, or the code page of the document's language where the bytes fit it."""
    if code_page and any(byte >= 0x81 for byte in raw):
        found: list[str] = []
        at = 0
        while at < len(raw):
            size = 2 if raw[at] >= 0x81 and at + 1 < len(raw) else 1
            try:
                found += [raw[at : at + size].decode(code_page), *[''] * (size - 1)]
            except UnicodeDecodeError:
                break
            at += size
        else:
            return found
    return list(raw.decode('cp1252', 'replace'))
