"""The rules that find a target (ruling 17), in order, behind those that pass a number over (ruling 18)."""

from __future__ import annotations

import re
from typing import Final

from kaohe.normalizers.grammar.alternatives import either
from kaohe.normalizers.grammar.quantities.comparators import DONE_WITHIN, HOW_EARLY
from kaohe.normalizers.grammar.targets.look_alikes import LOOK_ALIKES
from kaohe.normalizers.grammar.targets.metrics import is_rate
from kaohe.normalizers.grammar.targets.point_amounts import BEHIND_AMOUNT
from kaohe.normalizers.grammar.targets.target_rule import WINDOW, Setting, TargetRule
from kaohe.normalizers.vocabulary import target_words as vocabulary
from kaohe.normalizers.vocabulary.basis_words import BASIS

_EXAMINED = re.compile(
    r'(?:的)?(?:专项|综合|集中|现场|全面|联合|定期)?(?:检查|抽查|督查|督导|考核|考评|测评|暗访|巡查|评比|通报|评分|打分|排名)(?=[,。;:]|$)(?![,;]?(?:每)?(?:少|缺|未|不))'
)
_EACH = re.compile(rf'(?<!净)(?:{either(vocabulary.MISSES)}|[少缺漏未迟][\u4e00-\u9fff]{{0,2}})$')
_GIVEN = re.compile(r'[得扣加减计记至到]$')
_RANKED = re.compile(
    r'(?:进入|位居|位列|列|居|名列|排名|名次|排位|排在|排|保持|处于|力争|争取|考核|进|争创|评比|第一方阵|位次|获得?|全国|全省|全市|全区|全县|系统|同类)[^,。;:\n\d]{0,10}(?:前|第)$'
)
_RANKED_BEHIND = re.compile(
    r'(?:者|的|以内|内|名次)?(?:$|[,。;:、()\n]|分别|依次|各|[得加奖计记扣]|\d[\d.]*分)|(?:者|的)'
)
_OF_RANKS = re.compile(r'(?:排名|名次|排位|位居|位列|名列|排在|排序|进入|居于?|处于)[^。;\n]*$')
_PERIOD_BEFORE = re.compile(rf'{vocabulary.PERIOD}[^,。;:!?\n\d]*$')
_TARGET_VERB = re.compile(rf'(?:{either(vocabulary.AIMS)})(?:了)?$')
_CHANGE_ENDS = frozenset(word[-1] for word in (*vocabulary.UP, *vocabulary.DOWN))
_BASED_CHANGE = re.compile(rf'(?:{BASIS}|[\u4e00-\u9fff]净)(?:{either((*vocabulary.UP, *vocabulary.DOWN))})$')
_INCIDENTAL = re.compile(r'(?:涉及|总投资|总面积)[^,。;]{0,10}$')
_ENDS = re.compile(r'$|[,。;、()\n!?:→]|后[,→]')
_SHORTFALL = re.compile(
    r'(?:为(?:达标|合格|及格|满分|基准)(?:线)?)?(?:的?[,，]?[得计记](?:\d[\d.]*分|满分|全分))?(?:[,;]每[超多增][^,;。]{1,14})?[,;，；](?:每|再)?(?:少|缺|低|减少|降低|差|漏|欠|不足|未达|未完成|完不成|超额|超额部分|超出部分)'
)
# 培训2000人，完成的得3分; 按完成比例得分
_DONE = re.compile(
    r'(?:的)?[,，](?:全部|按[时期])?(?:完成|达标|达到)(?:年度|目标|任务|计划|数|的|者)*,?[得计记][满\d]|(?:的)?[,，]按(?:实际)?完成(?:的)?(?:比例|率|情况|进度)'
)
_MEMBER = re.compile(r'[、,][\u4e00-\u9fff]{1,8}')
_RATIO_OF = re.compile(r'(?:比例|配比|比)(?:为|按|:)?[\u4e00-\u9fff]{1,6}$')
_TASK = re.compile(r'(?:任务|目标|计划|指标)(?:数|值|量|为)?$')
_NOT_ASKED = re.compile('(?:[只仅限同这那上再另]|最后[\u4e00-\u9fff]{0,4})$')
_ACHIEVED = re.compile('(?:完成|实现|达成)(?:了)?$')
_SANCTION = re.compile(either(vocabulary.SANCTIONS))
_ONCE = frozenset({'次', '遍', '轮', '回', '场', '期'})
_LASTS = re.compile(rf'(?:{either(vocabulary.LASTS)})(?:时间|期|期限)?(?:为|达|应为)?$')
_LATE = re.compile(rf'(?:{either(vocabulary.LATE)})(?:了|达|时间)?$')
_ASKED = re.compile(r'(?:其中|须|应|需|必须|不得|至少)[^。;\n]*$')
_REALIZED = re.compile(r'(?:实现|达成|完成)[^,。;:\n\d]{0,8}$')
_LONGEST_WORD = max(map(len, (*vocabulary.MISSES, *vocabulary.GIVES, *vocabulary.AIMS))) + 2


