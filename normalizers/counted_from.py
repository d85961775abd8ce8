"""From where a clause counts that does not say so itself: the one target of its line's requirement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kaohe.normalizers.catalogue import Clause, Threshold
from kaohe.normalizers.grammar.clauses.shortfall import in_unit


def with_bases(clauses: Sequence[Clause], thresholds: Iterable[Threshold]) -> list[Clause]:
    """The clauses, each that counts a shortfall or an excess with the base that its line's requirement states.

    Of several targets in the clause's unit the one counts whose metric the clause names; where that does not decide, none.
    """
    targets: dict[int, list[Threshold]] = {}
    for target in thresholds:
        if target.field == 'requirement' and target.comparator != 'between' and target.kind != 'boundary':
            targets.setdefault(target.indicator, []).append(target)
    return [
        _with_base(clause, targets.get(clause.indicator, ())) if clause.indicator is not None else clause
        for clause in clauses
    ]


def _with_base(clause: Clause, targets: Sequence[Threshold]) -> Clause:
    if clause.field != 'criteria' or clause.direction is None or clause.base is not None or clause.per_unit is None:
        return clause
    found = [
        (target, value)
        for target in targets
        if (value := in_unit(target.value, target.unit, clause.per_unit)) is not None
    ]
    named = [pair for pair in found if pair[0].metric and pair[0].metric in (clause.condition or '')]
    values = {value for _, value in named or found}
    return replace(clause, base=values.pop()) if len(values) == 1 else clause
