"""Where a row of the catalogue comes from: file, page, table, row, column or paragraph, the very characters, and the rule."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from kaohe.pipeline.database.ids import LETTERS
from kaohe.pipeline.database.rows import Row
from kaohe.pipeline.inspection.said_of_row import corrections_of
from kaohe.pipeline.language.phrases import clause_phrase, columns_phrase, figure_phrase, number, target_phrase
from kaohe.pipeline.language.terms import FIELD, INDICATOR_KIND, NOTICE_KIND, ROLE, SCOPE, SEVERITY, STATUS, TABLE_KIND
from kaohe.pipeline.refusal import Refusal

KINDS = {
    'documents': '通知',
    'tables': '表格',
    'blocks': '段落',
    'indicators': '指标',
    'items': '小项',
    'clauses': '条款',
    'thresholds': '目标值',
    'responsibilities': '责任分工',
    'facts': '事实',
    'findings': '疑点',
}
_BY_LETTER = {letter: table for table, letter in LETTERS.items()}


@dataclass(frozen=True, slots=True)
class TracedText:
    """A text of the catalogue with the span (half-open offsets) that is meant. ``label`` says which text it is."""

    label: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TracedSpan:
    """A span of the source layer that holds (a part of) the value of ``field``. Tables, rows, columns and blocks count from 0."""

    field: str
    page: int | None
    table: int | None
    table_title: str | None
    row: int | None
    col: int | None
    block: int | None
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a row says and where it stands. ``says`` are pairs of a Chinese label and a value."""

    id: str
    kind: str
    source: str
    title: str | None
    says: tuple[tuple[str, str], ...]
    passage: TracedText | None
    places: tuple[TracedSpan, ...]
    rule: str | None
    findings: tuple[str, ...]


def table_of(wanted: str) -> str:
    """The table to which an id (or its beginning) belongs. Raises `Refusal` (wrong usage) for what is no id."""
    table = _BY_LETTER.get(wanted[:1])
    if table is None or wanted[1:2] != '_':
        raise Refusal(f'{wanted} 不像编号；编号形如 i_…（指标）、c_…（条款），可从数据库或 kaohe findings 中抄来', 2)
    return table


def explain(connection: sqlite3.Connection, wanted: str) -> Explanation:
    """The explanation of the row whose id is ``wanted`` or is the only one that begins with it. Raises `Refusal`."""
    table = table_of(wanted)
    row = _find(connection, table, wanted)
    indicator = _row(connection, 'indicators', row.get('indicator_id'))
    document_id = row['id'] if table == 'documents' else row.get('document_id') or (indicator or {}).get('document_id')
    document = _row(connection, 'documents', document_id)
    assert document is not None, 'foreign keys hold'
    return Explanation(
        id=str(row['id']),
        kind=KINDS[table],
        source=str(document['source']),
        title=_text(document['title']),
        says=tuple(
            (label, value)
            for label, value in (*_says(connection, table, row), *corrections_of(connection, table, str(row['id'])))
            if value
        ),
        passage=_passage(connection, table, row, indicator),
        places=tuple(_places(connection, table, row)),
        rule=_text(row.get('rule')),
        findings=tuple(_findings(connection, table, str(row['id']))),
    )


def _find(connection: sqlite3.Connection, table: str, wanted: str) -> Row:
    sql = f'SELECT * FROM {table} WHERE id >= :wanted AND id < :end LIMIT 2'  # noqa: S608 the table is one of ours
    rows = connection.execute(sql, {'wanted': wanted, 'end': f'{wanted}~'}).fetchall()
    if not rows:
        raise Refusal(f'数据库里没有编号 {wanted}；内容改动后编号会变，请重新查一次')
    if len(rows) > 1:
        raise Refusal(f'以 {wanted} 开头的编号不止一个，请写全', 2)
    return dict(rows[0])


def _row(connection: sqlite3.Connection, table: str, row_id: object) -> Row | None:
    found = connection.execute(f'SELECT * FROM {table} WHERE id = ?', (row_id,)).fetchone()  # noqa: S608 the table is one of ours
    return None if found is None else dict(found)


def _says(connection: sqlite3.Connection, table: str, row: Row) -> list[tuple[str, str]]:
    def have(*columns: str) -> list[tuple[str, str]]:
        return [(FIELD.get(column, column), _shown(row[column])) for column in columns]

    match table:
        case 'documents':
            return [
                ('结果', STATUS[str(row['status'])]),
                ('说明', _shown(row['message'])),
                ('类型', NOTICE_KIND.get(_shown(row['kind']), '')),
                *have('title', 'issuer', 'doc_number', 'issued_on', 'year'),
                ('文件', '；'.join(_names(connection, str(row['id'])))),
            ]
        case 'tables':
            columns = columns_phrase((x['header'], x['role']) for x in json.loads(str(row['columns'])))
            return [('类型', TABLE_KIND[str(row['kind'])]), *have('title', 'total_points'), ('各列', columns)]
        case 'indicators':
            return [
                ('类型', INDICATOR_KIND[str(row['kind'])]),
                *have(
                    'level1', 'level1_points', 'level2', 'level2_points', 'number', 'name', 'requirement', 'criteria'
                ),
                *have('points', 'points_text'),
                *_belongings(connection, str(row['id'])),
            ]
        case 'items':
            return [('序号', _shown(row['label'])), ('内容', _shown(row['text'])), *have('points')]
        case 'clauses':
            return [('范围', SCOPE[str(row['scope'])]), ('作用', _clause(row)), ('条件', _shown(row['condition']))]
        case 'thresholds' | 'facts':
            return [
                ('内容', _target(row) if table == 'thresholds' else _figure(row)),
                ('期间', _shown(row['period'])),
                ('相比', _shown(row['basis'])),
            ]
        case 'responsibilities':
            return [(ROLE[str(row['role'])], _shown(row['party']))]
        case 'findings':
            return [
                ('程度', SEVERITY[str(row['severity'])]),
                ('代码', _shown(row['code'])),
                ('说明', _shown(row['message'])),
            ]
    return [('内容', _shown(row['text']))]


