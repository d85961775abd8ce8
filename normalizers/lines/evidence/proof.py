"""What the printed sums say of how a table was read: the evidence that needs nobody's judgement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kaohe.normalizers.catalogue import Proof, TableRow
from kaohe.normalizers.lines.evidence.totals import Summand, sum_of


@dataclass(frozen=True, slots=True)
class PrintedSum:
    """Points printed for several lines, and what the lines as read add up to. ``name`` is the category's, None for the whole table;
    ``first`` is the first of the lines, by its place in the catalogue; ``lines`` are all of them. ``top`` is whether it is one of the highest
    categories of which each line prints its points."""

    name: str | None
    printed: Decimal
    reached: Decimal
    first: int
    lines: frozenset[int]
    with_bonus: Decimal | None = None
    holds: bool = False
    top: bool = False


# So many categories that hold show that the points of their table are read as they are printed.
_ENOUGH = 3


def printed_sums(total: Decimal | None, lines: Sequence[tuple[int, Summand]]) -> tuple[PrintedSum, ...]:
    """The sums that can be checked: of categories, then of the whole table, which prints ``total``. ``lines`` are those of the table, each with
    its place."""
    categories = tuple(_of_categories(lines))
    return (*categories, *_of_table(total, lines))


def proof_of(table: TableRow, lines: Sequence[tuple[int, Summand]], doubted: bool) -> Proof | None:
    """``proved``: every printed sum holds, and there is one; ``consistent``: none is printed, and nothing is ``doubted``; else ``open``.
    None for a table without lines."""
    if not lines:
        return None
    sums = printed_sums(table.total_points, lines)
    if any(not found.holds for found in sums):
        return 'open'
    if sums:
        return 'proved'
    return 'open' if doubted else 'consistent'


def is_certain(failed: PrintedSum, sums: Sequence[PrintedSum], unsure: bool = False) -> bool:
    """Whether a sum that fails is the notice's own fault: others that hold prove the points of all its lines, or it is the one category at odds in a
    table that is right but for it. Of a table that is ``unsure`` (digits recognised from a picture, a line read with doubt), points are only proved by
    sums that hold."""
    proved = frozenset[int]().union(*(other.lines for other in sums if other.holds and other is not failed))
    if failed.lines <= proved:
        return True
    odd = None if unsure else _odd_one(sums)
    return odd is not None and (failed is odd or (failed.name is None and _follows(failed, odd)))


def _odd_one(sums: Sequence[PrintedSum]) -> PrintedSum | None:
    """The one of the highest categories that fails, where enough others hold and what all of them print comes to the printed total: a category that is
    read wrongly would not leave the total right."""
    tops = [found for found in sums if found.top]
    failing = [found for found in tops if not found.holds]
    totals = [found.printed for found in sums if found.name is None]
    if len(failing) != 1 or len(tops) - 1 < _ENOUGH or totals != [sum(found.printed for found in tops)]:
        return None
    return failing[0]


def _follows(total: PrintedSum, odd: PrintedSum) -> bool:
    return total.printed - total.reached == odd.printed - odd.reached


def _of_categories(lines: Sequence[tuple[int, Summand]]) -> Iterator[PrintedSum]:
    weighed = weights_of(lines) is not None
    for level, name, printed, run in _categories(lines):
        members = [line for _, line in run]
        # what a bonus or penalty part prints is its limit, not its sum; a merged or blank points cell is no doubt, an unread one is
        if printed is None or any(line.kind != 'scored' for line in members if line.points is not None):
            continue
        if any(line.points is None and line.points_text for line in members):
            continue
        own = [line.points for line in members if line.points is not None]
        if own:
            reached = sum(own, Decimal(0))
            # shares of a category may count to its own hundred
            holds = reached == printed or (reached == 100 and (weighed or _are_shares(members)))
            top = level == 1 and len(own) == len(members)
            yield PrintedSum(name, printed, reached, run[0][0], frozenset(at for at, _ in run), holds=holds, top=top)


def weights_of(lines: Sequence[tuple[int, Summand]]) -> Decimal | None:
    """What the highest categories' weights come to, where each of them prints one and its lines count to a hundred of its own (权重 50, its
    lines 100 together); None where the categories are no such."""
    tops: dict[tuple[str | None, Decimal | None], Decimal] = {}
    for _, line in lines:
        if line.kind == 'scored':
            key = (line.level1, line.level1_points)
            tops[key] = tops.get(key, Decimal(0)) + (line.points or 0)
    weights = [weight for _, weight in tops if weight is not None]
    if len(tops) < 2 or len(weights) < len(tops) or any(reached != 100 for reached in tops.values()):
        return None
    return sum(weights, Decimal(0)) if sum(weights) == 100 else None


def _are_shares(lines: Sequence[Summand]) -> bool:
    return all(line.points_text is not None and line.points_text.rstrip().endswith(('%', '％')) for line in lines)


def _categories(
    lines: Sequence[tuple[int, Summand]],
) -> Iterator[tuple[int, str, Decimal | None, list[tuple[int, Summand]]]]:
    """Level, name, printed points and lines of every category of the first and second level; one that is interrupted and taken up again is
    one."""
    for level in (1, 2):
        runs: dict[tuple[str | None, str | None, Decimal | None], list[tuple[int, Summand]]] = {}
        for at, line in lines:
            name, printed = (line.level1, line.level1_points) if level == 1 else (line.level2, line.level2_points)
            if name is not None:
                runs.setdefault((line.level1, name, printed), []).append((at, line))
        for (_, name, printed), run in runs.items():
            yield level, name or '', printed, run


def _of_table(printed: Decimal | None, lines: Sequence[tuple[int, Summand]]) -> Iterator[PrintedSum]:
    members = [line for _, line in lines]
    if printed is None or any(line.points is None and line.points_text for line in members):
        return
    scored = sum_of(line for line in members if line.kind == 'scored')
    if scored is None:
        return
    with_bonus = sum_of(line for line in members if line.kind in ('scored', 'bonus'))
    holds = printed in (scored, with_bonus, sum_of(members), weights_of(lines))
    every = frozenset(at for at, line in lines if line.points is not None and line.kind == 'scored')
    yield PrintedSum(None, printed, scored, lines[0][0], every, with_bonus, holds)
