"""Writing that is no text of the notice: watermarks, what nobody sees, what is struck out; whatever the format that drew it.

A watermark is told by its angle, by being pale and large, or by being pale and there again and again. What it says is kept apart, so that
nothing that can be seen is lost, and never stands in a cell.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from operator import attrgetter
from statistics import median
from typing import NamedTuple

from kaohe.extractors.layout.ruling import RuledLine
from kaohe.extractors.layout.text_lines import Glyph

# Writing that leans by more than this, in degrees, belongs to no line of text: scans lie aside by less.
LEANING = 4.0
# From white (1) and black (0): paler than this it is a watermark, where more speaks for it; whiter than that nobody sees it on paper.
PALE = 0.55
WHITE = 0.96
# Writing lower than this, in points, is read by nobody.
TINY = 1.5
# How much larger than the text of the page a watermark is, and how often a smaller one stands on a page.
_LARGE = 1.5
_OFTEN = 3
_HIGH = attrgetter('top', 'bottom')


class Ink(NamedTuple):
    """How a run of characters is drawn. ``lightness`` is 0 for black and 1 for white or fully transparent; ``unseen``: drawn without ink;
    ``absent``: in a part of the page that is switched off, or under something that covers it; ``tiny``: too small to be read."""

    leaning: bool = False
    lightness: float = 0.0
    unseen: bool = False
    watermark: bool = False
    absent: bool = False
    tiny: bool = False

    @property
    def plain(self) -> bool:
        """Whether nothing is special about it."""
        return self == _PLAIN or (
            self.lightness <= PALE and not (self.leaning or self.unseen or self.watermark or self.absent or self.tiny)
        )


_PLAIN = Ink()


class Sorted(NamedTuple):
    """The characters of a page's text, what its watermarks say, and how many runs nobody sees."""

    text: list[Glyph]
    watermarks: tuple[str, ...] = ()
    hidden: int = 0


def sort_out(
    glyphs: list[Glyph], runs: Sequence[tuple[int, Ink]], dark: Sequence[RuledLine], *, layered: bool
) -> Sorted:
    """The characters by what they are. ``runs`` tell where each run of one ink begins; on ``dark`` grounds white writing shows;
    ``layered`` pages are scans over whose picture the text is laid unseen."""
    if all(ink.plain for _, ink in runs):
        return Sorted(glyphs)
    ends = [start for start, _ in runs[1:]] + [len(glyphs)]
    pieces = [(glyphs[start:end], ink) for (start, ink), end in zip(runs, ends, strict=True) if end > start]
    if sum(len(some) for some, ink in pieces if ink.leaning) * 2 > len(glyphs):
        # the page itself lies aside
        pieces = [(some, ink._replace(leaning=False)) for some, ink in pieces]
    pieces = _all_around(pieces)
    usual = median([glyph.bottom - glyph.top for some, ink in pieces if ink.plain for glyph in some] or [float('inf')])
    often = {
        text
        for text, count in Counter(_said(some) for some, ink in pieces if ink.lightness > PALE).items()
        if count >= _OFTEN
    }
    text: list[Glyph] = []
    watermarks: list[str] = []
    goes_on = False
    hidden = 0
    for some, ink in pieces:
        size = max(glyph.bottom - glyph.top for glyph in some)
        pale = ink.lightness > PALE and (size > _LARGE * usual or (_said(some) in often and len(_said(some)) > 1))
        if ink.absent or (ink.tiny and size < usual < float('inf')):
            hidden += any(not glyph.text.isspace() for glyph in some)
        elif ink.watermark or ink.leaning or (pale and ink.lightness < 1):
            said = ''.join(glyph.text for glyph in some)
            # some programs draw a watermark character by character
            if goes_on and len(said) == 1:
                watermarks[-1] += said
            else:
                watermarks.append(said)
            goes_on = len(said) == 1
        elif (ink.unseen and not layered) or (
            ink.lightness >= WHITE and not all(_lies_on(glyph, dark) for glyph in some)
        ):
            hidden += any(not glyph.text.isspace() for glyph in some)
        else:
            text += some
    return Sorted(text, tuple(dict.fromkeys(each.strip() for each in watermarks if each.strip())), hidden)


def _all_around(pieces: list[tuple[list[Glyph], Ink]]) -> list[tuple[list[Glyph], Ink]]:
    """The pieces; a single character between two that lean is one of a writing that runs in a circle (a seal), and leans too."""
    single = [len(some) == 1 and ink.leaning for some, ink in pieces]
    return [
        (some, ink._replace(leaning=True))
        if len(some) == 1 and ink.plain and any(single[at - 1 : at]) and any(single[at + 1 : at + 2])
        else (some, ink)
        for at, (some, ink) in enumerate(pieces)
    ]


def _said(glyphs: Sequence[Glyph]) -> str:
    return ''.join(glyph.text for glyph in glyphs if not glyph.text.isspace())


def _lies_on(glyph: Glyph, grounds: Sequence[RuledLine]) -> bool:
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    return any(ground.x0 <= x <= ground.x1 and ground.top <= y <= ground.bottom for ground in grounds)


def without_struck(glyphs: list[Glyph], rules: list[RuledLine]) -> tuple[list[Glyph], list[RuledLine], int]:
    """The characters through whose middle no line is drawn, the other lines, and how many texts were struck out.

    A line that strikes out ends where what it strikes out ends; a border of a table runs on.
    """
    if not rules or not glyphs:
        return glyphs, rules, 0
    # Nearly every line lies between two lines of text: asked first, it spares the rest.
    written = {round((top + bottom) / 2) for top, bottom in set(map(_HIGH, glyphs))}
    level = [
        (at, rule)
        for at, rule in enumerate(rules)
        if rule.x1 - rule.x0 > 3 * (rule.bottom - rule.top)
        and not written.isdisjoint(range(round(rule.top) - 3, round(rule.bottom) + 4))
    ]
    if not level:
        return glyphs, rules, 0
    order = sorted(range(len(glyphs)), key=lambda at: glyphs[at].top + glyphs[at].bottom)
    middles = [(glyphs[at].top + glyphs[at].bottom) / 2 for at in order]
    struck: set[int] = set()
    lines: set[int] = set()
    for at, rule in level:
        y = (rule.top + rule.bottom) / 2
        near = order[bisect_left(middles, y - 4) : bisect_right(middles, y + 4)]
        hit = [
            each
            for each in near
            if not glyphs[each].turn
            and rule.x0 < (glyphs[each].x0 + glyphs[each].x1) / 2 < rule.x1
            and abs(y - (glyphs[each].top + glyphs[each].bottom) / 2) < 0.2 * (glyphs[each].bottom - glyphs[each].top)
        ]
        if not hit:
            continue
        em = max(glyphs[each].bottom - glyphs[each].top for each in hit)
        left, right = min(glyphs[each].x0 for each in hit), max(glyphs[each].x1 for each in hit)
        if abs(left - rule.x0) < 0.5 * em and abs(right - rule.x1) < 0.5 * em:
            struck.update(hit)
            lines.add(at)
    if not struck:
        return glyphs, rules, 0
    kept = [glyph for at, glyph in enumerate(glyphs) if at not in struck]
    return kept, [rule for at, rule in enumerate(rules) if at not in lines], len(lines)
