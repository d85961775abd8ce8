"""Pages of characters and ruled lines → Document: the half of reading that PDF, OFD and scans share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from kaohe.extractors.document import Block, Document, Table, Unreadable
from kaohe.extractors.findings import Finding, finding
from kaohe.extractors.layout.drawn_cells import Layout, lay_out, tables_of
from kaohe.extractors.layout.margin_numbers import margin_numbers
from kaohe.extractors.layout.numbers_beside import with_numbers_beside
from kaohe.extractors.layout.open_tables import open_grids
from kaohe.extractors.layout.page_furniture import furniture_tables
from kaohe.extractors.layout.page_text import PageText
from kaohe.extractors.layout.paragraphs import blocks_of
from kaohe.extractors.layout.ruling import RuledGrid, RuledLine, find_grids, straightened
from kaohe.extractors.layout.text_lines import Glyph, TextLine, lines_of
from kaohe.extractors.layout.unruled_tables import unruled_grids
from kaohe.extractors.left_out import hidden

PAGE_LIMIT = 2000
_UNREADABLE, _NAMED = 'page.unreadable', 20
_RUBBISH = '字体没有说明各是什么字，读出来是乱码；请先运行 make setup-ocr 装上文字识别，再重新运行，会按页面的样子识别'


class PageMarks(NamedTuple):
    """What a page shows, in points. ``images`` are the boxes of its pictures, ``unmapped`` those of characters whose font does
    not say what they are; where these are so many that the text is rubbish it is ``garbled``. ``unread`` counts pictures that may hold text and were not recognised,
    ``hidden`` texts that nobody sees or that are struck out. ``watermarks`` is what is written behind or over the text.
    ``layered``: the text is laid unseen over a scan. ``differing`` are the names of form fields that are filled in differently in several places.
    ``findings`` are doubts about what the marks are."""

    width: float
    height: float
    glyphs: list[Glyph]
    rules: list[RuledLine]
    images: list[RuledLine]
    unmapped: tuple[RuledLine, ...] = ()
    garbled: bool = False
    unread: int = 0
    watermarks: tuple[str, ...] = ()
    hidden: int = 0
    layered: bool = False
    differing: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class PageRead:
    """One page as read, before it is joined with its neighbours. ``lines`` are those outside its tables.

    ``has_text`` is False for a page of pictures only, None for a blank one. ``unread``: it has pictures that may hold text.
    ``numbers`` are those that count lines down the margin, as one line. ``watermarks``, ``hidden`` and ``layered`` are those of `PageMarks`.
    """

    page: int
    width: float
    height: float
    lines: tuple[TextLine, ...] = ()
    numbers: tuple[TextLine, ...] = ()
    layouts: tuple[Layout, ...] = ()
    has_text: bool | None = None
    unread: bool = False
    findings: tuple[Finding, ...] = ()
    watermarks: tuple[str, ...] = ()
    hidden: int = 0
    layered: bool = False

    @classmethod
    def unreadable(cls, page: int, detail: str) -> PageRead:
        """A page of which nothing could be read."""
        return cls(page, 0.0, 0.0, findings=(finding(_UNREADABLE, page=page, detail=detail),))

    def beyond_limit(self, detail: str) -> PageRead:
        """The same, known to have been left unread because too many pages before it had to be recognised, or took too long (``detail``)."""
        why = finding('page.beyond_limit', page=self.page, detail=detail)
        return self if self.has_text else replace(self, findings=(why,))


def read_page(marks: PageMarks, page: int) -> PageRead:
    """The page's lines and tables; a page that shows pictures but no character is a finding."""
    if all(glyph.text.isspace() for glyph in marks.glyphs):
        if not marks.images:
            return PageRead(page, marks.width, marks.height, hidden=marks.hidden)
        scanned = finding('page.no_text', page=page)
        return PageRead(page, marks.width, marks.height, has_text=False, unread=marks.unread > 0, findings=(scanned,))
    findings = marks.findings + tuple(finding('form.differs', page=page, name=name) for name in marks.differing)
    if marks.garbled and 2 * len(marks.unmapped) > sum(not glyph.text.isspace() for glyph in marks.glyphs):
        rubbish = finding('page.unreadable', page=page, detail=_RUBBISH)
        return PageRead(page, marks.width, marks.height, has_text=False, unread=True, findings=(rubbish,))
    if marks.unmapped:
        findings += (finding('text.unmapped', page=page, count=len(marks.unmapped)),)
    if marks.unread:
        findings += (finding('page.pictures', page=page, count=marks.unread),)
    level, upright = straightened(marks.rules)
    grids = find_grids(level, upright)
    inside, outside = _shared_out(grids, marks.glyphs)
    if (widened := with_numbers_beside(grids, outside)) != grids:
        grids = widened
        inside, outside = _shared_out(grids, marks.glyphs)
    numbers, outside = margin_numbers(grids, outside)
    ruled = len(grids)
    opened = open_grids([line for line in level if not any(grid.holds(line.x0, line.top) for grid in grids)], outside)
    if opened:
        more, outside = _shared_out(opened, outside)
        grids, inside = grids + opened, inside + more
    lines = lines_of(outside)
    loose = unruled_grids(lines, outside)
    if loose:
        more, outside = _shared_out(loose, outside)
        grids, inside = grids + loose, inside + more
        lines = lines_of(outside)
    return PageRead(
        page,
        marks.width,
        marks.height,
        lines=tuple(lines),
        numbers=_in_one(lines_of(numbers)),
        layouts=tuple(
            lay_out(grid, some, page) for grid, some in _downwards([*zip(grids, inside, strict=True)], ruled)
        ),
        has_text=True,
        unread=marks.unread > 0 or marks.garbled,
        findings=findings,
        watermarks=marks.watermarks,
        hidden=marks.hidden,
        layered=marks.layered,
    )


