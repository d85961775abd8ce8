"""Tables that give and take without a word for it: signs, bare amounts under heads that say which way, targets in the names of lines."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kaohe.normalizers import normalize
from kaohe.normalizers.catalogue import Catalogue
from tests.normalizers.tables import document, draw, read_picture, says


def catalogue(picture: str) -> Catalogue:
    return normalize(document('2025年班组考核表', draw(picture)), 'x.docx')


def test_amounts_behind_signs_are_what_a_line_gives_or_takes() -> None:
    found = catalogue("""
        序号 | 事项 | 加减分 | 备注
        1 | 拾到失物上交 | +0.5／次，每月最高2分 |
        2 | 排除重大隐患 | +5 | 经安全科认定
        3 | 带外人进机房 | -10 |
        4 | 班前饮酒 | 取消当月评优资格，并-20 |
    """)
    assert [(line.kind, line.criteria) for line in found.indicators] == [
        ('bonus', '+0.5／次，每月最高2分'), ('bonus', '+5'), ('penalty', '-10'), ('penalty', '取消当月评优资格，并-20')
    ]  # fmt: skip
    assert [(clause.effect, clause.points) for clause in found.clauses] == [
        ('bonus', Decimal('0.5')), ('cap', Decimal(2)), ('bonus', Decimal(5)), ('deduct', Decimal(10)), ('veto', None),
        ('deduct', Decimal(20)),
    ]  # fmt: skip


def test_what_was_reached_stays_to_be_filled_in_where_a_column_of_rules_speaks() -> None:
    table = read_picture("""
        序号 | 考核内容 | 分值 | 评分标准 | 扣分
        1 | 台账齐全 | 10 | 每缺一项扣2分 | -2
        2 | 按时上报 | 10 | 迟报一次扣1分 | -1
    """)
    assert says(table.lines, 'criteria') == [('每缺一项扣2分',), ('迟报一次扣1分',)]


@pytest.mark.parametrize('heads', ['考核项目 | 标准分 | 考核内容 | 扣分', '姓名 | 日期 | 考核内容 | 加减分'])
def test_signed_results_are_no_rules(heads: str) -> None:
    table = read_picture(f"""
        {heads}
        李明 | 50 | 准时到岗 | -2
        王芳 | 50 | 着装规范 | -1
    """)
    assert not any(line.criteria for line in table.lines)


@pytest.mark.parametrize(('head', 'effect'), [('扣分', 'deduct'), ('得分', 'award')])
def test_a_bare_amount_goes_the_way_of_the_head_over_it(head: str, effect: str) -> None:
    found = catalogue(f"""
        类别 | 考核内容 | 评分标准 | <
        ^ | ^ | 情形 | {head}
        设备 | 水泵运行正常 | 压力越限一处 | 1分
        ^ | 抢修及时 | 超时一次 | {'扣2分' if head == '扣分' else '得2分'}
    """)
    assert [clause.effect for clause in found.clauses] == [effect, effect]


def test_a_name_states_a_target_where_nothing_else_asks() -> None:
    found = catalogue("""
        类别 | 序号 | 三级指标 | 分值 | 评分标准
        观测 | 1 | 数据可用率不低于99.5% | 15 | 每低0.1个百分点扣0.5分
        ^ | 2 | 设备故障36小时内恢复 | 10 | 未填报故障单的每次扣1分
        管理 | 3 | 台站环境 | 5 | 杂草丛生的酌情扣1-3分
    """)
    assert [(one.field, one.metric, one.comparator, one.value, one.unit) for one in found.thresholds] == [
        ('name', '数据可用率', '>=', Decimal('99.5'), '%'), ('name', '设备故障恢复', '<=', Decimal(36), '小时')
    ]  # fmt: skip
