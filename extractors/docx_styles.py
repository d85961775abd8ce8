"""What Word's styles say of a paragraph and a run: outline level, alignment, size, numbering, visibility.

Properties come from the element itself, else its style, else the styles that this one is based on, else the document's
defaults (ECMA-376 part 1, 17.7.2).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree

from extractors.docx_names import OFF, VAL, W, switched_on, value, whole

#: The size of text where nothing states one (ECMA-376 part 1, 17.3.2.38), in half-points.
DEFAULT_HALF_POINTS = 20
CENTERED = frozenset({'center'})
BODY_TEXT_LEVEL = 9


@dataclass(frozen=True, slots=True)
class Style:
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
        known = identifier if identifier in self._elements else self._default_paragraph
        return self._defaults if known is None else self._resolve(known).over(self._defaults)

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


def of_paragraph(properties: etree._Element) -> Style:
    """What a ``w:pPr`` itself states."""
    numbering = properties.find(f'{W}numPr')
    alignment = value(properties, 'jc')
    level = whole(value(properties, 'outlineLvl'))
    return Style(
        level=None if level is None else level + 1 if 0 <= level < BODY_TEXT_LEVEL else 0,
        centered=None if alignment is None else alignment in CENTERED,
        num_id=value(numbering, 'numId'),
        ilvl=whole(value(numbering, 'ilvl')),
    )


def of_run(properties: etree._Element) -> Style:
    """What a ``w:rPr`` itself states."""
    fonts = properties.find(f'{W}rFonts')
    return Style(
        half_points=whole(value(properties, 'sz')),
        hidden=switched_on(properties, 'vanish'),
        font=None if fonts is None else fonts.get(f'{W}ascii') or fonts.get(f'{W}hAnsi'),
    )


def _defaults(root: etree._Element) -> Style:
    properties = root.find(f'{W}docDefaults/{W}rPrDefault/{W}rPr')
    return NOTHING if properties is None else replace(of_run(properties), font=None)


def _stated(identifier: str, element: etree._Element) -> Style:
    paragraph, run = element.find(f'{W}pPr'), element.find(f'{W}rPr')
    found = NOTHING if paragraph is None else replace(of_paragraph(paragraph), num_style=identifier)
    if run is not None:
        found = of_run(run).over(found)
    if found.level is None:
        # Some writers leave the level of Word's built-in headings out: their names state it.
        heading = re.fullmatch(r'heading ([1-9])', (value(element, 'name') or '').lower())
        found = replace(found, level=int(heading[1])) if heading else found
    return found


def style_id(properties: etree._Element | None, name: str) -> str | None:
    """The style that a ``w:pPr`` (``pStyle``) or ``w:rPr`` (``rStyle``) names."""
    child = None if properties is None else properties.find(W + name)
    return None if child is None else child.get(VAL)
