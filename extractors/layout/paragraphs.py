"""Pages of lines and tables → blocks in reading order: paragraphs whole, page furniture apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kaohe.extractors.document import Block, Box, Table
from kaohe.extractors.layout.text_lines import LABEL, Line, join, wraps

_STOPS = frozenset('。；;：:！!？?”')


# No paragraph begins so many characters from the left margin, unless it is centred.
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class PageText:
    """One page: the lines that stand outside tables, and the tables, each in reading order. ``page`` counts from 1."""

    page: int
    width: float
    height: float
    lines: tuple[Line, ...]
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class _Margins:
    left: float
    right: float


def blocks_of(pages: Sequence[PageText]) -> tuple[Block, ...]:
    """The blocks of the pages. A paragraph that runs over a page break is one block with a box on either page.

    Furniture that stands inside such a paragraph follows it. Table blocks point at ``Table.index``.
    """
    furniture = find_furniture(pages)
    margins = {size: _margins(some, size[0]) for size, some in _by_size(pages).items()}
    blocks: list[Block] = []
    waiting: list[Block] = []
    paragraph: list[tuple[int, Line]] = []
    within = _Margins(0, 0)

    def close() -> None:
        if paragraph:
            blocks.append(_paragraph(paragraph, within))
            paragraph.clear()
        blocks.extend(waiting)
        waiting.clear()

    for page in pages:
        for _, item in sorted(_items(page), key=lambda at: at[0]):
            if isinstance(item, Table):
                close()
                blocks.append(Block('table', table=item.index, page=page.page, boxes=(_table_box(item, page.page),)))
            elif (page.page, item) in furniture:
                waiting.append(_block('furniture', [(page.page, item)], item.text))
            else:
                here = margins[page.width, page.height]
                if paragraph and not _continues(paragraph, page.page, item, here):
                    close()
                within = here
                paragraph.append((page.page, item))
    close()
    return tuple(blocks)


def _items(page: PageText) -> Iterable[tuple[float, Line | Table]]:
    yield from ((line.top, line) for line in page.lines)
    yield from ((_table_box(table, page.page).top, table) for table in page.tables if table.parent is None)


def _table_box(table: Table, page: int) -> Box:
    boxes = [box for cell in table.cells for box in cell.boxes]
    return Box(
        page,
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )


def _by_size(pages: Iterable[PageText]) -> dict[tuple[float, float], list[PageText]]:
    found: dict[tuple[float, float], list[PageText]] = {}
    for page in pages:
        found.setdefault((page.width, page.height), []).append(page)
    return found


def _margins(pages: Iterable[PageText], width: float) -> _Margins:
    """Where the text of pages of one size begins and ends. Punctuation may hang over the right margin."""
    lines = [line for page in pages for line in page.lines]
    left = min((line.x0 for line in lines), default=0.0)
    right = max((line.x1 - line.tail for line in lines), default=0.0)
    # Where all lines are short none of them reached the margin: it is taken to be as wide as the left one.
    return _Margins(left, right if right - left > 0.6 * width else max(right, width - left))


def _continues(paragraph: Sequence[tuple[int, Line]], page: int, line: Line, within: _Margins) -> bool:
    """Whether the line belongs to the paragraph."""
    last_page, last = paragraph[-1]
    if abs(last.size - line.size) > 0.15 * last.size or not wraps(last, line, within.left, within.right):
        return False
    if page == last_page and line.top - last.bottom > 1.5 * line.size:
        return False
    if len(paragraph) == 1 and last.x0 - within.left > _DEEPEST * last.size and not _centred(last, within):
        # A signature or a date at the right margin, which another line follows.
        return False
    indent = line.x0 - last.x0
    if indent > 0.5 * line.size:
        hanging = len(paragraph) == 1 and indent < 3.5 * line.size and LABEL.match(last.text)
        return bool(hanging) or _centred(last, within)
    if indent > -0.5 * line.size and len(paragraph) == 1 and line.x0 - within.left > line.size:
        # Both begin indented: two paragraphs, unless the first is plainly unfinished.
        return last.text[-1] not in _STOPS
    return not (last.text[-1] in _STOPS and LABEL.match(line.text))


def _centred(line: Line, within: _Margins) -> bool:
    return abs((line.x0 - within.left) - (within.right - line.x1)) < line.size


def _paragraph(lines: Sequence[tuple[int, Line]], within: _Margins) -> Block:
    text = lines[0][1].text
    for _, line in lines[1:]:
        text = join(text, line.text)
    last = lines[-1][1]
    return _block(
        'paragraph',
        lines,
        text,
        centered=all(_centred(line, within) for _, line in lines) and last.x0 - within.left > 1.5 * last.size,
    )


def _block(kind: str, lines: Sequence[tuple[int, Line]], text: str, centered: bool | None = None) -> Block:
    by_page: dict[int, list[Line]] = {}
    for page, line in lines:
        by_page.setdefault(page, []).append(line)
    return Block(
        kind,  # type: ignore[arg-type]
        text=text,
        page=lines[0][0],
        centered=centered,
        size=round(max(line.size for _, line in lines), 2),
        boxes=tuple(
            Box(
                page,
                min(line.x0 for line in some),
                min(line.top for line in some),
                max(line.x1 for line in some),
                max(line.bottom for line in some),
            )
            for page, some in by_page.items()
        ),
    )


_PAGE_NUMBER = re.compile(
    r'[-—－–―─~～·•\s]*(?:第\s*)?(?:[0-9０-９]{1,4}|[ivxlc]{1,6})\s*页?'
    r'(?:\s*[,，/／|共of]*\s*(?:[0-9０-９]{1,4})\s*页?)?[-—－–―─~～·•\s]*',
    re.IGNORECASE,
)


# How far into the page, as a part of its height, furniture reaches. A form's title that comes again on each page stands lower.
_NUMBER_ZONE = 0.12
_HEADER_ZONE = 0.095


def find_furniture(pages: Sequence[PageText]) -> set[tuple[int, Line]]:
    """The lines that belong to the page and not to the notice: page numbers, and headers and footers that come again.

    Only the outermost two lines at either end of a page, outside its tables, can be furniture.
    """
    found: set[tuple[int, Line]] = set()
    seen: dict[tuple[str, float, float], list[tuple[int, Line]]] = {}
    for page in pages:
        for line in _outer(page):
            into_page = min(line.bottom, page.height - line.top) / page.height
            number = _PAGE_NUMBER.fullmatch(line.text) is not None
            if number and into_page < _NUMBER_ZONE:
                found.add((page.page, line))
            if number or into_page < _HEADER_ZONE:
                plain = re.sub(r'[0-9０-９]+', '0', re.sub(r'\s', '', line.text))
                seen.setdefault((plain, round(line.top / 4), round(line.size)), []).append((page.page, line))
    for places in seen.values():
        if len({page for page, _ in places}) >= max(3, len(pages) // 3):
            found.update(places)
    return found


def _outer(page: PageText) -> list[Line]:
    boxes = [_table_box(table, page.page) for table in page.tables]
    highest = min((box.top for box in boxes), default=page.height)
    lowest = max((box.bottom for box in boxes), default=0.0)
    above = [line for line in page.lines if line.bottom <= highest][:2]
    below = [line for line in page.lines if line.top >= lowest][-2:]
    return list(dict.fromkeys(above + below))
