"""The left side of the desk: a notice as it was drawn. Where its pages can be pictured, pictures with a box over each cell; else its tables and
paragraphs from the cells and blocks that were read."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceBox:
    """A cell on a page, in points from the page's top left corner; ``row``s count from 0, the last included."""

    table: int
    row: int
    last: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its cells. ``number`` counts from 1."""

    number: int
    width: float
    height: float
    boxes: tuple[SourceBox, ...]


@dataclass(frozen=True, slots=True)
class SourceCell:
    """A cell as drawn; ``last`` is the last row that it covers."""

    row: int
    last: int
    row_span: int
    col_span: int
    text: str


@dataclass(frozen=True, slots=True)
class SourcePart:
    """A paragraph, or a table as rows of cells; ``table`` counts from 0, ``block`` too."""

    block: int
    kind: str
    text: str
    table: int | None
    rows: tuple[tuple[SourceCell, ...], ...]


def read_pages(connection: sqlite3.Connection, document: str, sizes: Sequence[tuple[float, float]]) -> tuple[Page, ...]:
    """The pages with the boxes of the cells on them."""
    boxes: defaultdict[int, list[SourceBox]] = defaultdict(list)
    for row in connection.execute(
        'SELECT t.ordinal, c.row, c.row_span, c.boxes FROM cells AS c JOIN tables AS t ON t.id = c.table_id'
        ' WHERE t.document_id = ? AND c.boxes IS NOT NULL',
        (document,),
    ):
        for page, x0, y0, x1, y1 in json.loads(row['boxes']):
            last = row['row'] + row['row_span'] - 1
            boxes[page].append(SourceBox(row['ordinal'], row['row'], last, x0, y0, x1 - x0, y1 - y0))
    return tuple(
        Page(number, width, height, tuple(boxes[number])) for number, (width, height) in enumerate(sizes, start=1)
    )


def read_parts(connection: sqlite3.Connection, document: str) -> tuple[SourcePart, ...]:
    """The notice in reading order."""
    rows: defaultdict[str, defaultdict[int, list[SourceCell]]] = defaultdict(lambda: defaultdict(list))
    for cell in connection.execute(
        'SELECT c.* FROM cells AS c JOIN tables AS t ON t.id = c.table_id WHERE t.document_id = ? ORDER BY c.table_id, c.row, c.col',
        (document,),
    ):
        rows[cell['table_id']][cell['row']].append(
            SourceCell(
                cell['row'], cell['row'] + cell['row_span'] - 1, cell['row_span'], cell['col_span'], cell['text'] or ''
            )
        )
    parts = []
    for block in connection.execute(
        'SELECT b.*, t.ordinal AS nth FROM blocks AS b LEFT JOIN tables AS t ON t.id = b.table_id WHERE b.document_id = ? ORDER BY b.ordinal',
        (document,),
    ):
        own: dict[int, list[SourceCell]] = rows.get(block['table_id'] or '', {})
        last = max(own, default=-1)
        drawn = tuple(tuple(own.get(at, ())) for at in range(last + 1))
        parts.append(SourcePart(block['ordinal'], block['kind'], block['text'] or '', block['nth'], drawn))
    return tuple(parts)
