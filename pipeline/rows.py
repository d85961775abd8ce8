"""A `Catalogue` as rows of the database: indexes become ids, ``Decimal`` becomes REAL, tuples become JSON, ``''`` becomes NULL.

Pure: nothing here opens a database. The columns are those of docs/catalogue.md. Rows are made by the process that reads, because the one that
stores has to serve them all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING

from extractors.document import Box
from extractors.findings import Finding
from pipeline.catalogue_ids import Ids, at, finding_ids, make_ids
from pipeline.ids import Maker, document_id
from pipeline.searchable import searchable, searchable_findings

if TYPE_CHECKING:  # a run that finds nothing changed makes no catalogue
    from normalizers.catalogue import Catalogue, Origin

Value = str | int | float | None
Row = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one table, with the names of their columns."""

    table: str
    columns: tuple[str, ...]
    values: list[tuple[Value, ...]]


def rows_of(catalogue: Catalogue, sha256: str, size: int) -> tuple[Rows, ...]:
    """Every row that says what the notice in a file of ``size`` bytes says, table by table, in the order in which they may be inserted.

    The document's own row comes first. Under which names it came is the store's to say: its ``source`` is its id until then.
    """
    document = document_id(sha256)
    ids = make_ids(catalogue, document)
    tables: tuple[tuple[str, Iterable[Row]], ...] = (
        ('documents', [_document(catalogue, document, sha256, size)]),
        ('tables', _tables(catalogue, ids)),
        ('blocks', _blocks(catalogue, ids)),
        ('cells', _cells(catalogue, ids)),
        ('indicators', _indicators(catalogue, ids)),
        ('items', _items(catalogue, ids)),
        ('clauses', _clauses(catalogue, ids)),
        ('thresholds', _thresholds(catalogue, ids)),
        ('responsibilities', _responsibilities(catalogue, ids)),
        ('facts', _facts(catalogue, ids)),
        ('origins', _origins(catalogue, ids)),
        ('findings', _findings(catalogue.findings, ids)),
        ('texts', chain(searchable(catalogue, ids), searchable_findings(catalogue.findings, ids))),
    )
    return tuple(made for table, rows in tables if (made := _packed(table, rows)).values)


def failure_rows(
    why: Finding, document: str, form: str | None, sha256: str | None, size: int | None
) -> tuple[Rows, ...]:
    """The rows of a document of which nothing is known but why it could not be read."""
    ids = Ids(document, findings=finding_ids([why], Maker(document)))
    row = {'id': document, 'source': document, 'format': form, 'sha256': sha256, 'bytes': size}
    return (
        _packed('documents', [row | {'status': 'failed', 'message': why.message}]),
        _packed('findings', _findings([why], ids)),
        _packed('texts', searchable_findings([why], ids)),
    )


def _packed(table: str, rows: Iterable[Row]) -> Rows:
    """The rows in the order of their primary keys, which stand first: so the database grows at its end (a fifth less time in the store)."""
    columns: tuple[str, ...] = ()
    values = []
    for row in rows:
        columns = columns or tuple(row)
        made = tuple(row.values())
        values.append(tuple([None if value == '' else value for value in made]) if '' in made else made)
    values.sort(key=itemgetter(0, 1, 2))
    return Rows(table, columns, values)


def _document(catalogue: Catalogue, document: str, sha256: str, size: int) -> Row:
    notice = catalogue.notice
    errors = [found.message for found in catalogue.findings if found.severity == 'error']
    return {
        'id': document,
        'source': document,
        'format': catalogue.document.format,
        'sha256': sha256,
        'bytes': size,
        'pages': catalogue.document.pages,
        'kind': notice.kind,
        'title': notice.title,
        'issuer': notice.issuer,
        'doc_number': notice.doc_number,
        'issued_on': notice.issued_on,
        'year': notice.year,
        'status': 'partial' if errors else 'ok',
        'message': errors[0] if errors else None,
        'amounts_seen': catalogue.amounts_seen,
        'amounts_held': catalogue.amounts_held,
    }


def _tables(catalogue: Catalogue, ids: Ids) -> Iterator[Row]:
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


def _blocks(catalogue: Catalogue, ids: Ids) -> Iterator[Row]:
    for i, block in enumerate(catalogue.blocks):
        yield {
            'id': ids.blocks[i],
            'document_id': ids.document,
            'ordinal': i,
            'kind': block.kind,
            'level': block.level,
            'label': block.label,
            'text': block.text,
            'page': block.page,
            'table_id': at(ids.tables, block.table),
        }


