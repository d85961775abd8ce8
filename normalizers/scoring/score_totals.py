"""The scores of lines → those of their categories, tables and the notice: bonus up to its printed limits, less penalties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from kaohe.normalizers.scoring.engine import LineScore
from kaohe.normalizers.scoring.term_amounts import ENDLESS, ZERO

_LOW: Final = 0
_HIGH: Final = 1


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """Where a line stands: its table and category, what it is, and the line whose points cell it ``shares``."""

    indicator: str
    table: str
    category: str | None
    kind: str
    points: Decimal | None
    counts: bool
    shares: str | None = None
    vetoes: tuple[str, ...] = ()
    downgrades: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``points`` together for these lines. ``says`` is the sentence of the notice."""

    points: Decimal
    lines: frozenset[str]
    says: str


@dataclass(frozen=True, slots=True)
class ScoredTable:
    """A scoring table: the total that it prints; ``below``: it says that the total may go below 0."""

    id: str
    title: str | None
    total: Decimal | None = None
    below: bool = False


@dataclass(frozen=True, slots=True)
class TableWeights:
    """How much the total of each table counts (0 to 1, together 1) for that of the notice. ``says`` is the sentence of the notice."""

    says: str
    shares: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class TotalledPart:
    """Lines that are added up together: those of a table, or of one ``category`` of it."""

    lines: Sequence[PlacedLine]
    table: ScoredTable
    category: str | None


@dataclass(frozen=True, slots=True)
class ScoreTotal:
    """What a table (``category`` None), a category of it, or the whole notice (``table`` None) comes to. None is unbounded or open.

    ``possible`` is what the scored lines are worth; ``bonus`` and ``penalty`` are what was added and taken, None while open.
    """

    table: str | None
    category: str | None
    possible: Decimal | None
    low: Decimal | None
    high: Decimal | None
    score: Decimal | None
    bonus: Decimal | None
    penalty: Decimal | None
    vetoes: int
    downgrades: int
    unanswered: int

    @property
    def lost(self) -> Decimal | None:
        """What the scored lines lost, so that possible − lost + bonus − penalty = score; None while open."""
        if self.possible is None or self.score is None or self.bonus is None or self.penalty is None:
            return None
        return self.possible + self.bonus - self.penalty - self.score


def totals(
    placed: Sequence[PlacedLine],
    scores: Mapping[str, LineScore],
    sheets: Sequence[ScoredTable],
    limits: Sequence[Limit],
    weights: TableWeights | None = None,
) -> list[ScoreTotal]:
    """Every category of every table, each table, and the notice where its tables make one: one alone that scores, or several by ``weights``."""
    found = [_total(part.lines, scores, limits, part.table, part.category) for part in parts_of(placed, sheets)]
    if weights is not None:
        return [*found, _weighted(found, placed, scores, limits, weights)]
    main = one_that_scores(sheets, placed)
    if main is not None:
        whole = _total(placed, scores, limits, main, None)
        found.append(replace(whole, table=None))
    return found


def parts_of(placed: Sequence[PlacedLine], sheets: Sequence[ScoredTable]) -> Iterator[TotalledPart]:
    """What is added up, in order: the categories of each table that has several, then the table."""
    for sheet in sheets:
        lines = [line for line in placed if line.table == sheet.id]
        categories: dict[str | None, list[PlacedLine]] = {}
        for line in lines:
            categories.setdefault(line.category, []).append(line)
        for category, within in categories.items() if len(categories) > 1 else ():
            yield TotalledPart(within, ScoredTable(sheet.id, sheet.title, None, below=True), category or '（未分类）')
        if lines:
            yield TotalledPart(lines, sheet, None)


def one_that_scores(sheets: Sequence[ScoredTable], placed: Sequence[PlacedLine]) -> ScoredTable | None:
    """The one table of several whose scored lines make the notice's total; None where there is none, or more."""
    main = that_score(sheets, placed)
    return main[0] if len(main) == 1 and len({line.table for line in placed}) > 1 else None


def that_score(sheets: Sequence[ScoredTable], placed: Sequence[PlacedLine]) -> list[ScoredTable]:
    """The tables with scored lines: all others belong to the one, or stand beside several."""
    return [sheet for sheet in sheets if any(line.table == sheet.id and line.kind == 'scored' for line in placed)]


