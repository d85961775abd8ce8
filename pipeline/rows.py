"""A `Catalogue` as rows of the database: indexes become ids, ``Decimal`` becomes REAL, tuples become JSON.

Pure: nothing here opens a database. The columns are those of docs/catalogue.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from extractors.document import Box
from extractors.findings import Finding
from pipeline.ids import Maker

if TYPE_CHECKING:  # a run that finds nothing changed makes no catalogue
    from normalizers.catalogue import Catalogue, Clause, Origin

Value = str | int | float | None
Row = Mapping[str, Value]
Rows = dict[str, list[Row]]


@dataclass(frozen=True, slots=True)
class _Ids:
    """The ids of a catalogue's elements, by their index."""

    document: str
    tables: tuple[str, ...]
    blocks: tuple[str, ...]
    indicators: tuple[str, ...]
    items: tuple[str, ...]
    clauses: tuple[str, ...]
    thresholds: tuple[str, ...]
    responsibilities: tuple[str, ...]
    facts: tuple[str, ...]


def rows_of(catalogue: Catalogue, document: str) -> Rows:
    """Every row but those of ``documents`` and ``sources``, by table, in the order in which they may be inserted.

    ``document`` is the document's id.
    """
    maker = Maker(document)
    ids = _make_ids(catalogue, document, maker)
    return {
        'tables': list(_tables(catalogue, ids)),
        'blocks': list(_blocks(catalogue, ids)),
        'cells': list(_cells(catalogue, ids)),
        'indicators': list(_indicators(catalogue, ids)),
        'items': list(_items(catalogue, ids)),
        'clauses': list(_clauses(catalogue, ids)),
        'thresholds': list(_thresholds(catalogue, ids)),
        'responsibilities': list(_responsibilities(catalogue, ids)),
        'facts': list(_facts(catalogue, ids)),
        'origins': list(_origins(catalogue, ids)),
        'findings': [_finding(maker, ids, i, found) for i, found in enumerate(catalogue.findings)],
    }


def finding_rows(findings: Iterable[Finding], document: str) -> list[Row]:
    """The rows of findings about a document of which nothing else is stored."""
    maker = Maker(document)
    nothing = _Ids(document, (), (), (), (), (), (), (), ())
    return [_finding(maker, nothing, i, found) for i, found in enumerate(findings)]


def _make_ids(catalogue: Catalogue, document: str, maker: Maker) -> _Ids:
    tables = tuple(maker.make('tables', i) for i in range(len(catalogue.tables)))
    blocks = tuple(maker.make('blocks', i) for i in range(len(catalogue.blocks)))
    indicators = tuple(maker.make('indicators', line.table, line.key) for line in catalogue.indicators)

    def place(clause: Clause) -> str:
        if clause.indicator is not None:
            return indicators[clause.indicator]
        return _at(blocks, clause.block) or _at(tables, clause.table) or document

    return _Ids(
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
    )


def _tables(catalogue: Catalogue, ids: _Ids) -> Iterator[Row]:
    for i, table in enumerate(catalogue.tables):
        yield {
            'id': ids.tables[i],
            'document_id': ids.document,
            'ordinal': i,
            'kind': table.kind,
            'title': table.title,
            'total_points': _real(table.total_points),
            'columns': _json([{'header': column.header, 'role': column.role} for column in table.columns]),
            'page_first': table.page_first,
            'page_last': table.page_last,
        }


def _blocks(catalogue: Catalogue, ids: _Ids) -> Iterator[Row]:
    for i, block in enumerate(catalogue.blocks):
        yield {
            'id': ids.blocks[i],
            'document_id': ids.document,
            'ordinal': i,
            'kind': block.kind,
            'level': block.level,
            'label': block.label,
            'text': block.text or None,
            'page': block.page,
            'table_id': _at(ids.tables, block.table),
        }


def _cells(catalogue: Catalogue, ids: _Ids) -> Iterator[Row]:
    for table_id, table in zip(ids.tables, catalogue.tables, strict=True):
        for cell in table.cells:
            yield {
                'table_id': table_id,
                'row': cell.row,
                'col': cell.col,
                'row_span': cell.row_span,
                'col_span': cell.col_span,
                'text': cell.text or None,
                'boxes': _json([_box(box) for box in cell.boxes]) if cell.boxes else None,
                'confidence': cell.confidence,
            }


def _indicators(catalogue: Catalogue, ids: _Ids) -> Iterator[Row]:
    for i, line in enumerate(catalogue.indicators):
        yield {
            'id': ids.indicators[i],
            'key': line.key,
            'document_id': ids.document,
            'table_id': ids.tables[line.table],
            'ordinal': i,
            'kind': line.kind,
            'counts_to_total': int(line.counts_to_total),
            'level1': line.level1,
            'level1_points': _real(line.level1_points),
            'level2': line.level2,
            'level2_points': _real(line.level2_points),
            'path': _json(line.path),
            'number': line.number,
            'name': line.name,
            'requirement': line.requirement,
            'criteria': line.criteria,
            'points': _real(line.points),
            'points_text': line.points_text,
            'row_first': line.row_first,
            'row_last': line.row_last,
            'page': line.page,
        }


