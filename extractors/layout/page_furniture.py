"""Page furniture: page numbers, what a browser prints around a page, and the headers and footers that come again on page after page.

A new form of page number goes here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
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
# What browsers print above and below a page: when, and from where.
_PRINTED = re.compile(
    r'\d{4}[/-]\d{1,2}[/-]\d{1,2},?\s*(?:上午|下午)?\s*\d{1,2}:\d{2}(?::\d{2})?(?:\s.*)?'
    r'|(?:https?|file)://\S+(?:\s+\d{1,4}\s*/\s*\d{1,4})?|about:blank(?:\s+\d{1,4}\s*/\s*\d{1,4})?',
    re.IGNORECASE,
)

# How far into the page, as a part of its height, furniture reaches. A form's title that comes again on each page stands lower.
_NUMBER_ZONE = 0.12
_HEADER_ZONE = 0.095
_PRINTED_ZONE = 0.05
# In points. What comes again in larger writing is the title of two forms.
_LARGEST = 12.5


def find_furniture(pages: Sequence[PageText]) -> set[tuple[int, TextLine]]:
    """The lines that belong to the page and not to the notice: page numbers, and headers and footers that come again.

    Only the outermost two lines at either end of a page, outside its tables, can be furniture.
    """
    found: set[tuple[int, TextLine]] = set()
    seen: dict[tuple[str, float, float], list[tuple[int, TextLine]]] = {}
    twice: dict[tuple[str, float, float], list[tuple[int, TextLine]]] = {}
    for page in pages:
        for line in _outer(page):
            into_page = min(line.bottom, page.height - line.top) / page.height
            number = _PAGE_NUMBER.fullmatch(line.text) is not None
            printed = into_page < _PRINTED_ZONE and _PRINTED.fullmatch(line.text.strip()) is not None
            if printed or (number and into_page < _NUMBER_ZONE):
                found.add((page.page, line))
            if number or into_page < _HEADER_ZONE:
                place = round(line.top / 4), round(line.size)
                bare = re.sub(r'\s', '', line.text)
                seen.setdefault((re.sub(r'[0-9０-９]+', '0', bare), *place), []).append((page.page, line))
                if line.size <= _LARGEST:
                    twice.setdefault((_uncounted(line.text), *place), []).append((page.page, line))
    for places in seen.values():
        if len({page for page, _ in places}) >= max(3, len(pages) // 3):
            found.update(places)
    for places in twice.values():
        if _on_neighbours([page for page, _ in places]):
            found.update(places)
    return found


def furniture_tables(layouts: Sequence[tuple[float, Layout]]) -> set[int]:
    """Which of the tables, each with the height of its page, are headers or footers of pages: they stand at the page's edge and come
    again on the next pages. One that is drawn on the columns of another table of its page is the head of that table."""
    seen: dict[tuple[object, ...], list[int]] = {}
    for at, (height, layout) in enumerate(layouts):
        _, top, _, bottom = layout.grid.frame
        if min(bottom, height - top) < _NUMBER_ZONE * height:
            text = '|'.join(_uncounted(''.join(line.text for line in cell)) for cell in layout.lines)
            seen.setdefault((text, round(top / 4), *(round(x / 4) for x in layout.grid.xs)), []).append(at)
    found = {at for places in seen.values() if _on_neighbours([layouts[at][1].page for at in places]) for at in places}
    return {at for at in found if not any(_heads(layouts[at][1], other) for _, other in layouts)}


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


def _outer(page: PageText) -> list[TextLine]:
    boxes = [table_box(table, page.page) for table in page.tables]
    highest = min((box.top for box in boxes), default=page.height)
    lowest = max((box.bottom for box in boxes), default=0.0)
    above = [line for line in page.lines if line.bottom <= highest][:2]
    below = [line for line in page.lines if line.top >= lowest][-2:]
    return list(dict.fromkeys(above + below))
