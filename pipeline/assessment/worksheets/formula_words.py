"""How numbers and words stand in a formula."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple

ENDLESS: Final = '1E+12'


class Ends(NamedTuple):
    """Formulas (without ``=``) of the least and the most."""

    low: str
    high: str


def number(value: Decimal) -> str:
    """The number as a formula writes it."""
    return str(value.to_integral_value()) if value == value.to_integral_value() else f'{value.normalize():f}'


def text(word: str) -> str:
    """The word as a formula writes it."""
    return '"' + word.replace('"', '""') + '"'
