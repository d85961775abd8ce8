"""What a limit holds for (``每月最多5分``), and what clauses beside each other say of what they count."""

from __future__ import annotations

import re
from decimal import Decimal

from kaohe.normalizers.grammar.alternatives import either
from kaohe.normalizers.grammar.clauses.clause_match import ClauseMatch
from kaohe.normalizers.grammar.clauses.counts.count_terms import COUNTED, Count, unit_of
from kaohe.normalizers.grammar.surface import STATEMENT_END, Surface
from kaohe.normalizers.vocabulary import point_words as words
from kaohe.normalizers.vocabulary import target_words

_LIMITED_FOR = re.compile(
    rf'(?:每(?P<whom>人|家|户|校|村|班|单位))?(?:单(?!位)|每(?:1|一)?)(?:个(?P<headed>{either(words.HEADED)})|(?P<unit>{COUNTED}))(?P<over>)[^,。;:\d]{{0,6}}?(?:最[高多大]|至多|上限|封顶|限额|不得?超|不高于|[扣加得]分|限[加扣得记计]|以$)'
)


_LIMITED_OPEN = re.compile(
    r'(?:^|[,;(])(?:每(?:一|1)?|单(?![位项个次]))(?P<noun>(?!个|人次)[一-鿿]{1,4}?)'
    r'(?:累计|合计|扣分|加分|得分|计分)*(?:最[高多大]|至多|上限|封顶|限额|不得?超|不高于|限[加扣得记计]|只[加扣得记计]|以$|[加扣得]$)'
)
_LIMITED_EACH = re.compile('(?:最[高多大]|至多|上限)(?:可|只)?各')
_LEVEL_ONLY = re.compile(rf'(?:{either(words.LEVELS)})(?:级|等奖|奖|部级)?(?:及以上)?的?')
_EXTRA = re.compile(r'^(?:另|再|追|额外|头版|头条|其中)|(?:另|再|追|额外)$')
_OWN_COUNT = re.compile(r'[每各]|\d|[一两二三四五六七八九十][次人处项个例起件]')
# 每, 一人 or 发现一处 before what happens: it holds for what stands beside that too
_COUNT_FIRST = re.compile(
    rf'(?:^|[,、;:。])(?:[^,、;:。]{{0,10}})?(?:每(?:发现)?(?:个|1|一)?|(?:发现|查出)?(?:1|一)){either(words.COUNTED)}(?P<then>[^,。;:、\d]{{2,}})$'
)
# 不知晓, 未执行; then 回答不全, 执行不正确
_DENIED = re.compile('(?:的|均|仍)?(?:未|不|没有?|无)')
_DEGREE = re.compile(
    '(?P<done>[一-鿿]{0,4}?)(?:得|内容|情况)?(?:不(?:够|太|很)?(?:全面?|完整|正确|准确|规范|熟练|熟悉|到位|清楚?|彻底|及时|完善)|有误|错误|有缺项|有遗漏)的?'
)
_MORE = r'(?<![超过达足计于续满到多低高小大])(?:[2-9]|[1-9]\d|[二两三四五六七八九十])'
_SEVERAL = re.compile(rf'[^每\d,。;:]{{0,12}}?{_MORE}(?:(?:-{{1,2}}|~|至|到|、){_MORE})?个?')
_LONG_EVENTS = tuple(word for word in words.EVENTS if len(word) > 1)
_SHORT_EVENTS = tuple(word for word in words.EVENTS if len(word) == 1)
"""Right before a number what happens so many times (``漏2次``), elsewhere part of a word (``漏报``)."""
# 累计2次, 发生2起以上: says nothing of what is counted
_GENERAL_LEAD = re.compile(
    rf'[,、;:的及或和(“”]|{either((*_LONG_EVENTS, *target_words.RUNNING))}|(?:{either(_SHORT_EVENTS)})+$|当[年月季日]|本?(?:年度?|月度?|季度?)内?|[一二三四]季度|达到?|超过|同一|个|第|再次|又|被'
)
_MEMBERS = re.compile(r'每(?P<members>[^每,。;:\d]{1,30}?)(?:分别|各|依次)*$')


def limited_by(before: str) -> Count | None:
    """What a limit holds for: ``单项最高``, ``每月最多``; None where it limits all together. ``before`` are its words up to the number."""
    if _LIMITED_EACH.search(before):
        return Count(Decimal(1), '项')
    found = _LIMITED_FOR.search(before)
    if found is None:
        named = _LIMITED_OPEN.search(before)
        return Count(Decimal(1), named['noun']) if named else None
    whom = f'{found["whom"]}/' if found['whom'] else ''
    return Count(Decimal(1), whom + unit_of(found))


def states_number(words_of_clause: str, unit: str) -> bool:
    """Whether a clause begins with two or more of ``unit`` (``缺2项扣2分``, ``2-3项扣2分``), taken once and not for each."""
    found = _SEVERAL.match(words_of_clause)
    if found is None:
        return False
    return words_of_clause.startswith(unit, found.end() - (unit == '个' and words_of_clause[found.end() - 1] == '个'))


def names_another(one: str, other: str, unit: str) -> bool:
    """Whether the second of two clauses counts something else by the same ``unit`` (``重伤1人扣5分；死亡2人以上``): both name what they count, and
    neither name holds the other."""
    number = re.compile(rf'[\d一二两三四五六七八九十~至-]+个?{re.escape(unit)}')
    first, second = (_GENERAL_LEAD.sub('', number.split(words_of, maxsplit=1)[0]) for words_of in (one, other))
    return bool(first and len(second) > 1) and first not in second and second not in first


def members(before: str, amount_count: int) -> tuple[Count, ...] | None:
    """``每单条、综合、简讯分别`` before as many amounts: one count for each."""
    found = _MEMBERS.search(before) if amount_count > 1 else None
    names = found['members'].split('、') if found else []
    if len(names) == amount_count > 1 and all(len(name) <= 4 for name in names):
        return tuple(Count(Decimal(1), name) for name in names)
    return None


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
    if seen.text[start - 1 : start] not in ('、', ',') or _OWN_COUNT.search(bare) or last.amount is None:
        return None
    first = _COUNT_FIRST.search(
        re.split(r'(?:扣减|奖励|[扣减加得计记给奖])$', seen.text[seen.at(last.start) : seen.at(last.amount[0])])[0]
    )
    if first is None or (seen.text[start - 1] == ',' and not _less_of_it(first['then'], bare)):
        return None
    return Count(last.per_quantity, last.per_unit)


def _less_of_it(matter: str, beside: str) -> bool:
    """Whether what stands behind a comma is a lesser degree of the matter before it: 一次未执行扣1分，执行不正确扣0.5分; 一人不知晓扣1分，回答不全扣0.5分."""
    degree = _DEGREE.fullmatch(beside)
    if degree is None or _DENIED.match(matter) is None:
        return False
    return degree['done'] in ('', '回答') or degree['done'][-2:] in matter
