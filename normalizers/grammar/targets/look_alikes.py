"""Numbers that only look like a target (ruling 18): steps, samples, shares of the points, classes, windows of time, names with numbers."""

from __future__ import annotations

import re
from typing import Final

from kaohe.normalizers.grammar.alternatives import either
from kaohe.normalizers.grammar.quantities.comparators import RUNNING
from kaohe.normalizers.grammar.targets.counted_steps import is_falling, is_member, is_step
from kaohe.normalizers.grammar.targets.metrics import is_rate
from kaohe.normalizers.grammar.targets.point_amounts import (
    BEHIND_AMOUNT,
    amount_of_points,
    points_to_give,
    share_of_points,
    weight,
)
from kaohe.normalizers.grammar.targets.target_rule import Setting, TargetRule
from kaohe.normalizers.grammar.targets.windows import is_window
from kaohe.normalizers.text.words import words
from kaohe.normalizers.vocabulary import phrase_words
from kaohe.normalizers.vocabulary import target_words as vocabulary

_BEYOND_EACH = re.compile('的?部分,?每')
_ONE_OF = re.compile('(?:只|仅|取|择)(?:计|取|记|按)?$')
_SAMPLED = re.compile(
    rf'(?=[{"".join(sorted({word[0] for word in vocabulary.SAMPLES}))}])(?<!至少)(?<!每月)(?<!每季度)(?<!每年)(?<!每周)(?<!每天)(?<!每日)(?<!每旬)(?<!每半年)(?<!双)(?:{either(vocabulary.SAMPLES)})[^,。;:!?\n]*$|问$'
)
_CLASS = re.compile(
    r'(?:的)?(?:[\u4e00-\u9fff]{0,4}(?:项目|团队|案件)|(?:大型|进口|医疗|专用|以上|采购|项目采购)?(?:设备|采购|合同|工程|企业|单位|科室|学校|机构|公司|场所|部门|医院|村庄|班级|医疗机构|建筑|设施|资产|投资项目|物品|支出事项|产品|货物))'
)
# 10亿元、20亿元以上项目: sums that mark off classes
_CLASSES = re.compile(rf'(?:[、,和及或]\d[\d.]*[万亿]?元)+(?:及?以上|及?以下|以内)(?:{_CLASS.pattern})')
_MONEY = re.compile(r'元|[万亿]$')
_GRADE = frozenset({'级', '星', '类', '档', '等', '层', '级别'})
_MOST_STARS = 5
_RATED = re.compile('等级|评估|信用|景区|评定|认定')
_ENDS = re.compile(r'$|[,。;、()\n!?:]')
_DATED = frozenset('近前后上下去今明每')
_DEDUCTED = re.compile(r'(?:\([^()]*\))?的?(?:价格)?(?:扣除(?![^,。;]*分)|罚款|违约金|保证金)')
_CODE = re.compile(r'(?:^|[^A-Za-z])[A-Za-z]{1,2}\d{0,3}$')
_DAY_OF = re.compile('(?:每|当|次|下|上|本|季末)个?月(?:的)?$')
# 问卷调查90%以上得3分: what the survey found
_SURVEYED = re.compile(f'{phrase_words.SURVEYS.pattern}(?:为|达)?')
_FOUND = re.compile('[不未无超错误违]')
_ROUNDED = re.compile(r'的?[按以](?:[\d一半]|整|每|不|直线|线性|内插|插值)')
_FRACTION = re.compile('分之|/')
_QUOTES = frozenset('“‘「『')
_IN_QUOTES = re.compile('“[^”≥≤<>=]{1,12}$')
_SHORTEST = 2
_TAKEN_FROM = re.compile('[-+×÷/][一-鿿]')
_TAKES_OFF = re.compile('\\([一-鿿]{2,12}[-+×÷/]$')


def _term(seen: Setting) -> bool:
    """``从业满3年``, ``经营年限10年及以上``: years that are a length, not a date; ``1个月`` too."""
    quantity, text = seen.quantity, seen.text
    if quantity.unit == '月':
        return text[quantity.end - 2 : quantity.end] == '个月' and quantity.explicit
    return (
        quantity.unit == '年'
        and quantity.explicit
        and quantity.value < 100
        and text[quantity.start - 1 : quantity.start] not in _DATED
    )


def _name(seen: Setting) -> bool:
    before, quantity = seen.before, seen.quantity
    highest = quantity.before in ('最高', '最大', '最多') and not quantity.digits and _ONE_OF.search(before)
    if highest or (quantity.unit == '度' and before.endswith(('一年', '每年'))):
        return True  # 只计最高一项, 一年一度
    if before.endswith('第'):
        return quantity.unit not in ('名', '位')
    if quantity.unit == '级' and seen.after.startswith(('甲', '乙', '丙')):
        return True  # 未达三级甲等
    if not quantity.explicit and _quoted(seen):
        return True
    if not quantity.digits and not quantity.explicit and quantity.unit and _within_a_word(seen):
        return True
    if quantity.before == '=' and not quantity.digits:
        return True  # 合格率=一次合格数/总数
    return before.endswith(('〔', '[')) or (quantity.before == '=' and _CODE.search(before) is not None)


