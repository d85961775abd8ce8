"""Stored assessments side by side: two of them by line, many of them by rank."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from kaohe.pipeline.assessment.headline_totals import HeadlineTotal, headline_totals, part_json, part_words
from kaohe.pipeline.assessment.worksheets.worksheet_content import own_lines
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
    """Two assessments (named by unit, period or both; of the unit ``assessed``, where that is said) line by line, the biggest differences first,
    and what they come to. Raises `Refusal`, which asks where a name means several."""
    first, second = (_assessment(connection, name, document, assessed) for name in pair)
    told = comparison(connection, first, second)
    if as_json:
        return json_answer('score-comparison', told) + '\n'
    rows: Sequence[Mapping[str, Any]] = told['lines']  # type: ignore[assignment]
    totals: Sequence[Mapping[str, Any]] = told['totals']  # type: ignore[assignment]
    differing = [row for row in rows if row['difference']]
    head = f'甲：{plain(_about(first))}　乙：{plain(_about(second))}\n'
    body = ''.join(
        f'  {row["difference"]:+g} 分  {plain(shortened(str(row["name"]), 50))}：{_or_open(row["first"])} → {_or_open(row["second"])}\n'
        for row in differing[:_SHOWN]
    )
    more = f'  …还有 {len(differing) - _SHOWN} 条有差别，见 --json\n' if len(differing) > _SHOWN else ''
    open_ones = sum(row['first'] is None or row['second'] is None for row in rows)
    rest = f'另有 {open_ones} 条有一边没有答完或没有这一条，不能比\n' if open_ones else ''
    return (
        head
        + (body + more or '  每条得分都一样\n')
        + rest
        + ''.join(map(_total_line, totals))
        + _shared_line(told['shared'], len(rows))
    )


def _shared_line(shared: Any, lines: int) -> str:
    if not shared['lines'] or shared['lines'] == lines:
        return ''
    return (
        f'两边都有得分的 {shared["lines"]} 条（满分 {shared["points"]:g}）：{shared["first"]:g} → {shared["second"]:g}，'
        f'相差 {shared["difference"]:+g}\n'
    )


def comparison(connection: sqlite3.Connection, first: sqlite3.Row, second: sqlite3.Row) -> dict[str, object]:
    """The comparison for programs: ``lines`` of either, the biggest differences first; ``totals``, what both come to, with a difference only where
    both hold the same; ``shared``, the sum of the lines that both have and both have settled."""
    both: dict[str, list[Any]] = {}
    for at, assessment in enumerate((first, second)):
        for line in _lines(connection, assessment):
            both.setdefault(line['key'], [None, None, line['name'], line['points']])[at] = line
    rows = [_row(told) for told in both.values()]
    rows.sort(key=lambda row: (-abs(row['difference'] or 0), row['name']))  # type: ignore[arg-type]
    settled: list[dict[str, Any]] = [row for row in rows if row['difference'] is not None]
    wholes = [headline_totals(connection, assessment=one['id']) for one in (first, second)]
    return {
        'first': _about(first),
        'second': _about(second),
        'lines': rows,
        'totals': _paired(*wholes, alike=_all_shared(both)),
        'shared': {'lines': len(settled)}
        | {
            name: round(sum(row[name] or 0 for row in settled), 9)
            for name in ('points', 'first', 'second', 'difference')
        },
    }


def _all_shared(both: Mapping[str, Sequence[object]]) -> bool:
    """Whether each line of either is one of both."""
    return all(one is not None for told in both.values() for one in told[:2])


def _paired(first: Sequence[HeadlineTotal], second: Sequence[HeadlineTotal], *, alike: bool) -> list[dict[str, object]]:
    """The totals of two assessments side by side: the notices', else those of tables of the same title, the first of several with the first."""
    found = []
    sides = [_by_table(of_one) for of_one in (first, second)]
    for title, at in dict.fromkeys(key for side in sides for key in side):
        pair = [side.get((title, at)) for side in sides]
        scores = [None if total is None else total.score for total in pair]
        same = alike and None not in pair
        difference = None if not same or None in scores else round((scores[1] or 0) - (scores[0] or 0), 9)
        ends: dict[str, object] = {
            name: None if total is None else _total_json(total)
            for name, total in zip(('first', 'second'), pair, strict=True)
        }
        found.append({'table': title, **ends, 'difference': difference})
    return found


def _by_table(totals: Sequence[HeadlineTotal]) -> dict[tuple[str | None, int], HeadlineTotal]:
    """The totals by the title of the table and which of those of that title it is."""
    seen: Counter[str | None] = Counter()
    found = {}
    for total in totals:
        found[total.table, seen[total.table]] = total
        seen[total.table] += 1
    return found


def _total_json(total: HeadlineTotal) -> dict[str, object]:
    return {
        'possible': total.possible,
        'score': total.score,
        'low': total.low,
        'high': total.high,
        'part': part_json(total),
    }


def _total_line(row: Mapping[str, Any]) -> str:
    ends = '　'.join(f'{name} {_said_total(row[key])}' for name, key in (('甲', 'first'), ('乙', 'second')))
    difference = f'　相差 {row["difference"]:+g}' if row['difference'] is not None else '　满分不是同样的条目，不能相减'
    open_ones = any(row[key] is None or row[key]['score'] is None for key in ('first', 'second'))
    return f'{plain(row["table"] or "合计")}：{ends}{"" if open_ones and row["difference"] is None else difference}\n'


