"""Which quantities are targets (ruling 17) and which only look like one (ruling 18)."""

from __future__ import annotations

import re
from typing import Final

from kaohe.normalizers.catalogue import Field
from kaohe.normalizers.grammar.alternatives import either
from kaohe.normalizers.grammar.quantities import Quantity
from kaohe.normalizers.grammar.rule import Rule
from kaohe.normalizers.grammar.targets.metrics import is_rate, part_begins
from kaohe.normalizers.vocabulary import target_words as vocabulary

RULES: Final = (
    Rule(
        'threshold.comparator',
        '数字前后有比较的词或符号（不低于、以上、≥、控制在……）',
        ('出生缺陷筛查率≥98%', '食品抽检合格率96%（含）以上', '80%≤到课率<90%', '每月至少巡库3次', '未在12小时内报告的，扣2分', '班额不超过45人', '季度测评达85分及以上的，不扣分', '通报三次以上（不含三次）', '15分钟内到达现场'),
        ('每低于1%扣0.1分', '最高得2分', '第三周期以上评审', '65岁以上老年人', '二级以上医院', '加分不超过3分', '单价50万元以上设备', '内容科学合理的3-6分',
         '不足1人按1人计算', '给予10%—20%的扣除', '投资800万元以上的工业项目3个', '三至六年级学生'),
    ),
    Rule(
        'threshold.percent',
        '不带比较词的百分数，前面是率、比例、占比等，或是增减的词',
        ('隐患整改率100%', '单位能耗同比下降4%', '50%病房开展优质护理'),
        ('以5%为基数', '每下降1%', '每增（减）1%，加（减）0.1分', '每欠缴0.5%扣1分', '未达标的每低1个百分点扣0.2分', '每超出1天扣合同价款的0.1%', '占总分的30%', '按合同价的5%扣除', '抽查20%的村'),
    ),
    Rule('threshold.ratio', '比数', ('病房床护比1:0.5', '生师比19:1'), ('8:30前到岗',)),
    Rule(
        'threshold.frequency',
        '每年、每季度等周期内的次数',
        ('每半年召开一次汛情会商会', '特护病人每小时巡视1次', '每2小时翻身1次', '每周巡河2次', '每年一次检查'),
        ('每季度少报一次扣1分', '每月5日前报送'),
    ),
    Rule(
        'threshold.stated',
        '考核内容里直接写出的任务数量',
        ('建成口袋公园12个', '责任事故0起', '完成设备更新439台套、482.8万元', '组织2次专项演练'),
        ('发生1例可避免死亡', '落实14项核心制度', '干部培训等14项措施', '（城区8座、镇区15座）'),
    ),
    Rule('threshold.rank', '名次进入前几名', ('综合考核进入全省前四', '排名全市前10位'), ('前10名医师公示', '前三季度')),
)  # fmt: skip

