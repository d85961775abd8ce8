"""Word documents (.docx, .docm, .dotx and flat XML) as Word shows them, tracked changes in their final view.

Automatic numbers stand in the text and as labels. Text boxes follow the paragraph that holds them, footnotes and endnotes follow
the body in the order of their references, headers and footers come last as furniture; comments are not the notice's text.
"""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from kaohe.extractors.document import Block, Document, Table, Unreadable
from kaohe.extractors.docx.lists import lists
from kaohe.extractors.docx.names import R, W
from kaohe.extractors.docx.package import WordPackage, open_package
from kaohe.extractors.docx.story import Item, StoryParagraph, StoryReader, StoryTable
from kaohe.extractors.docx.styles import Styles
from kaohe.extractors.findings import Finding, finding
from kaohe.extractors.left_out import hidden
from kaohe.extractors.word.numbering import Numbering

# The rows and columns of a table that is no page header.
_LARGE = 3


def read(data: bytes) -> Document:
    """The document that these bytes hold.

    Raises ``Unreadable``: ``file.encrypted``, ``file.broken``, ``file.too_large``, ``file.unsupported`` (another office file),
    ``file.no_text`` (pictures only), ``file.empty``.
    """
    package = open_package(data)
    styles = Styles(package.related('styles'), package.repeated)
    reader = StoryReader(styles, Numbering(lists(package.related('numbering'), styles)))
    collected = Collected()
    try:
        collected.add(reader.story(package.body))
        pictures, embedded = reader.text.pictures, reader.embedded
        for note in _notes(package, reader):
            collected.add(reader.story(note))
        for part in _margins(package):
            items = reader.story(part)
            # where the page shows a table in its header and little besides, that is the notice's own
            own = not collected.tables and any(_is_large(item, collected.blocks) for item in items)
            (collected.add if own else collected.add_furniture)(items)
        # what stands in a watermark is none of its own
        for mark in tuple(reader.text.watermarks):
            collected.add_furniture([StoryParagraph(mark)] if isinstance(mark, str) else reader.story(mark))
    except RecursionError as fault:
        raise Unreadable(finding('file.broken', detail='嵌套太深')) from fault
    document = Document('docx', tuple(collected.blocks), tuple(collected.tables), None, package.findings)
    if not any(text.strip() for text in document.texts()):
        if embedded:
            raise Unreadable(
                finding('file.unsupported', detail='正文是嵌入的另一份文件', todo='请用 Word 打开后另存为 docx')
            )
        raise Unreadable(finding('file.no_text' if pictures else 'file.empty'))
    left_out = hidden(rows=reader.hidden_rows, texts=reader.text.hidden + reader.covered)
    return document.complain(*_unread(pictures, embedded), *left_out)


class Collected:
    """Blocks and tables as they get their indexes: a nested table comes after the one that holds it."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.tables: list[Table] = []

    def add(self, items: Iterable[Item]) -> None:
        """Take the items of a story as blocks; blank paragraphs are spacing and left out."""
        for item in items:
            if isinstance(item, StoryTable):
                self.blocks.append(Block('table', table=len(self.tables)))
                self._add_table(item, None)
            elif item.text.strip():
                self.blocks.append(_block(item))

    def add_furniture(self, items: Iterable[Item]) -> None:
        """Take the paragraphs of a header or footer, those in tables too."""
        for item in items:
            if isinstance(item, StoryTable):
                self.blocks.extend(Block('furniture', cell.text) for cell in item.cells if cell.text.strip())
                self.add_furniture(table for _, _, table in item.nested)
            elif item.text.strip():
                self.blocks.append(Block('furniture', item.text.strip('\n')))

    def _add_table(self, table: StoryTable, parent: tuple[int, int, int] | None) -> None:
        index = len(self.tables)
        self.tables.append(
            Table(
                index,
                table.rows,
                table.cols,
                table.cells,
                header_rows=table.header_rows,
                parent=parent,
                doubtful_rows=table.doubtful,
            )
        )
        for row, col, nested in table.nested:
            self._add_table(nested, (index, row, col))


def _is_large(item: Item, blocks: Iterable[Block]) -> bool:
    """Whether a table is larger than those that headers and footers are drawn as, and says more than all the text."""
    if not isinstance(item, StoryTable) or min(item.rows, item.cols) < _LARGE:
        return False
    return sum(len(cell.text) for cell in item.cells) > sum(len(block.text) for block in blocks)


def _block(paragraph: StoryParagraph) -> Block:
    return Block(
        'paragraph',
        paragraph.text.strip('\n'),
        label=paragraph.label,
        level=paragraph.level,
        centered=paragraph.centered,
        size=None if paragraph.half_points is None else paragraph.half_points / 2,
    )


def _notes(package: WordPackage, reader: StoryReader) -> Iterable[etree._Element]:
    """The notes that visible text refers to, each once; a note may refer to further ones."""
    known = {
        (kind, note.get(f'{W}id', '')): note
        for kind in ('footnote', 'endnote')
        for root in [package.related(f'{kind}s')]
        if root is not None
        for note in root.iterfind(W + kind)
    }
    for reference in reader.text.notes:
        note = known.pop(reference, None)
        if note is not None:
            yield note


def _margins(package: WordPackage) -> Iterable[etree._Element]:
    """The headers and footers of all sections, each part once."""
    seen: set[str] = set()
    for kind in ('header', 'footer'):
        for reference in package.body.iter(f'{W}{kind}Reference'):
            identifier = reference.get(f'{R}id', '')
            if identifier not in seen:
                seen.add(identifier)
                part = package.by_id(identifier)
                if part is not None:
                    yield part


def _unread(pictures: int, embedded: int) -> Iterable[Finding]:
    if pictures:
        yield finding('part.pictures', count=pictures)
    if embedded:
        yield finding('part.unreadable', detail=f'正文中嵌入了 {embedded} 份别的文件')
