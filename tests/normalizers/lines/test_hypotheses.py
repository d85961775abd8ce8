"""Where the printed sums do not hold as a table looks, it is read as they do; all places are fictional."""

from __future__ import annotations

from decimal import Decimal

from kaohe.normalizers import normalize
from tests.normalizers.tables import document, draw, read_picture, says


def test_rows_that_head_others_with_their_sum_are_categories() -> None:
    table = read_picture("""
        序号 | 考核内容 | 分值 | 得分
        1 | 组织领导 | 30 |
        2 | 成立机构 | 10 |
        3 | 落实责任 | 20 |
        4 | 日常管理 | 70 |
        5 | 台账齐全 | 40 |
        6 | 现场整洁 | 30 |
        合计 | < | 100 |
    """)
    assert says(table.lines, 'level1', 'level1_points', 'requirement', 'points') == [
        ('组织领导', '30', '成立机构', '10'),
        ('组织领导', '30', '落实责任', '20'),
        ('日常管理', '70', '台账齐全', '40'),
        ('日常管理', '70', '现场整洁', '30'),
    ]


def test_rows_that_add_up_as_they_stand_stay_lines() -> None:
    table = read_picture("""
        序号 | 考核内容 | 分值 | 得分
        1 | 组织领导 | 30 |
        2 | 成立机构 | 10 |
        3 | 落实责任 | 20 |
        合计 | < | 60 |
    """)
    assert len(table.lines) == 3
    assert not table.lines[0].levels


def test_rows_of_points_alone_are_lines_where_the_category_needs_them() -> None:
    table = read_picture("""
        类别 | 分值 | 三级指标 | 目标值 | 分值 | 理由
        经济效益 | 20 | 增收 | 是 | 10 | ①
        ^ | ^ | ^ | ^ | 10 | ②
        社会效益 | 10 | 满意 | 是 | 10 | ①
    """)
    assert says(table.lines, 'level1', 'name', 'points') == [
        ('经济效益', '增收', '10'),
        ('经济效益', '增收', '10'),
        ('社会效益', '满意', '10'),
    ]


def test_rows_of_points_alone_stay_with_their_line_where_it_adds_up_without_them() -> None:
    table = read_picture("""
        类别 | 分值 | 三级指标 | 目标值 | 分值 | 理由
        经济效益 | 10 | 增收 | 是 | 10 | ①
        ^ | ^ | ^ | ^ | 10 | ②
    """)
    assert says(table.lines, 'points') == [('10',)]


def test_of_two_columns_of_figures_the_one_that_adds_up_holds_the_points() -> None:
    table = read_picture("""
        考核内容 | 分值 | 评分标准 | 权重
        值班 | 3 | 缺一次扣1分 | 60
        台账 | 2 | 缺一本扣1分 | 40
        合计 | | | 100
    """)
    assert says(table.lines, 'points') == [('60',), ('40',)]


def test_two_readings_that_both_add_up_are_a_doubt() -> None:
    table = read_picture("""
        考核内容 | 分值 | 评分标准 | 甲 | 乙
        值班 | 3 | 缺一次扣1分 | 60 | 70
        台账 | 2 | 缺一本扣1分 | 40 | 30
        合计 | | | | 100
    """)
    assert all(any('换一种读法' in doubt for doubt in line.doubts) for line in table.lines)


def test_weights_of_categories_whose_lines_count_to_a_hundred_of_their_own_hold() -> None:
    table = draw("""
        一级指标 | 权重 | 三级指标 | 目标值 | 分值
        预算 | 60 | 进度 | 40% | 70
        ^ | ^ | 差错率 | 0% | 30
        产出 | 40 | 完成率 | 100% | 100
        总分 | 100 | | |
    """)
    found = normalize(document('绩效评价表', table), '')
    assert found.tables[0].total_points == Decimal(100)
    assert found.tables[0].proof == 'proved'


def test_a_total_that_its_categories_contradict_is_the_notices_fault() -> None:
    table = draw("""
        考核维度 | 考核内容 | 分值 | 考核说明
        纪律（20分） | 出勤 | 20分 | 缺勤一次扣1分
        业绩（70分） | 完成目标 | 70分 | 未完成扣5分
        加分项（最高5分） | 承担额外任务 | 5分 | 酌情加分
        总分 | < | 100分 |
    """)
    (finding,) = [one for one in normalize(document('考核表', table), '').findings if one.code == 'total.sum']
    assert finding.about == 'notice'
