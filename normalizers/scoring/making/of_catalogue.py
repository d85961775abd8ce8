"""The lines of a catalogue as the rules take them. ``ids`` name its elements."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Protocol

from kaohe.normalizers.catalogue import Catalogue, ClauseTerms, ItemTerms, TargetTerms
from kaohe.normalizers.scoring.material import Aim, Said, ScoredLine

_SAID_OF, _AIM_OF = (attrgetter(*(known.name for known in fields(of))) for of in (ClauseTerms, TargetTerms))


class Named(Protocol):
    """The ids of a catalogue's elements, by their index."""

    @property
    def indicators(self) -> Sequence[str]: ...
    @property
    def clauses(self) -> Sequence[str]: ...
    @property
    def thresholds(self) -> Sequence[str]: ...


def lines_of(catalogue: Catalogue, ids: Named) -> Iterator[ScoredLine]:
    """Every line of the catalogue, in order."""
    said: defaultdict[int, list[Said]] = defaultdict(list)
    aims: defaultdict[int, list[Aim]] = defaultdict(list)
    parts: defaultdict[int, list[ItemTerms]] = defaultdict(list)
    for at, one in enumerate(catalogue.clauses):
        if one.indicator is not None and one.field is not None:
            binds = tuple([ids.clauses[bound] for bound in one.binds])
            said[one.indicator].append(Said._make((ids.clauses[at], one.field, *_SAID_OF(one), binds, '')))
    for at, aim in enumerate(catalogue.thresholds):
        clause = None if aim.clause is None else ids.clauses[aim.clause]
        aims[aim.indicator].append(Aim._make((ids.thresholds[at], *_AIM_OF(aim), clause)))
    for item in catalogue.items:
        parts[item.indicator].append(item)
    shares = shared_cells(catalogue)
    seen: Counter[str] = Counter()
    for at, line in enumerate(catalogue.indicators):
        texts = (
            ('name', line.name), ('requirement', line.requirement), ('criteria', line.criteria), ('points_text', line.points_text)
        )  # fmt: skip
        group = shares.get(at)
        seen[line.key] += 1
        told = tuple((name, text) for name, text in texts if text)
        yield ScoredLine(
            ids.indicators[at],
            f'{line.key}#{seen[line.key]}',
            line.kind,
            line.points,
            told,
            tuple(said[at]),
            tuple(aims[at]),
            tuple(parts[at]),
            line.name,
            open_below=line.floor is None,
            open_above=line.points is not None and line.ceiling is None,
            shares=None if group is None else ids.indicators[group],
        )


def shared_cells(catalogue: Catalogue) -> dict[int, int]:
    """Lines that share a merged points cell → the line on which the points stand (itself too)."""
    spans = {
        (table, cell.row, cell.col): cell.row + cell.row_span
        for table, read in enumerate(catalogue.tables)
        for cell in read.cells
        if cell.row_span > 1
    }
    found: dict[int, int] = {}
    first, end = None, 0
    for at, line in enumerate(catalogue.indicators):
        place = next(
            (one for one in line.origins if one.field in ('points', 'points_text') and one.table is not None), None
        )
        if line.points is not None:
            first = None
            if place is not None and (place.table, place.row, place.col) in spans:
                first, end = at, spans[place.table, place.row, place.col]  # type: ignore[index]
            continue
        if (
            first is not None
            and catalogue.indicators[first].table == line.table
            and line.row_first is not None
            and line.row_first < end
        ):
            found[first] = first
            found[at] = first
    return found
