"""What the running text says: rules in notes and paragraphs that act on a category, a table or the whole notice; figures of a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from normalizers.catalogue import BlockRow, Clause, Fact
from normalizers.grammar.facts import read_facts
from normalizers.grammar.prose import read_prose
from normalizers.lines import TableRead
from normalizers.text import Text, clean_cell

_PROSE = ('paragraph', 'note', 'heading')


def read_scopes(
    blocks: Sequence[BlockRow], texts: Sequence[Text], tables: Sequence[TableRead], base: int
) -> tuple[Clause, ...]:
    """The clauses of notes and paragraphs, and of the notes that stand in a table's cells. ``base`` is the number of clauses before them."""
    found: list[Clause] = []
    for at, (block, text) in enumerate(zip(blocks, texts, strict=True)):
        if block.kind in _PROSE and text:
            found += _clauses(text, base + len(found), block=at)
    for table in tables:
        for cell in table.notes:
            found += _clauses(clean_cell(cell, table.table), base + len(found), table=table.table)
    return tuple(found)


def _clauses(text: Text, base: int, *, block: int | None = None, table: int | None = None) -> Iterator[Clause]:
    for match in read_prose(text.text):
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


def read_report(blocks: Sequence[BlockRow], texts: Sequence[Text], year: int | None) -> tuple[Fact, ...]:
    """The figures that the paragraphs of a report state. ``year`` is the year that it reports on."""
    places = [at for at, block in enumerate(blocks) if block.kind in _PROSE and texts[at]]
    found: list[Fact] = []
    for match in read_facts([texts[at].text for at in places], year=year):
        at = places[match.paragraph]
        origins = texts[at].origins('text', match.start, match.end)
        found.append(
            Fact(
                block=at,
                start=origins[0].start,
                end=origins[-1].end,
                text=texts[at].text[match.start : match.end],
                metric=match.metric,
                value=match.value,
                unit=match.unit,
                rule=match.rule,
                approximate=match.approximate,
                change=match.change,
                change_value=match.change_value,
                change_unit=match.change_unit,
                basis=match.basis,
                period=match.period,
                origins=origins,
            )
        )
    return tuple(found)
