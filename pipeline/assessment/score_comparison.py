"""Stored assessments side by side: two of them by line, many of them by rank."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from kaohe.pipeline.language.json_answers import json_answer
from kaohe.pipeline.language.terms import plain, shortened
from kaohe.pipeline.refusal import Refusal

_SHOWN = 40


def between(
    connection: sqlite3.Connection,
    pair: Sequence[str],
    document: str | None,
    assessed: str | None = None,
    *,
    as_json: bool,
) -> str:
    """Two assessments (named by unit, period or both; of the unit ``assessed``, where that is said) line by line, the biggest differences first.
    Raises `Refusal`, which asks where a name means several."""
    first, second = (_assessment(connection, name, document, assessed) for name in pair)
    lines = [*_lines(connection, first['id']), *_lines(connection, second['id'])]
    both = {line['key']: [None, None, line['name'], line['points']] for line in lines}
    for at, assessment in enumerate((first, second)):
        for line in _lines(connection, assessment['id']):
            both[line['key']][at] = line
    rows = [_row(told) for told in both.values()]
    rows.sort(key=lambda row: (-abs(row['difference'] or 0), row['name']))  # type: ignore[arg-type]
    told = [row for row in rows if row['difference']]
    if as_json:
        answer = {'first': _about(first), 'second': _about(second), 'lines': rows}
        return json_answer('score-comparison', answer) + '\n'
    head = f'甲：{plain(_about(first))}　乙：{plain(_about(second))}\n'
    body = ''.join(
        f'  {row["difference"]:+g} 分  {plain(shortened(str(row["name"]), 50))}：{_or_open(row["first"])} → {_or_open(row["second"])}\n'
        for row in told[:_SHOWN]
    )
    more = f'  …还有 {len(told) - _SHOWN} 条有差别，见 --json\n' if len(told) > _SHOWN else ''
    open_ones = sum(row['first'] is None or row['second'] is None for row in rows)
    rest = f'另有 {open_ones} 条有一边没有答完或没有这一条，不能比\n' if open_ones else ''
    return head + (body + more or '  每条得分都一样\n') + rest


def ranking(connection: sqlite3.Connection, document: str | None, period: str | None, *, as_json: bool) -> str:
    """Assessed units by score, those that are open behind by the least that they can have. Raises `Refusal`."""
    rows = [
        dict(row)
        for row in connection.execute(
            'SELECT a.id, a.assessed, a.period, d.title, x.score, x.low, x.high, x.vetoes, x.downgrades, x.unanswered, x.grade'
            ' FROM assessments AS a JOIN score_totals AS x ON x.assessment_id = a.id JOIN corrected_documents AS d ON d.id = a.document_id'
            ' WHERE x.ordinal = (SELECT max(ordinal) FROM score_totals WHERE assessment_id = a.id AND category IS NULL)'
            ' AND (:document IS NULL OR a.document_id = :document) AND (:period IS NULL OR a.period = :period)',
            {'document': document, 'period': period},
        )
    ]
    if not rows:
        raise Refusal('还没有存下的评分；请先用 kaohe score --answers 计分', 1)
    rows.sort(
        key=lambda row: (
            row['score'] is None,
            -(row['score'] if row['score'] is not None else row['low'] or 0),
            row['assessed'] or '',
        )
    )
    last, rank = None, 0
    for at, row in enumerate(rows, start=1):
        if row['score'] is None:
            row['rank'] = None
            continue
        rank = rank if row['score'] == last else at
        last, row['rank'] = row['score'], rank
    if as_json:
        return json_answer('score-ranking', {'ranking': rows}) + '\n'
    return ''.join(map(_ranked, rows))


def _ranked(row: Mapping[str, Any]) -> str:
    who = plain(row['assessed'] or '（没有写单位）')
    notes = [row['grade'] or '']
    notes += [f'还有 {row["unanswered"]} 题没有答'] if row['unanswered'] else []
    notes += ['有一票否决'] if row['vetoes'] else []
    told = '，'.join(note for note in notes if note)
    score = _or_open(row['score'], row['low'], row['high'])
    rank = '—' if row['rank'] is None else row['rank']
    return f'  {rank}  {who} {plain(row["period"] or "")}：{score}{f"（{told}）" if told else ""}\n'


def _row(told: Sequence[object]) -> dict[str, object]:
    first, second, name, points = told
    scores = [line['score'] if isinstance(line, sqlite3.Row) else None for line in (first, second)]
    difference = None if scores[0] is None or scores[1] is None else round(scores[1] - scores[0], 9)
    return {'name': name, 'points': points, 'first': scores[0], 'second': scores[1], 'difference': difference}


def _lines(connection: sqlite3.Connection, assessment: str) -> list[sqlite3.Row]:
    """Lines with a name that two years share: the same words of requirement or name, in the same category."""
    return connection.execute(
        "SELECT said || '|' || row_number() OVER (PARTITION BY said ORDER BY ordinal) AS key, name, points, score FROM ("
        "SELECT coalesce(i.level1, '') || '|' || coalesce(i.name, i.requirement, i.criteria, '') AS said,"
        ' coalesce(i.name, i.requirement, i.criteria) AS name, i.points, i.ordinal, s.score FROM scores AS s'
        ' JOIN corrected_indicators AS i ON i.id = s.indicator_id'
        ' WHERE s.assessment_id = ?) ORDER BY ordinal',
        (assessment,),
    ).fetchall()


def _assessment(connection: sqlite3.Connection, wanted: str, document: str | None, assessed: str | None) -> sqlite3.Row:
    rows = connection.execute(
        'SELECT * FROM assessments WHERE document_id IS NOT NULL AND (:document IS NULL OR document_id = :document) AND (:assessed IS NULL OR assessed = :assessed)'
        " AND (id = :wanted OR assessed = :wanted OR period = :wanted OR coalesce(assessed, '') || ' ' || coalesce(period, '') = :wanted"
        " OR coalesce(assessed, '') || '，' || coalesce(period, '') = :wanted) ORDER BY made_on, id",
        {'wanted': wanted, 'document': document, 'assessed': assessed},
    ).fetchall()
    if len(rows) == 1:
        return rows[0]  # type: ignore[no-any-return]
    known = connection.execute('SELECT * FROM assessments ORDER BY assessed, period').fetchall()
    which = '、'.join(f'“{_about(row)}”（{row["id"]}）' for row in (rows or known)[:8])
    raise Refusal(
        f'“{wanted}”对应 {len(rows)} 次评分：{which}；请加上 --assessed 单位，或把两边都写成“单位 考核期”（编号也行）'
        if rows
        else f'没有存下“{wanted}”的评分；存下的有：{which or "（还没有）"}',
        2,
    )


def _about(row: sqlite3.Row) -> str:
    return ' '.join(part for part in (row['assessed'], row['period']) if part) or '（没有写单位和考核期）'


def _or_open(score: object, low: object = None, high: object = None) -> str:
    if isinstance(score, (int, float)):
        return f'{score:g}'
    if low is None and high is None:
        return '未定'
    return f'{"不限" if low is None else f"{low:g}"}～{"不限" if high is None else f"{high:g}"}'