def _rank(seen: Setting) -> bool:
    """``全省前3名``, ``第一名得10分``: a place in an order, not a noun with a number (``前10名医师``)."""
    quantity, before = seen.quantity, seen.before
    if seen.share:
        ranks = _OF_RANKS.search(seen.text, max(0, quantity.left - WINDOW), quantity.left)
        return before.endswith('前') and ranks is not None
    listed = seen.target is not None and seen.target.unit == '名' == quantity.unit and quantity.high is not None
    if listed and not before and BEHIND_AMOUNT.match(seen.after):
        return True  # 前三名得2分，四至六名得1分
    if quantity.unit not in ('名', '位') or not before.endswith(('前', '第')) or before.endswith('倒数第'):
        return False
    return (
        quantity.comparator in (None, 'between')
        and (_RANKED.search(before) is not None or seen.text[quantity.end - 1] in '名位')
        and _RANKED_BEHIND.match(seen.after) is not None
    )


def _time(seen: Setting) -> bool:
    return seen.quantity.unit in vocabulary.DURATIONS


def _lasting(seen: Setting) -> bool:
    """``公示5个工作日``, ``滞后24小时的每次扣1分``: how long, after a verb that lasts or comes late."""
    if seen.quantity.explicit or not (_time(seen) or seen.quantity.unit in ('min', 's', 'h', '年')):
        return False
    if _LATE.search(seen.before):
        return seen.quantity.value != 1  # 逾期1天扣0.5分: the points are for each
    if HOW_EARLY.search(seen.before) and DONE_WITHIN.match(seen.after):
        return True  # 会前30分钟完成布置
    if _LASTS.search(seen.before) is None or _SANCTION.search(seen.before):
        return False
    return not (seen.held and BEHIND_AMOUNT.match(seen.after))


def _ratio(seen: Setting) -> bool:
    """``师生比1:19``; of a list that names each member too (``师幼比例小班1:7、中班1:10``)."""
    if seen.quantity.unit != '比':
        return False
    last = seen.target
    listed = last is not None and last.unit == '比' and _MEMBER.fullmatch(seen.text, last.right, seen.quantity.left)
    return bool(listed) or is_rate(seen.before.rstrip('为达到应:')) or _RATIO_OF.search(seen.before) is not None


def _fraction(seen: Setting) -> bool:
    return (
        seen.quantity.unit is None
        and seen.quantity.value != 0
        and not seen.quantity.explicit
        and is_rate(seen.before.rstrip('为达到应:'))
    )


def _nothing(seen: Setting) -> bool:
    """``责任事故0起``, ``失爆率为零``."""
    quantity = seen.quantity
    if (
        quantity.value != 0
        or quantity.explicit
        or _GIVEN.search(seen.before)
        or seen.before.endswith(('项为', '分为', '考核为', '考评为', '成绩为'))
    ):
        return False
    return quantity.unit is not None or seen.before.endswith('为')


def _frequency(seen: Setting) -> bool:
    quantity = seen.quantity
    if (
        quantity.unit is None
        or _time(seen)
        or seen.share
        or _EACH.search(seen.before, max(0, len(seen.before) - _LONGEST_WORD))
    ):
        return False
    if _PERIOD_BEFORE.search(seen.before) is None:
        return False
    # 镇每月组织一次检查: how often the examiner looks
    return seen.field != 'criteria' or _EXAMINED.match(seen.after) is None


