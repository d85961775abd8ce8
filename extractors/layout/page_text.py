"""A page as its lines of text and its tables: what paragraphs and page furniture are looked for in."""

from __future__ import annotations

from dataclasses import dataclass

from kaohe.extractors.document import Box, Table
from kaohe.extractors.layout.text_lines import TextLine


@dataclass(frozen=True, slots=True)
class PageText:
    """One page: the lines that stand outside tables, and the tables, each in reading order. ``page`` counts from 1.

    ``around`` are lines that are known to be furniture: those of a page header that is drawn as a table.
    """

    page: int
    width: float
    height: float
    lines: tuple[TextLine, ...]
    tables: tuple[Table, ...]
    around: tuple[TextLine, ...] = ()


def table_box(table: Table, page: int) -> Box:
    """Where the table stands on one page, from the boxes of its cells."""
    boxes = [box for cell in table.cells for box in cell.boxes]
    return Box(
        page,
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )
