"""Text that lies unseen over a scan, held against what the picture shows: the program that laid it there may have misread a figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from kaohe.extractors.findings import finding
from kaohe.extractors.layout.composition import PageMarks
from kaohe.extractors.layout.ruling import RuledLine
from kaohe.extractors.layout.text_lines import Glyph
from kaohe.extractors.ocr import recognition
from kaohe.extractors.ocr.pixels import only

if TYPE_CHECKING:
    from kaohe.extractors.ocr.pixels import Picture

_FOLDED = str.maketrans('０１２３４５６７８９．％，', '0123456789.%,')
_FIGURES = frozenset('0123456789.%‰')
# Read as something else these are mostly misread by us; read as each other they are a doubt.
_NUMERALS = frozenset('一二两三四五六七八九十百半')
# Characters that are further apart than this share of their height stand in different cells.
_APART = 1.5
# A recognised line may stand this share of its height aside of where the layer has it.
_ASIDE = 0.5
_SHOWN = 3


def has_figures(marks: PageMarks) -> bool:
    """Whether the page has text that lies unseen over a scan, with a figure in it."""
    return marks.layered and _counts(''.join(map(_folded, marks.glyphs)))


def checked(marks: PageMarks, drawn: Picture, scale: float, page: int) -> PageMarks:
    """The page, of whose figures those have no confidence that the picture does not confirm; a finding says what it shows instead. ``drawn``
    is the page as a grey picture of ``scale`` pixels a point."""
    pieces = [piece for piece in _pieces(marks.glyphs) if _counts(''.join(_folded(marks.glyphs[at]) for at in piece))]
    boxes = [_around([marks.glyphs[at] for at in piece]) for piece in pieces]
    seen = recognition.characters(only(drawn, scale, boxes), scale)
    glyphs = list(marks.glyphs)
    doubts: list[str] = []
    for piece, box in zip(pieces, boxes, strict=True):
        shown = sorted((glyph for glyph in seen if _within(glyph, box)), key=lambda glyph: glyph.x0)
        doubtful = _unconfirmed([marks.glyphs[at] for at in piece], shown)
        for at in doubtful:
            glyphs[piece[at]] = glyphs[piece[at]]._replace(confidence=0.0)
        if doubtful:
            doubts.append(f'“{_said(marks.glyphs[at] for at in piece)}”，图上认作“{_said(shown)}”')
    if not doubts:
        return marks
    more = f'等 {len(doubts)} 处' if len(doubts) > _SHOWN else ''
    detail = f'文字层写的是{"；".join(doubts[:_SHOWN])}{more}'
    return marks._replace(
        glyphs=glyphs,
        findings=(*marks.findings, finding('ocr.doubtful', where=f'第 {page} 页', page=page, detail=detail)),
    )


def _counts(text: str) -> bool:
    """Whether a figure stands in the text, or a numeral may be one of points."""
    return not _FIGURES.isdisjoint(text) or ('分' in text and not _NUMERALS.isdisjoint(text))


def _unconfirmed(written: Sequence[Glyph], shown: Sequence[Glyph]) -> list[int]:
    """Which of the characters that are written are figures that the picture does not show there."""
    before, after = [_folded(glyph) for glyph in written], [_folded(glyph) for glyph in shown]
    found: list[int] = []
    for kind, start, end, other, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == 'equal':
            continue
        numeral = not _NUMERALS.isdisjoint(after[other:last])
        found += [at for at in range(start, end) if before[at] in _FIGURES or (numeral and before[at] in _NUMERALS)]
    return found


def _pieces(glyphs: Sequence[Glyph]) -> Iterator[list[int]]:
    """The level characters that stand beside each other, from left to right."""
    order = sorted(
        (at for at, glyph in enumerate(glyphs) if not glyph.turn and not glyph.text.isspace()),
        key=lambda at: (round((glyphs[at].top + glyphs[at].bottom) / 4), glyphs[at].x0),
    )
    piece: list[int] = []
    for at in order:
        if piece and not _beside(glyphs[piece[-1]], glyphs[at]):
            yield piece
            piece = []
        piece.append(at)
    if piece:
        yield piece


def _beside(left: Glyph, right: Glyph) -> bool:
    height = max(left.bottom - left.top, right.bottom - right.top)
    return (
        abs(left.top + left.bottom - right.top - right.bottom) < height
        and -height < right.x0 - left.x1 < _APART * height
    )


def _around(piece: Sequence[Glyph]) -> RuledLine:
    top, bottom = min(glyph.top for glyph in piece), max(glyph.bottom for glyph in piece)
    aside = _ASIDE * (bottom - top)
    return RuledLine(piece[0].x0 - aside, top - aside / 2, max(glyph.x1 for glyph in piece) + aside, bottom + aside / 2)


def _within(glyph: Glyph, box: RuledLine) -> bool:
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    return box.x0 <= x <= box.x1 and box.top <= y <= box.bottom


def _folded(glyph: Glyph) -> str:
    return glyph.text.translate(_FOLDED)


def _said(glyphs: Iterator[Glyph] | Sequence[Glyph]) -> str:
    return ''.join(glyph.text for glyph in glyphs)