def _stated(seen: Setting) -> bool:
    """``建成公园12个``, ``组织2次演练``; not in a breakdown, not where points follow."""
    quantity, before = seen.quantity, seen.before
    if quantity.unit is None or seen.share or quantity.unit == '比' or seen.points:
        return False
    if seen.field != 'criteria' and quantity.digits and before[-1:] in _CHANGE_ENDS and _BASED_CHANGE.search(before):
        return not seen.held and _ENDS.match(seen.after) is not None  # 超标天数比上年减少5天
    if seen.field != 'criteria' and quantity.left == 0 and quantity.right == len(seen.text):
        return quantity.digits  # a cell of targets: 3.5万亩
    if _time(seen):
        return False
    secured = before.endswith('落实') and is_rate(before[:-2])  # 轮作面积落实8万亩
    if (
        (_EACH.search(before, max(0, len(before) - _LONGEST_WORD)) and not secured)
        or _breakdown(seen)
        or _INCIDENTAL.search(before)
    ):
        return False
    if seen.field == 'criteria':
        return _stated_in_criteria(seen)
    if BEHIND_AMOUNT.match(seen.after):
        return False
    if _TARGET_VERB.search(before, max(0, len(before) - _LONGEST_WORD)):
        return quantity.digits or quantity.unit in ('次', '场', '期')
    return not seen.held and _plainly(seen)


def _plainly(seen: Setting) -> bool:
    before = seen.before
    return (
        bool(before)
        and ('\u4e00' <= before[-1] <= '\u9fff' or before[-1] in '“《')
        and _ENDS.match(seen.after) is not None
        and (seen.quantity.digits or (seen.quantity.unit in _ONCE and not _NOT_ASKED.search(before)))
    )


def _stated_in_criteria(seen: Setting) -> bool:
    """A task in criteria: what falls short of it is counted (``演出50场得5分，每少一场扣0.1分``), or no points hang on its sentence."""
    quantity = seen.quantity
    if not quantity.digits or quantity.high is not None:
        return False
    done = _ACHIEVED.search(seen.before)
    if done is not None and is_rate(seen.before[: done.start()]) and BEHIND_AMOUNT.match(seen.after):
        return True  # 发稿量完成40篇得满分
    if '/' in (quantity.unit or '') and is_rate(seen.before) and BEHIND_AMOUNT.match(seen.after):
        return True  # 单机效率30箱/小时得5分
    if (
        _SHORTFALL.match(seen.after)
        or _DONE.match(seen.after)
        or (_TASK.search(seen.before) and _ENDS.match(seen.after))
    ):
        return True
    return (
        not seen.clausal
        and _plainly(seen)
        and _ASKED.search(seen.text, max(0, quantity.left - WINDOW), quantity.left) is not None
    )


def _achieved(seen: Setting) -> bool:
    """``实现安全生产1000天的加5分``."""
    quantity = seen.quantity
    return (
        quantity.digits
        and not quantity.explicit
        and _time(seen)
        and _REALIZED.search(seen.before) is not None
        and BEHIND_AMOUNT.match(seen.after) is not None
    )


def _breakdown(seen: Setting) -> bool:
    """Whether a number stands in a bracket or after ``其中``: one part of what was named before."""
    text, end = seen.text, seen.quantity.left
    begin = max(0, end - 4 * WINDOW)
    sentence = max(text.rfind(mark, begin, end) for mark in '。;\n')
    if text.rfind('(', begin, end) > text.rfind(')', begin, end):
        return True
    return seen.field == 'requirement' and '其中' in text[max(begin, sentence) : end]


