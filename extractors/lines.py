"""Positioned characters → lines → paragraphs, for every format that says where its characters stand (PDF, OFD, scans).

Boxes are in points from the page's top left corner. Nothing here knows of a file format.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple


class Glyph(NamedTuple):
    """One character as drawn, or a word that OCR read as a whole.

    ``top`` and ``bottom`` are those of the em square, not of the ink, so that characters of one line have the same ones.
    ``turn`` is the angle of the writing, clockwise: 0, 90, 180 or 270.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    turn: int = 0


class Line(NamedTuple):
    """One line of text. ``lead`` is the width of its beginning up to the first place where a line may break;
    ``tail`` that of the closing punctuation at its end, which may hang over the margin. ``size`` is the height of the largest character."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    lead: float
    tail: float


# Line-breaking rules (kinsoku shori, GB/T 15834 5.1: no line begins with closing punctuation or ends with an opening bracket).
_NO_START = frozenset('、，。；：！？）》〉】〕」』”’％‰℃,.;:!?)]}%…—～·')
_NO_END = frozenset('（《〈【〔「『“‘([{')
_WORD = re.compile(r"[A-Za-z0-9À-ɏ.,:/%+\-_'&@=<>]")
_HAN = re.compile(r'[⺀-⿟　-〿㐀-䶿一-鿿豈-﫿＀-￯]')

LABEL = re.compile(
    r'(?:[0-9０-９]{1,2}(?:[.．](?![0-9０-９])|[、)）])|[（(][0-9０-９一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、'
    r'|[①-⑳⑴-⒇㈠-㈩]|第[一二三四五六七八九十百]{1,4}[条章节])'
)
_STOPS = frozenset('。；;：:！!？?.')


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """The lines that the characters form, from top to bottom. Turned writing is read along its own direction."""
    by_turn: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        by_turn.setdefault(glyph.turn, []).append(glyph)
    found = [line for turn, some in by_turn.items() for line in _level_lines(some, turn)]
    if len(by_turn) > 1:
        found.sort(key=lambda line: line.top)
    return found


def _level_lines(glyphs: list[Glyph], turn: int) -> list[Line]:
    level = [_turned_back(glyph) for glyph in glyphs] if turn else glyphs
    level.sort(key=lambda glyph: glyph.top + glyph.bottom)
    rows: list[list[Glyph]] = []
    band_top = band_bottom = 0.0
    for glyph in level:
        overlap = min(band_bottom, glyph.bottom) - max(band_top, glyph.top)
        height = min(band_bottom - band_top, glyph.bottom - glyph.top)
        if rows and overlap > 0.5 * height:
            rows[-1].append(glyph)
            # The band is that of the largest character: a superscript joins the line, but does not widen it.
            if glyph.bottom - glyph.top > band_bottom - band_top:
                band_top, band_bottom = glyph.top, glyph.bottom
        else:
            rows.append([glyph])
            band_top, band_bottom = glyph.top, glyph.bottom
    found = [line for row in rows if (line := _line(row)) is not None]
    return [_turned(line, turn) for line in found] if turn else found


def _turned_back(glyph: Glyph) -> Glyph:
    """The character in a frame in which its writing runs from left to right."""
    _, x0, top, x1, bottom, turn = glyph
    if turn == 90:
        x0, top, x1, bottom = top, -x1, bottom, -x0
    elif turn == 180:
        x0, top, x1, bottom = -x1, -bottom, -x0, -top
    elif turn == 270:
        x0, top, x1, bottom = -bottom, x0, -top, x1
    return Glyph(glyph.text, x0, top, x1, bottom, turn)


def _turned(line: Line, turn: int) -> Line:
    """The line back in the page's frame."""
    x0, top, x1, bottom = line.x0, line.top, line.x1, line.bottom
    if turn == 90:
        x0, top, x1, bottom = -bottom, x0, -top, x1
    elif turn == 180:
        x0, top, x1, bottom = -x1, -bottom, -x0, -top
    elif turn == 270:
        x0, top, x1, bottom = top, -x1, bottom, -x0
    return line._replace(x0=x0, top=top, x1=x1, bottom=bottom)


