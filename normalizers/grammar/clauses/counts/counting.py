"""For each how much: ``每少5%`` counts 5 ``%``, ``缺一项`` 1 项, ``各扣`` 1 项."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

from msgspec.structs import replace

from kaohe.normalizers.grammar.alternatives import either
from kaohe.normalizers.grammar.clauses.amounts import DIGITS
from kaohe.normalizers.grammar.clauses.counts.count_terms import (
    COUNT_NUMBER,
    COUNT_UNIT,
    COUNTED,
    Count,
    things,
    unit_of,
)
from kaohe.normalizers.text.numbers import parse_number
from kaohe.normalizers.vocabulary import point_words as words
from kaohe.normalizers.vocabulary import target_words

_EACH = re.compile(
    rf'每(?:(?P<lead>[^每\d,。;:\n]{{0,16}}?)'
    rf'(?:(?P<number>{COUNT_NUMBER}){COUNT_UNIT}|(?P<share>[百千万]分之)(?P<of>[零一二三四五六七八九十]+(?:点[零一二三四五六七八九]+)?|{DIGITS}))'
    rf'|(?P<change>{either(words.COMPARATIVES)})$)'
)
_STEP_BEHIND = re.compile(rf'(?:的)?(?P<number>{COUNT_NUMBER}){COUNT_UNIT}')
_EACH_PLAIN = re.compile(rf'每[^每,。;:\n]{{0,16}}?(?:{either(words.COMPARATIVES)}标?)(?P<number>{DIGITS})$')
_CHANGE: Final = either((*words.COMPARATIVES, *words.EVENTS))
_EACH_OF_TWO = re.compile(rf'每{_CHANGE}?(?:1|一)?(?P<unit>{COUNTED})$')
_MEAN = re.compile(rf'(?:^|[,、;:的(])(?P<unit>(?!则){COUNTED})均$')
# 资金打卡延误按天扣0.1分
_BY_UNIT = re.compile(rf'(?<![不未没])按(?P<unit>{COUNTED})(?:数|累计|计)?,?$')
_TRIGGER = re.compile('(?:不足|少于|低于|不满|未满|未达到?|不到|超过|多于|高于|大于|小于|达到?)$')
_THEN_BOUND = re.compile(r'[^,。;\d]{0,6}?(?:少于|不足|低于|不满|不少于|不低于|超过|多于|高于|达不到)\d')
_THING_BEYOND = re.compile(
    rf'(?:有)?(?P<unit>个(?!{either(words.HEADED)})|个?(?P<headed>{things(COUNTED)}))(?P<of>[^\d,。;:]{{0,8}}?)(?:超过|多于|高于|大于|少于|不足|低于|小于|不满)'
)
_MEASURED = words.SIZES | {'元', '度', '升', '公斤', '千克', '千瓦时', '分', '%', '百分点'}
# 每个指标低于目标值3个百分点: the number is how far one is from what is asked for
_FROM_BASE = re.compile(either(words.BASES))
_DISTANCES = frozenset({'百分点', '千分点', '个点', '点', 'PP', 'pp', '名次', '位次'})
_MANY_BEYOND = re.compile(rf'[十百千万]{{1,2}}{COUNTED}(?:超过?|多于|高于|少于|不足|低于)')
_EACH_UNIT = re.compile(rf'每{COUNT_UNIT}')
_EACH_NOUN = re.compile(
    rf'每(?:{_CHANGE}?(?P<number>{DIGITS}|[一两二三五十](?=[一-鿿]{{1,2}}$)))?'
    r'(?P<noun>[一-鿿A-Za-z]{1,4}?)(?:均|各|分别|可|再|一律|,)*$'
)
_FREQUENCY = re.compile(rf'每(?:个)?(?:{either(words.TIMES)}|[百千万](?![元分])|半个?月(?!个|[的,则均再各]*$))')
_EACH_HUNDRED = re.compile(
    rf'每{_CHANGE}?(?P<number>百(?![万亿元分米克瓦])|千(?![万亿元分米克瓦亩吨])){COUNT_UNIT}(?:均|各|分别|可|再|一律|,)*$'
)
_EACH_SIZED = re.compile(
    rf'每(?:{_CHANGE}?(?=[十百千]?[万亿]|千[米克瓦元亩吨])|[^\d,。;:一二两三四五六七八九十百千万亿每]{{1,4}}(?=[百千]?[万亿]元|[百千]元)|(?=百元))'
    rf'{COUNT_UNIT}(?:均|各|分别|可|再|一律|,)*$'
)
# 每有1船未备案, 每1塘未消毒
_EACH_FAILING = re.compile(
    rf'每{_CHANGE}?(?P<number>{DIGITS}|[一两二三四五六七八九十])(?P<noun>(?![未不没无])[一-鿿]{{1,2}}?)(?=[未不没无违超][一-鿿]{{1,8}}$)'
)
_AT_ONCE = re.compile(rf'每个?{either(words.TIMES)}(?:均|各|分别|可|再|一律|,)*$')
_AT_LEAST = re.compile('至少|不少于|最少|不低于|不得少于|不超过')
_TARGET = re.compile(
    r'(?:至少|最少|最多|不得?少于|不得?低于|不得?小于|不得?超过|不得?高于|不得?大于|不应?少于|达到?|满足|控制在|为|应|须|≥|≤|>|<)[^,。;:]{0,3}$'
)
# 每达1万平方米: right behind 每 it says what is counted
_REACHED: Final = ('达', '达到', '满')
_ROUTINE = re.compile(
    rf'每{COUNT_NUMBER}?个?{either(words.TIMES)}[^,。;:每]{{0,10}}?{COUNT_NUMBER}(?:次|遍|轮|回|场|期)[^,。;:]*[,。;:]'
)
_PART_ENDS = ('', ',', '的', '、', ')', '等')
_CHANGED = re.compile(_CHANGE)
_ONE: Final = r'(?P<number>1|一)(?![\d.])'
_TAIL = (
    r'(?:\([^()]{0,8}\))?(?:以内)?(?:的|者|,|则|将|再|均|即|一律|分别|依次|并|可|应|相应|直接|额外|另|[在从][^,。;在从]{0,10}(?:中|内|里|上)|给予|予以'
    r'|对?(?:其|责任单位|责任人|该单位|当事人|主要负责人))*$'
)
_ADJACENT = re.compile(
    rf'(?<![率比]超)(?<![第每近前达于足过至\-~/一二三四五六七八九十\d.≤≥<>=]){_ONE}{COUNT_UNIT}{_TAIL}'
)
_WITHIN = re.compile(
    rf'(?:(?<=^)|(?<=,)|(?P<lead>{either(words.EVENTS)}[^,。;\d每一]{{0,4}}?)|(?P<noun>[一-鿿”)]))'
    rf'(?:其中|任意?|任何|有|由)?{_ONE}{COUNT_UNIT}(?P<after>未|不|没|无|达不|违|缺|有)?'
)
_OPEN: Final = r'(?P<noun>(?![未不没无非的及并起或和与以被均且])[一-鿿]{1,2}?)'
_OPEN_ADJACENT = re.compile(
    rf'(?<![第每近前达于足过至\-~/同统唯单逐万专任进一二三四五六七八九十\d.]){_ONE}{_OPEN}{_TAIL}'
)
_OPEN_WITHIN = re.compile(
    rf'(?:(?<=^)|(?<=,)|{either(words.EVENTS)})(?:其中|任意?|任何|有|由)?{_ONE}{_OPEN}(?=未|不|没|无|违|缺)'
)
_NOT_COUNTED = re.compile(
    r'一(?:票|般|定|律|致|线|体|次性|贯|把手|站式|级|类|等|半|度|档|键|户一|人一|岗|家人|村一|院一|案一|企一|校一|厂一|河一|湖一|园一'
    r'|部分|直|旦|经|并|概|再|向|味|同|切|时|样的|系列|定程|些|边|方|面|道|路|起(?=[未不])|齐|共|时间|段时)'
)
_OFTEN = re.compile(
    r'每(?:个)?(?:年度|季度|半年|年|月|季|周|天|日|旬|学期|班|人|户|村|家|次|名|车|县|校)(?:[^,。;\d]{0,4}\d{1,2}[月日号点][^,。;\d]{0,3}前)?[^,。;\d]{0,8}$|(?:至少|不少于|不低于|少于|不足|仅|最少|(?<!公)共|超过)[^,。;]{0,6}$'
)
# 查到1处, 漏发过1次, 群众不满1次 count; 达到, 查不到 aside 不到, 超过 and 未满 compare
_COMPARED = re.compile(
    '(?:[于达足≥≤<>=]|达到|(?<![查找看])不到|[超多高大长不]过|(?<!不)满|(?<![众者户家民工生属人客])不满)$'
)
_OUTLASTS = re.compile(rf'{either(target_words.LASTS)}(?:时间)?超$')
_TASK = re.compile(r'(?:建成|完成|达到|实现|建设)[^,。;\d]{0,6}$')
_LONG = ('年', '半年', '学期', '季度')
_ANY_OR_LACKING = re.compile('(?:[缺少漏差]|任意?|任何)$')
_EXTENDED = re.compile(r'(?:\(?含\)?)?(?:及?以上|以下|及以上|以内的?|内|左右|多|后|[-~至到]{1,2}\d)|性')
_AFTER_AMOUNT = re.compile(
    rf'(?:/|每)(?:每|1|一)?(?:个(?P<headed>{either(words.HEADED)})|(?P<unit>{COUNTED}))(?P<over>(?:[/·](?:{COUNTED}))*)(?:\([^()]{{1,4}}\))?'
)
_REACH = 60
_SHARED = re.compile(r'(?:各|分别|均各|各自|逐项|逐条|逐一)(?:再|另|可|酌情|各|相应)*$')


def after_amount(text: str, end: int) -> tuple[Count, int] | None:
    """The ``/次`` behind an amount that ends at ``end``, and where it ends."""
    found = _AFTER_AMOUNT.match(text, end)
    return (Count(Decimal(1), unit_of(found)), found.end()) if found else None


def counted_by(before: str, *, loses: bool, shared: bool) -> Count | None:
    """What the amount behind ``before`` (the clause's own words up to the verb) is counted by; None where it is taken once.

    ``loses`` tells that points are taken: then ``有1家未备案`` counts too, where a gain must stand right behind its quantity. ``shared`` tells that there
    is one amount: then ``各`` and ``分别`` say that each gets it.
    """
    each = _each(before, loses=loses)
    if each is not None:
        return each
    mean = (_MEAN.search(before) if '均' in before else None) or (_BY_UNIT.search(before) if '按' in before else None)
    if mean is not None:
        return Count(Decimal(1), mean['unit'])
    tail = before[-_REACH:]
    one = '1' in tail or '一' in tail
    near = _ADJACENT.search(tail) if one else None
    if (
        near is not None
        and _counts(tail, near)
        and not (not loses and near['unit'] in words.SIZES and _TASK.search(tail, 0, near.start()))
    ):
        return _count(near)  # 建成1万亩得3分 is a task
    if loses and one:
        for found in reversed(list(_WITHIN.finditer(tail))):
            if found['unit'] in _LONG and found['after'] in ('未', '没', '无'):
                continue  # 一年未组织
            if (found['lead'] or found['after'] or not found['noun']) and _counts(tail, found):
                return _count(found)
        for pattern in (_OPEN_ADJACENT, _OPEN_WITHIN):
            named = pattern.search(tail)
            if named is None or _is_bound(tail, named.start('number')):
                continue
            if _EXTENDED.match(tail, named.end('noun')):
                continue  # 延期1周以内
            if not _NOT_COUNTED.match(tail, named.start('number')) and not _often(tail, named):
                return Count(Decimal(1), named['noun'])
    if shared and _SHARED.search(before):
        return Count(Decimal(1), '项')
    return None


def _each(before: str, *, loses: bool) -> Count | None:
    position = before.rfind('每')
    while position >= 0:
        begins = before[position - 1 : position] in _PART_ENDS
        found, behind = _counted_from(before[position:], loses=loses, begins=begins)
        if behind and (inner := _ADJACENT.search(before, position + behind)) and _counts(before, inner):
            found = _count(inner)
        if found is not None:
            return _joined(before, position, replace(found, start=position))
        position = before.rfind('每', 0, position)
    return None


@lru_cache(1024)  # 每次, 每缺1项: the same few words stand everywhere
def _counted_from(tail: str, *, loses: bool, begins: bool) -> tuple[Count | None, int]:
    """What 每, with which ``tail`` begins, counts; and where what it names ends, if a number behind that may say what is counted instead (``每人缺1次``),
    else 0. ``begins``: 每 begins a part of the sentence."""
    found = _EACH.match(tail)
    if found is not None and found['change']:
        return Count(Decimal(1), None), 0
    plain = _EACH_PLAIN.match(tail)
    if plain is not None:
        return Count(parse_number(plain['number']) or Decimal(1), None), 0
    if (hundred := _EACH_HUNDRED.match(tail)) is not None:
        return _count(hundred), 0  # 每百株扣1分
    if (sized := _EACH_SIZED.match(tail)) is not None:
        return Count(Decimal(1), unit_of(sized)), 0  # 每万册扣0.5分
    lead = found['lead'] or '' if found is not None else ''
    frequency = _FREQUENCY.match(tail) is not None
    reached = lead in _REACHED and found is not None and found['unit'] != '%'
    beyond = lead.endswith('超') and found is not None and found['number'] not in (None, '1', '一')
    if (
        _ROUTINE.match(tail)
        or (_TARGET.search(lead) and not reached)
        or (frequency and (beyond or _TRIGGER.search(lead)))
    ):
        return None, 0  # 每样不少于125克，每2小时翻身一次，每周更新不足3条: what is asked for, not what is counted
    if found is not None and found['number'] not in (None, '1', '一') and _THEN_BOUND.match(tail, found.end()):
        return None, 0  # 每250平方米少于1名的
    if (
        found is not None
        and found['number'] not in (None, '1', '一')
        and (thing := _THING_BEYOND.fullmatch(lead))
        and not (unit_of(found) in _DISTANCES or _FROM_BASE.search(thing['of']))
        and _STEP_BEHIND.match(tail, found.end()) is None  # 每个科室低于90%一个百分点
    ):
        # 每处裂缝超过5毫米: each place, the millimetres are its condition; 每亩低于100公斤 is one number
        unit = thing['headed'] or thing['unit']
        return (None if unit in _MEASURED else Count(Decimal(1), unit)), 0
    if _MANY_BEYOND.fullmatch(lead) or (frequency and found is not None and tail.startswith('以上', found.end())):
        return None, 0  # 每千笔超5笔的, 每季度提升1%以上
    if found is not None and not (frequency and not _CHANGED.search(_AT_LEAST.sub('', lead))):
        step = _STEP_BEHIND.match(tail, found.end()) if found['number'] else None
        return _count(step or found), 0  # 每低于95%一个百分点: from 95 on, for each one
    if frequency and not _AT_ONCE.match(tail):
        return None, 0
    unit = _EACH_UNIT.match(tail)
    if unit is not None:
        return Count(Decimal(1), unit_of(unit)), unit.end()
    noun = _EACH_NOUN.match(tail)
    failing = _EACH_FAILING.match(tail) if loses else None
    if failing is not None:
        return Count(parse_number(failing['number']) or Decimal(1), failing['noun']), 0
    # 备好每堂课得5分: what is done to each, not for each how much; 编印每辑加1分 is counted
    if noun is not None and (loses or begins or len(noun['noun']) == 1):
        return Count(parse_number(noun['number'] or '1') or Decimal(1), noun['noun']), 0
    return None, 0


def _joined(before: str, position: int, count: Count) -> Count:
    """``每人每日``: both units, where 每 stands before each and neither says how often."""
    other = _EACH_OF_TWO.search(before, max(0, position - 8), position)
    if other is None or count.unit is None or count.quantity != 1 or other['unit'] in words.TIMES:
        return count
    return Count(Decimal(1), f'{other["unit"]}/{count.unit}', other.start())


def _counts(text: str, found: re.Match[str]) -> bool:
    start = found.start('number')
    if _is_bound(text, start):
        return False
    if (_NOT_COUNTED.match(text, start) and not _ANY_OR_LACKING.search(text, 0, start)) or _EXTENDED.match(
        text, max(found.end('unit'), found.end('headed'))
    ):
        return False
    return not _often(text, found)


def _is_bound(text: str, start: int) -> bool:
    """``发生率大于1%``, ``贮存超1年``: the number is one to go beyond."""
    return _COMPARED.search(text, 0, start) is not None or _OUTLASTS.search(text, 0, start) is not None


def _often(text: str, found: re.Match[str]) -> bool:
    start = found.start('number')
    return _OFTEN.search(text[max(0, start - 12) : start]) is not None


def _count(found: re.Match[str]) -> Count:
    """The count that a match states; its ``start`` is that of the number."""
    share = found['share'] if 'share' in found.re.groupindex else None
    value = parse_number((found['of'] if share else found['number']).replace('。', '.')) or Decimal(1)
    unit = {'百分之': '%', '千分之': '‰', '万分之': '‱'}[share] if share else unit_of(found)
    return Count(value, unit, found.start('number') if not share else found.start())
