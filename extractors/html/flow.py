"""An HTML page read in one pass: what a browser would show, as paragraphs and tables in order.

Tables that only arrange the page (around other tables, in one column, around an article) are taken apart: their contents
stand in the flow. All others stay tables, and a table in a cell of a table stays in its cell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import cast

from lxml import etree

from kaohe.extractors.html.grid import HtmlGrid, Spanning, lay_out
from kaohe.extractors.html.hiding import Hiding, hiding_of
from kaohe.extractors.html.inputs import not_chosen, shown_value
from kaohe.extractors.html.shown_text import apart, tidy
from kaohe.extractors.raised import raised

_DROPPED_TAGS = (
    'head script style noscript template object embed applet audio video canvas svg math iframe map datalist rp'
)
_BLOCK_TAGS = (
    'address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset figcaption figure footer form '
    'frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option p pre section select summary '
    'textarea ul table thead tbody tfoot tr td th'
)
_DROPPED = frozenset(_DROPPED_TAGS.split())
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_ALIGNING = re.compile(r'text-align\s*:\s*([a-z]+)', re.IGNORECASE)
_RAISING = re.compile(r'vertical-align\s*:\s*super', re.IGNORECASE)
_LAYOUT_ROWS = 3
_ARTICLE = 8  # paragraphs in a cell: an article put into a table, not a cell of one
_HEADED, _SHORT = 3, 8  # columns, and characters of the text of each, of what heads a table
_DEEPEST = 10  # tables within tables; deeper ones are taken apart


@dataclass(frozen=True, slots=True)
class HtmlParagraph:
    """A paragraph of the flow; ``text`` includes ``label``, the number that the browser prints before a list item."""

    text: str
    label: str | None = None
    level: int | None = None
    centered: bool | None = None


@dataclass(frozen=True, slots=True)
class FlowTable:
    """A table of the flow: its cells hold flows of their own. ``header_rows`` are those that the page marks as its head; ``depth`` is 1 for a
    table without tables in its cells."""

    grid: HtmlGrid[tuple[HtmlParagraph | FlowTable, ...]]
    header_rows: int
    depth: int


Item = HtmlParagraph | FlowTable


@dataclass(slots=True)
class _Flow:
    """Paragraphs and tables while they are read; one for the page, one for each open cell."""

    items: list[Item] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    label: str | None = None
    level: int | None = None
    centered: bool | None = None

    def close(self) -> None:
        """End the open paragraph."""
        text = tidy(''.join(self.pieces))
        self.pieces.clear()
        if text:
            shown = f'{self.label} {text}' if self.label else text
            self.items.append(HtmlParagraph(shown, self.label, self.level, self.centered))
            self.label = None


@dataclass(slots=True)
class _Rows:
    """A table while it is read; ``head`` counts the rows of its marked head."""

    rows: list[list[Spanning[tuple[Item, ...]]]] = field(default_factory=list)
    head: int = 0


def read_flow(root: etree._Element) -> tuple[tuple[Item, ...], int]:
    """(what the page shows, in order, how many hidden or struck-out texts were left out). Scripts and comments are no texts."""
    reader = _HtmlReader(hiding_of(root))
    return reader.read(root), reader.hidden


class _HtmlReader:
    """The state of the one pass: open flows (the page, then open cells), open tables and lists, alignments."""

    def __init__(self, hiding: Hiding) -> None:
        self.hidden = 0
        self._hiding = hiding
        self._not_chosen: set[etree._Element] = set()
        self._flows = [_Flow()]
        self._tables: list[_Rows] = []
        self._lists: list[int | None] = []
        self._aligned: list[bool | None] = [None]
        self._verbatim = 0
        self._raised = 0

    def read(self, root: etree._Element) -> tuple[Item, ...]:
        """The page's flow."""
        walk = etree.iterwalk(root, events=('start', 'end', 'comment', 'pi'))
        for event, element in walk:
            if event == 'start':
                if self._unseen(element):
                    walk.skip_subtree()
                else:
                    self._start(element, self._tag(element))
                    self._add_of(element, element.text)
                continue
            if event == 'end' and not self._unseen(element, again=True):
                self._end(element, self._tag(element))
            if element is not root:
                self._add_of(element.getparent(), element.tail)
        self._flows[0].close()
        return tuple(self._flows[0].items)

    def _tag(self, element: etree._Element) -> str:
        return self._hiding.parts.get(element, element.tag)

    def _unseen(self, element: etree._Element, *, again: bool = False) -> bool:
        if _says_nothing(element) or element in self._not_chosen:
            return True
        left_out = element in self._hiding.gone
        if left_out and not again and ''.join(map(str, element.itertext())).strip():
            self.hidden += 1
        return left_out

    def _add_of(self, owner: etree._Element | None, text: str | None) -> None:
        """Add what stands in an element itself, if that is shown."""
        if owner not in self._hiding.veiled:
            self._add(raised(text) if text and self._raised else text)
        elif text and text.strip():
            self.hidden += 1

    def _start(self, element: etree._Element, tag: str) -> None:
        flow = self._flows[-1]
        if tag == 'input':
            self._add(shown_value(element))
        elif tag == 'select':
            self._not_chosen.update(not_chosen(element))
        self._raised += _is_raised(element)
        if tag not in _BLOCKS:
            return
        flow.close()
        self._aligned.append(_alignment(element, tag, self._aligned[-1]))
        if tag == 'table':
            self._tables.append(_Rows())
        elif tag == 'tr' and self._tables:
            self._open_row(element)
        elif tag in ('td', 'th') and self._tables:
            flow = _Flow()
            self._flows.append(flow)
        elif tag in ('ol', 'ul'):
            self._lists.append(_first_number(element) if tag == 'ol' else None)
        elif tag == 'li':
            self._number_item(flow)
        elif tag in _HEADINGS:
            flow.level = int(tag[1])
        elif tag in ('pre', 'textarea'):
            self._verbatim += 1
        flow.centered = self._aligned[-1]

    def _open_row(self, element: etree._Element) -> None:
        table = self._tables[-1]
        parent = element.getparent()
        if parent is not None and self._tag(parent) == 'thead' and table.head == len(table.rows):
            table.head += 1
        table.rows.append([])

    def _number_item(self, flow: _Flow) -> None:
        number = self._lists[-1] if self._lists else None
        if number is not None:
            flow.label = f'{number}.'
            self._lists[-1] = number + 1

    def _end(self, element: etree._Element, tag: str) -> None:
        self._raised -= _is_raised(element)
        if tag not in _BLOCKS:
            return
        flow = self._flows[-1]
        flow.close()
        self._aligned.pop()
        if tag == 'table':
            flow.items += _finished(self._tables.pop())
        elif tag in ('td', 'th') and self._tables:
            self._close_cell(element)
        elif tag in ('ol', 'ul'):
            self._lists.pop()
        elif tag == 'li':
            flow.label = None
        elif tag in _HEADINGS:
            flow.level = None
        elif tag in ('pre', 'textarea'):
            self._verbatim -= 1
        self._flows[-1].centered = self._aligned[-1]

    def _close_cell(self, element: etree._Element) -> None:
        flow = self._flows.pop()
        rows = self._tables[-1].rows
        if not rows:
            rows.append([])
        rows[-1].append(Spanning(tuple(flow.items), _count(element, 'rowspan', 0), _count(element, 'colspan', 1)))

    def _add(self, text: str | None) -> None:
        if not text:
            return
        flow = self._flows[-1]
        if not self._verbatim:
            flow.pieces.append(text)
            return
        for number, line in enumerate(text.splitlines()):
            if number:
                flow.close()
            flow.pieces.append(apart(line))


