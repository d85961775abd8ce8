"""The words before and after a number that compare it, and what they say together."""

from __future__ import annotations

import re

from msgspec import Struct
from msgspec.structs import replace

from kaohe.normalizers.catalogue import Comparator
from kaohe.normalizers.grammar.alternatives import either
from kaohe.normalizers.grammar.quantities.printed_numbers import PrintedNumber
from kaohe.normalizers.grammar.quantities.quantity import Quantity
from kaohe.normalizers.grammar.running_sums import runs_up
from kaohe.normalizers.vocabulary import target_words as vocabulary

_EACH = rf'(?:{vocabulary.EVERY}|每(?:人|户|家|名|人每[天日周月年]|(?:平方米|公里|亩|吨|床|台)(?:每[天日周月年])?))'
_BEFORE = re.compile(
    rf'({either(vocabulary.BEFORE)})(?:约|近|了|(?:{either(vocabulary.YARDSTICKS)}){{1,2}}(?:时间|时限|期限|时长|时刻|线|标准|范围|数|额)?(?:的|值)?\(?|{_EACH}|{either(vocabulary.LIGHT_VERBS)})?$'
)
_OF = re.compile(
    rf'({either(word for word in vocabulary.BEFORE if len(word) > 1 and word not in vocabulary.REACHING)})([^,。;:、\d()每]{{2,14}}?)的?$'
)
_SUFFICES = re.compile(r'(满足)([^,。;:、\d()每]{1,8})$')
# 满足500人3天需求: two numbers, both at least
_SUFFICES_FOR = re.compile(r'(满足)[^,。;:、\d()每]{0,8}\d[\d.]*[万千]?[人户名家床台辆]$')
_SUFFICES_AFTER = re.compile('的?(?:供应|需求|需要|用量|用水|用电|使用|消耗|消费|储备|应急|生产|生活|口粮)')
_BEYOND = re.compile(
    r'(超)((?:合同|预算|计划|定额|概算|上年|目标|指标|标准|限额|限值|设计|额定|核定|警戒)[^,。;:、\d()每]{0,4})$'
)
_REACHED_OF = re.compile(r'(?<=[率比重数量额])(达到|达|占到)([^,。;:、\d()每]{2,10})的$')
_VERBED = re.compile(r'(至少|最少|起码|最多|至多)[\u4e00-\u9fff]{1,6}$')
_LIMITS = re.compile(r'限[速高重载宽长]$')
_RUNNING = re.compile(
    rf'(?:{either(vocabulary.RUNNING)})(?:{either(vocabulary.HAPPENS)}|(?P<done>{either(vocabulary.HAPPENED)}))?$'
)
_IN_A_SPAN = re.compile(
    rf'(?:全年|年度?内|当[年月季]|月内|季度?内|(?:一个?|1个?|本)(?:考核)?(?:年度?|月度?|季度|学期|周期)内?|同年|同月)度?(?P<done>{either(vocabulary.HAPPENED)})$'
)
# 全年超标1次扣1分: the points are for each
_ONE_EACH = re.compile('[1一]个?[\u4e00-\u9fff]{1,2}?的?,?[扣减罚加奖]\\d')
_TIME_LIMIT = re.compile('(?<![超过逾])(?P<name>时限)(?:应?为|是|:)?$')
# 响应时间：一级故障15分钟，二级故障30分钟; not 办理时限5天，公示7天 nor 逾期1天
_TIME_LIST = re.compile(
    rf'(?<![超过逾])(?:时限|(?:{either(vocabulary.ENDS_IN_TIME)})(?:时间|时长))(?:要求)?(?:为|是)?:?'
    rf'(?:[A-ZⅠ-Ⅻ]?[\u4e00-\u9fff]{{0,8}}\d+个?(?:{either(vocabulary.TIME_UNITS)})(?:以?内)?[,、;])*[A-ZⅠ-Ⅻ]?(?:(?![每超晚差短多少增减期]|质保|备用|运行|停业|{either((*vocabulary.LASTS, *vocabulary.LATE))})[\u4e00-\u9fff]){{0,8}}$'
)
_AGAIN = re.compile(r'(?:重复|反复|连续)(?P<done>[\u4e00-\u9fff]{2,3})$')
_NOT_WITHIN = re.compile(
    r'(?:未能?|没有|没能?|不能)(?:[在于](?:[^,。;\d]{1,8}(?:后|起))?|按(?:规定|要求)在)(?:规定的?)?$'
)
_UNDONE = re.compile(
    rf'(?:未|没有|没)(?!{either(vocabulary.UNCOUNTED)})(?P<done>[\u4e00-\u9fff]{{2,4}}?)(?:满|够|足|到)?$'
)
_UNDONE_AFTER = re.compile(
    r'(?:\([^()]{1,12}\)|\))?(?:仍|尚|还|均)?(?:未|没有|没|不能|无法|拒不)(?!发生|出现|受到|被|再)'
)
_STILL_UNDONE = re.compile('(后)(?:仍|尚|还|才|方)(?:未|没|不|到|完)')
_REACHES = frozenset({'达到', '达', '达至', '达到了', '满'})
_DENIED = _REACHES | {'满足'}
_MISSED = re.compile(rf'(?:未(?!{either(vocabulary.NO_DENIALS)})|没有|没|未能)[^,。;:、\d率比数量额度]{{0,6}}$')
_UNABLE = re.compile(rf'(?:{either(vocabulary.UNABLE)})(?:{either(vocabulary.WHOLLY)})?$')
_ABOUT = re.compile(r'(?:约|近|大约|将近|接近)$')
DONE_WITHIN = re.compile(rf'(?:{either(vocabulary.ENDS_IN_TIME)})')
# how long before something: 会前, 开标前; not 目前, 此前 nor the first days of 每月前
HOW_EARLY = re.compile(r'(?<![提目之以此在月年周季旬日天])(?<=[\u4e00-\u9fff])前$')
_BOUND = r'\((?:(?P<out>不含|不包括|不包含)|含)[^()]{0,8}\)'
_AFTER = re.compile(
    rf'(?:{_BOUND})?(?:\([^()]{{1,9}}\)(?=内|以))?(?P<after>{either(vocabulary.AFTER)})?(?:{_BOUND.replace("out", "outer")})?'
)
_SIGN = re.compile(rf'({either(vocabulary.FLIPPED)})(?!\d)')
# What a word of comparison, or what may stand between it and its number, ends with; `$` also stands before a last line feed.
_ENDS_BEFORE = frozenset(word[-1] for word in (*vocabulary.BEFORE, *vocabulary.LIGHT_VERBS)) | set(
    '约近了定求准标划的值间限长刻线围数额(诺同计业收戒许警后\n人户家名天日周月年季期度旬时起'
)
_ENDS_HAPPENING = frozenset(word[-1] for word in (*vocabulary.RUNNING, *vocabulary.HAPPENS, *vocabulary.HAPPENED)) | {
    '\n'
}
_SIGNS = frozenset(sign[0] for sign in vocabulary.FLIPPED)
_BEGINS_AFTER = frozenset(word[0] for word in vocabulary.AFTER) | {'('}
_SHARES = frozenset({'%', '‰', '百分点'})
_RANKED = frozenset({'名', '位'})
_STRICT: dict[Comparator, Comparator] = {'>=': '>', '<=': '<'}
_LIMITED = frozenset(unit.removeprefix('个') for unit in (*vocabulary.TIME_UNITS, *vocabulary.DISTANCE_UNITS)) | {'年'}
_LASTING = vocabulary.DURATIONS | {'年'}
_INCLUDING = ('及', '或')
# 低于平均价20%以上: how far below
_MORE = ('以上', '及以上')
_WITHIN = ('以内', '之内')
_AIM = re.compile('目标|计划|任务|定额|设计|合同|全[国省市区县]|平均|上年|去年')
RUNNING = '连续'
"""What ``before`` says for all words of ``RUNNING`` (``累计``, ``连续发生``)."""
_LIST = 60
_WIDEST = 24
"""Characters before a number in which a word of comparison is looked for."""


