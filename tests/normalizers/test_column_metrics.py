"""What a number measures where the column, the grade or the text beside it says so."""

from __future__ import annotations

from kaohe.extractors.document import Table
from kaohe.normalizers import normalize
from tests.normalizers.tables import document, draw


def _metrics(table: Table) -> list[tuple[str | None, str]]:
    return [
        (one.metric, f'{one.comparator}{one.value}')
        for one in normalize(document('服务考核标准', table), '').thresholds
    ]


def test_a_number_alone_in_the_criteria_is_of_what_the_requirement_measures() -> None:
    table = draw("""
        指标 | 考核内容 | 评分标准 | 分值
        进度 | 按期交付率不低于95% | 每低1%扣2分，低于80%不得分 | 10
    """)
    assert _metrics(table) == [('按期交付率', '>=95'), ('按期交付率', '<80')]


def test_a_number_of_another_unit_is_not() -> None:
    table = draw("""
        指标 | 考核内容 | 评分标准 | 分值
        答复时间 | 按期交付率不低于95% | 超过3天不得分 | 10
    """)
    assert _metrics(table) == [('按期交付率', '>=95'), ('答复时间', '>3')]


def test_the_name_of_a_grade_is_no_part_of_what_it_measures() -> None:
    table = draw("""
        指标 | 分值 | 等级 | 描述 | 分数范围
        质量 | 40 | A | 一次合格率≥99% | 90-100
        ^ | ^ | B | 一次合格率95%～99% | 70-89
        ^ | ^ | C | 一次合格率<95% | 0-69
    """)
    assert _metrics(table) == [('一次合格率', '>=99'), ('一次合格率', 'between95'), ('一次合格率', '<95')]


def test_each_code_of_a_cell_is_a_deduction_of_its_own() -> None:
    table = draw("""
        序号 | 考核内容 | 事项代码及扣分标准(分/项)
        1 | 未按址投递、虚假签收 | E1=2/E2=5
        2 | 抛扔邮件 | E3=3
    """)
    found = normalize(document('违规代码表', table), '').clauses
    assert [(one.text, one.points, one.per_unit) for one in found] == [
        ('E1=2', 2, '项'),
        ('E2=5', 5, '项'),
        ('E3=3', 3, '项'),
    ]


def test_the_share_of_a_grade_is_no_part_of_what_it_asks_and_remarks_to_be_written_are_no_line() -> None:
    table = draw("""
        维度（分值） | 评价指标 | 优秀（80%-100%） | 不合格（＜60%）
        实绩（50分） | 核心任务 | 核心任务完成率90%以上 | 核心任务完成率＜60%
        ^ | 创新突破 | 主动创新 | 守旧
        考核评语（简要填写）： | < | 总经理审批 |
        行政部分管副总核定： | < | 董事长批示： |
    """)
    found = normalize(document('干部评价表', table), '')
    assert [(one.metric, one.comparator, one.value) for one in found.thresholds] == [
        ('核心任务完成率', '>=', 90),
        ('核心任务完成率', '<', 60),
    ]
    assert [line.name for line in found.indicators] == ['核心任务', '创新突破']