def _quoted(seen: Setting) -> bool:
    """Whether the number stands in a name between quotes: ``“零容忍”``, ``“六个百分之百”``."""
    if seen.text[seen.quantity.start - 1 : seen.quantity.start] in _QUOTES:
        return True
    return seen.after.startswith('”') and _IN_QUOTES.search(seen.before) is not None


def _within_a_word(seen: Setting) -> bool:
    """Whether the unit is the beginning of a longer word: ``一通报``."""
    quantity = seen.quantity
    tail = seen.text[quantity.end : quantity.end + 3]
    unit = (quantity.unit or '')[-1:]
    return '\u4e00' <= tail[:1] <= '\u9fff' and words(unit + tail)[0].end > 1


def _dated(seen: Setting) -> bool:
    if (
        seen.quantity.unit == '日'
        and not seen.quantity.after
        and seen.quantity.before not in vocabulary.ASKS
        and _DAY_OF.search(seen.text, max(0, seen.quantity.start - 4), seen.quantity.start)
    ):
        return True  # 迟于每月15日
    return seen.quantity.unit in vocabulary.NO_TARGET_UNITS and not _term(seen)


def _base(seen: Setting) -> bool:
    text, quantity = seen.text, seen.quantity
    if seen.alone and _in_formula(seen):
        return True
    if quantity.comparator == '>' and _BEYOND_EACH.match(seen.after):
        return True  # 超过60%部分每5个百分点加0.5分
    if text.startswith(('为基数', '为基准', '为起点', '性'), quantity.end) or _DEDUCTED.match(seen.after):
        return True
    return quantity.before in ('不足', '不满') and _ROUNDED.match(seen.after) is not None


def _in_formula(seen: Setting) -> bool:
    """``(95%-整改率)×10``, ``(结案率-90%)``: a member of a difference in a bracket."""
    text, quantity = seen.text, seen.quantity
    opened, closed = text.rfind('(', max(0, quantity.left - 20), quantity.left), text.find(')', quantity.right)
    if opened < 0 or closed < 0 or closed - quantity.right > 20 or ')' in text[opened : quantity.left]:
        return False
    taken = _TAKEN_FROM.match(text, quantity.right) if quantity.left == opened + 1 else None
    return taken is not None or (closed == quantity.right and _TAKES_OFF.match(text, opened, quantity.left) is not None)


def _grade(seen: Setting) -> bool:
    quantity = seen.quantity
    if quantity.unit == 'A' and quantity.value <= _MOST_STARS and quantity.after and _RATED.search(seen.before):
        return True  # 评估等级3A以上
    return (
        quantity.unit in _GRADE
        and bool(quantity.after or not quantity.before)
        and not (quantity.before and _ENDS.match(seen.after))
    )


def _class(seen: Setting) -> bool:
    unit = seen.quantity.unit or ''
    return (
        seen.quantity.explicit
        and (_MONEY.search(unit) is not None or unit in ('人', '名', '床', '张'))
        and (_CLASS.match(seen.after) or _CLASSES.match(seen.after)) is not None
    )


def _in_a_name(seen: Setting) -> bool:
    """``48小时内报告率≥90%``: the limit belongs to the name of what the next number measures (ruling 44)."""
    following = seen.following
    if following is None or following.unit not in vocabulary.PERCENT_UNITS or seen.quantity.before == RUNNING:
        return False  # 连续2个月满意度低于80%
    if seen.text[seen.quantity.right : following.left] == ')' and seen.before.endswith('('):
        return is_rate(seen.before[:-1])  # 闭环率（48小时内）≥95%
    between = seen.text[seen.quantity.right : following.left].rstrip(':为达到应须')
    return len(between) < 24 and not re.search(r'[,。;:!?、\n且或并而但]', between) and is_rate(between)


def _sample(seen: Setting) -> bool:
    # 抽检合格率98%以上: a rate of samples, not a sample
    sampled = _SAMPLED.search(seen.before)
    if (
        sampled is None
        or _FOUND.search(seen.before, sampled.start())
        or is_rate(seen.before)
        or seen.quantity.before in vocabulary.ASKS
        or seen.quantity.before in ('达到', '达')
        or (seen.share and phrase_words.ANSWERED.match(seen.after))  # 抽样调查95%以上知晓的
        or (seen.share and seen.quantity.explicit and _SURVEYED.fullmatch(seen.before, sampled.start()))
    ):
        return False
    return seen.field == 'criteria' or not seen.quantity.explicit


