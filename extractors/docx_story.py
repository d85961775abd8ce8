"""A story of a Word document (body, note, header, text box) as paragraphs and tables in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from extractors.docx_names import MC, M, W, choices
from extractors.docx_styles import Styles, of_paragraph, style_id
from extractors.docx_tables import read_grid
from extractors.docx_text import TextReader
from extractors.numbering import Numbering


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A visible paragraph; ``text`` includes ``label``. ``half_points`` is its largest size, ``level`` counts from 1."""

    text: str
    label: str | None = None
    level: int | None = None
    centered: bool = False
    half_points: int | None = None


@dataclass(frozen=True, slots=True)
class StoryCell:
    """A cell of the grid with what stands in it, in reading order; nothing where the row leaves the place free."""

    row: int
    col: int
    row_span: int
    col_span: int
    items: tuple[Paragraph | StoryTable, ...]

    @property
    def text(self) -> str:
        """The cell's own paragraphs, one to a line; blank ones at its ends are spacing and left out."""
        return '\n'.join(item.text for item in self.items if isinstance(item, Paragraph)).strip('\n')

    @property
    def tables(self) -> tuple[StoryTable, ...]:
        """The tables nested in the cell."""
        return tuple(item for item in self.items if isinstance(item, StoryTable))


@dataclass(frozen=True, slots=True)
class StoryTable:
    """A table as laid out, before it has an index: ``cells`` tile ``rows`` x ``cols`` exactly once."""

    rows: int
    cols: int
    header_rows: int
    cells: tuple[StoryCell, ...]
    doubtful: frozenset[int]


Item = Paragraph | StoryTable


class StoryReader:
    """Reads stories one after another, in the order of the text: lists count on, and fields may span paragraphs.

    ``embedded`` counts other files that stand in the text as content and cannot be read here.
    """

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.text = TextReader(styles)
        self.embedded = 0
        self._styles = styles
        self._numbering = numbering
        self._held = ''

    def story(self, container: etree._Element) -> Iterator[Item]:
        """The paragraphs of ``container``, blank ones too, and its tables."""
        outer, self._held = self._held, ''
        yield from self._items(container)
        if self._held:
            yield Paragraph(self._held)
        self._held = outer

    def _items(self, container: etree._Element) -> Iterator[Item]:
        for child in container:
            tag = child.tag
            if tag == PARAGRAPH:
                yield from self._paragraph(child)
            elif tag == TABLE:
                yield from self._table(child)
            elif tag in UNSEEN or not isinstance(tag, str):
                continue
            elif tag in EMBEDDED:
                self.embedded += 1
            elif tag in INLINE:
                # Text outside any paragraph: not allowed, but formulas are written so.
                wrapper = etree.Element(PARAGRAPH)
                wrapper.append(deepcopy(child))
                yield from self._paragraph(wrapper)
            elif tag == ALTERNATE:
                branch = choices(child)
                if branch is not None:
                    yield from self._items(branch)
            else:
                yield from self._items(child)

    def _paragraph(self, element: etree._Element) -> Iterator[Item]:
        properties = element.find(PROPERTIES)
        style = self._styles.paragraph(style_id(properties, 'pStyle'))
        if properties is not None:
            style = of_paragraph(properties).over(style)
        found = self.text.read(element, style)
        text = self._held + ''.join(found.text)
        self._held = ''
        if properties is not None and _joins_next(properties):
            self._held = text
        else:
            label = self._numbering.label(style.num_id, style.ilvl, style.num_style)
            yield Paragraph(
                text=(label or '') + text,
                label=label.strip() if label else None,
                level=style.level or None,
                centered=bool(style.centered),
                half_points=found.half_points,
            )
        for box in found.boxes:
            if isinstance(box, str):
                yield from (Paragraph(line) for line in box.split('\n'))
            else:
                yield from self.story(box)

    def _table(self, element: etree._Element) -> Iterator[Item]:
        grid = read_grid(element)
        doubtful = set(grid.doubtful)
        cells: list[StoryCell] = []
        for region in grid.regions:
            items = () if region.element is None else tuple(self.story(region.element))
            cell = StoryCell(region.row, region.col, region.row_span, region.col_span, items)
            cells.append(cell)
            for row, covered in region.covered:
                # Word does not show what stands in a merged-away cell; writers repeat the value there, or hide another one.
                text = _bare(covered)
                if text and text != ''.join(cell.text.split()):
                    doubtful.add(row)
        if not cells:
            return
        if any(cell.tables for cell in cells) and (len(cells) == 1 or not any(cell.text.strip() for cell in cells)):
            # A table that only places other tables on the page says nothing itself.
            for cell in cells:
                yield from cell.items
        else:
            yield StoryTable(grid.rows, grid.cols, grid.header_rows, tuple(cells), frozenset(doubtful))


def _joins_next(properties: etree._Element) -> bool:
    """Whether the paragraph's mark is deleted, moved away or hidden: its text then runs on into the next paragraph."""
    mark = properties.find(RUN_PROPERTIES)
    return mark is not None and any(mark.find(name) is not None for name in GONE)


def _bare(element: etree._Element) -> str:
    return ''.join(''.join(text.text or '' for text in element.iter(TEXT)).split())


PARAGRAPH = W + 'p'
TABLE = W + 'tbl'
TEXT = W + 't'
PROPERTIES = W + 'pPr'
RUN_PROPERTIES = W + 'rPr'
ALTERNATE = MC + 'AlternateContent'
GONE = tuple(W + name for name in ('del', 'moveFrom', 'vanish', 'specVanish'))
EMBEDDED = frozenset({W + 'altChunk', W + 'subDoc'})
INLINE = frozenset({W + 'r', W + 'hyperlink', W + 'fldSimple', M + 'oMath', M + 'oMathPara'})
UNSEEN = frozenset(
    W + name for name in ('tcPr', 'tblPr', 'tblGrid', 'sectPr', 'del', 'moveFrom', 'sdtPr', 'sdtEndPr', 'customXmlPr')
)