class _Before(Struct, frozen=True):
    """The comparing words before a number: where they begin, which they are, what a share is of, whether the number is only about right, the verb
    between."""

    left: int
    word: str = ''
    base: str | None = None
    about: bool = False
    done: tuple[int, int] | None = None


def compared(text: str, printed: PrintedNumber) -> Quantity:
    """The number with the words that compare it."""
    start, end, value, high, unit = printed.start, printed.end, printed.value, printed.high, printed.unit
    approximate = printed.approximate
    lasts = unit in vocabulary.DURATIONS
    lead = _words_before(text, start, end, unit)
    after, right, strict = _words_after(text, end, unit)
    if after in _MORE and unit in _SHARES and (aim := text[lead.left + len(lead.word) : start]) and _AIM.match(aim):
        lead = replace(lead, base=aim.rstrip('的'))  # 低于目标10个百分点以上: how far below
    comparator = (
        _compare('' if lead.base and after in _MORE else lead.word, after, strict) if lead.word or after else None
    )
    if lead.word and after and vocabulary.AFTER.get(after) == '<=':
        side = vocabulary.BEFORE.get(lead.word)
        if side == '>' or (side == '<' and after in _WITHIN):
            lead = _Before(start)  # 超目标10%以内, 少于设计5%以内: how far beyond is what is measured
    if after in ('内', '以内', '之内') and unit in _LASTING and lead.word not in vocabulary.NEGATIONS:
        # 24小时内未提交: the fault begins when the time is over
        comparator = '>' if _UNDONE_AFTER.match(text, right) else comparator
    elif comparator is None and lasts and value != 1 and _UNDONE_AFTER.match(text, right):
        comparator = '>'  # 逾期30天未还
    elif (
        comparator is None
        and lasts
        and DONE_WITHIN.match(text, right)
        and not (text.endswith('提前', 0, start) or HOW_EARLY.search(text, 0, start))
    ):
        comparator = '<='  # 3天办结, not 提前3天完成 nor 会前30分钟完成
    if comparator is None and right == end and text[end : end + 1] in _SIGNS and (sign := _SIGN.match(text, end)):
        comparator, right = vocabulary.FLIPPED[sign.group(1)], sign.end(1)
    if lasts and right == end and (late := _STILL_UNDONE.match(text, end)):
        comparator, right = '>', late.end(1)  # 24小时后仍未修复
    if text.startswith('左右', right):
        comparator, right, approximate = '=', right + 2, True
    if high is not None:
        value, high = min(value, high), max(value, high)
        comparator = 'between'
    about = approximate or lead.about
    return Quantity(
        lead.left, start, end, right, value, high, unit, comparator, lead.word, after, about, printed.digits,
        lead.base, printed.mended, None, lead.done,
    )  # fmt: skip


