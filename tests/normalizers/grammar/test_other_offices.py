"""Generality: sentences of 149 fields, our own writing, annotated by the rulings by somebody who had seen neither the grammar nor its tests. Their first
reading gave clauses F1 0.979 and targets 0.958, 22 of 205 texts wrong, 14 of them without a doubt; the kinds behind that were mended afterwards. Five
texts that the rulings leave open (``95%及以上、98%以下``, ``1个点``, two ways of counting …) are left out. ``more_offices.jsonl`` holds 120 further ones
of the same making: first 0.983 and 0.946, 14 texts wrong, 8 of them without a doubt."""

from __future__ import annotations

import pytest
from msgspec.structs import asdict

from kaohe.normalizers.catalogue import Field
from kaohe.normalizers.grammar.clauses.reader import read_clauses
from kaohe.normalizers.grammar.targets.reader import ThresholdMatch, read_thresholds
from tests.normalizers.grammar.measure import Agreement, Record, alike, equal, sentences

FILES = ('other_offices.jsonl', 'more_offices.jsonl')


def same_clause(want: Record, have: Record) -> bool:
    return (
        want['effect'] == have['effect']
        and all(equal(want[name], have[name]) for name in ('points', 'per_quantity'))
        and want['per_unit'] == have['per_unit']
        and alike(want['text'], have['text'])
    )


def same_target(want: Record, have: Record) -> bool:
    return (
        {want['comparator'], have['comparator']} in ({want['comparator']}, {'=', '>='})
        and all(equal(want[name], have[name]) for name in ('value', 'value_high'))
        and want['unit'] == have['unit']
        and alike(want['text'], have['text'])
        and alike(want['metric'], have['metric'])
    )


def _clauses(line: Record) -> list[Record]:
    text = line['text']
    found = read_clauses(text, kind=line['kind'], field=line['field'], has_criteria=line['field'] == 'criteria').matches
    return [asdict(one) | {'text': text[one.start : one.end]} for one in found]


def _target(text: str, match: ThresholdMatch) -> Record:
    return asdict(match) | {'text': text[match.start : match.end]}


@pytest.mark.parametrize(('name', 'least'), list(zip(FILES, (580, 290), strict=True)))
def test_clauses_are_read_as_annotated(name: str, least: int) -> None:
    agreement = Agreement()
    for line in sentences(name):
        agreement.add(line['text'], line['clauses'], _clauses(line), same_clause)
    assert agreement.hit + agreement.missed >= least
    assert agreement.f1 >= 0.99, agreement.differences


@pytest.mark.parametrize(('name', 'least'), list(zip(FILES, (300, 159), strict=True)))
def test_targets_are_read_as_annotated(name: str, least: int) -> None:
    agreement = Agreement()
    for line in sentences(name):
        clauses = read_clauses(line['text'], kind=line['kind'], field=line['field']).matches
        found = read_thresholds(line['text'], field=line['field'], clauses=clauses)
        agreement.add(line['text'], line['thresholds'], [_target(line['text'], one) for one in found], same_target)
    assert agreement.hit + agreement.missed >= least
    assert agreement.f1 >= 0.97, agreement.differences


