"""Targets: each number that a fact must reach, with what it measures and how it compares."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from normalizers.catalogue import Comparator, Field
from normalizers.folding import halfwidth
from normalizers.grammar.metrics import metric_after, metric_before
from normalizers.grammar.quantities import Quantity, quantities
from normalizers.vocabulary import targets as words


class Span(Protocol):
    """What is used of a clause: where it stands."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class ThresholdMatch:
    """A target in a text: ``text[start:end]`` holds metric and number. ``metric`` is None where the text prints none."""

    start: int
    end: int
    metric: str | None
    comparator: Comparator
    value: Decimal
    value_high: Decimal | None
    unit: str | None
    basis: str | None
    period: str | None
    rule: str


_STOP = re.compile(r'[。;,:!?\n]')
_CANDIDATE = re.compile(r'[\d一二两三四五六七八九十百千半]')
_PERIOD = re.compile(words.PERIOD)
_BASIS = re.compile(words.BASIS)
_PER = re.compile(
    r'每(?:再)?(?:降低|下降|上升|提高|增加|减少|超过|超出|超|低于|高于|高出|低|高|少|多|缺|差|增|减|漏|逾期|延迟|延期|推迟|迟|晚|发现|发生|出现|满|个|退)?\s*$'
)
_AMOUNT = re.compile(
    r'(?:得|扣|扣除|减|加|计|记|赋|奖|奖励|给|倒扣|各|共|占|满分|总分|最高|最多|至多|封顶|酌扣|加分|扣分|得分)\s*$'
)
_CAP = re.compile(r'(?:加分|扣分|奖励|分值|累计|得分)[^,。;]{0,6}$')
_SAMPLE = re.compile(
    r'(?:抽查|抽取|抽调|抽检|随机抽?|任意[查抽]?|查阅|调阅|询问|问卷|走访|访谈|现场[查看问]|查看?|问|近|前|第|逾期|连续)[^,。;!?\n]{0,12}$'
)
_LOSS = re.compile(
    r'(?:少|缺|漏|差|未[^,。;]{0,6}|发生|发现|出现|有|任|任意|任何|某|其中|等|上述|以下|这|该|各|所有|违反|因|造成|另|同|再|查|到)\s*$'
)
_WEIGHT = re.compile(
    r'(?:按|以|权重|占|占总分的?|占[^,。;]{0,8}分[^,。;]{0,4}|罚款?|下浮|上浮|抽查|抽取|随机抽[取查]?|按照|分别占总分的?|计)\s*$'
)
_RATE = re.compile(
    r'(?:率|比例|比重|占比|比率|度|比|指数|水平|量|额|数|成功|增幅|降幅|覆盖|份额|值)(?:\([^()]*\))?(?:为|是|都|均|全部|要|应|须|必须|需|综合|:|实现|完成|整体|总体|的)*\s*$'
)
_CHANGE = re.compile(rf'(?:{"|".join((*words.UP, *words.DOWN))})(?:了|幅度|率)?\s*$')
_RANK = re.compile(r'(?:进入|进|位居|位列|排名|列|居|名次|保持|处于|力争|争取|考核)[^,。;\n]{0,10}前\s*$')


def read_thresholds(
    text: str, *, field: Field = 'requirement', clauses: Sequence[Span] = (), subject: str | None = None
) -> tuple[ThresholdMatch, ...]:
    """The targets that ``text`` prints, in order. ``clauses`` are those read in the same text: their amounts are no targets.

    ``subject`` is what the line is about (its name or requirement): the metric of a number that stands alone (``≥33.5%，得4分``).
    """
    if not _CANDIDATE.search(text):
        return ()
    folded = halfwidth(text)
    found: list[ThresholdMatch] = []
    barrier = 0
    for quantity in quantities(folded):
        rule = _rule(folded, quantity, field)
        if rule is not None:
            match = _match(text, folded, quantity, rule, barrier, found)
            found.append(match)
        barrier = quantity.right
    return tuple(found)


def _rule(text: str, quantity: Quantity, field: Field) -> str | None:
    """The id of the rule by which a quantity is a target, None where it is none (ruling 18)."""
    before = text[max(0, quantity.left - 16) : quantity.left]
    unit = quantity.unit
    if unit in words.NO_TARGET_UNITS or before.endswith('第') or _PER.search(before):
        return None
    if unit == '分':
        if (
            quantity.comparator is None
            or _AMOUNT.search(before)
            or quantity.before in ('最高', '最多', '至多')
            or _CAP.search(before)
        ):
            return None
        return 'threshold.comparator'
    explicit = bool(quantity.before or quantity.after) or quantity.comparator not in (None, 'between')
    if explicit:
        if unit is None and not quantity.digits:
            return None
        return 'threshold.comparator'
    if _SAMPLE.search(before):
        return None
    if unit in words.PERCENT_UNITS:
        if _WEIGHT.search(before) or text.startswith('为基数', quantity.end):
            return None
        return 'threshold.percent'
    if unit == '比':
        return 'threshold.ratio'
    if unit is None or _LOSS.search(before):
        return None
    segment = before[max((m.end() for m in _STOP.finditer(before)), default=0) :]
    if _PERIOD.search(segment):
        return 'threshold.frequency'
    if (
        field == 'requirement'
        and quantity.digits
        and segment
        and text[quantity.end : quantity.end + 1] in ('', ',', '。', ';', '、', '(', '\n')
    ):
        return 'threshold.stated'
    return None


def _match(
    text: str, folded: str, quantity: Quantity, rule: str, barrier: int, found: Sequence[ThresholdMatch]
) -> ThresholdMatch:
    metric, start = metric_before(folded, barrier, quantity.left)
    start_of_segment = barrier
    end = quantity.right
    if metric is None:
        metric, end = metric_after(folded, quantity.right)
    if metric is None and found:
        metric = found[-1].metric
    context = folded[start : quantity.left]
    basis = _BASIS.search(context)
    period = _PERIOD.search(folded, max(start_of_segment, quantity.left - 12), quantity.left)
    return ThresholdMatch(
        start,
        end,
        metric,
        quantity.comparator or '=',
        quantity.value,
        quantity.high,
        quantity.unit,
        basis.group() if basis else None,
        period.group() if period else None,
        rule,
    )
