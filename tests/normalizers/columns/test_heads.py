"""Heads that are not in any list, and columns whose cells decide what the head leaves open."""

from __future__ import annotations

import pytest

from kaohe.normalizers import normalize
from kaohe.normalizers.columns.header_rows import is_grade, read_head
from tests.normalizers.tables import document, draw, read_picture, says


@pytest.mark.parametrize(
    ('text', 'kind'),
    [
        ('赋分说明', 'scoring'),
        ('县级部门赋分说明', 'scoring'),
        ('评分细则及说明', 'scoring'),
        ('考核方法与赋分说明', 'scoring'),
        ('计分口径', 'scoring'),
        ('打分尺度', 'scoring'),
        ('奖惩规定', 'scoring'),
        ('检查细则', 'scoring'),
        ('考核内容及扣分标准', 'scoring'),
        ('考核内容及要求', 'content'),
        ('考评依据及方法', 'method'),
        ('要素说明', 'content'),
        ('评价指标内涵', 'content'),
        ('扣分项说明', 'remark'),
        ('督查重点', 'content'),
        ('养护标准', 'content'),
        ('评分区间说明', 'scoring'),
        ('积分规则', 'scoring'),
        ('考核科目', 'topic'),
        ('评价指标项', 'topic'),
        ('裁判评分', 'score'),
        ('分管副局长', 'lead_leader'),
        ('权重%', 'points'),
        ('评价指标及标准分', 'topic'),
        ('加分上限', 'points'),
        ('主/客观分', 'other'),
        ('指标口径', 'content'),
        ('奖惩措施', 'scoring'),
        ('权分', 'points'),
        ('满分100分', 'points'),
        ('标准分值（100分）', 'points'),
        ('分值构成', 'points'),
        ('权重系数', 'points'),
        ('复评', 'score'),
        ('镇级自评分数', 'score'),
        ('村民', None),
        ('资料审核', None),
    ],
)
def test_a_head_is_understood_by_how_it_is_made(text: str, kind: str | None) -> None:
    head = read_head(text)
    assert (head.kind if head else None) == kind


@pytest.mark.parametrize(
    ('text', 'grade'), [('优（10-9分）', True), ('良 好', True), ('C级', True), ('优化服务', False)]
)
def test_grades_are_heads_of_their_own(text: str, grade: bool) -> None:
    assert is_grade(text) is grade


def test_figures_under_a_head_of_scoring_are_the_points() -> None:
    table = read_picture("""
        类别 | 序号 | 考核内容 | 赋分 | 赋分说明 | 自评得分
        护林防火（12分） | 1 | 设立防火卡点 | 12 | 每少一处扣2分 |
        造林绿化（8分） | 2 | 完成补植任务 | 8 | 完成得8分，未完成不得分 |
    """)
    assert says(table.lines, 'level1', 'level1_points', 'points', 'criteria') == [
        ('护林防火', '12', '12', '每少一处扣2分'),
        ('造林绿化', '8', '8', '完成得8分，未完成不得分'),
    ]


@pytest.mark.parametrize('head', ['扣分说明', '扣分依据', '扣分项', '考核要求', '备注', '扣分细目'])
def test_the_only_column_that_tells_how_points_move_is_the_criteria_whatever_its_head_says(head: str) -> None:
    table = read_picture(f"""
        检查项目 | 考核内容 | 应得分 | {head}
        窗口纪律 | 按时到岗 | 20 | 迟到一次扣2分
        窗口服务 | 热情周到 | 30 | 被投诉一次扣5分
    """)
    assert says(table.lines, 'name', 'requirement', 'criteria') == [
        ('窗口纪律', '按时到岗', '迟到一次扣2分'),
        ('窗口服务', '热情周到', '被投诉一次扣5分'),
    ]


def test_a_remark_beside_the_rules_stays_a_remark_and_is_doubted_where_it_moves_points() -> None:
    table = read_picture("""
        考核内容 | 分值 | 评分标准 | 备注
        污水处理 | 10 | 每超标一次扣1分 | 连续两月超标再扣2分
        垃圾分类 | 20 | 每少一户扣1分 | 见附件
    """)
    assert says(table.lines, 'criteria') == [('每超标一次扣1分',), ('每少一户扣1分',)]
    assert [len(line.doubts) for line in table.lines] == [1, 0]


def test_blank_columns_are_to_be_filled_in_whatever_their_heads_say() -> None:
    table = read_picture("""
        考核内容 | 分值 | 评分标准 | 扣分说明 | 赋分
        污水处理 | 10 | 每超标一次扣1分 | |
        垃圾分类 | 20 | 每少一户扣1分 | |
    """)
    assert says(table.lines, 'points', 'criteria') == [('10', '每超标一次扣1分'), ('20', '每少一户扣1分')]
    assert not any(line.doubts for line in table.lines)


def test_the_one_column_of_figures_under_an_unknown_head_holds_the_points_and_is_doubted() -> None:
    table = read_picture("""
        项目 | 质量要求 | 斤两 | 评分标准
        病房管理 | 整洁安静 | 20 | 一项不合格扣1分
        基础护理 | 三短六洁 | 40 | 一人不合格扣2分
        护理文书 | 记录及时 | 40 | 一处不合格扣0.5分
    """)
    assert says(table.lines, 'points') == [('20',), ('40',), ('40',)]
    assert [found.code for found in table.findings] == ['column.doubtful']


def test_of_several_columns_of_figures_under_unknown_heads_none_is_guessed() -> None:
    table = read_picture("""
        项目 | 质量要求 | 斤两 | 轻重 | 评分标准
        病房管理 | 整洁安静 | 20 | 7 | 一项不合格扣1分
        基础护理 | 三短六洁 | 40 | 8 | 一人不合格扣2分
        护理文书 | 记录及时 | 40 | 9 | 一处不合格扣0.5分
    """)
    assert says(table.lines, 'points') == [(None,), (None,), (None,)]
    assert [found.code for found in table.findings] == ['column.unknown', 'column.unknown']


