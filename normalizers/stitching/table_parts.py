"""Tables cut by page breaks, or by hand, made whole: one table, its header once, a cut row one row with two boxes.

Two tables belong together when nothing visible stands between them and the second repeats the first's header, or has none of its own
and the same columns. Where nothing is cut, the document is returned as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kaohe.extractors.document import Block, Document, Table
from kaohe.extractors.findings import Finding, finding
from kaohe.normalizers.columns.grid_rows import distinct, is_total
from kaohe.normalizers.columns.header_rows import find_header
from kaohe.normalizers.stitching.common_columns import Fragment, common_columns
from kaohe.normalizers.stitching.joined_rows import Joined, join_rows
from kaohe.normalizers.stitching.repeated_header import is_same_form, repeated_rows
from kaohe.normalizers.stitching.same_frame import NEAR, moved_onto
from kaohe.normalizers.text.folding import squeeze

# What a writer puts between the parts of a table that goes on.
_WHY_APART = '这张表重复了上一张表的表头，但列数和列宽对不上'
_TODO_APART = '请对照原件，看两张表是不是同一张，合计和类别有没有断开'
_GOES_ON = re.compile(r'[（(]?(?:续表?|续上表|接上[页表]|上接.{0,6}|转下页|下转.{0,6})[）)]?\s*[一二三四五\d]{0,2}')
# What a title says behind its words where the table under it goes on.
_AGAIN = re.compile(r'[（(]\s*(?:续表?|接上[页表]|上接.{0,6})\s*[一二三四五\d]{0,2}\s*[）)]')
# The mark of a note at the foot of a page.
_FOOTNOTE = re.compile(r'[①-⑳❶-❿¹²³⁴-⁹*＊※†]|[\[［]\d{1,2}[\]］]')


def stitch(document: Document) -> Document:
    """The same document with every table whole. Blocks and tables are counted anew; findings follow them."""
    chains = list(_chains(document))
    if all(len(chain) == 1 for chain in chains):
        return document
    joined = [_join(chain) for chain in chains]
    apart = [found for wholes in joined for found in _apart(wholes)]
    return _rebuilt(document.complain(*apart), [whole for wholes in joined for whole in wholes])


def together(first: Table, second: Table) -> Table | None:
    """The two as one table, the header of the second left out where it repeats the first's; None where they cannot be laid on the same columns."""
    whole = _join(_pair(first, second))
    return whole[0].table if len(whole) == 1 else None


def joined(document: Document, first: Table, second: Table) -> Document:
    """The document with the two tables as one, where the first stands."""
    return _rebuilt(document, _join(_pair(first, second)))


def _pair(first: Table, second: Table) -> list[Fragment]:
    upper, lower = _fragment(first), _fragment(second)
    return [upper, replace(lower, leading=repeated_rows(upper, lower))]


def _chains(document: Document) -> Iterator[list[Fragment]]:
    """The tables of the body that belong together, in reading order; a nested table is a chain of its own."""
    chain: list[Fragment] = []
    titles: list[str] = []
    above: list[str] = []
    noted = False
    for block in document.blocks:
        text = block.text.strip()
        if block.kind == 'table' and block.table is not None:
            fragment = _fragment(document.tables[block.table])
            if chain and _belongs(chain, fragment, noted=noted):
                chain.append(replace(fragment, leading=repeated_rows(chain[0], fragment)))
            else:
                if chain:
                    yield chain
                chain, titles = [fragment], above
            above, noted = [], False
        elif block.kind == 'paragraph' and text:
            above.append(squeeze(text))
            if chain and block.page == chain[-1].table.page_last is not None and _FOOTNOTE.match(text):
                noted = True
            elif not (_GOES_ON.fullmatch(text) or _says_again(text, titles)):
                if chain:
                    yield chain
                chain = []
    if chain:
        yield chain


def _says_again(text: str, titles: Sequence[str]) -> bool:
    """Whether the line is one of those above the table once more, and says that it goes on: 考核细则（续）."""
    again = _AGAIN.search(text)
    return again is not None and again.end() == len(text) and squeeze(text[: again.start()]) in titles


def _fragment(table: Table) -> Fragment:
    grid = table.grid()
    header = find_header(table, grid)
    return Fragment(table, grid, header)


