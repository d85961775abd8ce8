"""A story of a Word document (body, note, header, text box) as paragraphs and tables in reading order."""

from __future__ import annotations

from copy import deepcopy
from typing import NamedTuple

from lxml import etree

from kaohe.extractors.document import Cell
from kaohe.extractors.docx.names import MC, M, W, choices
from kaohe.extractors.docx.paragraph_text import TextReader
from kaohe.extractors.docx.styles import Styles
from kaohe.extractors.docx.tables import read_grid
from kaohe.extractors.word.numbering import Numbering


class StoryParagraph(NamedTuple):
    """A visible paragraph; ``text`` includes ``label``. ``half_points`` is its largest size, ``level`` counts from 1."""

    text: str
    label: str | None = None
    level: int | None = None
    centered: bool = False
    half_points: int | None = None


class StoryTable(NamedTuple):
    """A table before it has an index: ``cells`` tile ``rows`` x ``cols`` exactly once.

    ``nested`` are the tables inside its cells, each with the row and the column of the cell that holds it.
    """

    rows: int
    cols: int
    header_rows: int
    cells: tuple[Cell, ...]
    nested: tuple[tuple[int, int, StoryTable], ...]
    doubtful: frozenset[int]


Item = StoryParagraph | StoryTable


class StoryReader:
    """Reads stories one after another, in the order of the text: lists count on, and fields may span paragraphs.

    ``embedded`` counts other files that stand in the text as content and cannot be read here, ``hidden_rows`` rows that do not show,
    ``covered`` cells that are merged away and say something else than what they are merged into.
    """

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.text = TextReader(styles)
        self.embedded = 0
        self.hidden_rows = 0
        self.covered = 0
        self._styles = styles
        self._numbering = numbering
        self._held = ''

    def story(self, container: etree._Element) -> list[Item]:
        """The paragraphs of ``container``, blank ones too, and its tables."""
        found: list[Item] = []
        outer, self._held = self._held, ''
        self._items(container, found)
        if self._held:
            found.append(StoryParagraph(self._held))
        self._held = outer
        return found

    def _items(self, container: etree._Element, found: list[Item]) -> None:
        for child in container:
            tag = child.tag
            if tag == PARAGRAPH:
                self._paragraph(child, found)
            elif tag == TABLE:
                self._table(child, found)
            elif tag in UNSEEN or not isinstance(tag, str):
                continue
            elif tag in EMBEDDED:
                self.embedded += 1
            elif tag in INLINE:
                # Text outside any paragraph: not allowed, but formulas are written so.
                wrapper = etree.Element(PARAGRAPH)
                wrapper.append(deepcopy(child))
                self._paragraph(wrapper, found)
            elif tag == ALTERNATE:
                branch = choices(child)
                if branch is not None:
                    self._items(branch, found)
            else:
                self._items(child, found)

    def _paragraph(self, element: etree._Element, found: list[Item]) -> None:
        properties = next((child for child in element if child.tag == PROPERTIES), None)
        style, runs_on = self._styles.paragraph(properties)
        inline = self.text.read(element, style)
        text = self._held + ''.join(inline.text)
        self._held = ''
        if runs_on:
            self._held = text
        else:
            label = None
            # A blank paragraph that only ends a section is no item of its list.
            if style.num_id and (text or properties is None or properties.find(SECTION) is None):
                label = self._numbering.label(style.num_id, style.ilvl, style.num_style)
            bare = label.strip() if label else None
            found.append(
                StoryParagraph(
                    text if label is None else label + text if text else bare or '',
                    bare,
                    style.level or None,
                    bool(style.centered),
                    inline.half_points,
                )
            )
        for box in inline.boxes:
            if isinstance(box, str):
                found.extend(StoryParagraph(line) for line in box.split('\n'))
            else:
                found.extend(self.story(box))

    def _table(self, element: etree._Element, found: list[Item]) -> None:
        grid = read_grid(element)
        self.hidden_rows += grid.hidden
        if not grid.regions:
            return
        doubtful = set(grid.doubtful)
        cells: list[Cell] = []
        inner: list[list[Item]] = []
        nested: list[tuple[int, int, StoryTable]] = []
        for region in grid.regions:
            items = [] if region.element is None else self.story(region.element)
            inner.append(items)
            # Blank paragraphs at a cell's ends are spacing.
            text = '\n'.join([item.text for item in items if isinstance(item, StoryParagraph)]).strip('\n')
            nested.extend((region.row, region.col, item) for item in items if isinstance(item, StoryTable))
            cells.append(Cell(region.row, region.col, region.row_span, region.col_span, text))
            for row, covered in region.covered:
                # Word does not show what stands in a merged-away cell; writers repeat the value there, or hide another one.
                hidden = _bare(covered)
                if hidden and hidden != ''.join(text.split()):
                    doubtful.add(row)
                    self.covered += 1
        if nested and (len(cells) == 1 or not any(cell.text.strip() for cell in cells)):
            # A table that only places other tables on the page says nothing itself.
            for items in inner:
                found.extend(items)
        else:
            tables = tuple(nested)
            found.append(StoryTable(grid.rows, grid.cols, grid.header_rows, tuple(cells), tables, frozenset(doubtful)))


def _bare(element: etree._Element) -> str:
    return ''.join(''.join(text.text or '' for text in element.iter(TEXT)).split())


PARAGRAPH = W + 'p'
TABLE = W + 'tbl'
TEXT = W + 't'
PROPERTIES = W + 'pPr'
SECTION = W + 'sectPr'
ALTERNATE = MC + 'AlternateContent'
EMBEDDED = frozenset({W + 'altChunk', W + 'subDoc'})
INLINE = frozenset({W + 'r', W + 'hyperlink', W + 'fldSimple', M + 'oMath', M + 'oMathPara'})
UNSEEN = frozenset(
    W + name for name in ('tcPr', 'tblPr', 'tblGrid', 'sectPr', 'del', 'moveFrom', 'sdtPr', 'sdtEndPr', 'customXmlPr')
)
