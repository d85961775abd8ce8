"""Points that have been lost so far, and from which something other than points follows: ``累计记12分停岗，记6分约谈``."""

from __future__ import annotations

import re

from kaohe.normalizers.grammar.alternatives import either
from kaohe.normalizers.vocabulary import target_words

_TAKEN = '扣记'
_SUM = r'(?:被|共|违[章规纪法]|考核|考评)?[扣记]'
# 累计记, 累计记12分停岗，记; how often something happened is no sum of points: 累计迟到3次扣
_SO_FAR = re.compile(rf'累计(?:{_SUM}\d[\d.]*分[^。;\n\d]{{1,12}})*{_SUM}$')
_FOLLOWS = re.compile(
    rf',?(?:{either(target_words.SANCTIONS)}|约谈|待岗|离岗|调岗|调离|诫勉|警告|淘汰)'
    '|(?:的|者)?(?:取消|解除|终止|解聘|辞退|清退|降级|不得(?!分)|不予)'
)
_WIDEST = 40


def runs_up(text: str, start: int, end: int) -> bool:
    """Whether the amount of points at ``start:end`` is a sum to reach: it stands behind ``累计`` and a verb, and a sanction follows it."""
    if text[start - 1 : start] not in _TAKEN or not start or _FOLLOWS.match(text, end) is None:
        return False
    return _SO_FAR.search(text, max(0, start - _WIDEST), start) is not None
