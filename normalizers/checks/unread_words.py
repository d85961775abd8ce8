"""Words and numbers that move points and that nothing read holds: a clause may have been passed over."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kaohe.normalizers.checks.line_texts import LineText, Suspicion
from kaohe.normalizers.grammar.alternatives import either
from kaohe.normalizers.vocabulary import doubt_words

_CONSEQUENCE = re.compile(rf'(?<!不)(?<!不得)(?<!不设){either(doubt_words.CONSEQUENCES)}')
_AMOUNT = re.compile(
    r'(?:(?<![增参追附添])[扣加减得奖计记罚]\s*(?:约|为|至)?|(?<=[一-鿿])[+-](?!\d+(?:\.\d+)?%))(?P<number>\d+(?:[.,]\d+)?|[lIO½])(?P<share>\s*%)?'
)
_MONEY = re.compile(r'[^,。;\n]{0,8}?(?:[费款金]|工资|薪|元|租)')
"""What is taken is no matter of points (ruling 62)."""
_STATEMENT_END = re.compile(r'[。;\n]')
_CONDITION = re.compile(
    r'[\u4e00-\u9fff]{2,}的,(?!.{0,12}(?:追究|责令|通报|约谈|批评|处理|处置|整改|移送|报告|执行|说明|注明|提供|另行))[^。;\n]{2,}'
)
_COUNTED_ON = re.compile(r'\s*(?:[个项次件人名家户天日年月级元万‰]|学分)')
_NAMES = re.compile(
    r'(?:评分|计分|打分|得分|扣分|加分|赋分)(?:标准|办法|方法|依据|细则|说明|表|项|因素|规则|原因|情况|理由|点|值|率|方式|部门|人|小组|内容|对象|=|＝|:|\()|(?:总|实际|考核|综合|评审|平均|各项|最终|测评|评价|个人|量化|加权)(?:评分|得分)|满分|折算系数|换算|不得分[包割摊]|倒扣(?=,?(?:可以?|允许)?(?:出现|计|为|至)?负分)'
)


def unread_words(text: LineText) -> Iterator[Suspicion]:
    """At most one suspicion a statement."""
    if not text.clauses and text.field != 'criteria':
        return
    last = -1
    for found in sorted((*_consequences(text), *_amounts(text), *_unread_statements(text)), key=lambda pair: pair[0]):
        start, end, reason = found
        if start < last:
            continue
        words = text.sentence(start, end)
        last = end + len(words)
        yield Suspicion(words, reason)


def _consequences(text: LineText) -> Iterator[tuple[int, int, str]]:
    said = [*_CONSEQUENCE.finditer(text.text)]
    named = {place for found in _NAMES.finditer(text.text) for place in range(*found.span())} if said else set()
    for found in said:
        if text.holds(found.start()) or found.start() in named or _MONEY.match(text.text, found.end()):
            continue
        yield *found.span(), f'“{found.group()}”没有读成条款'


def _unread_statements(text: LineText) -> Iterator[tuple[int, int, str]]:
    """``两张红牌的，解除合同``: a condition with a consequence, beside statements that are clauses."""
    if not text.clauses or '的,' not in text.text:
        return
    begin = 0
    for end in [*(found.start() for found in _STATEMENT_END.finditer(text.text)), len(text.text)]:
        condition = _CONDITION.search(text.text, begin, end)
        if condition is not None and not (text.clauses_over(begin, end) or text.targets_over(begin, end)):
            yield *condition.span(), '这一句像是说了后果，却没有读成条款'
        begin = end + 1


def _amounts(text: LineText) -> Iterator[tuple[int, int, str]]:
    for found in _AMOUNT.finditer(text.text):
        if text.holds(found.start('number')):
            continue
        if found['share'] is None and _COUNTED_ON.match(text.text, found.end()):
            continue
        place = found.start('number')
        if text.targets_over(place, place + 1):
            continue
        yield *found.span(), f'“{"".join(found.group().split())}”没有读成条款'
