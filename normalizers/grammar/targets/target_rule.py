"""The record of a target rule, and what it is asked about: a number with all that stands around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from kaohe.normalizers.catalogue import Field
from kaohe.normalizers.grammar.quantities.quantity import Quantity
from kaohe.normalizers.grammar.rule import Rule
from kaohe.normalizers.grammar.targets.metrics import part_begins
from kaohe.normalizers.vocabulary import target_words as vocabulary

WINDOW = 60
"""Characters around a number that are looked at; keeps the time linear."""


class Setting(NamedTuple):
    """A quantity in its text. ``before`` is what stands before the comparing words, from the last punctuation on, ``after`` what follows them. ``target`` is
    the target before it, ``last`` the quantity before it, ``alike`` the last of the same unit, ``following`` the next one, ``further`` the next of the same unit; ``held`` tells
    whether a clause holds it, ``clausal`` whether its text has clauses at all."""

    text: str
    quantity: Quantity
    before: str
    after: str
    target: Quantity | None
    last: Quantity | None
    alike: Quantity | None
    following: Quantity | None
    further: Quantity | None
    field: Field
    held: bool
    clausal: bool

    @property
    def points(self) -> bool:
        """Whether the number counts points."""
        unit = self.quantity.unit
        return unit is not None and unit.startswith('分') and (unit == '分' or unit[1] == '/')

    @property
    def share(self) -> bool:
        """Whether the number is a share: ``%``, ``‰``, ``百分点``."""
        return self.quantity.unit in vocabulary.PERCENT_UNITS

    @property
    def alone(self) -> bool:
        """Whether no word compares the number: it stands alone, or is a range and no more."""
        quantity = self.quantity
        return not quantity.explicit or (quantity.high is not None and not quantity.before and not quantity.after)


def around(text: str, left: int, right: int) -> tuple[str, str]:
    """What stands before ``left``, from the last punctuation on, and what follows ``right``."""
    return text[part_begins(text, max(0, left - WINDOW), left) : left], text[right : right + WINDOW]


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRule(Rule):
    """A rule that decides about a number: the first whose ``holds`` is true says that it is a ``target``, or that it only looks like one.

    ``examples`` are texts in which a target is found. Those of a rule that passes a number over are its ``counter_examples``: they give none at all.
    ``holds`` looks at a bounded stretch beside the number.
    """

    holds: Callable[[Setting], bool]
    target: bool = True
