"""The places of the page that a person looks at where recognised text is in doubt: the cells of the line whose figures are unsure."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kaohe.normalizers.checks.recognised_numbers import SURE
from kaohe.pipeline.desk.source_side.source_view import Page

CODE = 'ocr.doubtful'
# Points around a cell, and pixels on the screen a point: figures are shown a little larger than printed.
_AROUND, _SCALE = 2.0, 1.7
_SHARE = re.compile(r'[%‰％]')


@dataclass(frozen=True, slots=True)
class Cutout:
    """Part of a page (from 1), in points from its upper left corner, the size of the whole page, and pixels it takes on the screen."""

    page: int
    x: float
    y: float
    width: float
    height: float
    whole: tuple[float, float]
    shown: tuple[int, int]


_CELLS = """
SELECT DISTINCT o.owner_id AS line, c.table_id, c.row, c.col, c.text, c.boxes, c.confidence
FROM origins AS o JOIN cells AS c ON c.table_id = o.table_id AND c.row = o.row AND c.col = o.col
WHERE o.document_id = ? AND o.owner = 'indicators' AND c.confidence IS NOT NULL AND c.boxes IS NOT NULL
ORDER BY o.owner_id, c.row, c.col
"""


def read_cutouts(connection: sqlite3.Connection, document: str, pages: Sequence[Page]) -> dict[str, tuple[Cutout, ...]]:
    """The cutouts of each line (by its id) of which a finding says that its recognised figures are to be checked."""
    if not pages:
        return {}
    doubted = {
        row[0]
        for row in connection.execute(
            'SELECT indicator_id FROM findings WHERE document_id = ? AND code = ?', (document, CODE)
        )
    }
    cells: defaultdict[str, list[sqlite3.Row]] = defaultdict(list)
    for row in connection.execute(_CELLS, (document,)) if doubted else ():
        if row['line'] in doubted:
            cells[row['line']].append(row)
    sizes = {page.number: (page.width, page.height) for page in pages}
    return {line: tuple(cut for cell in _unsure(own) for cut in _cut(cell, sizes)) for line, own in cells.items()}


def _unsure(cells: Sequence[sqlite3.Row]) -> list[sqlite3.Row]:
    """Those that are less than sure, and shares, which nothing else confirms."""
    return [cell for cell in cells if cell['confidence'] < SURE or _SHARE.search(cell['text'] or '')] or list(cells)


def _cut(cell: sqlite3.Row, sizes: dict[int, tuple[float, float]]) -> list[Cutout]:
    found = []
    for page, x0, y0, x1, y1 in json.loads(cell['boxes']):
        if page in sizes:
            width, height = x1 - x0 + 2 * _AROUND, y1 - y0 + 2 * _AROUND
            shown = (round(width * _SCALE), round(height * _SCALE))
            found.append(Cutout(page, x0 - _AROUND, y0 - _AROUND, width, height, sizes[page], shown))
    return found
