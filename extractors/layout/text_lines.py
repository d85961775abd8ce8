"""Positioned characters → lines of text, for every format that says where its characters stand (PDF, OFD, scans).

Boxes are in points from the page's top left corner. Nothing here knows of a file format.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter, eq, sub
from statistics import median
from typing import NamedTuple

from kaohe.extractors.raised import raised


class Glyph(NamedTuple):
    """One character as drawn, or a word that OCR read as a whole.

    ``top`` and ``bottom`` are those of the em square, not of the ink, so that characters of one line have the same ones.
    ``turn`` is the angle of the writing, clockwise: 0, 90, 180 or 270. ``confidence`` (0 to 1) is that of optical recognition.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    turn: int = 0
    confidence: float | None = None


class TextLine(NamedTuple):
    """One line of text. ``lead`` is the width of its beginning up to the first place where a line may break;
    ``tail`` that of the closing punctuation at its end, which may hang over the margin. ``size`` is the height of the largest character.
    ``confidence`` is the lowest of its digits and signs of number, 1 where it has none, None where the line was not recognised but read."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    lead: float
    tail: float
    confidence: float | None = None


# Line-breaking rules (kinsoku shori, GB/T 15834 5.1: no line begins with closing punctuation or ends with an opening bracket).
_NO_START = frozenset('、，。；：！？）》〉】〕」』”’％‰℃,.;:!?)]}%…—～·')
_NO_END = frozenset('（《〈【〔「『“‘([{')
# What a number is written with: a doubt about one of these is a doubt about an amount.
_NUMBER = frozenset('0123456789０１２３４５６７８９.．%％‰一二三四五六七八九十百两半')
_RAISED = frozenset('⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾')
_QUOTES = frozenset('“”‘’"')
_WORD = re.compile(r"[A-Za-z0-9À-ɏ.,:/%+\-_'&@=<>≤≥≦≧±]")
HAN = re.compile(r'[⺀-⿟　-〿㐀-䶿一-鿿豈-﫿＀-￯]')

# Typesetters put this part of an em between Han and Latin by themselves.
AUTOSPACE = 0.25
# A gap of less than this part of an em is no blank.
_LEAST_GAP = 0.12
# A character smaller than this part of the one beside it, and lifted by this part of it, is raised.
_SMALL = 0.8
_LIFTED = 0.12
# A character that is drawn twice stands at most so many places after the first.
_TWICE_WITHIN = 3

_LEFT = attrgetter('x0')
_TURN = attrgetter('turn')


def lines_of(glyphs: Iterable[Glyph]) -> list[TextLine]:
    """The lines that the characters form, from top to bottom. Turned writing is read along its own direction."""
    every = list(glyphs)
    turns = dict.fromkeys(map(_TURN, every))
    if len(turns) == 1:
        return _level_lines(every, *turns)
    found = [line for turn in turns for line in _level_lines([glyph for glyph in every if glyph.turn == turn], turn)]
    found.sort(key=lambda line: line.top)
    return found


def _level_lines(glyphs: list[Glyph], turn: int) -> list[TextLine]:
    level = [_turned_back(glyph) for glyph in glyphs] if turn else glyphs
    level.sort(key=lambda glyph: glyph.top + glyph.bottom)
    rows: list[list[Glyph]] = []
    band_top = band_bottom = 0.0
    for glyph in level:
        _, _, top, _, bottom, _, _ = glyph
        if top == band_top and bottom == band_bottom and top < bottom:
            # As large as the band and level with it, as most characters are: asked first, it spares them the rest.
            rows[-1].append(glyph)
            continue
        overlap = min(band_bottom, bottom) - max(band_top, top)
        height = min(band_bottom - band_top, bottom - top)
        if rows and overlap > 0.5 * height:
            rows[-1].append(glyph)
            # The band is that of the largest character: a superscript joins the line, but does not widen it.
            if bottom - top > band_bottom - band_top:
                band_top, band_bottom = top, bottom
        else:
            rows.append([glyph])
            band_top, band_bottom = top, bottom
    found = [line for row in rows if (line := _line(row)) is not None]
    return [_turned(line, turn) for line in found] if turn else found


def _turned_back(glyph: Glyph) -> Glyph:
    """The character in a frame in which its writing runs from left to right."""
    _, x0, top, x1, bottom, turn, confidence = glyph
    if turn == 90:
        x0, top, x1, bottom = top, -x1, bottom, -x0
    elif turn == 180:
        x0, top, x1, bottom = -x1, -bottom, -x0, -top
    elif turn == 270:
        x0, top, x1, bottom = -bottom, x0, -top, x1
    return Glyph(glyph.text, x0, top, x1, bottom, turn, confidence)


def _turned(line: TextLine, turn: int) -> TextLine:
    """The line back in the page's frame."""
    x0, top, x1, bottom = line.x0, line.top, line.x1, line.bottom
    if turn == 90:
        x0, top, x1, bottom = -bottom, x0, -top, x1
    elif turn == 180:
        x0, top, x1, bottom = -x1, -bottom, -x0, -top
    elif turn == 270:
        x0, top, x1, bottom = top, -x1, bottom, -x0
    return line._replace(x0=x0, top=top, x1=x1, bottom=bottom)


