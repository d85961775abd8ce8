"""The expression of a line: how its clauses move points, as data (docs/scoring.md). Frozen types, and the same as JSON and back.

As JSON the fields stand in the order in which they are declared here; one that holds the very object that is its default is left out.
Amounts are never negative; whether a term gives or takes is said by the list in which it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final, Literal

import msgspec

Op = Literal['if', 'each', 'product', 'steps', 'bands', 'pick', 'ratio', 'given', 'fixed']
Round = Literal['down', 'up', 'none']
Combine = Literal['sum', 'best']
Change = Literal['factor', 'some', 'more', 'spare', 'cap', 'choose']
ONE: Final = Decimal(1)


class Band(msgspec.Struct, frozen=True, omit_defaults=True):
    """One of several ranges of a measured value (``low``/``high``, None: open; ``has_low``/``has_high``: the end belongs to it; ``sure``: because it says
    so), and its points."""

    clause: str
    points: Decimal
    low: Decimal | None = None
    high: Decimal | None = None
    has_low: bool = True
    has_high: bool = True
    sure: bool = False


class Term(msgspec.Struct, frozen=True, omit_defaults=True):
    """One amount. ``clauses`` are those that say it, the first gives its name; ``inputs`` what is asked for it.

    if: ``points`` where the answer is ``when``. each: ``points`` for each ``per`` units. product: ``points`` × first × second input.
    steps: ``points`` for each whole ``per`` by which the value lies ``direction`` of ``base``. bands: the ``bands``. pick: the ``options``.
    ratio: ``points`` × the answer, or × what is missing to 1 where ``when`` is false. given: the answer itself. fixed: ``points``.
    """

    op: Op
    clauses: tuple[str, ...]
    inputs: tuple[str, ...] = ()
    points: Decimal | None = None
    per: Decimal = ONE
    base: Decimal | None = None
    direction: Literal['below', 'above'] | None = None
    round: Round = 'down'
    when: bool = True
    high: Decimal | None = None
    bands: tuple[Band, ...] = ()
    pick: Literal['best', 'most'] = 'best'
    options: tuple[tuple[str, Decimal], ...] = ()
    text: str = ''


class Account(msgspec.Struct, frozen=True, omit_defaults=True):
    """Points of their own, never below 0 (but where ``size`` is None and nothing opens it). Its value: what ``gains`` open (``full``: all
    its size), with the values of ``parts`` (``best``: the greatest of all), at most ``size``; less ``takes``; 0 where one of ``empties`` holds. ``below``: it may go below 0, ``above``: beyond its size. ``beyond``: it lies above the line's points (a bonus), so that
    what it lacks is no loss."""

    size: Decimal | None
    full: bool = False
    below: bool = False
    above: bool = False
    beyond: bool = False
    combine: Combine = 'sum'
    gains: tuple[Term, ...] = ()
    parts: tuple[Account, ...] = ()
    takes: tuple[Term, ...] = ()
    empties: tuple[Term, ...] = ()


class Modifier(msgspec.Struct, frozen=True, omit_defaults=True):
    """What changes the amounts of the terms that begin with one of ``binds``: factor (``points``, where the input holds), some (the same for so
    many of the units as the input says), more (so many units besides, each
    at that factor), spare (to 0, where it holds), cap (together at most ``points``; with an input that is for each of several, and
    the input says what lies beyond), choose (only the greatest)."""

    change: Change
    clauses: tuple[str, ...]
    binds: tuple[str, ...]
    inputs: tuple[str, ...] = ()
    points: Decimal | None = None


class Expression(msgspec.Struct, frozen=True, omit_defaults=True):
    """A whole line: its account, what changes amounts, and what is answered but moves no points (vetoes, downgrades)."""

    root: Account
    modifiers: tuple[Modifier, ...] = ()
    beside: tuple[Term, ...] = ()

    def __reduce__(self) -> tuple[object, tuple[str]]:
        """To other processes as JSON: shorter than its parts one by one, and what was a default is one again."""
        return from_json, (to_json(self),)


def terms_of(account: Account) -> Iterator[Term]:
    """Every term in the account and its parts, in order."""
    yield from account.gains
    for part in account.parts:
        yield from terms_of(part)
    yield from account.takes
    yield from account.empties


def to_json(expression: Expression) -> str:
    """The expression as it is stored; numbers are strings, so that they stay exact."""
    return _ENCODER.encode(expression).decode()


def from_json(text: str) -> Expression:
    """The expression that `to_json` wrote."""
    return _DECODER.decode(text)


_ENCODER: Final = msgspec.json.Encoder()
_DECODER: Final = msgspec.json.Decoder(Expression)
