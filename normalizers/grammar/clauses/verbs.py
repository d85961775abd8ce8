"""Verbs of taking, giving and adding points as patterns: a verb that stands in the vocabulary is known in every shape.

The shapes: ``…扣2分``, ``按2分扣``, ``给予2分的扣减``, ``最多扣2分``, ``扣该项分值的50%``, ``酌情扣``, ``按比例扣``, ``扣完为止``, ``不扣``, ``加倍扣``.
"""

from __future__ import annotations

import re
from typing import Final

from kaohe.normalizers.grammar.alternatives import either
from kaohe.normalizers.vocabulary import point_words as words

TAKE: Final = either(words.DEDUCT)
GIVE: Final = either(words.AWARD)
ADD: Final = either(words.BONUS)
MOVE: Final = either((*words.DEDUCT, *words.AWARD, *words.BONUS))
"""Sources of regular expressions: one verb, the longest first."""

VERB_END: Final = r'(?![发提划件数时折入印款工入取算])'
"""Behind a verb that stands last: what would make it the head of another word (扣发, 计划, 计数, 记入, 扣款, 加工)."""

_TAKES = re.compile(TAKE)
_GIVES = re.compile(r'[得加奖赋给记计评打]')


def takes(text: str) -> bool:
    """Whether a phrase speaks of taking."""
    return _TAKES.search(text) is not None


def gives(text: str) -> bool:
    """Whether a phrase speaks of giving or adding."""
    return _GIVES.search(text.replace('不得', '')) is not None


# 每千克扣1分: a weight, not 克扣
_GRAMS = re.compile(r'(?:[千毫微每]|[\d一两二三四五六七八九十])克$')


# 达到目标值得8分: what is reached, not 值得
_VALUE = re.compile('(?:目标|标准|指标|计划|平均|任务|门槛|预警|均|产|峰|数|[率比])值$')


def is_verb(text: str, start: int, verb: str) -> bool:
    """Whether the verb at ``start`` is one and no part of another word (合计, 参加, 登记)."""
    if len(verb) > 1 or not start or text[start - 1] not in words.NOT_A_VERB.get(verb, ()):
        return True
    if verb == '得' and _VALUE.search(text, 0, start) is not None:
        return True
    return text.endswith('百分点', 0, start) or (verb == '扣' and _GRAMS.search(text, 0, start) is not None)


_NOUN_BEFORE_SCORE = re.compile(rf'{either(words.NOUN_SCORES)}$')


def ends_noun(text: str, start: int) -> bool:
    """Whether 得分 or 评分 at ``start`` ends a noun (考核得分95): what is reached, and no verb of giving."""
    return _NOUN_BEFORE_SCORE.search(text[max(0, start - 4) : start]) is not None