def _said_total(total: Mapping[str, Any] | None) -> str:
    if total is None:
        return '没有'
    part = total['part']
    notes = [f'满分 {total["possible"]:g}'] if total['possible'] is not None else []
    notes += [part_words(plain(part['office']), part['lines'], part['of_lines'])] if part else []
    note = f'（{"，".join(notes)}）' if notes else ''
    return _or_open(total['score'], total['low'], total['high']) + note


def ranking(connection: sqlite3.Connection, document: str | None, period: str | None, *, as_json: bool) -> str:
    """Assessed units by score among those whose totals hold the same, those that are open behind by the least that they can have.
    Raises `Refusal`."""
    groups: dict[tuple[str, str | None, str | None], list[HeadlineTotal]] = {}
    for total in headline_totals(connection, document, period):
        groups.setdefault(total.holds, []).append(total)
    if not groups:
        raise Refusal('还没有存下的评分；请先用 kaohe score --answers 计分', 1)
    ranked = [[*_in_order(totals)] for totals in groups.values()]
    if as_json:
        rows = [_ranked_json(total, rank, at) for at, group in enumerate(ranked) for total, rank in group]
        return json_answer('score-ranking', {'ranking': rows}) + '\n'
    apart = '下面各组算的不是同样的条目，只在组内排名\n' if len(ranked) > 1 else ''
    return apart + ''.join(_group_head(group[0][0]) + ''.join(_ranked(*one) for one in group) for group in ranked)


def _in_order(totals: Iterable[HeadlineTotal]) -> Iterator[tuple[HeadlineTotal, int | None]]:
    """The totals with their ranks; None where the score is open, or nothing holds the same."""
    rows = sorted(
        totals,
        key=lambda total: (
            total.score is None,
            -(total.score if total.score is not None else total.low or 0),
            total.assessed or '',
            total.period or '',
        ),
    )
    last, rank = None, 0
    for at, total in enumerate(rows, start=1):
        if total.score is None or (total.office is not None and len(rows) == 1):
            yield total, None
            continue
        rank = rank if total.score == last else at
        last = total.score
        yield total, rank


def _ranked_json(total: HeadlineTotal, rank: int | None, group: int) -> dict[str, object]:
    return {
        'id': total.assessment, 'assessed': total.assessed, 'period': total.period, 'title': total.title, 'score': total.score,
        'low': total.low, 'high': total.high, 'vetoes': total.vetoes, 'downgrades': total.downgrades, 'unanswered': total.unanswered,
        'grade': total.grade, 'rank': rank, 'group': group, 'table': total.table, 'possible': total.possible, 'part': part_json(total),
    }  # fmt: skip


def _group_head(total: HeadlineTotal) -> str:
    table = f'表“{plain(total.table)}”' if total.table else ''
    what = '，'.join(part for part in (table, plain(total.part)) if part)
    possible = '' if total.possible is None else f'　满分 {total.possible:g}'
    return f'{plain(total.title)}{f"（{what}）" if what else ""}{possible}\n'


def _ranked(total: HeadlineTotal, rank: int | None) -> str:
    who = plain(total.assessed or '（没有写单位）')
    notes = [total.grade or '']
    notes += [f'还有 {total.unanswered} 题没有答'] if total.unanswered else []
    notes += ['有一票否决'] if total.vetoes else []
    told = '，'.join(note for note in notes if note)
    score = _or_open(total.score, total.low, total.high)
    return f'  {"—" if rank is None else rank}  {who} {plain(total.period or "")}：{score}{f"（{told}）" if told else ""}\n'


def _row(told: Sequence[object]) -> dict[str, object]:
    first, second, name, points = told
    scores = [line['score'] if isinstance(line, sqlite3.Row) else None for line in (first, second)]
    difference = None if scores[0] is None or scores[1] is None else round(scores[1] - scores[0], 9)
    return {'name': name, 'points': points, 'first': scores[0], 'second': scores[1], 'difference': difference}


def _lines(connection: sqlite3.Connection, assessment: sqlite3.Row) -> list[sqlite3.Row]:
    """Lines that the assessment is about, with a name that two years share: the same words of requirement or name, in the same category."""
    own = own_lines(connection, assessment['document_id'], assessment['office'])
    rows = connection.execute(
        "SELECT said || '|' || row_number() OVER (PARTITION BY said ORDER BY ordinal) AS key, name, points, score, id FROM ("
        "SELECT coalesce(i.level1, '') || '|' || coalesce(i.name, i.requirement, i.criteria, '') AS said,"
        ' coalesce(i.name, i.requirement, i.criteria) AS name, i.points, i.ordinal, s.score, i.id FROM scores AS s'
        ' JOIN corrected_indicators AS i ON i.id = s.indicator_id'
        ' WHERE s.assessment_id = ?) ORDER BY ordinal',
        (assessment['id'],),
    ).fetchall()
    return [row for row in rows if own is None or row['id'] in own]


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
