"""The lines of a notice as cards: the text with what was read coloured in it, beside it how it was read, below it who and where."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TypeVar

from kaohe.pipeline.language.phrases import number
from kaohe.pipeline.language.terms import FIELD, INDICATOR_KIND, ROLE
from kaohe.pipeline.receipts.marks import Mark, coloured, find_number
from kaohe.pipeline.receipts.markup import Html, join, shape, tag
from kaohe.pipeline.receipts.receipt_content import (
    ReceiptClause,
    ReceiptContent,
    ReceiptDoubt,
    ReceiptTarget,
)
from kaohe.pipeline.receipts.receipt_corrections import corrected_to
from kaohe.pipeline.receipts.receipt_findings import badge
from kaohe.pipeline.receipts.receipt_words import (
    clause_says,
    colour,
    halves,
    line_name,
    line_place,
    points_say,
    target_says,
    without_place,
)

_LOSSES = ('deduct', 'forfeit', 'veto', 'downgrade')
Kind = TypeVar('Kind')
Key = TypeVar('Key')

_CARD = shape(
    '<article id="l%s"><header><span class="no">%s</span>%s%s%s</header>%s%s%s%s<p class="place">出处：%s</p></article>'
)
_LEVELS, _KIND = shape('<span class="levels">%s</span>'), shape('<span class="kind">%s</span>')
_POINTS, _NO_POINTS = shape('<strong class="points">%s</strong>'), shape('<strong class="points none">%s</strong>')
_FIELD = shape('<div class="field"><h4>%s</h4><p class="text">%s</p><ul class="read">%s</ul></div>')
_FIELD_ALONE = shape('<div class="field alone"><h4>%s</h4><p class="text">%s</p></div>')
_CLAUSE = shape('<li>%s %s%s</li>')
_GOAL, _LIMIT = shape('<li><b class="goal">目标</b> %s</li>'), shape('<li><b class="goal">界限</b> %s</li>')
_DUTIES, _DUTY, _PARTY = shape('<p class="duties">%s</p>'), shape('<span><b>%s</b> %s</span>'), shape('<i>%s</i>')
_HERE = shape('<p class="here">%s%s</p>')


def line_cards(content: ReceiptContent) -> dict[str, list[Html]]:
    """The cards of the lines of each table, by its id, with a heading where the first category changes."""
    tables = {table.id: table for table in content.tables}
    found: dict[str, list[Html]] = {table: [] for table in tables}
    categories: dict[str, tuple[str | None, float | None]] = {}
    clauses = _grouped(content.clauses, lambda x: (x.indicator_id, x.field))
    targets = _grouped(content.targets, lambda x: (x.indicator_id, x.field))
    duties = _grouped(content.duties, lambda x: x.indicator_id)
    doubts = _grouped(content.doubts, lambda x: x.indicator_id)
    corrected = _corrected(content)
    nth = content.nth
    for line in content.lines:
        category = line.level1, line.level1_points
        if categories.get(line.table_id, (None, None)) != category:
            categories[line.table_id] = category
            printed = tag('small', f'{number(line.level1_points)} 分') if line.level1_points is not None else None
            found[line.table_id].append(tag('h3', line.level1 or '（没有分类）', printed))
        about = doubts.get(line.id, ())
        fields = [
            _field(field, text, clauses.get((line.id, field), ()), targets.get((line.id, field), ()), about)
            for field, text in line.texts
            if text
        ]
        found[line.table_id].append(
            _CARD(
                str(line.ordinal + 1),
                line_name(line, nth[line.id]),
                _levels(line.path),
                None if line.kind == 'scored' else _KIND(INDICATOR_KIND[line.kind]),
                _points(line.points, bool(line.points_text)),
                join(*fields),
                join(*corrected.get(line.id, ())),
                _duties(tuple([(duty.role, duty.party) for duty in duties.get(line.id, ())])),
                join(*(_HERE(badge(doubt.severity), without_place(halves(doubt.message)[0])) for doubt in about)),
                line_place(line, tables[line.table_id]),
            )
        )
    return found


def read_clauses(clauses: Iterable[ReceiptClause]) -> tuple[list[Mark], list[Html]]:
    """The marks of clauses that stand in one text, and what each of them says, both numbered from 1.

    Marked is the clause, in it its condition and its points. A condition that the clause's own words do not show is written out.
    """
    marks, readings = [], []
    for at, clause in enumerate(clauses, start=1):
        start, text, effect, condition = clause.start, clause.text, clause.effect, clause.condition
        marks.append(Mark(start, clause.end, colour(effect), str(at)))
        if condition is not None and (place := text.find(condition)) >= 0:
            marks.append(Mark(start + place, start + place + len(condition), 'cond'))
            condition = None
        if amount := find_number(text, clause.points):
            marks.append(Mark(start + amount[0], start + amount[1], 'pts'))
        readings.append(
            _reading(at, effect, clause.points, clause.per_quantity, clause.per_unit, clause.cap, condition)
        )
    return marks, readings


@lru_cache(maxsize=1024)
def _reading(
    at: int,
    effect: str,
    points: float | None,
    per_quantity: float | None,
    per_unit: str | None,
    cap: float | None,
    condition: str | None,
) -> Html:
    """Kept, like all that a notice says over and over: of 2,600 clauses of a long notice 200 differ in this."""
    return _CLAUSE(
        tag('b', str(at), cls=colour(effect)),
        clause_says(effect, points, per_quantity, per_unit, cap),
        None if condition is None else tag('span', f'条件：{condition}', cls='soft'),
    )


def _corrected(content: ReceiptContent) -> dict[str, list[Html]]:
    """What people corrected in lines, their clauses and their targets, by line: the texts of the cards are those that were read."""
    overlays = {one.owner_id: one for one in content.overlays}
    found: dict[str, list[Html]] = defaultdict(list)
    if not overlays:
        return found
    told: list[tuple[str | None, str, str]] = [(line.id, line.id, '更正后') for line in content.lines]
    told += [(row.indicator_id, row.id, f'条款“{row.text}”更正后') for row in content.clauses]
    told += [(row.indicator_id, row.id, f'目标值“{target_says(row)}”更正后') for row in content.targets]
    for line, row, about in told:
        if line is not None and row in overlays:
            found[line].append(_HERE(None, f'{about}　{corrected_to(overlays[row])}'))
    return found


@lru_cache(maxsize=1024)
def _levels(path: str) -> Html | None:
    below = json.loads(path)[1:]
    return _LEVELS(' › '.join(below)) if below else None


@lru_cache(maxsize=1024)
def _points(points: float | None, printed: bool) -> Html:
    return (_NO_POINTS if points is None else _POINTS)(points_say(points, printed))


def _field(
    field: str,
    text: str,
    clauses: Sequence[ReceiptClause],
    targets: Sequence[ReceiptTarget],
    doubts: Sequence[ReceiptDoubt],
) -> Html | None:
    if field == 'points_text' and not clauses and not targets:
        return None
    marks, readings = read_clauses(clauses)
    marks += [Mark(target.start, target.end, 'goal') for target in targets]
    marks += _doubtful(text, doubts)
    if targets:
        # A number inside a clause that takes points is the limit beyond which it does, not what should be reached.
        taken = [(clause.start, clause.end) for clause in clauses if clause.effect in _LOSSES]
        for target in targets:
            limit = any(start <= target.start and target.end <= end for start, end in taken)
            readings.append((_LIMIT if limit else _GOAL)(target_says(target)))
    heading = Html(FIELD[field])
    return (
        _FIELD(heading, coloured(text, marks), join(*readings))
        if readings
        else _FIELD_ALONE(heading, coloured(text, marks))
    )


def _doubtful(text: str, doubts: Sequence[ReceiptDoubt]) -> Iterator[Mark]:
    """The words that a finding about this line quotes, where the text has them."""
    for doubt in doubts:
        for quoted in re.findall(r'“([^”]+)”', doubt.message):
            at = text.find(quoted)
            if at >= 0:
                yield Mark(at, at + len(quoted), 'doubt')


@lru_cache(maxsize=1024)
def _duties(duties: tuple[tuple[str, str], ...]) -> Html | None:
    """Who answers for a line, by role and party."""
    if not duties:
        return None
    by_role: dict[str, list[str]] = {}
    for role, party in duties:
        by_role.setdefault(role, []).append(party)
    told = (_DUTY(ROLE[role], join(*map(_PARTY, parties))) for role, parties in by_role.items())
    return _DUTIES(join(*told))


def _grouped(rows: Iterable[Kind], key: Callable[[Kind], Key]) -> dict[Key, list[Kind]]:
    found: dict[Key, list[Kind]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found
