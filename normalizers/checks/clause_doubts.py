"""Clauses that may have been misread: what their own words, their line and their neighbours say against them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from kaohe.normalizers.catalogue import Clause
from kaohe.normalizers.checks.finding_places import number
from kaohe.normalizers.checks.line_texts import LineText, Suspicion
from kaohe.normalizers.checks.unexplained_numbers import unexplained_number
from kaohe.normalizers.grammar.alternatives import either
from kaohe.normalizers.grammar.clauses.formulas import states_number
from kaohe.normalizers.text.folding import halfwidth
from kaohe.normalizers.vocabulary import doubt_words

RULES_OF_BARE_AMOUNTS = frozenset({'award.bare', 'award.whole', 'signed.plus', 'signed.minus'})
_FAULT = re.compile(either(doubt_words.FAULTS))
_JUDGED = re.compile(either(doubt_words.JUDGED))
_COUNTED = re.compile(r'每|各|一|任|均|逐|/|发现|有|按[天日次人件项户篇处]|(?<![\d.+-])\d+(?:\.\d+)?(?![\d.]|\s*分)')
_EACH_TWICE = re.compile(
    r'每(?![月周年季日天旬]|半年)[^,;每]{1,8}每(?:[日天月年次人件项处户班车]|个)[^,;。每]{0,6}[扣得加减计记]'
)
_TWO_COUNTS = re.compile(
    r'(?<![第同统])[一1][户人家村校车船台班项处][一1](?:次|项|处|件|天|日|例)(?:[扣减]|\d)|每[^,;。]{0,6}?\d+(?P<unit>[户人份件家个处辆台])有[一1](?P=unit)'
)
_ONE_LACKING = re.compile(
    r'(?:(?<![短紧稀空或])缺|漏|(?<![减至最不较])少|(?<![相误温落偏时])差)(?:1|一)(?![\d.%]|个?百分点)[一-鿿]{2,4}[扣减]|(?:少于|低于|高于|超过|超)(?:目标|计划|标准|基准)值?\d[\d.]*个?百分点(?:的,?)?[扣减]'
)
_BEGINS_CUT = re.compile(r'[或且、)）”》]|及(?!格|时)')
_PAIRS = (('(', ')'), ('“', '”'), ('《', '》'))
_INTERVAL = re.compile(r'\[\d[^()\[\]]*\)|\(\d[^()\[\]]*\]')
_LIMITED = re.compile(r'最低|至少|最高|最多|封顶|上限')
_LIMIT_AMOUNT = re.compile(
    r'(?:[上為为]限|封[顶頂]|最高|最多|不超[过過])(?:[为為得计扣加]|:|：)?\s*\d+(?:\.\d+)?\s*分$'
)
_LEAST_AMOUNT = re.compile(r'(?:最低|最少|至少|不低于|不少于)(?:为|扣|得|计|加)?\d+(?:\.\d+)?分$')
_AS_SHARE = re.compile(r'按\d+(?:\.\d+)?%(?:计|折|算)')
_ADDS_UP = re.compile(r'[×*xX]\s*\d+(?:\.\d+)?%?\s*[+＋]')
_OF_POINTS = re.compile('分值|分数|满分|得分的|权重|项分')
_ZERO_IS_READ = frozenset({'award.grade', 'proportional.grade'})
_FORMULAS = frozenset({'proportional.formula', 'proportional.times'})
_TWO_WAYS = re.compile(r'\d\s*\\\s*\d[\d.]*\s*分')
# 考核得分80-90分扣减5%: of the points of the line, or of what is paid
_SCORES_REACHED = re.compile(r'(?:\d[\d.]*分?(?:-|~|至|到)\d[\d.]*分|\d分(?:\(含\))?(?:以[上下]|及以))的?,?$')
_SHARES_LISTED = re.compile(r'%、\d+(?:\.\d+)?%')
_COUNTS = re.compile('[每各一缺少漏有]|发现|发生')
_FURTHER = re.compile('加扣|追加|另扣|再扣')
_REACH = 40
_STATEMENT = re.compile(r'[。;\n]')
_OPENING = 3
_AMOUNT_IN_CONDITION = re.compile(r'(?<![增参追附添])[扣得加减]\d+(?:\.\d+)?(?!\d|\.\d|[万亿]?元)')
_MEASURES = '次日天月人户件家点位台处项'


def clause_doubts(text: LineText) -> Iterator[Suspicion]:
    """What speaks against each clause of a text; at most one reason for a clause."""
    for at, clause in text.clauses:
        for check in _CHECKS:
            if reason := check(text, clause):
                yield Suspicion(' '.join(clause.text.split()), reason, at)
                break
    yield from _overlaps(text)
    yield from _sum(text)


def _too_much(text: LineText, clause: Clause) -> str | None:
    points = text.line.points
    if _FURTHER.search(clause.text):
        return None  # beyond what the line has
    if (
        text.line.kind != 'scored'
        or points is None
        or clause.points is None
        or clause.effect not in ('award', 'deduct')
    ):
        return None
    if clause.points <= points or (
        clause.effect == 'award' and clause.rule not in RULES_OF_BARE_AMOUNTS and _other_scale(text)
    ):
        return None
    return f'{number(clause.points)} 分比本行的 {number(points)} 分还多'


def _other_scale(text: LineText) -> bool:
    """Whether several awards are larger than the line: then it is scored on a scale of its own (``计100分``)."""
    points = text.line.points or Decimal(0)
    return sum(clause.effect == 'award' and (clause.points or 0) > points for _, clause in text.clauses) > 1


def _turned(text: LineText, clause: Clause) -> str | None:
    """A bare amount beside a fault that was read as a gain, or the other way round, where the line says otherwise."""
    if clause.rule != 'award.bare' or clause.effect not in ('award', 'bonus', 'deduct') or _reached(text, clause):
        return None
    if clause.effect != 'deduct' and _FAULT.search(clause.text):
        return '看起来是过失，却读成了得分'
    takes = clause.effect == 'deduct'
    contrary = text.amounts['award'] + text.amounts['bonus'] if takes else text.amounts['deduct']
    if contrary > 1 and contrary == text.amounts.total() - 1:
        return '本行其他条款都是' + ('得分' if takes else '扣分') + '，只有这一条相反'
    return None


def _reached(text: LineText, clause: Clause) -> bool:
    """``完好率98%（5分）``: what is given for a target that is reached."""
    targets = text.targets_over(clause.start, clause.end)
    return clause.effect == 'award' and bool(targets) and not _FAULT.search(clause.text)


def _head(text: LineText, clause: Clause) -> str | None:
    """``分级护理（15分）：``, ``客户评分4.5分以下（满分5分）的``: the points of a part or of a scale, not of a clause."""
    if clause.rule not in RULES_OF_BARE_AMOUNTS or clause.effect not in ('award', 'bonus') or len(text.clauses) < 2:
        return None
    opens = clause.rule == 'award.bare' and clause.start < _OPENING and clause.per_quantity is None
    opens = opens and not _reached(text, clause)
    deductions_follow = opens and text.amounts['deduct'] * 2 > len(text.clauses) - 1
    in_bracket = clause.rule == 'award.whole' and '(满分' in text.text[clause.start : clause.end]
    before_colon = text.text[clause.end : clause.end + 2].lstrip()[:1] == ':'
    return '像是一部分的总分，不像是得分的条款' if deductions_follow or in_bracket or before_colon else None


def _counted(text: LineText, clause: Clause) -> str | None:
    if clause.effect not in ('award', 'deduct', 'bonus') or clause.points is None:
        return None
    if clause.per_quantity is not None:
        words = halfwidth(clause.text)
        stepped = clause.per_quantity != 1 and number(clause.per_quantity) not in words and not _spelled(clause)
        if (not _COUNTED.search(words) or stepped) and not _carried(text, clause):
            return '原文没有说按什么计，却读成了按数量计'
        if _is_target(text, clause):
            return '计数的单位像是目标值'
        if _unit_cut(clause):
            return f'计数的单位“{clause.per_unit}”像是没有读全'
    if clause.per_unit and _TWO_COUNTS.search(halfwidth(clause.text)):
        return '有两个数量，按哪一个计要看原文'
    if clause.per_quantity is None and clause.effect == 'deduct' and _ONE_LACKING.search(halfwidth(clause.text)):
        return '像是按数量计，却没有读出按什么计'
    if '/' not in (clause.per_unit or '') and _EACH_TWICE.search(text.text, clause.start, clause.end):
        return '有两个“每”，按哪一个计要看原文'
    return None


def _carried(text: LineText, clause: Clause) -> bool:
    """``每支校级队伍得1分、省级得3分``: counted as the clause before it in its statement."""
    begin = max(0, clause.start - _REACH)
    before = [other for other in text.clauses_over(begin, clause.start) if other.end <= clause.start]
    last = max(before, key=lambda other: other.end, default=None)
    return (
        last is not None
        and (last.per_quantity, last.per_unit) == (clause.per_quantity, clause.per_unit)
        and not _STATEMENT.search(text.text, last.end, clause.start)
        and last.effect == clause.effect
    )


def _spelled(clause: Clause) -> bool:
    return re.search('[一二两三四五六七八九十百千万半]', clause.text) is not None


def _is_target(text: LineText, clause: Clause) -> bool:
    """``每年少于一次`` counted as per 1 次: the number is the one that was missed. What is asked for (``每月1次，缺1次``) may well be what is counted."""
    return any(
        (target.value, target.unit) == (clause.per_quantity, clause.per_unit)
        and (target.comparator in ('<', '>') or not _COUNTS.search(clause.text))
        and not _printed_twice(clause)
        for target in text.targets_over(clause.start, clause.end)
    )


def _printed_twice(clause: Clause) -> bool:
    """``超过10厘米，每10厘米扣0.2分``: the step is printed beside the target."""
    assert clause.per_quantity is not None
    step = rf'(?<![\d.]){re.escape(number(clause.per_quantity))}{re.escape(clause.per_unit or "")}'
    return len(re.findall(step, halfwidth(clause.text))) > 1


def _unit_cut(clause: Clause) -> bool:
    """``每辆次`` read as 辆, ``1个点`` as 个, ``0.1次/百公里`` as 次."""
    if not clause.per_unit:
        return False
    return _goes_on(clause.per_unit).search(halfwidth(clause.text)) is not None


@lru_cache(256)
def _goes_on(unit: str) -> re.Pattern[str]:
    word = re.escape(unit)
    return re.compile(rf'(?:每|一|1){word}[{_MEASURES}](?=[扣得加减均各计记,、]|\d)|每[^,;。每]{{0,8}}\d{word}/(?!\d)')


def _two_senses(text: LineText, clause: Clause) -> str | None:
    """Words of a clause that say something else than its effect."""
    words = clause.text
    if clause.effect == 'multiply' and clause.points is None:
        return '没有读出按几倍计'
    if clause.effect in ('award', 'deduct', 'bonus', 'external') and _JUDGED.search(words):
        return '说的是酌情，却读成了别的'
    if clause.effect in ('award', 'deduct', 'bonus') and _LIMIT_AMOUNT.search(words):
        return '像是上限，却读成了加减分'
    if clause.effect in ('award', 'deduct', 'bonus') and _LEAST_AMOUNT.search(halfwidth(words)):
        return '像是下限，却读成了加减分'
    if clause.effect == 'forfeit' and _LIMITED.search(words[-12:]):
        return '像是上下限，却读成了不得分'
    if clause.effect == 'proportional' and (
        '加扣' in words or '另扣' in words or (clause.share is None and _AS_SHARE.search(words))
    ):
        return '是折算本条还是加减别的条款的分，要看原文'
    moves = clause.effect in ('award', 'deduct', 'bonus') and clause.rule not in _ZERO_IS_READ
    if moves and clause.points is not None and (not clause.points or _TWO_WAYS.search(halfwidth(words))):
        return '分值印得可以有两种读法'
    if (
        clause.effect == 'proportional'
        and clause.sign == '-'
        and clause.share is not None
        and _SCORES_REACHED.search(halfwidth(clause.condition or ''))
        and not _OF_POINTS.search(words)
    ):
        return '扣的是分还是钱，原文没有说'
    if clause.effect == 'proportional' and _ADDS_UP.search(words):
        return '像是合计总分的公式'
    if clause.effect == 'proportional' and _SHARES_LISTED.match(text.text, max(clause.start, clause.end - 1)):
        return '后面还列有别的比例，没有读成条款'
    if clause.rule in _FORMULAS and clause.points is None and states_number(halfwidth(words).split('=')[-1]):
        return '没有读出这个公式最多给几分'
    return None


def _cut(text: LineText, clause: Clause) -> str | None:
    if _BEGINS_CUT.match(clause.text) and '\u4e00' <= text.text[clause.start - 1 : clause.start] <= '\u9fff':
        return '开头像是被截断了'
    folded = text.text[clause.start : clause.end]
    for opening, closing in () if _INTERVAL.search(folded) else _PAIRS:
        if folded.count(opening) != folded.count(closing) and closing in text.text[clause.end :][:1] + folded:
            return '括号或引号不成对，像是被截断了'
    return None


def _two_amounts(text: LineText, clause: Clause) -> str | None:
    """``一项达标得50%的分值，两项均达标得满分`` as one clause."""
    condition = halfwidth(clause.condition or '')
    found = _AMOUNT_IN_CONDITION.search(condition)
    begin = -1 if found is None else text.text.find(condition, clause.start, clause.end)
    if found is None or begin < 0:
        return None
    place = begin + found.start() + 1
    others = [other for other in text.clauses_over(place, place + 1) if other is not clause]
    if others or text.targets_over(place, place + 1):
        return None
    return '条件里还有一处分数，可能漏读了一条'


_CHECKS = (_too_much, _turned, _head, _counted, _two_senses, _cut, _two_amounts, unexplained_number)


def _overlaps(text: LineText) -> Iterator[Suspicion]:
    """Two clauses that share words without being a list of one span."""
    for (_, first), (at, second) in pairwise(sorted(text.clauses, key=lambda pair: (pair[1].start, pair[1].end))):
        if first.start < second.start < first.end and second.effect not in ('cap', 'choose'):
            yield Suspicion(' '.join(second.text.split()), '与前一条款的文字重叠', at)


def _sum(text: LineText) -> Iterator[Suspicion]:
    """Awards of a line that together give more, or less, than the line has, where all clauses are single awards of items."""
    points = text.line.points
    if text.line.kind != 'scored' or points is None or len(text.clauses) < 2 or text.thresholds:
        return
    if any(
        clause.effect != 'award'
        or clause.per_quantity is not None
        or clause.points is None
        or clause.rule not in RULES_OF_BARE_AMOUNTS
        for _, clause in text.clauses
    ):
        return
    total = sum((clause.points or Decimal(0) for _, clause in text.clauses), Decimal(0))
    if total != points:
        at, clause = text.clauses[0]
        yield Suspicion(
            ' '.join(clause.text.split()), f'各项得分合计 {number(total)} 分，与本行的 {number(points)} 分不符', at
        )
