"""The lines of a stored notice as the rules take them, with what people corrected; and where they stand for the totals."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from kaohe.normalizers.catalogue import Field, ItemTerms
from kaohe.normalizers.lines.line_bounds import bounds_by_words
from kaohe.normalizers.notice.exceptions_named import named_thing
from kaohe.normalizers.scoring.material import Aim, Said, ScoredLine
from kaohe.normalizers.scoring.score_totals import Limit, PlacedLine, ScoredTable
from kaohe.pipeline.database.rule_rows import decimal

_BELOW: Final = re.compile(r'可扣至负分|可以?(?:为|出现)负|可倒扣')


def read_lines(connection: sqlite3.Connection, document: str) -> list[ScoredLine]:
    """Every line that nobody struck out, in order."""
    said = _said(connection, document)
    aims = _aims(connection, document)
    parts: defaultdict[str, list[ItemTerms]] = defaultdict(list)
    for row in connection.execute(
        'SELECT x.* FROM items AS x JOIN indicators AS i ON i.id = x.indicator_id WHERE i.document_id = ? ORDER BY x.ordinal',
        (document,),
    ):
        parts[row['indicator_id']].append(
            ItemTerms(
                field=row['field'],
                label=row['label'],
                start=row['start'],
                end=row['end'],
                text=row['text'],
                points=decimal(row['points']),
            )
        )
    shares = dict(connection.execute('SELECT indicator_id, shares FROM score_rules WHERE document_id = ?', (document,)))
    seen: Counter[str] = Counter()
    found = []
    for row in connection.execute(
        'SELECT * FROM corrected_indicators WHERE document_id = ? ORDER BY ordinal, id', (document,)
    ):
        key = row['key'] or row['id']
        seen[key] += 1
        if row['dropped']:
            continue
        texts = tuple((name, row[name]) for name in ('name', 'requirement', 'criteria', 'points_text') if row[name])
        points = decimal(row['points'])
        bounds = bounds_by_words(row['kind'], points, [text for _, text in texts])
        found.append(
            ScoredLine(
                row['id'], f'{key}#{seen[key]}', row['kind'], decimal(row['points']), texts, tuple(said[row['id']]),
                tuple(aims[row['id']]), tuple(parts[row['id']]), row['name'], open_below=bounds.floor is None, open_above=points is not None and bounds.ceiling is None, shares=shares.get(row['id']),
            )
        )  # fmt: skip
    return found


def _said(connection: sqlite3.Connection, document: str) -> Mapping[str, list[Said]]:
    found: defaultdict[str, list[Said]] = defaultdict(list)
    for row in connection.execute(
        'SELECT id, indicator_id, field, start, end, text, binds, effect, item, points, per_quantity, per_unit, condition, cap, share, base, direction, sign,'
        ' rounding FROM corrected_clauses WHERE document_id = ? AND indicator_id IS NOT NULL AND NOT dropped ORDER BY ordinal, id',
        (document,),
    ):
        field: Field = row['field'] or 'criteria'
        # what a person added has no place in the text: it stands behind it
        start = row['start'] if row['start'] is not None else 1_000_000 + 100 * len(found[row['indicator_id']])
        end = row['end'] if row['end'] is not None else start + len(row['text'] or '')
        found[row['indicator_id']].append(
            Said(
                id=row['id'],
                field=field,
                start=start,
                end=end,
                text=row['text'] or '',
                binds=tuple(json.loads(row['binds'])) if row['binds'] else (),
                effect=row['effect'],
                item=row['item'],
                points=decimal(row['points']),
                per_quantity=decimal(row['per_quantity']),
                per_unit=row['per_unit'],
                condition=row['condition'],
                cap=decimal(row['cap']),
                share=decimal(row['share']),
                base=decimal(row['base']),
                direction=row['direction'],
                sign=row['sign'],
                rounding=row['rounding'],
            )
        )
    return found


def _aims(connection: sqlite3.Connection, document: str) -> Mapping[str, list[Aim]]:
    found: defaultdict[str, list[Aim]] = defaultdict(list)
    for row in connection.execute(
        'SELECT g.* FROM corrected_thresholds AS g JOIN corrected_indicators AS i ON i.id = g.indicator_id'
        ' WHERE i.document_id = ? AND NOT g.dropped ORDER BY g.ordinal, g.id',
        (document,),
    ):
        value = decimal(row['value'])
        if value is None or row['comparator'] is None:
            continue
        start = row['start'] if row['start'] is not None else 2_000_000
        end = row['end'] if row['end'] is not None else start
        found[row['indicator_id']].append(
            Aim(
                id=row['id'],
                field=row['field'] or 'requirement',
                start=start,
                end=end,
                metric=row['metric'],
                comparator=row['comparator'],
                value=value,
                value_high=decimal(row['value_high']),
                unit=row['unit'],
                period=row['period'],
                clause=row['clause_id'],
            )
        )
    return found


def read_line_duties(connection: sqlite3.Connection, document: str) -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Who answers for each line of a document: the parties by line and role, as printed or corrected. A line without any has none."""
    found: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in connection.execute(
        'SELECT r.* FROM corrected_responsibilities AS r JOIN corrected_indicators AS i ON i.id = r.indicator_id'
        ' WHERE i.document_id = ? ORDER BY r.ordinal',
        (document,),
    ):
        found[row['indicator_id']][row['role']].append(row['party'])
    return found


