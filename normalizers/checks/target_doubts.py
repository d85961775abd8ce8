"""Targets that may have been misread: what they measure, and in what they count."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kaohe.normalizers.catalogue import Threshold
from kaohe.normalizers.checks.line_texts import LineText, Suspicion
from kaohe.normalizers.text.folding import halfwidth, squeeze
from kaohe.normalizers.vocabulary import phrase_words, target_words

_PERIOD = re.compile(rf'(?:{target_words.PERIOD}|当月|当年|全年|年度|年内)+')
_NO_NAME = re.compile(
    r'[扣得加减奖罚]\d|\d分(?!钟)|不得分|^(?:不得|应当|必须|由|按(?![期时质量规])|的|扣(?!分$)|得分?$)|[,。;]'
)
_HAN = re.compile('[\u4e00-\u9fff]')
_STATEMENT = re.compile(r'[。;\n]')
_SCOPE = re.compile(r'(?:优秀|良好|合格|不合格|一般|较差|优|良|中|差|[A-E])+')
_SHARED = re.compile(r'的?(?:本项|该项)?(?:分值|权重分|满分|得分|标准分)')


def target_doubts(text: LineText) -> Iterator[Suspicion]:
    """What speaks against each target of a text."""
    for target in text.thresholds:
        reason = next(filter(None, (check(text, target) for check in _CHECKS)), None)
        if reason is not None:
            yield Suspicion(text.sentence(target.start, target.end), reason)


def _metric(text: LineText, target: Threshold) -> str | None:
    if target.metric is None:
        return '没有读出是什么的目标值'
    name = halfwidth(squeeze(target.metric))
    if len(name) < 2 or _PERIOD.fullmatch(name) or phrase_words.SCOPE.fullmatch(name):
        return f'“{target.metric}”不像是所考核的事'
    if _NO_NAME.search(name):
        return f'“{target.metric}”不像是所考核的事'
    return None


def _elsewhere(text: LineText, target: Threshold) -> str | None:
    """The metric was taken from another column although its own statement has words before the number."""
    if target.metric is None or _printed(squeeze(target.metric), squeeze(text.text)):
        return None
    begin = max(0, target.start - _LONGEST)
    begin = max((found.end() for found in _STATEMENT.finditer(text.text, begin, target.start)), default=begin)
    before = _SCOPE.sub('', text.text[begin : target.start])
    others = text.targets_over(begin, target.start)
    if others or len(_HAN.findall(before)) < _NAMED:
        return None
    return f'“{target.metric}”取自别处，本句里可能另有所指'


_NAMED = 3
_LONGEST = 80


def _printed(name: str, text: str) -> bool:
    """Whether the characters of a name stand in a text in this order: it may leave out what stands between."""
    place = -1
    return all((place := text.find(character, place + 1)) >= 0 for character in name)


def _unit(text: LineText, target: Threshold) -> str | None:
    behind = text.text[target.end : target.end + 1]
    if (
        target.unit is None
        and target.comparator != '='
        and (_HAN.match(behind) and behind not in '的者时则,以及左之至得扣加减计记不')
        and target.text[-1:].isdigit()
    ):
        return '数后面的单位不认识'
    if behind == '/':
        return '单位像是没有读全'
    return None


def _share(text: LineText, target: Threshold) -> str | None:
    if target.unit in ('%', '‰') and _SHARED.match(text.text, target.end):
        return '像是分值的比例，不像目标值'
    return None


_CHECKS = (_metric, _unit, _share, _elsewhere)
