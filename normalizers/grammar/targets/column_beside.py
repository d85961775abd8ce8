"""A number in the scoring text that names nothing speaks of what the requirement beside it measures: 准时率不低于95% | 低于80%不得分."""

from __future__ import annotations

from collections.abc import Sequence

from kaohe.normalizers.grammar.targets.metrics import metric_of
from kaohe.normalizers.grammar.targets.reader import ThresholdMatch


def named_beside(
    found: Sequence[ThresholdMatch], asked: Sequence[ThresholdMatch], subject: str | None
) -> tuple[ThresholdMatch, ...]:
    """The targets of a scoring text, those that were named by the line alone (``subject``) named by the requirement's one target of the same
    unit. ``asked`` are the requirement's."""
    by_unit: dict[str | None, set[str | None]] = {}
    for target in asked:
        by_unit.setdefault(target.unit, set()).add(target.metric)
    borrowed = metric_of(subject) if subject else None
    return tuple(
        target._replace(metric=next(iter(names)))
        if (target.metric is None or (borrowed is not None and target.metric == borrowed.subject))
        and len(names := by_unit.get(target.unit, set())) == 1
        and None not in names
        else target
        for target in found
    )