_HEADINGS = ('h1', 'h2', 'h3', 'h4', 'h5', 'h6')


def _says_nothing(element: etree._Element) -> bool:
    return not isinstance(element.tag, str) or element.tag in _DROPPED


def _alignment(element: etree._Element, tag: str, inherited: bool | None) -> bool | None:
    """Whether the element's text is centered, as far as the page itself says."""
    style = _ALIGNING.search(element.get('style', ''))
    said = style[1] if style else element.get('align')
    if tag == 'center' or (said and tag != 'table'):
        return tag == 'center' or cast(str, said).lower() == 'center'
    return inherited


def _is_raised(element: etree._Element) -> bool:
    return element.tag == 'sup' or _RAISING.search(element.get('style', '')) is not None


def _first_number(element: etree._Element) -> int | None:
    """The number of an ordered list's first item; None where the list prints none, or letters."""
    if 'none' in element.get('style', '').lower() or element.get('type', '1') != '1':
        return None
    start = element.get('start', '1').strip()
    return int(start) if start.isdecimal() and len(start) < 6 else 1


def _count(element: etree._Element, name: str, least: int) -> int:
    """A span as written, 1 where it is none; browsers stop at 65534."""
    written = re.match(r'\s*\+?(\d{1,9})', element.get(name, ''))
    return min(65534, max(least, int(written[1]))) if written else 1


def _finished(table: _Rows) -> list[Item]:
    """The table, or the contents of its cells where it only arranges the page."""
    grid = lay_out(table.rows)
    contents = [cell.content for cell in grid.cells if cell.content]
    depth = 1 + max((item.depth for content in contents for item in content if isinstance(item, FlowTable)), default=0)
    if not contents:
        return []
    if _arranges(grid, contents) or depth > _DEEPEST:
        return [item for content in contents for item in content]
    return [FlowTable(grid, table.head, depth)]


def _arranges(grid: HtmlGrid[tuple[Item, ...]], contents: list[tuple[Item, ...]]) -> bool:
    """Whether a table only arranges the page: one column, or without a head an article in a cell of few rows, mostly other tables."""
    if grid.cols == 1:
        return True
    if _has_head(grid):
        return False
    if grid.rows <= _LAYOUT_ROWS and any(len(content) > _ARTICLE for content in contents):
        return True
    within = sum(_length(item) for content in contents for item in content if isinstance(item, FlowTable))
    own = sum(_length(item) for content in contents for item in content if isinstance(item, HtmlParagraph))
    return within > 0 and (grid.rows <= _LAYOUT_ROWS or within >= own)


def _has_head(grid: HtmlGrid[tuple[Item, ...]]) -> bool:
    """Whether the first row heads columns: each cell of it holds one short text."""
    first = [cell.content or () for cell in grid.cells if cell.row == 0]
    return len(first) >= _HEADED and all(
        len(content) == 1 and isinstance(content[0], HtmlParagraph) and _length(content[0]) <= _SHORT
        for content in first
    )


def _length(item: Item) -> int:
    if isinstance(item, HtmlParagraph):
        return len(item.text)
    return sum(_length(inner) for cell in item.grid.cells for inner in cell.content or ())
