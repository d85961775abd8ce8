"""Amounts that only head what follows or give a scale: ``分级护理（15分）：①…``, ``（满分5分）``, ``总分780分，其中体育70分``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kaohe.extractors.labels import SIGN, printed
from kaohe.normalizers.grammar.clauses.amounts import points_of
from kaohe.normalizers.grammar.clauses.scan import Phrase
from kaohe.normalizers.grammar.surface import Surface

# from the begin of a line or a sentence, behind a label, a short name, then the amount, in brackets or not
_LABEL = rf'(?:{SIGN}|\(?{printed("arabic", "han")}\)?[.、:]?)?'
_NAME = re.compile(rf'{_LABEL}[“"]?(?![查看有无未不没])[^\d,。;:、()\n有未不无没的扣加得每]{{2,16}}[”"]?[(:]?$')
_GRADE = re.compile(
    rf'{_LABEL}[“"]?(?:[A-Ea-e一二三四五]|优|良|中|差|优秀|良好|一般|较好|较差|合格|不合格|基本合格|及格|不及格|好)(?:档|级|等|类|等次|等级)?[”"]?[(:]?$'
)
_BEHIND_HEAD = re.compile(r'[)]?(?:\([^()]{1,30}\))?(?:[:。]|\n)')
_BEHIND_GRADE = re.compile(r'[)]?:')
_NEXT_LABEL = re.compile(
    rf'[\n。;](?:{printed("arabic")}[.、](?!\d)|{printed("arabic_bracketed", "han_bracketed")}|{printed("han")}、)'
)
_BOUNDS = ('以上', '以下', '以内', '及以上', '之间')
_STARTS = '。\n;'
_TOTAL = re.compile(r'(?:总分|满分)(?:为|:)?\d[\d.]*分[^。;\n]{0,8}(?:其中|包括|含)[^。;\n]*$')
# 合格率（目标值≥99%，权重10分），每低1%扣1分
_WEIGHT = re.compile(r'权重(?:分值?|值)?(?:为|:)?$')
_SCALE = frozenset({'proportional', 'award', 'bonus', 'external'})


def without_heads(seen: Surface, found: Sequence[Phrase]) -> tuple[list[Phrase], list[Phrase]]:
    """The phrases that move points, and those that only head others or give a scale."""
    kept: list[Phrase] = []
    heads: list[Phrase] = []
    for at, phrase in enumerate(found):
        (heads if _only_heads(seen, phrase, found, at) else kept).append(phrase)
    return kept, heads


def _only_heads(seen: Surface, phrase: Phrase, found: Sequence[Phrase], at: int) -> bool:
    if phrase.rule.id == 'award.whole':
        return any(other.rule.id != 'award.whole' and other.rule.effect not in _SCALE for other in found[at + 1 :])
    if phrase.rule.id != 'award.bare' or phrase.points is None:
        return False
    text = seen.text
    first = max((text.rfind(sign, 0, phrase.start) for sign in _STARTS), default=-1) + 1
    if _TOTAL.search(text, first, phrase.start):
        return True
    if _WEIGHT.search(text, first, phrase.start):
        # what is got by the words behind it (权重10分，完成90%以上得5分) is a part of the weight
        return any(other.rule.effect not in _SCALE or other.rule.id == 'award.points' for other in found[at + 1 :])
    amounts = points_of(text[slice(*phrase.points)])
    before = text[first : phrase.start]
    if len(amounts) > 1 or not any(amounts) or at + 1 == len(found) or before.endswith(_BOUNDS):
        return False  # 90%以下0分。
    if _GRADE.fullmatch(before) and _BEHIND_GRADE.match(text, phrase.end):
        return _moves_alike(found[at + 1], text, phrase.end)
    behind = _BEHIND_HEAD.match(text, phrase.end)
    if behind is None or _NAME.fullmatch(before) is None:
        return False
    return behind.group().endswith(':') or not (
        (found[at + 1].rule.id == 'award.bare' and not _only_heads(seen, found[at + 1], found, at + 1))
        or _NEXT_LABEL.search(text, phrase.end, found[at + 1].start)
    )


def _moves_alike(other: Phrase, text: str, end: int) -> bool:
    """Whether the grade's own points follow in words (``A档（13-18分）：…，得13-18分``)."""
    return other.points is not None and '\n' not in text[end : other.start]
