"""Rules that read an amount of points printed short: without 分 behind its verb, with a sign, or without any verb."""

from __future__ import annotations

import re
from typing import Final

from kaohe.extractors.labels import SIGN
from kaohe.normalizers.grammar.alternatives import either
from kaohe.normalizers.grammar.clauses.amounts import (
    POINTS,
    UNMARKED,
    follows_credits,
    stands_for_limit,
)
from kaohe.normalizers.grammar.clauses.phrase_rule import PhraseRule
from kaohe.normalizers.grammar.clauses.verbs import ADD, TAKE, ends_noun, is_verb
from kaohe.normalizers.vocabulary import point_words as words

_BARE_END = re.compile(
    rf'$|[,。;、)(\n/:!*]|每|和|及(?!以)|与|并|最[高多](?:[得为]|分值?|分数)?:?\d|分[,。;]|{SIGN}|\d[.、]'
)
_FACTOR = re.compile(r'[/÷×*xX]$')
_EACH_BEFORE = re.compile(rf'每(?:个|一|1)?{either(words.COUNTED)}$')
_WON = ('获', '取', '夺', '赢', '博', '荣')
# 每低1%-0.5: what 每 counts, no begin of a range
_STEP = re.compile(rf'每{either((*words.BELOW, *words.ABOVE))}[^,。;:\d]{{0,3}}\d[\d.]*(?:个?百分点|[%‰分度])$')
_TAKEN_BEHIND = re.compile(r'的?,?(?:各|均)?(?:扣|减|得|加)\d')
_BAND = re.compile(r'(?:[\d分%‰度]|\((?:不)?含\)|以上)$')


def _unmarked(text: str, match: re.Match[str]) -> bool:
    """A verb behind what it is for, and not the end of a noun (``考核得分95``, ``获得3``) nor all that is left of a text (``扣1``)."""
    if match.start() == 0:
        return False
    verb = match['verb']
    if not is_verb(text, match.start(), verb) or text[match.start() - 1] in _WON:
        return False
    return not verb.endswith('分') or not ends_noun(text, match.start())


def stands_alone(text: str, match: re.Match[str]) -> bool:
    """An amount that stands alone: at the end of what it is for, and no limit, total, count, time or credit; no number that a comma cuts."""
    start, end = match.span()
    if stands_for_limit(text, start, end) or follows_credits(text, start):
        return False
    after = _BARE_END.match(text, end)
    if after is None:
        return False
    before = text[max(0, start - 2) : start]
    return before[-1:] not in ('第', '约', '+') and _FACTOR.search(before) is None and re.match(r'\d,$', before) is None


def _for_each(text: str, match: re.Match[str]) -> bool:
    """A number right behind 每 and what is counted, at the end of its part."""
    return _EACH_BEFORE.search(text, max(0, match.start() - 8), match.start()) is not None


def _minus(text: str, match: re.Match[str]) -> bool:
    """A sign, and neither a dash between the ends of a range (``80（含）-90分``) nor a line that leads to the points (``良好——20分``)."""
    if _TAKEN_BEHIND.match(text, match.end()):
        return False  # 每低1分-2分扣0.5分
    before = text[max(0, match.start() - 16) : match.start()]
    return _BAND.search(before, max(0, len(before) - 4)) is None or _STEP.search(before) is not None


BARE_AMOUNTS: Final = (
    PhraseRule(
        id='deduct.unmarked',
        effect='deduct',
        reads='“迟到一次扣0.5”：没写“分”的扣分',
        pattern=rf'(?P<verb>{TAKE})(?P<points>{UNMARKED})',
        accept=_unmarked,
        fields=frozenset({'criteria', 'points_text'}),
        prose=False,
        examples=(
            '迟到一次扣0.5，旷会一次扣2 → deduct 0.5 /1 次; deduct 2 /1 次',
            '台账不全减1 → deduct 1',
        ),
        counter_examples=('扣3,000元', '每站增减2、3人', '扣10%'),
    ),
    PhraseRule(
        id='bonus.unmarked',
        effect='bonus',
        reads='“获奖一次加2”：没写“分”的加分',
        pattern=rf'(?P<verb>{ADD})(?P<points>{UNMARKED})',
        accept=_unmarked,
        fields=frozenset({'criteria', 'points_text'}),
        prose=False,
        examples=('拾到失物上交一次加0.5 → bonus 0.5 /1 次',),
        counter_examples=('人员增加2', '奖励500元'),
    ),
    PhraseRule(
        id='award.unmarked',
        effect='award',
        reads='“按时上报得1”：没写“分”的得分',
        pattern=rf'(?P<verb>赋[值分]为?|得|记|计|赋)(?P<points>{UNMARKED})',
        accept=_unmarked,
        fields=frozenset({'criteria', 'points_text'}),
        prose=False,
        examples=(
            '按时上报得1，迟报得0.5 → award 1; award 0.5',
            '范围划全的，赋值为3；划出两个的，赋值为2 → award 3; award 2',
        ),
        counter_examples=('共计3。', '获得2、3等奖', '考核得分95'),
    ),
    PhraseRule(
        id='signed.minus',
        effect='deduct',
        reads='“每例-2分”：负号是扣分',
        pattern=rf'(?<!-)-(?P<points>{POINTS}|{UNMARKED})',
        fields=frozenset({'criteria', 'points_text'}),
        prose=False,
        accept=_minus,
        examples=('每例-2分 → deduct 2 /1 例', '完好率每低1%-0.5 → deduct 0.5 /1 %'),
        counter_examples=('85-89分,', '缺勤率1%-2', '每低1分-2分扣0.5分'),
    ),
    PhraseRule(
        id='signed.plus',
        effect='bonus',
        reads='“每项+1分”：正号是加分',
        pattern=rf'\+(?P<points>{POINTS}|{UNMARKED})',
        fields=frozenset({'criteria', 'points_text'}),
        prose=False,
        examples=('获市级奖项+1分 → bonus 1',),
        counter_examples=('B+等次',),
    ),
    PhraseRule(
        id='award.bare_each',
        effect='award',
        reads='“迟到每人次0.5”：没有动词、没写“分”的每次多少',
        pattern=rf'(?P<points>{UNMARKED})',
        accept=_for_each,
        fields=frozenset({'criteria'}),
        prose=False,
        examples=(
            '迟到、早退每人每次0.5；旷工每天2 → deduct 0.5 /1 人/次; deduct 2 /1 天',
            '好人好事每次1 → award 1 /1 次',
        ),
        counter_examples=('每天2、3次', '每班30人，每人1套'),
    ),
    PhraseRule(
        id='award.bare',
        effect='award',
        reads='没有动词、写在所指事项之后的分数：“有专人负责0.2分”“（每站3分）”',
        pattern=rf'(?<!~)(?:(?<!-)|(?<=--))(?P<points>{POINTS})',
        accept=stands_alone,
        fields=frozenset({'criteria'}),
        prose=False,
        examples=(
            '有领导小组0.5分、有专人负责0.5分 → award 0.5; award 0.5',
            '查现场处置情况（每站3分） → award 3 /1 站',
            '有专（兼）职人员（0.5分） → award 0.5',
            '培训、演练各0.6分 → award 0.6 /1 项',
            '每名骨干0.5分最高2分 → award 0.5 /1 名; cap 2',
            '[penalty] 违规用火每次2分 → deduct 2 /1 次',
        ),
        counter_examples=(
            '一项未达标，共2分',
            '90分以上为优秀',
            '成绩90分最高者',
            '9时30分前报送',
            '修满25个学分（国家级5分、省级5分）',
            '三分之一',
        ),
    ),
)
