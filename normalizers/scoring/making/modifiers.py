"""What changes the amounts of other clauses: factors, limits, choices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from kaohe.normalizers.catalogue import Effect
from kaohe.normalizers.scoring.algebra import Account, Modifier, Term, terms_of
from kaohe.normalizers.scoring.making import questions
from kaohe.normalizers.scoring.making.terms import Workshop
from kaohe.normalizers.scoring.making.wording import other_level
from kaohe.normalizers.scoring.material import EVERY_TIME, Said

_ORDER: Final = {'factor': 0, 'some': 0, 'more': 0, 'spare': 1, 'cap': 2, 'choose': 3}
_ZERO: Final = Decimal(0)


def modifiers_of(shop: Workshop, root: Account) -> tuple[Modifier, ...]:
    """Factors first, then what is spared, then limits (those for each thing before those for all): what is limited is what is really taken."""
    terms = list(terms_of(root))
    known = {clause for term in terms for clause in term.clauses}
    found: list[Modifier] = []
    for said, binds in shop.spared:
        found += _factors(shop, said, _ZERO, [term for term in terms if set(term.clauses) & set(binds)], said.effect)
    limited: set[tuple[str, ...]] = set()
    for at, one in enumerate(shop.line.said):
        before = [other for other in shop.line.said[:at] if other.id in known]
        binds = tuple(bound for bound in one.binds if bound in known)
        if one.effect == 'multiply' and one.points is not None:
            binds = binds or tuple(other.id for other in before[-1:])
            found += _factors(shop, one, one.points, [term for term in terms if set(term.clauses) & set(binds)])
        elif one.effect == 'choose':
            binds = binds or tuple(other.id for other in before if other.item == one.item)
            if len(binds) > 1 and one.id not in shop.methods:
                found.append(Modifier('choose', (one.id,), binds))
        elif one.effect == 'cap':
            points = (
                one.points if one.share is None else None if shop.line.points is None else one.share * shop.line.points
            )
            binds = binds or tuple(other.id for other in before[-1:])
            if points is None or not binds:
                continue
            if one.per_quantity is not None:
                found += _limit_of_each(shop, one, points, [term for term in terms if set(term.clauses) & set(binds)])
                continue
            limited.add(binds)
            found.append(Modifier('cap', (one.id,), binds, points=points))
    found += [
        Modifier('cap', (one.id,), (one.id,), points=one.cap)
        for one in shop.line.said
        if one.cap is not None and one.id in known and not any(one.id in binds for binds in limited)
    ]
    return tuple(sorted(found, key=lambda modifier: (_ORDER[modifier.change], not modifier.inputs)))


def of_each(said: Sequence[Said]) -> list[Said]:
    """The clauses; a limit for each thing (每月最高5分) is none on all that its clause takes or gives."""
    each = {
        (bound, one.points)
        for one in said
        if one.effect == 'cap' and one.per_quantity is not None
        for bound in one.binds
    }
    return [one._replace(cap=None) if (one.id, one.cap) in each else one for one in said]


def _factors(
    shop: Workshop, said: Said, factor: Decimal, bound: Sequence[Term], asks: Effect = 'deduct'
) -> Iterator[Modifier]:
    """A factor on what is counted asks on how many of them it acts (3 次中有 1 次加倍), or how many there are besides (国家级加4分；省级减半);
    on all else it asks whether it acts. A factor of 0 spares."""
    counted = [term for term in bound if term.op == 'each' and term.per == 1 and term.points]
    rest = tuple(term.clauses[0] for term in bound if term not in counted)
    clauses = {one.id: one for one in shop.line.said}
    for term in counted:
        unit = clauses[term.clauses[0]].per_unit or '次'
        own = clauses[term.clauses[0]]
        besides = other_level(said, own)
        question = questions.how_many_of(said, own, unit, alone=len(counted) == 1, besides=besides)
        source = shop.asked.ask(
            'count', (said.id,), question, unit=unit, low=_ZERO, high=term.high, options=() if besides else (EVERY_TIME,)
        )  # fmt: skip
        yield Modifier('more' if besides else 'some', (said.id,), term.clauses[:1], (source,), factor)
    if rest:
        source = shop.asked.ask('yes_no', (said.id,), questions.yes_no(said._replace(effect=asks)))
        yield (
            Modifier('factor', (said.id,), rest, (source,), factor)
            if factor
            else Modifier('spare', (said.id,), rest, (source,))
        )


def _limit_of_each(shop: Workshop, said: Said, points: Decimal, bound: Sequence[Term]) -> Iterator[Modifier]:
    """`每月最高扣5分`: how much lies beyond the limit of a month is asked, where more than one limit is reached at all."""
    unit = said.per_unit or '个'
    clauses = {one.id: one for one in shop.line.said}
    if len(bound) == 1 and (own := clauses.get(bound[0].clauses[0])) is not None:
        alone = own.per_unit == said.per_unit and own.per_quantity == said.per_quantity
        if alone and own.points is not None and own.points <= points:
            return  # each of them is worth no more than its limit
    question = questions.beyond(said, unit)
    source = shop.asked.ask('score', (said.id,), question, unit='分', low=_ZERO)
    yield Modifier('cap', (said.id,), tuple(term.clauses[0] for term in bound), (source,), points)
