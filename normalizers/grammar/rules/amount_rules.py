"""Rules that read an amount of points with its verb: given, taken, added. Amounts without a verb or without 分: ``bare_amount_rules``."""

from __future__ import annotations

import re
from typing import Final

from kaohe.normalizers.grammar.alternatives import either
from kaohe.normalizers.grammar.clauses.amounts import (
    POINTS,
    SIGNED,
)
from kaohe.normalizers.grammar.clauses.phrase_rule import PhraseRule
from kaohe.normalizers.grammar.clauses.verbs import ADD, GIVE, TAKE, ends_noun, is_verb
from kaohe.normalizers.grammar.rules.bare_amount_rules import stands_alone
from kaohe.normalizers.grammar.running_sums import runs_up
from kaohe.normalizers.vocabulary import point_words as words

_WHOM = (
    r'(?:(?:年度|年终|季度|月度|当月|当年|该|本|其|所在|相应|责任|考核|考评|综合|绩效|总|单位|个人|部门|科室|乡镇|党支部|集体|基本|基础|基准|附加|项目)'
    r'[^\d,。;:、()\n不超]{0,8}?)?'
)
_FROM_WHOM = (
    r'(?:(?!最[高多大]|至多|上限|封顶|限额|累计|合计)[^\d,。;:、()\n扣加减增不超得奖记给满达够至到]|得分|达标){0,12}?'
)
_UNIT = either(words.COUNTED)
_BY = rf'[按以](?:照)?(?:[^,。;\d每]{{0,4}}(?:每(?:个|1|一)?{_UNIT}?){{1,2}})?'
_LIMIT_AFTER = re.compile(r'(?:\(含\))?(?:及|或)?(?:以上|以下|以内|之间|以外|及以)|者|的(?!基础|奖励|加分|标准)')
# 累计扣满10分的, 年内被扣12分以上: how much was lost so far
_RUNNING_BEFORE = re.compile(r'(?:累计|合计|共计|总计|已|曾|被|凡)[^,。;\n]{0,8}$')
_RUNNING_AFTER = re.compile(r'(?:\(含\))?(?:及?以上|以下|的|后|时|者)')
# 减分均以1.5分为上限
_LIMIT_BEHIND = re.compile('为限|为上限|为最高')
_SUM = re.compile(r'(?:超过|高于|超出)[^,。;]{1,12}$|分$')


def _verb(text: str, match: re.Match[str]) -> bool:
    """The verb is a verb and no part of another word, and the amount is no limit."""
    return is_verb(text, match.start(), match['verb']) and not _LIMIT_AFTER.match(text, match.end())


def _score(text: str, match: re.Match[str]) -> bool:
    """An award: ``得分90分`` and ``得80分以上`` say what is reached."""
    if not _verb(text, match) or runs_up(text, *match.span('points')):
        return False
    return match['verb'] not in ('得分', '评分') or not ends_noun(text, match.start())


def _not_over(text: str, match: re.Match[str]) -> bool:
    """``超过100分的按100分计`` is a limit, ``督查分按40分计算`` a total."""
    return _SUM.search(text[max(0, match.start() - 14) : match.start()]) is None


def _taken(text: str, match: re.Match[str]) -> bool:
    """A verb of taking, and not what was taken so far (``累计扣10分以上的``)."""
    if not is_verb(text, match.start(), match['verb']) or _LIMIT_BEHIND.match(text, match.end()):
        return False
    if runs_up(text, *match.span('points')):
        return False
    ends = _RUNNING_AFTER.match(text, match.end())
    return ends is None or _RUNNING_BEFORE.search(text[max(0, match.start() - 12) : match.start()]) is None


def _whole(text: str, match: re.Match[str]) -> bool:
    """``满分2分`` gives; ``本项满分10分``, ``总分100分`` only state the line's worth, and ``（满分5分）`` a survey's scale."""
    return match.start() > 0 and not re.search(
        r'(?:^|[,。;:\n(]|本|此|该|大|单|总|各)(?:项|表|指标|细则|标准|分)?总?(?:的)?$',
        text[max(0, match.start() - 5) : match.start()],
    )


