"""Numbers that are steps, not targets: what 每 counts (``每低于1%``), and how often in a list of steps (``一项不符扣1分、两项及以上…``)."""

from __future__ import annotations

import re

from kaohe.normalizers.grammar.alternatives import either
from kaohe.normalizers.grammar.clauses.counts.count_terms import THING
from kaohe.normalizers.grammar.quantities.quantity import Quantity
from kaohe.normalizers.grammar.targets.target_rule import Setting
from kaohe.normalizers.vocabulary import point_words
from kaohe.normalizers.vocabulary import target_words as vocabulary

_CHANGED = either((*vocabulary.UP, *vocabulary.DOWN, *vocabulary.MISSES, *vocabulary.LATE, '提前', '超额'))
_PER = re.compile(rf'每(?:再|仅)?(?:{_CHANGED}(?:\({_CHANGED}\)|{_CHANGED})?)?(?:了|到|出)?$')
_FALLS_SHORT = re.compile(rf'(?:再)?(?:{_CHANGED}){{1,2}}了?')
# 每晚不少于4次
_EVERY_NIGHT = re.compile('每[晚夜早]$')
_PER_THING = re.compile(r'每[\u4e00-\u9fff]{1,6}$')
# 每例超过30%, 每例费用超过30%: each case, of which the share is measured
_PER_COUNTED = re.compile(rf'每个?{THING}(?!.*{either(point_words.BASES)})[^每]*$')
# 每季度完成25%: how much in that time
_EVERY = re.compile('每(?:个)?(?:年度?|半年|季度?|月度?|周|学期)完成$')
_PER_SHARE_OF = re.compile(r'每(?:达到?|满|超过?|占到?)[\u4e00-\u9fff]{2,8}的$')
_STEP_FROM = re.compile(r'每[^每,。;:\n]{0,12}$')
_SCARCE = '只仅有'
_NEAR = 30
_MOVES = re.compile(r'的?,?(?:再|另)?(?:扣|加|减|得\d|奖|倒扣|计\d|记\d)')
_AMOUNT_BETWEEN = re.compile(r'[^。;\n]{0,24}?(?:[扣得加减计记给][^,、。;\n]{0,4}\d|不得分|不扣分|一半)[^。;\n]*')


def is_step(seen: Setting) -> bool:
    """``每低于1%扣0.1分``: the number is what 每 counts, not what is to be reached."""
    following = seen.following
    if (
        seen.quantity.explicit
        and (seen.share or seen.points)
        and following is not None
        and following.left == seen.quantity.right
    ):
        return False  # 每低于95%一个百分点: the step is what follows
    each = '每' in seen.before
    if each and _PER.search(seen.before) and not (_EVERY_NIGHT.search(seen.before) and seen.quantity.explicit):
        return True
    if each and seen.share and _PER_SHARE_OF.search(seen.before) and _MOVES.match(seen.after):
        return True  # 每达到常住人口的5%得0.5分
    one = seen.quantity.value == 1
    if one and seen.share and seen.quantity.before == '超' and not seen.before and _MOVES.match(seen.after):
        return True  # 回车率超过5%，超一个百分点减0.5分
    aim = seen.target is not None and seen.target.unit == seen.quantity.unit
    beyond = one and aim and seen.quantity.before in ('超', '超出') and not seen.before
    if beyond and seen.held and _MOVES.match(seen.after):
        return True  # 每班不超过25人，超出1人扣0.2分
    if (
        one
        and seen.share
        and not seen.quantity.explicit
        and _FALLS_SHORT.fullmatch(seen.before)
        and _MOVES.match(seen.after)
    ):
        return True  # 优良率85%，低一个百分点减0.5分
    thing = each and seen.share and not seen.quantity.after and _PER_THING.search(seen.before)
    if thing and not _EVERY.search(seen.before) and not _beyond_in_each(seen) and _MOVES.match(seen.after):
        return True
    last = seen.last  # 每低于95%一个百分点
    return (
        last is not None
        and seen.share
        and last.right == seen.quantity.left
        and not seen.quantity.explicit
        and _STEP_FROM.search(seen.text, max(0, last.left - 16), last.left) is not None
    )


def _beyond_in_each(seen: Setting) -> bool:
    """``每例超过30%``: what is measured of each, no distance from what is asked for (``每项指标低于目标值3个百分点``)."""
    quantity = seen.quantity
    if not quantity.before or quantity.unit == '百分点':
        return False
    return _PER_COUNTED.search(seen.text, max(0, quantity.left - _NEAR), quantity.start) is not None


def is_member(seen: Setting) -> bool:
    """``一项不合格得一半分、两项及以上不合格不得分``: how often, in a list of steps (ruling 36)."""
    quantity, last = seen.quantity, seen.alike
    return (
        last is not None
        and not quantity.before
        and (quantity.after != '' if quantity.high is None else quantity.after == '')
        and (
            quantity.unit in vocabulary.COUNT_UNITS
            or (quantity.unit in vocabulary.DURATIONS and last.value + 1 == quantity.value)
        )
        and not seen.points
        and seen.text[last.left - 1 : last.left] not in ('前', '第')  # 前三名得2分，四至六名得1分
        and (not last.explicit or _counted_up(seen.text, last))
        and re.split('[、,;]', seen.before)[-1]
        in ('', _lead(seen.text, last))  # 市级课题2项及以上 begins another matter
        and last.value < quantity.value
        and quantity.left - last.right < _NEAR
        and _AMOUNT_BETWEEN.fullmatch(seen.text, last.right, quantity.left) is not None
    )


def is_falling(seen: Setting) -> bool:
    """``达到3项的得5分，达到2项的得3分，达到1项的得1分``: how often, in a list of steps that goes down by one."""
    quantity = seen.quantity
    if quantity.high is not None or quantity.unit not in vocabulary.COUNT_UNITS or seen.points:
        return False
    return any(
        beside is not None
        and beside.unit == quantity.unit
        and beside.high is None
        and abs(beside.value - quantity.value) == 1
        and (beside.value > quantity.value) == (beside is seen.alike)
        and _between(seen.text, *sorted((beside, quantity), key=lambda one: one.left))
        for beside in (seen.alike, seen.further)
    )


def _between(text: str, first: Quantity, second: Quantity) -> bool:
    """Whether what the first gives stands between two numbers with the same words before them."""
    leads = {_lead(text, first).lstrip(_SCARCE), _lead(text, second).lstrip(_SCARCE)}
    near = second.left - first.right < _NEAR
    return near and len(leads) == 1 and _AMOUNT_BETWEEN.fullmatch(text, first.right, second.left) is not None


def _lead(text: str, quantity: Quantity) -> str:
    """What stands before a number in its part: the 缺 of ``缺1次扣0.5分、缺2次扣1分``."""
    return re.split('[、,;。:]', text[max(0, quantity.left - 8) : quantity.left])[-1]


def _counted_up(text: str, last: Quantity) -> bool:
    """Whether the range before is itself a step behind the first (``1例扣1分，2-4例扣2分``)."""
    if last.comparator != 'between' or last.after:
        return False
    first = re.search(rf'(?<![\d.])[1一]{re.escape(last.unit or "")}', text[max(0, last.left - 30) : last.left])
    return first is not None and last.value == 2
