"""An account while clauses are added to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from kaohe.normalizers.scoring.algebra import Account, Term
from kaohe.normalizers.scoring.material import Aim, Said


@dataclass(slots=True)
class Opened:
    """An account while clauses are added to it. ``award`` opened it, ``source`` is the award's own yes or no."""

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
        return Account(self.size, self.full, tuple(self.gains), 'sum', (), tuple(self.takes), tuple(self.empties))


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
            sizes = [other.size for other in inner if other.size is not None]
            size = sum(sizes, Decimal(0)) if len(sizes) == len(inner) else None
            found.append(Account(size, parts=tuple(other.closed() for other in inner), empties=tuple(lost[item])))
    return found
