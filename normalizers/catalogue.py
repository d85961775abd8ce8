"""What a notice means: the types that the meaning layer returns and the store writes.

Every element refers to others by their index in the ``Catalogue``'s tuples, never by object or by id: ids are made when the
catalogue is stored. The columns are those of the catalogue's contract (docs/catalogue.md). Points and quantities are ``Decimal``.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

from kaohe.extractors.document import Cell, Document
from kaohe.extractors.findings import Finding

NoticeKind = Literal['assessment', 'summary', 'other']
BlockKind = Literal['title', 'heading', 'paragraph', 'note', 'table', 'furniture']
TableKind = Literal['scoring', 'articles', 'form', 'list']
Proof = Literal['proved', 'consistent', 'open']
IndicatorKind = Literal['scored', 'bonus', 'penalty', 'downgrade']
Field = Literal['requirement', 'criteria', 'name', 'points_text']
Scope = Literal['line', 'category', 'table', 'notice']
Role = Literal['responsible_office', 'lead_leader', 'lead_department', 'supporting_department']
Effect = Literal[
    'award', 'deduct', 'bonus', 'forfeit', 'full', 'proportional', 'discretionary',
    'external', 'veto', 'downgrade', 'cap', 'choose', 'multiply',
]  # fmt: skip
Comparator = Literal['>=', '>', '<=', '<', '=', 'between']
Direction = Literal['below', 'above']
Sign = Literal['+', '-']
Rounding = Literal['started']
ThresholdKind = Literal['target', 'boundary']


class Origin(NamedTuple):
    """Where a value stands in the source layer: a half-open span of a cell's or a block's text. Exactly one of
    (``table``, ``row``, ``col``) and ``block`` is set."""

    field: str
    start: int
    end: int
    table: int | None = None
    row: int | None = None
    col: int | None = None
    block: int | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice as a whole. ``year`` is the year that is assessed or reported; ``issued_on`` is ISO 8601 (YYYY-MM-DD)."""

    kind: NoticeKind
    title: str | None = None
    issuer: str | None = None
    doc_number: str | None = None
    issued_on: str | None = None
    year: int | None = None
    origins: tuple[Origin, ...] = ()


@dataclass(frozen=True, slots=True)
class BlockRow:
    """A block as stored. ``text`` is the source text; ``table`` indexes ``Catalogue.tables``."""

    kind: BlockKind
    text: str
    level: int | None = None
    label: str | None = None
    page: int | None = None
    table: int | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A table column: its header as printed and its role (an id of the header vocabulary), None where no role fits."""

    header: str
    role: str | None


@dataclass(frozen=True, slots=True)
class TableRow:
    """A table as stored, after page breaks were stitched. ``cells`` are those of the stitched grid. ``proof`` tells what the printed sums
    say of how its lines were read, None where it has none."""

    kind: TableKind
    title: str | None
    total_points: Decimal | None
    columns: tuple[Column, ...]
    cells: tuple[Cell, ...]
    page_first: int | None = None
    page_last: int | None = None
    origins: tuple[Origin, ...] = ()
    proof: Proof | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """One scored line. ``table`` indexes ``Catalogue.tables``; ``row_first``/``row_last`` are grid rows of it; ``key`` is the
    content hash of the contract; ``floor``/``ceiling`` bound what it can come to, None where nothing bounds it."""

    table: int
    kind: IndicatorKind
    counts_to_total: bool
    key: str
    level1: str | None = None
    level1_points: Decimal | None = None
    level2: str | None = None
    level2_points: Decimal | None = None
    path: tuple[str, ...] = ()
    number: str | None = None
    name: str | None = None
    requirement: str | None = None
    criteria: str | None = None
    points: Decimal | None = None
    points_text: str | None = None
    floor: Decimal | None = None
    ceiling: Decimal | None = None
    row_first: int | None = None
    row_last: int | None = None
    page: int | None = None
    origins: tuple[Origin, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemTerms:
    """What a sub-item of a line's column ``field`` says: ``text`` without its label, ``points`` as printed with it. ``start``/``end`` span it, label included,
    in the column's value."""

    field: Field
    label: str | None
    text: str
    points: Decimal | None
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(ItemTerms):
    """A sub-item of an indicator's text."""

    indicator: int
    origins: tuple[Origin, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseTerms:
    """What a clause says, as read or as corrected. ``share`` is a part of 1, ``base`` is counted in ``per_unit``."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause(ClauseTerms):
    """One statement of how points move. ``indicator`` is set for scope ``line``; else ``block`` (or ``table`` for a cell outside
    lines) says where it stands, ``acts_on`` the one table on which a clause about several lines acts, ``category`` the path of the
    category; ``exceptions`` are what it leaves out, as printed. ``start``/``end`` are half-open offsets into the indicator's column ``field`` or the block's text.
    ``binds`` are indexes of ``Catalogue.clauses``."""

    scope: Scope
    rule: str
    indicator: int | None = None
    block: int | None = None
    table: int | None = None
    field: Field | None = None
    binds: tuple[int, ...] = ()
    acts_on: int | None = None
    category: tuple[str, ...] | None = None
    exceptions: tuple[str, ...] = ()
    origins: tuple[Origin, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetTerms:
    """A number that a fact must reach, as read or as corrected. ``metric`` is None where the notice names nothing that is measured."""

    field: Field
    start: int
    end: int
    metric: str | None
    comparator: Comparator
    value: Decimal
    unit: str | None = None
    value_high: Decimal | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold(TargetTerms):
    """A target of an indicator. ``clause`` indexes ``Catalogue.clauses`` where the number stands inside a clause."""

    indicator: int
    text: str
    rule: str
    basis: str | None = None
    clause: int | None = None
    kind: ThresholdKind | None = None
    origins: tuple[Origin, ...] = ()


@dataclass(frozen=True, slots=True)
class Responsibility:
    """Who answers for an indicator."""

    indicator: int
    role: Role
    party: str
    origins: tuple[Origin, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure that a report states. ``start``/``end`` are half-open offsets into the block's text."""

    block: int
    start: int
    end: int
    text: str
    metric: str
    value: Decimal
    unit: str | None
    rule: str
    approximate: bool = False
    change: Literal['up', 'down'] | None = None
    change_value: Decimal | None = None
    change_unit: str | None = None
    basis: str | None = None
    period: str | None = None
    origins: tuple[Origin, ...] = ()


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that one notice says. ``document`` is the source as extracted; ``blocks`` and ``tables`` replace its own once
    stitched. Findings of the extractor stand in ``findings`` too."""

    document: Document
    notice: Notice
    blocks: tuple[BlockRow, ...]
    tables: tuple[TableRow, ...]
    indicators: tuple[Indicator, ...] = ()
    items: tuple[Item, ...] = ()
    clauses: tuple[Clause, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    facts: tuple[Fact, ...] = ()
    findings: tuple[Finding, ...] = ()
    amounts_seen: int = 0
    amounts_held: int = 0