def _clause(row: Row) -> str:
    cap = None if row['effect'] == 'cap' else row['cap']  # a cap clause's number is its points
    return clause_phrase(
        str(row['effect']), _real(row['points']), _real(row['per_quantity']), _text(row['per_unit']), _real(cap)
    )


def _target(row: Row) -> str:
    value, high = _real(row['value']), _real(row['value_high'])
    assert value is not None, 'the schema says so'
    return target_phrase(_text(row['metric']), str(row['comparator']), value, high, _text(row['unit']))


def _figure(row: Row) -> str:
    value = _real(row['value'])
    assert value is not None, 'the schema says so'
    change = (_text(row['change']), _real(row['change_value']), _text(row['change_unit']))
    return figure_phrase(_text(row['metric']), value, _text(row['unit']), *change)


def _belongings(connection: sqlite3.Connection, indicator: str) -> list[tuple[str, str]]:
    """What hangs on an indicator, each with its id."""

    def rows(table: str) -> list[Row]:
        found = connection.execute(f'SELECT * FROM {table} WHERE indicator_id = ? ORDER BY ordinal', (indicator,))  # noqa: S608 the table is one of ours
        return [dict(row) for row in found]

    return [
        *(
            ('小项', f'{row["id"]} {_shown(row["label"])} {_shown(row["text"])} {_shown(row["points"])}'.strip())
            for row in rows('items')
        ),
        *(('条款', f'{row["id"]} {_clause(row)}：{row["text"]}') for row in rows('clauses')),
        *(('目标值', f'{row["id"]} {_target(row)}') for row in rows('thresholds')),
        *((ROLE[str(row['role'])], str(row['party'])) for row in rows('responsibilities')),
    ]


def _passage(connection: sqlite3.Connection, table: str, row: Row, indicator: Row | None) -> TracedText | None:
    """The catalogue's own text in which the row's span counts."""
    if table not in ('items', 'clauses', 'thresholds', 'facts'):
        return None
    if indicator is not None:
        field = str(row['field'])
        label, text = f'{FIELD[field]}（指标 {indicator["id"]}）', indicator[field]
    else:
        block = _row(connection, 'blocks', row['block_id'])
        if block is None:
            return None
        label, text = f'段落 {block["id"]}', block['text']
    return TracedText(label, str(text or ''), _count(row['start']), _count(row['end']))


def _places(connection: sqlite3.Connection, table: str, row: Row) -> list[TracedSpan]:
    if table == 'blocks':
        text = str(row['text'] or '')
        return [
            TracedSpan('text', _number(row['page']), None, None, None, None, _count(row['ordinal']), text, 0, len(text))
        ]
    found = connection.execute(
        'SELECT o.field, o.start, o.end, o.row, o.col, t.ordinal AS table_ordinal, t.title AS table_title, t.page_first,'
        ' c.text AS cell_text, c.boxes, b.ordinal AS block_ordinal, b.text AS block_text, b.page AS block_page'
        ' FROM origins AS o'
        ' LEFT JOIN tables AS t ON t.id = o.table_id'
        ' LEFT JOIN cells AS c ON c.table_id = o.table_id AND c.row = o.row AND c.col = o.col'
        ' LEFT JOIN blocks AS b ON b.id = o.block_id'
        ' WHERE o.owner_id = ? ORDER BY o.row, o.col, o.field, o.ordinal',
        (row['id'],),
    )
    return [_place(dict(origin)) for origin in found]


def _place(origin: Row) -> TracedSpan:
    boxes = json.loads(str(origin['boxes'])) if origin['boxes'] else []
    page = origin['block_page'] or (boxes[0][0] if boxes else origin['page_first'])
    return TracedSpan(
        field=str(origin['field']),
        page=_number(page),
        table=_number(origin['table_ordinal']),
        table_title=_text(origin['table_title']),
        row=_number(origin['row']),
        col=_number(origin['col']),
        block=_number(origin['block_ordinal']),
        text=str(origin['cell_text'] or origin['block_text'] or ''),
        start=_count(origin['start']),
        end=_count(origin['end']),
    )


def _findings(connection: sqlite3.Connection, table: str, row_id: str) -> list[str]:
    column = {
        'documents': 'document_id',
        'tables': 'table_id',
        'indicators': 'indicator_id',
        'clauses': 'clause_id',
    }.get(table)
    if column is None:
        return []
    sql = f'SELECT code, message FROM findings WHERE {column} = ? ORDER BY ordinal'  # noqa: S608 the column is one of ours
    return [f'{row["code"]} {row["message"]}' for row in connection.execute(sql, (row_id,))]


def _names(connection: sqlite3.Connection, document: str) -> list[str]:
    rows = connection.execute('SELECT source, present FROM sources WHERE document_id = ? ORDER BY source', (document,))
    return [row['source'] if row['present'] else f'{row["source"]}（已离开）' for row in rows]


def _shown(value: object) -> str:
    if value is None:
        return ''
    return number(value) if isinstance(value, float) else str(value)


def _real(value: object) -> float | None:
    return value if isinstance(value, float) else None


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _count(value: object) -> int:
    assert isinstance(value, int), 'the schema says so'
    return value
