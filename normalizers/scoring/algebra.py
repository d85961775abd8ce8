"""The expression of a line: how its clauses move points, as data (docs/scoring.md). Frozen types, and the same as JSON and back.

Amounts are never negative; whether a term gives or takes is said by the list in which it stands.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Op = Literal['if', 'each', 'product', 'steps', 'bands', 'pick', 'ratio', 'given', 'fixed']
Round = Literal['down', 'up', 'none']
Combine = Literal['sum', 'best']
Change = Literal['factor', 'some', 'more', 'spare', 'cap', 'choose']
Json = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Band:
    """One of several ranges of a measured value (``low``/``high``, None: open; ``has_low``/``has_high``: the end belongs to it; ``sure``: because it says
    so), and its points."""

    clause: str
    points: Decimal
    low: Decimal | None = None
    high: Decimal | None = None
    has_low: bool = True
    has_high: bool = True
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """One amount. ``clauses`` are those that say it, the first gives its name; ``inputs`` what is asked for it.

    if: ``points`` where the answer is ``when``. each: ``points`` for each ``per`` units. product: ``points`` × first × second input.
    steps: ``points`` for each whole ``per`` by which the value lies ``direction`` of ``base``. bands: the ``bands``. pick: the ``options``.
    ratio: ``points`` × the answer, or × what is missing to 1 where ``when`` is false. given: the answer itself. fixed: ``points``.
    """

    op: Op
    clauses: tuple[str, ...]
    inputs: tuple[str, ...] = ()
    points: Decimal | None = None
    per: Decimal = Decimal(1)
    base: Decimal | None = None
    direction: Literal['below', 'above'] | None = None
    round: Round = 'down'
    when: bool = True
    high: Decimal | None = None
    bands: tuple[Band, ...] = ()
    pick: Literal['best', 'most'] = 'best'
    options: tuple[tuple[str, Decimal], ...] = ()
    text: str = ''


@dataclass(frozen=True, slots=True)
class Account:
    """Points of their own, never below 0 (but where ``size`` is None and nothing opens it). Its value: what ``gains`` open (``full``: all
    its size), with the values of ``parts`` (``best``: the greatest of all), at most ``size``; less ``takes``; 0 where one of ``empties`` holds. ``below``: it may go below 0, ``above``: beyond its size. ``beyond``: it lies above the line's points (a bonus), so that
    what it lacks is no loss."""

    size: Decimal | None
    full: bool = False
    gains: tuple[Term, ...] = ()
    combine: Combine = 'sum'
    parts: tuple[Account, ...] = ()
    takes: tuple[Term, ...] = ()
    empties: tuple[Term, ...] = ()
    below: bool = False
    above: bool = False
    beyond: bool = False


@dataclass(frozen=True, slots=True)
class Modifier:
    """What changes the amounts of the terms that begin with one of ``binds``: factor (``points``, where the input holds), some (the same for so
    many of the units as the input says), more (so many units besides, each
    at that factor), spare (to 0, where it holds), cap (together at most ``points``; with an input that is for each of several, and
    the input says what lies beyond), choose (only the greatest)."""

    change: Change
    clauses: tuple[str, ...]
    binds: tuple[str, ...]
    inputs: tuple[str, ...] = ()
    points: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Expression:
    """A whole line: its account, what changes amounts, and what is answered but moves no points (vetoes, downgrades)."""

    root: Account
    modifiers: tuple[Modifier, ...] = ()
    beside: tuple[Term, ...] = ()


def terms_of(account: Account) -> Iterator[Term]:
    """Every term in the account and its parts, in order."""
    yield from account.gains
    for part in account.parts:
        yield from terms_of(part)
    yield from account.takes
    yield from account.empties


def to_json(expression: Expression) -> str:
    """The expression as it is stored; numbers are strings, so that they stay exact."""
    told = {
        'root': _account(expression.root),
        'modifiers': [_plain(modifier) for modifier in expression.modifiers],
        'beside': [_plain(term) for term in expression.beside],
    }
    return json.dumps({key: value for key, value in told.items() if value}, ensure_ascii=False, separators=(',', ':'))


def from_json(text: str) -> Expression:
    """The expression that `to_json` wrote."""
    told = json.loads(text)
    return Expression(
        root=_read_account(told['root']),
        modifiers=tuple(_read_modifier(one) for one in told.get('modifiers', ())),
        beside=tuple(_read_term(one) for one in told.get('beside', ())),
    )


def _account(account: Account) -> dict[str, object]:
    told: dict[str, object] = {'size': None if account.size is None else str(account.size)}
    if account.full:
        told['full'] = True
    if account.below:
        told['below'] = True
    if account.above:
        told['above'] = True
    if account.beyond:
        told['beyond'] = True
    if account.combine != 'sum':
        told['combine'] = account.combine
    lists = {
        'gains': [_plain(term) for term in account.gains],
        'parts': [_account(part) for part in account.parts],
        'takes': [_plain(term) for term in account.takes],
        'empties': [_plain(term) for term in account.empties],
    }
    return told | {name: values for name, values in lists.items() if values}


_DEFAULTS = {slot: Term.__dataclass_fields__[slot].default for slot in Term.__dataclass_fields__} | {
    'low': None, 'has_low': True, 'has_high': True, 'sure': False,
}  # fmt: skip


def _plain(one: Term | Modifier | Band) -> dict[str, object]:
    found = {}
    for name in one.__dataclass_fields__:
        value = getattr(one, name)
        if name in _DEFAULTS and value == _DEFAULTS[name]:
            continue
        found[name] = _value(value)
    return found


def _value(value: object) -> object:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Band):
        return _plain(value)
    if isinstance(value, tuple):
        return [_value(one) for one in value]
    return value


def _decimal(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _read_term(told: dict[str, object]) -> Term:
    plain = dict(told)
    for name in ('points', 'per', 'base', 'high'):
        if name in plain:
            plain[name] = _decimal(plain[name])
    for name in ('clauses', 'inputs'):
        if name in plain:
            plain[name] = tuple(plain[name])  # type: ignore[arg-type]
    if 'bands' in plain:
        plain['bands'] = tuple(_read_band(band) for band in plain['bands'])  # type: ignore[attr-defined]
    if 'options' in plain:
        plain['options'] = tuple((label, Decimal(points)) for label, points in plain['options'])  # type: ignore[attr-defined]
    return Term(**plain)  # type: ignore[arg-type]


def _read_band(told: dict[str, object]) -> Band:
    plain = told | {name: _decimal(told[name]) for name in ('points', 'low', 'high') if name in told}
    return Band(**plain)  # type: ignore[arg-type]


def _read_modifier(told: dict[str, object]) -> Modifier:
    plain = told | {name: tuple(told[name]) for name in ('clauses', 'binds', 'inputs') if name in told}  # type: ignore[arg-type]
    return Modifier(**(plain | {'points': _decimal(told.get('points'))}))  # type: ignore[arg-type]


def _read_account(told: Json) -> Account:
    def read(name: str) -> tuple[Term, ...]:
        return tuple(_read_term(one) for one in told.get(name, ()))  # type: ignore[attr-defined]

    return Account(
        size=_decimal(told['size']),
        full=bool(told.get('full', False)),
        gains=read('gains'),
        combine=told.get('combine', 'sum'),  # type: ignore[arg-type]
        parts=tuple(_read_account(part) for part in told.get('parts', ())),  # type: ignore[attr-defined]
        takes=read('takes'),
        empties=read('empties'),
        below=bool(told.get('below', False)),
        above=bool(told.get('above', False)),
        beyond=bool(told.get('beyond', False)),
    )
