"""Times and distances in which something is looked at, and that limit nothing: how far back one looks, how often something is asked for."""

from __future__ import annotations

import re

from kaohe.normalizers.grammar.targets.target_rule import Setting
from kaohe.normalizers.vocabulary import target_words as vocabulary

_WINDOW_OPEN = re.compile(
    r'(?:未|没有|无)?(?:发生|出现|受到|被|获|曾|有|无|重复|反复|累计|连续|两次|[2-9二三四五]次|[一-鿿]{1,4}?(?:[2-9]|[二两三四五六七八九十])(?:次|起|例)(?:及?以上|的))'
)
_LONG = ('周', '星期', '月', '季度', '学期')
_SAME_PART = re.compile('[\u4e00-\u9fff]{2,12}')
# 15日内至少检测1次
_AT_LEAST = re.compile('(?:至少|最少|起码|不少于)[\u4e00-\u9fff]{1,6}')
_WITHIN = ('内', '以内', '之内')
# what is found within a distance: a place, no limit
_PLACE = re.compile(r'(?:范围)?(?:,)?(?:有|无|没有|存在|发现|出现|见|可见|禁止|严禁|不得|不准|堆|乱|的(?!距离))')
# 近效期药品(6个月内)未预警: the bracket says which things are meant
_KIND_OF_THING = re.compile('(?:^|[,。;:、的\n])(?:近|临|新|短|长|老|旧|刚|初)[\u4e00-\u9fff]{1,8}\\($')
_ENDED_IN = re.compile(r'(?:仍|尚|还)?(?:未|完成|整改|建成|办结|达到|到期|实现)')


def is_window(seen: Setting) -> bool:
    """``三年内获得表彰的``, ``三米内有垃圾``, ``一个月内谈话不足2次``: where or when, not how much."""
    quantity = seen.quantity
    if quantity.after in _WITHIN and seen.after.startswith(')') and _KIND_OF_THING.search(seen.before):
        return True
    if quantity.after not in _WITHIN or quantity.comparator != '<=':
        return False
    if seen.before.endswith('前') and not seen.before.endswith('提前'):
        return True  # 开标前3天内
    if quantity.unit in vocabulary.DISTANCE_UNITS and _PLACE.match(seen.after):
        return True  # 三米内有垃圾
    if quantity.unit == '年' and not quantity.before:
        return _ENDED_IN.match(seen.after) is None
    if _how_often_in_it(seen):
        return True
    return quantity.unit in vocabulary.DURATIONS and _WINDOW_OPEN.match(seen.after) is not None


def _how_often_in_it(seen: Setting) -> bool:
    """``一个月内谈话教育不足2次``, ``48小时内不少于2次``, ``15日内至少检测1次``: the time in which so many are asked for."""
    following = seen.following
    if following is None or not following.explicit or following.unit not in vocabulary.COUNT_UNITS:
        return False
    if _ENDED_IN.match(seen.after):
        return False
    between = seen.text[seen.quantity.right : following.left]
    if _AT_LEAST.fullmatch(between):
        return True
    return not between or (seen.quantity.unit in _LONG and _SAME_PART.fullmatch(between) is not None)
