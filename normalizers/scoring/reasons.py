"""Reasons: which clause and which answer took or gave each point, in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kaohe.normalizers.scoring.algebra import Combine, Modifier, Term
from kaohe.normalizers.scoring.term_amounts import ENDLESS, ZERO, Amount, Answers

_MODIFIED = {
    'factor': '按倍数计',
    'some': '其中有按倍数计或不计的',
    'more': '另有按倍数计的',
    'spare': '按规定不计',
    'cap': '到上限为止',
    'choose': '只计最高的一项',
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Points won (positive) or lost (negative) by a clause and an answer; ``points`` is None where they have no bound."""

    clause: str
    input: str | None
    points: Decimal | None
    says: str


def taken(term: Term, amount: Decimal | None, answers: Answers, modifier: Modifier | None) -> Reason:
    """Why ``amount`` is lost."""
    points = None if amount is None or amount == ENDLESS else -amount
    what = '不得分' if points is None else f'扣 {plain(-points)} 分'
    return Reason(
        term.clauses[0], term.inputs[0] if term.inputs else None, points, _says(term, answers, what, modifier)
    )


def given(term: Term, amount: Amount, answers: Answers, modifier: Modifier | None, combine: Combine) -> list[Reason]:
    """Why points were won; where they were not, why they are missing."""
    if not all(one in answers for one in term.inputs) or amount.low != amount.high:
        return []
    source = term.inputs[0] if term.inputs else None
    found = []
    if amount.low:
        says = _says(term, answers, f'得 {plain(amount.low)} 分', modifier)
        found.append(Reason(_clause(term, amount.low), source, amount.low, says))
    absent = _reach(term) - amount.low
    if absent > 0 and combine == 'sum':
        says = _says(
            term, answers, f'少得 {plain(absent)} 分' if amount.low else f'没有得到 {plain(absent)} 分', modifier
        )
        found.append(Reason(term.clauses[0], source, -absent, says))
    return found


def missing(terms: Sequence[Term], room: Decimal, reasons: Sequence[Reason], answers: Answers) -> list[Reason]:
    """Why the account is not full: an award that is counted without end (``terms``, answered) misses what no other reason tells of."""
    told = -sum((reason.points for reason in reasons if reason.points is not None and reason.points < 0), ZERO)
    if room <= told or not terms:
        return []
    points = room - told
    says = _says(terms[0], answers, f'离满分还差 {plain(points)} 分', None)
    return [Reason(terms[0].clauses[0], terms[0].inputs[0], -points, says)]


def kept(reasons: Sequence[Reason], room: Decimal | None) -> tuple[Reason, ...]:
    """The reasons, with losses that add up to no more than ``room``: what was gone already cannot be lost again."""
    if room is None:
        return tuple(reasons)
    found = []
    left = room
    for reason in reasons:
        if reason.points is None or reason.points >= 0:
            found.append(reason)
            continue
        lost = min(-reason.points, left)
        left -= lost
        if lost:
            found.append(
                reason
                if lost == -reason.points
                else replace(reason, points=-lost, says=f'{reason.says}（剩下的只有 {plain(lost)} 分）')
            )
    return tuple(found)


def plain(number: Decimal) -> str:
    """The number without needless zeros."""
    if number == number.to_integral_value():
        return str(number.to_integral_value())
    return f'{number.normalize():f}'


def _reach(term: Term) -> Decimal:
    """The most that a term can give, 0 where it has no bound."""
    if term.op in ('if', 'ratio') and term.points is not None:
        return term.points
    if term.op == 'pick':
        return max((points for _, points in term.options), default=ZERO)
    if term.op == 'bands':
        return max((band.points for band in term.bands), default=ZERO)
    if term.op == 'each' and term.high is not None and term.points is not None:
        return term.points * term.high / term.per
    if term.op == 'given' and term.high is not None:
        return term.high
    return ZERO


def _clause(term: Term, points: Decimal) -> str:
    return next((band.clause for band in term.bands if band.points == points), term.clauses[0])


def _says(term: Term, answers: Answers, what: str, modifier: Modifier | None) -> str:
    told = '、'.join(_answer(answers[one]) for one in term.inputs if one in answers)
    note = f'，{_MODIFIED[modifier.change]}' if modifier else ''
    return f'“{term.text}”：{told and f"答“{told}”，"}{what}{note}'


def _answer(value: object) -> str:
    if isinstance(value, bool):
        return '是' if value else '否'
    return plain(value) if isinstance(value, Decimal) else str(value)
