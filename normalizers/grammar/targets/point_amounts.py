"""Points and shares of points beside a number: amounts given or taken, limits, weights, parts of what a line is worth. None is a target."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from kaohe.normalizers.grammar.alternatives import either
from kaohe.normalizers.grammar.quantities.comparators import RUNNING
from kaohe.normalizers.grammar.targets.target_rule import WINDOW, Setting, around
from kaohe.normalizers.vocabulary import target_words as vocabulary

_SHARES_BEFORE = re.compile(r'(?:\d+(?:\.\d+)?%[、和及])+$')
_SHARES_BEHIND = re.compile(r'(?:[、和及]\d+(?:\.\d+)?%)+')
_LISTS = frozenset('、和及')
_LONGEST_WORD = max(map(len, (*vocabulary.MISSES, *vocabulary.GIVES, *vocabulary.AIMS))) + 2
_PLAIN_AMOUNT = re.compile(rf'(?:{either(vocabulary.GIVES)})$')
_CAPPED = re.compile(
    r'(?:加分|扣分|总得分|加减分|奖扣|奖罚|奖扣分|奖分|奖励|记分|计分|分值|总分|累计|加扣分|分数|幅度|每项|单项|[本该此](?:大|小|子|分)?项)[^,。;:\n]{0,8}$'
)
_WEIGHED = re.compile(
    r'(?:按|以|(?:成绩|得分|评分|测评|评价|考评|考核|评估|打分|面试|笔试|总评)(?:各|分别)?占(?:比)?(?:为|:)?(?:\d[\d.]*%[、,和与])*|权重(?:比例|占比)?(?:分别|各)?(?:为|是|占|:)?(?:\d[\d.]*%[、,和与])*|按照|(?:扣|罚|缴|支付|收取)[^,。;\d]{2,14}的|占(?:总分|分值|满分|得分)的?|罚款?|罚金|下浮|上浮|保证金[^,。;]*|违约金[^,。;]*|赔偿[^,。;]*|支付(?![^,。;]*率)[^,。;]*|(?:扣减?|扣除|核减|减少?支付|核扣)[^,。;\d率]{0,10}(?:费用?|款|金|价款?|酬|薪|工资|绩效|奖金)(?:总额)?的?|价的|总额的|折|打|得|计|扣除|扣减|加扣|扣|[×*/÷+])$'
)
_OF_POINTS = re.compile(rf'(?:{either(vocabulary.SHARED)})的?(?:按|为|:)?$')
_OF_POINTS_BEHIND = re.compile(
    rf'的(?:本项|该项|此项|相应|对应|标准)?(?:{either(set(vocabulary.SHARED) - {"本项", "该项", "此项"})})|的分(?![别钟之])|(?:分值|权重|计分|折算|扣减|折扣)'
)
_COUNTED_AS = re.compile(r'(?:的)?(?:计算?|折|给予?|赋|执行|扣|加)')
_MULTIPLIED = re.compile(r'(?:[×*÷]|乘以?)(?!\d)')
_FACTOR = ('×', '÷', '*')
_ORDERED = ('末', '末位', '倒数', '最后', '后')
_FULL = ('满', '达到', '达', '超过', '超')
_LOST_SO_FAR = re.compile('(?:累计扣?|共扣|扣分|(?:[月年]度?|周期|学期|期)(?:内|累计)*[记扣计])$')
_BEHIND_AWARD = re.compile(r'(?:[得加奖计记赋扣减]|每[\u4e00-\u9fff]{1,3})\d[\d.]*分[,;](?:每[\u4e00-\u9fff]{1,4})?$')
_COUNTED = re.compile(r'(?:的|者|时)?(?:部分)?,?(?:仍|均|也|只)?[按以计](\d+(?:\.\d+)?)(?![\d.%])')
_LIMITS = ('为止', '即止', '止', '为限', '为上限', '封顶')
_MOST = ('最高', '最多', '至多')
BEHIND_AMOUNT: Final = re.compile(
    r'(?:以上|及以上)?(?:者|的)?[,，)]?(?:为[优良中合差][^,。;]{0,3}[,，])?(?:每[一-鿿]{1,3})?(?:得|扣|[加记计减](?=[\d分倍半一二两零满½])|奖励?|给|不得分|不扣|酌情)'
)
"""What follows a number on which points depend."""
SCORED: Final = re.compile(r'(?:得分|评分|成绩|分数|总分|测评|优秀\(|良好\(|合格\(|[优良中差]\()[在为]?$')
"""What stands before a score."""


def share_of_points(seen: Setting) -> bool:
    """``得50%的分值``, ``不超过权重分的20%``, ``国赛同等级的30%计分`` (rulings 30, 60, 65)."""
    if not seen.share:
        return False
    if seen.quantity.base is not None and seen.quantity.base.endswith(vocabulary.SHARED):
        return True
    before, after = _around_list(seen)
    if before.endswith('得分率') and (seen.quantity.after or seen.quantity.high is not None):
        return False  # 评估得分率90%以上为优秀
    if (not seen.quantity.after and _OF_POINTS_BEHIND.match(after)) or _OF_POINTS.search(before):
        return True
    return before.endswith('的') and not seen.quantity.explicit and _COUNTED_AS.match(after) is not None


def _around_list(seen: Setting) -> tuple[str, str]:
    """What stands before and behind a share, or the list of shares to which it belongs (``分别按60%、40%计``)."""
    text, quantity = seen.text, seen.quantity
    first = last = None
    if text[quantity.left - 1 : quantity.left] in _LISTS:
        first = _SHARES_BEFORE.search(text, max(0, quantity.left - WINDOW), quantity.left)
    if text[quantity.right : quantity.right + 1] in _LISTS:
        last = _SHARES_BEHIND.match(text, quantity.right)
    if first is None and last is None:
        return seen.before, seen.after
    left, right = first.start() if first else quantity.left, last.end() if last else quantity.right
    return around(text, left, right)


def weight(seen: Setting) -> bool:
    if (seen.share or seen.points) and seen.text[seen.quantity.start - 1 : seen.quantity.start] in _FACTOR:
        return True  # 按实际好评率÷90%×8计分
    if (seen.points or seen.quantity.unit is None) and _MULTIPLIED.match(seen.after):
        return True  # 得分=6分×完成率
    return (
        seen.share
        and not seen.quantity.explicit
        and (
            _WEIGHED.search(_around_list(seen)[0]) is not None
            or (seen.before.endswith('(') and seen.after[:1] in '),')
            or seen.before.endswith(_ORDERED)
        )
    )


def amount_of_points(seen: Setting) -> bool:
    """A number of points that is an amount or a cap, not a score to reach."""
    if not seen.points:
        return False
    quantity, before = seen.quantity, seen.before
    if quantity.value == 0 and quantity.comparator == '<':
        return True  # 低于0分的按0分计
    if quantity.comparator == '>' and (counted := _COUNTED.match(seen.after)) and Decimal(counted[1]) == quantity.value:
        return True  # 超过10分的按10分计; what another number follows (超过90分计5分) is a score to reach
    if seen.after.startswith(_LIMITS) or quantity.after == '封顶' or quantity.before in _MOST or before.endswith(_MOST):
        return True
    if quantity.before in ('上限', '上限为'):
        return True
    lead = before or seen.text[max(0, quantity.left - 8) : quantity.left - 1]  # 酌情加分，不超过5分
    if quantity.after in ('', '内', '以内', '之内') and quantity.comparator == '<=' and _CAPPED.search(lead):
        return True
    if quantity.before.startswith('不') and quantity.comparator == '<=' and not quantity.after:
        behind = seen.text[max(0, quantity.left - 12) : quantity.left]
        if _BEHIND_AWARD.search(behind):
            return True  # 科普报告每场0.5分，不超过2分
    if quantity.comparator == '<' or (quantity.before in _FULL and _LOST_SO_FAR.search(before)):
        return False  # 小计不足40分，累计扣满10分，单月扣分达10分
    if quantity.before == RUNNING:
        return False  # 累计记12分停岗
    return not quantity.after and _PLAIN_AMOUNT.search(before, max(0, len(before) - _LONGEST_WORD)) is not None


def points_to_give(seen: Setting) -> bool:
    """``内容科学合理的3-6分``: a range of points, not of scores."""
    if not seen.points or not seen.alone:
        return False
    target = seen.target
    banded = (target is not None and target.unit == '分') or BEHIND_AMOUNT.match(seen.after)
    return not banded and SCORED.search(seen.before) is None
