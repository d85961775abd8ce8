"""A font for Chinese text whose own font is neither in the file nor on this machine.

pdfium draws such text with a substitute and reads no text that draws nothing. Where the machine has no Chinese font the substitute
has no Chinese glyph: whole texts are then missing, those of one character first. So pdfium is given a font in which every character
is a bar as high as the em. Where characters stand and how wide they are comes from the file; the bar is narrower than any of them.
"""

from __future__ import annotations

import ctypes
import struct
from functools import cache
from typing import Any

import pypdfium2.raw as raw

_CHINESE = frozenset(
    {
        raw.FXFONT_SHIFTJIS_CHARSET,
        raw.FXFONT_HANGEUL_CHARSET,
        raw.FXFONT_GB2312_CHARSET,
        raw.FXFONT_CHINESEBIG5_CHARSET,
    }
)
_EM, _BELOW, _ABOVE, _WIDE = 1000, -120, 880, 200
# What draws nothing is a blank to pdfium, and what draws something is none.
_DRAWN = ((0x21, 0x9F), (0xA1, 0x1FFF), (0x2010, 0x2FFF), (0x3001, 0x10FFFF))
_BAR = 1
# Any address that is no font's of pdfium's own: it is never followed.
_MARK = ctypes.create_string_buffer(1)


@cache
def install() -> None:
    """Let pdfium of this process use the font where it finds no other. To be called before a file is opened."""
    usual = raw.FPDF_GetDefaultSystemFontInfo()
    if not usual:
        return
    _installed.append((usual, info := _asking_first(usual)))
    raw.FPDF_SetSystemFontInfo(ctypes.byref(info))


# pdfium keeps the addresses as long as the process lives.
_installed: list[tuple[Any, raw.FPDF_SYSFONTINFO]] = []


def _asking_first(usual: Any) -> raw.FPDF_SYSFONTINFO:
    """What pdfium asks for fonts: the usual source, and the font of last resort where that has none."""
    font, own = font_file(), ctypes.addressof(_MARK)
    source = usual.contents

    def map_font(_: Any, weight: int, italic: int, charset: int, pitch: int, face: Any, exact: Any) -> int | None:
        found: int | None = source.MapFont(usual, weight, italic, charset, pitch, face, exact)
        return own if not found and charset in _CHINESE else found

    def font_data(_: Any, font_handle: int, table: int, buffer: Any, size: int) -> int:
        if font_handle != own:
            return int(source.GetFontData(usual, font_handle, table, buffer, size))
        wanted = _table(font, table)
        if buffer and size >= len(wanted):
            ctypes.memmove(buffer, wanted, len(wanted))
        return len(wanted)

    def face_name(_: Any, font_handle: int, buffer: Any, size: int) -> int:
        return 0 if font_handle == own else int(source.GetFaceName(usual, font_handle, buffer, size))

    def charset_of(_: Any, font_handle: int) -> int:
        return raw.FXFONT_GB2312_CHARSET if font_handle == own else int(source.GetFontCharset(usual, font_handle))

    def delete(_: Any, font_handle: int) -> None:
        if font_handle != own:
            source.DeleteFont(usual, font_handle)

    kinds = dict(raw.FPDF_SYSFONTINFO._fields_)
    return raw.FPDF_SYSFONTINFO(
        source.version,
        kinds['Release'](lambda _: None),
        kinds['EnumFonts'](lambda _, mapper: source.EnumFonts(usual, mapper)),
        kinds['MapFont'](map_font),
        kinds['GetFont'](lambda _, face: source.GetFont(usual, face)),
        kinds['GetFontData'](font_data),
        kinds['GetFaceName'](face_name),
        kinds['GetFontCharset'](charset_of),
        kinds['DeleteFont'](delete),
    )


def _table(font: bytes, tag: int) -> bytes:
    """One table of a TrueType file by its tag as a number; the whole file for 0."""
    if not tag:
        return font
    for at in range(struct.unpack_from('>H', font, 4)[0]):
        name, _, start, length = struct.unpack_from('>4I', font, 12 + 16 * at)
        if name == tag:
            return font[start : start + length]
    return b''


@cache
def font_file() -> bytes:
    """A TrueType file (OpenType 1.9, chapters by table) in which every character of Unicode is a narrow bar."""
    outline = struct.pack('>5h', 1, 0, _BELOW, _WIDE, _ABOVE) + struct.pack('>HH4B', 3, 0, 1, 1, 1, 1)
    bar = outline + struct.pack('>4h', 0, _WIDE, 0, -_WIDE) + struct.pack('>4h', _BELOW, 0, _ABOVE - _BELOW, 0)
    groups = b''.join(struct.pack('>3I', first, last, _BAR) for first, last in _DRAWN)
    every = struct.pack('>HHIII', 13, 0, 16 + len(groups), 0, len(_DRAWN)) + groups
    tables = {
        b'cmap': struct.pack('>HHHHI', 0, 1, 3, 10, 12) + every,
        b'glyf': bar,
        b'head': struct.pack(
            '>IIIIHHqq4hHHhhh', 0x10000, 0, 0, 0x5F0F3CF5, 0, _EM, 0, 0, 0, _BELOW, _EM, _ABOVE, 0, 8, 2, 1, 0
        ),
        b'hhea': struct.pack('>I3hH3h3h4hhH', 0x10000, _ABOVE, _BELOW, 0, _EM, 0, 0, _EM, 1, 0, 0, 0, 0, 0, 0, 0, 2),
        b'hmtx': struct.pack('>HhHh', _EM, 0, _EM, 0),
        b'loca': struct.pack('>3I', 0, 0, len(bar)),
        b'maxp': struct.pack('>I14H', 0x10000, 2, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
    }
    start = 12 + 16 * len(tables)
    directory, body = struct.pack('>IHHHH', 0x10000, len(tables), 64, 2, 48), b''
    for tag, content in tables.items():
        directory += tag + struct.pack('>3I', 0, start + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    return directory + body
