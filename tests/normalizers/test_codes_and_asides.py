"""Titles that only a whole column explains, columns that say what another is, and rows that are an aside to the line above."""

from __future__ import annotations

import pytest

from tests.normalizers.tables import read_picture, says


def test_codes_that_count_on_down_a_column_are_no_part_of_its_titles() -> None:
    table = read_picture("""
        A级指标 | B级指标 | C级指标（评估要点） | 分值
        A1办学方向（8分） | B1党建引领 | C1 校长负责制落实到位 | 5
        ^ | ^ | C2 思政课教师配备到位 | 3
        A2队伍建设（4分） | B2师德师风 | C3 教师无违反师德行为 | 4
    """)
    assert says(table.lines, 'level1', 'level1_points', 'level2', 'number', 'name', 'requirement') == [
        ('办学方向', '8', '党建引领', 'C1', None, '校长负责制落实到位'),
        ('办学方向', '8', '党建引领', 'C2', None, '思政课教师配备到位'),
        ('队伍建设', '4', '师德师风', 'C3', None, '教师无违反师德行为'),
    ]


def test_letters_and_figures_that_do_not_count_belong_to_their_titles() -> None:
    table = read_picture("""
        检查项目 | 检查内容 | 分值
        A4纸张管理 | 双面打印 | 5
        ^ | 废纸回收 | 3
        A3图纸管理 | 归档及时 | 4
        ^ | 编号完整 | 4
    """)
    assert says(table.lines, 'level1') == [('A4纸张管理',), ('A4纸张管理',), ('A3图纸管理',), ('A3图纸管理',)]


@pytest.mark.parametrize(('kind', 'numbers'), [('级', [None, None]), ('证', [None, None]), ('类别', ['B1', 'B2'])])
def test_what_a_letter_and_a_figure_make_a_kind_of_is_no_number_before_it(kind: str, numbers: list[str | None]) -> None:
    table = read_picture(f"""
        考核内容 | 评分标准 | 分值
        B1{kind}车辆维护 | 未维护扣1分 | 5
        B2{kind}设备检修 | 未检修扣1分 | 5
    """)
    assert [line.number and line.number.text for line in table.lines] == numbers


def test_a_category_that_is_a_kind_keeps_its_letter() -> None:
    table = read_picture("""
        检查项目 | 检查内容 | 分值
        A1证驾驶员 | 按时审验 | 5
        ^ | 出车登记 | 3
        A2证驾驶员 | 按时体检 | 4
        ^ | 夜间报备 | 4
    """)
    assert says(table.lines, 'level1') == [('A1证驾驶员',), ('A1证驾驶员',), ('A2证驾驶员',), ('A2证驾驶员',)]


def test_a_roman_numeral_with_its_part_is_a_label() -> None:
    table = read_picture("""
        测评项目 | 测评内容 | 分值
        Ⅰ-1 理想信念 | 学习制度健全 | 5
        ^ | 学习记录完整 | 5
        Ⅰ-2 道德风尚 | 无失信记录 | 5
        ^ | 志愿服务经常 | 5
    """)
    assert says(table.lines, 'level1') == [('理想信念',), ('理想信念',), ('道德风尚',), ('道德风尚',)]


@pytest.mark.parametrize(
    ('second', 'level'),
    [('交付30%', ('质量（Q）', '70')), ('交付40%', ('质量（Q）70%', None)), ('交付', ('质量（Q）70%', None))],
)
def test_weights_behind_the_titles_of_a_column_are_points_where_they_make_a_whole(
    second: str, level: tuple[str, str | None]
) -> None:
    table = read_picture(f"""
        评价类别 | 评价项目 | 满分 | 评价标准
        质量（Q）70% | 来料合格率 | 40 | 每低1%扣1分
        ^ | 质量整改 | 30 | 未回复每次扣5分
        {second} | 准时交货率 | 30 | 每延误一批扣2分
    """)
    assert says(table.lines, 'level1', 'level1_points')[0] == level


def test_where_the_figures_come_from_in_a_row_of_its_own_belongs_to_the_line_above() -> None:
    table = read_picture("""
        指标项 | 考核内容 | 评分标准 | 权重
        产值 | 按月度计划考核产值完成情况 | 每低1%扣1分 | 60
        ^ | ^ | 数据来源：交付报表 | ^
        进度 | 按月度计划考核进度完成情况 | 每低1%扣2分 | 40
        ^ | ^ | 数据来源：月度计划表 | ^
    """)
    assert says(table.lines, 'name', 'requirement', 'criteria', 'points') == [
        ('产值', '按月度计划考核产值完成情况', '每低1%扣1分\n数据来源：交付报表', '60'),
        ('进度', '按月度计划考核进度完成情况', '每低1%扣2分\n数据来源：月度计划表', '40'),
    ]


def test_a_rule_in_a_row_of_its_own_stays_a_line() -> None:
    table = read_picture("""
        指标项 | 考核内容 | 评分标准 | 权重
        产值 | 按月度计划考核产值完成情况 | 每低1%扣1分 | 60
        ^ | ^ | 报表虚假：扣5分 | ^
        进度 | 按月度计划考核进度完成情况 | 每低1%扣2分 | 40
    """)
    assert len(table.lines) == 3


