"""What Word's styles say of a paragraph and a run: outline level, alignment, size, numbering, visibility.

Properties come from the element itself, else its style, else the styles that this one is based on, else the document's
defaults (ECMA-376 part 1, 17.7.2).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from extractors.docx_names import OFF, VAL, W, value, whole

#: The size of text where nothing states one (ECMA-376 part 1, 17.3.2.38), in half-points.
DEFAULT_HALF_POINTS = 20
CENTERED = frozenset({'center'})
BODY_TEXT_LEVEL = 9


class Style(NamedTuple):
    """What a style, or an element's own properties, states; None where it says nothing.

    ``level`` counts from 1; 0 says “body text”. ``half_points`` is the size in half-points. ``num_id`` and ``ilvl`` are the list
    and the level in it (from 0); ``num_style`` is the style whose list membership this is.
    """

    level: int | None = None
    centered: bool | None = None
    half_points: int | None = None
    hidden: bool | None = None
    num_id: str | None = None
    ilvl: int | None = None
    num_style: str | None = None
    font: str | None = None

    def over(self, below: Style) -> Style:
        """These properties where stated, else those of ``below``."""
        if self is NOTHING:
            return below
        return Style(
            self.level if self.level is not None else below.level,
            self.centered if self.centered is not None else below.centered,
            self.half_points if self.half_points is not None else below.half_points,
            self.hidden if self.hidden is not None else below.hidden,
            self.num_id if self.num_id is not None else below.num_id,
            self.ilvl if self.ilvl is not None else below.ilvl,
            self.num_style if self.num_id is not None else below.num_style,
            self.font if self.font is not None else below.font,
        )


NOTHING = Style()


class Styles:
    """The styles of a document by id; ``root`` is its styles part, None where it has none."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._resolved: dict[str, Style] = {}
        self._paragraphs: dict[str | None, Style] = {}
        self._defaults = Style(half_points=DEFAULT_HALF_POINTS)
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

    def paragraph(self, identifier: str | None) -> Style:
        """The properties that a paragraph of this style has; of the default style for None or an unknown id."""
        if identifier not in self._paragraphs:
            known = identifier if identifier in self._elements else self._default_paragraph
            own = NOTHING if known is None else self._resolve(known)
            self._paragraphs[identifier] = own.over(self._defaults)
        return self._paragraphs[identifier]

    def run(self, identifier: str | None) -> Style:
        """What a character style states; nothing for None or an unknown id."""
        return self._resolve(identifier) if identifier in self._elements and identifier is not None else NOTHING

    def list_of(self, identifier: str) -> str | None:
        """The list (``numId``) that a numbering style stands for."""
        return self._resolve(identifier).num_id if identifier in self._elements else None

    def _resolve(self, identifier: str) -> Style:
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


def of_paragraph(properties: etree._Element) -> tuple[str | None, Style, bool]:
    """What a ``w:pPr`` states: its style, its own properties, and whether the text runs on into the next paragraph.

    It runs on where the paragraph's mark is deleted, moved away or hidden.
    """
    style: str | None = None
    level: int | None = None
    centered: bool | None = None
    num_id: str | None = None
    ilvl: int | None = None
    runs_on = False
    for child in properties:
        tag = child.tag
        if tag == JUSTIFICATION:
            centered = child.get(VAL) in CENTERED
        elif tag == PARAGRAPH_STYLE:
            style = child.get(VAL)
        elif tag == NUMBERING:
            num_id, ilvl = value(child, 'numId'), whole(value(child, 'ilvl'))
        elif tag == OUTLINE:
            stated = whole(child.get(VAL))
            level = None if stated is None else stated + 1 if 0 <= stated < BODY_TEXT_LEVEL else 0
        elif tag == RUN_PROPERTIES:
            runs_on = any(mark.tag in GONE_MARKS and mark.get(VAL, 'true') not in OFF for mark in child)
    if level is None and centered is None and num_id is None and ilvl is None:
        return style, NOTHING, runs_on
    return style, Style(level, centered, None, None, num_id, ilvl), runs_on


def of_run(properties: etree._Element) -> tuple[str | None, Style]:
    """What a ``w:rPr`` states: its style and its own properties."""
    style: str | None = None
    half_points: int | None = None
    hidden: bool | None = None
    font: str | None = None
    for child in properties:
        tag = child.tag
        if tag == FONTS:
            font = child.get(ASCII) or child.get(HIGH_ANSI)
        elif tag == SIZE:
            half_points = whole(child.get(VAL))
        elif tag == RUN_STYLE:
            style = child.get(VAL)
        elif tag == VANISH:
            hidden = child.get(VAL, 'true').lower() not in OFF
    return style, Style(half_points=half_points, hidden=hidden, font=font)


def _defaults(root: etree._Element) -> Style:
    properties = root.find(f'{W}docDefaults/{W}rPrDefault/{W}rPr')
    return NOTHING if properties is None else of_run(properties)[1]._replace(font=None)


def _stated(identifier: str, element: etree._Element) -> Style:
    paragraph, run = element.find(f'{W}pPr'), element.find(f'{W}rPr')
    found = NOTHING if paragraph is None else of_paragraph(paragraph)[1]._replace(num_style=identifier)
    if run is not None:
        found = of_run(run)[1].over(found)
    if found.level is None:
        # Some writers leave the level of Word's built-in headings out: their names state it.
        heading = re.fullmatch(r'heading ([1-9])', (value(element, 'name') or '').lower())
        found = found._replace(level=int(heading[1])) if heading else found
    return found


JUSTIFICATION = W + 'jc'
PARAGRAPH_STYLE = W + 'pStyle'
RUN_STYLE = W + 'rStyle'
NUMBERING = W + 'numPr'
OUTLINE = W + 'outlineLvl'
RUN_PROPERTIES = W + 'rPr'
FONTS = W + 'rFonts'
ASCII = W + 'ascii'
HIGH_ANSI = W + 'hAnsi'
SIZE = W + 'sz'
VANISH = W + 'vanish'
GONE_MARKS = frozenset({W + 'del', W + 'moveFrom', W + 'vanish', W + 'specVanish'})
