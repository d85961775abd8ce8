"""Tables that come to those of a document, or go: the others are counted anew, and what names a table by its index follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kaohe.extractors.document import Document, Table

FURTHER = -1
"""The index of a table that is not yet one of the document's."""


def counted_anew(document: Document, order: Sequence[Table]) -> Document:
    """The document with these tables in this order: those of its own that stay, and further ones. Its blocks and findings name none that goes."""
    new = {table.index: at for at, table in enumerate(order) if table.index != FURTHER}
    return replace(
        document,
        blocks=tuple(
            block if block.table is None else replace(block, table=new[block.table]) for block in document.blocks
        ),
        tables=tuple(
            replace(table, index=at, parent=(new[table.parent[0]], *table.parent[1:]) if table.parent else None)
            for at, table in enumerate(order)
        ),
        findings=tuple(
            found if found.table is None else replace(found, table=new[found.table]) for found in document.findings
        ),
    )


def with_tables(document: Document, further: Sequence[tuple[int, Table]]) -> tuple[Document, list[int]]:
    """The document with further tables among its own, each where the block of this index stands; and their indexes, in the same order."""
    places = {block.table: at for at, block in enumerate(document.blocks) if block.table is not None}
    last = 0
    ranks = [(at, FURTHER, number, table) for number, (at, table) in enumerate(further)]
    for table in document.tables:
        last = places.get(table.index, last)  # a nested table stands with its parent
        ranks.append((last, table.index, FURTHER, table))
    ranks.sort(key=lambda rank: rank[:3])
    found = {number: at for at, (_, _, number, _) in enumerate(ranks) if number != FURTHER}
    return counted_anew(document, [table for *_, table in ranks]), [found[number] for number in range(len(further))]