def _cells(catalogue: Catalogue, ids: Ids) -> Iterator[Row]:
    for table_id, table in zip(ids.tables, catalogue.tables, strict=True):
        for cell in table.cells:
            yield {
                'table_id': table_id,
                'row': cell.row,
                'col': cell.col,
                'row_span': cell.row_span,
                'col_span': cell.col_span,
                'text': cell.text,
                'boxes': _json([_box(box) for box in cell.boxes]) if cell.boxes else None,
                'confidence': cell.confidence,
            }


def _indicators(catalogue: Catalogue, ids: Ids) -> Iterator[Row]:
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


def _items(catalogue: Catalogue, ids: Ids) -> Iterator[Row]:
    for i, item in enumerate(catalogue.items):
        yield {
            'id': ids.items[i],
            'indicator_id': ids.indicators[item.indicator],
            'ordinal': i,
            'field': item.field,
            'start': item.start,
            'end': item.end,
            'label': item.label,
            'text': item.text,
            'points': _real(item.points),
        }


def _clauses(catalogue: Catalogue, ids: Ids) -> Iterator[Row]:
    for i, clause in enumerate(catalogue.clauses):
        yield {
            'id': ids.clauses[i],
            'document_id': ids.document,
            'indicator_id': at(ids.indicators, clause.indicator),
            'block_id': at(ids.blocks, clause.block),
            'table_id': at(ids.tables, clause.table),
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


def _thresholds(catalogue: Catalogue, ids: Ids) -> Iterator[Row]:
    for i, threshold in enumerate(catalogue.thresholds):
        yield {
            'id': ids.thresholds[i],
            'indicator_id': ids.indicators[threshold.indicator],
            'clause_id': at(ids.clauses, threshold.clause),
            'ordinal': i,
            'field': threshold.field,
            'start': threshold.start,
            'end': threshold.end,
            'text': threshold.text,
            'metric': threshold.metric,
            'comparator': threshold.comparator,
            'value': _real(threshold.value),
            'value_high': _real(threshold.value_high),
            'unit': threshold.unit,
            'basis': threshold.basis,
            'period': threshold.period,
            'rule': threshold.rule,
        }


def _responsibilities(catalogue: Catalogue, ids: Ids) -> Iterator[Row]:
    for i, duty in enumerate(catalogue.responsibilities):
        yield {
            'id': ids.responsibilities[i],
            'indicator_id': ids.indicators[duty.indicator],
            'ordinal': i,
            'role': duty.role,
            'party': duty.party,
        }


def _facts(catalogue: Catalogue, ids: Ids) -> Iterator[Row]:
    for i, fact in enumerate(catalogue.facts):
        yield {
            'id': ids.facts[i],
            'document_id': ids.document,
            'block_id': ids.blocks[fact.block],
            'ordinal': i,
            'start': fact.start,
            'end': fact.end,
            'text': fact.text,
            'metric': fact.metric,
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


def _origins(catalogue: Catalogue, ids: Ids) -> Iterator[Row]:
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
                    'owner_id': owner_id,
                    'field': origin.field,
                    'ordinal': i,
                    'document_id': ids.document,
                    'owner': owner,
                    'table_id': at(ids.tables, origin.table),
                    'row': origin.row,
                    'col': origin.col,
                    'block_id': at(ids.blocks, origin.block),
                    'start': origin.start,
                    'end': origin.end,
                }


def _findings(findings: Sequence[Finding], ids: Ids) -> Iterator[Row]:
    for ordinal, found in enumerate(findings):
        yield {
            'id': ids.findings[ordinal],
            'document_id': ids.document,
            'ordinal': ordinal,
            'table_id': at(ids.tables, found.table),
            'indicator_id': at(ids.indicators, found.indicator),
            'clause_id': at(ids.clauses, found.clause),
            'about': found.about,
            'severity': found.severity,
            'code': found.code,
            'message': found.message,
            'page': found.page,
            'row': found.row,
            'col': found.col,
        }


def _real(number: Decimal | None) -> float | None:
    return None if number is None else float(number)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(',', ':'))


def _box(box: Box) -> list[float]:
    return [box.page, *(round(edge, 2) for edge in (box.x0, box.top, box.x1, box.bottom))]
