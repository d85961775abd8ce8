"""Rules that read a limit: until the points are gone, at most so many."""

from __future__ import annotations

import re
from typing import Final

from kaohe.normalizers.grammar.clauses.amounts import (
    DIGITS,
    POINTS,
    SIGNED,
)
from kaohe.normalizers.grammar.clauses.phrase_rule import PhraseRule
from kaohe.normalizers.grammar.clauses.verbs import ADD, GIVE, MOVE, TAKE
from kaohe.normalizers.text.numbers import SHARE

_OWN = r'(?:(?:该|本|此|所在|相应|其)?(?:大|小|单|分)?(?:项|条|款|指标|子项|考核内容|考评内容|内容|类)?(?:目)?的?(?:全部|所有|应得|标准)?(?:分值|分数|得分|总分|满分|权重分|标准分|分))'
_STOP = r'(?:为止|为此|即止|而止|为限|止|封顶)'
_NO_DEBT = r'(?:[,、;]?(?:且|亦|也)?不(?:出现|计|得|倒扣|再)?(?:负分|倒扣|倒扣分|负数|计负分))?'
_SUBJECT = re.compile(
    r'累计|最高|最多|总分|总共|总计|合计|加分|扣分|奖分|奖励分|罚分|减分|加减分|奖扣|奖罚|奖扣分|增减分|得分|计分|奖励|全年|年度|月度|季度|当月|当季|单月|单季|半年|学期|单项|每项|[本该此](?:大|小|子|分)?项|本类|同类|原则上|共|分值|之和|总和|总额|幅度|浮动'
)
_NOT_LIMIT = re.compile(r'的(?!部分)|者|时')
_EACH_BEFORE = re.compile(r'(?<=[,;(])每[一-鿿]{1,4}$')
_COUNTED_AS = re.compile('(?:计算|计分|计|记)$')
# points, not 分钟, 百分点, 分贝
_OF_POINTS = re.compile(r'(?<!百)分(?!钟|贝|米|公|之|支|厂|校|局)')
_MOVED = re.compile(r'(?:[得扣加减计记给奖各人项个]|每[一-鿿]{1,3})\d[\d.]*分')


def _limits_points(text: str, match: re.Match[str]) -> bool:
    """``累计不超过3分``: what is limited are points taken or given, not a score to reach."""
    if 'share3' in match.re.groupindex and match['share3'] is not None:
        return True  # 扣至本项分值的一半为止
    before = text[max(0, match.start() - 24) : match.start()]
    before = re.split(r'[。;\n]', before)[-1]
    if _NOT_LIMIT.match(text, match.end()):
        return False
    return _SUBJECT.search(before) is not None or _ends_list(text, match) or _for_each(text, match)


def _over(text: str, match: re.Match[str]) -> bool:
    over = re.search(r'(?:超过|高于|超出)[^,。;]{1,12},?$', text[max(0, match.start() - 15) : match.start()])
    return over is not None and (
        _OF_POINTS.search(over.group()) is not None or _COUNTED_AS.search(match.group()) is not None
    )


def _for_each(text: str, match: re.Match[str]) -> bool:
    """``每次加0.2分，每季度不超过1分``: behind 每 and what the limit holds for, behind amounts that were given or taken."""
    start = match.start()
    each = _EACH_BEFORE.search(text, max(0, start - 8), start)
    return each is not None and _MOVED.search(text, max(0, start - 80), each.start()) is not None


def _ends_list(text: str, match: re.Match[str]) -> bool:
    """What stands at the head of its part, behind amounts that were given or taken."""
    start = match.start()
    return (
        text[max(0, start - 1) : start] in tuple(',;。\n')
        and _MOVED.search(text, max(0, start - 80), start) is not None
    )