AMOUNTS: Final = (
    PhraseRule(
        id='bonus.granted',
        effect='bonus',
        reads='“给予3分的加分”“予以2分奖励”：数字在前，加分在后',
        pattern=rf'(?P<verb>给予|予以|给)(?P<points>{SIGNED})的?{ADD}(?![扣减])',
        examples=(
            '在市级媒体刊发的，每篇给予0.2分的加分 → bonus 0.2 /1 篇',
            '分别给予3分、1分的加分 → bonus 3; bonus 1',
        ),
        counter_examples=('给予通报表扬',),
    ),
    PhraseRule(
        id='deduct.imposed',
        effect='deduct',
        reads='“给予2分的扣分”“予以1分扣减”：数字在前，扣分在后',
        pattern=rf'(?P<verb>给予|予以|给)(?P<points>{SIGNED})的?(?:{TAKE}|处罚)',
        examples=('未按期整改的，每处给予2分的扣分 → deduct 2 /1 处',),
        counter_examples=('给予行政处罚',),
    ),
    PhraseRule(
        id='deduct.at',
        effect='deduct',
        reads='“按0.5分扣减”：数字在前，扣在后',
        pattern=rf'{_BY}(?P<points>{SIGNED})(?P<each>/{_UNIT}(?:[/·]{_UNIT})?)?(?:的标准)?(?:进行|予以|给予)?{TAKE}(?:分(?!值))?(?!\d)',
        examples=(
            '未佩戴工牌的，每人按0.2分扣减 → deduct 0.2 /1 人',
            '缺勤的按每人次1分扣除 → deduct 1 /1 人次',
            '故障未修的按每台每日0.3分扣减 → deduct 0.3 /1 台/日',
        ),
        counter_examples=('按10分钟扣款',),
    ),
    PhraseRule(
        id='bonus.at',
        effect='bonus',
        reads='“按2分加分”：数字在前，加在后',
        pattern=rf'{_BY}(?P<points>{SIGNED})(?P<each>/{_UNIT}(?:[/·]{_UNIT})?)?(?:的标准)?(?:进行|予以|给予)?{ADD}(?=[,。;、)\n]|$)',
        examples=('获评示范点的，每个按2分加分 → bonus 2 /1 个',),
        counter_examples=('按3分加急处理',),
    ),
    PhraseRule(
        id='award.at',
        effect='award',
        reads='“按0.5分计”：数字在前，计在后',
        pattern=rf'{_BY}(?P<points>{SIGNED})(?P<each>/{_UNIT}(?:[/·]{_UNIT})?)?(?:的标准)?(?:进行|予以|给予)?(?:计算|{GIVE})(?=[,。;、)\n]|$)',
        accept=_not_over,
        fields=frozenset({'criteria'}),
        prose=False,
        examples=('每篇按0.5分计 → award 0.5 /1 篇',),
        counter_examples=('得分超过100分的按100分计',),
    ),
    PhraseRule(
        id='bonus.or_deduct',
        effect='bonus',
        also='deduct',
        reads='“加（减）0.1分”：增则加、减则扣，各成一条',
        pattern=rf'(?:(?:奖励|加|奖)分?\((?:扣减|扣|减|罚)分?\)|(?:加减|(?<!每)增减|奖扣|奖罚)分?)(?P<points>{SIGNED})',
        examples=(
            '每增（减）2%，加（减）0.2分 → bonus 0.2 /2 %; deduct 0.2 /2 %',
            '每增减1%相应加减0.3分 → bonus 0.3 /1 %; deduct 0.3 /1 %',
        ),
        counter_examples=('加（减）分事项',),
    ),
    PhraseRule(
        id='deduct.or_bonus',
        effect='deduct',
        also='bonus',
        reads='“扣（加）0.5分”：扣与加各成一条',
        pattern=rf'(?:扣减|扣|减)分?\((?:加|奖励|奖)分?\)(?P<points>{SIGNED})',
        examples=('每增加（减少）1起，扣（加）0.5分 → deduct 0.5 /1 起; bonus 0.5 /1 起',),
        counter_examples=('扣（加）分原因',),
    ),
    PhraseRule(
        id='deduct.points',
        effect='deduct',
        reads='扣、减、倒扣若干分；区间取上限；列表逐个成条',
        pattern=rf'(?P<verb>{TAKE}){_FROM_WHOM}\(?(?:\d++\\)?(?P<points>{SIGNED})',
        accept=_taken,
        examples=(
            '未建立台账的扣2分 → deduct 2',
            '每缺一项扣0.5分 → deduct 0.5 /1 项',
            '在年度总分中倒扣5-7分 → deduct 7',
            '每逾期1天扣0.2分 → deduct 0.2 /1 天',
            '扣该村考核分一分 → deduct 1',
            '开展不力扣1分/次 → deduct 1 /1 次',
            '发现1次扣除文明分（5分） → deduct 5 /1 次',
            '每少一百人次扣二分之一分 → deduct 0.5 /100 人次',
            '未达标扣0\\0.5分 → deduct 0.5',
        ),
        counter_examples=(
            '扣分原因',
            '扣分项',
            '扣除三分之一',
            '扣发奖金500元',
            '可扣30分钟',
            '无体罚（30分）',
            '累计扣12分停岗，扣6分约谈',
        ),
    ),
    PhraseRule(
        id='bonus.points',
        effect='bonus',
        reads='加、另加、再加、奖励若干分',
        pattern=rf'(?P<verb>{ADD}){_WHOM}(?P<points>{SIGNED})',
        accept=_verb,
        examples=(
            '获省级表彰加3分 → bonus 3',
            '国家级加2分，省级加1分 → bonus 2; bonus 1',
            '每篇分别加2、1、0.5分 → bonus 2 /1 篇; bonus 1 /1 篇; bonus 0.5 /1 篇',
            '头版另加1分 → bonus 1',
        ),
        counter_examples=('加分项', '参加20分钟培训', '增加2分', '附加分'),
    ),
    PhraseRule(
        id='award.whole',
        effect='award',
        reads='“业主满意度满分3分”：分列的各部分各值多少',
        pattern=rf'(?P<verb>满分(?:为|:)?)(?P<points>{POINTS})',
        accept=_whole,
        fields=frozenset({'criteria'}),
        prose=False,
        examples=('教师满意度满分2分，家长满意度满分3分 → award 2; award 3',),
        counter_examples=('本项满分10分', '总分满分为100分'),
    ),
    PhraseRule(
        id='award.points',
        effect='award',
        reads='得、记、计、赋、给若干分；在加分项里是加分',
        pattern=rf'(?P<verb>{GIVE})(?:为|:|满分|{_WHOM})(?P<points>{SIGNED})',
        accept=_score,
        examples=(
            '有方案得1分 → award 1',
            '均按期办结的记0.5分 → award 0.5',
            '制度、台账各得0.2分 → award 0.2 /1 项',
            '[bonus] 每条计0.3分 → bonus 0.3 /1 条',
            '优秀得10分、良好得8分 → award 10; award 8',
            '报价等于基准价得满分30分，每高1%扣0.5分 → award 30; deduct 0.5 /1 %',
            '增速达到目标值得基准分8分 → award 8',
        ),
        counter_examples=('合计10分', '得80分以上', '考核得分90分', '得分情况', '占用20分钟', '累计记12分停岗'),
    ),
    PhraseRule(
        id='award.share',
        effect='award',
        reads='“各占0.5分”：所占的分；段落里的“占20分”只是说明',
        pattern=rf'占(?P<points>{POINTS})',
        accept=stands_alone,
        fields=frozenset({'criteria'}),
        prose=False,
        examples=('制度建设、台账管理各占0.5分 → award 0.5 /1 项',),
        counter_examples=('占用20分钟', '占比90分以上'),
    ),
    PhraseRule(
        id='award.misprint',
        effect='award',
        reads='“等4分”是“得4分”的误印',
        pattern=rf'(?P<verb>(?<=[,、])等)(?P<points>{POINTS})',
        fields=frozenset({'criteria'}),
        prose=False,
        examples=('全年检查4次以上，等4分 → award 4',),
        counter_examples=('共有3家等5分厂',),
    ),
    PhraseRule(
        id='deduct.step',
        effect='deduct',
        reads='名次、档次每退一位依次递减若干分',
        pattern=rf'(?P<verb>(?:依次|逐次|逐级|逐名|顺次)递减)(?P<points>{SIGNED})',
        examples=('第一名得5分，其余依次递减1分 → award 5; deduct 1',),
        counter_examples=('依次递减',),
    ),
)
