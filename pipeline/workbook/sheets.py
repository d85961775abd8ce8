"""The sheets of the workbook: their columns, and the catalogue's current notices laid out in them, corrections applied."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kaohe.pipeline.decisions.correctable_columns import FIELDS, STANDS_IN, YES, Field
from kaohe.pipeline.language.phrases import clause_phrase, target_phrase
from kaohe.pipeline.language.terms import ABOUT, ROLE, SCOPE, SEVERITY, STATUS

if TYPE_CHECKING:
    from pandas import DataFrame, Series

ID, LINE, WHY = '编号', '指标编号', '更正原因'
NOTICE, TABLE = '通知', '表'
STABLE = '稳定编号'
CELL_LIMIT = 32_767  # characters that Excel allows in a cell
TARGET_KIND = {'target': '目标', 'boundary': '界限'}
FINDING_STATE = {'open': '待处理', 'ticked': '已了结', 'outdated': '已因更正不再成立'}
SIGN_STATE = {'signed': '已核对', 'changed': '核对后有变动', 'unsigned': '未核对'}


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: its header, its width in characters, and the field that people correct in it (None: only to read)."""

    title: str
    width: float
    field: Field | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A sheet. ``owner`` is the table whose rows stand in it, ``prints_to`` the last column that is printed; ``adds``: new rows may be
    written below the last."""

    title: str
    owner: str
    prints_to: str
    columns: tuple[SheetColumn, ...]
    adds: bool = False

    @property
    def titles(self) -> list[str]:
        """The headers, left to right."""
        return [column.title for column in self.columns]

    @property
    def editable(self) -> tuple[Field, ...]:
        """The fields that people may correct in it."""
        return tuple(column.field for column in self.columns if column.field is not None)


def _notice(*besides: str) -> tuple[SheetColumn, ...]:
    """Columns that tell which notice a row is of, to join and to look it up."""
    return tuple(
        SheetColumn(title, 16)
        for title in (*besides, '单位（来文）', '发文机关', '发文字号', '年度', '文件', '通知稳定编号')
    )


def _fields(owner: str, **widths: float) -> tuple[SheetColumn, ...]:
    """Columns for fields of ``owner``, in this order."""
    named = {field.name: field for field in FIELDS[owner]}
    return tuple(SheetColumn(named[name].title, width, named[name]) for name, width in widths.items())


NOTICES = Sheet('通知', 'documents', '核对状态', (
    *_fields('documents', title=44, issuer=20, doc_number=20, issued_on=12, year=8),
    SheetColumn('结果', 9), SheetColumn('指标数', 8), SheetColumn('条款数', 8), SheetColumn('疑点数', 8),
    SheetColumn('核对人', 10, Field('signed_by', '核对人')), SheetColumn('核对日期', 12, Field('signed_on', '核对日期', 'date')), SheetColumn('核对状态', 13),
    SheetColumn(WHY, 16), SheetColumn('更正情况', 16), SheetColumn('文件', 40), SheetColumn('原件已移走', 8), SheetColumn('单位（来文）', 16), SheetColumn(STABLE, 22), SheetColumn(ID, 22),
))  # fmt: skip
INDICATORS = Sheet('指标', 'indicators', '页', (
    *_fields('indicators', kind=6, level1=11, level1_points=6, level2=11, level2_points=6, number=6, name=13, requirement=38,
             criteria=42, points=6, points_text=7, responsible_office=10, lead_leader=9, lead_department=11, supporting_department=12),
    SheetColumn('条款', 36), SheetColumn('目标值', 22), SheetColumn('疑点', 22), SheetColumn('页', 5),
    *_fields('indicators', dropped=7, checked_by=8, checked_on=11),
    SheetColumn(WHY, 14), SheetColumn('更正情况', 13), SheetColumn(TABLE, 18), SheetColumn('印出总分', 8), SheetColumn(NOTICE, 22), *_notice(STABLE), SheetColumn(ID, 22),
), adds=True)  # fmt: skip
CLAUSES = Sheet('条款', 'clauses', '最多', (
    SheetColumn('序号', 6), SheetColumn('指标', 34), SheetColumn('范围', 8), SheetColumn('所在栏', 9, STANDS_IN),
    *_fields('clauses', text=46, effect=9, points=7, per_quantity=7, per_unit=8, condition=34, cap=7, share=6, base=7, direction=6, dropped=8),
    SheetColumn(WHY, 16), SheetColumn('更正情况', 15), SheetColumn('小项', 6), SheetColumn('规则', 18), SheetColumn('页', 5), SheetColumn('所在表', 18), SheetColumn(NOTICE, 24),
    *_notice(STABLE, '指标稳定编号'), SheetColumn(LINE, 22), SheetColumn(ID, 22),
), adds=True)  # fmt: skip
TARGETS = Sheet('目标值', 'thresholds', '周期', (
    SheetColumn('序号', 6), SheetColumn('指标', 34), SheetColumn('所在栏', 9, STANDS_IN),
    *_fields('thresholds', text=40, metric=24, comparator=8, value=9, value_high=9, unit=8, basis=10, period=8, dropped=9),
    SheetColumn(WHY, 16), SheetColumn('更正情况', 15), SheetColumn('规则', 18), SheetColumn('页', 5), SheetColumn('种类', 7), SheetColumn('所在表', 18), SheetColumn(NOTICE, 24),
    *_notice(STABLE, '指标稳定编号'), SheetColumn(LINE, 22), SheetColumn(ID, 22),
), adds=True)  # fmt: skip
FACTS = Sheet('事实', 'facts', '期间', (
    SheetColumn('原文', 56),
    *_fields('facts', metric=24, value=10, unit=8, approximate=6, change=6, change_value=9, change_unit=9, basis=11, period=10, dropped=8),
    SheetColumn(WHY, 16), SheetColumn('更正情况', 15), SheetColumn('规则', 18), SheetColumn('页', 5), SheetColumn(NOTICE, 24), *_notice(), SheetColumn(ID, 22),
))  # fmt: skip
FINDINGS = Sheet('疑点', 'findings', '指标', (
    SheetColumn('程度', 7), SheetColumn('关于', 9), SheetColumn('内容', 80), SheetColumn('页', 5), SheetColumn('序号', 6), SheetColumn('指标', 34), SheetColumn('代码', 18), SheetColumn('处理', 8), SheetColumn('处理说明', 20),
    SheetColumn('所在表', 18), SheetColumn(NOTICE, 24), *_notice('指标稳定编号'), SheetColumn(LINE, 22), SheetColumn(ID, 22),
))  # fmt: skip
SHEETS = (NOTICES, INDICATORS, CLAUSES, TARGETS, FACTS, FINDINGS)

# The notices that are asked for (JSON list of their ids), in the order of their titles, which is the same in every format and copy.
_SQL = {
    'documents': """
