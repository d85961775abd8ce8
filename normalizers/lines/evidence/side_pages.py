"""Wide tables that were printed over two pages side by side: the rows of one stand level with those of the other, all of them, and each has its own heads.
They are not laid together; that they belong together is told, for the lines of each lack what the other says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kaohe.extractors.document import Document, Table
from kaohe.extractors.findings import finding
from kaohe.normalizers.columns.grid_rows import distinct
from kaohe.normalizers.columns.header_rows import read_head
from kaohe.normalizers.lines.line import TableRead
from kaohe.normalizers.text.folding import squeeze
from kaohe.normalizers.vocabulary.header_words import HeadClass

_FEWEST_ROWS = 3
_HEAD_ROWS = 2
_ONCE: frozenset[HeadClass] = frozenset({'number', 'content', 'scoring', 'points'})
_WHY = '这张表与第 {page} 页的表逐行对齐，像是同一张宽表打印时左右分在两页'
_TODO = '请放入表格的原件（xlsx、docx），或把打印设成一页宽，另存为 PDF 后重新放入'


def with_side_pages(document: Document, reads: Sequence[TableRead]) -> list[TableRead]:
    """What was read of the tables, those that are one half of a wide table with a finding, and each of their lines with a doubt."""
    beside: dict[int, int] = {}
    before: dict[tuple[float, ...], Table] = {}
    for table in document.tables:
        tops = _tops(table) if table.page_first is not None and table.parent is None else ()
        if len(tops) < _FEWEST_ROWS:
            continue
        left = before.get(tops)
        if left is not None and _are_halves(left, table):
            beside[left.index], beside[table.index] = table.page_first or 0, left.page_first or 0
        before[tops] = table
    return [_told(read, beside[read.table]) if read.table in beside else read for read in reads]


def _told(read: TableRead, page: int) -> TableRead:
    doubt = f'这张表还有几栏印在第 {page} 页，没有接上'
    lines = tuple(replace(line, doubts=(*line.doubts, doubt)) for line in read.lines)
    told = finding('table.apart', table=read.table, why=_WHY.format(page=page), todo=_TODO)
    return replace(read, lines=lines, findings=(*read.findings, told))


def _tops(table: Table) -> tuple[float, ...]:
    """Where each row begins on its page, in whole points; nothing where a row has no place."""
    found: dict[int, float] = {}
    for cell in table.cells:
        if cell.boxes:
            found[cell.row] = min(found.get(cell.row, cell.boxes[0].top), cell.boxes[0].top)
    return tuple(round(found[row]) for row in range(table.rows)) if len(found) == table.rows else ()


def _are_halves(left: Table, right: Table) -> bool:
    """Whether tables whose rows begin level, on different pages, have heads of their own, none of which can stand twice in one table."""
    if (left.page_last or 0) >= (right.page_first or 0):
        return False
    heads, others = _heads(left), _heads(right)
    shared = set(heads.values()) & set(others.values()) & _ONCE
    return bool(heads) and bool(others) and not heads.keys() & others.keys() and not shared


def _heads(table: Table) -> dict[str, HeadClass]:
    """The known heads in the first rows, each with its class."""
    texts = {squeeze(cell.text) for row in table.grid()[:_HEAD_ROWS] for cell in distinct(row) if cell.text.strip()}
    return {text: head.kind for text in texts if (head := read_head(text))}
