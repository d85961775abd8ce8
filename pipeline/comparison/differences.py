"""All that changed between two sides: lines that came and went, moved or changed, categories, totals."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kaohe.pipeline.comparison.line_changes import Change, changes_of_line, number
from kaohe.pipeline.comparison.matching import Match, match_lines
from kaohe.pipeline.comparison.sides import ComparedLine, Side

Place = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sides, which of their lines are one, and what changed, in the order of the second side."""

    before: Side
    after: Side
    matches: tuple[Match, ...]
    changes: tuple[Change, ...]

    @property
    def unchanged(self) -> int:
        """How many lines stand on both sides without any change of their own."""
        changed = {change.line_before.id for change in self.changes if change.line_before and change.line_after}
        return sum(self.before.lines[match.before].id not in changed for match in self.matches)


def compare(before: Side, after: Side) -> Comparison:
    """Compares two sides. Numbers of lines are not compared: they change with every line that is put in before."""
    matches = match_lines(before.lines, after.lines)
    pairs = [(before.lines[match.before], after.lines[match.after]) for match in matches]
    renamed = _renamed(before.lines, after.lines, pairs)
    changes = [*_totals(before, after, renamed), *_categories(pairs, renamed)]
    matched_before, matched_after = {match.before for match in matches}, {match.after: match for match in matches}
    moved = _moved(before.lines, after.lines, matches, renamed)
    for j, line in enumerate(after.lines):
        match = matched_after.get(j)
        if match is None:
            changes.append(Change('line', 'added', None, None, _said(line), None, line))
            continue
        one = before.lines[match.before]
        if match.before in moved:
            places = (' / '.join(one.place), ' / '.join(line.place))
            changes.append(Change('place', 'moved', None, *places, one, line, match.similarity))
        changes += changes_of_line(one, line, match.similarity)
    changes += (
        Change('line', 'dropped', None, _said(line), None, line)
        for i, line in enumerate(before.lines) if i not in matched_before
    )  # fmt: skip
    return Comparison(before, after, matches, tuple(changes))


def _said(line: ComparedLine) -> str:
    said = '\n'.join(text for text in (line.name, line.requirement, line.criteria) if text)
    return f'{said}（{number(line.points)}分）' if line.points is not None else said


def _renamed(
    before: Sequence[ComparedLine], after: Sequence[ComparedLine], pairs: Sequence[tuple[ComparedLine, ComparedLine]]
) -> dict[Place, Place]:
    """Each place of the one side as it is called on the other: a place that is gone is the new place where most of its lines stand."""
    ours, theirs = {line.place for line in before}, {line.place for line in after}
    went: defaultdict[Place, Counter[Place]] = defaultdict(Counter)
    for one, other in pairs:
        went[one.place][other.place] += 1
    names = {place: place for place in ours}
    for place, places in went.items():
        best = min(places, key=lambda x: (-places[x], x))
        if place not in theirs and best not in ours and len(best) == len(place):
            names[place] = best
    return names


def _totals(before: Side, after: Side, renamed: dict[Place, Place]) -> Iterator[Change]:
    tables = {place[0]: name[0] for place, name in renamed.items()}
    for title, total in before.totals.items():
        now = after.totals.get(tables.get(title, title))
        if now is not None and now != total:
            yield Change('total', 'changed', title, number(total), number(now))


def _categories(pairs: Sequence[tuple[ComparedLine, ComparedLine]], renamed: dict[Place, Place]) -> Iterator[Change]:
    """Categories that are called otherwise, and those that are worth more or less; each is named once."""
    seen: set[tuple[int, Place, Place]] = set()
    for one, other in pairs:
        if renamed[one.place] != other.place:
            continue  # a line that moved says nothing of its category
        for depth in range(1, len(one.place)):
            upper = (depth, one.place[: depth + 1], other.place[: depth + 1])
            if upper in seen:
                continue
            seen.add(upper)
            if one.place[depth] != other.place[depth]:
                yield Change('category', 'changed', None, one.place[depth], other.place[depth])
            if depth <= len(one.category_points):
                points, now = one.category_points[depth - 1], other.category_points[depth - 1]
                if points != now:
                    yield Change('category', 'changed', other.place[depth], number(points), number(now))


def _moved(
    before: Sequence[ComparedLine], after: Sequence[ComparedLine], matches: Sequence[Match], renamed: dict[Place, Place]
) -> set[int]:
    """The lines of ``before`` that stand in another category or table now, or at another place among the lines of their own."""
    moved: set[int] = set()
    staying: defaultdict[Place, list[Match]] = defaultdict(list)
    for match in matches:
        place = after[match.after].place
        if renamed[before[match.before].place] == place:
            staying[place].append(match)
        else:
            moved.add(match.before)
    for group in staying.values():
        kept = _longest_rising([match.after for match in group])
        moved.update(match.before for at, match in enumerate(group) if at not in kept)
    return moved


def _longest_rising(values: Sequence[int]) -> set[int]:
    """The indexes of a longest rising subsequence: what stands in the old order, so that the fewest lines count as moved."""
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int | None] = []
    for at, value in enumerate(values):
        length = bisect_left(tails, value)
        tails[length : length + 1] = [value]
        ends[length : length + 1] = [at]
        previous.append(ends[length - 1] if length else None)
    kept: set[int] = set()
    at_last = ends[-1] if ends else None
    while at_last is not None:
        kept.add(at_last)
        at_last = previous[at_last]
    return kept