def _line(glyphs: list[Glyph]) -> Line | None:
    """One line from its characters in any order; None where it holds nothing but space."""
    glyphs.sort(key=lambda glyph: glyph.x0)
    once: list[Glyph] = []
    for glyph in glyphs:
        if not any(_same_place(glyph, earlier) for earlier in once[-3:]):
            once.append(glyph)
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
    return Line(
        text=_spaced(once),
        x0=once[first].x0,
        top=min(glyph.top for glyph in once),
        x1=once[-1].x1,
        bottom=max(glyph.bottom for glyph in once),
        size=max(glyph.bottom - glyph.top for glyph in once),
        lead=_lead(once[first:]),
        tail=tail,
    )


def _same_place(glyph: Glyph, earlier: Glyph) -> bool:
    """Whether a character was drawn twice to look bold."""
    return (
        glyph.text == earlier.text
        and glyph.x0 - earlier.x0 < 0.4 * (earlier.x1 - earlier.x0)
        and abs(glyph.top - earlier.top) < 0.2 * (earlier.bottom - earlier.top)
    )


def _spaced(glyphs: Sequence[Glyph]) -> str:
    """The text, with a space where a gap stands for one that was not drawn."""
    parts = [glyphs[0].text]
    for before, glyph in pairwise(glyphs):
        gap = glyph.x0 - before.x1
        em = max(before.bottom - before.top, glyph.bottom - glyph.top)
        if gap > 0.12 * em and not before.text.isspace() and not glyph.text.isspace():
            han = bool(_HAN.match(before.text)) + bool(_HAN.match(glyph.text))
            # Typesetters put a quarter em between Han and Latin by themselves, and stretch Han when they justify.
            if gap > (0.18, 0.6, 0.8)[han] * em:
                parts.append(' ' if gap < 2 * em else '  ')
        parts.append(glyph.text)
    return ''.join(parts)


def _lead(glyphs: Sequence[Glyph]) -> float:
    """Width up to the first place where a line may break."""
    end = 0
    while end < len(glyphs) - 1 and glyphs[end].text in _NO_END:
        end += 1
    if _WORD.fullmatch(glyphs[end].text):
        while end + 1 < len(glyphs) and _WORD.fullmatch(glyphs[end + 1].text):
            end += 1
    while end + 1 < len(glyphs) and glyphs[end + 1].text in _NO_START:
        end += 1
    return glyphs[end].x1 - glyphs[0].x0


def wraps(line: Line, following: Line, left: float, right: float) -> bool:
    """Whether the text of ``line`` runs on in ``following`` because the width between ``left`` and ``right`` was used up."""
    if following.text[0].isspace():
        return False
    slack_left, slack_right = line.x0 - left, right - line.x1
    # A centred line could have grown on both sides.
    centred = abs(slack_left - slack_right) < 3
    room = slack_left + slack_right if centred else slack_right
    return following.lead > room - 1


def join(before: str, after: str) -> str:
    """Two pieces of one wrapped text: words of Latin letters get their space back, Chinese needs none."""
    latin = bool(re.search(r'[A-Za-z,.;:!?)]$', before)) and bool(re.match(r'[A-Za-z(]', after))
    return f'{before} {after}' if latin else before + after


def flow(lines: Sequence[Line], left: float, right: float) -> str:
    """The text of a cell: wrapped lines joined, ``\\n`` where a line ended before its width was used up."""
    text = ''
    inline_labels = any(LABEL.search(line.text, 1) for line in lines)
    for at, line in enumerate(lines):
        if not at:
            text = line.text
            continue
        before = lines[at - 1]
        item = before.text[-1] in _STOPS and LABEL.match(line.text) and not inline_labels
        broken = item or not wraps(before, line, left, right)
        text = f'{text}\n{line.text}' if broken else join(text, line.text)
    return text