TARGETS: Final = (
    TargetRule(
        id='threshold.rank',
        reads='名次：第几名，进入前几名',
        examples=('综合考核进入全省前四', '排名全市前10位', '市级比赛第一名加3分', '按工效排名赋分：第二名6分'),
        counter_examples=('前10名医师公示', '前三季度', '倒数第一名扣1分'),
        holds=_rank,
    ),
    TargetRule(
        id='threshold.comparator',
        reads='数字前后有比较的词或符号（不低于、以上、≥、控制在、24小时内、连续两次……）',
        examples=('出生缺陷筛查率≥98%', '食品抽检合格率96%（含）以上', '80%≤到课率<90%', '每月至少巡库3次', '未在12小时内报告的，扣2分', '班额不超过45人', '季度测评达85分及以上的，不扣分',
                  '通报三次以上（不含三次）', '15分钟内到达现场', '工单36小时内未回复的扣1分', '连续两次被通报的扣2分', '不良率在1%和3%之间', '出勤率不低于四分之三', '免费质保期满足3年', '应急药品满足全区20天用量', '库房湿度保持在50%±5%', '满意度测评超过90分计5分', '煤炭储备难以满足20天用量的扣2分'),
        counter_examples=('每低于1%扣0.1分', '最高得2分', '第三周期以上评审', '65岁以上老年人', '二级以上医院', '加分不超过3分', '单价50万元以上设备', '内容科学合理的3-6分',
                          '不足1人按1人计算', '给予10%—20%的扣除', '投资800万元以上的工业项目3个', '三至六年级学生', '加分不超过权重分的20%'),
        holds=lambda seen: seen.quantity.explicit,
    ),
    TargetRule(
        id='threshold.percent',
        reads='不带比较词的百分数，前面是率、比例、占比等，或是增减的词',
        examples=('隐患整改率100%', '单位能耗同比下降4%', '50%病房开展优质护理'),
        counter_examples=('以5%为基数', '每下降1%', '每增（减）1%，加（减）0.1分', '每欠缴0.5%扣1分', '未达标的每低1个百分点扣0.2分', '每超出1天扣合同价款的0.1%', '占总分的30%', '按合同价的5%扣除',
                          '抽查20%的村', '每低于95%一个百分点扣1分'),
        holds=lambda seen: seen.share,
    ),
    TargetRule(id='threshold.ratio', reads='比数', examples=('病房床护比1:0.5', '生师比19:1', '师幼比例小班1:7、中班1:10'), counter_examples=('8:30前到岗',), holds=_ratio),
    TargetRule(id='threshold.fraction', reads='分数', examples=('差错率1/200',), counter_examples=('二分之一的站点',), holds=_fraction),
    TargetRule(
        id='threshold.lasting',
        reads='持续多久、提前多久、晚了多久',
        examples=('评优名单公示5个工作日', '菜品留样48小时', '滞后48小时的每次扣1分', '试块养护28天', '会前20分钟完成布置'),
        counter_examples=('逾期1天扣0.5分', '每推迟3天扣1分', '停运培训3天'),
        holds=lambda seen: _lasting(seen) or _achieved(seen),
    ),
    TargetRule(id='threshold.zero', reads='为零', examples=('责任事故0起', '渗漏率为零', '压疮发生率为0', '责任事故为0得5分'), counter_examples=('零星工程', '得0分', '有规划得2分，否则为0', '未建立为0'), holds=_nothing),
    TargetRule(
        id='threshold.frequency',
        reads='每年、每季度等周期内的次数',
        examples=('每半年召开一次汛情会商会', '特护病人每小时巡视1次', '每2小时翻身1次', '每周巡河2次', '每年一次检查', '水箱清洗两年一次'),
        counter_examples=('每季度少报一次扣1分', '每月5日前报送'),
        holds=_frequency,
    ),
    TargetRule(
        id='threshold.stated',
        reads='直接写出的任务数量',
        examples=('建成口袋公园12个', '应急救护培训2000人，按完成比例得分', '残疾人就业120人，完成的得3分', '超标天数比上年减少6天', '存款余额净增3亿元', '完成设备更新439台套、482.8万元', '组织2次专项演练', '汛期前全面清淤一次', '3.5万亩', '低保户数净增200户'),
        counter_examples=('发生1例可避免死亡', '落实14项核心制度', '干部培训等14项措施', '（城区8座、镇区15座）', '同一奖项只限一次', '2025年'),
        holds=_stated,
    ),
)  # fmt: skip
"""In order of precedence."""

RULES: Final = (*LOOK_ALIKES, *TARGETS)
"""The first that holds decides; a number that none holds is no target."""


def target_rule(seen: Setting) -> str | None:
    """The id of the rule by which a quantity is a target; None where it is none."""
    if seen.quantity.named is not None:
        return 'threshold.comparator'
    for rule in RULES:
        if rule.holds(seen):
            return rule.id if rule.target else None
    return None
