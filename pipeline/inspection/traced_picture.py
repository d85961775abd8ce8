"""The page of a PDF on which a row of the catalogue stands, with the row's cells, all cells of tables and the ruling lines marked."""

from __future__ import annotations

import io
import json
import sqlite3
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from kaohe.extractors.document import Unreadable
from kaohe.pipeline.inspection.provenance import Explanation
from kaohe.pipeline.inspection.stored_file import PageFile, find_file, stored_bytes
from kaohe.pipeline.refusal import Refusal
from kaohe.pipeline.system.limited import in_limits
from kaohe.pipeline.system.limits import Limits

_LIMITS = Limits(seconds=30.0, seconds_per_megabyte=2.0, memory=1 << 30)
_DOTS_PER_INCH = 130
_OTHERS, _MARKED, _RULING = '#2b7bba', '#d0021b', '#7ed321'


class PageBox(NamedTuple):
    """Edges in points from the page's upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


def picture(connection: sqlite3.Connection, database: Path, found: Explanation) -> bytes:
    """PNG of the first page on which the row stands: its cells red, the other cells blue, ruling lines green. Raises `Refusal` where the
    notice is no PDF, the row stands on no page, or the file has changed or left.
    """
    (document, form) = connection.execute(
        'SELECT id, format FROM documents WHERE source = ?', (found.source,)
    ).fetchone()
    pages = [place.page for place in found.places if place.page is not None]
    if form != 'pdf' or not pages:
        raise Refusal('只有 PDF 里的内容能画出来；别的格式请看回执，或加 --json 看行、列', 2)
    file = find_file(connection, database, document)
    if file is None:
        raise Refusal(f'{found.source} 已不在收件夹里，画不出来')
    page = min(pages)
    others = [box for boxes in connection.execute('SELECT boxes FROM cells JOIN tables ON tables.id = table_id WHERE document_id = ?', (document,)) for box in _on(page, boxes[0])]  # fmt: skip
    marked = [
        box
        for place in found.places
        if place.table is not None
        for boxes in connection.execute(
            'SELECT boxes FROM cells JOIN tables AS t ON t.id = table_id WHERE t.document_id = ? AND t.ordinal = ? AND row = ? AND col = ?',
            (document, place.table, place.row, place.col),
        )
        for box in _on(page, boxes[0])
    ]
    try:
        return in_limits(_LIMITS, partial(draw, file, page, others, marked))
    except Unreadable as error:
        raise Refusal(f'{found.source} 画不出来：{error.finding.message}') from error


def draw(file: PageFile, page: int, others: Sequence[PageBox], marked: Sequence[PageBox]) -> bytes:
    """In a process of its own: the page (from 1) with these boxes. Raises `Refusal`."""
    import pdfplumber

    try:
        data = stored_bytes(file)
    except (OSError, ValueError) as error:
        raise Refusal(f'{file.path.name} 已不是读入时的那个文件，请先运行 kaohe ingest') from error
    with pdfplumber.open(io.BytesIO(data), pages=[page]) as pdf:
        (one,) = pdf.pages
        left, top, *_ = one.bbox
        image = one.to_image(resolution=_DOTS_PER_INCH)
        image.draw_lines(one.edges, stroke=_RULING, stroke_width=1)
        for boxes, colour, width in ((others, _OTHERS, 1), (marked, _MARKED, 4)):
            placed = [(left + box.left, top + box.top, left + box.right, top + box.bottom) for box in boxes]
            image.draw_rects(placed, fill=(0, 0, 0, 0), stroke=colour, stroke_width=width)
        written = io.BytesIO()
        image.annotated.save(written, 'PNG')
        return written.getvalue()


def _on(page: int, boxes: str | None) -> list[PageBox]:
    return [PageBox(*edges) for number, *edges in json.loads(boxes or '[]') if number == page]
