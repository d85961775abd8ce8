"""A text of a line beside all that was read in it, and what a check says about it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeVar

from kaohe.normalizers.catalogue import Catalogue, Clause, Effect, Field, Indicator, Item, Threshold
from kaohe.normalizers.text.folding import halfwidth

FIELDS: tuple[Field, ...] = ('requirement', 'criteria', 'name', 'points_text')
_AROUND = 24
_BEFORE = 16
_ENDS = '。；;\n'


@dataclass(frozen=True)
class LineText:
    """A column of a line: ``text`` half-width (spans hold in the column's value), the clauses with their indexes in the catalogue, the targets and
    the sub-items that were read in it."""

    at: int
    line: Indicator
    field: Field
    text: str
    clauses: tuple[tuple[int, Clause], ...]
    thresholds: tuple[Threshold, ...]
    items: tuple[Item, ...]

    @cached_property
    def held(self) -> list[tuple[int, int]]:
        """The spans of clauses, merged and in order."""
        merged: list[tuple[int, int]] = []
        for start, end in sorted((clause.start, clause.end) for _, clause in self.clauses):
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return merged

    def holds(self, position: int) -> bool:
        """Whether a clause holds the character at ``position``."""
        place = bisect_right(self.held, (position, len(self.text) + 1)) - 1
        return place >= 0 and position < self.held[place][1]

    @cached_property
    def amounts(self) -> Counter[Effect]:
        """How many clauses give, add and take."""
        return Counter(clause.effect for _, clause in self.clauses if clause.effect in ('award', 'bonus', 'deduct'))

    @cached_property
    def _clauses_in_order(self) -> tuple[list[int], list[Clause]]:
        clauses = sorted((clause for _, clause in self.clauses), key=lambda clause: clause.start)
        return [clause.start for clause in clauses], clauses

    @cached_property
    def _targets_in_order(self) -> tuple[list[int], list[Threshold]]:
        targets = sorted(self.thresholds, key=lambda target: target.start)
        return [target.start for target in targets], targets

    def clauses_over(self, start: int, end: int) -> list[Clause]:
        """The clauses that share a character with a span; of more than a few that begin before it, the nearest."""
        return _over(*self._clauses_in_order, start, end)

    def targets_over(self, start: int, end: int) -> list[Threshold]:
        """The targets that share a character with a span; of more than a few that begin before it, the nearest."""
        return _over(*self._targets_in_order, start, end)

    def sentence(self, start: int, end: int) -> str:
        """The statement around a span, on one line and not longer than a person reads at a glance."""
        first, last = max(0, start - _AROUND), min(len(self.text), end + _AROUND)
        begin = max(first, *(self.text.rfind(mark, first, start) + 1 for mark in _ENDS))
        stop = min((place for mark in _ENDS if (place := self.text.find(mark, end, last)) >= 0), default=last)
        return ' '.join(self.text[begin:stop].split())


class _Placed(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


Found = TypeVar('Found', bound=_Placed)


def _over(starts: list[int], found: list[Found], start: int, end: int) -> list[Found]:
    if not starts:  # most texts have no target
        return []
    last = bisect_left(starts, end)
    first = max(0, bisect_left(starts, start) - _BEFORE)
    return [one for one in found[first:last] if one.end > start]


@dataclass(frozen=True, slots=True)
class Suspicion:
    """What does not seem right: ``words`` of the text, ``reason`` in Chinese, and the clause that is meant, where one is."""

    words: str
    reason: str
    clause: int | None = None


def line_texts(catalogue: Catalogue) -> Iterator[LineText]:
    """The texts of all lines in which points may move, in order."""
    clauses: dict[tuple[int, Field], list[tuple[int, Clause]]] = defaultdict(list)
    thresholds: dict[tuple[int, Field], list[Threshold]] = defaultdict(list)
    items: dict[tuple[int, Field], list[Item]] = defaultdict(list)
    for index, clause in enumerate(catalogue.clauses):
        if clause.indicator is not None and clause.field is not None:
            clauses[clause.indicator, clause.field].append((index, clause))
    for threshold in catalogue.thresholds:
        thresholds[threshold.indicator, threshold.field].append(threshold)
    for item in catalogue.items:
        items[item.indicator, item.field].append(item)
    for at, line in enumerate(catalogue.indicators):
        for field, value in zip(FIELDS, (line.requirement, line.criteria, line.name, line.points_text), strict=True):
            if value:
                key = (at, field)
                yield LineText(
                    at=at,
                    line=line,
                    field=field,
                    text=halfwidth(value),
                    clauses=tuple(clauses.get(key, ())),
                    thresholds=tuple(thresholds.get(key, ())),
                    items=tuple(items.get(key, ())),
                )
