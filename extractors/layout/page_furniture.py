"""Page furniture: page numbers, what a browser prints around a page, and the headers and footers that come again on page after page.

A new form of page number goes here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kaohe.extractors.layout.drawn_cells import Layout
from kaohe.extractors.layout.page_text import PageText, table_box
from kaohe.extractors.layout.ruling import TOLERANCE
from kaohe.extractors.layout.text_lines import TextLine

_ONE = r'(?:[0-9０-９]{1,4}|[一二三四五六七八九十百〇]{1,4}|[ivxlc]{1,6})'
_COUNT = rf'(?:第?\s*{_ONE}\s*页|[共总]计?\s*{_ONE}\s*页|page\s*{_ONE}(?:\s*of\s*{_ONE})?|p\.?\s*[0-9]{{1,4}})'
_BARE = r'(?:[0-9０-９]{1,4}|[ivxlc]{1,6})'
_DASH = r'[-—－–―─~～·•\s]*'
_PAGE_NUMBER = re.compile(
    rf'{_DASH}(?:{_COUNT}(?:[\s,，、/／|()（）]*{_COUNT})?[)）]?|{_BARE}(?:\s*(?:[,，/／|共]|of)+\s*{_BARE}\s*页?)?){_DASH}',
    re.IGNORECASE,
)
_COUNTED = re.compile(rf'{_COUNT}|[0-9]{{1,4}}\s*[/／]\s*[0-9]{{1,4}}|[-—－]\s*[0-9]{{1,4}}\s*[-—－]', re.IGNORECASE)
# A count of any form (1-3, 【3】, 页码：3/9) is one where it goes up from page to page.
_COUNTING = re.compile(r'(?=.*[0-9])(?:[\W_0-9第共总计页码次张]|page|of|no|p)+', re.IGNORECASE)
# What browsers print above and below a page: when, and from where.
_PRINTED = re.compile(
    r'\d{4}[/-]\d{1,2}[/-]\d{1,2},?\s*(?:上午|下午)?\s*\d{1,2}:\d{2}(?::\d{2})?(?:\s.*)?'
    r'|(?:https?|file)://\S+(?:\s+\d{1,4}\s*/\s*\d{1,4})?|about:blank(?:\s+\d{1,4}\s*/\s*\d{1,4})?',
    re.IGNORECASE,
)

# How far into the page, as a part of its height, furniture reaches. A form's title that comes again on each page stands lower.
_NUMBER_ZONE = 0.12
_TABLE_ZONE = 0.2
_HEADER_ZONE = 0.095
_PRINTED_ZONE = 0.05
# So many lines a header takes at most.
_DEEPEST = 4
# In points. What comes again in larger writing is the title of two forms.
_LARGEST = 12.5


def find_furniture(pages: Sequence[PageText]) -> set[tuple[int, TextLine]]:
    """The lines that belong to the page and not to the notice: page numbers, and headers and footers that come again.

    Only the outermost lines of a page, outside its tables, can be furniture, and what is written upwards or downwards at its sides.
    """
    found: set[tuple[int, TextLine]] = set()
    seen: dict[tuple[object, ...], list[tuple[int, TextLine]]] = {}
    twice: dict[tuple[object, ...], list[tuple[int, TextLine]]] = {}
    counting: dict[tuple[object, ...], list[tuple[int, TextLine]]] = {}
    for page in pages:
        for line, place, into_page, outermost in _outer(page):
            number = outermost and _PAGE_NUMBER.fullmatch(line.text) is not None
            printed = outermost and into_page < _PRINTED_ZONE and _PRINTED.fullmatch(line.text.strip()) is not None
            if printed or (number and into_page < _NUMBER_ZONE):
                found.add((page.page, line))
            bare = re.sub(r'\s', '', line.text)
            if outermost and into_page < _NUMBER_ZONE and _COUNTING.fullmatch(bare):
                counting.setdefault((re.sub('[0-9]+', '0', bare), *place), []).append((page.page, line))
            if number or into_page < _HEADER_ZONE:
                seen.setdefault((re.sub(r'[0-9０-９]+', '0', bare), *place), []).append((page.page, line))
                if line.size <= _LARGEST:
                    twice.setdefault((_uncounted(line.text), *place), []).append((page.page, line))
    for places in seen.values():
        if len({page for page, _ in places}) >= max(3, len(pages) // 3):
            found.update(places)
    for places in twice.values():
        if _on_neighbours([page for page, _ in places]):
            found.update(places)
    for places in counting.values():
        if any(_counts_pages(one, two) for one, two in pairwise(places)):
            found.update(places)
    return found


def _counts_pages(one: tuple[int, TextLine], two: tuple[int, TextLine]) -> bool:
    """Whether a number in the first line is as far below the same one of the second as their pages are apart."""
    (page, first), (later, second) = one, two
    numbers = [list(map(int, re.findall('[0-9]+', line.text))) for line in (first, second)]
    return 0 < later - page <= 2 and any(b - a == later - page for a, b in zip(*numbers, strict=True))


def furniture_tables(layouts: Sequence[tuple[float, bool, Layout]]) -> set[int]:
    """Which of the tables are headers or footers of pages: they stand at the page's edge and come again on the next pages. Each is given with the
    height of its page, and whether no line of text lies between it and the edge, so that it may be a high one. One that is drawn on the columns of
    another table of its page is the head of that table."""
    seen: dict[tuple[object, ...], list[int]] = {}
    for at, (height, outermost, layout) in enumerate(layouts):
        _, top, _, bottom = layout.grid.frame
        if min(bottom, height - top) < (_TABLE_ZONE if outermost else _NUMBER_ZONE) * height:
            text = '|'.join(_uncounted(''.join(line.text for line in cell)) for cell in layout.lines)
            seen.setdefault((text, round(top / 4), *(round(x / 4) for x in layout.grid.xs)), []).append(at)
    found = {at for places in seen.values() if _on_neighbours([layouts[at][2].page for at in places]) for at in places}
    return {at for at in found if not any(_heads(layouts[at][2], other) for _, _, other in layouts)}


def _heads(one: Layout, other: Layout) -> bool:
    first, second = one.grid.xs, other.grid.xs
    alike = len(first) == len(second) and all(abs(a - b) < TOLERANCE for a, b in zip(first, second, strict=True))
    return alike and one.page == other.page and one is not other


def _uncounted(text: str) -> str:
    """The text without the number of its page and without white space."""
    return re.sub(r'\s', '', _COUNTED.sub('#', text))


def _on_neighbours(pages: Sequence[int]) -> bool:
    """Whether two of the pages follow each other, or one on the next but one: left and right pages may have their own."""
    known = sorted(set(pages))
    return any(later - page <= 2 for page, later in pairwise(known))


def _outer(page: PageText) -> Iterator[tuple[TextLine, tuple[int, int], float, bool]]:
    """(line, its place on the page, how far into the page it reaches, as a part of it, whether it is one of the outermost two) of all that may be
    furniture."""
    boxes = [table_box(table, page.page) for table in page.tables]
    highest = min((box.top for box in boxes), default=page.height)
    lowest = max((box.bottom for box in boxes), default=0.0)
    above = [line for line in page.lines if line.bottom <= highest]
    below = [line for line in page.lines if line.top >= lowest][::-1]
    outermost = {*above[:2], *below[:2]}
    for line in dict.fromkeys((*above[:_DEEPEST], *below[:_DEEPEST])):
        into_page = min(line.bottom, page.height - line.top) / page.height
        yield line, (round(line.top / 4), round(line.size)), into_page, line in outermost
    for line in page.lines:
        beside = min(line.x1, page.width - line.x0) / page.width
        if beside < _HEADER_ZONE and line.bottom - line.top > line.x1 - line.x0 and line not in outermost:
            yield line, (-round(line.x0 / 4), round(line.size)), beside, True
