"""The engine: a line's rule and answers → its score, with a reason for every point lost or won.

What is not answered makes an interval: the least and the most that any answer could give. An input that feeds several terms is tried at
each of its values, so that the interval is no wider than that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import Final, NamedTuple

from kaohe.normalizers.scoring.algebra import Account, Expression, Modifier, Round, Term, terms_of
from kaohe.normalizers.scoring.material import Input, ScoringRule
from kaohe.normalizers.scoring.reasons import Reason, filled, given, kept, lost_whole, net, taken, told_once, within
from kaohe.normalizers.scoring.term_amounts import ENDLESS, ZERO, Amount, Answer, Answers, amount_of, edges

_TRIED: Final = 4096
_BESIDE: Final = Decimal('0.000001')


@dataclass(frozen=True, slots=True)
class LineScore:
    """A line's score: between ``low`` and ``high`` (None: unbounded), ``score`` where they agree. ``lost`` is the line's points less the score,
    for penalty lines the points taken, None for bonus lines, for awards in a line without points and for what is open. ``beside``: vetoes and downgrades by clause, None where open."""

    indicator: str
    low: Decimal | None
    high: Decimal | None
    score: Decimal | None
    lost: Decimal | None
    reasons: tuple[Reason, ...] = ()
    beside: tuple[tuple[str, bool | None], ...] = ()
    open: tuple[str, ...] = ()


class _Value(NamedTuple):
    worst: Decimal
    best: Decimal
    reasons: tuple[Reason, ...]


def score_line(rule: ScoringRule, answers: Answers, rounding: Round | None = None) -> LineScore:
    """The score of a line. ``answers`` may hold those of other lines; ``rounding`` goes before what the notice says of steps."""
    ours = {one.id: answers[one.id] for one in rule.inputs if one.id in answers}
    now = _value(rule.expression, ours, rounding)
    worst, best = _ends(rule, ours, rounding, now)
    low, high = _score(rule, worst), _score(rule, best)
    score = low if low is not None and low == high else None
    moving = {one for term in terms_of(rule.expression.root) for one in term.inputs}
    moving |= {one for modifier in rule.expression.modifiers for one in modifier.inputs}
    beside = {one for term in rule.expression.beside for one in term.inputs}
    needed = (moving if score is None else set()) | beside
    return LineScore(
        rule.indicator,
        low,
        high,
        score,
        _lost(rule, score),
        _told(rule, now),
        tuple((term.clauses[0], _beside(term, ours)) for term in rule.expression.beside),
        tuple(one.id for one in rule.inputs if one.id in needed and one.id not in ours),
    )


def _score(rule: ScoringRule, value: Decimal) -> Decimal | None:
    """The value of the line's account as its score, within floor and ceiling; None where it has no bound there."""
    if rule.floor is not None:
        value = max(value, rule.floor)
    if rule.ceiling is not None:
        value = min(value, rule.ceiling)
    return None if value in (ENDLESS, -ENDLESS) else value


def _lost(rule: ScoringRule, score: Decimal | None) -> Decimal | None:
    if score is None or rule.mode in ('add', 'beside'):
        return None
    if rule.mode == 'subtract':
        return -score
    full = rule.expression.root.size
    if full is None:
        return -score if rule.mode == 'lose' else None
    return full - score


def _told(rule: ScoringRule, now: _Value) -> tuple[Reason, ...]:
    """The reasons; what was won above the ceiling does not count."""
    over = ZERO if rule.ceiling is None or now.best == ENDLESS else max(now.best - rule.ceiling, ZERO)
    return told_once(within(now.reasons, over))


def _ends(rule: ScoringRule, ours: Answers, rounding: Round | None, now: _Value) -> tuple[Decimal, Decimal]:
    """The least and the most that the line's account may hold. ``now`` is its value with nothing tried."""
    lows, highs = [], []
    for tried in tries(rule, ours):
        value = _value(rule.expression, {**ours, **tried}, rounding) if tried else now
        lows.append(value.worst)
        highs.append(value.best)
    return min(lows), max(highs)