SELECT d.*, (SELECT count(*) FROM findings WHERE document_id = d.id AND state = 'open') AS findings
FROM corrected_documents AS d
WHERE d.id IN (SELECT value FROM json_each(?)) ORDER BY d.title, d.source, d.id""",
    'indicators': """
SELECT x.*, t.title AS table_title, t.total_points, t.stable_id AS table_stable, d.title AS notice, d.office, d.issuer AS notice_issuer, d.doc_number AS notice_number, d.year AS notice_year, d.source AS notice_source,
    d.stable_id AS notice_stable
FROM corrected_documents AS d JOIN corrected_indicators AS x ON x.document_id = d.id JOIN tables AS t ON t.id = x.table_id
WHERE d.id IN (SELECT value FROM json_each(?)) ORDER BY d.title, d.source, d.id, t.ordinal, x.ordinal, x.id""",
    'clauses': """
SELECT x.*, (SELECT number FROM corrected_indicators WHERE id = x.indicator_id) AS line_number,
    (SELECT coalesce(name, requirement) FROM corrected_indicators WHERE id = x.indicator_id) AS line,
    coalesce(i.page, b.page) AS page, i.stable_id AS line_stable, t.title AS table_title, d.title AS notice, d.office, d.issuer AS notice_issuer, d.doc_number AS notice_number, d.year AS notice_year, d.source AS notice_source,
    d.stable_id AS notice_stable
FROM corrected_documents AS d JOIN corrected_clauses AS x ON x.document_id = d.id
    LEFT JOIN indicators AS i ON i.id = x.indicator_id
    LEFT JOIN tables AS t ON t.id = coalesce(i.table_id, x.table_id)
    LEFT JOIN blocks AS b ON b.id = x.block_id
