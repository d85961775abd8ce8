"""What Word's styles say of a paragraph and a run: outline level, alignment, size, numbering, visibility.

Properties come from the element itself, else its style, else the styles that this one is based on, else the document's
defaults (ECMA-376 part 1, 17.7.2).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from lxml import etree

from kaohe.extractors.docx.grounds import is_dark
from kaohe.extractors.docx.names import OFF, VAL, W, value, whole
from kaohe.extractors.docx.repeats import SHARED
from kaohe.extractors.docx.style_properties import NOTHING, StyleProperties

#: The size of text where nothing states one (ECMA-376 part 1, 17.3.2.38), in half-points.
DEFAULT_HALF_POINTS = 20
CENTERED = frozenset({'center'})
BODY_TEXT_LEVEL = 9


#: What a ``w:pPr`` states, as written: ``w:val`` of pStyle, jc, outlineLvl, numId and ilvl; and whether it shades its ground.
ParagraphWords = tuple[str | None, str | None, str | None, str | None, str | None, bool | None]


class RunWords(NamedTuple):
    """What a ``w:rPr`` states: ``w:val`` of rStyle, sz, vanish, strike or dstrike, vertAlign, color and position, the font, whether the mark
    that it is of is deleted, moved away or hidden, and whether it shades its ground."""

    style: str | None = None
    size: str | None = None
    vanish: str | None = None
    font: str | None = None
    gone: bool = False
    strike: str | None = None
    vertical: str | None = None
    color: str | None = None
    position: str | None = None
    ground: bool | None = None


class Styles:
    """The styles of a document by id; ``root`` is its styles part, None where it has none.

    ``shared`` are properties that it states once for many paragraphs or runs, those of runs first (`kaohe.extractors.docx.repeats`).

    What paragraphs and runs look like is worked out once for all that state the same: the 13,000 runs of a notice of 1,000 lines as
    Word saves it are of two kinds.
    """

    def __init__(self, root: etree._Element | None, shared: Mapping[str, etree._Element]) -> None:
        self._shared_runs: dict[str | None, RunWords] = {}
        self._shared_paragraphs: dict[str | None, tuple[ParagraphWords, bool]] = {}
        for number, stated in shared.items():
            if stated.tag == RUN_PROPERTIES:
                self._shared_runs[number] = self._of_run(stated)
            elif stated.tag == PARAGRAPH_PROPERTIES:
                self._shared_paragraphs[number] = self._of_paragraph(stated)
        self._elements: dict[str, etree._Element] = {}
        self._resolved: dict[str, StyleProperties] = {}
        self._paragraphs: dict[ParagraphWords, StyleProperties] = {}
        self._runs: dict[tuple[RunWords, StyleProperties], StyleProperties] = {}
        self._defaults = StyleProperties(half_points=DEFAULT_HALF_POINTS)
        self._default_paragraph: str | None = None
        if root is None:
            return
        for element in root.iterfind(f'{W}style'):
            identifier = element.get(f'{W}styleId')
            if identifier is None:
                continue
            self._elements[identifier] = element
            if element.get(f'{W}type') == 'paragraph' and element.get(f'{W}default', '0').lower() not in OFF:
                self._default_paragraph = identifier
        self._defaults = _defaults(root).over(self._defaults)

    def paragraph(self, properties: etree._Element | None) -> tuple[StyleProperties, bool]:
        """What a paragraph with this ``w:pPr`` looks like, and whether its text runs on into the next one, for its mark is gone.

        A style that is unknown or not named is the default one.
        """
        words, runs_on = (SILENT, False) if properties is None else self._of_paragraph(properties)
        found = self._paragraphs.get(words)
        if found is None:
            known = words[0] if words[0] in self._elements else self._default_paragraph
            named = NOTHING if known is None else self._resolve(known)
            found = self._paragraphs[words] = _paragraph_style(words).over(named.over(self._defaults))
        return found, runs_on

    def run(self, properties: etree._Element, paragraph: StyleProperties) -> StyleProperties:
        """What a run with this ``w:rPr`` looks like in a paragraph that looks like ``paragraph``."""
        words = self._of_run(properties)
        found = self._runs.get((words, paragraph))
        if found is None:
            named = NOTHING if words.style not in self._elements else self._resolve(words.style)
            found = _run_style(words).over(named).over(paragraph)
            if found.raised is None and _lifted(words, paragraph):
                found = found._replace(raised=True)
            self._runs[words, paragraph] = found
        return found

    def shades(self, identifier: str) -> bool:
        """Whether a table style, or one that it is based on, draws a ground behind anything."""
        step: str | None = identifier
        seen: set[str] = set()
        while step is not None and step in self._elements and step not in seen:
            seen.add(step)
            if any(is_dark(shade) for shade in self._elements[step].iter(SHADE)):
                return True
            step = value(self._elements[step], 'basedOn')
        return False

    def list_of(self, identifier: str) -> str | None:
        """The list (``numId``) that a numbering style stands for."""
        return self._resolve(identifier).num_id if identifier in self._elements else None

    def _of_run(self, properties: etree._Element) -> RunWords:
        return self._shared_runs.get(properties.get(SHARED)) or _run_words(properties)

    def _of_paragraph(self, properties: etree._Element) -> tuple[ParagraphWords, bool]:
        known = self._shared_paragraphs.get(properties.get(SHARED))
        if known is not None:
            return known
        words, mark = _paragraph_words(properties)
        return words, mark is not None and self._of_run(mark).gone

    def _resolve(self, identifier: str) -> StyleProperties:
        if identifier not in self._resolved:
            chain: list[str] = []
            step: str | None = identifier
            while step is not None and step in self._elements and step not in chain:
                chain.append(step)
                step = value(self._elements[step], 'basedOn')
            found = NOTHING
            for step in reversed(chain):
                found = _stated(step, self._elements[step]).over(found)
                self._resolved.setdefault(step, found)
        return self._resolved[identifier]


def _paragraph_words(properties: etree._Element) -> tuple[ParagraphWords, etree._Element | None]:
    """What a ``w:pPr`` states, and the properties of the mark that ends the paragraph."""
    style: str | None = None
    alignment: str | None = None
    outline: str | None = None
    num_id: str | None = None
    ilvl: str | None = None
    mark: etree._Element | None = None
    ground: bool | None = None
    for child in properties:
        tag = child.tag
        if tag == JUSTIFICATION:
            alignment = child.get(VAL, '')
        elif tag == PARAGRAPH_STYLE:
            style = child.get(VAL)
        elif tag == NUMBERING:
            num_id, ilvl = value(child, 'numId'), value(child, 'ilvl')
        elif tag == OUTLINE:
            outline = child.get(VAL)
        elif tag == SHADE:
            ground = is_dark(child)
        elif tag == RUN_PROPERTIES:
            mark = child
    return (style, alignment, outline, num_id, ilvl, ground), mark


def _paragraph_style(words: ParagraphWords) -> StyleProperties:
    _, alignment, outline, num_id, ilvl, ground = words
    level = whole(outline)
    if level is not None:
        level = level + 1 if 0 <= level < BODY_TEXT_LEVEL else 0
    centered = None if alignment is None else alignment in CENTERED
    return StyleProperties(level, centered, num_id=num_id, ilvl=whole(ilvl), ground=ground)


def _run_words(properties: etree._Element) -> RunWords:
    style: str | None = None
    size: str | None = None
    vanish: str | None = None
    font: str | None = None
    strike: str | None = None
    vertical: str | None = None
    color: str | None = None
    position: str | None = None
    ground: bool | None = None
    gone = False
    for child in properties:
        tag = child.tag
        if tag == FONTS:
            font = child.get(ASCII) or child.get(HIGH_ANSI)
        elif tag == SIZE:
            size = child.get(VAL)
        elif tag == RUN_STYLE:
            style = child.get(VAL)
        elif tag == VANISH:
            vanish = child.get(VAL, 'true')
        elif tag in STRIKES:
            strike = child.get(VAL, 'true') if strike is None or strike.lower() in OFF else strike
        elif tag == VERTICAL:
            vertical = child.get(VAL, '')
        elif tag == COLOR:
            color = child.get(VAL, '')
        elif tag == POSITION:
            position = child.get(VAL)
        elif tag in (SHADE, HIGHLIGHT):
            # an automatic ground lets that of the paragraph show
            ground = is_dark(child) or ground
        if tag in GONE_MARKS:
            gone = gone or child.get(VAL, 'true') not in OFF
    return RunWords(style, size, vanish, font, gone, strike, vertical, color, position, ground)


def _run_style(words: RunWords) -> StyleProperties:
    return StyleProperties(
        half_points=whole(words.size),
        hidden=_on(words.vanish),
        font=None if words.font is None else words.font.lower(),
        struck=_on(words.strike),
        raised=None if words.vertical is None else words.vertical == 'superscript',
        white=None if words.color is None else words.color.upper() == WHITE,
        ground=words.ground,
    )


def _lifted(words: RunWords, paragraph: StyleProperties) -> bool:
    """Whether text is set higher than its line, and smaller: a power that was drawn by hand."""
    size, beside = whole(words.size), paragraph.half_points
    return size is not None and beside is not None and size < SMALL * beside and (whole(words.position) or 0) > 0


def _on(stated: str | None) -> bool | None:
    return None if stated is None else stated.lower() not in OFF


def _defaults(root: etree._Element) -> StyleProperties:
    properties = root.find(f'{W}docDefaults/{W}rPrDefault/{W}rPr')
    return NOTHING if properties is None else _run_style(_run_words(properties))._replace(font=None)


def _stated(identifier: str, element: etree._Element) -> StyleProperties:
    paragraph, run = element.find(f'{W}pPr'), element.find(f'{W}rPr')
    found = NOTHING
    if paragraph is not None:
        found = _paragraph_style(_paragraph_words(paragraph)[0])._replace(num_style=identifier)
    if run is not None:
        found = _run_style(_run_words(run)).over(found)
    if found.level is None:
        # Some writers leave the level of Word's built-in headings out: their names state it.
        heading = re.fullmatch(r'heading ([1-9])', (value(element, 'name') or '').lower())
        found = found._replace(level=int(heading[1])) if heading else found
    return found


SILENT: ParagraphWords = (None, None, None, None, None, None)
WHITE = 'FFFFFF'
#: What is smaller than this part of the text beside it, and set higher, is a power or the mark of a note.
SMALL = 0.8
JUSTIFICATION = W + 'jc'
PARAGRAPH_STYLE = W + 'pStyle'
RUN_STYLE = W + 'rStyle'
NUMBERING = W + 'numPr'
OUTLINE = W + 'outlineLvl'
PARAGRAPH_PROPERTIES = W + 'pPr'
RUN_PROPERTIES = W + 'rPr'
FONTS = W + 'rFonts'
ASCII = W + 'ascii'
HIGH_ANSI = W + 'hAnsi'
SIZE = W + 'sz'
VANISH = W + 'vanish'
STRIKES = frozenset({W + 'strike', W + 'dstrike'})
VERTICAL = W + 'vertAlign'
COLOR = W + 'color'
POSITION = W + 'position'
SHADE = W + 'shd'
HIGHLIGHT = W + 'highlight'
GONE_MARKS = frozenset({W + 'del', W + 'moveFrom', W + 'vanish', W + 'specVanish'})