def _bare(seen: Setting) -> bool:
    """A number without a unit or words around it; points that are not a range."""
    quantity, text = seen.quantity, seen.text
    if not seen.alone or (quantity.unit is not None and (not seen.points or quantity.high is not None)):
        return False
    banded = seen.target is not None and seen.target.unit is None and quantity.high is not None
    if banded and quantity.unit is None and BEHIND_AMOUNT.match(seen.after):
        return False  # 影响因子≥10加5分，5-10加3分
    if quantity.unit is None and (quantity.high is not None or _FRACTION.search(text, quantity.start, quantity.end)):
        return not is_rate(seen.before.rstrip('为达到应:'))
    return not (seen.before.endswith('为') and _says_none(seen)) or seen.before.endswith(('项为', '分为'))


def _says_none(seen: Setting) -> bool:
    """``投诉为零``, ``发生率为0``; ``责任事故为0`` where it is asked for or gives points, as in criteria ``不合格为0`` says what is lost."""
    quantity, named = seen.quantity, seen.before.removesuffix('为')
    if quantity.value != 0 or seen.text[quantity.start] == '零' or is_rate(named):
        return quantity.value == 0
    asked = seen.field == 'requirement' or BEHIND_AMOUNT.match(seen.after) is not None
    said = len(named) > _SHORTEST and not named.endswith(vocabulary.ELSE) and named[0] not in '未不没无'
    return asked and said


LOOK_ALIKES: Final = (
    TargetRule(
        id='passed.bare',
        reads='没有单位、也没有比较词的数，单独写的分数',
        examples=(),
        counter_examples=('共20分', '落实“三会一课”', '内容科学合理的3-6分'),
        holds=lambda seen: _bare(seen) or points_to_give(seen),
        target=False,
    ),
    TargetRule(
        id='passed.name',
        reads='序数、文号、代码和引号里的数',
        examples=(),
        counter_examples=('第三周期以上评审', '东政〔2024〕5号', 'K3=10', '调至“零位”', '落实“六个百分之百”', '每月一考评一通报', '一年一度的漏报调查'),
        holds=_name,
        target=False,
    ),
    TargetRule(
        id='passed.step',
        reads='每多少的步长，连着写的次数档',
        examples=(),
        counter_examples=('每低于1%扣0.1分', '每增（减）1%，加（减）0.1分', '一项不符扣1分、两项及以上不符不得分', '漏检1例的扣1分，2-4例的扣2分，5例及以上的不得分', '达到3项及以上的得5分，达到2项的得3分，只达到1项的得1分', '低一个百分点减0.5分'),
        holds=lambda seen: is_step(seen) or is_member(seen) or is_falling(seen),
        target=False,
    ),
    TargetRule(
        id='passed.date',
        reads='年龄、年份、月份、文号',
        examples=(),
        counter_examples=('65岁以上老年人', '三至六年级学生', '每月5日前报送'),
        holds=_dated,
        target=False,
    ),
    TargetRule(
        id='passed.share',
        reads='分值的份额、计分的权重、扣款的比例',
        examples=(),
        counter_examples=('完成一半的得该项分值的60%', '省赛按国赛同等级的40%计分', '加分不超过权重分的20%', '按合同价的5%扣除', '占总分的30%', '扣减当月服务费2%'),
        holds=lambda seen: share_of_points(seen) or weight(seen),
        target=False,
    ),
    TargetRule(
        id='passed.base',
        reads='基数、取整的说明、价格扣除',
        examples=(),
        counter_examples=('按（95%-实际整改率）×10扣分', '（结案率-90%）每±1%相应±0.2分', '以5%为基数', '不足1人按1人计算', '给予10%—20%的扣除'),
        holds=_base,
        target=False,
    ),
    TargetRule(
        id='passed.class',
        reads='等级、金额档、规模档',
        examples=(),
        counter_examples=('二级以上医院', '单价50万元以上设备', '投资800万元以上的工业项目', '引进3亿元、5亿元以上项目', '20人以上小型团队负责人'),
        holds=lambda seen: _grade(seen) or _class(seen),
        target=False,
    ),
    TargetRule(
        id='passed.window',
        reads='往回看的期限：几年内、几个月内没有发生',
        examples=(),
        counter_examples=('三年内获得市级以上表彰的', '6个月内未发生事故的'),
        holds=is_window,
        target=False,
    ),
    TargetRule(
        id='passed.limit_in_name',
        reads='属于指标名称的时限，后面才是目标值',
        examples=('48小时内报告率≥90%',),
        holds=_in_a_name,
        target=False,
    ),
    TargetRule(
        id='passed.points',
        reads='给的分、扣的分和封顶的分',
        examples=(),
        counter_examples=('最高得2分', '加分不超过3分', '每项上限5分', '科普报告每场0.5分，不超过2分', '每人1分，此小项不超过4分', '每场得1分，满8分为止', '得分＝完成数÷任务数×9，超过9分的按9分计', '得分=6分×完成率'),
        holds=amount_of_points,
        target=False,
    ),
    TargetRule(
        id='passed.sample',
        reads='检查人员抽取的份数',
        examples=(),
        counter_examples=('抽查20%的村', '抽查5份病历'),
        holds=_sample,
        target=False,
    ),
)  # fmt: skip
"""In order of precedence: the first that holds decides."""
