"""What the running text says: rules in notes and paragraphs that act on a category, a table or the whole notice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from normalizers.catalogue import BlockRow, Clause
from normalizers.grammar.prose import read_prose
from normalizers.lines import TableRead
from normalizers.text import Text, clean_cell

_PROSE = ('paragraph', 'note', 'heading')


def read_scopes(
    blocks: Sequence[BlockRow], texts: Sequence[Text], tables: Sequence[TableRead], base: int
) -> tuple[Clause, ...]:
    """The clauses of notes and paragraphs, and of the notes and the categories
    that stand in a table's cells. ``base`` is the number of clauses before them."""
    found: list[Clause] = []
    for at, (block, text) in enumerate(zip(blocks, texts, strict=True)):
        if block.kind in _PROSE and text:
            found += _clauses(text, base + len(found), note=block.kind == 'note', block=at)
    for table in tables:
        for cell in table.notes:
            found += _clauses(clean_cell(cell, table.table), base + len(found), note=True, table=table.table)
        for cell in table.rules:
            read = _clauses(clean_cell(cell, table.table), base + len(found), note=True, table=table.table)
            found += [replace(clause, scope='category') for clause in read]
    return tuple(found)


def _clauses(
    text: Text, base: int, *, note: bool, block: int | None = None, table: int | None = None
) -> Iterator[Clause]:
    for match in read_prose(text.text, note=note):
        origins = text.origins('text', match.start, match.end)
        yield Clause(
            scope=match.scope,
            text=text.text[match.start : match.end],
            start=origins[0].start,
            end=origins[-1].end,
            effect=match.effect,
            rule=match.rule,
            block=block,
            table=table,
            item=match.item,
            points=match.points,
            per_quantity=match.per_quantity,
            per_unit=match.per_unit,
            condition=match.condition,
            cap=match.cap,
            binds=tuple(base + index for index in match.binds),
            origins=origins,
        )