@pytest.mark.parametrize(
    ('text', 'per'),
    [
        ('播种面积少1万亩扣0.2分', (1, '万亩')),
        ('每少5万扣1分', (5, '万')),
        ('损耗每千克标煤扣1分', (1, '千克标煤')),
        ('漏印每万册扣0.5分', (1, '万册')),
        ('死株每百株扣1分', (100, '株')),
        ('展厅面积每达1万平方米另加2分', (1, '万平方米')),
        ('投诉率每超过0.5件/百万人次扣1分', (0.5, '件/百万人次')),
        ('超过60分钟，扣3分/次；当月重复困人2次及以上的，扣5分', (1, '次')),
        ('发生1起扣3分，2起及以上不得分', (None, None)),
        ('一次断水扣1分、两次断水扣3分、三次及以上断水不得分', (None, None)),
        ('缺课1次扣1分，缺课3次以上取消资格', (1, '次')),
        ('查到1处扣0.5分', (1, '处')),
        ('查不到1份资料扣0.5分', (1, '份')),
        ('应到未到1人扣1分', (1, '人')),
        ('漏发过1次扣1分', (1, '次')),
        ('工作不满1年扣2分', (None, None)),
        ('每千克扣1分', (1, '千克')),
        ('每次扣1分，直至本项分值扣完。', (1, '次')),
        ('漏巡一个点位扣0.1分', (1, '点位')),
        ('迟报、错报每点次扣0.1分', (1, '点次')),
        ('每少借阅100册次扣0.5分', (100, '册次')),
        ('每占用1车位扣0.2分', (1, '车位')),
        ('每漏报万元扣1分', (1, '万元')),
        ('每发现1团未签扣0.5分', (1, '团')),
        ('每1塘未消毒扣0.5分', (1, '塘')),
        ('延期1周以内扣1分，1-2周扣3分', (None, None)),
        ('重伤1人扣5分；死亡2人以上的，不得分', (1, '人')),
        ('死亡1人扣5分；死亡2人以上的，不得分', (None, None)),
        ('主要缺陷1项扣2分，一般缺陷3项以上扣1分', (1, '项')),
        ('迟到、早退1次扣0.5分，累计超过3次的，每超1次再扣1分', (1, '次')),
        ('死亡1人扣20分，每多1人加扣10分', (None, None)),
        ('刊發專題報導每則加0.5分', (1, '則')),
        ('每一戶未建檔扣0.2分', (1, '戶')),
    ],
)
def test_what_an_amount_is_counted_by(text: str, per: tuple[float | None, str | None]) -> None:
    first = read_clauses(text).matches[0]
    assert (None if first.per_quantity is None else float(first.per_quantity), first.per_unit) == per


@pytest.mark.parametrize(
    ('text', 'effects'),
    [
        ('每次扣1分，直至本项分值扣完。', ['deduct', 'cap']),
        ('每次扣2分，三次以上扣完', ['deduct', 'forfeit']),
        ('应扣不扣，每次扣2分', ['deduct']),
        ('得分每增减1分，相应加减0.1分', ['bonus', 'deduct']),
        ('每千克扣1分', ['deduct']),
    ],
)
def test_words_of_taking_in_other_senses(text: str, effects: list[str]) -> None:
    assert [clause.effect for clause in read_clauses(text).matches] == effects


@pytest.mark.parametrize(
    ('text', 'said'),
    [
        ('未开展演练\n不得分', ['未开展演练\n不得分']),
        ('未备案、未审批作业\n每次扣2-3分', ['未备案、未审批作业\n每次扣2-3分']),
        ('台账不全扣1分\n不得分', ['台账不全扣1分', '不得分']),
        ('开展演练。\n不得分', ['不得分']),
        ('考核低于80分\n扣1分', ['考核低于80分\n扣1分']),
        ('满意度低于90%\n不得分', ['满意度低于90%\n不得分']),
        # what counts a shortfall is whole
        ('安全培训每年4次\n每少1次扣0.5分', ['每少1次扣0.5分']),
        ('设备台账10套\n缺1套扣1分', ['缺1套扣1分']),
        ('月报每年12期\n逾期1天扣0.1分', ['逾期1天扣0.1分']),
        # a line with a target or points of its own is what is asked
        ('巡检不少于4次\n每次扣1分', ['每次扣1分']),
        ('合格率≥95%\n每项扣1分', ['每项扣1分']),
        ('台账管理（3分）\n每处扣0.5分', ['每处扣0.5分']),
    ],
)
def test_the_line_above_is_the_condition_of_what_says_none(text: str, said: list[str]) -> None:
    assert [text[clause.start : clause.end] for clause in read_clauses(text).matches] == said


