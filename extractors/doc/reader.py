"""Reads Word 97-2003 files (.doc) and the .wps files of WPS Office, which are the same: no office program is needed.

Tables are rebuilt from the row definitions: a cell's columns follow from its borders, its rows from its vertical merges.
Field codes, deleted revisions and hidden text are not the notice's text; automatic numbers are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kaohe.extractors import office
from kaohe.extractors.doc.file import OldWordError, WordFile
from kaohe.extractors.doc.lists import DocStyle, lists, styles
from kaohe.extractors.doc.sprm import Characters, ParagraphModifiers, RowModifiers, huge, row
from kaohe.extractors.doc.tables import DrawnRow, table
from kaohe.extractors.doc.unread import Unread
from kaohe.extractors.document import Block, Document, Table
from kaohe.extractors.findings import Finding, finding
from kaohe.extractors.left_out import hidden
from kaohe.extractors.raised import raised
from kaohe.extractors.word.fields import shown
from kaohe.extractors.word.numbering import Numbering
from kaohe.extractors.word.symbols import translated

_CELL_END, _PARAGRAPH_END, _PAGE_BREAK = '\x07', '\r', '\x0c'
_FIELD_BEGIN, _FIELD_MIDDLE, _FIELD_END = '\x13', '\x14', '\x15'
# A picture in the line, or one that floats beside it; an embedded object is a picture too.
_OBJECTS = frozenset('\x01\x08')
_PRIVATE = '\uf000'
# What a control character prints: line breaks feed, hyphens that only show at a line's end do not.
_PRINTED = {'\x0b': '\n', '\x0e': '\n', '\x1e': '-', '\x1f': '', '\t': '\t', '\n': '\n'}


@dataclass(frozen=True, slots=True)
class _Read:
    """A paragraph with the position of its mark."""

    text: str
    end: str
    how: ParagraphModifiers
    modifiers: bytes
    label: str | None = None
    size: float | None = None
    unread: tuple[str, ...] = ()


@dataclass
class _Field:
    """A field that is open: its instruction, what a form field shows, whether its result has begun, and whether anything stands in that."""

    code: str = ''
    form: str | None = None
    result: bool = False
    shown: bool = False

    @property
    def embeds(self) -> str:
        """What a picture in its result is."""
        name, _, rest = self.code.strip().partition(' ')
        if name.upper() not in ('EMBED', 'LINK'):
            return '图片'
        return '公式' if rest.strip().upper().startswith(('EQUATION', 'MATHTYPE')) else '嵌入对象'


@dataclass
class _Open:
    """A table that is being read: its finished rows, the cells of the row that is not finished, the text of the cell that
    is not, and the tables nested in it by (row, which cell of the row)."""

    rows: list[DrawnRow] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    nested: list[tuple[int, int, _Open]] = field(default_factory=list)

    def end_cell(self) -> None:
        self.cells.append('\n'.join(self.text))
        self.text = []

    def end_row(self, drawn: RowModifiers | None) -> None:
        if self.text:
            # The file ends inside a cell: what was read of it is kept.
            self.end_cell()
        if self.cells:
            self.rows.append(DrawnRow(tuple(self.cells), drawn))
        self.cells = []


class _DocReader:
    def __init__(self, data: bytes) -> None:
        self.file = WordFile(data)
        self.styles = styles(self.file)
        self.numbering = Numbering(lists(self.file))
        self.blocks: list[Block] = []
        self.tables: list[Table] = []
        self._fields: list[_Field] = []
        self._unread: list[str] = []
        self._pictures = Unread()
        self._hidden = 0

    def document(self) -> Document:
        parts = self.file.parts
        self._body(parts.main)
        for part in (parts.text_boxes, parts.footnotes, parts.endnotes):
            self._body(part)
        for paragraph in self._paragraphs(parts.headers):
            self._pictures.add(paragraph.unread, paragraph.text, 0, None)
            if paragraph.text.strip():
                self.blocks.append(Block('furniture', paragraph.text))
        cut = len(self.file.characters) < parts.text_boxes.stop
        findings: tuple[Finding, ...] = (
            (finding('part.unreadable', detail='文件不完整，后面的文字缺失'),) if cut else ()
        )
        findings += tuple(self._pictures.findings())
        findings += hidden(texts=self._hidden)
        return Document('doc', tuple(self.blocks), tuple(self.tables), findings=findings)

    def _body(self, part: range) -> None:
        """Paragraphs become blocks; those inside tables fill the innermost table that is open."""
        opened: list[_Open] = []
        for paragraph in self._paragraphs(part):
            how = paragraph.how
            depth = how.depth or (1 if paragraph.end == _CELL_END else 0)
            while len(opened) > depth:
                self._close(opened)
            while len(opened) < depth:
                opened.append(_Open())
            row_at = len(opened[0].rows) if opened else None
            self._pictures.add(paragraph.unread, paragraph.text, len(self.tables), row_at)
            if not depth:
                self._block(paragraph)
            elif how.row_end or how.inner_row_end:
                opened[-1].end_row(row(paragraph.modifiers))
            else:
                opened[-1].text.append(paragraph.text)
                if paragraph.end == _CELL_END or how.cell_end:
                    opened[-1].end_cell()
        while opened:
            self._close(opened)

    def _block(self, paragraph: _Read) -> None:
        if paragraph.text.strip():
            how = paragraph.how
            self.blocks.append(
                Block(
                    'paragraph',
                    paragraph.text,
                    label=paragraph.label,
                    level=how.level,
                    centered=bool(how.centered),
                    size=paragraph.size,
                )
            )

    def _close(self, opened: list[_Open]) -> None:
        """The innermost table is whole: inside another it is kept for when its parent is, else it gets a block."""
        done = opened.pop()
        done.end_row(None)
        if opened:
            opened[-1].nested.append((len(opened[-1].rows), len(opened[-1].cells), done))
            return
        at = len(self.tables)
        self._add(done, None)
        if len(self.tables) > at:
            self.blocks.append(Block('table', table=at))

    def _add(self, done: _Open, parent: tuple[int, int, int] | None) -> None:
        made = table(done.rows, len(self.tables), parent)
        if made is None:
            return
        self.tables.append(made[0])
        for line, cell, child in done.nested:
            row_at, col_at = made[1].get((line, cell), (0, 0))
            self._add(child, (made[0].index, row_at, col_at))

    def _paragraphs(self, part: range) -> list[_Read]:
        """The paragraphs of a part of the text, in order."""
        found: list[_Read] = []
        characters = self.file.characters
        self._fields = []
        start = part.start
        for match in re.finditer(f'[{_CELL_END}{_PARAGRAPH_END}{_PAGE_BREAK}]', _marks(characters, part)):
            end = part.start + match.start()
            found.append(self._paragraph(start, end, characters[end]))
            start = end + 1
        if start < part.stop:
            found.append(self._paragraph(start, part.stop, _PARAGRAPH_END))
        return found

    def _paragraph(self, start: int, end: int, mark: str) -> _Read:
        number, own = self.file.paragraph(end)
        offset = huge(own)
        if offset is not None:
            own += self.file.huge_paragraph(offset)
        style = self.styles[number] if number < len(self.styles) else DocStyle()
        how = style.paragraph.modified(own)
        text, size = self._text(start, end, style.characters)
        label = None
        # A blank cell may hold nothing but its automatic number.
        counts = text.strip() or mark == _CELL_END or how.cell_end
        if counts and how.list_override and not (how.row_end or how.inner_row_end):
            label = self.numbering.label(str(how.list_override), how.list_level, None)
        unread, self._unread = tuple(self._unread), []
        return _Read(f'{label or ""}{text}', mark, how, own, label.strip() if label else None, size, unread)

    def _text(self, start: int, end: int, base: Characters) -> tuple[str, float | None]:
        """(what is visible between two positions, the largest size in points)."""
        pieces: list[str] = []
        size = None
        for first, last, modifiers in self.file.character_runs(start, end):
            how = base.modified(modifiers)
            if how.deleted or how.hidden or how.struck:
                self._hidden += not how.deleted and bool(self._visible(first, last, how).strip())
                continue
            text = self._visible(first, last, how)
            if text.strip():
                size = max(size or 0, how.size or 20)
            pieces.append(text)
        return ''.join(pieces), size / 2 if size else None

    def _field(self, char: str, how: Characters) -> str | None:
        """Follows the fields: what a mark of one and a character in its instruction show, None for a character of the text."""
        if char == _FIELD_BEGIN:
            self._fields.append(_Field())
        elif char == _FIELD_MIDDLE:
            for field_here in self._fields[-1:]:
                field_here.result = True
        elif char == _FIELD_END:
            done = self._fields.pop() if self._fields else _Field()
            text = '' if done.shown else shown(done.code, done.form)
            return '' if self._taken_in(text) else text
        elif self._fields and char in _OBJECTS and how.data is not None and not self._fields[-1].result:
            self._fields[-1].form = self.file.form_value(how.data)
        elif not self._taken_in(char):
            return None
        return ''

    def _taken_in(self, text: str) -> bool:
        """Whether what is shown belongs to the instruction of a field, which then has it, and not to the text."""
        outer = next((one for one in reversed(self._fields) if not one.result), None)
        if outer is not None:
            outer.code += text
            return True
        if text.strip():
            for one in self._fields:
                one.shown = True
        return False

    def _font(self, number: int) -> str | None:
        fonts = self.file.fonts
        return fonts[number] if number < len(fonts) else None

    def _visible(self, first: int, last: int, how: Characters) -> str:
        found: list[str] = []
        for char in self.file.characters[first:last]:
            of_field = self._field(char, how)
            if of_field is not None:
                found.append(of_field)
            elif how.symbol is not None and how.special:
                found.append(translated(chr(how.symbol[1]), self._font(how.symbol[0])))
            elif char in _PRINTED:
                found.append(_PRINTED[char])
            elif char in _OBJECTS and how.special:
                self._unread.append(self._fields[-1].embeds if self._fields else '图片')
            elif char >= ' ':
                found.append(self._sign(char, how) if char >= _PRIVATE else char)
        return raised(''.join(found)) if how.raised else ''.join(found)

    def _sign(self, char: str, how: Characters) -> str:
        """A character as its run's font shows it, where that is a font of symbols."""
        fonts = (self._font(number) for number in how.fonts if number is not None)
        return next((shown for font in fonts if (shown := translated(char, font)) != char), char)


def _marks(characters: list[str], part: range) -> str:
    """The part with one character a position, so that a place in it is a position."""
    return ''.join(char[:1] or ' ' for char in characters[part.start : part.stop])


def read(data: bytes) -> Document:
    """The document of a .doc file; one of Word 6/95 is read through LibreOffice.

    Raises ``Unreadable`` where it is encrypted, broken, or older than Word 97 and LibreOffice is not installed.
    """
    try:
        return _DocReader(data).document()
    except OldWordError:
        return office.read(data)