def tries(rule: ScoringRule, ours: Answers, most: int = _TRIED) -> Iterator[Mapping[str, Answer]]:
    """Every combination of values at which the inputs that feed several terms, and have no answer in ``ours``, may decide the ends.

    Where more than ``most`` would be tried, the last of these inputs stay open.
    """
    terms = [*terms_of(rule.expression.root)]
    used = Counter(one for term in terms for one in set(term.inputs))
    used.update(one for modifier in rule.expression.modifiers for one in set(modifier.inputs))
    shared = [one for one in rule.inputs if one.id not in ours and used[one.id] > 1]
    values: list[list[Answer]] = [_values(one, [term for term in terms if one.id in term.inputs]) for one in shared]
    while values and _size(values) > most:
        values.pop()
    names = [one.id for one in shared[: len(values)]]
    for combination in product(*values):
        yield dict(zip(names, combination, strict=True))


def _size(values: Sequence[Sequence[Answer]]) -> int:
    size = 1
    for one in values:
        size *= len(one)
    return size


def _values(one: Input, terms: Sequence[Term]) -> list[Answer]:
    if one.kind == 'yes_no':
        return [False, True]
    if one.kind == 'choice':
        return list(one.options)
    far = Decimal(10) ** 9
    ends = [one.low if one.low is not None else -far, one.high if one.high is not None else far]
    inner = [edge + by for term in terms for edge in edges(term) for by in (-_BESIDE, ZERO, _BESIDE)]
    return [value for value in sorted({*ends, *inner}) if ends[0] <= value <= ends[1]]


def _value(expression: Expression, answers: Answers, rounding: Round | None) -> _Value:
    amounts = {id(term): amount_of(term, answers, rounding) for term in terms_of(expression.root)}
    by_clause: dict[str, list[Term]] = {}
    for term in terms_of(expression.root):
        for clause in term.clauses:
            by_clause.setdefault(clause, []).append(term)
    notes: dict[int, Modifier] = {}
    for modifier in expression.modifiers:
        bound = list({id(term): term for clause in modifier.binds for term in by_clause.get(clause, ())}.values())
        _modify(modifier, bound, amounts, answers, notes)
    return _account(expression.root, amounts, answers, notes)


def _modify(
    modifier: Modifier,
    bound: Sequence[Term],
    amounts: dict[int, Amount],
    answers: Answers,
    notes: dict[int, Modifier],
) -> None:
    known = [answers[one] for one in modifier.inputs if one in answers]
    held = bool(known[0]) if known else None
    if modifier.change in ('factor', 'spare'):
        factor = modifier.points if modifier.change == 'factor' and modifier.points is not None else ZERO
        if held is False:
            return
        least, most = (factor, factor) if held else (min(factor, Decimal(1)), max(factor, Decimal(1)))
        for term in bound:
            low, high = amounts[id(term)]
            amounts[id(term)] = Amount(low * least, ZERO if not most else high * most)
            if held:
                notes[id(term)] = modifier
        return
    if modifier.change in ('some', 'more'):
        for term in bound:
            amounts[id(term)] = _some(modifier, term, amounts[id(term)], known)
            if known and known[0]:
                notes[id(term)] = modifier
        return
    for end in (0, 1):
        before = [amounts[id(term)][end] for term in bound]
        limit = _limit(modifier, sum(before, ZERO), known, end)
        for term, amount in zip(bound, _limited(modifier, before, limit), strict=True):
            low, high = amounts[id(term)]
            if amount != (low, high)[end]:
                notes[id(term)] = modifier
            amounts[id(term)] = Amount(amount, high) if end == 0 else Amount(low, amount)


def _some(modifier: Modifier, term: Term, amount: Amount, known: Sequence[Answer]) -> Amount:
    """The amount, where the factor acts on so many of the term's units (at most on all of them), or on so many more."""
    factor = modifier.points if modifier.points is not None else ZERO
    points = term.points if term.points is not None else ZERO
    if modifier.change == 'more':
        if not known:
            return Amount(amount.low, ENDLESS if factor * points else amount.high)
        return Amount(*(end + factor * points * Decimal(known[0]) for end in amount))
    all_of_them = Amount(*(end * factor if factor else ZERO for end in amount))
    if not known:
        return Amount(min(amount.low, all_of_them.low), max(amount.high, all_of_them.high))
    if isinstance(known[0], str):
        return all_of_them
    return Amount(*(end + (factor - 1) * min(Decimal(known[0]) * points, end) for end in amount))