def test_figures_beside_a_target_that_are_not_read_are_told() -> None:
    table = read_picture("""
        考核指标 | 底线值 | 目标值 | 挑战值 | 学时 | 评分标准 | 分值
        门诊人次 | 90 | 100 | 110 | 4 | 每低1%扣1分 | 40
        手术台次 | 50 | 60 | 70 | 6 | 每低1%扣1分 | 60
    """)
    assert says(table.lines, 'requirement', 'points') == [('100', '40'), ('60', '60')]
    assert [(found.code, found.col) for found in table.findings] == [('column.unknown', col) for col in (1, 3, 4)]


def test_titles_that_print_their_points_under_a_head_of_points_are_names() -> None:
    table = read_picture("""
        评分因素 | 分值构成 | 评分标准
        商务部分/30分 | 企业业绩（15分） | 每个业绩得3分，最高15分
        ^ | 企业信誉（15分） | 获表彰一次得5分
        技术部分/70分 | 施工方案（70分） | 缺一项扣5分
    """)
    assert says(table.lines, 'level1', 'level1_points', 'name', 'points') == [
        ('商务部分', '30', '企业业绩', '15'),
        ('商务部分', '30', '企业信誉', '15'),
        ('技术部分', '70', '施工方案', '70'),
    ]


def test_a_way_of_assessing_that_moves_no_points_is_no_requirement() -> None:
    table = read_picture("""
        评估指标 | 评价标准 | 基准分 | 评估办法 | 自评 | 复评
        师德师风 | 无违规，发生一起扣5分 | 15 | 查阅资料 | |
        集体学习 | 每月一次，每缺一次扣1分 | 10 | 访谈 | |
    """)
    assert says(table.lines, 'name', 'requirement', 'criteria')[0] == ('师德师风', None, '无违规，发生一起扣5分')


def test_of_two_columns_of_points_the_finer_one_holds_the_lines_and_the_coarser_one_fills_its_gaps() -> None:
    table = read_picture("""
        一级指标 | 分值 | 考核内容 | 标准分 | 考核标准
        疫情处置 | 20 | 报告及时 | 12 | 迟报一次扣1分
        ^ | ^ | 调查规范 | 8 | 不规范扣1分
        ^ | 20 | 采样合格 | | 一份不合格扣2分
        预防接种 | 60 | 接种及时 | 60 | 每低1%扣2分
    """)
    assert says(table.lines, 'points') == [('12',), ('8',), ('20',), ('60',)]


def test_two_columns_of_points_for_every_line_are_doubted() -> None:
    table = read_picture("""
        考核项目 | 考核内容 | 权重 | 满分 | 考核标准
        医疗 | 规范诊疗 | 30% | 100 | 一例不规范扣1分
        护理 | 规范护理 | 70% | 100 | 一例不规范扣1分
    """)
    assert says(table.lines, 'points') == [('30',), ('70',)]
    assert all(line.doubts for line in table.lines)


def test_blank_columns_under_unknown_heads_are_to_be_filled_in_and_need_no_look() -> None:
    table = read_picture("""
        考核内容 | 分值 | 评分办法 | 1月 | 2月
        无挂床住院 | 20 | 发现一例扣5分 | |
        次均费用达标 | 30 | 超1%扣1分 | |
    """)
    assert (len(table.lines), table.findings) == (2, ())


def test_a_column_of_units_of_measure_names_no_office() -> None:
    table = read_picture("""
        考核指标 | 单位 | 目标值 | 分值 | 计分办法
        营业收入 | 万元 | 5000 | 40 | 每低1%扣1分
        利润率 | % | 8 | 60 | 每低1%扣1分
    """)
    assert [column.role for column in table.columns] == ['name', 'other', 'requirement', 'points', 'criteria']
    assert not any(line.duties for line in table.lines)


def test_points_under_a_head_of_deductions_are_doubted_and_negative_ones_are_a_penalty() -> None:
    faults = read_picture('违规行为 | 扣分值\n上班迟到 | 2\n擅自离岗 | 5')
    signed = read_picture('积分内容 | 分值\n环境整洁 | 5\n乱倒垃圾 | -5')
    assert [len(line.doubts) for line in faults.lines] == [1, 1]
    assert says(signed.lines, 'kind', 'points') == [('scored', '5'), ('penalty', '5')]
    assert not any(line.doubts for line in signed.lines)


def test_bare_amounts_under_a_head_of_deductions_are_deducted() -> None:
    picture = '类别 | 检查内容 | {head}\n消防 | 灭火器过期 | 2分／具\n用电 | 私拉电线 | 3分／处'
    taken, open_head = (
        normalize(document('青川市安全检查表', draw(picture.format(head=head))), 'x.docx')
        for head in ('扣分标准', '评分标准')
    )
    assert [(clause.effect, clause.points) for clause in taken.clauses] == [('deduct', 2), ('deduct', 3)]
    assert {clause.effect for clause in open_head.clauses} == {'award'}


def test_what_else_is_taken_beside_a_bare_amount_does_not_turn_it() -> None:
    picture = '考核要求 | 分值 | 扣分标准\n路面洁净 | 5 | 0.5分/处；拒不整改加倍\n箱体干净 | 5 | 0.2分/只；最多扣2分'
    read = normalize(document('青川市保洁检查表', draw(picture)), 'x.docx')
    assert [clause.effect for clause in read.clauses] == ['deduct', 'multiply', 'deduct', 'cap']
