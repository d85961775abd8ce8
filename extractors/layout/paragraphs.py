"""Pages of lines and tables → blocks in reading order: paragraphs whole, page furniture apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kaohe.extractors.document import Block, Box, Table
from kaohe.extractors.layout.page_furniture import find_furniture
from kaohe.extractors.layout.page_text import PageText, table_box
from kaohe.extractors.layout.text_lines import TextLine
from kaohe.extractors.layout.wrapping import LABEL, join, wraps

_STOPS = frozenset('。；;：:！!？?”')
# No paragraph begins so many characters from the left margin, unless it is centred.
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class _Margins:
    left: float
    right: float


def blocks_of(pages: Sequence[PageText]) -> tuple[Block, ...]:
    """The blocks of the pages. A paragraph that runs over a page break is one block with a box on either page.

    Furniture that stands inside such a paragraph follows it. Table blocks point at ``Table.index``.
    """
    furniture = find_furniture(pages) | {(page.page, line) for page in pages for line in page.around}
    margins = {size: _margins(some, size[0]) for size, some in _by_size(pages).items()}
    blocks: list[Block] = []
    waiting: list[Block] = []
    paragraph: list[tuple[int, TextLine]] = []
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
                blocks.append(Block('table', table=item.index, page=page.page, boxes=(table_box(item, page.page),)))
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


def _items(page: PageText) -> Iterable[tuple[float, TextLine | Table]]:
    yield from ((line.top, line) for line in (*page.lines, *page.around))
    yield from ((table_box(table, page.page).top, table) for table in page.tables if table.parent is None)


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


def _continues(paragraph: Sequence[tuple[int, TextLine]], page: int, line: TextLine, within: _Margins) -> bool:
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
        # a sentence that ends as far from the right margin as it begins from the left is no centred line: a signature follows it
        return bool(hanging) or (_centred(last, within) and last.text[-1] not in _STOPS)
    if indent > -0.5 * line.size and len(paragraph) == 1 and line.x0 - within.left > line.size:
        # Both begin indented: two paragraphs, unless the first is plainly unfinished.
        return last.text[-1] not in _STOPS
    return not (last.text[-1] in _STOPS and LABEL.match(line.text))


def _centred(line: TextLine, within: _Margins) -> bool:
    return abs((line.x0 - within.left) - (within.right - line.x1)) < line.size


def _paragraph(lines: Sequence[tuple[int, TextLine]], within: _Margins) -> Block:
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


def _block(kind: str, lines: Sequence[tuple[int, TextLine]], text: str, centered: bool | None = None) -> Block:
    by_page: dict[int, list[TextLine]] = {}
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