def _items(catalogue: Catalogue, ids: _Ids) -> Iterator[Row]:
    for i, item in enumerate(catalogue.items):
        yield {
            'id': ids.items[i],
            'indicator_id': ids.indicators[item.indicator],
            'ordinal': i,
            'field': item.field,
            'start': item.start,
            'end': item.end,
            'label': item.label,
            'text': item.text or None,
            'points': _real(item.points),
        }


def _clauses(catalogue: Catalogue, ids: _Ids) -> Iterator[Row]:
    for i, clause in enumerate(catalogue.clauses):
        yield {
            'id': ids.clauses[i],
            'document_id': ids.document,
            'indicator_id': _at(ids.indicators, clause.indicator),
            'block_id': _at(ids.blocks, clause.block),
            'table_id': _at(ids.tables, clause.table),
            'scope': clause.scope,
            'ordinal': i,
            'field': clause.field,
            'start': clause.start,
            'end': clause.end,
            'text': clause.text,
            'item': clause.item,
            'effect': clause.effect,
            'points': _real(clause.points),
            'per_quantity': _real(clause.per_quantity),
            'per_unit': clause.per_unit,
            'condition': clause.condition,
            'cap': _real(clause.cap),
            'binds': _json([ids.clauses[bound] for bound in clause.binds]) if clause.binds else None,
            'rule': clause.rule,
        }


def _thresholds(catalogue: Catalogue, ids: _Ids) -> Iterator[Row]:
    for i, threshold in enumerate(catalogue.thresholds):
        yield {
            'id': ids.thresholds[i],
            'indicator_id': ids.indicators[threshold.indicator],
            'clause_id': _at(ids.clauses, threshold.clause),
            'ordinal': i,
            'field': threshold.field,
            'start': threshold.start,
            'end': threshold.end,
            'text': threshold.text,
            'metric': threshold.metric or None,
            'comparator': threshold.comparator,
            'value': _real(threshold.value),
            'value_high': _real(threshold.value_high),
            'unit': threshold.unit,
            'basis': threshold.basis,
            'period': threshold.period,
            'rule': threshold.rule,
        }


def _responsibilities(catalogue: Catalogue, ids: _Ids) -> Iterator[Row]:
    for i, duty in enumerate(catalogue.responsibilities):
        yield {
            'id': ids.responsibilities[i],
            'indicator_id': ids.indicators[duty.indicator],
            'ordinal': i,
            'role': duty.role,
            'party': duty.party,
        }


def _facts(catalogue: Catalogue, ids: _Ids) -> Iterator[Row]:
    for i, fact in enumerate(catalogue.facts):
        yield {
            'id': ids.facts[i],
            'document_id': ids.document,
            'block_id': ids.blocks[fact.block],
            'ordinal': i,
            'start': fact.start,
            'end': fact.end,
            'text': fact.text,
            'metric': fact.metric or None,
            'value': _real(fact.value),
            'unit': fact.unit,
            'approximate': int(fact.approximate),
            'change': fact.change,
            'change_value': _real(fact.change_value),
            'change_unit': fact.change_unit,
            'basis': fact.basis,
            'period': fact.period,
            'rule': fact.rule,
        }


def _origins(catalogue: Catalogue, ids: _Ids) -> Iterator[Row]:
    owners: tuple[tuple[str, tuple[str, ...], Iterable[tuple[Origin, ...]]], ...] = (
        ('documents', (ids.document,), (catalogue.notice.origins,)),
        ('tables', ids.tables, (x.origins for x in catalogue.tables)),
        ('indicators', ids.indicators, (x.origins for x in catalogue.indicators)),
        ('items', ids.items, (x.origins for x in catalogue.items)),
        ('clauses', ids.clauses, (x.origins for x in catalogue.clauses)),
        ('thresholds', ids.thresholds, (x.origins for x in catalogue.thresholds)),
        ('responsibilities', ids.responsibilities, (x.origins for x in catalogue.responsibilities)),
        ('facts', ids.facts, (x.origins for x in catalogue.facts)),
    )
    for owner, owner_ids, origins_of_each in owners:
        for owner_id, origins in zip(owner_ids, origins_of_each, strict=True):
            for i, origin in enumerate(origins):
                yield {
                    'document_id': ids.document,
                    'owner': owner,
                    'owner_id': owner_id,
                    'field': origin.field,
                    'ordinal': i,
                    'table_id': _at(ids.tables, origin.table),
                    'row': origin.row,
                    'col': origin.col,
                    'block_id': _at(ids.blocks, origin.block),
                    'start': origin.start,
                    'end': origin.end,
                }


def _finding(maker: Maker, ids: _Ids, ordinal: int, found: Finding) -> Row:
    return {
        'id': maker.make('findings', found.code, found.page, found.table, found.row, found.col, found.message),
        'document_id': ids.document,
        'ordinal': ordinal,
        'table_id': _at(ids.tables, found.table),
        'indicator_id': _at(ids.indicators, found.indicator),
        'clause_id': _at(ids.clauses, found.clause),
        'about': found.about,
        'severity': found.severity,
        'code': found.code,
        'message': found.message,
        'page': found.page,
        'row': found.row,
        'col': found.col,
    }


def _at(ids: tuple[str, ...], index: int | None) -> str | None:
    return None if index is None else ids[index]


def _real(number: Decimal | None) -> float | None:
    return None if number is None else float(number)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(',', ':'))


def _box(box: Box) -> list[float]:
    return [box.page, *(round(edge, 2) for edge in (box.x0, box.top, box.x1, box.bottom))]
