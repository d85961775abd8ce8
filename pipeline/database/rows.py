"""A `Catalogue` as rows of the database: indexes become ids, ``Decimal`` becomes REAL, tuples become JSON, ``''`` becomes NULL.

Pure: nothing here opens a database. The columns are those of docs/catalogue.md. Rows are made by the process that reads, because the one that
stores has to serve them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import msgspec

from kaohe.extractors.document import Box
from kaohe.extractors.findings import Finding
from kaohe.pipeline.database.catalogue_ids import Ids, at, finding_ids, make_ids
from kaohe.pipeline.database.ids import Maker, document_id
from kaohe.pipeline.database.offices import office_of
from kaohe.pipeline.database.searchable import TextRow, searchable, searchable_findings
from kaohe.pipeline.database.stable_ids import StableIds, stable_ids, topic_of
from kaohe.pipeline.database.stored_values import json_text, json_texts, real
from kaohe.pipeline.database.tokens import first_text_id

if TYPE_CHECKING:  # the store, which makes no catalogue, needs none of what makes them
    from kaohe.normalizers.catalogue import Catalogue, Origin
    from kaohe.normalizers.scoring.material import ScoringRule

Value = str | int | float | None
Row = Mapping[str, Value]
"""A row as SQLite gives it back, by the names of its columns."""


@dataclass(frozen=True, slots=True)
class TableRows:
    """Rows of one table, with the names of their columns."""

    table: str
    columns: Sequence[str]
    values: list[tuple[Value, ...]]

    def __reduce__(self) -> tuple[object, ...]:
        """Its values as one piece, packed in a quarter of the time that `pickle` takes for them one by one."""
        try:
            return _unpacked, (self.table, self.columns, msgspec.msgpack.encode(self.values))
        except (
            TypeError,
            ValueError,
            OverflowError,
        ):  # it does not know them all: a number of numpy's, half a character
            return TableRows, (self.table, self.columns, self.values)


def _unpacked(table: str, columns: Sequence[str], packed: bytes) -> TableRows:
    return TableRows(table, columns, msgspec.msgpack.decode(packed, type=list[tuple[Any, ...]]))


@dataclass(frozen=True, slots=True)
class RuleRows:
    """The rules of scoring as rows, and the findings for the choices that they took."""

    rows: tuple[TableRows, ...]
    findings: tuple[Finding, ...]


def rule_rows_of(catalogue: Catalogue, sha256: str) -> RuleRows:
    """The rules of all lines. The catalogue need not have been checked."""
    from kaohe.normalizers.scoring.making.of_catalogue import lines_of
    from kaohe.normalizers.scoring.making.rules import make_rule
    from kaohe.pipeline.database.rule_rows import rule_findings

    ids = make_ids(catalogue, document_id(sha256))
    rules = [make_rule(line) for line in lines_of(catalogue, ids)]
    return RuleRows(_rules(rules, ids), tuple(rule_findings(rules, catalogue, ids)))


def rows_of(
    catalogue: Catalogue, sha256: str, size: int, name: str, rules: Callable[[], RuleRows] | None = None
) -> tuple[TableRows, ...]:
    """Every row that says what the notice in a file of ``size`` bytes says, table by table, in the order in which they may be inserted.

    The document's own row comes first. ``name`` is the file's below the inbox. Under which names it came is the store's to say: its
    ``source`` is its id until then. ``rules``, asked for last, gives `rule_rows_of` the catalogue, where they are made already.
    """
    ids = make_ids(catalogue, document_id(sha256))
    stable = stable_ids(catalogue, ids.document, office_of(name))
    before = (
        _document(catalogue, ids, stable, sha256, size),
        _tables(catalogue, ids, stable),
        _blocks(catalogue, ids),
        _cells(catalogue, ids),
        _indicators(catalogue, ids, stable),
        _items(catalogue, ids),
        _clauses(catalogue, ids, stable),
        _thresholds(catalogue, ids, stable),
        _responsibilities(catalogue, ids),
        _facts(catalogue, ids),
    )
    texts = tuple(searchable(catalogue, ids))
    made = rules() if rules else rule_rows_of(catalogue, sha256)
    findings = (*catalogue.findings, *made.findings)
    ids = replace(ids, findings=finding_ids(findings, Maker(ids.document)))
    after = (_findings(findings, ids), _texts(ids, chain(texts, searchable_findings(findings, ids))))
    return tuple(rows for rows in (*before, *made.rows, *after) if rows.values)


def failure_rows(
    why: Finding, document: str, form: str | None, sha256: str | None, size: int | None
) -> tuple[TableRows, ...]:
    """The rows of a document of which nothing is known but why it could not be read."""
    ids = Ids(document, findings=finding_ids([why], Maker(document)))
    row = (document, document, form, sha256, size, 'failed', why.message)
    return (
        _rows('documents', 'id source format sha256 bytes status message', [row]),
        _findings([why], ids),
        _texts(ids, searchable_findings([why], ids)),
    )


def _rows(table: str, columns: str, rows: Iterable[tuple[Value, ...]]) -> TableRows:
    """The rows in the order of their primary keys, which stand first: so the database grows at its end (a fifth less time in the store)."""
    values = [tuple(None if value == '' else value for value in row) if '' in row else row for row in rows]
    values.sort(key=itemgetter(0, 1, 2))
    return TableRows(table, columns.split(), values)


def _document(catalogue: Catalogue, ids: Ids, stable: StableIds, sha256: str, size: int) -> TableRows:
    notice = catalogue.notice
    errors = [found.message for found in catalogue.findings if found.severity == 'error']
    row = (
        ids.document, ids.document, catalogue.document.format, sha256, size, catalogue.document.pages,
        notice.kind, notice.title, notice.issuer, notice.doc_number, notice.issued_on, notice.year,
        'partial' if errors else 'ok', errors[0] if errors else None, catalogue.amounts_seen, catalogue.amounts_held,
        _origins(notice.origins), stable.notice,
    )  # fmt: skip
    return _rows(
        'documents',
        'id source format sha256 bytes pages kind title issuer doc_number issued_on year status message amounts_seen amounts_held'
        ' origins stable_id',
        [row],
    )


def _tables(catalogue: Catalogue, ids: Ids, stable: StableIds) -> TableRows:
    return _rows('tables', 'id document_id ordinal kind title total_points columns page_first page_last origins stable_id proof', [
        (
            ids.tables[i], ids.document, i, table.kind, table.title, real(table.total_points),
            json_text([{'header': column.header, 'role': column.role} for column in table.columns]),
            table.page_first, table.page_last, _origins(table.origins), stable.tables[i], table.proof,
        )
        for i, table in enumerate(catalogue.tables)
    ])  # fmt: skip


def _blocks(catalogue: Catalogue, ids: Ids) -> TableRows:
    return _rows('blocks', 'id document_id ordinal kind level label text page table_id', [
        (
            ids.blocks[i], ids.document, i, block.kind, block.level, block.label, block.text, block.page,
            at(ids.tables, block.table),
        )
        for i, block in enumerate(catalogue.blocks)
    ])  # fmt: skip


def _cells(catalogue: Catalogue, ids: Ids) -> TableRows:
    return _rows('cells', 'table_id row col row_span col_span text boxes confidence', [
        (
            table_id, cell.row, cell.col, cell.row_span, cell.col_span, cell.text,
            json_text([_box(box) for box in cell.boxes]) if cell.boxes else None, cell.confidence,
        )
        for table_id, table in zip(ids.tables, catalogue.tables, strict=True)
        for cell in table.cells
    ])  # fmt: skip


def _indicators(catalogue: Catalogue, ids: Ids, stable: StableIds) -> TableRows:
    columns = (
        'id key document_id table_id ordinal kind counts_to_total level1 level1_points level2 level2_points path number name'
        ' requirement criteria points points_text floor ceiling row_first row_last page origins stable_id topic'
    )
    return _rows('indicators', columns, [
        (
            ids.indicators[i], line.key, ids.document, ids.tables[line.table], i, line.kind, int(line.counts_to_total),
            line.level1, real(line.level1_points), line.level2, real(line.level2_points), json_texts(line.path),
            line.number, line.name, line.requirement, line.criteria, real(line.points), line.points_text,
            real(line.floor), real(line.ceiling), line.row_first, line.row_last, line.page, _origins(line.origins), stable.indicators[i], topic_of(line.name, line.requirement, line.criteria),
        )
        for i, line in enumerate(catalogue.indicators)
    ])  # fmt: skip


def _items(catalogue: Catalogue, ids: Ids) -> TableRows:
    return _rows('items', 'id indicator_id ordinal field start end label text points origins', [
        (
            ids.items[i], ids.indicators[item.indicator], i, item.field, item.start, item.end, item.label, item.text,
            real(item.points), _origins(item.origins),
        )
        for i, item in enumerate(catalogue.items)
    ])  # fmt: skip


def _clauses(catalogue: Catalogue, ids: Ids, stable: StableIds) -> TableRows:
    columns = (
        'id document_id indicator_id block_id table_id scope ordinal field start end text item effect points per_quantity'
        ' per_unit condition cap binds rule share base direction sign rounding category exceptions origins stable_id'
    )
    return _rows('clauses', columns, [
        (
            ids.clauses[i], ids.document, at(ids.indicators, clause.indicator), at(ids.blocks, clause.block),
            at(ids.tables, clause.table if clause.acts_on is None else clause.acts_on), clause.scope, i, clause.field, clause.start, clause.end, clause.text, clause.item,
            clause.effect, real(clause.points), real(clause.per_quantity), clause.per_unit, clause.condition,
            real(clause.cap), json_texts([ids.clauses[bound] for bound in clause.binds]) if clause.binds else None, clause.rule,
            real(clause.share), real(clause.base), clause.direction, clause.sign, clause.rounding,
            json_texts(clause.category) if clause.category else None, json_texts(clause.exceptions) if clause.exceptions else None, _origins(clause.origins), stable.clauses[i],
        )
        for i, clause in enumerate(catalogue.clauses)
    ])  # fmt: skip


def _thresholds(catalogue: Catalogue, ids: Ids, stable: StableIds) -> TableRows:
    columns = 'id indicator_id clause_id ordinal kind field start end text metric comparator value value_high unit basis period rule origins stable_id'
    return _rows('thresholds', columns, [
        (
            ids.thresholds[i], ids.indicators[found.indicator], at(ids.clauses, found.clause), i, found.kind, found.field, found.start,
            found.end, found.text, found.metric, found.comparator, real(found.value), real(found.value_high), found.unit,
            found.basis, found.period, found.rule, _origins(found.origins), stable.thresholds[i],
        )
        for i, found in enumerate(catalogue.thresholds)
    ])  # fmt: skip


def _responsibilities(catalogue: Catalogue, ids: Ids) -> TableRows:
    return _rows('responsibilities', 'id indicator_id ordinal role party origins', [
        (ids.responsibilities[i], ids.indicators[duty.indicator], i, duty.role, duty.party, _origins(duty.origins))
        for i, duty in enumerate(catalogue.responsibilities)
    ])  # fmt: skip


def _facts(catalogue: Catalogue, ids: Ids) -> TableRows:
    columns = (
        'id document_id block_id ordinal start end text metric value unit approximate change change_value change_unit'
        ' basis period rule origins'
    )
    return _rows('facts', columns, [
        (
            ids.facts[i], ids.document, ids.blocks[fact.block], i, fact.start, fact.end, fact.text, fact.metric,
            real(fact.value), fact.unit, int(fact.approximate), fact.change, real(fact.change_value), fact.change_unit,
            fact.basis, fact.period, fact.rule, _origins(fact.origins),
        )
        for i, fact in enumerate(catalogue.facts)
    ])  # fmt: skip


def _rules(rules: Sequence[ScoringRule], ids: Ids) -> tuple[TableRows, TableRows]:
    from kaohe.pipeline.database.rule_rows import INPUT_COLUMNS, RULE_COLUMNS, input_rows, rule_row

    return (
        _rows('score_rules', RULE_COLUMNS, [rule_row(ids.document, rule) for rule in rules]),
        _rows('inputs', INPUT_COLUMNS, [row for rule in rules for row in input_rows(ids.document, rule)]),
    )


def _findings(findings: Sequence[Finding], ids: Ids) -> TableRows:
    columns = 'id document_id ordinal table_id indicator_id clause_id about severity code message page row col'
    return _rows('findings', columns, [
        (
            ids.findings[i], ids.document, i, at(ids.tables, found.table), at(ids.indicators, found.indicator),
            at(ids.clauses, found.clause), found.about, found.severity, found.code, found.message,
            found.page, found.row, found.col,
        )
        for i, found in enumerate(findings)
    ])  # fmt: skip


def _texts(ids: Ids, found: Iterable[TextRow]) -> TableRows:
    numbered = enumerate(found, first_text_id(ids.document))
    return _rows('texts', 'id document_id owner owner_id field row col text tokens', (
        (number, ids.document, *text) for number, text in numbered
    ))  # fmt: skip


def _origins(origins: Sequence[Origin]) -> str | None:
    """The column that the view ``origins`` reads: for each place [field, start, end, table, row, column] or [field, start, end, block]."""
    if not origins:
        return None
    places = [
        f'["{field}",{start},{end},{block}]' if table is None else f'["{field}",{start},{end},{table},{row},{col}]'
        for field, start, end, table, row, col, block in origins
    ]
    return f'[{",".join(places)}]'


def _box(box: Box) -> list[float]:
    return [box.page, *(round(edge, 2) for edge in (box.x0, box.top, box.x1, box.bottom))]