WHERE d.id IN (SELECT value FROM json_each(?)) ORDER BY d.title, d.source, d.id, x.ordinal, x.id""",
    'thresholds': """
SELECT x.*, i.document_id, i.page, i.stable_id AS line_stable, t.title AS table_title,
    (SELECT number FROM corrected_indicators WHERE id = x.indicator_id) AS line_number,
    (SELECT coalesce(name, requirement) FROM corrected_indicators WHERE id = x.indicator_id) AS line, d.title AS notice, d.office, d.issuer AS notice_issuer, d.doc_number AS notice_number, d.year AS notice_year, d.source AS notice_source,
    d.stable_id AS notice_stable
FROM corrected_documents AS d JOIN indicators AS i ON i.document_id = d.id
    JOIN corrected_thresholds AS x ON x.indicator_id = i.id JOIN tables AS t ON t.id = i.table_id
WHERE d.id IN (SELECT value FROM json_each(?)) ORDER BY d.title, d.source, d.id, x.ordinal, x.id""",
    'facts': """
SELECT x.*, b.page, d.title AS notice, d.office, d.issuer AS notice_issuer, d.doc_number AS notice_number, d.year AS notice_year, d.source AS notice_source,
    d.stable_id AS notice_stable
FROM corrected_documents AS d JOIN corrected_facts AS x ON x.document_id = d.id JOIN blocks AS b ON b.id = x.block_id
WHERE d.id IN (SELECT value FROM json_each(?)) ORDER BY d.title, d.source, d.id, x.ordinal""",
    'findings': """
SELECT x.*, (SELECT number FROM corrected_indicators WHERE id = x.indicator_id) AS line_number,
    (SELECT coalesce(name, requirement) FROM corrected_indicators WHERE id = x.indicator_id) AS line,
    i.stable_id AS line_stable, t.title AS table_title, d.title AS notice, d.office, d.issuer AS notice_issuer, d.doc_number AS notice_number, d.year AS notice_year, d.source AS notice_source,
    d.stable_id AS notice_stable
FROM corrected_documents AS d JOIN findings AS x ON x.document_id = d.id
    LEFT JOIN indicators AS i ON i.id = x.indicator_id LEFT JOIN tables AS t ON t.id = coalesce(x.table_id, i.table_id)
WHERE d.id IN (SELECT value FROM json_each(?)) AND x.state <> 'outdated' ORDER BY d.title, d.source, d.id, x.ordinal""",
    'responsibilities': """
