"""Weights that are printed as parts of one are read as parts of a hundred."""

from __future__ import annotations

from decimal import Decimal

from tests.normalizers.tables import read_picture, says


def test_shares_of_one_are_points_of_a_hundred_and_stay_as_printed() -> None:
    table = read_picture("""
        指标 | 考核内容 | 评分标准 | 权重
        进度 | 按期交付 | 每拖延一天扣2分 | 0.6
        质量 | 无返工 | 每返工一次扣5分 | 0.4
        合计 | < | < | 1
    """)
    assert says(table.lines, 'points_text', 'points') == [('0.6', '60.0'), ('0.4', '40.0')]
    assert [total.points for total in table.totals] == [Decimal(100)]


def test_shares_of_each_category_are_parts_of_its_own_hundred() -> None:
    table = read_picture("""
        类别 | 类别权重 | 指标 | 评分标准 | 权重
        业绩 | 0.7 | 销售 | 每低1%扣2分 | 0.5
        ^ | ^ | 回款 | 每低1%扣1分 | 0.5
        态度 | 0.3 | 出勤 | 缺勤一次扣5分 | 1
    """)
    assert [(line.levels[0].points, line.points) for line in table.lines] == [(70, 50), (70, 50), (30, 100)]


def test_small_points_of_a_column_of_points_are_no_weights() -> None:
    table = read_picture("""
        考核内容 | 评分标准 | 分值
        台账 | 缺一份扣0.1分 | 0.5
        报表 | 迟报一次扣0.1分 | 0.5
    """)
    assert says(table.lines, 'points') == [('0.5',), ('0.5',)]


def test_weights_that_come_to_nothing_stay_what_they_are() -> None:
    table = read_picture("""
        指标 | 评分标准 | 权重
        进度 | 每拖延一天扣2分 | 0.6
        质量 | 每返工一次扣5分 | 0.3
    """)
    assert says(table.lines, 'points') == [('0.6',), ('0.3',)]