def _line(glyphs: list[Glyph]) -> TextLine | None:
    """One line from its characters in any order; None where it holds nothing but space."""
    glyphs.sort(key=_LEFT)
    once = _drawn_once(glyphs)
    while once and once[-1].text.isspace():
        once.pop()
    first = next((at for at, glyph in enumerate(once) if not glyph.text.isspace()), None)
    if first is None:
        return None
    tail = 0.0
    for glyph in reversed(once):
        if glyph.text not in _NO_START:
            break
        tail += glyph.x1 - glyph.x0
    texts, x0s, tops, x1s, bottoms, _, confidences = zip(*once, strict=True)
    heights = list(map(sub, bottoms, tops))
    if min(heights) < _SMALL * max(heights) and confidences[0] is None:
        once = _with_raised(once)
        texts = tuple(glyph.text for glyph in once)
    gaps = list(map(sub, x0s[1:], x1s))
    return TextLine(
        # Mostly there is no room for a blank anywhere.
        text=_spaced(once, gaps)
        if max(gaps, default=0.0) > _LEAST_GAP * min(heights) or not _RAISED.isdisjoint(texts)
        else ''.join(texts),
        x0=once[first].x0,
        top=min(tops),
        x1=once[-1].x1,
        bottom=max(bottoms),
        size=max(heights),
        lead=_lead(once[first:]),
        tail=tail,
        confidence=_confidence(texts, confidences),
    )


def _with_raised(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The characters, those written small and high as such: the 2 of m², the mark of a footnote."""
    found: list[Glyph] = []
    beside: Glyph | None = None
    for at, glyph in enumerate(glyphs):
        if not glyph.text.isspace():
            high = _is_raised(
                glyph, beside or next((one for one in glyphs[at + 1 :] if not _is_small(glyph, one)), None)
            )
            if high:
                glyph = glyph._replace(text=raised(glyph.text))
            else:
                beside = glyph
        found.append(glyph)
    return found


def _is_small(glyph: Glyph, beside: Glyph) -> bool:
    return beside.bottom - beside.top <= (glyph.bottom - glyph.top) / _SMALL


def _is_raised(glyph: Glyph, beside: Glyph | None) -> bool:
    if beside is None or _is_small(glyph, beside):
        return False
    return beside.bottom - glyph.bottom > _LIFTED * (beside.bottom - beside.top)


def _confidence(texts: Sequence[str], confidences: Sequence[float | None]) -> float | None:
    if confidences.count(None) == len(confidences):
        return None
    known = zip(texts, confidences, strict=True)
    return min((sure for text, sure in known if sure is not None and text in _NUMBER), default=1.0)


def _drawn_once(glyphs: list[Glyph]) -> list[Glyph]:
    """The characters, sorted from left to right, without those that were drawn twice to look bold."""
    texts = [glyph.text for glyph in glyphs]
    if not any(any(map(eq, texts, texts[distance:])) for distance in range(1, _TWICE_WITHIN + 1)):
        return glyphs
    once: list[Glyph] = []
    for glyph in glyphs:
        alike = [earlier for earlier in once[-_TWICE_WITHIN:] if earlier.text == glyph.text]
        if not any(_same_place(glyph, earlier) for earlier in alike):
            once.append(glyph)
    return once


def _same_place(glyph: Glyph, earlier: Glyph) -> bool:
    width, em = earlier.x1 - earlier.x0, earlier.bottom - earlier.top
    return (
        glyph.x0 - earlier.x0 < min(max(0.4 * width, 0.12 * em), 0.9 * width)
        and abs(glyph.top - earlier.top) < 0.2 * em
    )


def _spaced(glyphs: Sequence[Glyph], gaps: Sequence[float]) -> str:
    """The text, with the blanks that a reader dropped (a run of them shortened to one) or that were never drawn, from the gaps."""
    # Justified lines are stretched evenly: only what exceeds the usual gap is a blank.
    usual = max(median(gaps), 0.0) if len(gaps) > 4 else 0.0
    parts = [glyphs[0].text]
    for (before, glyph), gap in zip(pairwise(glyphs), gaps, strict=True):
        em = max(before.bottom - before.top, glyph.bottom - glyph.top)
        if glyph.text in _RAISED and glyph.x0 - (before.x0 if before.text.isspace() else before.x1) < 0.6 * em:
            # writers leave room for it with blanks
            if before.text.isspace() and len(parts) > 1:
                parts.pop()
            parts.append(glyph.text)
            continue
        if gap - usual > _LEAST_GAP * em and not glyph.text.isspace():
            parts.append(_blanks(before, glyph, gap - usual, em))
        parts.append(glyph.text)
    return ''.join(parts)


def _blanks(before: Glyph, glyph: Glyph, gap: float, em: float) -> str:
    if before.text.isspace():
        # Blanks stretch in justified lines: most of another one must fit.
        return before.text * int(gap / max(before.x1 - before.x0, 0.2 * em) + 0.3)
    if glyph.confidence is not None and (glyph.text in _NO_END or before.text in _NO_START):
        return ''  # recognised characters have no em square: punctuation shows the white of its own
    han = bool(HAN.match(before.text)) + bool(HAN.match(glyph.text))
    if gap <= (0.18, AUTOSPACE + 0.2, 0.4)[han] * em:
        return ''
    return ' ' if gap < 0.9 * em else '  '


def _lead(glyphs: Sequence[Glyph]) -> float:
    """Width up to the first place where a line may break."""
    end = 0
    while end + 1 < len(glyphs) and _clings(glyphs[end].text, glyphs[end + 1].text):
        end += 1
    return glyphs[end].x1 - glyphs[0].x0


@lru_cache(maxsize=1 << 12)
def _clings(before: str, after: str) -> bool:
    """Whether no line may end between the two."""
    return (
        after in _NO_START
        or before in _NO_END
        # LibreOffice lets a quotation mark cling to both sides (UAX 14, class QU), and a digit to the punctuation before it.
        or after in _QUOTES
        or before in _QUOTES
        or (before in '、。，；：' and after.isdigit())
        or bool(_WORD.fullmatch(before) and _WORD.fullmatch(after))
    )
