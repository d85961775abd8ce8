"""The two sides of a comparison: which notices are meant, and their lines with corrections applied."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kaohe.pipeline.language.terms import plain
from kaohe.pipeline.refusal import Refusal


@dataclass(frozen=True, slots=True)
class ComparedClause:
    """A clause of a line; ``start`` and ``end`` are None where a person added it. ``reworded``: a person wrote its text."""

    id: str
    field: str
    start: int | None
    end: int | None
    text: str
    effect: str
    points: float | None
    per_quantity: float | None
    per_unit: str | None
    condition: str | None
    cap: float | None
    reworded: bool


@dataclass(frozen=True, slots=True)
class ComparedTarget:
    """A number that a fact must reach; ``clause`` is the id of the clause in which it stands."""

    field: str
    start: int | None
    end: int | None
    text: str
    metric: str | None
    comparator: str
    value: float
    value_high: float | None
    unit: str | None
    basis: str | None
    period: str | None
    clause: str | None


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """A line of a notice with all that can change in it. ``place`` is its table's title and its categories."""

    id: str
    key: str | None
    source: str
    table: str
    path: tuple[str, ...]
    category_points: tuple[float | None, float | None]
    number: str | None
    name: str | None
    requirement: str | None
    criteria: str | None
    points: float | None
    page: int | None
    clauses: tuple[ComparedClause, ...]
    targets: tuple[ComparedTarget, ...]
    duties: tuple[tuple[str, str], ...]

    @property
    def place(self) -> tuple[str, ...]:
        """The table's title and the categories, highest first."""
        return (self.table, *self.path)


@dataclass(frozen=True, slots=True)
class Side:
    """One side: what it is called, its lines in order, and the printed totals of its tables by title."""

    name: str
    lines: tuple[ComparedLine, ...]
    totals: dict[str, float]


def side_of_notice(connection: sqlite3.Connection, wanted: str) -> Side:
    """The notice with this id, name, or part of its name or title. Raises `Refusal` where none or several fit."""
    tried = (
        ('id = :wanted OR source = :wanted', wanted),
        ("length(:wanted) > 4 AND :wanted LIKE 'd!_%' ESCAPE '!' AND substr(id, 1, length(:wanted)) = :wanted", wanted),
        ('in_answers AND (instr(source, :wanted) OR instr(title, :wanted))', wanted),
        ('edition_of IS NULL AND (instr(source, :wanted) OR instr(title, :wanted))', wanted),
        ('instr(source, :wanted) OR instr(title, :wanted)', wanted),
    )
    for condition, value in tried:
        sql = f'SELECT id, source, title, status FROM corrected_documents WHERE {condition} ORDER BY source, id'  # noqa: S608 written above
        found = connection.execute(sql, {'wanted': value}).fetchall()
        if len(found) == 1 and found[0]['status'] == 'failed':
            raise Refusal(f'{plain(found[0]["source"])} 没有读入，比较不了；原因见 kaohe findings')
        if len(found) == 1:
            return _side(connection, found[0]['title'] or found[0]['source'], [found[0]['id']])
        if found:
            names = '、'.join(plain(f'{row["source"]}（{row["id"]}）') for row in found[:5])
            raise Refusal(f'“{wanted}”有 {len(found)} 份通知都符合，请写全文件名或编号：{names}', 2)
    raise Refusal(f'没有名字或标题里有“{wanted}”的通知，请用 kaohe search 查一查，或写文件名的一部分', 2)


def side_of_year(connection: sqlite3.Connection, issuer: str, year: str) -> Side:
    """All notices of an office for one year that count in answers. Raises `Refusal` where there are none."""
    sql = 'SELECT id FROM corrected_documents WHERE in_answers AND instr(issuer, ?) AND year = ? ORDER BY source, id'
    found = [row['id'] for row in connection.execute(sql, (issuer, int(year) if year.isdecimal() else None))]
    if not found:
        raise Refusal(f'没有“{issuer}”{year} 年度的通知，请检查机关名称和年度（年度写四位数字）', 2)
    return _side(connection, f'{issuer} {year} 年度', found)


def _side(connection: sqlite3.Connection, name: str, documents: Sequence[str]) -> Side:
    lines: list[ComparedLine] = []
    totals: dict[str, float] = {}
    for document in documents:
        sql = (
            'SELECT title, total_points FROM tables WHERE document_id = ? AND total_points IS NOT NULL ORDER BY ordinal'
        )
        totals |= {row['title'] or '': row['total_points'] for row in connection.execute(sql, (document,))}
        lines += _lines(connection, document)
    return Side(name, tuple(lines), totals)


def _lines(connection: sqlite3.Connection, document: str) -> Iterable[ComparedLine]:
    clauses: defaultdict[str, list[ComparedClause]] = defaultdict(list)
    sql = (
        'SELECT x.indicator_id, x.id, x.field, x.start, x.end, x.text, x.effect, x.points, x.per_quantity, x.per_unit, x.condition, x.cap,'
        ' x.text IS NOT c.text FROM corrected_clauses AS x JOIN clauses AS c ON c.id = x.id'
        ' WHERE x.document_id = ? AND x.indicator_id IS NOT NULL AND NOT x.dropped ORDER BY x.ordinal, x.id'
    )
    for row in connection.execute(sql, (document,)):
        clauses[row[0]].append(ComparedClause(*row[1:]))
    targets: defaultdict[str, list[ComparedTarget]] = defaultdict(list)
    sql = (
        'SELECT indicator_id, field, start, end, text, metric, comparator, value, value_high, unit, basis, period, clause_id'
        ' FROM corrected_thresholds WHERE indicator_id IN (SELECT id FROM corrected_indicators WHERE document_id = ?)'
        ' AND NOT dropped ORDER BY ordinal, id'
    )
    for row in connection.execute(sql, (document,)):
        targets[row[0]].append(ComparedTarget(*row[1:]))
    duties: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    sql = (
        'SELECT indicator_id, role, party FROM corrected_responsibilities'
        ' WHERE indicator_id IN (SELECT id FROM corrected_indicators WHERE document_id = ?)'
    )
    for row in connection.execute(sql, (document,)):
        duties[row[0]].append((row[1], row[2]))
    sql = (
        'SELECT i.*, d.source, t.title FROM corrected_indicators AS i JOIN documents AS d ON d.id = i.document_id'
        ' LEFT JOIN tables AS t ON t.id = i.table_id WHERE i.document_id = ? AND NOT i.dropped ORDER BY i.ordinal, i.id'
    )
    for row in connection.execute(sql, (document,)):
        yield ComparedLine(
            id=row['id'], key=row['key'], source=row['source'], table=row['title'] or '', path=tuple(json.loads(row['path'] or '[]')),
            category_points=(row['level1_points'], row['level2_points']), number=row['number'], name=row['name'],
            requirement=row['requirement'], criteria=row['criteria'], points=row['points'], page=row['page'],
            clauses=tuple(clauses[row['id']]), targets=tuple(targets[row['id']]), duties=tuple(sorted(duties[row['id']])),
        )  # fmt: skip
