"""The characters of a PDF page, through pdfium.

pdfium merges runs of blanks into one; how many there were shows in the gap that is left.
"""

from __future__ import annotations

import ctypes
import math
import struct
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import pypdfium2.raw as raw

from kaohe.extractors.layout.inks import LEANING, PALE, TINY, Ink
from kaohe.extractors.layout.text_lines import Glyph
from kaohe.extractors.pdf import pdfium
from kaohe.extractors.pdf.view import View

_UNKNOWN = '\ufffd'
_LIGATURE = frozenset('fijlst')
# What pdfium puts between words and lines that stand apart: no other character is generated.
_GENERATED = frozenset(b' \r\n')
# Text that is neither filled nor stroked: it is invisible, or only clips what comes after it.
_WITHOUT_INK = frozenset({3, 7})
# Text of which only the outlines are drawn.
_OUTLINED = frozenset({1, 5})
_PLAIN = Ink()
_BLACK = bytes((ctypes.c_uint * 4)(0, 0, 0, 255))
# Latin characters that may be as wide as the em, and how many of the others show that they are none.
_WIDE = frozenset('@%WMmwÆŒ—…©®')
_MANY = 12
# The part of strange signs among guesses that tells that the others are wrong, too.
_TELLING = 0.1
# The ink of what has no place on the page.
_NOWHERE = Ink(absent=True)


class Written(NamedTuple):
    """The characters of a page in pdfium's order, where each run of one ink begins, and which of them are not known for what they are."""

    glyphs: list[Glyph]
    runs: list[tuple[int, Ink]]
    unmapped: frozenset[int]


def glyphs_of(text_page: object, view: View, absent: frozenset[int] = frozenset(), *, guessed: bool = False) -> Written:
    """What is written on a page, from a pypdfium2 ``PdfTextPage.raw``. ``absent`` are the addresses of objects that are not seen. ``guessed``: it is known that fonts of the page do not say what their
    characters are, so that every character is asked for."""
    text = pdfium.handle(text_page)
    loose, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    to_loose, to_x, to_y = ctypes.byref(loose), ctypes.byref(x), ctypes.byref(y)
    glyphs: list[Glyph] = []
    runs: list[tuple[int, Ink]] = []
    em_of, ink_of = _em_reader(), _ink_reader()
    unmapped: list[int] = []
    guesses: list[int] = []
    x_before = y_before = math.nan
    drawn_by: int | None = None
    below = above = 0.0
    turn = -1
    left, upper = view.left, view.top
    unicode, origin, loose_box, text_object = pdfium.unicode, pdfium.origin, pdfium.loose_box, pdfium.text_object
    for at in range(raw.FPDFText_CountChars(text_page)):
        code = unicode(text, at)
        if code in _GENERATED and pdfium.is_generated(text, at) == 1:
            continue
        char, doubtful = _char(code)
        origin(text, at, to_x, to_y)
        here_x, here_y = x.value, y.value
        if not math.isfinite(here_x + here_y):
            # A place that overflows is nowhere: no viewer shows the character.
            if not runs or runs[-1][1] is not _NOWHERE:
                runs.append((len(glyphs), _NOWHERE))
            glyphs.append(Glyph(char, 0.0, 0.0, 0.0, 0.0))
            drawn_by = None
            continue
        if here_x == x_before and here_y == y_before and char in _LIGATURE and glyphs[-1].text[-1] in _LIGATURE:
            # pdfium takes a ligature apart: its letters stand at one place, and are no letter drawn twice.
            glyphs[-1] = glyphs[-1]._replace(text=glyphs[-1].text + char)
            continue
        x_before, y_before = here_x, here_y
        drawing = text_object(text, at)
        if drawing != drawn_by or drawing is None:
            # The characters of one text object share size and direction.
            drawn_by = drawing
            below, above, turn, leaning = em_of(text, at)
            ink = ink_of(text, at, drawing, leaning)
            if drawing in absent:
                ink = ink._replace(absent=True)
            if 0 < above - below < TINY:
                ink = ink._replace(tiny=True)
            if not runs or runs[-1][1] != ink or not ink.plain:
                runs.append((len(glyphs), ink))
        if (doubtful or guessed) and (char == _UNKNOWN or pdfium.has_map_error(text, at) == 1):
            (unmapped if doubtful else guesses).append(len(glyphs))
        loose_box(text, at, to_loose)
        if turn == view.turn == 0:
            # ``_em_square`` and ``view.box`` in one, for nearly every page: 3.1 ms for 1,100 characters, 4.4 ms without.
            x1 = loose.right
            x0 = x1 if x1 < here_x else here_x
            glyphs.append(Glyph(char, x0 - left, upper - (here_y + above), x1 - left, upper - (here_y + below)))
        else:
            box = _em_square(here_x, here_y, loose, below, above, turn)
            glyphs.append(Glyph(char, *view.box(*box), (turn + view.turn) % 360))
    if len(unmapped) >= _MANY and not guessed:
        return glyphs_of(text_page, view, absent, guessed=True)
    if len(unmapped) >= max(_MANY, _TELLING * len(guesses)):
        # Some fonts number their characters as Unicode does and need not say so; where the guesses make strange signs, all of them are
        # wrong. pdfium forgets that it guessed where it guessed a letter of a script that is written from the right.
        unmapped += (*guesses, *(at for at, glyph in enumerate(glyphs) if _rare(glyph.text)))
    return Written(glyphs, runs, frozenset(unmapped) | too_wide(glyphs, known=len(unmapped) < _MANY))


