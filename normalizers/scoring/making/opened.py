"""An account while clauses are added to it."""

from __future__ import annotations

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
