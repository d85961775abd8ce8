"""The metric of a target whose own part of the sentence names none: from the parts and the target before, from the matter spoken of, from the line."""

from __future__ import annotations

import re

from msgspec import Struct
from msgspec.structs import replace

from kaohe.normalizers.catalogue import Field
from kaohe.normalizers.grammar.quantities.comparators import RUNNING
from kaohe.normalizers.grammar.quantities.quantity import Quantity
from kaohe.normalizers.grammar.targets.metrics import Metric, is_rate, metric_of, names_no_measure
from kaohe.normalizers.grammar.targets.parts_before import matter_before
from kaohe.normalizers.grammar.targets.ranks import RANKING
from kaohe.normalizers.vocabulary import phrase_words
from kaohe.normalizers.vocabulary import target_words as vocabulary

_GOES_ON = re.compile('(?:或者?|且|并且|并|持续|同时|但|而|均|又|,)+')
_DONE = re.compile(
    r'(?:其中)?(?:到|至|截至|截止)?(?:实际|当年|年末|年底|[一二三四1-4]季度末?|[上下]半年|全年|\d{1,2}月(?:底|末)前?)?(?:应|须|要)?(?P<done>完成)(?:任务|目标|计划|指标)?(?:数|量)?的?'
)
_EACH_TIME = re.compile(r'[、,](?:且|并)?每[次场期轮回]')


class Unnamed(Struct, frozen=True):
    """What is asked about one target: the quantity, how far back its words may begin, the metric of the target before (``inherited``: only where its unit
    is equal, so that both may be bands of one measure) and its unit (``measured``), and what the line is about."""

    text: str
    quantity: Quantity
    barrier: int
    begin: int
    previous: Metric | None
    inherited: Metric | None
    measured: str | None
    field: Field
    subject: str | None


def from_elsewhere(asked: Unnamed, earlier: Metric | None, stands_for: Metric | None) -> tuple[Metric | None, int, int]:
    """The metric where the number's own part of the sentence names none."""
    quantity = asked.quantity
    start = stands_for.start if stands_for else quantity.left
    if asked.previous is not None and (done := _done_of_task(asked, asked.previous)):
        return done, done.start, quantity.right  # 就业120人，完成的得3分；完成不足60%的
    if (
        asked.previous is not None
        and _GOES_ON.fullmatch(asked.text, asked.barrier, quantity.left)
        and not _lasts(asked, asked.previous)
    ):
        # 炉温低于850℃持续超过5分钟; 比例增加10%或达85%
        return asked.previous if quantity.unit == '百分点' else asked.previous.level, start, quantity.right
    if asked.previous is not None and asked.barrier == quantity.left:
        return asked.previous, start, quantity.right  # 打卡率连续2个月低于90%
    if earlier is not None:
        return earlier, earlier.start, quantity.right
    if asked.previous is not None and asked.text[quantity.left - 1 : quantity.left] == '(':
        return asked.previous, quantity.left, quantity.right  # 连续两年评价优秀（≥95分）
    if asked.inherited is not None and (
        stands_for is None or (is_rate(asked.inherited.name) and phrase_words.SCOPE.fullmatch(stands_for.name))
    ):
        return asked.inherited.level, start, quantity.right
    if asked.previous is not None and _EACH_TIME.fullmatch(asked.text, asked.barrier, quantity.left):
        return asked.previous, start, quantity.right  # 每月至少2次、每次不少于3课时
    if quantity.unit in phrase_words.SELF_NAMING:
        return Metric(quantity.unit, quantity.end - len(quantity.unit), quantity.end), quantity.left, quantity.right
    if RANKING.search(asked.text, asked.begin, quantity.left):
        return Metric('排名', quantity.left, quantity.right), start, quantity.right
    matter = matter_before(asked.text, asked.begin, ',;' if quantity.before == RUNNING else ',')
    of_line = metric_of(asked.subject) if asked.subject else None
    if matter is not None and not _lasts(asked, matter) and not _rather(of_line, matter, quantity):
        return matter, start, quantity.right
    if of_line is None or not is_rate(of_line.name):
        further = matter_before(asked.text, asked.begin, ',;。\n')
        share = quantity.unit in vocabulary.PERCENT_UNITS
        if (
            further is not None
            and not _lasts(asked, further)
            and (is_rate(further.name) if share else of_line is None or names_no_measure(of_line.name))
        ):
            return further, start, quantity.right  # 按兑付率计分；低于80%的
    return of_line, start, quantity.right


