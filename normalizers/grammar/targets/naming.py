"""The metric of each target: from the words before it, after it, earlier in the sentence, from the target before, or the line's subject."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from kaohe.normalizers.catalogue import Field
from kaohe.normalizers.grammar.alternatives import either
from kaohe.normalizers.grammar.clauses.counts.count_terms import THING
from kaohe.normalizers.grammar.quantities.comparators import DONE_WITHIN, HOW_EARLY, RUNNING
from kaohe.normalizers.grammar.quantities.quantity import Quantity, joined
from kaohe.normalizers.grammar.targets.elsewhere import Unnamed, from_elsewhere, told_apart
from kaohe.normalizers.grammar.targets.metrics import (
    Metric,
    is_rate,
    metric_after,
    metric_before,
    own_part_begins,
    part_begins,
    share_out,
)
from kaohe.normalizers.grammar.targets.parts_before import LONGEST, behind_amount, part_before
from kaohe.normalizers.grammar.targets.ranks import RANKING, is_rank, ranked
from kaohe.normalizers.grammar.targets.under_headings import under_matter, under_measure
from kaohe.normalizers.vocabulary import phrase_words
from kaohe.normalizers.vocabulary import target_words as vocabulary
from kaohe.normalizers.vocabulary.basis_words import BASIS


class NamedQuantity(Struct, frozen=True):
    """The metric of a quantity, the span that both take, what the quantity is compared with and how often it is asked for."""

    metric: Metric | None
    start: int
    end: int
    basis: str | None
    period: str | None


_PERIOD = re.compile(vocabulary.PERIOD)
_BASIS = re.compile(BASIS)
# every basis holds one of them, and few texts do
_COMPARES = re.compile('[与同较比]')
_SHARED = re.compile(r'分别|各自|依次')
_AHEAD = re.compile('(?:应当?|须|需|要|必须|至少)*提前$')
# 提前3日申请; 提前3天完成 says how early
_VERB = re.compile(rf'(?!{either(vocabulary.ENDS_IN_TIME)})[\u4e00-\u9fff]{{2,4}}(?=的?(?:[,。;、)\n]|$))')
_GRADED = re.compile(r'(?:[优良中差]|优秀|良好|合格|称职|[A-E]|[一二三四甲乙丙丁][等级]|档)$')
_SCOPED = re.compile(r'每(?:一|个|名|位|家|所|户|支)?[\u4e00-\u9fff]{1,6}')
_EVERY_TIME = re.compile(vocabulary.EVERY)
# 每座公厕每日检查
_EACH_EVERY_TIME = re.compile(rf'每[\u4e00-\u9fff]{{1,4}}?{vocabulary.EVERY}')
_HOLDERS = re.compile(rf'每个?(?:{either(vocabulary.HOLDERS)})(?!{either(vocabulary.HOLDER_TAILS)})')
# 每处裂缝超过3毫米: each place, of which the crack is measured; 每亩产量 is measured by the acre
_EACH_THING = re.compile(rf'每(?:有|发现|查出|出现)?[1一]?(?:个?{THING}车?|个)(?=[\u4e00-\u9fff]{{2}})')
_FURTHER_LIMITS = re.compile(rf'(?:[、,][\u4e00-\u9fff]{{1,6}}\d+(?:{either(vocabulary.TIME_UNITS)})(?:以?内)?)+')
_FAILED = re.compile('(?:仍|尚|还|又|且)?(?:未|没|不|无)')
_UNDONE = re.compile('^(?:仍|尚|还)?(?:未能?|没有|没)')
_ASIDE = re.compile(r'\([^()]{1,12}\)')
_WINDOW_IN_BRACKET = re.compile(r'\((?=\d+个?(?:天|日|月|年|周|小时)内$)')
_FALLS_SHORT = ('不足', '少于', '低于', '未满', '不满', '未达到')


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
        barrier = max(last.end if last else 0, run[0].left - LONGEST)
        begin = own_part_begins(text, barrier, run[0].left)
        compares = _COMPARES.search(text, begin, run[0].left)
        basis = _BASIS.search(text, begin, run[0].left) if compares else None
        periods = _PERIOD.findall(text, begin, run[0].start)
        inherited = last.metric if last and measured_alike(unit, run[0].unit) else None
        asked = Unnamed(text, run[0], barrier, begin, last.metric if last else None, inherited, unit, field, subject)
        metric, start, end = _name(asked)
        if is_rank(text, run[0]):
            metric, start = ranked(text, begin, run[0], metric, start)
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


def measured_alike(one: str | None, other: str | None) -> bool:
    """Whether two units may belong to grades of one measure: the same, or both of time (``30分钟内``, ``1小时以上``)."""
    return one == other or {one, other} <= vocabulary.DURATIONS


def _name(asked: Unnamed) -> tuple[Metric | None, int, int]:
    """The metric of one target and the span of both: from its own part of the sentence first, then the parts before, the target before, the line."""
    text, quantity, begin = asked.text, asked.quantity, asked.begin
    if quantity.unit == '分' and text.endswith(('扣', '记'), begin, quantity.left):  # 累计扣满10分的
        return Metric(text[quantity.left - 1] + '分', quantity.left, quantity.right), quantity.left, quantity.right
    if quantity.named is not None:
        between = text[slice(*quantity.named)]
        if len(between) > 1 and not between.isascii() and between not in vocabulary.STANDS_FOR:
            return Metric(between, *quantity.named), quantity.left, quantity.right
    if asked.previous is not None and asked.barrier == quantity.left and quantity.before == '满足':
        return asked.previous, quantity.left, quantity.right  # 满足500人3天需求
    if (ahead := _AHEAD.search(text, begin, quantity.left)) and (verb := _VERB.match(text, quantity.right)):
        who = metric_before(text, begin, ahead.start(), bare=True)  # 外出须提前3日申请
        start = who.start if who else ahead.start()
        return Metric((who.name if who else '') + verb.group(), start, verb.end()), start, verb.end()
    if HOW_EARLY.search(text, begin, quantity.left) and DONE_WITHIN.match(text, quantity.right):
        asked = replace(asked, begin=(begin := quantity.left))  # 开会前20分钟完成布置: when, not what
    beyond = quantity.before and quantity.comparator in ('<', '>')
    if beyond and (each := _EACH_THING.match(text, begin, quantity.left)):
        asked = replace(asked, begin=(begin := each.end()))
    scoped = _SCOPED.fullmatch(text, begin, quantity.left) is not None and not is_rate(text[begin : quantity.left])
    if scoped and (inner := _behind_scope(text, begin, quantity.left)):
        scoped, asked, begin = False, replace(asked, begin=inner), inner  # 每月上门回访不少于2次, 每班保育员不少于2名
    before = None if scoped else _before(asked)
    if before is not None and _waits_for(asked) and metric_after(text, _end_of_limits(text, quantity)):
        before = None  # 检查结束后5日内反馈结果
    earlier = part_before(text, asked.barrier, begin, asked.field)
    if earlier is not None and earlier.name in vocabulary.STANDS_FOR:
        earlier = None  # 目标值：≥90%
    if headed := under_measure(asked, before):
        return headed, headed.start, quantity.right  # 满意度：城区≥90%，农村≥85%
    if before is not None and before.name == before.direction:
        return _change(before, earlier, asked.previous, quantity)
    if before is not None and phrase_words.SCOPE.fullmatch(before.name):
        before = None
    share = quantity.unit in vocabulary.PERCENT_UNITS
    where = before if before is not None and share and phrase_words.OCCASION.fullmatch(before.name) else None
    if where is not None and (told := told_apart(asked, where)):
        return told, where.start, quantity.right  # 城区满意度≥90%，农村≥85%
    if where is not None:
        before = None  # 知晓率：抽样调查95%以上知晓的
    goes_on = asked.previous is not None and asked.barrier == quantity.left and before is None
    if goes_on and quantity.explicit and text.startswith('的', quantity.right):
        return asked.previous, quantity.left, quantity.right  # 到课率连续两周低于85%的班级
    ranking = RANKING.search(text, begin, quantity.left) is not None
    after = None if ranking else metric_after(text, _end_of_limits(text, quantity))
    if after is not None and _says_what_failed(quantity, before, earlier, after, text):
        if before is not None and quantity.unit in vocabulary.DURATIONS and not _says_how_long(before):
            return _both(before, after), before.start, after.end  # 初访超60日未办结
        after = None
    if before is None and after is not None and asked.inherited and asked.inherited.name.endswith(after.name):
        after = None  # 24小时内出具得2分，48小时内出具得1分
    if before is None and after is not None and quantity.explicit and _is_band(asked.inherited, quantity, after):
        after = None  # 准确率98%以上得10分，95%以下返工
    if after is not None and before is not None and (_limits_what_follows(quantity) or quantity.before == RUNNING):
        return (
            _both(before, after),
            before.start,
            max(quantity.right, after.end if after.start == quantity.right else 0),
        )
    if after is not None and (before is None or _names_what_follows(text, quantity, before)):
        if before is not None and quantity.unit in vocabulary.PERCENT_UNITS:
            return _both(before, after), before.start, after.end
        failing = _UNDONE.match(after.name) if before is None and not scoped else None
        own = metric_before(text, begin, quantity.left, bare=True) if failing and not _waits_for(asked) else None
        if own is not None and not phrase_words.SCOPE.fullmatch(own.name):
            return own, own.start, quantity.right  # 保障5小时以上未提供
        limits = _limits_what_follows(quantity) and (quantity.after or quantity.before)  # 3天未到岗 lasts
        name = _UNDONE.sub('', after.name) if failing and limits else after.name
        return replace(after, name=name), _lead_in(text, begin, quantity), after.end
    if before is None and not scoped:
        before = metric_before(text, begin, quantity.left, bare=True)
    if before is not None and phrase_words.OCCASION.fullmatch(before.name):
        before = told_apart(asked, before)  # 夏季每日不少于2次、其他时段每周不少于3次
    if (
        before is not None
        and before.name not in vocabulary.STANDS_FOR
        and not phrase_words.SCOPE.fullmatch(before.name)
    ):
        before = under_matter(asked, before)
        return before, before.start, quantity.right
    return from_elsewhere(asked, earlier, before)


def _is_band(inherited: Metric | None, quantity: Quantity, after: Metric) -> bool:
    alike = inherited is not None and quantity.unit in vocabulary.PERCENT_UNITS and is_rate(inherited.name)
    return alike and not is_rate(after.name)


def _says_what_failed(
    quantity: Quantity, before: Metric | None, earlier: Metric | None, after: Metric, text: str
) -> bool:
    """``排队超过6人未加开通道``: what follows the number is the fault, what stands before it is measured; ``整改率：90分以上项目``: a rate that was named."""
    if before is None:
        return earlier is not None and is_rate(earlier.name) and text[earlier.end : earlier.end + 1] == ':'
    return not _limits_what_follows(quantity) and quantity.before != RUNNING and _FAILED.match(after.name) is not None


def _says_how_long(before: Metric) -> bool:
    """``滞留超过15分钟未清理``, ``时间超过1小时未处置``: how long that lasts is what is measured."""
    return is_rate(before.name) or before.name.endswith((*vocabulary.LASTS, *vocabulary.LATE, *vocabulary.HAPPENED))


def _behind_scope(text: str, begin: int, end: int) -> int | None:
    """Where the thing asked for begins behind ``每月`` or ``每班``; None where 每 stands before that thing itself (``每家企业``)."""
    scope = (
        _EACH_EVERY_TIME.match(text, begin, end)
        or _EVERY_TIME.match(text, begin, end)
        or _HOLDERS.match(text, begin, end)
    )
    return scope.end() if scope and end - scope.end() > 1 else None


def _end_of_limits(text: str, quantity: Quantity) -> int:
    """Behind the last of the limits of one thing: ``城区45分钟、农村90分钟到达现场``."""
    if quantity.unit in vocabulary.DURATIONS and quantity.comparator == '>' and not quantity.before:
        aside = _ASIDE.match(text, quantity.right)  # 1分钟内（夜间90秒内）未出动
        return aside.end() if aside else quantity.right
    if quantity.unit not in vocabulary.DURATIONS or quantity.comparator != '<=':
        return quantity.right
    further = _FURTHER_LIMITS.match(text, quantity.right)
    return further.end() if further else quantity.right


def _before(asked: Unnamed) -> Metric | None:
    """What stands before the number in its part of the sentence; before its bracket, where it stands in one of its own (``失去联络（≥1年）``)."""
    text, left = asked.text, asked.quantity.left
    if window := _WINDOW_IN_BRACKET.search(text, max(asked.barrier, left - 8), left):
        left = window.start() + 1  # 重复停电（60天内3次及以上）
    if counted := behind_amount(text, asked.barrier, left):
        return counted
    if text[left - 1 : left] == '(':
        grade = _GRADED.search(text, asked.barrier, left - 1)  # 评查优秀（90-100分）
        end = grade.start() if grade else left - 1
        return metric_before(text, part_begins(text, asked.barrier, end), end, bare=True)
    done = asked.quantity.done
    before = metric_before(text, asked.begin, left, bare=done is not None)
    if done is None:
        return before
    verb = text[slice(*done)]
    return replace(before, name=before.name + verb) if before else Metric(verb, *done)


def _both(before: Metric, after: Metric) -> Metric:
    return replace(after, name=before.name + _UNDONE.sub('', after.name), start=before.start)


def _waits_for(asked: Unnamed) -> bool:
    """Whether the time begins after what stands before it: what is measured stands behind it."""
    return _limits_what_follows(asked.quantity) and asked.text.endswith('后', asked.begin, asked.quantity.left)


def _limits_what_follows(quantity: Quantity) -> bool:
    """``售后响应2小时内到场``: what has to be done in that time stands behind it."""
    return quantity.unit in vocabulary.DURATIONS and (
        quantity.after in ('内', '以内', '之内')
        or quantity.done is not None
        or (quantity.comparator in ('<=', '>') and not quantity.before)
    )


def _change(
    before: Metric, earlier: Metric | None, previous: Metric | None, quantity: Quantity
) -> tuple[Metric, int, int]:
    """``网办率达到85%，较上年提高5个百分点``: only the direction stands before the number; what changes was named before."""
    owner = earlier or previous
    if owner is None:
        return before, before.start, quantity.right
    start = owner.start if owner is earlier else before.start
    return replace(before, name=owner.subject + before.name), start, quantity.right


def _names_what_follows(text: str, quantity: Quantity, before: Metric) -> bool:
    """``15分钟内到达现场``, ``每半年一次谈心谈话``, ``不少于8个病种``, ``50%病房开展优质护理``: the number bears on what comes after it."""
    if _limits_what_follows(quantity):
        return True
    if is_rate(before.name) or before.direction:
        return False
    if quantity.unit in vocabulary.PERCENT_UNITS:
        return True
    if quantity.unit in vocabulary.COUNT_UNITS and not quantity.after:
        return not (quantity.before in _FALLS_SHORT and text.startswith('的', quantity.right))  # 受众不足50人的场次
    return any(
        found.end() == quantity.left for found in _PERIOD.finditer(text, max(0, quantity.left - 8), quantity.left)
    )


def _lead_in(text: str, begin: int, quantity: Quantity) -> int:
    """Where the words of a target begin whose metric follows it: at its period, where one stands close before."""
    found = _PERIOD.search(text, max(begin, quantity.left - 8), quantity.left)
    return found.start() if found else quantity.left