CAPS: Final = (
    PhraseRule(
        id='cap.exhaust',
        effect='cap',
        reads='扣完为止：扣到这一项没有分为止；“扣完0.5为止”带数字',
        pattern=(
            rf'(?:直至|直到|至)?{TAKE}(?:完|光|尽|满|到|至|够)(?:为|{_OWN}|[本该此](?:大|小)?项(?:目)?|(?:0|零|〇)分?)?(?P<points>{SIGNED}|{DIGITS}分?)?(?:扣完)?{_STOP}{_NO_DEBT}'
            rf'|(?:最多|至多|最低|最高)(?:只)?{TAKE}(?:至|到|完){_OWN}(?:{_STOP})?'
            rf'|(?:(?:直至|直到)|(?<=,)(?=扣[完光][。;)\n])){TAKE}(?:完|光|尽)(?:{_OWN})?'
            rf'|(?P<points2>{POINTS}){TAKE}(?:完|光|尽){_STOP}'
            rf'|(?:直至|直到|扣分?至|扣分?到|以)(?:{_OWN}|[本该此](?:大|小)?项(?:目)?){TAKE}(?:完|光|尽)(?:{_STOP})?{_NO_DEBT}'
        ),
        examples=(
            '每少1辆扣0.3分，扣完为止 → deduct 0.3 /1 辆; cap',
            '每缺1期扣0.1分，扣完0.5为止 → deduct 0.1 /1 期; cap 0.5',
            '每少一次扣1分，扣完该项分值为止 → deduct 1 /1 次; cap',
            '每漏一件扣2分，扣完本项为止 → deduct 2 /1 件; cap',
            '扣至0分止 → cap',
            '负偏离一项扣0.5分，12分扣完为止 → deduct 0.5 /1 项; cap 12',
            '每低2%减1分，减完为止 → deduct 1 /2 %; cap',
            '每漏一处扣1分，扣满三分为止 → deduct 1 /1 处; cap 3',
            '每株扣1分，累计扣分至该项扣完 → deduct 1 /1 株; cap',
            '每1万元扣0.1分，以本项分值扣完为限 → deduct 0.1 /1 万元; cap',
            '每条扣0.2分，扣完为止、不计负分 → deduct 0.2 /1 条; cap',
            '每缺一次扣1分，直到该项分数扣完为止，不出现负分 → deduct 1 /1 次; cap',
        ),
        counter_examples=('此项分全扣', '扣完再报', '以本项分值的一半计'),
    ),
    PhraseRule(
        id='cap.zero',
        effect='cap',
        reads='“扣至零分”：在扣分之后是扣到没有分为止，单独写是不得分',
        pattern=rf'(?:直至|直到|最多|至多|最低)?{TAKE}(?:至|到|为|成)(?:(?:0|零|〇)分|[本该此](?:大|小)?(?:项(?:目)?|指标|条|款)(?:分值|得分|分)?为?(?:0|零|〇)分?)|最低(?:可)?(?:得|计|为|至|到)?(?:0|零|〇)分',
        examples=(
            '每逾期一天扣1分，扣至零分 → deduct 1 /1 天; cap',
            '发生死亡事故的扣至0分 → forfeit',
            '未穿工装每人次扣0.2分，扣至本项为零 → deduct 0.2 /1 人次; cap',
            '每低1%扣1分，最多扣至0分 → deduct 1 /1 %; cap',
            '每超1%加0.2分，每欠1%减0.2分，最低得0分 → bonus 0.2 /1 %; deduct 0.2 /1 %; cap',
            '每份扣1分，扣至该指标0分 → deduct 1 /1 份; cap',
            '每低1%扣1分，最低0分 → deduct 1 /1 %; cap',
        ),
        counter_examples=('可扣至负分', '扣至0.5分'),
    ),
    PhraseRule(
        id='cap.filled',
        effect='cap',
        reads='加满、得满为止',
        pattern=rf'(?:{ADD}|{GIVE})(?:满|到|至|完)(?:(?P<points>{SIGNED})|{_OWN})?{_STOP}',
        examples=('每项加1分，加满5分为止 → bonus 1 /1 项; cap 5', '每项加1分，加满为止 → bonus 1 /1 项; cap'),
        counter_examples=('加满油',),
    ),
    PhraseRule(
        id='cap.most',
        effect='cap',
        reads='最高、最多、上限、封顶若干分',
        pattern=(
            r'(?:累计|合计|本项|该项|此项|单项|总计|全年)?(?:最高|最多|至多|上限|封顶|限额|最大)(?:可|只|累计|总共|合计|上限|限额|不得?超过|不高于|为|限|各|均|分别)*'
            rf'(?:{MOVE}|加减|加扣|增减|奖扣|奖罚)?(?:\([加减扣得]\))?(?:分值?)?(?:累计|上限|不得?超过|不高于|为|至|:)*'
            rf'(?P<points>{SIGNED}|{DIGITS}(?=[,。;)\n]|$))'
            rf'|{MOVE}(?:分|分值)?(?:的)?(?:上限|限额|封顶|最高|最多|至多)(?:可|只|不得?超过|为|是|至|:)*(?P<points3>{SIGNED}|{DIGITS}(?=[,。;)\n]|$))'
            rf'|(?:限|仅|(?<![每各几一二两三四五六七八九十百\d])只){MOVE}(?P<points2>{SIGNED})'
        ),
        examples=(
            '每缺一次扣1分，最高扣10分 → deduct 1 /1 次; cap 10',
            '每篇加0.5分，最多3分 → bonus 0.5 /1 篇; cap 3',
            '每例得2分，本项最高分为6分 → award 2 /1 例; cap 6',
            '每起扣1分，上限5分 → deduct 1 /1 起; cap 5',
            '每起扣1分，扣罚上限2分 → deduct 1 /1 起; cap 2',
            '每升降1个百分点加减0.5分，最多加减2分 → bonus 0.5 /1 百分点; deduct 0.5 /1 百分点; cap 2',
            '每起扣1分，最多核减3分 → deduct 1 /1 起; cap 3',
            '每篇加1分，每月最高5分 → bonus 1 /1 篇; cap 5 /1 月',
            '每篇加1分，单项最高3分 → bonus 1 /1 篇; cap 3 /1 项',
            '每超10分钟扣0.5分，每船最高扣2分 → deduct 0.5 /10 分钟; cap 2 /1 船',
            '每篇加1分，每人限加3分 → bonus 1 /1 篇; cap 3 /1 人',
            '开工率、竣工率每低1个百分点各扣0.5分，最多各扣2分 → deduct 0.5 /1 百分点; cap 2 /1 项',
        ),
        counter_examples=(
            '去掉一个最高分和一个最低分',
            '最高限价10万元',
            '最多30分钟',
            '路灯不亮每只扣0.5分',
            '每例加1分，上不封顶',
        ),
    ),
    PhraseRule(
        id='cap.top',
        effect='cap',
        reads='“5分封顶”“扣5分封顶”“以3分为限”',
        pattern=rf'(?:(?:{MOVE}(?:分值|分|总分值?|总数|总额))?以|{MOVE})?(?P<points>{SIGNED})(?:为限|封顶|为上限|为最高限?|为止|即止)',
        examples=(
            '每项加1分，5分封顶 → bonus 1 /1 项; cap 5',
            '秩序混乱每次扣2分，扣12分封顶 → deduct 2 /1 次; cap 12',
            '每篇加0.5分，以4分为上限 → bonus 0.5 /1 篇; cap 4',
            '每次扣1分，累计扣分以6分为上限 → deduct 1 /1 次; cap 6',
            '每笔奖励0.2分，奖励总分以3分为限 → bonus 0.2 /1 笔; cap 3',
        ),
        counter_examples=('以5分钟为限', '每篇加1分，上不封顶'),
    ),
    PhraseRule(
        id='cap.full',
        effect='cap',
        reads='给分、扣分之后的“满分6分”：这一串最多几分',
        pattern=rf'(?:[本此该](?:小|大|单)?项(?:目|指标)?)?满分(?:为|:)?(?P<points>{POINTS})(?=[。;)\n]|$)',
        accept=_ends_list,
        fields=frozenset({'criteria'}),
        prose=False,
        examples=(
            '有高级证书的每人2分，中级的每人1分，满分6分 → award 2 /1 人; award 1 /1 人; cap 6',
            '每缺一册扣0.5分，本项满分4分。 → deduct 0.5 /1 册; cap 4',
        ),
        counter_examples=('本项满分10分。缺一册扣1分', '教师满意度满分2分', '缺一册扣1分；满分10分，另计'),
    ),
    PhraseRule(
        id='cap.range',
        effect='cap',
        reads='加分、扣分的幅度在几分以内',
        pattern=rf'(?:奖励|奖惩|加分|扣分|减分|加扣分)(?:分数|分值|得分)?的?(?:幅度|额度|范围|区间)(?:应|一般|原则上)?(?:为|在|控制在|不超过|:)(?P<points>{POINTS})(?:以内|之内|之间|范围内|内)?',
        examples=('[bonus] 加分幅度控制在1-4分以内 → cap 4',),
        counter_examples=('扣分幅度较大的单位',),
    ),
    PhraseRule(
        id='cap.within',
        effect='cap',
        reads='累计、加分、扣分不超过若干分',
        pattern=rf'(?:不得?超过|不高于|不多于|不得?超|不能超过|不[得能可]突破)(?P<points>{SIGNED})(?:以内)?',
        accept=_limits_points,
        examples=(
            '每次加2分，累计不超过4分 → bonus 2 /1 次; cap 4',
            '加分总分不超过6分 → cap 6',
            '科普报告每场加0.5分，不超过2分 → bonus 0.5 /1 场; cap 2',
            '高级工每人1分，此小项不超过4分 → award 1 /1 人; cap 4',
            '每演一场加1分，累计加分不得突破8分 → bonus 1 /1 场; cap 8',
            '每次加0.2分，每季度不超过1分 → bonus 0.2 /1 次; cap 1 /1 季度',
            '头版稿件加0.3分/篇，月度不超3分 → bonus 0.3 /1 篇; cap 3',
            '每高1%奖0.5分，每低1%扣0.5分，奖扣均不超过3分 → bonus 0.5 /1 %; deduct 0.5 /1 %; cap 3',
            '每高1%加0.5分，每低1%扣0.5分，上下浮动不超过3分 → bonus 0.5 /1 %; deduct 0.5 /1 %; cap 3',
        ),
        counter_examples=(
            '得分不超过60分的，约谈主要负责人',
            '时间不超过20分钟',
            '差距不超过2分',
            '与平均分相比，不超过2分',
        ),
    ),
    PhraseRule(
        id='cap.over',
        effect='cap',
        reads='超过若干分的按若干分计',
        pattern=rf'[按以](?P<points>{SIGNED})(?:计算|计分|计|记|扣(?:分|减|除)?|加(?:分)?)',
        accept=_over,
        examples=(
            '每项加1分，超过5分的按5分计 → bonus 1 /1 项; cap 5',
            '每块扣0.2分，累计扣分超过8分的，按8分扣 → deduct 0.2 /1 块; cap 8',
        ),
        counter_examples=('每篇按0.5分计', '超过10天的，按5分扣'),
    ),
    PhraseRule(
        id='cap.worth',
        effect='cap',
        reads='扣分、加分不超过本项分值',
        pattern=(
            r'(?:最高|最多|上限)?(?:不得?超过|不高于|不得?超出|以|为)(?:该|本|此|所在|其)(?:大|小|单|分)?(?:项|条|款|指标|子项|内容)(?:目)?的?'
            rf'(?:总|应得|标准)?(?:分值|分数|满分|总分|标准分|配分|权重分?)(?:的(?P<share>{SHARE}))?(?:为限|为上限)?'
            rf'|(?:最高|最多|上限)?(?:不得?超过|不高于|不得?超出)(?:分值|满分|总分|标准分|配分|基本分|基础分|应得分|权重分?)的(?P<share2>{SHARE})'
            rf'|{TAKE}(?:至|到)(?:该|本|此)?(?:项|指标)?(?:目)?的?(?:分值|满分|总分|标准分|配分|权重分?|得分)的?(?P<share3>{SHARE})(?:为止|止|为限)'
        ),
        accept=_limits_points,
        examples=(
            '每处扣1分，单项扣分不超过本项分值 → deduct 1 /1 处; cap',
            '每超1%加1分，加分不超过本项分值的20% → bonus 1 /1 %; cap 20%',
            '每低1%扣1分，扣至本项分值的一半为止 → deduct 1 /1 %; cap 50%',
        ),
        counter_examples=('以本项分值计入总分',),
    ),
    PhraseRule(
        id='cap.no_debt',
        effect='cap',
        reads='不计负分、不出现负分',
        pattern=r'不(?:出现|计|得|记)负分|不得?再?倒扣分?(?!\d)|(?:低于|小于|不足)0分的?,?[按以计]0分(?:计算|计)?',
        examples=('本项不计负分 → cap',),
        counter_examples=('倒扣2分',),
    ),
)
