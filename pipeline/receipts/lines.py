"""The lines of a notice as cards: the text with what was read coloured in it, beside it how it was read, below it who and where."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TypeVar

from pipeline.receipts.content import Clause, Content, Doubt, Duty, Line, Table, Target
from pipeline.receipts.doubts import badge
from pipeline.receipts.marks import Mark, coloured, find_number
from pipeline.receipts.markup import Html, join, shape, tag
from pipeline.receipts.phrases import (
    clause_says,
    colour,
    halves,
    line_name,
    line_place,
    points_say,
    target_says,
    without_place,
)
from pipeline.sentences import number
from pipeline.words import FIELD, INDICATOR_KIND, ROLE

_FIELDS = ('name', 'requirement', 'criteria', 'points_text')
_LOSSES = ('deduct', 'forfeit', 'veto', 'downgrade')
Kind = TypeVar('Kind')

_HEAD = shape('<header><span class="no">%s</span>%s%s%s</header>')
_LEVELS, _KIND = shape('<span class="levels">%s</span>'), shape('<span class="kind">%s</span>')
_POINTS, _NO_POINTS = shape('<strong class="points">%s</strong>'), shape('<strong class="points none">%s</strong>')
_FIELD = shape('<div class="field"><h4>%s</h4><p class="text">%s</p><ul class="read">%s</ul></div>')
_FIELD_ALONE = shape('<div class="field alone"><h4>%s</h4><p class="text">%s</p></div>')
_CLAUSE, _TARGET = shape('<li>%s %s%s</li>'), shape('<li><b class="goal">%s</b> %s</li>')
_DUTIES, _DUTY, _PARTY = shape('<p class="duties">%s</p>'), shape('<span><b>%s</b> %s</span>'), shape('<i>%s</i>')
_HERE, _PLACE = shape('<p class="here">%s%s</p>'), shape('<p class="place">出处：%s</p>')


def line_cards(content: Content, table: Table) -> Iterator[Html]:
    """The cards of a table's lines, with a heading where the first category changes."""
    clauses = _by_line(content.clauses, lambda x: x.indicator_id)
    targets = _by_line(content.targets, lambda x: x.indicator_id)
    duties = _by_line(content.duties, lambda x: x.indicator_id)
    doubts = _by_line(content.doubts, lambda x: x.indicator_id)
    nth = content.nth
    category: tuple[str | None, float | None] = (None, None)
    for line in content.lines:
        if line.table_id != table.id:
            continue
        if (line.level1, line.level1_points) != category:
            category = (line.level1, line.level1_points)
            printed = tag('small', f'{number(line.level1_points)} 分') if line.level1_points is not None else None
            yield tag('h3', line.level1 or '（没有分类）', printed)
        yield _card(line, nth[line.id], table, clauses[line.id], targets[line.id], duties[line.id], doubts[line.id])


def clause_marks(clauses: Sequence[Clause]) -> list[Mark]:
    """The marks of clauses that stand in one text, numbered from 1: the clause, in it its condition and its points."""
    marks = []
    for at, clause in enumerate(clauses, start=1):
        marks.append(Mark(clause.start, clause.end, colour(clause.effect), str(at)))
        held = _condition(clause)
        if held:
            marks.append(Mark(clause.start + held[0], clause.start + held[1], 'cond'))
        amount = find_number(clause.text, clause.points)
        if amount:
            marks.append(Mark(clause.start + amount[0], clause.start + amount[1], 'pts'))
    return marks


def clause_readings(clauses: Sequence[Clause]) -> list[Html]:
    """What each of these clauses says, numbered as in the text. A condition that the clause's own words do not show is written out."""
    return [
        _CLAUSE(
            _nth(colour(clause.effect), at),
            clause_says(clause),
            None
            if clause.condition is None or _condition(clause)
            else tag('span', f'条件：{clause.condition}', cls='soft'),
        )
        for at, clause in enumerate(clauses, start=1)
    ]


@lru_cache(maxsize=256)
def _nth(cls: str, at: int) -> Html:
    return tag('b', str(at), cls=cls)


def _condition(clause: Clause) -> tuple[int, int] | None:
    if clause.condition is None or (at := clause.text.find(clause.condition)) < 0:
        return None
    return at, at + len(clause.condition)


def _card(
    line: Line,
    nth: int,
    table: Table,
    clauses: Sequence[Clause],
    targets: Sequence[Target],
    duties: Sequence[Duty],
    doubts: Sequence[Doubt],
) -> Html:
    kind = None if line.kind == 'scored' else _KIND(INDICATOR_KIND[line.kind])
    levels = ' › '.join(line.levels[1:])
    return tag(
        'article',
        _HEAD(
            line_name(line, nth),
            _LEVELS(levels) if levels else None,
            kind,
            (_NO_POINTS if line.points is None else _POINTS)(points_say(line)),
        ),
        *_fields(line, clauses, targets, doubts),
        _duties(duties),
        *(_HERE(badge(doubt.severity), without_place(halves(doubt.message)[0])) for doubt in doubts),
        _PLACE(line_place(line, table)),
        id=f'l{line.ordinal + 1}',
    )


def _goal(target: Target, clauses: Sequence[Clause]) -> str:
    """A number inside a clause that takes points is the limit beyond which it does, not what should be reached."""
    taken = (clause for clause in clauses if clause.effect in _LOSSES)
    return '界限' if any(clause.start <= target.start and target.end <= clause.end for clause in taken) else '目标'


def _fields(
    line: Line, clauses: Sequence[Clause], targets: Sequence[Target], doubts: Sequence[Doubt]
) -> Iterator[Html]:
    for field in _FIELDS:
        text = line.text_of(field)
        if not text:
            continue
        own = [clause for clause in clauses if clause.field == field]
        reached = [target for target in targets if target.field == field]
        if field == 'points_text' and not own and not reached:
            continue
        marks = clause_marks(own)
        marks += (Mark(target.start, target.end, 'goal') for target in reached)
        marks += _doubtful(text, doubts)
        readings = clause_readings(own)
        readings += (_TARGET(_goal(target, own), target_says(target)) for target in reached)
        drawn = FIELD[field], coloured(text, marks)
        yield _FIELD(*drawn, join(*readings)) if readings else _FIELD_ALONE(*drawn)


def _doubtful(text: str, doubts: Sequence[Doubt]) -> Iterator[Mark]:
    """The words that a finding about this line quotes, where the text has them."""
    for doubt in doubts:
        for quoted in re.findall(r'“([^”]+)”', doubt.message):
            at = text.find(quoted)
            if at >= 0:
                yield Mark(at, at + len(quoted), 'doubt')


def _duties(duties: Sequence[Duty]) -> Html | None:
    if not duties:
        return None
    by_role: dict[str, list[str]] = {}
    for duty in duties:
        by_role.setdefault(duty.role, []).append(duty.party)
    told = (_DUTY(ROLE[role], join(*map(_PARTY, parties))) for role, parties in by_role.items())
    return _DUTIES(join(*told))


def _by_line(rows: Iterable[Kind], key: Callable[[Kind], str | None]) -> dict[str, list[Kind]]:
    found: dict[str, list[Kind]] = defaultdict(list)
    for row in rows:
        of = key(row)
        if of is not None:
            found[of].append(row)
    return found
