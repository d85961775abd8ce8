"""The ids of everything in a catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kaohe.extractors.findings import Finding
from kaohe.pipeline.database.ids import Maker

if TYPE_CHECKING:  # a run that finds nothing changed makes no catalogue
    from kaohe.normalizers.catalogue import Catalogue, Clause


@dataclass(frozen=True, slots=True)
class Ids:
    """The ids of a catalogue's elements, by their index."""

    document: str
    tables: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    thresholds: tuple[str, ...] = ()
    responsibilities: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()


def make_ids(catalogue: Catalogue, document: str) -> Ids:
    """The ids of a catalogue's elements. ``document`` is the document's own."""
    maker = Maker(document)
    tables = tuple(maker.make('tables', i) for i in range(len(catalogue.tables)))
    blocks = tuple(maker.make('blocks', i) for i in range(len(catalogue.blocks)))
    indicators = tuple(maker.make('indicators', line.table, line.key) for line in catalogue.indicators)

    def place(clause: Clause) -> str:
        if clause.indicator is not None:
            return indicators[clause.indicator]
        return at(blocks, clause.block) or at(tables, clause.table) or document

    return Ids(
        document=document,
        tables=tables,
        blocks=blocks,
        indicators=indicators,
        items=tuple(maker.make('items', indicators[x.indicator], x.field, x.start, x.end) for x in catalogue.items),
        clauses=tuple(maker.make('clauses', place(x), x.field, x.start, x.end) for x in catalogue.clauses),
        thresholds=tuple(
            maker.make('thresholds', indicators[x.indicator], x.field, x.start, x.end) for x in catalogue.thresholds
        ),
        responsibilities=tuple(
            maker.make('responsibilities', indicators[x.indicator], x.role, x.party) for x in catalogue.responsibilities
        ),
        facts=tuple(maker.make('facts', blocks[x.block], x.start, x.end) for x in catalogue.facts),
        findings=finding_ids(catalogue.findings, maker),
    )


def finding_ids(findings: Sequence[Finding], maker: Maker) -> tuple[str, ...]:
    """The ids of findings about a document."""
    return tuple(maker.make('findings', x.code, x.page, x.table, x.row, x.col, x.message) for x in findings)


def at(ids: tuple[str, ...], index: int | None) -> str | None:
    """The id of an element that may not be there."""
    return None if index is None else ids[index]