def _total(
    lines: Sequence[PlacedLine],
    scores: Mapping[str, LineScore],
    limits: Sequence[Limit],
    sheet: ScoredTable,
    category: str | None,
) -> ScoreTotal:
    scored = [line for line in lines if line.kind == 'scored']
    printed = [line.points for line in scored if line.points is not None]
    possible = sheet.total if sheet.total is not None and category is None else sum(printed, ZERO) if printed else None
    ends: list[Decimal] = []
    bonus: list[Decimal] = []
    penalty: list[Decimal] = []
    for end in (_LOW, _HIGH):
        base = possible if scored and not printed and possible is not None else ZERO
        bonus.append(_limited([line for line in lines if line.kind == 'bonus'], scores, limits, end))
        penalty.append(sum((_end(scores[line.indicator], end) for line in lines if line.kind == 'penalty'), ZERO))
        whole = base + _together(scored, scores, end) + bonus[-1] + penalty[-1]
        may_fall = sheet.below or (not printed and possible is None)
        ends.append(whole if may_fall else max(whole, ZERO))
    known = [scores[line.indicator] for line in lines]
    low, high = (None if abs(end) == ENDLESS else end for end in ends)
    return ScoreTotal(
        sheet.id,
        category,
        possible,
        low,
        high,
        low if low is not None and low == high else None,
        bonus[0] if bonus[0] == bonus[1] and bonus[0] != ENDLESS else None,
        -penalty[0] if penalty[0] == penalty[1] and penalty[0] != -ENDLESS else None,
        _held(known, lines, 'vetoes'),
        _held(known, lines, 'downgrades'),
        sum(len(score.open) for score in known),
    )


def _weighted(
    found: Sequence[ScoreTotal],
    placed: Sequence[PlacedLine],
    scores: Mapping[str, LineScore],
    limits: Sequence[Limit],
    weights: TableWeights,
) -> ScoreTotal:
    """The weighted totals of the tables, and the bonus and penalty lines of all others as they are."""
    tables = [
        (total, weights.shares[total.table])
        for total in found
        if total.table is not None and total.category is None and total.table in weights.shares
    ]
    beside = _total(
        [line for line in placed if line.table not in weights.shares], scores, limits, ScoredTable('', None, below=True), None
    )  # fmt: skip

    def summed(what: str) -> Decimal | None:
        values = [(getattr(total, what), share) for total, share in [*tables, (beside, Decimal(1))]]
        return (
            None if any(value is None for value, _ in values) else sum((value * share for value, share in values), ZERO)
        )

    ends = [None if (end := summed(what)) is None else max(end, ZERO) for what in ('low', 'high')]
    possible = [total.possible * share for total, share in tables if total.possible is not None]
    return ScoreTotal(
        None, None, sum(possible, ZERO) if len(possible) == len(tables) else None, ends[0], ends[1],
        ends[0] if ends[0] is not None and ends[0] == ends[1] else None, summed('bonus'), summed('penalty'),
        *(sum(getattr(total, what) for total in (*(total for total, _ in tables), beside)) for what in ('vetoes', 'downgrades', 'unanswered')),
    )  # fmt: skip


def _together(lines: Sequence[PlacedLine], scores: Mapping[str, LineScore], end: int) -> Decimal:
    """The sum of scored lines; lines that share a points cell come to no more than it says."""
    sums: dict[str, Decimal] = {}
    tops: dict[str, Decimal] = {}
    for line in lines:
        group = line.shares or line.indicator
        sums[group] = sums.get(group, ZERO) + _end(scores[line.indicator], end)
        if line.shares is not None and line.points is not None:
            tops[group] = line.points
    return sum((min(max(total, ZERO), tops[group]) if group in tops else total for group, total in sums.items()), ZERO)


def _limited(
    lines: Sequence[PlacedLine], scores: Mapping[str, LineScore], limits: Iterable[Limit], end: int
) -> Decimal:
    left = {line.indicator: _end(scores[line.indicator], end) for line in lines}
    for limit in sorted(limits, key=lambda limit: (len(limit.lines), limit.points)):
        room = limit.points
        for one in left:
            if one in limit.lines:
                left[one] = min(left[one], max(room, ZERO))
                room -= left[one]
    return sum(left.values(), ZERO)


def _end(score: LineScore, end: int) -> Decimal:
    if end == _LOW:
        return -ENDLESS if score.low is None else score.low
    return ENDLESS if score.high is None else score.high


def _held(scores: Iterable[LineScore], lines: Iterable[PlacedLine], what: str) -> int:
    clauses = {clause for line in lines for clause in getattr(line, what)}
    return sum(held is True for score in scores for clause, held in score.beside if clause in clauses)
