"""What 每 counts where something of each thing goes beyond a number, and what only looks like such a thing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kaohe.normalizers.grammar.clauses.reader import read_clauses
from kaohe.normalizers.grammar.targets.reader import read_thresholds
from kaohe.normalizers.vocabulary import point_words


def _read(text: str) -> tuple[list[tuple[str, Decimal | None, Decimal | None, str | None]], list[tuple[object, ...]]]:
    clauses = read_clauses(text).matches
    targets = read_thresholds(text, field='criteria', clauses=clauses)
    return (
        [(one.effect, one.points, one.per_quantity, one.per_unit) for one in clauses],
        [(one.metric, one.comparator, one.value, one.unit) for one in targets],
    )


@pytest.mark.parametrize(
    ('text', 'unit', 'metric'),
    [
        ('每班组人数少于3人扣1分', '班组', '人数'),
        ('每车间次品率超过2%扣1分', '车间', '次品率'),
        ('每站点垃圾超过2处扣1分', '站点', '垃圾'),
        ('每项目部人员少于5人扣1分', '项目部', '人员'),
        ('每支队伍人数少于5人扣1分', '支', '队伍人数'),
        ('每处裂缝超过3毫米扣1分', '处', '裂缝'),
    ],
)
def test_the_whole_word_for_a_thing_is_what_counts(text: str, unit: str, metric: str) -> None:
    clauses, targets = _read(text)

    assert [(per, said) for _, _, per, said in clauses] == [(Decimal(1), unit)]
    assert [said for said, *_ in targets] == [metric]


@pytest.mark.parametrize(
    ('text', 'wrong'),
    [
        ('每门诊人次费用超过300元扣1分', '门'),
        ('每组织活动少于20人扣1分', '组'),
        ('每处理投诉超过3天扣1分', '处'),
        ('每起草文件超过3天扣1分', '起'),
        ('每单位面积能耗高于10千瓦时扣1分', '单位'),
        ('每批复超过5天扣1分', '批'),
    ],
)
def test_a_word_that_begins_like_a_thing_counts_nothing(text: str, wrong: str) -> None:
    clauses, targets = _read(text)

    assert [unit for *_, unit in clauses] != [wrong]
    assert not any(
        text[2:].startswith(str(metric)) and text.startswith('每' + wrong) and len(wrong) == 1 for metric, *_ in targets
    )


@pytest.mark.parametrize('word', [*point_words.COMPOUND_THINGS, *point_words.NO_THINGS])
def test_words_beside_things_are_none_of_them_and_begin_like_one(word: str) -> None:
    assert word not in point_words.COUNTED
    assert word.startswith(point_words.THINGS)


@pytest.mark.parametrize('step', ['1个百分点', '一个百分点', '的1个百分点'])
def test_a_step_behind_the_number_is_what_counts_also_of_each_thing(step: str) -> None:
    clauses, _ = _read(f'每个科室满意度低于90%{step}扣0.5分')

    assert clauses == [('deduct', Decimal('0.5'), Decimal(1), '百分点')]