_CHANGED = either((*vocabulary.UP, *vocabulary.DOWN, *vocabulary.MISSES))
_PER = re.compile(rf'每(?:再|仅)?(?:{_CHANGED}(?:\({_CHANGED}\))?)?(?:了|到|出)?$')
_PER_THING = re.compile(r'每[\u4e00-\u9fff]{1,6}$')
_MOVES = re.compile(r'的?,?(?:再|另)?(?:扣|加|减|得\d|奖|倒扣|计\d|记\d)')
_EXAMINED = re.compile(
    r'(?:的)?(?:专项|综合|集中|现场|全面|联合|定期)?(?:检查|抽查|督查|督导|考核|考评|测评|暗访|巡查|评比|通报|评分|打分|排名)(?=[,。;:]|$)(?![,;]?(?:每)?(?:少|缺|未|不))'
)
_EACH = re.compile(rf'(?:{either(vocabulary.MISSES)}|[少缺漏未迟][\u4e00-\u9fff]{{0,2}})$')
_PLAIN_AMOUNT = re.compile(rf'(?:{either(vocabulary.GIVES)})$')
_GIVEN = re.compile(r'[得扣加减计记为至到]$')
_CAPPED = re.compile(r'(?:加分|扣分|奖分|奖励|记分|计分|分值|总分|累计|加扣分|分数|幅度|每项|单项)[^,。;:\n]{0,8}$')
_SAMPLED = re.compile(
    rf'(?=[{"".join(sorted({word[0] for word in vocabulary.SAMPLES}))}])(?<!至少)(?<!每月)(?<!每季度)(?<!每年)(?<!每周)(?<!每天)(?<!每日)(?<!每旬)(?<!每半年)(?<!双)(?:{either(vocabulary.SAMPLES)})[^,。;:!?\n]*$|问$'
)
_WEIGHED = re.compile(
    r'(?:按|以|权重|按照|(?:扣|罚|缴|支付|收取)[^,。;\d]{2,14}的|占(?:总分|分值|满分|得分)的?|罚款?|罚金|下浮|上浮|保证金[^,。;]*|违约金[^,。;]*|赔偿[^,。;]*|支付[^,。;]*|价的|总额的|折|打|计|扣除|扣减|扣|[×*/÷+(])$'
)
_RANKED = re.compile(
    r'(?:进入|位居|位列|列|居|名列|排名|名次|排位|排在|排|保持|处于|力争|争取|考核|进|争创|评比|第一方阵|位次)[^,。;:\n\d]{0,10}前$'
)
_CLASS = re.compile(
    r'(?:的)?(?:[\u4e00-\u9fff]{0,4}项目|(?:大型|进口|医疗|专用|以上|采购|项目采购)?(?:设备|采购|合同|工程|企业|单位|科室|学校|机构|公司|场所|部门|医院|村庄|班级|医疗机构|建筑|设施|资产|投资项目|物品|支出事项|产品|货物))'
)
_ORDERED = ('前', '后', '末', '末位', '倒数', '最后')
_DATED = frozenset('近前后上下去今明每')
_GRADE = frozenset({'级', '星', '类', '档', '等', '层', '级别'})
_MONEY = re.compile(r'元|[万亿]$')
_PERIOD_BEFORE = re.compile(rf'{vocabulary.PERIOD}[^,。;:!?\n\d]*$')
_TARGET_VERB = re.compile(rf'(?:{either(vocabulary.AIMS)})(?:了)?$')
_AWARDED = re.compile(r'(?:以上|及以上)?(?:的)?[,，]?(?:得|扣|加|记|计|奖励?|减|给|不得分|酌情)')
_SCORED = re.compile(r'(?:得分|评分|成绩|分数|总分|测评)[在为]?$')
_DEDUCTED = re.compile(r'(?:\([^()]*\))?的?(?:价格)?(?:扣除|罚款|违约金|保证金)')
_INCIDENTAL = re.compile(r'(?:涉及|总投资|总面积)[^,。;]{0,10}$')
_ENDS = re.compile(r'$|[,。;、()\n!?:]')
_LONGEST_WORD = max(map(len, (*vocabulary.MISSES, *vocabulary.GIVES, *vocabulary.AIMS))) + 2
_WINDOW = 60
"""Characters around a number that are looked at; keeps the time linear."""


def target_rule(
    text: str, quantity: Quantity, previous: Quantity | None, following: Quantity | None, field: Field, held: bool
) -> str | None:
    """The id of the rule by which a quantity is a target; None where it is none. ``previous`` is the target before it, ``following`` the next
    quantity, ``held`` whether a clause holds this one."""
    if quantity.named is not None:
        return 'threshold.comparator'
    stands_alone = not quantity.explicit or (quantity.high is not None and not quantity.before and not quantity.after)
    points = quantity.unit is not None and quantity.unit.split('/')[0] == '分'
    if stands_alone and (quantity.unit is None or (points and quantity.high is None)):
        return None
    before = text[part_begins(text, max(0, quantity.left - _WINDOW), quantity.left) : quantity.left]
    if _passed_over(text, quantity, following, before):
        return None
    if points:
        banded = (previous is not None and previous.unit == '分') or _AWARDED.match(text, quantity.right)
        if stands_alone and not banded and not _SCORED.search(before):
            return None  # a range of points to give: 科学合理的3-6分
        return None if _points(quantity, before) else 'threshold.comparator'
    if _RANKED.search(before) and not quantity.explicit:
        return 'threshold.rank'
    # 抽检合格率98%以上: a rate of samples, not a sample
    sampled = _SAMPLED.search(before) is not None and not is_rate(before)
    if quantity.explicit:
        if sampled and field == 'criteria':
            return None
        return 'threshold.comparator'
    if sampled:
        return None
    if quantity.unit in vocabulary.PERCENT_UNITS:
        return None if _WEIGHED.search(before) or before.endswith(_ORDERED) else 'threshold.percent'
    if quantity.unit == '比':
        return 'threshold.ratio' if is_rate(before.rstrip('为达到应:')) else None
    if quantity.unit is None or quantity.unit in vocabulary.TIME_UNITS:
        return None
    if quantity.value == 0 and not _GIVEN.search(before):
        return 'threshold.stated'
    if _EACH.search(before, len(before) - _LONGEST_WORD):
        return None
    if _PERIOD_BEFORE.search(before):
        # 镇每月组织一次检查: how often the examiner looks
        examined = field == 'criteria' and _EXAMINED.match(text, quantity.right) is not None
        return None if examined else 'threshold.frequency'
    if field == 'requirement' and _stated(text, quantity, before, held):
        return 'threshold.stated'
    return None