def _in_one(lines: Sequence[TextLine]) -> tuple[TextLine, ...]:
    """Lines below each other as one."""
    said = ' '.join(line.text for line in lines)
    return (lines[0]._replace(text=said, bottom=lines[-1].bottom),) if lines else ()


def _downwards(found: Sequence[tuple[RuledGrid, list[Glyph]]], ruled: int) -> Sequence[tuple[RuledGrid, list[Glyph]]]:
    """The tables as they stand on the page: each that is not ``ruled``, which the first are, before those that begin below it."""
    placed = list(found[:ruled])
    for one in found[ruled:]:
        _, _, _, lower = one[0].frame
        placed.insert(next((at for at, (grid, _) in enumerate(placed) if grid.frame[1] >= lower), len(placed)), one)
    return placed


def _shared_out(grids: Sequence[RuledGrid], glyphs: Iterable[Glyph]) -> tuple[list[list[Glyph]], list[Glyph]]:
    """The characters of each table, and those outside."""
    inside: list[list[Glyph]] = [[] for _ in grids]
    outside: list[Glyph] = []
    # The smallest table that holds a character owns it: a table may stand in the cell of another.
    frames = [(*grid.frame, mine) for grid, mine in sorted(zip(grids, inside, strict=True), key=lambda at: at[0].area)]
    for glyph in glyphs:
        _, x0, top, x1, bottom, _, _ = glyph
        x, y = (x0 + x1) / 2, (top + bottom) / 2
        for left, upper, right, lower, mine in frames:
            if left <= x <= right and upper <= y <= lower:
                mine.append(glyph)
                break
        else:
            outside.append(glyph)
    return inside, outside


def assemble(form: str, pages: Sequence[PageRead], total: int) -> Document:
    """The document that the pages make. Raises ``Unreadable`` where none of them has text: ``file.no_text`` for pictures, ``file.broken``
    where pages could not be read, ``file.unsupported`` where nobody sees what is written and where all pages are blank."""
    if not any(page.has_text for page in pages):
        raise Unreadable(_nothing(pages))
    layouts = [layout for page in pages for layout in page.layouts]
    around = furniture_tables(
        [(page.height, _outermost(layout, page.lines), layout) for page in pages for layout in page.layouts]
    )
    tables = tables_of([layout for at, layout in enumerate(layouts) if at not in around])
    texts = _texts(pages, tables, [layouts[at] for at in sorted(around)])
    document = Document(
        format=form,
        blocks=(*blocks_of(texts), *_watermarks(pages)),
        tables=tables,
        pages=total,
        findings=(
            *_named_once([found for page in pages for found in page.findings]),
            *hidden(texts=sum(page.hidden for page in pages)),
        ),
    )
    if total > len(pages):
        return document.complain(finding('page.limit', page=len(pages), detail=f'共 {total} 页'))
    return document


def _outermost(layout: Layout, lines: Sequence[TextLine]) -> bool:
    """Whether no line of text lies above a table, or none below it."""
    _, top, _, bottom = layout.grid.frame
    return all(line.top >= top for line in lines) or all(line.bottom <= bottom for line in lines)


def _nothing(pages: Sequence[PageRead]) -> Finding:
    """Why the pages give no text."""
    if all(page.has_text is None for page in pages):
        if all(page.findings for page in pages):
            return finding('file.broken', detail='每一页的内容都缺失、损坏或层次太深')
        if any(page.hidden for page in pages):
            todo = '请对照原件；原件上看得见的，请另存为 docx 或 PDF 后重新放入'
            return finding('file.unsupported', detail='文字都看不见：是隐藏的、白色的，或在页面之外', todo=todo)
        if any(page.findings for page in pages):
            return finding('file.broken', detail='有的页缺失或损坏，其余各页是空白')
        todo = '请打开原件看看：本来就是空白的，请移走；看得见内容的，请另存为 docx，或打印成新的 PDF 后重新放入'
        return finding('file.unsupported', detail='每一页都读成空白，没有文字也没有图片', todo=todo)
    return finding('file.no_text')


def _named_once(findings: Sequence[Finding]) -> Iterator[Finding]:
    """The findings of the pages; of those pages that cannot be read, the first ones, and how many more there are."""
    count = 0
    for found in findings:
        count += found.code == _UNREADABLE
        if found.code != _UNREADABLE or count <= _NAMED:
            yield found
    if count > _NAMED:
        yield finding('part.unreadable', detail=f'另有 {count - _NAMED} 页读取出错')


def _texts(pages: Sequence[PageRead], tables: Sequence[Table], around: Sequence[Layout]) -> list[PageText]:
    """The pages with their tables; ``around`` are the tables that are furniture."""
    on_page: dict[int | None, list[Table]] = {}
    for table in tables:
        on_page.setdefault(table.page_first, []).append(table)
    lines = {page.page: [*page.numbers] for page in pages}
    for layout in around:
        lines[layout.page] += (line for cell in layout.lines for line in cell)
    return [
        PageText(
            page.page,
            page.width,
            page.height,
            page.lines,
            tuple(on_page.get(page.page, ())),
            tuple(lines[page.page]),
        )
        for page in pages
    ]


def _watermarks(pages: Sequence[PageRead]) -> list[Block]:
    """What the watermarks of the pages say, each text once."""
    first: dict[str, int] = {}
    for page in pages:
        for text in page.watermarks:
            first.setdefault(text, page.page)
    return [Block('furniture', text, page=page) for text, page in first.items()]
