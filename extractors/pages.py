"""Pages of characters and ruled lines → Document: the half of reading that PDF, OFD and scans share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from extractors.document import Box, Document, Table, Unreadable
from extractors.findings import Finding, finding
from extractors.lines import Glyph, lines_of
from extractors.paragraphs import PageText, blocks_of
from extractors.ruling import Grid, Rule, fill, find_grids

PAGE_LIMIT = 2000


class PageMarks(NamedTuple):
    """What a page shows, in points. ``images`` tells whether it has pictures; ``undecodable`` counts characters whose font does
    not say what they are."""

    width: float
    height: float
    glyphs: list[Glyph]
    rules: list[Rule]
    images: bool
    undecodable: int = 0


@dataclass(frozen=True, slots=True)
class PageRead:
    """One page as read, before it is joined with its neighbours. ``has_text`` is False for a page of pictures only; None for a blank one."""

    text: PageText
    has_text: bool | None
    findings: tuple[Finding, ...] = ()

    @classmethod
    def unreadable(cls, page: int, detail: str) -> PageRead:
        """A page of which nothing could be read."""
        nothing = PageText(page, 0.0, 0.0, (), ())
        return cls(nothing, None, (finding('page.unreadable', page=page, detail=detail),))


def read_page(marks: PageMarks, page: int) -> PageRead:
    """The page's lines and tables; a page that shows pictures but no character is a finding."""
    text = _page_text(marks, page)
    if not any(not glyph.text.isspace() for glyph in marks.glyphs):
        if marks.images:
            return PageRead(text, False, (finding('page.no_text', page=page),))
        return PageRead(text, None)
    return PageRead(text, True)


def assemble(form: str, pages: Sequence[PageRead], total: int) -> Document:
    """The document that the pages make. Raises ``Unreadable`` where none of them has text."""
    if not any(page.has_text for page in pages):
        raise Unreadable(finding('file.no_text'))
    tables: list[Table] = []
    texts = []
    for page in pages:
        own = [_shifted(table, len(tables)) for table in page.text.tables]
        tables += own
        texts.append(replace(page.text, tables=tuple(own)))
    document = Document(
        format=form,
        blocks=blocks_of(texts),
        tables=tuple(tables),
        pages=total,
        findings=tuple(found for page in pages for found in page.findings),
    )
    if total > len(pages):
        return document.complain(finding('page.limit', page=len(pages), detail=f'共 {total} 页'))
    return document


def _shifted(table: Table, by: int) -> Table:
    parent = table.parent
    return replace(
        table, index=table.index + by, parent=None if parent is None else (parent[0] + by, parent[1], parent[2])
    )


def _page_text(marks: PageMarks, page: int) -> PageText:
    grids = find_grids(marks.rules)
    inside: list[list[Glyph]] = [[] for _ in grids]
    outside: list[Glyph] = []
    # The smallest table that holds a character owns it: a table may stand in the cell of another.
    by_area = sorted(range(len(grids)), key=lambda i: _area(grids[i]))
    for glyph in marks.glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        owner = next((i for i in by_area if grids[i].holds(x, y)), None)
        (outside if owner is None else inside[owner]).append(glyph)
    tables = [fill(grid, some, page=page, index=i) for i, (grid, some) in enumerate(zip(grids, inside, strict=True))]
    return PageText(page, marks.width, marks.height, tuple(lines_of(outside)), tuple(_nested(tables)))


def _area(grid: Grid) -> float:
    return (grid.xs[-1] - grid.xs[0]) * (grid.ys[-1] - grid.ys[0])


def _nested(tables: list[Table]) -> list[Table]:
    """The tables, each that stands in a cell of another marked so."""
    return [replace(table, parent=_parent(table, tables)) for table in tables]


def _parent(table: Table, tables: list[Table]) -> tuple[int, int, int] | None:
    first = table.cells[0].boxes[0]
    for other in tables:
        if other is not table:
            for cell in other.cells:
                if _encloses(cell.boxes[0], first) and cell.boxes[0].x1 >= (table.edges or (0.0,))[-1]:
                    return other.index, cell.row, cell.col
    return None


def _encloses(outer: Box, inner: Box) -> bool:
    return outer.x0 <= inner.x0 and outer.top <= inner.top and inner.x1 <= outer.x1 and inner.bottom <= outer.bottom
