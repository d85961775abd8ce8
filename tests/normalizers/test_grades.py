"""Grades of one item, in rows or in columns, are one line."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kaohe.normalizers import normalize
from kaohe.normalizers.grammar.laid_out_grades import read_laid_out
from tests.normalizers.tables import document, draw, read_picture, says


@pytest.mark.parametrize(
    ('text', 'points'),
    [
        ('优 资料齐全 10-8分\n良 资料基本齐全 7-5分\n差 没有资料 0分', [10, 7, 0]),
        ('完全解决 25\n没有解决 0', [25, 0]),
        ('优（10-9分） 资料齐全\n良（8-7分） 基本齐全', [10, 8]),
    ],
)
def test_each_line_that_the_layout_sets_out_as_a_grade_is_worth_what_it_prints(text: str, points: list[int]) -> None:
    read = read_laid_out(text, 'scored')
    assert read is not None
    assert [match.points for match in read.matches] == points


@pytest.mark.parametrize('text', ['优 资料齐全\n良 资料基本齐全', '资料齐全得5分', '完成率80%-100%得5分'])
def test_lines_without_a_worth_are_left_to_the_grammar(text: str) -> None:
    assert read_laid_out(text, 'scored') is None


def test_rows_that_are_grades_of_one_item_are_one_line() -> None:
    picture = """
        维度 | 指标 | 总分 | 评分标准 | 分数范围 | 是否加分项
        学历 | 学历层次 | 5 | 本科 | 1-3分 | 否
        ^ | ^ | ^ | 硕士 | 4-5分 | 否
        ^ | 专业 | 10 | 不相关 | 0分 | 否
        ^ | ^ | ^ | 相关 | 10分 | 否
        证书 | 资格证书 | 5 | 初级 | 2分 | 是
        ^ | ^ | ^ | 高级 | 5分 | 是
    """
    read = normalize(document('云岭集团简历评价表', draw(picture)), 'x.docx')
    assert [(line.level1, line.name, line.criteria, line.points, line.kind) for line in read.indicators] == [
        ('学历', '学历层次', '本科 1-3分\n硕士 4-5分', 5, 'scored'),
        ('学历', '专业', '不相关 0分\n相关 10分', 10, 'scored'),
        ('证书', '资格证书', '初级 2分\n高级 5分', 5, 'bonus'),
    ]
    assert [(clause.effect, clause.points) for clause in read.clauses] == [
        ('award', 3), ('award', 5), ('award', 0), ('award', 10), ('bonus', 2), ('bonus', 5),
    ]  # fmt: skip


def test_rows_named_by_grades_are_one_line_too() -> None:
    table = read_picture("""
        评价项目 | 等级 | 评价标准 | 分值
        备课 | 优 | 教案齐全 | 10
        ^ | 良 | 教案基本齐全 | 8
        ^ | 差 | 没有教案 | 0
        上课 | 优 | 互动充分 | 20
        ^ | 良 | 有互动 | 15
        ^ | 差 | 没有互动 | 5
    """)
    assert says(table.lines, 'name', 'criteria', 'points') == [
        ('备课', '优 教案齐全 10\n良 教案基本齐全 8\n差 没有教案 0', None),
        ('上课', '优 互动充分 20\n良 有互动 15\n差 没有互动 5', None),
    ]


def test_grades_in_columns_carry_their_name_above_and_their_worth_below() -> None:
    picture = """
        评价项目 | < | 表现 | outstanding | strong | weak | 自我评分
        ^ | < | 标准说明 | 3 | 2 | 1 | ^
        工作（60%） | 质量 | 工作的质量 | 从不出错 | 很少出错 | 常常出错 |
        ^ | 效率 | 工作的效率 | 很快 | 一般 | 很慢 |
    """
    read = normalize(document('云岭公司绩效考核表', draw(picture)), 'x.docx')
    assert [
        (line.level1, line.level1_points, line.name, line.requirement, line.criteria) for line in read.indicators
    ] == [
        ('工作', 60, '质量', '工作的质量', 'outstanding 从不出错 3\nstrong 很少出错 2\nweak 常常出错 1'),
        ('工作', 60, '效率', '工作的效率', 'outstanding 很快 3\nstrong 一般 2\nweak 很慢 1'),
    ]
    assert [clause.points for clause in read.clauses] == [3, 2, 1, 3, 2, 1]


def test_grades_given_as_shares_of_the_line_are_proportional() -> None:
    picture = """
        考核维度（分值） | 评价指标 | 优秀（80%-100%） | 合格（60%-79%） | 不合格（＜60%） | 得分
        履职（25分） | 统筹 | 统筹得力 | 能够统筹 | 没有统筹 |
        ^ | 执行 | 执行坚决 | 能够执行 | 拒不执行 |
    """
    read = normalize(document('云岭公司干部考核表', draw(picture)), 'x.docx')
    assert [str(clause.share) for clause in read.clauses] == ['1', '0.79', '0.6'] * 2
    assert not read.thresholds


def test_factors_behind_the_names_of_grades_are_shares_and_what_a_grade_asks_is_no_amount() -> None:
    read = read_laid_out('优（1.0） ≥63\n良（0.8） 56～62\n中（0.6） 48～55\n差（0） ＜48', 'scored')
    assert read is not None
    assert [(match.effect, match.share) for match in read.matches] == [
        ('proportional', Decimal(share)) for share in ('1.0', '0.8', '0.6', '0')
    ]
