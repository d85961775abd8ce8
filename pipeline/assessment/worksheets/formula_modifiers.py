"""What changes the amounts of terms (factors, limits, choices) as formulas, as the engine does it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from kaohe.normalizers.scoring.algebra import Expression, Modifier, Term, terms_of
from kaohe.normalizers.scoring.material import EVERY_TIME
from kaohe.normalizers.scoring.term_amounts import ZERO
from kaohe.pipeline.assessment.worksheets.formula_words import ENDLESS, Ends, number, text

Put = Callable[[str, str], Ends]
"""Adds a row of the hidden sheet; references to its two cells."""


def modify(expression: Expression, amounts: dict[int, Ends], put: Put, cell_of: Callable[[str], str]) -> None:
    """Replaces the amounts of the terms (by their identity) by what modifiers leave of them."""
    bound_of: dict[str, list[Term]] = {}
    for term in terms_of(expression.root):
        for clause in term.clauses:
            bound_of.setdefault(clause, []).append(term)
    for modifier in expression.modifiers:
        bound = list({id(term): term for clause in modifier.binds for term in bound_of.get(clause, ())}.values())
        if modifier.change in ('factor', 'spare'):
            _scale(modifier, bound, amounts, put, cell_of)
        elif modifier.change in ('some', 'more'):
            _scale_some(modifier, bound, amounts, put, cell_of)
        else:
            _hold_back(modifier, bound, amounts, put, cell_of)


def _scale(
    modifier: Modifier, bound: Sequence[Term], amounts: dict[int, Ends], put: Put, cell_of: Callable[[str], str]
) -> None:
    factor = modifier.points if modifier.change == 'factor' and modifier.points is not None else ZERO
    cell = cell_of(modifier.inputs[0])
    least, most = min(factor, Decimal(1)), max(factor, Decimal(1))
    for term in bound:
        low, high = amounts[id(term)]
        amounts[id(term)] = put(
            f'{low}*IF({cell}="是",{number(factor)},IF({cell}="",{number(least)},1))',
            f'{high}*IF({cell}="是",{number(factor)},IF({cell}="",{number(most)},1))',
        )


def _scale_some(
    modifier: Modifier, bound: Sequence[Term], amounts: dict[int, Ends], put: Put, cell_of: Callable[[str], str]
) -> None:
    factor = modifier.points if modifier.points is not None else ZERO
    cell = cell_of(modifier.inputs[0])
    for term in bound:
        points = term.points or ZERO
        if modifier.change == 'more':
            low, high = amounts[id(term)]
            most = ENDLESS if factor * points else high
            more = f'{number(factor * points)}*{cell}'
            amounts[id(term)] = put(f'{low}+{more}', f'IF({cell}="",{most},{high}+{more})')
            continue
        ends = []
        for end, least in zip(amounts[id(term)], (min, max), strict=True):
            some = f'{end}+({number(factor - 1)})*MIN({cell}*{number(points)},{end})'
            ends.append(
                f'IF({cell}="",{end}*{number(least(factor, Decimal(1)))},IF({cell}={text(EVERY_TIME)},{end}*{number(factor)},{some}))'
            )
        amounts[id(term)] = put(*ends)


def _limit(modifier: Modifier, before: Sequence[Ends], put: Put, cell_of: Callable[[str], str]) -> Ends:
    """What the terms may come to together, as the engine limits them."""
    top = ENDLESS if modifier.points is None else number(modifier.points)
    if not modifier.inputs:
        return Ends(top, top)
    cell = cell_of(modifier.inputs[0])
    sums = ['+'.join(ends[end] for ends in before) or '0' for end in (0, 1)]
    least = [f'MIN({together},{top})' for together in sums]
    return put(
        *(
            f'IF({cell}="",{unknown},MAX({together}-{cell},{few}))'
            for together, few, unknown in zip(sums, least, (least[0], sums[1]), strict=True)
        )
    )


def _hold_back(
    modifier: Modifier, bound: Sequence[Term], amounts: dict[int, Ends], put: Put, cell_of: Callable[[str], str]
) -> None:
    before = [amounts[id(term)] for term in bound]
    limit = _limit(modifier, before, put, cell_of) if modifier.change == 'cap' else None
    done: list[Ends] = []
    for at, term in enumerate(bound):
        ends = []
        for end in (0, 1):
            own = before[at][end]
            if limit is not None:
                used = '+'.join(ends_of[end] for ends_of in done) or '0'
                ends.append(f'MIN({own},MAX(0,{limit[end]}-({used})))')
            else:
                best = f'MAX({",".join(other[end] for other in before)})'
                earlier = [f'{other[end]}<{best}' for other in before[:at]]
                ends.append(f'IF(AND({",".join([f"{own}={best}", *earlier])}),{own},0)')
        done.append(put(*ends))
        amounts[id(term)] = done[-1]
