"""Limits that stand at the head of a text or alone in a column bind what they limit; which way, the words say, else the line."""

from __future__ import annotations

import pytest

from kaohe.normalizers import normalize
from kaohe.normalizers.catalogue import Catalogue
from tests.normalizers.checks.paper import findings_of
from tests.normalizers.tables import document, draw

HEADER = '项目 | 考核内容 | 评分标准 | 分值\n'


def read(rows: str) -> Catalogue:
    return normalize(document('2024年考核评分表', draw(HEADER + rows)), 'x.docx')


def bound(rows: str) -> list[str]:
    """What the one limit of the rows binds."""
    catalogue = read(rows)
    (limit,) = [clause for clause in catalogue.clauses if clause.effect == 'cap']
    return [catalogue.clauses[at].text for at in limit.binds]


@pytest.mark.parametrize('limit', ['上限10分', '封顶10分', '最高10分', '最多10分', '10分封顶'])
def test_a_limit_without_a_verb_in_the_column_of_points_is_one_of_what_the_line_does(limit: str) -> None:
    takes, gives = '迟到1次扣1分；脱岗1次扣2分', '获市级表扬得2分；获省级表扬得3分'
    assert bound(f'纪律 | 值班 | {takes} | {limit}\n环境 | 保洁 | 每处扣0.5分 | 5') == takes.split('；')
    assert bound(f'纪律 | 值班 | {gives} | {limit}\n环境 | 保洁 | 每处扣0.5分 | 5') == gives.split('；')
    assert bound(f'扣分项 | 值班 | {takes}；立功的加1分 | {limit}\n环境 | 保洁 | 每处扣0.5分 | 5') == takes.split('；')
    assert bound(f'加分项 | 值班 | 立功的加1分；迟到1次扣1分 | {limit}\n环境 | 保洁 | 每处扣0.5分 | 5') == [
        '立功的加1分'
    ]


def test_a_limit_of_a_line_that_gives_and_takes_binds_nothing_and_is_a_doubt() -> None:
    rows = '纪律 | 值班 | 迟到1次扣1分；获市级表扬得2分 | 上限10分\n环境 | 保洁 | 每处扣0.5分 | 5'
    assert bound(rows) == []
    messages = [found.message for found in findings_of(HEADER + rows, code='clause.doubtful')]
    assert any('“上限10分”' in message and '没有说限制的是得分还是扣分' in message for message in messages)


@pytest.mark.parametrize(
    ('limit', 'binds'),
    [
        ('最多扣10分', ['迟到1次扣1分']),
        ('最多加10分', ['立功的加1分']),
        ('最高得10分', ['完成任务得3分', '立功的加1分']),
    ],
)
def test_the_words_of_a_limit_go_before_what_the_line_does(limit: str, binds: list[str]) -> None:
    rows = f'纪律 | 值班 | 完成任务得3分；迟到1次扣1分；立功的加1分 | 不设分值，{limit}\n环境 | 保洁 | 每处扣0.5分 | 5'
    assert bound(rows) == binds
    assert not [x for x in findings_of(HEADER + rows, code='clause.doubtful') if '得分还是扣分' in x.message]


@pytest.mark.parametrize('limit', ['最高扣5分', '本项最高扣5分', '扣分上限5分', '本项累计扣分不超过5分'])
def test_a_limit_that_opens_its_text_binds_what_follows(limit: str) -> None:
    assert bound(f'纪律 | 值班 | {limit}：迟到1次扣1分；脱岗1次扣2分 | 10\n环境 | 保洁 | 每处扣0.5分 | 5') == [
        '迟到1次扣1分',
        '脱岗1次扣2分',
    ]


def test_a_limit_in_the_name_binds_what_the_criteria_say() -> None:
    assert bound('争先创优（最高加5分） | 获得表彰 | 省级加3分；市级加1分 | \n环境 | 保洁 | 每处扣0.5分 | 5') == [
        '省级加3分',
        '市级加1分',
    ]


def test_a_limit_of_a_matter_of_its_own_binds_no_other() -> None:
    assert bound('纪律 | 值班 | 迟到1次扣1分；专家评议最高得5分 | 10\n环境 | 保洁 | 每处扣0.5分 | 5') == []
    assert bound('纪律 | 值班 | 专家评议情况最高5分；迟到1次扣1分 | 10\n环境 | 保洁 | 每处扣0.5分 | 5') == []


def test_a_bare_amount_beside_a_limit_of_what_is_taken_is_taken() -> None:
    rows = '外部因素 | 因物资科未能开工 | 责任部门为物资科，每项0.5分 | 不占分值，最多扣10分\n环境 | 保洁 | 每处扣0.5分 | 5'
    assert bound(rows) == ['责任部门为物资科，每项0.5分']
    assert [clause.effect for clause in read(rows).clauses] == ['deduct', 'cap', 'deduct']
    gives = '外部因素 | 协助开工 | 协助单位，每项0.5分 | 最多加10分\n环境 | 保洁 | 每处扣0.5分 | 5'
    assert next(clause.effect for clause in read(gives).clauses) == 'award'


def test_a_limit_of_what_others_give_binds_it() -> None:
    rows = '效果 | 工作成效 | 具体加分由考评小组集体讨论决定，最高5分 | 5\n环境 | 保洁 | 每处扣0.5分 | 5'
    assert bound(rows) == ['具体加分由考评小组集体讨论决定']