def _passed_over(text: str, quantity: Quantity, following: Quantity | None, before: str) -> bool:
    """Ages, years, ordinals, amounts of ``每下降1%``, classes, and numbers inside the name of what the next number measures."""
    if before.endswith(('第', '〔', '[')) or _PER.search(before):
        return True
    if quantity.unit in vocabulary.PERCENT_UNITS and _PER_THING.search(before) and _MOVES.match(text, quantity.right):
        return True
    if quantity.unit in vocabulary.NO_TARGET_UNITS:
        return not _term(text, quantity)
    if text.startswith(('为基数', '为基准', '为起点', '性', '分之'), quantity.end) or _DEDUCTED.match(
        text, quantity.right
    ):
        return True
    if quantity.before in ('不足', '不满') and text.startswith(('按', '的按', '以'), quantity.right):
        return True
    after = text[quantity.right : quantity.right + _WINDOW]
    if (
        quantity.unit in _GRADE
        and (quantity.after or not quantity.before)
        and not (quantity.before and _ENDS.match(after))
    ):
        return True
    if (
        quantity.explicit
        and (_MONEY.search(quantity.unit or '') or quantity.unit in ('人', '名', '床', '张'))
        and _CLASS.match(after)
    ):
        return True
    if following is None or following.unit not in vocabulary.PERCENT_UNITS:
        return False
    between = text[quantity.right : following.left]
    return len(between) < 24 and not re.search(r'[,。;:!?、\n且或并而但]', between) and is_rate(between)


def _term(text: str, quantity: Quantity) -> bool:
    """``从业满3年``, ``经营年限10年及以上``: years that are a length, not a date."""
    return (
        quantity.unit == '年'
        and quantity.explicit
        and quantity.value < 100
        and text[quantity.start - 1 : quantity.start] not in _DATED
    )


def _breakdown(text: str, end: int) -> bool:
    """Whether a number stands in a bracket or after ``其中``: one part of what was named before."""
    begin = max(0, end - 4 * _WINDOW)
    sentence = max(text.rfind(mark, begin, end) for mark in '。;\n')
    return '其中' in text[max(begin, sentence) : end] or text.rfind('(', begin, end) > text.rfind(')', begin, end)


def _points(quantity: Quantity, before: str) -> bool:
    """Whether a number of points is an amount or a cap, not a score to reach."""
    if (
        quantity.after == '封顶'
        or quantity.before in ('最高', '最多', '至多')
        or before.endswith(('最高', '最多', '至多'))
    ):
        return True
    if quantity.after in ('', '内', '以内') and quantity.comparator == '<=' and _CAPPED.search(before):
        return True
    return not quantity.after and _PLAIN_AMOUNT.search(before, len(before) - _LONGEST_WORD) is not None


def _stated(text: str, quantity: Quantity, before: str, held: bool) -> bool:
    """A task's size: ``建成公园12个``, ``组织2次演练``; not in a breakdown, not where points follow."""
    if _AWARDED.match(text, quantity.right) or _breakdown(text, quantity.left) or _INCIDENTAL.search(before):
        return False
    if _TARGET_VERB.search(before, len(before) - _LONGEST_WORD):
        return quantity.digits or quantity.unit in ('次', '场', '期')
    return (
        not held
        and bool(before)
        and ('\u4e00' <= before[-1] <= '\u9fff' or before[-1] in '“《')
        and _ENDS.match(text, quantity.right) is not None
        and quantity.digits
    )
