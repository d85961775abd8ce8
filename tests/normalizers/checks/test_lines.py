from __future__ import annotations

import pytest

from tests.normalizers.checks.paper import findings_of

HEADER = '序号 | 考核内容 | 评分标准 | 分值\n'


def test_the_same_line_twice_is_found_and_both_are_named() -> None:
    picture = (
        HEADER
        + '1 | 落实值班制度 | 缺一次扣1分 | 5\n2 | 按时上报 | 缺一次扣1分 | 5\n3 | 落实值班制度 | 缺一次扣1分 | 5'
    )
    (found,) = findings_of(picture, code='duplicate')
    assert found.message.startswith('表“2024年度考核评分表”第 3 条（落实值班制度）：与本表第 1 条完全相同')


def test_lines_that_differ_in_points_or_category_are_not_the_same() -> None:
    picture = '项目 | 考核内容 | 评分标准 | 分值\n组织 | 落实值班 | 缺一次扣1分 | 5\n^ | 落实值班 | 缺一次扣1分 | 3\n制度 | 落实值班 | 缺一次扣1分 | 5'
    assert not findings_of(picture, code='duplicate')


def test_a_text_merged_over_rows_with_points_of_their_own_is_printed_once() -> None:
    picture = (
        '类别 | 考核内容 | 目标值 | 分值\n效益 | 是否保护生态环境 | 是 | 5\n^ | ^ | ^ | 5\n^ | 是否节约用水 | 是 | 5'
    )
    assert not findings_of(picture, code='duplicate')
    assert findings_of(picture.replace('^ | ^ | ^', '^ | 是否保护生态环境 | 是'), code='duplicate')


def test_a_jump_in_the_numbers_may_be_a_line_that_we_lost() -> None:
    picture = HEADER + '1 | 甲 | 缺一次扣1分 | 5\n2 | 乙 | 缺一次扣1分 | 5\n4 | 丙 | 缺一次扣1分 | 5'
    (found,) = findings_of(picture, code='number.gap')
    assert found.about == 'reading'
    assert '序号 2 之后直接是 4' in found.message


def test_numbers_that_begin_again_do_not_jump() -> None:
    picture = '项目 | 序号 | 考核内容 | 评分标准\n甲类 | 1 | 甲 | 扣1分\n^ | 2 | 乙 | 扣1分\n乙类 | 1 | 丙 | 扣1分\n^ | 2 | 丁 | 扣1分'
    assert not findings_of(picture, code='number.gap')


@pytest.mark.parametrize(
    'text', ['完成2023年度培训计划', '抽查2022年5至8月份凭证', '2021年全年无事故'],
)  # fmt: skip
def test_a_year_of_another_edition_is_stale(text: str) -> None:
    assert len(findings_of(HEADER + f'1 | {text} | 缺一次扣1分 | 5\n2 | 乙 | 缺一次扣1分 | 5', code='year.stale')) == 1


@pytest.mark.parametrize(
    'text',
    [
        '完成2024年度培训计划', '较2023年增长5%', '2020年以来制定的制度', '执行《评审标准（2020年版）》', '按云卫〔2021〕7号文件执行', '执行《2020年实施方案》',
        '与2023年相比有所下降', '2025年底前建成', '自2019年起建档', '2023年12月31日前完成建档', '2022—2025年规划', '（2019年修订）',
    ],
)  # fmt: skip
def test_a_year_that_is_compared_quoted_or_still_to_come_is_not(text: str) -> None:
    assert not findings_of(HEADER + f'1 | {text} | 缺一次扣1分 | 5\n2 | 乙 | 缺一次扣1分 | 5', code='year.stale')


def test_without_an_assessed_year_no_year_is_stale() -> None:
    assert not findings_of(
        HEADER + '1 | 完成2019年计划 | 缺一次扣1分 | 5\n2 | 乙 | 扣1分 | 5', '考核表', code='year.stale'
    )
