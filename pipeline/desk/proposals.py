"""What people ask for on a page → decisions, each judged by what may stand in its field, and what they do to the sums."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import msgspec

from kaohe.pipeline.decisions.correctable_columns import (
    DROPPED,
    FIELDS,
    STANDS_IN,
    Unusable,
    Value,
    contradiction,
    find_field,
    same_value,
)
from kaohe.pipeline.decisions.decision import Decision, RowPlace
from kaohe.pipeline.decisions.notices.likeness import squeezed
from kaohe.pipeline.decisions.wording import Decider, ShownValue
from kaohe.pipeline.desk.review_content import Sums, last_decision, sums_of
from kaohe.pipeline.refusal import Refusal


class Step(msgspec.Struct, forbid_unknown_fields=True):
    """One thing to do. ``correct``: the columns of ``row`` named in ``values`` are to say that; ``add``: a row of ``owner`` with these
    values belongs to the line, or into the table, ``row``."""

    do: Literal['correct', 'add']
    owner: Literal['documents', 'indicators', 'clauses', 'thresholds', 'facts']
    row: str
    values: dict[str, str | None]


class AskedChange(msgspec.Struct, forbid_unknown_fields=True):
    """What a page asks: ``store`` it, or only say what it would do. ``seen`` is the last decision that the page knew; ``sure``: what is out of
    the ordinary was shown to the person and is meant; ``settles``: the findings (by their ids) that it puts right."""

    steps: list[Step]
    by: str
    seen: str
    why: str | None = None
    store: bool = False
    sure: bool = False
    settles: list[str] = []


@dataclass(frozen=True, slots=True)
class Proposal:
    """Decisions, what was shown on which they rest, what they say in words, what of it may be a slip of the hand, and the sums of the tables
    before and after."""

    decisions: tuple[Decision, ...]
    shown: tuple[ShownValue, ...]
    says: tuple[str, ...]
    unusual: tuple[str, ...]
    before: tuple[Sums, ...]
    after: tuple[Sums, ...]


@dataclass(frozen=True, slots=True)
class _Weighed:
    """What the steps come to while one after the other is weighed: decisions, what they say, and what is out of the ordinary."""

    decisions: list[Decision]
    says: list[str]
    odd: list[str]


class Overtaken(Exception):
    """Somebody else decided about this notice since the page was shown; ``told`` says what."""

    def __init__(self, told: Sequence[str]) -> None:
        super().__init__('；'.join(told))
        self.told = tuple(told)


def propose(connection: sqlite3.Connection, document: str, asked: AskedChange) -> Proposal:
    """The decisions that are asked for. Raises `Refusal` where something cannot stand, or is to be stored that may be a slip of the hand and
    nobody is ``sure`` of, `Overtaken` where the page is out of date."""
    by = asked.by.strip()
    if not by:
        raise Refusal('请先写上您的姓名')
    if asked.store and asked.seen != last_decision(connection, document):
        raise Overtaken(decided_since(connection, document, asked.seen))
    decider = Decider(connection, by)
    weighed = _Weighed([], [], [])
    changed: dict[tuple[str, str], dict[str, Value]] = {}
    added: list[tuple[str, dict[str, Value]]] = []
    for step in asked.steps:
        try:
            if step.do == 'correct':
                values = _corrected(decider, document, step, asked.why, weighed)
                changed.setdefault((step.owner, step.row), {}).update(values)
            else:
                added.append((step.row, _added(decider, document, step, asked.why, weighed)))
        except Unusable as why:
            raise Refusal(str(why)) from None
    if not weighed.decisions:
        raise Refusal('没有改动')
    if asked.store and weighed.odd and not asked.sure:
        raise Refusal(f'{"；".join(weighed.odd)}，没有存；确实如此的，请看过“看看会怎样”再存')
    before = _sums(connection, document, {}, [])
    return Proposal(
        tuple(weighed.decisions),
        tuple(decider.shown),
        tuple(weighed.says),
        tuple(weighed.odd),
        before,
        _sums(connection, document, changed, added),
    )


def decided_since(connection: sqlite3.Connection, document: str, seen: str) -> list[str]:
    """What was decided about the notice after the decision ``seen``, in words."""
    known = connection.execute(
        'SELECT decided_at FROM corrections WHERE id = :seen UNION ALL SELECT decided_at FROM sign_offs WHERE id = :seen', {'seen': seen}
    ).fetchone()  # fmt: skip
    since = '' if known is None else known[0]
    told = []
    for row in connection.execute(
        "SELECT decided_by, owner, field, added, json_extract(target, '$.label') AS label, value FROM corrections"
        ' WHERE document_id = ? AND decided_at > ? ORDER BY decided_at',
        (document, since),
    ):
        field = find_field(row['owner'], row['field'] or '')
        what = f'{field.title}改为{_shown(field.show(json.loads(row["value"])))}' if field else '补了一行'
        told.append(f'{row["decided_by"]}：{(row["label"] or "")[:20]}　{what}')
    return told or ['有人刚刚核对签字']


def _corrected(decider: Decider, document: str, step: Step, why: str | None, weighed: _Weighed) -> dict[str, Value]:
    found = decider.find(step.row)
    if found is None or found[0] != step.owner or found[2] != document:
        raise Refusal('这一行已经不在了，请刷新页面')
    now = decider.values(step.owner, found[1], document)
    label = decider.rows(document).labels[step.owner, found[1]][:24]
    wished: dict[str, Value] = {}
    for name, written in step.values.items():
        field = find_field(step.owner, name)
        if field is None:
            raise Refusal(f'“{name}”这一栏不能改')
        value = field.parse(written)
        value = value or 0 if field.kind == 'flag' else value
        if same_value(value, now[field.name]):
            continue
        wished[field.name] = value
        weighed.decisions.append(decider.correct(step.owner, found[1], document, field, value, why))
        if (doubt := decider.unusual(step.owner, found[1], field, now[field.name], value)) is not None:
            weighed.odd.append(doubt)
        weighed.says.append(
            f'{label}　{field.title}：{_shown(field.show(now[field.name]))} → {_shown(field.show(value))}'
        )
    clash = contradiction(step.owner, now | wished)
    if clash is not None and wished:
        raise Unusable(clash)
    return wished


def _added(decider: Decider, document: str, step: Step, why: str | None, weighed: _Weighed) -> dict[str, Value]:
    if step.owner not in ('indicators', 'clauses', 'thresholds'):
        raise Refusal('这里只能补指标、条款和目标值')
    values: dict[str, Value] = {}
    for field in FIELDS[step.owner]:
        value = field.parse(step.values.get(field.name))
        values[field.name] = 0 if field.name == DROPPED else value
    clash = contradiction(step.owner, values)
    if clash is not None:
        raise Unusable(clash)
    rows = decider.rows(document)
    if step.owner == 'indicators':
        if step.row not in rows.tables:
            raise Refusal('这张表已经不在了，请刷新页面')
        if not any(values[name] for name in ('name', 'requirement', 'criteria')):
            raise Unusable('补的一条要写“名称”“考核内容”“评分标准”中的至少一项')
        place = RowPlace(table=squeezed(rows.tables[step.row]))
    else:
        if ('indicators', step.row) not in rows.places:
            raise Refusal('这条指标已经不在了，请刷新页面')
        values[STANDS_IN.name] = STANDS_IN.parse(step.values.get(STANDS_IN.name))
        place = rows.places['indicators', step.row]
    if decider.known(step.owner, document, step.row, values):
        raise Refusal('已经有一样的一条，不用再补')
    weighed.odd.extend(decider.unusual_row(step.owner, step.row, values))
    weighed.decisions.append(decider.add(step.owner, document, place, values, why))
    label = values.get('text') or values.get('name') or values.get('requirement') or values.get('criteria')
    weighed.says.append(f'补上：{_shown(str(label))}')
    return values


def _shown(value: object) -> str:
    if value is None or value == '':
        return '（空）'
    text = f'{value:.10g}' if isinstance(value, float) else str(value)
    return f'“{text if len(text) <= 40 else text[:39] + "…"}”'


def _sums(
    connection: sqlite3.Connection,
    document: str,
    changed: Mapping[tuple[str, str], Mapping[str, Value]],
    added: Sequence[tuple[str, Mapping[str, Value]]],
) -> tuple[Sums, ...]:
    tables = connection.execute(
        "SELECT * FROM tables WHERE document_id = ? AND kind IN ('scoring', 'articles') ORDER BY ordinal", (document,)
    ).fetchall()
    lines: dict[str, list[Mapping[str, object]]] = {table['id']: [] for table in tables}
    for row in connection.execute(
        'SELECT id, table_id, kind, level1, points, dropped FROM corrected_indicators WHERE document_id = ?',
        (document,),
    ):
        line = dict(row) | dict(changed.get(('indicators', row['id']), {}))
        if not line['dropped'] and row['table_id'] in lines:
            lines[row['table_id']].append(line)
    for parent, values in added:
        if parent in lines and not values.get(DROPPED):
            lines[parent].append(values)
    return tuple(sums_of(table, lines[table['id']]) for table in tables)