def _words_before(text: str, start: int, end: int, unit: str | None) -> _Before:
    start -= text[start - 1 : start] == '±'
    window = max(0, start - _WIDEST)
    last = text[start - 1 : start]
    ends = last in _ENDS_BEFORE
    word = _BEFORE.search(text, window, start) if ends else None
    if word is not None and word.group(1) == '未' and (unit not in _SHARES or word.end(1) < start):
        word = None  # 未落实1项
    if word is not None and word.group(1) == '未完成' and unit not in _SHARES:
        word = None  # 未完成1项: so many are not done
    if word is not None:
        missed = _MISSED.search(text, window, word.start()) if word.group(1) in _REACHES else None
        return _Before(missed.start(), '未达到') if missed else _or_denied(text, window, word)
    if unit in _LASTING and _SUFFICES_AFTER.match(text, end) and (word := _SUFFICES.search(text, window, start)):
        return _or_denied(text, window, word)  # 满足主城区15天供应量
    if unit in _LASTING and _SUFFICES_AFTER.match(text, end) and (word := _SUFFICES_FOR.search(text, window, start)):
        return replace(_or_denied(text, window, word), left=start)
    if unit in _LASTING:
        if ends and (word := _NOT_WITHIN.search(text, window, start)):
            return _Before(word.start(), '未在')
        if word := _UNDONE.search(text, window, start):
            return _Before(word.start(), '未满', done=word.span('done'))
    if unit == '分' and runs_up(text, start, end):
        return _Before(start, RUNNING)
    counts = unit in vocabulary.COUNT_UNITS
    happens = last in _ENDS_HAPPENING
    if happens and (counts or unit in _LASTING) and (word := _RUNNING.search(text, window, start)):
        if not (word['done'] and _ONE_EACH.match(text, start)):
            return _Before(word.start(), RUNNING, done=word.span('done') if word['done'] else None)
    elif happens and counts and (word := _IN_A_SPAN.search(text, window, start)) and not _ONE_EACH.match(text, start):
        return _Before(word.start('done'), RUNNING, done=word.span('done'))
    if unit in ('次', '起') and (word := _AGAIN.search(text, window, start)):
        return _Before(word.start(), RUNNING, done=word.span('done'))
    if unit in vocabulary.DURATIONS and (word := _TIME_LIMIT.search(text, window, start)):
        return _Before(word.end('name'), '限制在')
    if unit in vocabulary.DURATIONS and _TIME_LIST.search(text, max(0, start - _LIST), start):
        return _Before(start, '限制在')
    if text[start - 2 : start - 1] == '限' and (word := _LIMITS.search(text, window, start)):
        return _Before(start, '限制在')
    if counts and (word := _VERBED.search(text, window, start)):
        return _Before(start, word.group(1))
    if unit in _SHARES and (
        word := _OF.search(text, window, start)
        or _REACHED_OF.search(text, window, start)
        or _BEYOND.search(text, window, start)
    ):
        return _or_denied(text, window, word, word.group(2))
    if ends and (word := _ABOUT.search(text, window, start)):
        return _Before(word.start(), about=True)
    return _Before(start)


