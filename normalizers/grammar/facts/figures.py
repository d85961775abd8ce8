"""What a figure of a report measures: the noun before it, the noun after it, or the figure before it in the sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from msgspec.structs import replace

from kaohe.normalizers.grammar.quantities.quantity import Quantity
from kaohe.normalizers.grammar.targets.metrics import Metric, is_rate, metric_before, noun_after, part_begins
from kaohe.normalizers.vocabulary import report_words as vocabulary
from kaohe.normalizers.vocabulary import target_words

Change = Literal['up', 'down']

DIRECTIONS: dict[str, Change] = {
    word: 'up' if word in target_words.UP else 'down'
    for word in (*target_words.UP, *target_words.DOWN)
    if word not in ('新增', '净增')
}
"""Which way a word of change goes. ``新增`` makes a figure, no change (ruling 27)."""


_LONG = 8


@dataclass(frozen=True, slots=True)
class NamedFigure:
    """The metric of a figure, the span that both take, and the direction where the figure is a change or was reached by one."""

    metric: Metric
    start: int
    end: int
    change: Change | None = None


def name_figure(
    text: str, barrier: int, quantity: Quantity, last: str | None, topic: Metric | None
) -> NamedFigure | None:
    """The name of the figure ``quantity``, looked for from ``barrier`` on. ``last`` is the metric of the figure before it in the sentence,
    ``topic`` what the sentence opens with. None where nothing names it."""
    if is_rank(text, quantity):
        return _rank(text, barrier, quantity, last, topic)
    return _value(text, barrier, quantity, last)


def is_rank(text: str, quantity: Quantity) -> bool:
    """Whether a figure is a place in an order: ``第69位``."""
    return text[quantity.start - 1 : quantity.start] == '第'


def _rank(text: str, barrier: int, quantity: Quantity, last: str | None, topic: Metric | None) -> NamedFigure:
    """The rank of what stands before it, else of the figure before, else of what the sentence is about."""
    start = quantity.start - 1
    owner = metric_before(text, part_begins(text, barrier, quantity.left), start)
    change: Change | None = None
    if owner is not None and owner.direction is not None:  # 由第12位上升至第5位
        change = DIRECTIONS[owner.direction]
        owner = replace(owner, name=owner.subject, direction=None) if owner.subject else None
    if owner is None:
        owner = Metric(last, start, quantity.right) if last else topic or Metric('排名', start, quantity.right)
    name = owner.name if vocabulary.RANKING.search(owner.name) else owner.name + '排名'
    return NamedFigure(replace(owner, name=name), min(owner.start, start), quantity.right, change)


def _value(text: str, barrier: int, quantity: Quantity, last: str | None) -> NamedFigure | None:
    part = part_begins(text, barrier, quantity.left)
    before = metric_before(text, part, quantity.left)
    countable = quantity.unit in target_words.COUNT_UNITS or quantity.unit in target_words.MASS_UNITS
    follows = noun_after(text, quantity.right) if countable else None
    if before is not None and before.direction is not None:
        counted = None if text.startswith('的', quantity.right) else follows
        return _change(before, before.direction, counted, quantity, last)
    if follows is not None and (before is None or not is_rate(before.name)):
        return _counted(text[part : quantity.left], before, follows, quantity)
    if before is not None:
        return _named_before(text, part, before, quantity, last)
    if last is not None:
        lead = text[part : quantity.left]
        name = ('新增' if lead.endswith('新增') else '') + last + ('占' if lead.endswith('占') else '')
        return NamedFigure(
            Metric(name, quantity.left, quantity.right), quantity.left, quantity.right, _reached_by(quantity)
        )
    earlier = metric_before(text, barrier, part - 1) if part > barrier else None
    return NamedFigure(earlier, earlier.start, quantity.right, _reached_by(quantity)) if earlier else None


def _change(before: Metric, word: str, follows: Metric | None, quantity: Quantity, last: str | None) -> NamedFigure:
    """A figure that is only a change (ruling 27): ``床位减少86张``, ``增加20张床位``."""
    change = DIRECTIONS[word]
    if follows is not None:
        return NamedFigure(replace(follows, name=word + follows.name), quantity.left, follows.end, change)
    if before.name == word and last is not None:
        return NamedFigure(replace(before, name=last + word), before.start, quantity.right, change)
    name = before.name.rpartition('、')[2]
    return NamedFigure(replace(before, name=name), before.end - len(name), quantity.right, change)


def _counted(lead: str, before: Metric | None, follows: Metric, quantity: Quantity) -> NamedFigure:
    """A count with its noun behind it: ``设立36个巡护点``, ``鲁迅小学58次文化课``. After 等, and where it is long, the noun before is no part of
    the name (``全面预算、医务等10余个管理系统``)."""
    if before is None or lead.endswith(vocabulary.ENUMERATION) or len(before.name) > _LONG:
        verb = vocabulary.KEPT.search(lead)
        name = (verb.group() if verb else '') + follows.name
        return NamedFigure(replace(follows, name=name), quantity.left, follows.end)
    return NamedFigure(replace(before, name=before.name + follows.name), before.start, follows.end)


def _named_before(text: str, part: int, before: Metric, quantity: Quantity, last: str | None) -> NamedFigure:
    turn = next((word for word in vocabulary.TURNS if text.endswith(word, part, before.start)), None)
    if turn is not None:  # 减少编外人员12人
        return NamedFigure(
            replace(before, name=turn + before.name), before.start - len(turn), quantity.right, DIRECTIONS[turn]
        )
    if last is not None and before.name in vocabulary.NEW:
        before = replace(before, name=before.name + last)
    elif last is not None and before.name.startswith(vocabulary.OF_LAST):
        before = replace(before, name=last + before.name)
    return NamedFigure(before, before.start, quantity.right, _reached_by(quantity))


def _reached_by(quantity: Quantity) -> Change | None:
    """``缩短至30天``: the figure is where a change led."""
    return DIRECTIONS.get(quantity.before[:-1]) if quantity.before.endswith(('至', '到')) else None
