"""For each how much: ``每少5%`` counts 5 ``%``, ``缺一项`` 1 项, ``各扣`` 1 项."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

from kaohe.normalizers.grammar.alternatives import either
from kaohe.normalizers.grammar.clauses.amounts import DIGITS
from kaohe.normalizers.grammar.clauses.clause_match import ClauseMatch
from kaohe.normalizers.grammar.surface import STATEMENT_END, Surface
from kaohe.normalizers.text.numbers import NUMBER, parse_number
from kaohe.normalizers.vocabulary import point_words as words
from kaohe.normalizers.vocabulary import target_words

_NUMBER: Final = rf'(?:(?!百分[点之])(?![千万]){NUMBER}(?!分之))'
_COUNTED: Final = either(words.COUNTED)
_LETTERS: Final = '[A-Za-zμµΩ]+'
# Units that are one sign: the temperature and the squared-up letters of old character sets
_SIGNS: Final = '(?:℃|°[CF]?|[㎎㎏㎜㎝㎞㎡㎥㏄])'
_UNIT: Final = rf'(?:个(?P<headed>{either(words.HEADED)}|[A-Za-z]+)|(?P<unit>项(?=目标)|/[十百千]?[万亿]|[万亿]?{_LETTERS}[²³]|[万亿]?{_SIGNS}|[十百千]?[万亿]{_COUNTED}|{_COUNTED}|{_LETTERS}|[微毫]克|毫升))(?P<over>/(?:(?:[十百千]?[万亿]|[百千])?(?:人次|公里|平方米|立方米|[一-鿿])|{_LETTERS}[²³]?|{_SIGNS}))?'
_EACH = re.compile(
    rf'每(?:(?P<lead>[^每\d,。;:\n]{{0,16}}?)'
    rf'(?:(?P<number>{_NUMBER}){_UNIT}|(?P<share>[百千万]分之)(?P<of>[零一二三四五六七八九十]+(?:点[零一二三四五六七八九]+)?|{DIGITS}))'
    rf'|(?P<change>{either(words.COMPARATIVES)})$)'
)
_STEP_BEHIND = re.compile(rf'(?:的)?(?P<number>{_NUMBER}){_UNIT}')
_EACH_PLAIN = re.compile(rf'每[^每,。;:\n]{{0,16}}?(?:{either(words.COMPARATIVES)}标?)(?P<number>{DIGITS})$')
_EACH_OF_TWO = re.compile(rf'每(?:{either((*words.COMPARATIVES, *words.EVENTS))})?(?:1|一)?(?P<unit>{_COUNTED})$')
_MEAN = re.compile(rf'(?:^|[,、;:的(])(?P<unit>{_COUNTED})均$')
_TRIGGER = re.compile('(?:不足|少于|低于|不满|未满|未达到?|不到|超过|多于|高于|大于|小于|达到?)$')
_THEN_BOUND = re.compile(r'[^,。;\d]{0,6}?(?:少于|不足|低于|不满|不少于|不低于|超过|多于|高于|达不到)\d')
_EACH_UNIT = re.compile(rf'每{_UNIT}')
_EACH_NOUN = re.compile(
    rf'每(?:{either((*words.COMPARATIVES, *words.EVENTS))}?(?P<number>{DIGITS}|[一两二三五十](?=[一-鿿]{{1,2}}$)))?'
    r'(?P<noun>[一-鿿A-Za-z]{1,4}?)(?:均|各|分别|可|再|一律|,)*$'
)
_FREQUENCY = re.compile(rf'每(?:个)?(?:{either(words.TIMES)}|[百千万](?![元分]))')
_CHANGE: Final = rf'(?:{either((*words.COMPARATIVES, *words.EVENTS))})?'
_EACH_HUNDRED = re.compile(rf'每{_CHANGE}(?P<number>[百千])(?![万亿元分米克瓦]){_UNIT}(?:均|各|分别|可|再|一律|,)*$')
_EACH_SIZED = re.compile(rf'每{_CHANGE}(?=[十百千]?[万亿]|千[米克瓦元]){_UNIT}(?:均|各|分别|可|再|一律|,)*$')
_AT_ONCE = re.compile(rf'每个?{either(words.TIMES)}(?:均|各|分别|可|再|一律|,)*$')
_AT_LEAST = re.compile('至少|不少于|最少|不低于|不得少于|不超过')
_TARGET = re.compile(
    r'(?:至少|最少|最多|不得?少于|不得?低于|不得?小于|不得?超过|不得?高于|不得?大于|不应?少于|达到?|满足|控制在|为|应|须|≥|≤|>|<)[^,。;:]{0,3}$'
)
# 每达1万平方米: right behind 每 it says what is counted
_REACHED: Final = ('达', '达到', '满')
_ROUTINE = re.compile(
    rf'每{_NUMBER}?个?{either(words.TIMES)}[^,。;:每]{{0,10}}?{_NUMBER}(?:次|遍|轮|回|场|期)[^,。;:]*[,。;:]'
)
_PART_ENDS = ('', ',', '的', '、', ')', '等')
_CHANGED = re.compile(either((*words.COMPARATIVES, *words.EVENTS)))
_ONE: Final = r'(?P<number>1|一)(?![\d.])'
_TAIL = (
    r'(?:\([^()]{0,8}\))?(?:以内)?(?:的|者|,|则|将|再|均|即|一律|并|可|应|相应|直接|额外|另|[在从][^,。;在从]{0,10}(?:中|内|里|上)|给予|予以'
    r'|对?(?:其|责任单位|责任人|该单位|当事人|主要负责人))*$'
)
_ADJACENT = re.compile(rf'(?<![第每近前达于足过至\-~/一二三四五六七八九十\d.≤≥<>=]){_ONE}{_UNIT}{_TAIL}')
_WITHIN = re.compile(
    rf'(?:(?<=^)|(?<=,)|(?P<lead>{either(words.EVENTS)}[^,。;\d每一]{{0,4}}?)|(?P<noun>[一-鿿”)]))'
    rf'(?:其中|任意?|任何|有|由)?{_ONE}{_UNIT}(?P<after>未|不|没|无|达不|违|缺|有)?'
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
    r'每(?:个)?(?:年度|季度|半年|年|月|季|周|天|日|旬|学期|班|人|户|村|家|次|名|车|县|校)[^,。;]{0,8}$|(?:至少|不少于|不低于|少于|不足|仅|最少|(?<!公)共|超过)[^,。;]{0,6}$'
)
# 查到1处, 漏发过1次, 群众不满1次 count; 达到, 查不到 aside 不到, 超过 and 未满 compare
_COMPARED = re.compile(
    '(?:[于达足≥≤<>=]|达到|(?<![查找看])不到|[超多高大长不]过|(?<!不)满|(?<![众者户家民工生属人客])不满)$'
)
_OUTLASTS = re.compile(rf'{either(target_words.LASTS)}(?:时间)?超$')
_LONG = ('年', '半年', '学期', '季度')
_LACKING = re.compile('[缺少漏差]$')
_EXTENDED = re.compile(r'(?:\(?含\)?)?(?:及?以上|以下|及以上|以内的?|内|左右|多|后)|性')
_AFTER_AMOUNT = re.compile(
    rf'(?:/|每)(?:每|1|一)?(?:个(?P<headed>{either(words.HEADED)})|(?P<unit>{_COUNTED}))(?P<over>(?:/(?:{_COUNTED}))*)(?:\([^()]{{1,4}}\))?'
)
_REACH = 60
_MORE = r'(?<![超过达足计于续满到多低高小大])(?:[2-9]|[1-9]\d|[二两三四五六七八九十])'
_SEVERAL = re.compile(rf'[^每\d,。;:]{{0,12}}?{_MORE}(?:(?:-{{1,2}}|~|至|到|、){_MORE})?个?')
_SHARED = re.compile(r'(?:各|分别|均各|各自|逐项|逐条|逐一)(?:再|另|可|酌情|各|相应)*$')
_MEMBERS = re.compile(r'每(?P<members>[^每,。;:\d]{1,30}?)(?:分别|各|依次)*$')


_LIMITED_FOR = re.compile(
    rf'(?:每(?P<whom>人|家|户|校|村|班|单位))?(?:单(?!位)|每(?:1|一)?)(?:个(?P<headed>{either(words.HEADED)})|(?P<unit>{_COUNTED}))(?P<over>)[^,。;:\d]{{0,6}}?(?:最[高多大]|至多|上限|封顶|限额|不得?超|不高于|[扣加得]分)'
)


_LIMITED_EACH = re.compile('(?:最[高多大]|至多|上限)(?:可|只)?各')
_LEVEL_ONLY = re.compile(rf'(?:{either(words.LEVELS)})(?:级|等奖|奖|部级)?(?:及以上)?的?')
_EXTRA = re.compile(r'^(?:另|再|追|额外|头版|头条|其中)|(?:另|再|追|额外)$')
_OWN_COUNT = re.compile(r'[每各]|\d|一[次人处项个例起件]')
# 每, 一人 or 发现一处 before what happens: it holds for what stands beside that too
_COUNT_FIRST = re.compile(
    rf'(?:^|[,、;:。])(?:[^,、;:。]{{0,10}})?(?:每(?:发现)?(?:个|1|一)?|(?:发现|查出)?(?:1|一)){either(words.COUNTED)}(?P<then>[^,。;:、\d]{{2,}})$'
)


class Count(NamedTuple):
    """``quantity`` of ``unit``; the unit is None where 每 names nothing countable. ``start`` is where its words begin in the text that was asked
    (``每少5%``, the 1 of ``缺1项``), None where it stands elsewhere."""

    quantity: Decimal
    unit: str | None
    start: int | None = None


def after_amount(text: str, end: int) -> tuple[Count, int] | None:
    """The ``/次`` behind an amount that ends at ``end``, and where it ends."""
    found = _AFTER_AMOUNT.match(text, end)
    return (Count(Decimal(1), _unit(found)), found.end()) if found else None


def limited_by(before: str) -> Count | None:
    """What a limit holds for: ``单项最高``, ``每月最多``; None where it limits all together. ``before`` are its words up to the number."""
    if _LIMITED_EACH.search(before):
        return Count(Decimal(1), '项')
    found = _LIMITED_FOR.search(before)
    if found is None:
        return None
    whom = f'{found["whom"]}/' if found['whom'] else ''
    return Count(Decimal(1), whom + _unit(found))


def counted_by(before: str, *, loses: bool, shared: bool) -> Count | None:
    """What the amount behind ``before`` (the clause's own words up to the verb) is counted by; None where it is taken once.

    ``loses`` tells that points are taken: then ``有1家未备案`` counts too, where a gain must stand right behind its quantity. ``shared`` tells that there
    is one amount: then ``各`` and ``分别`` say that each gets it.
    """
    each = _each(before, loses=loses)
    if each is not None:
        return each
    mean = _MEAN.search(before)
    if mean is not None:
        return Count(Decimal(1), mean['unit'])
    tail = before[-_REACH:]
    one = '1' in tail or '一' in tail
    near = _ADJACENT.search(tail) if one else None
    if near is not None and _counts(tail, near):
        return _count(near)
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
            if not _NOT_COUNTED.match(tail, named.start('number')) and not _often(tail, named):
                return Count(Decimal(1), named['noun'])
    if shared and _SHARED.search(before):
        return Count(Decimal(1), '项')
    return None


def states_number(words_of_clause: str, unit: str) -> bool:
    """Whether a clause begins with two or more of ``unit`` (``缺2项扣2分``, ``2-3项扣2分``), taken once and not for each."""
    found = _SEVERAL.match(words_of_clause)
    return found is not None and words_of_clause.startswith(unit, found.end())


def members(before: str, amount_count: int) -> tuple[Count, ...] | None:
    """``每单条、综合、简讯分别`` before as many amounts: one count for each."""
    found = _MEMBERS.search(before) if amount_count > 1 else None
    names = found['members'].split('、') if found else []
    if len(names) == amount_count > 1 and all(len(name) <= 4 for name in names):
        return tuple(Count(Decimal(1), name) for name in names)
    return None


def _each(before: str, *, loses: bool) -> Count | None:
    position = before.rfind('每')
    while position >= 0:
        found = _each_at(before, position, loses=loses)
        if found is not None:
            return _joined(before, position, found._replace(start=position))
        position = before.rfind('每', 0, position)
    return None


def _each_at(before: str, position: int, *, loses: bool) -> Count | None:
    found = _EACH.match(before, position)
    if found is not None and found['change']:
        return Count(Decimal(1), None)
    plain = _EACH_PLAIN.match(before, position)
    if plain is not None:
        return Count(parse_number(plain['number']) or Decimal(1), None)
    if (hundred := _EACH_HUNDRED.match(before, position)) is not None:
        return _count(hundred)  # 每百株扣1分
    if (sized := _EACH_SIZED.match(before, position)) is not None:
        return Count(Decimal(1), _unit(sized))  # 每万册扣0.5分
    lead = found['lead'] or '' if found is not None else ''
    frequency = _FREQUENCY.match(before, position) is not None
    reached = lead in _REACHED and found is not None and found['unit'] != '%'
    if (
        _ROUTINE.match(before, position)
        or (_TARGET.search(lead) and not reached)
        or (frequency and _TRIGGER.search(lead))
    ):
        return None  # 每样不少于125克，每2小时翻身一次，每周更新不足3条: what is asked for, not what is counted
    if found is not None and found['number'] and _THEN_BOUND.match(before, found.end()):
        return None  # 每250平方米少于1名的
    if found is not None and not (frequency and not _CHANGED.search(_AT_LEAST.sub('', lead))):
        step = _STEP_BEHIND.match(before, found.end()) if found['number'] else None
        return _count(step or found)  # 每低于95%一个百分点: from 95 on, for each one
    if frequency and not _AT_ONCE.match(before, position):
        return None
    unit = _EACH_UNIT.match(before, position)
    if unit is not None:
        inner = _ADJACENT.search(before, unit.end())
        return _count(inner) if inner is not None and _counts(before, inner) else Count(Decimal(1), _unit(unit))
    noun = _EACH_NOUN.match(before, position)
    # 备好每堂课得5分: what is done to each, not for each how much
    if noun is not None and (loses or before[position - 1 : position] in _PART_ENDS):
        return Count(parse_number(noun['number'] or '1') or Decimal(1), noun['noun'])
    return None


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
    if (_NOT_COUNTED.match(text, start) and not _LACKING.search(text, 0, start)) or _EXTENDED.match(
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
    unit = {'百分之': '%', '千分之': '‰', '万分之': '‱'}[share] if share else _unit(found)
    return Count(value, unit, found.start('number') if not share else found.start())


def _unit(found: re.Match[str]) -> str:
    return (found['headed'] or found['unit']) + (found.groupdict().get('over') or '')


def carried_count(seen: Surface, own: str, start: int, before: list[ClauseMatch]) -> Count | None:
    """``每获国家级1项加3分，省级加2分``, ``一人回答不完整扣0.5分、回答错误扣1分``: where the first says what is counted before it says what
    happens, that holds for what stands beside it, up to the end of the statement."""
    last = before[-1] if before else None
    if last is None or last.per_quantity is None or STATEMENT_END.search(seen.text, seen.at(last.end) - 1, start):
        return None
    bare = own.strip(',、')
    if _EXTRA.search(bare):
        return None
    if _LEVEL_ONLY.fullmatch(bare):
        return Count(last.per_quantity, last.per_unit)
    if seen.text[start - 1 : start] != '、' or _OWN_COUNT.search(bare) or last.amount is None:
        return None
    first = _COUNT_FIRST.search(
        re.split(r'[扣减加得计记给奖]+$', seen.text[seen.at(last.start) : seen.at(last.amount[0])])[0]
    )
    return Count(last.per_quantity, last.per_unit) if first else None