SELECT x.*, i.document_id
FROM corrected_documents AS d JOIN indicators AS i ON i.document_id = d.id JOIN corrected_responsibilities AS x ON x.indicator_id = i.id
WHERE d.id IN (SELECT value FROM json_each(?)) ORDER BY x.indicator_id, x.role, x.ordinal""",
}


def read_sheets(connection: sqlite3.Connection, documents: Sequence[str]) -> dict[Sheet, DataFrame]:
    """The rows of every sheet for these current documents, in a stable order; each cell a text, a number or None."""
    frames = {name: _frame(connection, sql, documents) for name, sql in _SQL.items()}
    lines, clauses, targets = frames['indicators'], frames['clauses'], frames['thresholds']

    notices = frames['documents']
    notices['结果'] = notices['status'].map(STATUS)
    for title, name in (('指标数', 'indicators'), ('条款数', 'clauses')):
        counted = frames[name][frames[name]['dropped'] == 0].groupby('document_id').size()
        notices[title] = notices['id'].map(counted).fillna(0).astype(object)
    notices['疑点数'] = notices['findings']
    notices['核对状态'] = notices['sign_state'].map(SIGN_STATE)
    notices['文件'] = notices['source']
    notices['原件已移走'] = notices['withdrawn'].map({1: YES})

    duties = frames['responsibilities']
    for role in ROLE:
        lines[role] = _of_lines(lines, duties[duties['role'] == role], 'party')
    clauses['phrase'] = [
        f'{clause_phrase(*row[:5])}｜{row[5]}'
        for row in clauses[['effect', 'points', 'per_quantity', 'per_unit', 'cap', 'text']].itertuples(
            index=False, name=None
        )
    ]
    targets['phrase'] = [
        target_phrase(*row)
        for row in targets[['metric', 'comparator', 'value', 'value_high', 'unit']].itertuples(index=False, name=None)
    ]
    findings = frames['findings']
    findings['phrase'] = findings['message']
    for title, said in (('条款', clauses), ('目标值', targets), ('疑点', findings)):
        kept = said[said['dropped'] == 0] if 'dropped' in said else said
        lines[title] = ['\n'.join(told) if told else None for told in _of_lines(lines, kept, 'phrase')]
    lines[TABLE] = lines['table_title']
    clauses['范围'] = clauses['scope'].map(SCOPE)
    clauses['小项'] = clauses['item']
    targets['kind_told'] = targets['kind'].map(TARGET_KIND)
    findings['程度'], findings['关于'] = findings['severity'].map(SEVERITY), findings['about'].map(ABOUT)
    findings['state_told'] = findings['state'].map(FINDING_STATE)
    findings['内容'], findings['代码'] = findings['message'], findings['code']
    frames['facts']['原文'] = frames['facts']['text']
    reasons = _reasons(connection, documents)
    for sheet in SHEETS:
        frames[sheet.owner]['why'] = frames[sheet.owner]['id'].map(reasons)
    return {sheet: _laid_out(sheet, frames[sheet.owner]) for sheet in SHEETS}


def _of_lines(lines: DataFrame, rows: DataFrame, column: str) -> list[Any]:
    """For each line the list of what ``column`` says in its rows, in their order; None where it has none."""
    told: dict[str, list[str]] = {}
    for line, value in zip(rows['indicator_id'], rows[column], strict=True):
        told.setdefault(line, []).append(value)
    return [told.get(line) for line in lines['id']]


def _reasons(connection: sqlite3.Connection, documents: Iterable[str]) -> dict[str, str]:
    """Why people said otherwise, by row."""
    sql = 'SELECT owner_id, why FROM overlays WHERE why IS NOT NULL AND document_id IN (SELECT value FROM json_each(?))'
    return {row[0]: row[1] for row in connection.execute(sql, (json.dumps([*documents]),))}


def _frame(connection: sqlite3.Connection, sql: str, documents: Iterable[str]) -> DataFrame:
    """The rows as the database holds them: pandas would make floats of whole numbers and arrays of another library of texts."""
    from pandas import DataFrame

    cursor = connection.execute(sql, (json.dumps([*documents]),))
    names = [column[0] for column in cursor.description]
    return DataFrame([tuple(row) for row in cursor], columns=names, dtype=object)


def _laid_out(sheet: Sheet, rows: DataFrame) -> DataFrame:
    """The sheet's columns of these rows, as people read them."""
    from pandas import DataFrame

    given = {
        ID: 'id',
        LINE: 'indicator_id',
        NOTICE: 'notice',
        '页': 'page',
        '规则': 'rule',
        '序号': 'line_number',
        '指标': 'line',
        STABLE: 'stable_id',
        '指标稳定编号': 'line_stable',
        '通知稳定编号': 'notice_stable',
        '单位（来文）': 'office',
        '发文机关': 'notice_issuer',
        '发文字号': 'notice_number',
        '年度': 'notice_year',
        '文件': 'notice_source',
        '所在表': 'table_title',
        '印出总分': 'total_points',
        '种类': 'kind_told',
        '处理': 'state_told',
        '处理说明': 'remark',
    }
    laid: dict[str, list[object]] = {}
    for column in sheet.columns:
        if column.field is not None:
            show = column.field.show
            laid[column.title] = [show(value) for value in _all_known(rows[column.field.name])]
        elif column.title == WHY:
            laid[column.title] = _all_known(rows['why'])
        elif column.title == '更正情况':
            laid[column.title] = [
                f'{by} {on}' if touched else None
                for by, on, touched in zip(rows['decided_by'], rows['decided_on'], rows['corrected'], strict=True)
            ]
        else:
            name = given.get(column.title, column.title)
            laid[column.title] = _all_known(rows[name if name in rows else column.title])
    return DataFrame(laid, columns=sheet.titles, dtype=object)


def _all_known(values: Series) -> list[Any]:
    """The values, 5 for 5.0, and None where pandas marks that there is none."""
    return [_known(value) if isinstance(value, float) else value for value in values.tolist()]


def _known(value: float) -> float | None:
    return None if value != value else int(value) if value.is_integer() else value
