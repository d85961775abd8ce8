"""The visible text of one Word paragraph: final view of tracked changes, results of fields, signs of symbol fonts, formulas.

What a paragraph anchors but does not hold as its own text (text boxes, notes) is handed back beside the text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from kaohe.extractors.docx.formulas import formula
from kaohe.extractors.docx.grounds import is_watermark, on_bare_page
from kaohe.extractors.docx.names import DGM, MC, VAL, XML_SPACE, A, C, M, V, W, choices, switched_on, value, whole
from kaohe.extractors.docx.style_properties import NOTHING, StyleProperties
from kaohe.extractors.docx.styles import Styles
from kaohe.extractors.raised import raised
from kaohe.extractors.word.fields import shown
from kaohe.extractors.word.symbols import FONTS, symbol, translated

SPACES = ' \t\r\n'


@dataclass(slots=True)
class OpenField:
    """An open field: its instruction so far, whether its result has begun and says something, and what a form's box or list shows."""

    instruction: str = ''
    result: bool = False
    said: bool = False
    form: str | None = None


@dataclass(slots=True)
class Inline:
    """What was gathered from a paragraph: its text, the largest size of it in half-points, and the boxes it anchors.

    A box is the element that holds paragraphs and tables (``w:txbxContent``), or the text itself where it has no such content.
    """

    text: list[str] = field(default_factory=list)
    half_points: int | None = None
    boxes: list[etree._Element | str] = field(default_factory=list)


class TextReader:
    """Reads paragraphs in the order of the text; fields may begin in one and end in another.

    ``notes`` are the visible references to footnotes and endnotes so far: (kind, id). ``pictures`` counts pictures, charts and
    embedded objects, whose text nobody reads, ``hidden`` runs of text that are hidden, white or struck out and were left out.
    ``watermarks`` are the boxes (as in `Inline`) that lie across the text.
    """

    def __init__(self, styles: Styles) -> None:
        self.notes: list[tuple[str, str]] = []
        self.pictures = 0
        self.hidden = 0
        self.watermarks: list[etree._Element | str] = []
        self._styles = styles
        self._fields: list[OpenField] = []

    def read(self, paragraph: etree._Element, style: StyleProperties) -> Inline:
        """The visible content of a ``w:p`` whose style is ``style``."""
        found = Inline()
        self._inline(paragraph, found, style)
        for opened in self._fields:
            # An instruction that no one ended must not swallow the rest of the document.
            opened.result = True
        return found

    def _inline(self, parent: etree._Element, found: Inline, style: StyleProperties) -> None:
        for child in parent:
            tag = child.tag
            if tag == RUN:
                self._run(child, found, style)
            elif tag in UNSEEN or not isinstance(tag, str):
                continue
            elif tag == MATH:
                self._say(formula(child), found)
            elif tag == ALTERNATE:
                branch = choices(child)
                if branch is not None:
                    self._inline(branch, found, style)
            else:
                self._inline(child, found, style)

    def _run(self, run: etree._Element, found: Inline, style: StyleProperties) -> None:
        # lxml makes an object of each child once so; a search for the properties beforehand took a third of all this.
        children = [*run]
        begins = bool(children) and children[0].tag == RUN_PROPERTIES  # where nearly every run has them
        if not begins and not any(child.tag == RUN_PROPERTIES for child in children) and self._unseen(run, style):
            self._hidden(run)
            return
        before = len(found.text)
        for child in children:
            tag = child.tag
            if tag == TEXT:
                self._text(child, found, style)
            elif tag == RUN_PROPERTIES:
                style = self._styles.run(child, style)
                if self._unseen(run, style):
                    self._hidden(run)
                    return
            else:
                self._other(child, tag, found, style)
        if style.half_points is not None and len(found.text) > before:
            found.half_points = max(found.half_points or 0, style.half_points)

    def _unseen(self, run: etree._Element, style: StyleProperties) -> bool:
        """Whether nobody sees the run, or it is struck out."""
        if style.hidden or style.struck:
            return True
        return bool(style.white) and not style.ground and on_bare_page(run, self._styles.shades)

    def _hidden(self, run: etree._Element) -> None:
        # The borders of a field are often hidden: they count, or its instruction would be taken for text.
        self.hidden += any((text.text or '').strip() for text in run.iterfind(TEXT))
        for child in run:
            if child.tag == FIELD_CHARACTER:
                self._border(child, Inline(), NOTHING)
            elif child.tag == INSTRUCTION and self._fields:
                self._fields[-1].instruction += child.text or ''

    def _text(self, child: etree._Element, found: Inline, style: StyleProperties) -> None:
        text = _printed(child)
        text = translated(text, style.font) if style.font in FONTS else text
        self._say(raised(text) if style.raised else text, found)

    def _other(self, child: etree._Element, tag: object, found: Inline, style: StyleProperties) -> None:
        """Content of a run that is no plain text."""
        if tag in UNSEEN or not isinstance(tag, str):
            return
        if tag in SIGNS:
            self._say(SIGNS[tag], found)
        elif tag in SPECIAL:
            SPECIAL[tag](self, child, found, style)
        else:
            self._content(child, found, style)

    def _content(self, parent: etree._Element, found: Inline, style: StyleProperties) -> None:
        for child in parent:
            if child.tag == TEXT:
                self._text(child, found, style)
            else:
                self._other(child, child.tag, found, style)

    def _say(self, text: str, found: Inline) -> None:
        if text and (not self._fields or all(opened.result for opened in self._fields)):
            found.text.append(text)
            for opened in self._fields:
                opened.said |= not text.isspace()

    def _symbol(self, child: etree._Element, found: Inline, style: StyleProperties) -> None:
        self._say(symbol(child.get(f'{W}char'), child.get(f'{W}font')), found)

    def _border(self, child: etree._Element, found: Inline, style: StyleProperties) -> None:
        kind = child.get(f'{W}fldCharType')
        if kind == 'begin':
            self._fields.append(OpenField(form=_form(child)))
        elif self._fields and kind == 'separate':
            self._fields[-1].result = True
        elif self._fields and kind == 'end':
            ended = self._fields.pop()
            if not ended.said:
                self._say(shown(ended.instruction, ended.form), found)

    def _instruction(self, child: etree._Element, found: Inline, style: StyleProperties) -> None:
        if self._fields:
            self._fields[-1].instruction += child.text or ''

    def _ruby(self, child: etree._Element, found: Inline, style: StyleProperties) -> None:
        for part in ('rubyBase', 'rt'):
            for element in child.iterfind(W + part):
                self._inline(element, found, style)

    def _alternate(self, child: etree._Element, found: Inline, style: StyleProperties) -> None:
        branch = choices(child)
        if branch is not None:
            self._content(branch, found, style)

    def _note(self, child: etree._Element, found: Inline, style: StyleProperties) -> None:
        kind = 'footnote' if child.tag == FOOTNOTE else 'endnote'
        self.notes.append((kind, child.get(f'{W}id', '')))

    def _picture(self, child: etree._Element, found: Inline, style: StyleProperties) -> None:
        self.pictures += 1

    def _box(self, child: etree._Element, found: Inline, style: StyleProperties) -> None:
        self._anchor(child, child, found)

    def _anchor(self, box: etree._Element | str, element: etree._Element, found: Inline) -> None:
        (self.watermarks if is_watermark(element) else found.boxes).append(box)

    def _drawn_text(self, child: etree._Element, found: Inline, style: StyleProperties) -> None:
        lines = (''.join(text.text or '' for text in line.iter(f'{A}t')) for line in child.iterfind(f'{A}p'))
        self._anchor('\n'.join(lines), child, found)

    def _word_art(self, child: etree._Element, found: Inline, style: StyleProperties) -> None:
        self._anchor(child.get('string', ''), child, found)

    def _math(self, child: etree._Element, found: Inline, style: StyleProperties) -> None:
        self._say(formula(child), found)