def _done_of_task(asked: Unnamed, task: Metric) -> Metric | None:
    """How much of the task was done that the target before sets; None where its number sets none."""
    words = _DONE.fullmatch(asked.text, asked.begin, asked.quantity.left)
    counted = asked.measured not in (None, *vocabulary.PERCENT_UNITS, *vocabulary.DURATIONS)
    if words is None or asked.quantity.unit != '%' or not counted:
        return None
    return Metric(task.name + words['done'], words.start(), words.end())


def told_apart(asked: Unnamed, where: Metric) -> Metric | None:
    """What the target before measures, at this place or time: 冬季空调 behind ``夏季空调不低于26℃，冬季``, 农村满意度 behind ``满意度≥90%，其中农村``. None
    where that target is no rate and names no place or time; ``where`` itself where its own cannot be put in the stead of the other."""
    previous = asked.previous
    if previous is None:
        return None
    placed = _contrasted(previous.name, where.name) or any(
        len(found.group()) > 1 and not _in_its_name(previous.name, found)
        for found in phrase_words.OCCASION.finditer(previous.name)
    )
    if not placed:
        whole = asked.inherited is not None and is_rate(previous.name) and not previous.direction
        return replace(previous, name=where.name + previous.name) if whole else None
    if asked.inherited is None:
        return where
    whole_name = asked.text[where.start - 2 : where.start + len(where.name)]
    if phrase_words.OCCASION.fullmatch(whole_name):
        where = replace(where, name=whole_name)  # 其他时段
    for alike in phrase_words.OCCASIONS:
        if alike.fullmatch(where.name) and (found := _at_an_end(alike, previous.name, where.name)):
            return replace(previous, name=previous.name[: found.start()] + where.name + previous.name[found.end() :])
    return where


def _contrasted(name: str, where: str) -> bool:
    """Whether another place of the same kind is told apart from the one that a name begins with, although that says what something is: 城区 behind
    ``农村公路好路率``."""
    return any(
        (first := alike.match(name)) is not None
        and first.end() > 1
        and name.startswith(phrase_words.FOUND_ELSEWHERE, first.end())
        and alike.fullmatch(where) is not None
        and is_rate(name)
        for alike in phrase_words.OCCASIONS
    )


def _at_an_end(alike: re.Pattern[str], name: str, where: str) -> re.Match[str] | None:
    """The place or time that a name begins or ends with."""
    first = alike.match(name)
    if first is not None and first.end() > 1 and (not _in_its_name(name, first) or _contrasted(name, where)):
        return first
    return next((found for at in range(1, len(name) - 1) if (found := alike.fullmatch(name, at))), None)


def _in_its_name(name: str, place: re.Match[str]) -> bool:
    """``城市管理``, ``农村公路``: the place says what it is, not where."""
    return name.startswith(phrase_words.NAMED_BY_PLACE, place.start())


def _lasts(asked: Unnamed, matter: Metric) -> bool:
    """A share is none of what was measured in time before (``平均住院日不超过8天；低于70%的``)."""
    return (
        asked.quantity.unit in vocabulary.PERCENT_UNITS
        and asked.measured in vocabulary.DURATIONS
        and asked.previous is not None
        and asked.previous.name == matter.name
    )


def _rather(of_line: Metric | None, matter: Metric, quantity: Quantity) -> bool:
    """A share is one of the line's rate rather than of a thing that is no rate (``查学分本，未达到80%``)."""
    return (
        of_line is not None
        and quantity.unit in vocabulary.PERCENT_UNITS
        and is_rate(of_line.name)
        and not is_rate(matter.name)
    )
