"""Plain text: tables in the shapes in which text files hold them, and paragraphs between them.

Each shape has a room of its own, a function from the file's lines to the tables found in them: cells dumped one to a line
(``dump``), rows with tabs between the cells (``tabbed_rows``) or columns aligned by spaces (``aligned_rows``), Markdown and drawn tables (``pipes``), a whole file of
comma-separated values (``csv_file``). What no table claims is prose (``prose``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kaohe.extractors.document import Block, Document, Table, Unreadable
from kaohe.extractors.encoding import decode
from kaohe.extractors.findings import finding
from kaohe.extractors.left_out import hidden
from kaohe.extractors.text import aligned_rows, csv_file, dump, pipes, prose, tabbed_rows
from kaohe.extractors.text.found_table import FoundTable

# Every way in which text files end a line; a form feed is a page break, \x0b is Word's line break inside a paragraph.
_LINE_END = re.compile('\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]')
# What Markdown strikes out, in one cell and not between the ends of ranges (A级~~B级得5分，C级~~D级); what tells that a file is written in it: a heading, the rule below a table's head.
_STRUCK = re.compile(
    r'(?<![\d~])~~(?=[^\s~])[^~|\n，,；;。]{0,2000}(?<=[^\s~])~~(?![\d~])|<(s|del|strike)>[^<|\n]{0,2000}</\1>',
    re.IGNORECASE,
)
_MARKDOWN = re.compile(r'^(?:#{1,6} |[ \t]*+(?:\|[ \t]*+)?:?-{3,}:?[ \t]*+\|)', re.MULTILINE)


def read(data: bytes) -> Document:
    """The document that a text file holds. Raises ``Unreadable`` where it holds no visible character."""
    decoded = decode(data)
    if not decoded.text.strip('\ufeff\x00 \t\r\n'):
        raise Unreadable(finding('file.empty'))
    text = decoded.text.replace('\x00', '').removeprefix('\ufeff')
    text, struck = _STRUCK.subn('', text) if _MARKDOWN.search(text) else (text, 0)
    lines = _LINE_END.split(text)
    blocks, tables = _assemble(lines, _tables(lines))
    return Document('txt', blocks, tables, findings=(*decoded.findings, *hidden(texts=struck)))


def _tables(lines: Sequence[str]) -> list[FoundTable]:
    """The tables of the file, in order, none over another."""
    if whole := csv_file.find(lines):
        return [whole]
    drawn = pipes.find(lines)
    taken = {number for found in drawn for number in range(found.first, found.end)}
    rest = ['' if number in taken else line for number, line in enumerate(lines)]
    tabbed = dump.find(rest) if dump.fits(rest) else tabbed_rows.find(rest)
    taken |= {number for found in tabbed for number in range(found.first, found.end)}
    aligned = aligned_rows.find(['' if number in taken else line for number, line in enumerate(lines)])
    return sorted((*drawn, *tabbed, *aligned), key=lambda found: found.first)


def _assemble(lines: Sequence[str], found: Sequence[FoundTable]) -> tuple[tuple[Block, ...], tuple[Table, ...]]:
    unclaimed: list[str] = []
    start = 0
    for table in found:
        unclaimed += lines[start : table.first]
        start = table.end
    unclaimed += lines[start:]
    wrap = prose.wrap_width(unclaimed)

    blocks: list[Block] = []
    start = 0
    for index, table in enumerate(found):
        blocks += prose.paragraphs(lines[start : table.first], wrap)
        blocks.append(Block('table', table=index))
        start = table.end
    blocks += prose.paragraphs(lines[start:], wrap)
    return tuple(blocks), tuple(table.table(index) for index, table in enumerate(found))