def _printed(element: etree._Element) -> str:
    """The text of a ``w:t``: a line feed inside is a space, and the ends are trimmed unless the file says otherwise."""
    text = element.text or ''
    if text and (text[0] in SPACES or text[-1] in SPACES) and element.get(XML_SPACE) != 'preserve':
        text = text.strip(SPACES)
    return ' '.join(text.splitlines()) if '\n' in text else text


def _form(begin: etree._Element) -> str | None:
    """What a form's check box or drop-down list shows; None for other fields."""
    box, chosen = begin.find(f'{W}ffData/{W}checkBox'), begin.find(f'{W}ffData/{W}ddList')
    if box is not None:
        states = (switched_on(box, name) for name in ('checked', 'default'))
        return '☑' if next((state for state in states if state is not None), False) else '☐'
    if chosen is None:
        return None
    entries = [entry.get(VAL, '') for entry in chosen.iterfind(f'{W}listEntry')]
    places = (whole(value(chosen, name)) for name in ('result', 'default'))
    at = next((place for place in places if place is not None), 0)
    return entries[at] if 0 <= at < len(entries) else ''


RUN = W + 'r'
RUN_PROPERTIES = W + 'rPr'
TEXT = W + 't'
MATH = M + 'oMath'
ALTERNATE = MC + 'AlternateContent'
FIELD_CHARACTER = W + 'fldChar'
INSTRUCTION = W + 'instrText'
FOOTNOTE = W + 'footnoteReference'

#: Elements whose content is not text of the notice: properties, what was deleted or moved away, and bookkeeping.
UNSEEN = frozenset(
    W + name
    for name in (
        'pPr', 'rPr', 'del', 'moveFrom', 'delText', 'delInstrText', 'fldData', 'sdtPr', 'sdtEndPr', 'smartTagPr', 'customXmlPr',
        'rubyPr', 'annotationRef', 'footnoteRef', 'endnoteRef', 'separator', 'continuationSeparator', 'commentReference',
    )
) | {V + 'shapetype'}  # fmt: skip

SIGNS = {
    W + 'tab': '\t',
    W + 'ptab': '\t',
    W + 'br': '\n',
    W + 'cr': '\n',
    W + 'noBreakHyphen': '-',
    # A soft hyphen shows only where a line happens to break.
    W + 'softHyphen': '',
}

SPECIAL: dict[str, Callable[[TextReader, etree._Element, Inline, StyleProperties], None]] = {
    W + 'sym': TextReader._symbol,
    FIELD_CHARACTER: TextReader._border,
    INSTRUCTION: TextReader._instruction,
    W + 'ruby': TextReader._ruby,
    ALTERNATE: TextReader._alternate,
    FOOTNOTE: TextReader._note,
    W + 'endnoteReference': TextReader._note,
    W + 'txbxContent': TextReader._box,
    A + 'txBody': TextReader._drawn_text,
    A + 'blip': TextReader._picture,
    V + 'imagedata': TextReader._picture,
    V + 'textpath': TextReader._word_art,
    C + 'chart': TextReader._picture,
    DGM + 'relIds': TextReader._picture,
    MATH: TextReader._math,
}
