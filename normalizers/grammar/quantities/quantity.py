"""The record of a quantity, and when two of them stand in one list."""

from __future__ import annotations

import re
from decimal import Decimal

from msgspec import Struct

from kaohe.normalizers.catalogue import Comparator

_LISTING = re.compile(r'、|和|及|与|以及|/')


class Quantity(Struct, frozen=True):
    """A number with its unit. ``start``/``end`` span number and unit (and the upper end of a range); ``left``/``right`` take the comparing
    words along. ``comparator`` is what those words say, None where there are none."""

    left: int
    start: int
    end: int
    right: int
    value: Decimal
    high: Decimal | None
    unit: str | None
    comparator: Comparator | None
    before: str
    after: str
    approximate: bool
    digits: bool
    base: str | None = None
    mended: bool = False
    named: tuple[int, int] | None = None
    """The span of what stands between two signs: the 好评率 of ``98%≤好评率<99%``."""
    done: tuple[int, int] | None = None
    """The span of the verb that the comparison goes through: the 静置 of ``未静置15分钟``."""

    @property
    def explicit(self) -> bool:
        """Whether words or signs compare it."""
        return self.comparator is not None


def joined(text: str, first: Quantity, second: Quantity) -> bool:
    """Whether nothing but a sign of listing stands between two quantities."""
    return second.left - first.right <= 2 and _LISTING.fullmatch(text, first.right, second.left) is not None