def _limit(modifier: Modifier, together: Decimal, known: Sequence[Answer], end: int) -> Decimal:
    """What the terms may come to together. A limit for each of several leaves at least one of them, and takes what the answer says."""
    limit = modifier.points if modifier.points is not None else ENDLESS
    if modifier.change != 'cap' or not modifier.inputs:
        return limit
    least = min(together, limit)
    if not known:
        return least if end == 0 else together
    return max(together - Decimal(known[0]), least)


def _limited(modifier: Modifier, amounts: Sequence[Decimal], left: Decimal) -> list[Decimal]:
    if modifier.change == 'choose':
        most = max(amounts, default=ZERO)
        first = amounts.index(most) if amounts else 0
        return [amount if at == first else ZERO for at, amount in enumerate(amounts)]
    found = []
    for amount in amounts:
        found.append(min(amount, left))
        left -= found[-1] if left != ENDLESS else ZERO
    return found


def _account(
    account: Account, amounts: Mapping[int, Amount], answers: Answers, notes: Mapping[int, Modifier]
) -> _Value:
    parts = [_account(part, amounts, answers, notes) for part in account.parts]
    worst, best = _opened(account, amounts)
    if account.combine == 'best' and parts:
        worst, best = max(worst, *(part.worst for part in parts)), max(best, *(part.best for part in parts))
        parts = [max(parts, key=lambda part: part.best)]
    else:
        worst += sum((part.worst for part in parts), ZERO)
        best += sum((part.best for part in parts), ZERO)
    over = ZERO
    if account.size is not None and not account.above:
        over = max(best - account.size, ZERO) if best != ENDLESS else ZERO
        worst, best = min(worst, account.size), min(best, account.size)
    worst -= sum((amounts[id(term)].high for term in account.takes), ZERO)
    best -= sum((amounts[id(term)].low for term in account.takes), ZERO)
    if not account.below:
        worst, best = max(worst, ZERO), max(best, ZERO)
    emptied = [term for term in account.empties if amounts[id(term)].low > 0]
    if any(amounts[id(term)].high > 0 for term in account.empties):
        worst = min(worst, ZERO)
    if emptied:
        best = min(best, ZERO)
    won = [reason for part in parts for reason in part.reasons]
    for term in account.gains:
        won += given(term, amounts[id(term)], answers, notes.get(id(term)), beyond=account.beyond)
    reasons = within(won, over)
    for term in account.takes:
        if amounts[id(term)].low and all(one in answers for one in term.inputs):
            reasons.append(taken(term, amounts[id(term)].low, answers, notes.get(id(term))))
    room = None if account.size is None or account.beyond or best == ENDLESS else account.size - best
    if emptied:
        return _Value(worst, best, lost_whole(emptied[0], room, reasons if account.below else (), answers))
    if account.beyond:
        return _Value(worst, best, net(account, reasons, best, answers))
    if room is None:
        return _Value(worst, best, tuple(reasons))
    return _Value(worst, best, kept(filled(reasons, room, _endless(account), answers), room))


def _endless(account: Account) -> list[Term]:
    """The awards without end (每站3分) that fill the account or its parts."""
    own = [term for term in account.gains if term.op == 'each' and term.high is None and account.combine == 'sum']
    return own + [term for part in account.parts if part.size is None for term in _endless(part)]


def _opened(account: Account, amounts: Mapping[int, Amount]) -> tuple[Decimal, Decimal]:
    if account.full:
        assert account.size is not None
        return account.size, account.size
    lows = [amounts[id(term)].low for term in account.gains]
    highs = [amounts[id(term)].high for term in account.gains]
    if account.combine == 'best':
        return max(lows, default=ZERO), max(highs, default=ZERO)
    return sum(lows, ZERO), sum(highs, ZERO)


def _beside(term: Term, answers: Answers) -> bool | None:
    known = [answers[one] for one in term.inputs if one in answers]
    return bool(known[0]) if known else None