def _or_denied(text: str, window: int, word: re.Match[str], base: str | None = None) -> _Before:
    """The word of comparison with what denies it: ``难以满足`` asks whether so much was missed."""
    denied = _UNABLE.search(text, window, word.start()) if word.group(1) in _DENIED else None
    return _Before(denied.start(), '未达到', base) if denied else _Before(word.start(), word.group(1), base)


def _words_after(text: str, end: int, unit: str | None) -> tuple[str, int, bool]:
    """The comparing word behind a number, where it ends, and whether a bracket leaves out the number itself (``不含``)."""
    if text[end : end + 1] not in _BEGINS_AFTER:
        return '', end, False
    bound = _AFTER.match(text, end)
    assert bound is not None  # all of it is optional
    after, right = bound['after'] or '', bound.end()
    if (
        (after == '内' and unit not in _LIMITED)
        or (after == '起' and unit in vocabulary.TIME_UNITS)
        or (after in vocabulary.BEHIND and unit not in _RANKED)
    ):
        after, right = '', end
    return after, right, bound['out'] is not None or bound['outer'] is not None


def _compare(before: str, after: str, strict: bool) -> Comparator | None:
    """``达到 … 以下``: the word after the number decides; ``未达到 … 以上``: a negation before it turns that round;
    ``高于 … 以上`` takes the bound in (ruling 68), a sign does not."""
    left, right = vocabulary.BEFORE.get(before), vocabulary.AFTER.get(after)
    if right is None:
        return left
    if before in vocabulary.NEGATIONS:
        return vocabulary.NEGATED[right]
    if right == '<=' and (left == '>' or (left == '<' and after in _WITHIN)):
        return right  # 超目标10%以内, 少于设计5%以内
    if left is not None and (left == '<' or before == '>') and not after.startswith(_INCLUDING):
        return left
    return _STRICT[right] if strict else right
