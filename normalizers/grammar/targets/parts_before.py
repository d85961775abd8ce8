"""What the parts of a sentence before a number's own part speak of."""

from __future__ import annotations

import re
from typing import Final

from kaohe.normalizers.catalogue import Field
from kaohe.normalizers.grammar.alternatives import either
from kaohe.normalizers.grammar.targets.metrics import LABEL, Metric, is_rate, metric_before, part_begins
from kaohe.normalizers.vocabulary import phrase_words, point_words, target_words

_FORMULA = re.compile('(?<![<>≤≥])=')
_CUT = re.compile(
    r'(?<!^)(?:被(?=[\u4e00-\u9fff]{2})|以(?=\d)|(?:计|评|打|赋)分(?=$|[^\u4e00-\u9fff])|不得分|不扣分|酌情|位?居|[位名]列|每|扣|得\d|加\d|减\d|[×÷≥≤<>]|乘以|(?:发现|发生|出现|查出|查实|存在|超过|不足|低于|高于|少于|多于|达到?|超)(?=\d)|\d|一[次项起人例处户家件名辆台]|各)'
)
_POINTS = re.compile(r'\d分$|不得分$')
_FAILED = re.compile('(?<=[\u4e00-\u9fff]{3})(?:未|没有)')
_COUNTED = re.compile(
    f'每(?:发生|出现|有|发现|查实|增加|新增|多)?(?:1|一)(?:{either(target_words.COUNT_UNITS)})(?P<thing>[\u4e00-\u9fff]{{2,10}}?)(?:的|者)?[扣减加得]'
)
_LOOKS = re.compile(either(point_words.INSPECTIONS))
_NO_MATTER = re.compile(
    f'以[^,。;]{{2,20}}?为准|被[^,。;]{{2,8}}(?:{either(point_words.TAKEN_UP)})|'
    r'连续(?=[\d一二两三四五六七八九十])|(?:不?(?:及格|合格)|优秀|良好|较差)(?=[者的每得扣加])|依次|其余|其他|另外|以上|上述|否则|同时|并|分别'
)
_GENERAL_LABEL = re.compile(
    '(?:标准|办法|方法|方式|要求|说明|内容|依据|规则|细则|情形|事项|项目|指标|目标|评分|计分|得分|扣分|加分|注|其中|如下)$'
)
# 城市管理考核得分 is what is measured, 考核得分 only announces what follows
_SCORE_OF = re.compile('[\u4e00-\u9fff]{5,}(?:得分|评分)')
# 满意度以护理部测评为准
_SOURCE = re.compile('以[^,。;\\d]{2,20}?为准')
_ASIDE_OF_AMOUNT = re.compile(rf'\d分\((?:以|按)?(?:{either(target_words.STANDS_FOR)})?(?:为|是|:)?$')
_PARTS = 3
LONGEST: Final = 80
"""Characters before a number in which its metric, basis and period are looked for; keeps the time linear."""


def part_before(text: str, barrier: int, begin: int, field: Field) -> Metric | None:
    """What the part of the sentence before names: ``协作单位的检查，年度不少于4次``. In criteria only a rate: there, parts before a number mostly say
    how inspectors look (``查阅台账和记录，未达50%``)."""
    while begin > barrier and text[begin - 1] == '\n':
        begin -= 1
    if begin <= barrier or text[begin - 1] not in ',:':
        return None
    end = _left_of_formula(text, part_begins(text, barrier, begin - 1), begin - 1)
    found = metric_before(text, barrier, end, bare=True)
    if found is None or _names_nothing(found.name) or _POINTS.search(found.name):
        return None
    if text[begin - 1] == ':' and is_general_label(found.name):
        return None  # 评分标准：90%以上得5分
    return found if field == 'requirement' or is_rate(found.name) or found.direction or text[begin - 1] == ':' else None


def behind_amount(text: str, barrier: int, left: int) -> Metric | None:
    """The rate that a clause counts, for a number in the bracket behind its amount: ``故障率每超1%扣1分（控制值3%）``. None where there is none."""
    aside = _ASIDE_OF_AMOUNT.search(text, barrier, left)
    each = text.rfind('每', barrier, aside.start()) if aside else -1
    if each <= barrier:
        return None
    counted = metric_before(text, part_begins(text, barrier, each), each)
    return counted if counted is not None and is_rate(counted.name) else None


def is_general_label(label: str) -> bool:
    """Whether the words before a colon only announce what follows (``评分标准：``)."""
    return _GENERAL_LABEL.search(label) is not None and _SCORE_OF.search(label) is None


def _left_of_formula(text: str, begin: int, end: int) -> int:
    """Where the name ends that a formula defines: ``及时率=按时数÷总数×100%``."""
    sign = _FORMULA.search(text, begin, end)
    return sign.start() if sign else end


def _names_nothing(name: str) -> bool:
    if name.startswith('比例') or name in target_words.STANDS_FOR:
        return True  # 按比例得分; 低于目标10个百分点
    if name[0].isdigit():
        return not is_rate(name)  # 13个月继续率
    return phrase_words.NO_METRIC.match(name) is not None


def _names_what_follows(text: str, begin: int, end: int) -> bool:
    """``非计划停车：每次扣5分，3次以上``, ``服务率=服务人数÷总人数。≥85%``: a label, and a sentence that defines a rate."""
    if text[end] == ':':
        return not is_general_label(text[begin:end])
    return text[end] == '。' and _FORMULA.search(text, begin, end) is not None


def matter_before(text: str, begin: int, across: str) -> Metric | None:
    """The matter that the clauses before speak of, ``across`` these marks: ``迟到1次扣0.5分，当月累计3次以上的``."""
    floor = max(0, begin - LONGEST)
    for _ in range(_PARTS):
        end = begin - 1
        if end <= floor or LABEL.match(text, begin):
            return None
        begin = part_begins(text, floor, end)
        names_it = _names_what_follows(text, begin, end)
        if text[end] not in across and not names_it:
            return None
        if _NO_MATTER.match(text, begin):
            continue
        cut = None if names_it else _CUT.search(text, begin, end)
        stop = _left_of_formula(text, begin, cut.start() if cut else end)
        if source := _SOURCE.search(text, begin, stop):
            stop = source.start()
        found = metric_before(text, begin, stop, bare=True)
        if found is None and (counted := _COUNTED.match(text, begin, end)):
            found = Metric(counted['thing'], *counted.span('thing'))  # 每发生1件有效投诉扣0.5分
        if found is None and (failed := _FAILED.search(text, begin, stop)):
            found = metric_before(text, begin, failed.start(), bare=True)  # 枯枝未剪
        if found is not None and _LOOKS.match(text, begin) and not is_rate(found.name):
            continue  # 查阅台账和记录，未达50%
        if found is not None and not phrase_words.SCOPE.fullmatch(found.name) and not _names_nothing(found.name):
            return found
    return None
