"""Web pages: html saved from a website, and mht, a page packed as a mail message.

The page is parsed as leniently as browsers do. Nothing is fetched. The text in navigation menus is read as well: it was visible.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Sequence
from contextlib import suppress
from email.header import decode_header, make_header
from email.message import Message

from lxml import etree

from kaohe.extractors.document import Block, Cell, Document, Table, Unreadable
from kaohe.extractors.encoding import Decoded, decode
from kaohe.extractors.findings import Finding, finding
from kaohe.extractors.html.flow import FlowTable, HtmlParagraph, Item, read_flow
from kaohe.extractors.left_out import hidden
from kaohe.extractors.sniffing import Signs

MAX_BYTES = 50 * 2**20
_HEAD = 4096
_CHARSET = re.compile(
    rb'<meta[^>]{0,300}?charset\s*=\s*["\']?\s*([\w.:-]+)|<\?xml[^>]{0,200}?encoding\s*=\s*["\']([\w.:-]+)', re.I
)


def read(data: bytes) -> Document:
    """The document that a web page holds. Raises ``Unreadable`` where it shows no text."""
    if len(data) > MAX_BYTES:
        raise Unreadable(finding('file.too_large', detail=f'{len(data) // 2**20} MB'))
    message = _opened(data) if Signs(data).is_mail else None
    page = _unpacked(message) if message is not None else _decoded(data, None)
    root, cut = _parsed(page.text)
    items, left_out = read_flow(root) if root is not None else ((), 0)
    if not items:
        raise Unreadable(finding('file.broken', detail='网页的层次太深') if cut else finding('file.no_text'))
    blocks, tables, findings = _assemble(items)
    parts = [finding('part.unreadable', detail='网页的层次太深，后面的没有读入')] if cut else []
    if message is not None and (attached := _attached(message)):
        parts.append(finding('part.unreadable', detail=f'邮件的附件没有读入，请另存到收件夹：{"、".join(attached)}'))
    return Document('html', blocks, tables, findings=(*page.findings, *parts, *findings, *hidden(texts=left_out)))


def _decoded(data: bytes, declared: str | None) -> Decoded:
    """The page's text. The encoding that its message or server declares goes before what the page says itself."""
    said = _CHARSET.search(data[:_HEAD])
    name = declared or (next(filter(None, said.groups())).decode('ascii') if said else None)
    return decode(data, name)


def _opened(data: bytes) -> Message:
    try:
        return email.message_from_bytes(data.lstrip(), policy=email.policy.compat32)
    except RecursionError:
        raise Unreadable(finding('file.broken', detail='网页档案的层次太深')) from None


def _attached(message: Message) -> list[str]:
    """The names of the files that a mail message carries beside its text."""
    carried = [part for part in message.walk() if part.get_content_disposition() == 'attachment']
    return [_name_of(part) for part in carried if not part.is_multipart()]


def _name_of(part: Message) -> str:
    name = part.get_filename() or ''
    with suppress(ValueError, LookupError):
        name = str(make_header(decode_header(name)))  # the older way to write names that are not English
    return name or '（无名）'


def _unpacked(message: Message) -> Decoded:
    """The page in a mail message: its first part of markup, else its first of text."""
    parts = {part.get_content_type(): part for part in reversed(list(message.walk())) if not part.is_multipart()}
    for kind in ('text/html', 'application/xhtml+xml', 'text/plain'):
        payload = parts[kind].get_payload(decode=True) if kind in parts else None
        if isinstance(payload, bytes) and payload.strip():
            page = _decoded(payload, parts[kind].get_content_charset())
            return (
                Decoded(f'<pre>{_escaped(page.text)}</pre>', page.encoding, page.lost) if kind == 'text/plain' else page
            )
    raise Unreadable(finding('file.broken', detail='网页档案里没有网页'))


def _escaped(text: str) -> str:
    return text.replace('&', '&amp;').replace('<', '&lt;')


def _parsed(text: str) -> tuple[etree._Element | None, bool]:
    """The page's root, and whether the parser stopped before its end: at a depth of 2,048 elements."""
    parser = etree.HTMLParser(encoding='utf-8', huge_tree=True, no_network=True)
    try:
        # Surrogates and zero bytes are no characters of a page; libxml2 would stop at them.
        root = etree.fromstring(text.replace('\x00', '').encode('utf-8', 'replace'), parser)
    except etree.XMLSyntaxError:
        root = None
    return root, any(error.type_name == 'ERR_RESOURCE_LIMIT' for error in parser.error_log)


def _assemble(items: Sequence[Item]) -> tuple[tuple[Block, ...], tuple[Table, ...], tuple[Finding, ...]]:
    blocks: list[Block] = []
    tables: list[Table] = []
    findings: list[Finding] = []
    for item in items:
        if isinstance(item, HtmlParagraph):
            blocks.append(Block('paragraph', item.text, label=item.label, level=item.level, centered=item.centered))
        else:
            blocks.append(Block('table', table=len(tables)))
            findings += _add(item, None, tables)
    return tuple(blocks), tuple(tables), tuple(findings)


def _add(found: FlowTable, parent: tuple[int, int, int] | None, tables: list[Table]) -> list[Finding]:
    """Append the table and, after it, the tables in its cells."""
    index = len(tables)
    grid = found.grid
    cells = tuple(
        Cell(cell.row, cell.col, cell.row_span, cell.col_span, _text(cell.content or ())) for cell in grid.cells
    )
    tables.append(
        Table(index, grid.rows, grid.cols, cells, header_rows=min(found.header_rows, grid.rows), parent=parent)
    )
    findings = [finding('table.large', rows=grid.rows, table=index)] if grid.left_out else []
    for cell in grid.cells:
        for inner in cell.content or ():
            if isinstance(inner, FlowTable):
                findings += _add(inner, (index, cell.row, cell.col), tables)
    return findings


def _text(content: Sequence[Item]) -> str:
    return '\n'.join(item.text for item in content if isinstance(item, HtmlParagraph))
