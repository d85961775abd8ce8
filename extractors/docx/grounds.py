"""What lies behind and across the text of a Word document: grounds on which white writing shows, and watermarks."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from kaohe.extractors.docx.names import VAL, A, W, value, whole

_BARE = frozenset({'AUTO', 'FFFFFF'})
_PLAIN = frozenset({'clear', 'nil'})
_WP = '{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}'


def is_dark(shade: etree._Element) -> bool:
    """Whether a ``w:shd`` or ``w:highlight`` draws another ground behind a text than the page has."""
    if shade.tag == W + 'highlight':
        return shade.get(VAL, 'none') not in ('none', 'white')
    return shade.get(W + 'fill', 'auto').upper() not in _BARE or shade.get(VAL, 'clear') not in _PLAIN


def on_bare_page(run: etree._Element, shades: Callable[[str], bool]) -> bool:
    """Whether nothing dark lies behind the run: no shading of its cells and tables, no picture, no box. ``shades`` tells of a table style
    whether it shades anything."""
    element = run
    for element in run.iterancestors():
        if element.tag == _BOX:
            return False  # the box may be filled
        properties = element.find(_PROPERTIES[element.tag]) if element.tag in _PROPERTIES else None
        if properties is None:
            continue
        shade = properties.find(W + 'shd')
        style = value(properties, 'tblStyle')
        if (shade is not None and is_dark(shade)) or (style is not None and shades(style)):
            return False
    return not any(_lies_behind(each) for each in element.iter(W + 'background', W + 'pict', _WP + 'anchor'))


def _lies_behind(drawn: etree._Element) -> bool:
    return drawn.tag != _WP + 'anchor' or drawn.get('behindDoc') not in (None, '0', 'false')


_BOX = W + 'txbxContent'
_PROPERTIES = {W + 'tc': W + 'tcPr', W + 'tbl': W + 'tblPr'}


def is_watermark(content: etree._Element) -> bool:
    """Whether the text of a box, or drawn letters, lies across the page: Word says so by the name of the shape, else it is told by its angle."""
    for element in content.iterancestors():
        if element.tag == W + 'r':
            return False
        turned = _ROTATION.search(element.get('style', ''))
        if _NAMED.search(element.get('id', '')) or (turned is not None and _leans(float(turned[1]))):
            return True
        if element.tag == _SHAPE:
            frame = next(element.iter(A + 'xfrm'), None)
            return frame is not None and _leans((whole(frame.get('rot')) or 0) / 60_000)
    return False


def _leans(degrees: float) -> bool:
    return abs(degrees - round(degrees / 90) * 90) > _LEANING


_SHAPE = '{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}wsp'
_NAMED = re.compile('watermark', re.IGNORECASE)
_ROTATION = re.compile(r'\brotation:\s*(-?\d{1,4}(?:\.\d{1,6})?)')
# Writing that leans by more degrees belongs to no line of text.
_LEANING = 4.0
