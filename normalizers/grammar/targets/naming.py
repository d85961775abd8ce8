"""The metric of each target: from the words before it, after it, earlier in the sentence, from the target before, or the line's subject."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kaohe.normalizers.catalogue import Field
from kaohe.normalizers.grammar.quantities import Quantity, joined
from kaohe.normalizers.grammar.targets.metrics import (
    Metric,
    is_rate,
    metric_after,
    metric_before,
    metric_of,
    part_begins,
    share_out,
)
from kaohe.normalizers.vocabulary import phrase_words
from kaohe.normalizers.vocabulary import target_words as vocabulary


class NamedQuantity(NamedTuple):
    """The metric of a quantity, the span that both take, what the quantity is compared with and how often it is asked for."""

    metric: Metric | None
    start: int
    end: int
    basis: str | None
    period: str | None


_PERIOD = re.compile(vocabulary.PERIOD)
_BASIS = re.compile(vocabulary.BASIS)
# every basis holds one of them, and few texts do
_COMPARES = re.compile('[与同较比]')
_SHARED = re.compile(r'分别|各自|依次')
_POINTS = re.compile(r'\d分$|不得分$')
_LONGEST = 80
"""Characters before a number in which its metric, basis and period are looked for; keeps the time linear."""


def name_targets(text: str, accepted: Sequence[Quantity], field: Field, subject: str | None) -> Iterator[NamedQuantity]:
    """One name for each target, in order. Those of one list (``分别达到30%、15%以上``) share the words before the first."""
    last: NamedQuantity | None = None
    unit: str | None = None
    position = 0
    while position < len(accepted):
        size = 1
        while position + size < len(accepted) and joined(text, *accepted[position + size - 1 : position + size + 1]):
            size += 1
        run = accepted[position : position + size]
        position += size
        barrier = max(last.end if last else 0, run[0].left - _LONGEST)
        begin = part_begins(text, barrier, run[0].left)
        compares = _COMPARES.search(text, begin, run[0].left)
        basis = _BASIS.search(text, begin, run[0].left) if compares else None
        periods = _PERIOD.findall(text, begin, run[0].start)
        inherited = last.metric if last and unit == run[0].unit else None
        metric, start, end = _name(text, run[0], barrier, last.metric if last else None, inherited, field, subject)
        metrics: Sequence[Metric | None] = [metric] * size
        if size > 1 and metric and _SHARED.search(text, metric.start, run[0].start):
            metrics = share_out(metric, size) or metrics
        for index, (quantity, own) in enumerate(zip(run, metrics, strict=True)):
            last = NamedQuantity(
                own,
                start if index == 0 else quantity.left,
                max(end, quantity.right) if index == 0 else quantity.right,
                basis.group() if basis else None,
                periods[-1] if periods else None,
            )
            yield last
        unit = run[-1].unit


def _name(
    text: str,
    quantity: Quantity,
    barrier: int,
    previous: Metric | None,
    inherited: Metric | None,
    field: Field,
    subject: str | None,
) -> tuple[Metric | None, int, int]:
    """The metric of one target and the span of both. ``previous`` is the metric of the target before, ``inherited`` the same where its unit is
    equal, so that both may be bands of one measure."""
    begin = part_begins(text, barrier, quantity.left)
    if quantity.named is not None:
        between = text[slice(*quantity.named)]
        if len(between) > 1 and not between.isascii() and between not in vocabulary.STANDS_FOR:
            return Metric(between, *quantity.named), quantity.left, quantity.right
    before = metric_before(text, begin, quantity.left)
    earlier = _earlier(text, barrier, begin, field)
    if before is not None and before.name == before.direction:
        return _change(before, earlier, previous, quantity)
    after = metric_after(text, quantity.right)
    if after is not None and (before is None or _names_what_follows(text, quantity, before)):
        if before is not None and quantity.unit in vocabulary.PERCENT_UNITS:
            return after._replace(name=before.name + after.name), before.start, after.end
        return after, _lead_in(text, begin, quantity), after.end
    if before is None:
        before = metric_before(text, begin, quantity.left, bare=True)
    if before is not None:
        if before.name in vocabulary.STANDS_FOR and subject and (own := metric_of(subject)):
            # 目标值90%: of what the line is about
            return own, before.start, quantity.right
        return before, before.start, quantity.right
    if earlier is not None:
        return earlier, earlier.start, quantity.right
    if inherited is not None:
        return inherited._replace(name=inherited.subject, direction=None), quantity.left, quantity.right
    if quantity.unit in phrase_words.SELF_NAMING:
        return Metric(quantity.unit, quantity.end - len(quantity.unit), quantity.end), quantity.left, quantity.right
    return metric_of(subject) if subject else None, quantity.left, quantity.right


def _earlier(text: str, barrier: int, begin: int, field: Field) -> Metric | None:
    """What the part of the sentence before names: ``协作单位的检查，年度不少于4次``. In criteria only a rate: there, parts before a number mostly say
    how inspectors look (``查文件和资料，未达50%``)."""
    while begin > barrier and text[begin - 1] == '\n':
        begin -= 1
    if begin <= barrier or text[begin - 1] not in ',:':
        return None
    found = metric_before(text, barrier, begin - 1, bare=True)
    if found is None or phrase_words.NO_METRIC.match(found.name) or _POINTS.search(found.name):
        return None
    return found if field == 'requirement' or is_rate(found.name) or found.direction or text[begin - 1] == ':' else None


def _change(
    before: Metric, earlier: Metric | None, previous: Metric | None, quantity: Quantity
) -> tuple[Metric, int, int]:
    """``网办率达到85%，较上年提高5个百分点``: only the direction stands before the number; what changes was named before."""
    owner = earlier or previous
    if owner is None:
        return before, before.start, quantity.right
    start = owner.start if owner is earlier else before.start
    return before._replace(name=owner.subject + before.name), start, quantity.right


def _names_what_follows(text: str, quantity: Quantity, before: Metric) -> bool:
    """``15分钟内到达现场``, ``每半年一次谈心谈话``, ``不少于8个病种``, ``50%病房开展优质护理``: the number bears on what comes after it."""
    if quantity.after in ('内', '以内', '之内') and quantity.unit in vocabulary.TIME_UNITS:
        return True
    if is_rate(before.name) or before.direction:
        return False
    if quantity.unit in vocabulary.PERCENT_UNITS:
        return True
    if quantity.unit in vocabulary.COUNT_UNITS and not quantity.after:
        return True
    return any(
        found.end() == quantity.left for found in _PERIOD.finditer(text, max(0, quantity.left - 8), quantity.left)
    )


def _lead_in(text: str, begin: int, quantity: Quantity) -> int:
    """Where the words of a target begin whose metric follows it: at its period, where one stands close before."""
    begin = max(begin, quantity.left - 8)
    return next((found.start() for found in _PERIOD.finditer(text, begin, quantity.left)), quantity.left)
