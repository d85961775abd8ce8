"""Targets that may have been misread: what they measure, and in what they count."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kaohe.normalizers.catalogue import Threshold
from kaohe.normalizers.checks.line_texts import LineText, Suspicion
from kaohe.normalizers.grammar.alternatives import either
from kaohe.normalizers.text.folding import halfwidth, squeeze
from kaohe.normalizers.vocabulary import phrase_words, target_words

_UNITS = {*target_words.COUNT_UNITS, *target_words.TIME_UNITS, '%', '‰', '万元', '亿元', '公里', '亩', '平方米'} - {
    '分',
    '日',
    '级',
    '点',
    '步',
    '条',
    '款',
    '项',
    '期',
    '号',
    '页',
    '类',
    '版',
    '卷',
    '部',
    '章',
    '节',
    '门',
}
_PERIOD = re.compile(rf'(?:{target_words.PERIOD}|当月|当年|全年|年度|年内)+')
_NO_NAME = re.compile(
    r'[扣得加减奖罚]\d|[后再才][计打赋]分|加减|加倍|减半|扣减|[零满]分|\d分(?!钟)|不得分|^(?:不得|应当|必须|由|按(?![期时质量规])|的|扣(?!分$)|得分?$)|[,。;]|^(?:发现|发生|出现|查出)?[一二两三\d][户人个次件起处例家台](?![^,。;]*率$)'
)
_SIZED = re.compile(r'\d[\d.]*[万亿千百]?(?:平方米|平方公里|公里|亩|公顷|张|名|人|户|家|所|台)(?!次)[^率比数量额度]*$')
_GENERAL = re.compile('(?:[一-鿿]{0,2}(?:落实|完成|开展|执行|管理|工作))?(?:情况|工作|任务|事项|管理|要求|措施|内容)')
_JOINS = ('并', '且', '和', '及', '或', '与', '以', '的', '被', '将', '由')
_NOUNS_OF_JOINS = (
    '合并',
    '参与',
    '目的',
    '可以',
    '予以',
    '饱和',
    '普及',
    '涉及',
    '兼并',
    '吞并',
    '波及',
    '自由',
    '理由',
    '事由',
    '给予',
    '以及',
)
_HAN = re.compile('[\u4e00-\u9fff]')
_STATEMENT = re.compile(r'[。;\n]')
_SCOPE = re.compile(r'(?:优秀|良好|合格|不合格|一般|较差|优|良|中|差|[A-E])+')
_NUMBER = re.compile(
    rf'(?<=[\u4e00-\u9fff≥≤<>])(?P<number>\d+(?:\.\d+)?)(?:[万亿])?(?:{either(_UNITS)})(?:以上|以内|以下)?(?=的?[,。;、:]|$)'
)
_OTHERWISE = re.compile(
    r'(?:第|前|近|共|满分|时间|[抽查问访看][^,。;\n]*|[×÷*/=+][^,。;\n]*|其中[^。;\n]*|各\d?[^,。;\n]*)$'
)
_SHARED = re.compile(r'的?(?:本项|该项)?(?:分值|权重分|满分|得分|标准分)')


def target_doubts(text: LineText) -> Iterator[Suspicion]:
    """What speaks against each target of a text."""
    for target in text.thresholds:
        for check in _CHECKS:
            if reason := check(text, target):
                yield Suspicion(text.sentence(target.start, target.end), reason)
                break


def unread_numbers(text: LineText) -> Iterator[Suspicion]:
    """Counts and shares at the end of a part of a sentence that nothing read holds; at most one suspicion a statement. Not samples, breakdowns and totals."""
    if text.field not in ('requirement', 'criteria'):
        return
    last = -1
    for found in _NUMBER.finditer(text.text):
        start = found.start('number')
        if start < last or text.holds(start) or text.targets_over(start, start + 1):
            continue
        begin = max(0, start - _LONGEST)
        if _OTHERWISE.search(text.text, begin, start) or _in_bracket(text.text, begin, start):
            continue
        stop = _STATEMENT.search(text.text, found.end())
        last = stop.start() if stop else len(text.text)
        yield Suspicion(text.sentence(start, found.end()), f'“{text.text[start : found.end()]}”没有读成目标值')


def _in_bracket(text: str, begin: int, position: int) -> bool:
    return text.rfind('(', begin, position) > text.rfind(')', begin, position)


def _metric(text: LineText, target: Threshold) -> str | None:
    if target.metric is None:
        return '没有读出是什么的目标值'
    name = halfwidth(squeeze(target.metric))
    if len(name) < 2 or _PERIOD.fullmatch(name) or phrase_words.SCOPE.fullmatch(name):
        return f'“{target.metric}”不像是所考核的事'
    if _NO_NAME.search(name) or _names_no_thing(name):
        return f'“{target.metric}”不像是所考核的事'
    return None


def _names_no_thing(name: str) -> bool:
    """A place, a season or a size, or a phrase cut at a word that joins: nothing that a number measures."""
    if phrase_words.OCCASION.fullmatch(name) or _SIZED.match(name):
        return True
    return name.endswith(_JOINS) and not name.endswith(_NOUNS_OF_JOINS)


def _elsewhere(text: LineText, target: Threshold) -> str | None:
    """The metric was taken from another column although its own statement has words before the number."""
    if target.metric is None or _printed(squeeze(target.metric), squeeze(text.text)):
        return None
    if _GENERAL.fullmatch(squeeze(target.metric)):
        return f'“{target.metric}”说的是整项工作，没有读出量的是什么'
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
        and '/' not in target.text
    ):
        return '数后面的单位不认识'
    if behind == '/':
        return '单位像是没有读全'
    return None


def _share(text: LineText, target: Threshold) -> str | None:
    if (
        target.unit in ('%', '‰')
        and _SHARED.match(text.text, target.end)
        and not text.text.startswith('满分', target.end)
    ):
        return '像是分值的比例，不像目标值'
    return None


_CHECKS = (_metric, _unit, _share, _elsewhere)
