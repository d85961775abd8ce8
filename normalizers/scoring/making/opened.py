"""An account while clauses are added to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from kaohe.normalizers.scoring.algebra import Account, Term
from kaohe.normalizers.scoring.making.band_rest import rest_bands
from kaohe.normalizers.scoring.making.terms import Workshop
from kaohe.normalizers.scoring.making.wording import otherwise
from kaohe.normalizers.scoring.material import Aim, Said


@dataclass(slots=True)
class Opened:
    """An account while clauses are added to it. ``award`` opened it, ``source`` is the award's own yes or no; ``extra``: it lies above the line's points."""

    award: Said
    size: Decimal | None
    end: int
    gains: list[Term] = field(default_factory=list)
    takes: list[Term] = field(default_factory=list)
    empties: list[Term] = field(default_factory=list)
    full: bool = False
    source: str | None = None
    aim: Aim | None = None
    extra: bool = False

    def closed(self) -> Account:
        """The account as it is stored."""
        return Account(
            self.size,
            full=self.full,
            beyond=self.extra,
            gains=tuple(self.gains),
            takes=tuple(self.takes),
            empties=tuple(self.empties),
        )


def outside(shop: Workshop, opened: Opened | None, said: Said) -> Term | None:
    """What a clause empties that holds outside the tiers of the account before it (…，否则该项不得分); None where it is no such clause."""
    tiers = opened.gains[0] if opened is not None and len(opened.gains) == 1 else None
    if opened is None or tiers is None or tiers.op != 'bands' or not otherwise(said):
        return None
    if (said.field, said.item) != (opened.award.field, opened.award.item):
        return None
    bands = tuple(rest_bands(tiers.bands, said.id, Decimal(1)))
    if not bands:
        return None
    shop.asked.feed(tiers.inputs[0], (said.id,))
    return Term('bands', (said.id,), tiers.inputs, bands=bands, text=said.text)


def closed_by_item(accounts: Sequence[Opened], lost: Mapping[str, Sequence[Term]]) -> list[Account]:
    """The accounts in order; those of a numbered sub-item that may be ``lost`` as a whole are one."""
    found: list[Account] = []
    done: set[str] = set()
    for one in accounts:
        item = one.award.item
        if item is None or item not in lost:
            found.append(one.closed())
        elif item not in done:
            done.add(item)
            inner = [other for other in accounts if other.award.item == item]
            own = [other.size for other in inner if not other.extra]
            sizes = [size for size in own if size is not None]
            size = sum(sizes, Decimal(0)) if len(sizes) == len(own) else None
            parts = tuple(other.closed() for other in inner)
            found.append(Account(size, parts=parts, empties=tuple(lost[item]), above=len(own) < len(inner)))
    return found


def methods_of(said: Sequence[Said], accounts: Sequence[Opened]) -> str | None:
    """The choice (下列两种计分办法，取得分较高) whose ways of scoring are numbered sub-items, each with its own awards."""
    for one in said:
        items = {account.award.item for account in accounts if account.award.id in one.binds}
        if one.effect == 'choose' and len(items) > 1 and None not in items:
            return one.id
    return None


def best_method(
    accounts: Sequence[Opened],
    rest: Sequence[tuple[str | None, Term]],
    size: Decimal | None,
    empties: Sequence[Term],
) -> Account:
    """The best of the numbered ways of scoring: each holds its awards and what is taken in it. ``rest`` is taken outside awards, by sub-item."""
    items = list(dict.fromkeys(one.award.item for one in accounts))
    ways = [
        Account(
            size,
            parts=tuple(one.closed() for one in accounts if one.award.item == item),
            takes=tuple(term for where, term in rest if where == item),
        )
        for item in items
    ]
    takes = tuple(term for where, term in rest if where not in items)
    return Account(size, combine='best', parts=tuple(ways), takes=takes, empties=tuple(empties))
