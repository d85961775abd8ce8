"""Page furniture: page numbers, and the headers and footers that come again on page after page. A new form of page number goes here."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kaohe.extractors.layout.page_text import PageText, table_box
from kaohe.extractors.layout.text_lines import TextLine

_PAGE_NUMBER = re.compile(
    r'[-—－–―─~～·•\s]*(?:第\s*)?(?:[0-9０-９]{1,4}|[ivxlc]{1,6})\s*页?'
    r'(?:\s*[,，/／|共of]*\s*(?:[0-9０-９]{1,4})\s*页?)?[-—－–―─~～·•\s]*',
    re.IGNORECASE,
)


# How far into the page, as a part of its height, furniture reaches. A form's title that comes again on each page stands lower.
_NUMBER_ZONE = 0.12
_HEADER_ZONE = 0.095


def find_furniture(pages: Sequence[PageText]) -> set[tuple[int, TextLine]]:
    """The lines that belong to the page and not to the notice: page numbers, and headers and footers that come again.

    Only the outermost two lines at either end of a page, outside its tables, can be furniture.
    """
    found: set[tuple[int, TextLine]] = set()
    seen: dict[tuple[str, float, float], list[tuple[int, TextLine]]] = {}
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


def _outer(page: PageText) -> list[TextLine]:
    boxes = [table_box(table, page.page) for table in page.tables]
    highest = min((box.top for box in boxes), default=page.height)
    lowest = max((box.bottom for box in boxes), default=0.0)
    above = [line for line in page.lines if line.bottom <= highest][:2]
    below = [line for line in page.lines if line.top >= lowest][-2:]
    return list(dict.fromkeys(above + below))