def _belongs(chain: Sequence[Fragment], new: Fragment, *, noted: bool) -> bool:
    """Whether a table goes on with the one before it. ``noted``: notes of the page stand between them, so that it must show more plainly."""
    first, last = chain[0], chain[-1]
    if first.table.merges != new.table.merges or first.table.sheet != new.table.sheet or _is_closed(last):
        return False
    if _side_by_side(last.table, new.table):
        return False
    if noted and (
        first.table.edges is None or moved_onto(first.table.edges, new.table.edges or (0.0, 0.0)) != new.table.edges
    ):
        return False
    leading = repeated_rows(first, new)
    if leading:
        return not noted and leading < new.table.rows and not is_same_form(first, new, leading)
    if new.header is not None and new.header.first == 0:
        return False
    if last.table.page_last is not None and new.table.page_first is not None:
        return new.table.page_first == last.table.page_last + 1 and _same_frame(first.table, new.table)
    return first.header is not None and first.table.cols == new.table.cols


def _is_closed(fragment: Fragment) -> bool:
    """A table that ends with its total is complete."""
    last = [cell for cell in distinct(fragment.grid[-1]) if cell.text.strip()]
    return bool(last) and is_total(last[0].text) and '小计' not in last[0].text and len(last) > 1


def _same_frame(first: Table, new: Table) -> bool:
    """Whether two tables are drawn on the same columns, or one on some of the columns of the other."""
    if first.edges is None or new.edges is None:
        return first.cols == new.cols
    return moved_onto(first.edges, new.edges) is not None


def _side_by_side(last: Table, new: Table) -> bool:
    """Whether two tables stand beside each other on a page."""
    if last.page_last is None or last.page_last != new.page_first:
        return False
    bottom = max((box.bottom for cell in last.cells for box in cell.boxes if box.page == last.page_last), default=0.0)
    return any(box.top < bottom - NEAR for cell in new.cells for box in cell.boxes)


def _join(chain: Sequence[Fragment]) -> list[Joined]:
    """The whole table; its parts where they cannot be laid on the same columns."""
    parts = common_columns(chain) if len(chain) > 1 else None
    whole = join_rows(parts) if parts is not None else None
    if whole is not None and _is_tiled(whole.table):
        return [whole]
    apart = [part.table for part in chain]
    return [Joined(table, {table.index: {row: row for row in range(table.rows)}}) for table in apart]


def _is_tiled(table: Table) -> bool:
    try:
        table.grid()
    except ValueError:
        return False
    return True


def _apart(joined: Sequence[Joined]) -> Iterator[Finding]:
    """What to say of parts that belong together and stay apart: all but the first of them."""
    for part in joined[1:]:
        yield finding(
            'table.apart', page=part.table.page_first, table=part.table.index, why=_WHY_APART, todo=_TODO_APART
        )


def _rebuilt(document: Document, joined: Sequence[Joined]) -> Document:
    """The document with the joined tables in place of their parts."""
    home = {part: whole for whole in joined for part in whole.rows}
    order: list[Table] = []
    places: dict[int, int] = {}
    for table in document.tables:
        whole = home.get(table.index)
        if whole is None:
            places[table.index] = len(order)
            order.append(table)
        elif table.index == whole.table.index:
            for part in whole.rows:
                places[part] = len(order)
            order.append(whole.table)
    rows = {part: whole.rows[part] for part, whole in home.items()}
    tables = tuple(
        replace(table, index=at, parent=_moved(table.parent, places, rows)) for at, table in enumerate(order)
    )
    blocks = tuple(_blocks(document.blocks, places, home))
    findings = tuple(_relocated(finding, places, rows) for finding in document.findings)
    return replace(document, blocks=blocks, tables=tables, findings=findings)


def _blocks(blocks: Sequence[Block], places: Mapping[int, int], home: Mapping[int, Joined]) -> Iterator[Block]:
    for block in blocks:
        if block.table is None:
            yield block
        elif block.table not in home or home[block.table].table.index == block.table:
            yield replace(block, table=places[block.table])


def _moved(
    parent: tuple[int, int, int] | None, places: Mapping[int, int], rows: Mapping[int, Mapping[int, int]]
) -> tuple[int, int, int] | None:
    if parent is None:
        return None
    table, row, col = parent
    return places[table], rows.get(table, {}).get(row, row), col


def _relocated(finding: Finding, places: Mapping[int, int], rows: Mapping[int, Mapping[int, int]]) -> Finding:
    if finding.table is None or finding.table not in places:
        return finding
    row = finding.row if finding.row is None else rows.get(finding.table, {}).get(finding.row, finding.row)
    return replace(finding, table=places[finding.table], row=row)
