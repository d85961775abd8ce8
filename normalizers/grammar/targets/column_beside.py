"""A number in the scoring text that names nothing speaks of what the requirement beside it measures: 准时率不低于95% | 低于80%不得分."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

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
    return tuple(
        replace(target, metric=next(iter(names)))
        if len(names := by_unit.get(target.unit, set())) == 1
        and None not in names
        and (target.metric is None or _is_borrowed(target.metric, subject))
        else target
        for target in found
    )


def _is_borrowed(metric: str, subject: str | None) -> bool:
    """Whether the metric is what the line speaks of."""
    borrowed = metric_of(subject) if subject else None
    return borrowed is not None and metric == borrowed.subject
