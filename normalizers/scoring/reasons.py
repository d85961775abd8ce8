"""Reasons: which clause and which answer took or gave each point, in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kaohe.normalizers.scoring.algebra import Account, Modifier, Term
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
    """Points won (positive) or lost (negative) by a clause and an answer; ``points`` is None where they have no bound.

    ``beyond``: they were won above the line's points. ``partly``: so many of an award were lost, the others were won.
    """

    clause: str
    input: str | None
    points: Decimal | None
    says: str
    beyond: bool = False
    partly: bool = False


def taken(term: Term, amount: Decimal | None, answers: Answers, modifier: Modifier | None) -> Reason:
    """Why ``amount`` is lost."""
    points = None if amount is None or amount == ENDLESS else -amount
    what = '不得分' if points is None else f'扣 {plain(-points)} 分'
    return Reason(
        term.clauses[0], term.inputs[0] if term.inputs else None, points, _says(term, answers, what, modifier)
    )


def given(term: Term, amount: Amount, answers: Answers, modifier: Modifier | None, *, beyond: bool) -> list[Reason]:
    """Why points were won, and why others of the same term were not. ``beyond``: they lie above the line's points, so that those not won are no loss."""
    if not all(one in answers for one in term.inputs) or amount.low != amount.high:
        return []
    source = term.inputs[0] if term.inputs else None
    found = []
    if amount.low:
        says = _says(term, answers, f'得 {plain(amount.low)} 分', modifier)
        found.append(Reason(_clause(term, amount.low), source, amount.low, says, beyond))
    absent = _reach(term) - amount.low
    if absent > 0 and not beyond:
        says = _says(term, answers, f'没有得到 {plain(absent)} 分', modifier)
        found.append(Reason(term.clauses[0], source, -absent, says, partly=bool(amount.low)))
    return found


def lost_whole(term: Term, room: Decimal | None, told: Sequence[Reason], answers: Answers) -> tuple[Reason, ...]:
    """Why an account is empty that has ``room`` (None: no size). What deductions took, where they may take it below 0, is ``told`` already."""
    before = [reason for reason in told if reason.points is None or reason.points < 0]
    left = None if room is None else room - _lost(before)
    return (*before, taken(term, None if left is None or left <= 0 else left, answers, None))


def net(account: Account, reasons: Sequence[Reason], best: Decimal, answers: Answers) -> tuple[Reason, ...]:
    """What an account above the line's points comes to. One that opens full is told as what is left of it: its deductions cost the line nothing."""
    if not account.full:
        return kept(reasons, None if best else ZERO)
    term = account.takes[0]
    if not best or any(one not in answers for other in account.takes for one in other.inputs):
        return ()
    says = _says(term, answers, f'得 {plain(best)} 分', None)
    return (Reason(term.clauses[-1], term.inputs[0] if term.inputs else None, best, says, beyond=True),)


def filled(reasons: Sequence[Reason], room: Decimal, counted: Sequence[Term], answers: Answers) -> tuple[Reason, ...]:
    """The reasons, so that they tell of all ``room``: what emptied a part without end lost what no other reason tells of, else an award that is
    counted without end (``counted``, answered) misses it."""
    points = room - _lost(reasons) + _above(reasons)
    if points <= 0:
        return tuple(reasons)
    for at, reason in enumerate(reasons):
        if reason.points is None:
            return (*reasons[:at], replace(reason, points=-points), *reasons[at + 1 :])
    if not counted:
        return tuple(reasons)
    says = _says(counted[0], answers, f'离满分还差 {plain(points)} 分', None)
    return (*reasons, Reason(counted[0].clauses[0], counted[0].inputs[0], -points, says))


def kept(reasons: Sequence[Reason], room: Decimal | None) -> tuple[Reason, ...]:
    """The reasons, with losses that add up to no more than ``room`` and what was won above it: what was gone already cannot be lost again."""
    if room is None:
        return tuple(reasons)
    found = []
    left = room + _above(reasons)
    for reason in reasons:
        if reason.points is None or reason.points >= 0:
            found.append(reason)
            continue
        lost = min(-reason.points, left)
        left -= lost
        if lost > 0:
            found.append(reason if lost == -reason.points else _cut(reason, -lost, '剩下的只有'))
    return tuple(found)


def within(reasons: Sequence[Reason], over: Decimal) -> list[Reason]:
    """The reasons without the ``over`` points that were won above a limit: the last of them first, those above the line's points before others."""
    found = list(reasons)
    for at in sorted(range(len(found)), key=lambda at: (not found[at].beyond, -at)):
        points = found[at].points
        if over <= 0 or points is None or points <= 0:
            continue
        off = min(points, over)
        over -= off
        found[at] = _cut(found[at], points - off, '到上限为止，只算')
    return [reason for reason in found if reason.points != 0]


def told_once(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """The reasons, one for each effect: an award that was won in part says in one sentence what it gave and what it did not."""
    found: list[Reason] = []
    for reason in reasons:
        before = found[-1] if found else None
        if before is not None and reason.partly and reason.points and before.input == reason.input:
            found[-1] = replace(
                before, points=reason.points, partly=True, says=f'{before.says}，少得 {plain(-reason.points)} 分'
            )
        else:
            found.append(reason)
    return tuple(found)


def _cut(reason: Reason, points: Decimal, why: str) -> Reason:
    return replace(reason, points=points, says=f'{reason.says}（{why} {plain(abs(points))} 分）')


def _lost(reasons: Sequence[Reason]) -> Decimal:
    return -sum((reason.points for reason in reasons if reason.points is not None and reason.points < 0), ZERO)


def _above(reasons: Sequence[Reason]) -> Decimal:
    return sum((reason.points for reason in reasons if reason.points is not None and reason.beyond), ZERO)


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