@pytest.mark.parametrize(
    ('text', 'field', 'targets'),
    [
        ('单价高于市场均价10%以上的扣1分', 'criteria', ['>= 10%']),
        ('工作年限低于3年以下', 'requirement', ['< 3年']),
        ('3.5万亩', 'requirement', ['= 3.5万亩']),
        ('2025年', 'requirement', []),
        ('累计加分超过10分的按10分计', 'criteria', []),
        ('不足70%扣10分，并扣减当月服务费2%', 'criteria', ['< 70%']),
        ('支付电子化率100%得2分', 'criteria', ['= 100%']),
        ('保存期满足36个月', 'requirement', ['>= 36月']),
        ('送教上门每月至少2次、每次不少于3课时', 'requirement', ['>= 2次', '>= 3课时']),
    ],
)
def test_what_is_a_target(text: str, field: Field, targets: list[str]) -> None:
    clauses = read_clauses(text, field=field, has_criteria=field == 'criteria').matches
    found = read_thresholds(text, field=field, clauses=clauses)
    assert [f'{one.comparator} {one.value.normalize():f}{one.unit}' for one in found] == targets


@pytest.mark.parametrize(
    ('text', 'metric'),
    [
        ('食品留样是否每样不少于125克', '食品留样'),
        ('排名全省前3位的另加2分', '排名'),
        ('客流满意度排名全省前3位的另加2分', '客流满意度排名'),
        ('3天未到岗扣2分', '未到岗'),
        ('连续三次不达标的取消承包资格', '不达标'),
        ('按“实际满意率×6”计分，低于90%的不得分', '实际满意率'),
        ('救援超过30分钟；代签发现1份扣0.5分，累计5份以上的扣2分', '代签'),
        ('建档率未达95%扣1分 未达90%扣2分', '建档率'),
        ('装置非计划停车：每次扣5分，全年3次及以上再扣10分', '装置非计划停车'),
        ('服务率=服务人数÷需求人数。≥85%，3分', '服务率'),
        ('受众不足50人的场次减半计分', '受众'),
        ('平均分低于60分的单位须书面说明', '平均分'),
        ('炉温低于850℃或持续超过5分钟的扣1分', '炉温'),
        ('连续2个月满意度低于80%的扣5分', '满意度'),
    ],
)
def test_what_is_measured(text: str, metric: str) -> None:
    clauses = read_clauses(text).matches
    assert read_thresholds(text, field='criteria', clauses=clauses)[-1].metric == metric


@pytest.mark.parametrize(
    ('text', 'counts_from'),
    [
        ('碘盐合格率≥98%得3分，合格率每下降1%扣1分', (98, 'below')),
        ('网络接通率≥99.5%，辅具适配率每下降1%扣1分', (None, 'below')),
        ('信息采用量达40条得5分，超过部分每条加0.1分', (40, 'above')),
        ('检查得分低于90分每1分扣0.1分', (90, 'below')),
        ('图书超过30日未还的，每册扣0.1分', (None, None)),
        ('反应时间≤12分钟得满分，每延长1分钟扣0.5分', (12, 'above')),
    ],
)
def test_from_where_an_amount_counts(text: str, counts_from: tuple[float | None, str | None]) -> None:
    last = read_clauses(text).matches[-1]
    assert (None if last.base is None else float(last.base), last.direction) == counts_from


@pytest.mark.parametrize(
    ('text', 'kinds'),
    [
        ('10秒内接听率≥98%得2分，95%≤接听率<98%得1分，否则不得分', ['boundary', 'boundary']),
        ('取缔率100%，一处未取缔扣2分', ['target']),
        ('接种率≥95%，1个乡镇不达标扣1分', ['target']),
        ('停电8小时以上，每次扣1分', ['boundary']),
    ],
)
def test_what_must_be_reached_and_where_a_clause_begins(text: str, kinds: list[str]) -> None:
    clauses = read_clauses(text).matches
    assert [one.kind for one in read_thresholds(text, field='criteria', clauses=clauses)] == kinds
