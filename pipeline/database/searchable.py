"""What of a notice can be searched: each line, each paragraph, each cell that is part of no line, each finding. Clauses, targets and facts
stand in these."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kaohe.extractors.findings import Finding
from kaohe.pipeline.database.catalogue_ids import Ids
from kaohe.pipeline.database.tokens import tokens

if TYPE_CHECKING:  # a run that finds nothing changed makes no catalogue
    from kaohe.normalizers.catalogue import Catalogue

# owner, owner_id, field, row, col, text, tokens
TextRow = tuple[str, str, str, int | None, int | None, str, str]


def searchable(catalogue: Catalogue, ids: Ids) -> Iterator[TextRow]:
    """The rows of ``texts`` of a catalogue, but for its findings."""
    for block, block_id in zip(catalogue.blocks, ids.blocks, strict=True):
        yield from _row('blocks', block_id, block.kind, block.text)
    before = None
    for line, line_id in zip(catalogue.indicators, ids.indicators, strict=True):
        if before is None or (before.table, before.path) != (line.table, line.path):  # said once for the lines below it
            yield from _row('indicators', line_id, 'path', ' / '.join(line.path))
        before = line
        yield from _row('indicators', line_id, 'name', line.name)
        yield from _row('indicators', line_id, 'requirement', line.requirement)
        yield from _row('indicators', line_id, 'criteria', line.criteria)
    for ordinal, duty in enumerate(catalogue.responsibilities):
        yield from _row('indicators', ids.indicators[duty.indicator], f'{duty.role}:{ordinal}', duty.party)
    told = {
        (origin.table, origin.row, origin.col)
        for rows in (catalogue.indicators, catalogue.responsibilities)
        for row in rows
        for origin in row.origins
    }
    for at, table in enumerate(catalogue.tables):
        for cell in table.cells:
            if (at, cell.row, cell.col) not in told:
                yield from _row('cells', ids.tables[at], 'text', cell.text, cell.row, cell.col)


def searchable_findings(findings: Sequence[Finding], ids: Ids) -> Iterator[TextRow]:
    """The rows of ``texts`` of findings."""
    for found, finding_id in zip(findings, ids.findings, strict=True):
        yield from _row('findings', finding_id, 'message', found.message)


def _row(
    owner: str, owner_id: str, field: str, text: str | None, row: int | None = None, col: int | None = None
) -> Iterator[TextRow]:
    if text and (found := tokens(text)):  # one of unseen characters has none
        yield owner, owner_id, field, row, col, text, found