def test_explanations_are_what_is_asked_where_no_other_column_says_it() -> None:
    alone = read_picture("""
        考核项目 | 说明 | 分值
        出勤 | 按时到岗，不迟到早退 | 40
        纪律 | 遵守各项规章制度 | 60
    """)
    beside = read_picture("""
        考核项目 | 评分标准 | 说明 | 分值
        出勤 | 迟到一次扣1分 | 按考勤机记录计算 | 40
        纪律 | 违纪一次扣5分 | 按人事通报计算 | 60
    """)
    assert says(alone.lines, 'name', 'requirement') == [
        ('出勤', '按时到岗，不迟到早退'),
        ('纪律', '遵守各项规章制度'),
    ]
    assert says(beside.lines, 'name', 'requirement') == [('出勤', None), ('纪律', None)]


def test_the_sort_of_an_indicator_is_no_category() -> None:
    table = read_picture("""
        指标名称 | 指标类型 | 目标值 | 分值 | 评分标准
        营业收入 | 预期性 | 5000万元 | 40 | 每低1%扣1分
        能耗下降 | 约束性 | 下降3% | 60 | 未完成不得分
    """)
    assert says(table.lines, 'level1', 'name', 'requirement')[0] == (None, '营业收入', '5000万元')


@pytest.mark.parametrize(('section', 'kind'), [('正向积分', 'bonus'), ('负向积分', 'penalty'), ('正向指标', 'scored')])
def test_the_direction_of_points_is_their_kind(section: str, kind: str) -> None:
    table = read_picture(f"""
        积分类别 | 积分事项 | 分值标准
        {section} | 参加义务劳动 | 每次得2分
        ^ | 结对帮扶 | 每户得5分
    """)
    assert says(table.lines, 'kind') == [(kind,), (kind,)]


def test_running_numbers_under_a_wide_head_are_numbers() -> None:
    table = read_picture("""
        一级指标 | 考核内容 | < | 分值 | 评分标准
        组织建设 | 1 | 成立专家组并备案 | 5 | 未成立不得分
        ^ | 2 | 制定年度计划 | 5 | 无计划不得分
        质控活动 | 3 | 每季度开展督导 | 10 | 少1次扣5分
    """)
    assert says(table.lines, 'level1', 'number', 'name', 'requirement') == [
        ('组织建设', '1', None, '成立专家组并备案'),
        ('组织建设', '2', None, '制定年度计划'),
        ('质控活动', '3', None, '每季度开展督导'),
    ]


def test_the_third_category_of_a_line_that_is_its_alone_names_it_whatever_level_its_head_says() -> None:
    third = read_picture("""
        维度 | 一级指标 | 二级指标 | 指标要求 | 评分方法 | 分值
        协作 | 双向转诊 | 下转率 | 较上年提高 | 下降不得分 | 15
        ^ | ^ | 转诊流程 | 流程规范 | 不规范1例扣1分 | 10
        服务 | 基层能力 | 诊疗占比 | 较上年提高 | 下降不得分 | 15
    """)
    assert says(third.lines, 'level1', 'level2', 'name', 'requirement')[1] == (
        '协作',
        '双向转诊',
        '转诊流程',
        '流程规范',
    )
    second = read_picture("""
        一级指标 | 二级指标 | 指标要求 | 评分方法 | 分值
        双向转诊 | 下转率 | 较上年提高 | 下降不得分 | 15
        ^ | 转诊流程 | 流程规范 | 不规范1例扣1分 | 10
    """)
    assert says(second.lines, 'level1', 'level2', 'name') == [
        ('双向转诊', '下转率', None),
        ('双向转诊', '转诊流程', None),
    ]


@pytest.mark.parametrize(
    ('matter', 'head', 'name'),
    [
        ('工作事项', '考核内容及评分标准', '森林防火'),
        ('工作事项', '评分标准', None),
        ('基本要求', '缺陷内容及扣分标准', None),
    ],
)
def test_a_matter_is_the_name_beside_a_text_that_says_both_what_is_asked_and_how_it_is_scored(
    matter: str, head: str, name: str | None
) -> None:
    table = read_picture(f"""
        序号 | {matter} | {head} | 分值
        1 | 森林防火 | 落实巡护，发生火情每起扣5分 | 20
        2 | 信访维稳 | 化解矛盾，发生上访每批扣5分 | 20
    """)
    assert says(table.lines, 'name', 'requirement')[0] == (name, None if name else '森林防火')


def test_a_weight_behind_a_name_leaves_it_where_the_points_beside_it_are_as_many() -> None:
    table = read_picture("""
        序号 | 评分因素及权重 | 分值 | 评分标准
        1 | 投标报价 30% | 30分 | 每高1%扣1分
        2 | 技术参数50% | 50分 | 负偏离每项扣5分
        3 | 抽检合格率20% | 20分 | 每低1%扣1分
        4 | 售后服务15% | 10分 | 方案优的得10分
    """)
    assert says(table.lines, 'name', 'points') == [
        ('投标报价', '30'),
        ('技术参数', '50'),
        ('抽检合格率20%', '20'),
        ('售后服务15%', '10'),
    ]
