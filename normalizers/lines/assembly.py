"""From what was read to the rows of the catalogue: tables, indicators, responsibilities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from kaohe.extractors.document import Document
from kaohe.normalizers.catalogue import Indicator, Origin, Responsibility, TableRow
from kaohe.normalizers.lines.duties import read_parties, split_joined
from kaohe.normalizers.lines.line import Line, TableRead
from kaohe.normalizers.lines.line_bounds import bounds
from kaohe.normalizers.lines.table_titles import TableTitle
from kaohe.normalizers.text.cleaning import Text


def table_rows(document: Document, titles: Sequence[TableTitle], tables: Sequence[TableRead]) -> tuple[TableRow, ...]:
    """The tables as stored."""
    return tuple(
        TableRow(
            kind=read.kind,
            title=title.title,
            total_points=_total(title, read),
            columns=read.columns,
            cells=drawn.cells,
            page_first=drawn.page_first,
            page_last=drawn.page_last,
            origins=title.origins,
        )
        for drawn, title, read in zip(document.tables, titles, tables, strict=True)
    )


def _total(title: TableTitle, read: TableRead) -> Decimal | None:
    """The total that the title prints, else that of the table's last row where there is one closing row."""
    closing = [total.points for total in read.totals if not total.part]
    if title.total_points is not None:
        return title.total_points
    return closing[0] if len(closing) == 1 else None


def indicator(line: Line) -> Indicator:
    """The line as stored."""
    first, second, *_ = (*line.levels, None, None)
    least, most = bounds(line)
    return Indicator(
        table=line.table,
        kind=line.kind,
        counts_to_total=line.counts_to_total,
        key=line.key,
        level1=first.title.text if first else None,
        level1_points=first.points if first else None,
        level2=second.title.text if second else None,
        level2_points=second.points if second else None,
        path=line.path,
        number=_string(line.number),
        name=_string(line.name),
        requirement=_string(line.requirement),
        criteria=_string(line.criteria),
        points=line.points,
        points_text=_string(line.points_text),
        floor=least,
        ceiling=most,
        row_first=line.row_first,
        row_last=line.row_last,
        page=line.page,
        origins=tuple(_origins(line)),
    )


def _origins(line: Line) -> Iterator[Origin]:
    for at, level in enumerate(line.levels[:2], 1):
        yield from level.title.origins(f'level{at}')
    for field, text in (
        ('number', line.number),
        ('name', line.name),
        ('requirement', line.requirement),
        ('criteria', line.criteria),
        ('points', line.points_source),
        ('points_text', line.points_text),
    ):
        if text:
            yield from text.origins(field)


def _string(text: Text | None) -> str | None:
    return text.text if text else None


def responsibilities(lines: Sequence[Line]) -> tuple[Responsibility, ...]:
    """Who answers for each line: every party once in each role."""
    found = [
        Responsibility(
            at,
            party.role or role,
            party.name,
            (Origin('party', party.start, party.end, line.table, cell.row, cell.col),),
        )
        for at, line in enumerate(lines)
        for role, cells in line.duties.items()
        for cell in cells
        for party in read_parties(cell.text, people=role == 'lead_leader')
    ]
    known = {duty.party for duty in found}
    names = {party: split_joined(party, known - {party}) for party in known}
    apart = [duty if name == duty.party else replace(duty, party=name) for duty in found for name in names[duty.party]]
    once = {(duty.indicator, duty.role, duty.party): duty for duty in reversed(apart)}
    return tuple(reversed(once.values()))
