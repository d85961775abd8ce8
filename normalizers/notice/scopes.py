"""What the running text says: rules in notes and paragraphs that act on a category, a table or the whole notice."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from kaohe.normalizers.catalogue import BlockRow, Clause
from kaohe.normalizers.grammar.clauses.prose import read_prose
from kaohe.normalizers.lines.line import TableRead
from kaohe.normalizers.placed_clauses import clause_of
from kaohe.normalizers.text.cleaning import Text, clean_cell

_PROSE = ('paragraph', 'note', 'heading')


def read_scopes(
    blocks: Sequence[BlockRow], texts: Sequence[Text], tables: Sequence[TableRead], read: Collection[int], base: int
) -> tuple[Clause, ...]:
    """The clauses of notes and paragraphs, and of the notes and the categories
    that stand in a table's cells. ``read`` are the blocks that lines were made of, ``base`` is the number of clauses before them."""
    found: list[Clause] = []
    for at, (block, text) in enumerate(zip(blocks, texts, strict=True)):
        if block.kind in _PROSE and text and at not in read:
            found += _clauses(text, base + len(found), note=block.kind == 'note', block=at)
    for table in tables:
        for cell in table.notes:
            found += _clauses(clean_cell(cell, table.table), base + len(found), note=True, table=table.table)
        for cell in table.rules:
            ruled = _clauses(clean_cell(cell, table.table), base + len(found), note=True, table=table.table)
            found += [replace(clause, scope='category') for clause in ruled]
    return tuple(found)


def _clauses(
    text: Text, base: int, *, note: bool, block: int | None = None, table: int | None = None
) -> Iterator[Clause]:
    for match in read_prose(text.text, note=note):
        yield clause_of(text, match, base, block=block, table=table)
