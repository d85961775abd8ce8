"""The record of a target rule, and what it is asked about: a number with all that stands around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from msgspec import Struct

from kaohe.normalizers.catalogue import Field
from kaohe.normalizers.grammar.quantities.quantity import Quantity
from kaohe.normalizers.grammar.rule import Rule
from kaohe.normalizers.grammar.targets.metrics import part_begins
from kaohe.normalizers.vocabulary import target_words as vocabulary

WINDOW = 60
"""Characters around a number that are looked at; keeps the time linear."""
_NEAR = 4


class Setting(Struct, frozen=True):
    """A quantity in its text. ``before`` is what stands before the comparing words, from the last punctuation on, ``after`` what follows them. ``target`` is
    the target before it, ``last`` the quantity before it, ``alike`` the last of the same unit, ``ahead`` the next ones; ``held`` tells
    whether a clause holds it, ``clausal`` whether its text has clauses at all; ``points`` whether it counts points, ``share`` whether it is one
    (``%``, ``‰``, ``百分点``), ``alone`` whether no word compares it: it stands alone, or is a range and no more."""

    text: str
    quantity: Quantity
    before: str
    after: str
    target: Quantity | None
    last: Quantity | None
    alike: Quantity | None
    ahead: Sequence[Quantity]
    field: Field
    held: bool
    clausal: bool
    points: bool
    share: bool
    alone: bool

    @property
    def following(self) -> Quantity | None:
        """The next quantity."""
        return self.ahead[0] if self.ahead else None

    @property
    def further(self) -> Quantity | None:
        """The next quantity of the same unit, if it is near."""
        return next((one for one in self.ahead if one.unit == self.quantity.unit), None)


def setting(
    text: str, seen: Sequence[Quantity], index: int, *, target: Quantity | None, alike: Quantity | None, field: Field,
    held: bool, clausal: bool,
) -> Setting:  # fmt: skip
    """What stands around the quantity ``seen[index]`` of a text: the rules ask for the same things, so that they are looked up once."""
    quantity = seen[index]
    unit = quantity.unit
    before, after = around(text, quantity.left, quantity.right)
    return Setting(
        text, quantity, before, after, target, seen[index - 1] if index else None, alike,
        seen[index + 1 : index + _NEAR], field, held, clausal,
        points=unit is not None and unit.startswith('分') and (unit == '分' or unit[1] == '/'),
        share=unit in vocabulary.PERCENT_UNITS,
        alone=quantity.comparator is None or (quantity.high is not None and not quantity.before and not quantity.after),
    )  # fmt: skip


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