def read_places(
    connection: sqlite3.Connection, document: str
) -> tuple[list[PlacedLine], list[ScoredTable], list[Limit]]:
    """Where the lines of a document stand, its tables, and the limits that it prints for several lines together."""
    clauses = list(
        connection.execute(
            'SELECT * FROM corrected_clauses WHERE document_id = ? AND NOT dropped ORDER BY ordinal', (document,)
        )
    )
    clauses_of: defaultdict[str | None, list[sqlite3.Row]] = defaultdict(list)
    for clause in clauses:
        clauses_of[clause['indicator_id']].append(clause)
    shares = dict(connection.execute('SELECT indicator_id, shares FROM score_rules WHERE document_id = ?', (document,)))
    placed = []
    tops: defaultdict[tuple[str, str], list[tuple[str, Decimal]]] = defaultdict(list)
    texts: dict[str, str] = {}
    for row in connection.execute(
        'SELECT * FROM corrected_indicators WHERE document_id = ? AND NOT dropped ORDER BY ordinal, id', (document,)
    ):
        own = clauses_of.get(row['id'], [])
        lowering = tuple(one['id'] for one in own if one['effect'] == 'downgrade' or (row['kind'] == 'downgrade' and one['effect'] != 'veto'))  # fmt: skip
        if row['kind'] == 'downgrade' and not own:
            lowering = (row['id'],)  # the line itself is what lowers the grade
        placed.append(
            PlacedLine(
                row['id'], row['table_id'], row['level1'], row['kind'], decimal(row['points']), bool(row['counts_to_total']),
                shares.get(row['id']), tuple(one['id'] for one in own if one['effect'] == 'veto'),
                lowering,
            )
        )  # fmt: skip
        texts[row['id']] = f'{row["name"] or ""}{row["requirement"] or ""}{row["criteria"] or ""}'
        if row['kind'] == 'bonus' and row['level1_points'] is not None:
            tops[row['table_id'], row['level1'] or ''].append((row['id'], decimal(row['level1_points']) or Decimal(0)))
    may_fall = _may_fall(connection, document)
    sheets = [
        ScoredTable(row['id'], row['title'], decimal(row['total_points']), may_fall)
        for row in connection.execute('SELECT * FROM tables WHERE document_id = ? ORDER BY ordinal', (document,))
    ]
    limits = [
        Limit(max(points for _, points in lines), frozenset(one for one, _ in lines), f'{category}最多加这么多')
        for (_, category), lines in tops.items()
    ]
    line_of = {clause['id']: clause['indicator_id'] for clause in clauses}
    for clause in clauses:
        together = clause['scope'] != 'line' and clause['effect'] == 'cap' and clause['per_quantity'] is None
        if together and clause['points'] is not None:
            lines = _limited(clause, line_of, placed, texts)
            if lines:
                limits.append(Limit(decimal(clause['points']) or Decimal(0), frozenset(lines), clause['text']))
    return placed, sheets, limits


def _limited(
    clause: sqlite3.Row, line_of: Mapping[str, str | None], placed: Sequence[PlacedLine], texts: Mapping[str, str]
) -> list[str]:
    binds = set(json.loads(clause['binds'] or '[]'))
    if not binds:
        return []
    bound = {line_of.get(one) for one in binds} - {None}
    # what a line without clauses comes to is entered by hand: it is limited with those beside it
    beside = {(line.table, line.category, line.kind) for line in placed if line.indicator in bound}
    silent = {line.indicator for line in placed}.difference(line_of.values())
    left_out = [named_thing(word) for word in json.loads(clause['exceptions'] or '[]')]
    return [
        line.indicator
        for line in placed
        if line.indicator in bound
        or (
            line.indicator in silent
            and (line.table, line.category, line.kind) in beside
            and not any(word in texts[line.indicator] for word in left_out)
        )
    ]


def _may_fall(connection: sqlite3.Connection, document: str) -> bool:
    texts = connection.execute("SELECT text FROM blocks WHERE document_id = ? AND kind <> 'table'", (document,))
    return any(_BELOW.search(row[0] or '') for row in texts)
