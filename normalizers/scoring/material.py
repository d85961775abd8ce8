"""What a line's rule is made from, and what it is made into: free of the catalogue's indexes and of the database."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from kaohe.normalizers.catalogue import Comparator, Direction, Effect, Field, ItemTerms, Rounding, Sign
from kaohe.normalizers.scoring.algebra import Expression

Mode = Literal['earn', 'lose', 'add', 'subtract', 'beside', 'asked']
EVERY_TIME: Final = '全部'
"""The answer of a count that is part of another: all of them."""
InputKind = Literal['yes_no', 'count', 'number', 'choice', 'ratio', 'score']


class Said(NamedTuple):
    """A clause of the line's column ``field``: what `ClauseTerms` says, in its order. ``binds`` are ids; ``lead`` is what stands before it in its sentence."""

    id: str
    field: Field
    text: str
    start: int
    end: int
    effect: Effect
    item: str | None = None
    points: Decimal | None = None
    per_quantity: Decimal | None = None
    per_unit: str | None = None
    condition: str | None = None
    cap: Decimal | None = None
    share: Decimal | None = None
    base: Decimal | None = None
    direction: Direction | None = None
    sign: Sign | None = None
    rounding: Rounding | None = None
    binds: tuple[str, ...] = ()
    lead: str = ''


class Aim(NamedTuple):
    """A threshold of the line: what `TargetTerms` says, in its order; ``clause`` is the id of the clause in which it stands."""

    id: str
    field: Field
    start: int
    end: int
    metric: str | None
    comparator: Comparator
    value: Decimal
    unit: str | None = None
    value_high: Decimal | None = None
    period: str | None = None
    clause: str | None = None


class ScoredLine(NamedTuple):
    """A line with all that says how its points move. ``open_below``: it may go below 0; ``open_above``: above its points.

    ``identity`` says which line of a notice it is, in any copy: the ids of its inputs are made from it. ``shares`` is the id of the line whose merged points cell it shares (its own for that line), None where it has its own.
    """

    id: str
    identity: str
    kind: str
    points: Decimal | None
    texts: tuple[tuple[str, str], ...]
    said: tuple[Said, ...] = ()
    aims: tuple[Aim, ...] = ()
    parts: tuple[ItemTerms, ...] = ()
    name: str | None = None
    open_below: bool = False
    open_above: bool = False
    room: Decimal | None = None
    shares: str | None = None

    def text(self, field: str) -> str:
        """The line's column ``field``."""
        for name, text in self.texts:
            if name == field:
                return text
        return ''


class Input(NamedTuple):
    """What is asked. ``low``/``high`` bound the answer, None where it is unbounded (points of a range, 扣3-5分, may be 0 as well: nothing happened); ``options`` are the answers of a choice, and the
    word that a count takes besides numbers (全部)."""

    id: str
    ordinal: int
    clauses: tuple[str, ...]
    kind: InputKind
    question: str
    threshold: str | None = None
    unit: str | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    options: tuple[str, ...] = ()

    @property
    def or_none(self) -> bool:
        """Whether 0 is an answer although it lies below ``low``."""
        return self.kind == 'score' and self.low is not None and self.low > 0


@dataclass(frozen=True, slots=True)
class ScoringDoubt:
    """Where the rule took one of several readings, or cannot be computed: a finding's code and what it says."""

    code: str
    detail: str
    clause: str | None = None


class ScoringRule(NamedTuple):
    """How a line is scored. ``floor`` and ``ceiling`` bound its score, None where nothing does; ``computable``: no judgement is needed."""

    indicator: str
    identity: str
    mode: Mode
    floor: Decimal | None
    ceiling: Decimal | None
    computable: bool
    expression: Expression
    says: str
    inputs: tuple[Input, ...] = ()
    doubts: tuple[ScoringDoubt, ...] = ()
    shares: str | None = None