def too_wide(glyphs: list[Glyph], *, known: bool) -> frozenset[int]:
    """The Latin characters of a page that are as wide as Chinese ones, if most of it is so: Chinese text whose font gives its characters the
    codes of Latin letters and does not say so. On a page of which many others are not ``known`` for what they are, each that is beyond ASCII
    (a font with the codes of Macintosh: 0x80 is Ä)."""
    every = ''.join([glyph.text for glyph in glyphs])
    if known and 2 * len(every.encode('latin-1', 'ignore')) < len(every):
        return frozenset()
    latin = [
        at
        for at, (char, *_) in enumerate(glyphs)
        if ' ' < char <= ('\xff' if known else '\u024f') and char not in _WIDE
    ]
    wide = [
        at
        for at in latin
        if not glyphs[at].turn and glyphs[at].x1 - glyphs[at].x0 > 0.97 * (glyphs[at].bottom - glyphs[at].top)
    ]
    if not known:
        return frozenset(at for at in wide if glyphs[at].text > '~')
    return frozenset(wide) if len(wide) >= _MANY and len(wide) > 0.5 * len(latin) else frozenset()


@lru_cache(maxsize=1 << 14)
def _char(code: int) -> tuple[str, bool]:
    """(the character of a code of pdfium's, whether it may be a wrong guess). pdfium marks a word-breaking hyphen with 2."""
    if code == 2:
        return '-', False
    if code in (9, 10, 13):
        return ' ', False
    known = code >= 32 and not 0xD800 <= code < 0xE000 and code <= 0x10FFFF and code & 0xFFFE != 0xFFFE
    char = chr(code) if known else _UNKNOWN
    return char, char == _UNKNOWN or _rare(char)


def _rare(char: str) -> bool:
    """Whether Chinese office text hardly has it: where the font does not say what it is, it was guessed wrongly."""
    return char > '\u024f' and not char.encode('gb2312', 'ignore')


def _em_reader() -> Callable[[pdfium.Handle, int], tuple[float, float, int, bool]]:
    """What tells (how far the em square of a character reaches below and above the base line, the angle of the writing, whether it leans).
    It keeps the place for answers."""
    matrix = raw.FS_MATRIX()
    to_matrix = ctypes.byref(matrix)
    text_matrix, font_size, six = pdfium.text_matrix, pdfium.font_size, struct.Struct('6f').unpack_from

    def em_of(text: pdfium.Handle, at: int) -> tuple[float, float, int, bool]:
        text_matrix(text, at, to_matrix)
        a, b, c, d, _, _ = six(matrix)
        em = font_size(text, at)
        if b == c == 0.0 < a and em > 0.0:  # nearly all writing is level
            em *= abs(d)
            return -0.12 * em, 0.88 * em, 0, False
        em *= math.hypot(c, d)
        below, above = sorted((-0.12 * em, 0.88 * em))
        angle = math.degrees(math.atan2(-b, a))
        turn = round(angle / 90) * 90
        return below, above, turn % 360, abs(angle - turn) > LEANING

    return em_of


def _ink_reader() -> Callable[[pdfium.Handle, int, int | None, bool], Ink]:
    """What tells how a character of a text object is drawn. It keeps the places for answers."""
    colors = (ctypes.c_uint * 4)()
    places = [ctypes.byref(colors, 4 * at) for at in range(4)]
    fill_color, stroke_color, render_mode = pdfium.fill_color, pdfium.stroke_color, pdfium.render_mode

    def ink_of(text: pdfium.Handle, at: int, drawing: int | None, leaning: bool) -> Ink:
        mode = 0 if drawing is None else render_mode(drawing)
        known = (stroke_color if mode in _OUTLINED else fill_color)(text, at, *places)
        unseen = mode in _WITHOUT_INK
        # Nearly all text is black: asked as a whole, it spares the reckoning.
        if (not known or bytes(colors) == _BLACK) and not leaning and not unseen:
            return _PLAIN
        red, green, blue, alpha = colors if known else (0, 0, 0, 255)
        lightness = 1 - (1 - (0.3 * red + 0.6 * green + 0.1 * blue) / 255) * alpha / 255
        if not leaning and not unseen and lightness <= PALE:
            return _PLAIN
        return Ink(leaning, lightness, unseen)

    return ink_of


def _em_square(
    x: float, y: float, loose: raw.FS_RECTF, below: float, above: float, turn: int
) -> tuple[float, float, float, float]:
    """The character's em square in user space: along the writing from pdfium's box, across it from the base line."""
    if turn == 0:
        return min(x, loose.right), y + below, loose.right, y + above
    if turn == 90:
        return x + below, loose.bottom, x + above, max(y, loose.bottom)
    if turn == 180:
        return loose.left, y - above, max(x, loose.left), y - below
    return x - above, min(y, loose.top), x - below, loose.top
