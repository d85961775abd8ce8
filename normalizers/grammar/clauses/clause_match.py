"""A clause as the grammar finds it in a text."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from msgspec import Struct

from kaohe.normalizers.catalogue import Direction, Effect, Rounding, Scope, Sign


class ClauseMatch(Struct, frozen=True):
    """A clause in a text: ``text[start:end]`` holds condition and amount, ``amount`` the span of the amount alone. ``binds`` are indexes
    into the same ``ClausesRead.matches``. ``item`` is the printed label that it stands under; ``share`` is a part of 1, ``base`` counts in ``per_unit``."""

    start: int
    end: int
    effect: Effect
    rule: str
    points: Decimal | None = None
    per_quantity: Decimal | None = None
    per_unit: str | None = None
    condition: str | None = None
    cap: Decimal | None = None
    item: str | None = None
    binds: tuple[int, ...] = ()
    amount: tuple[int, int] | None = None
    scope: Scope = 'line'
    share: Decimal | None = None
    base: Decimal | None = None
    direction: Direction | None = None
    sign: Sign | None = None
    rounding: Rounding | None = None


class ClausesRead(NamedTuple):
    """The clauses of a text in printed order. ``amounts_seen`` counts the amounts of points that a clause should hold, ``unheld`` are the spans of those that none
    holds, ``mended`` the spans of misprints whose value was mended."""

    matches: tuple[ClauseMatch, ...] = ()
    amounts_seen: int = 0
    unheld: tuple[tuple[int, int], ...] = ()
    mended: tuple[tuple[int, int], ...] = ()
