"""The type of column roles: the names by which the catalogue and its documentation know them."""

from __future__ import annotations

import pytest

from kaohe.normalizers import normalize
from kaohe.normalizers.columns.column_role import ColumnRole, is_level, of_categories
from tests.normalizers.tables import document, draw, read_picture, says


def test_a_role_is_known_to_the_catalogue_by_one_name() -> None:
    assert [str(ColumnRole('level', 2)), str(ColumnRole('level_points', 1)), str(ColumnRole('points'))] == [
        'level2',
        'level1_points',
        'points',
    ]


def test_categories_their_points_and_their_numbers_belong_together_and_only_titles_are_levels() -> None:
    roles = [ColumnRole('level', 1), ColumnRole('level_points', 1), ColumnRole('level_number'), ColumnRole('points')]
    assert [of_categories(role) for role in (*roles, None)] == [True, True, True, False, False]
    assert [is_level(role) for role in (*roles, None)] == [True, False, False, False, False]


@pytest.mark.parametrize('condition', ['扣分情形', '情形', '扣分事项'])
def test_a_condition_and_what_it_takes_under_one_head_are_one_rule(condition: str) -> None:
    table = read_picture(f"""
        序号 | 指标体系 | < | 考核内容及要求 | 分值 | 评分标准 | <
        ^ | 一级指标 | 二级指标 | ^ | ^ | {condition} | 扣分值
        1 | 储备（25分） | 规模 | 储备规模足额到位 | 15 | 到位率低于100% | 每低1个百分点扣3分
        2 | ^ | 轮换 | 轮换计划按期完成 | 10 | 架空期超过4个月 | 每超1个月扣2分
        3 | 安全（20分） | 仓房 | 仓房完好无渗漏 | 20 | 发现渗漏未处理 | 每处扣2分
    """)
    assert says(table.lines, 'name', 'requirement', 'criteria') == [
        (None, '储备规模足额到位', '到位率低于100%\n每低1个百分点扣3分'),
        (None, '轮换计划按期完成', '架空期超过4个月\n每超1个月扣2分'),
        (None, '仓房完好无渗漏', '发现渗漏未处理\n每处扣2分'),
    ]


def test_a_content_beside_its_rule_under_one_head_is_what_is_asked() -> None:
    table = read_picture("""
        序号 | 项目 | 考核标准 | < | 分值
        ^ | ^ | 考核内容 | 扣分标准 | ^
        1 | 规模 | 储备规模足额到位 | 每低1个百分点扣3分 | 15
        2 | 轮换 | 轮换计划按期完成 | 每超1个月扣2分 | 10
    """)
    assert says(table.lines, 'requirement', 'criteria') == [
        ('储备规模足额到位', '每低1个百分点扣3分'),
        ('轮换计划按期完成', '每超1个月扣2分'),
    ]


@pytest.mark.parametrize(
    ('head', 'rule', 'name'),
    [
        ('考核指标', '按时完成', '馆舍面积'),
        ('评价指标', '不低于95%', None),
        ('考核事项', '按时完成', '馆舍面积'),
        ('指标名称', '按时完成', '馆舍面积'),
    ],
)
def test_short_texts_beside_their_rules_are_names_unless_they_state_targets_or_matters(
    head: str, rule: str, name: str | None
) -> None:
    table = read_picture(f"""
        类别 | {head} | 分值 | 评分标准
        条件 | 馆舍面积 | 10 | 不符合的扣2分
        ^ | {rule} | 20 | 每低1个百分点扣1分
    """)
    assert says(table.lines, 'name')[0] == (name,)
    assert says(table.lines, 'requirement')[0] == (None if name else '馆舍面积',)


@pytest.mark.parametrize('head', ['考核指标', '评分要素'])
def test_where_no_column_says_how_it_is_scored_the_measure_is_what_is_asked(head: str) -> None:
    table = read_picture(f"""
        类别 | {head} | 分值 | 得分
        条件 | 馆舍面积 | 10 |
        ^ | 年新增藏量 | 20 |
    """)
    assert says(table.lines, 'name', 'requirement') == [(None, '馆舍面积'), (None, '年新增藏量')]


def test_factors_behind_short_contents_are_what_is_asked() -> None:
    table = read_picture("""
        评审内容 | 评分要素 | 计分
        创新性 | 理论创新程度 | 40
        可行性 | 方案可行 | 60
    """)
    assert says(table.lines, 'name', 'requirement', 'points') == [
        ('创新性', '理论创新程度', '40'),
        ('可行性', '方案可行', '60'),
    ]


def test_amounts_behind_a_minus_under_a_head_of_marks_are_points_to_be_lost() -> None:
    table = read_picture("""
        序号 | 违规行为 | 记分 | 依据
        1 | 未按规定值班 | -2 | 规则第5条
        2 | 酒后操作 | -10 | 规则第12条
    """)
    assert says(table.lines, 'kind', 'requirement', 'criteria', 'points') == [
        ('penalty', '未按规定值班', None, '2'),
        ('penalty', '酒后操作', None, '10'),
    ]


def test_what_is_demanded_is_no_name_however_short() -> None:
    table = read_picture("""
        项目 | 标准化基本要求 | 评价内容 | 标准分 | 赋分原则
        坝体 | 坝顶平整 | 坝顶路面无坑洼 | 80 | 坑洼一处扣5分
        ^ | ^ | 坝坡无洞穴 | 70 | 发现一处扣10分
        溢洪道 | 泄流通畅 | 无阻水建筑物 | 50 | 有阻水建筑物扣20分
    """)
    assert says(table.lines, 'level1', 'name', 'requirement') == [
        ('坝体', None, '坝顶平整\n坝顶路面无坑洼'),
        ('坝体', None, '坝顶平整\n坝坡无洞穴'),
        ('溢洪道', None, '泄流通畅\n无阻水建筑物'),
    ]


def test_a_limit_at_the_end_of_what_is_given_is_no_points_of_the_line() -> None:
    table = read_picture("""
        类别 | 积分事项
        签约 | 签约亿元以上项目，每个计10分
        ^ | 赴外招商每次计1分，年度最高20分
    """)
    assert says(table.lines, 'requirement', 'points') == [
        ('签约亿元以上项目，每个计10分', None),
        ('赴外招商每次计1分，年度最高20分', None),
    ]


def test_articles_in_words_are_asked_and_a_category_that_lines_leave_blank_is_no_name() -> None:
    table = read_picture("""
        考核类别 | 考核条款 | 分值 | 扣分标准
        纪律 | 迟开门、早关门 | 20 | 一次扣2分
        | 擅自歇业 | 30 | 一次扣10分
        质量 | 销售过期食品 | 30 | 一件扣10分
        | 无价签 | 20 | 一处扣1分
    """)
    assert says(table.lines, 'level1', 'name', 'requirement') == [
        ('纪律', None, '迟开门、早关门'),
        (None, None, '擅自歇业'),
        ('质量', None, '销售过期食品'),
        (None, None, '无价签'),
    ]


@pytest.mark.parametrize(('head', 'level'), [('单位', '水利局'), ('部门', '水利局'), ('责任单位', None)])
def test_units_that_head_several_lines_are_their_category_unless_the_head_says_what_they_do(
    head: str, level: str | None
) -> None:
    table = read_picture(f"""
        {head} | 考核内容 | 分值 | 计分标准
        水利局 | 编制方案 | 50 | 少编1条扣5分
        ^ | 采砂监管 | 50 | 发现一起扣10分
    """)
    assert says(table.lines, 'level1') == [(level,), (level,)]
    assert [[cell.text for cell in line.duties['responsible_office']] for line in table.lines] == [['水利局']] * 2


def test_offices_over_their_lines_answer_for_them_and_are_their_category() -> None:
    found = normalize(
        document(
            '柳溪区人民医院管理考核表',
            draw("""
        科室 | 考核内容 | 分值 | 评分标准
        医务科 | 病历按时归档 | 30 | 迟1份扣1分
        ^ | 会诊及时到位 | 30 | 迟到一次扣2分
        护理部 | 交接班完整 | 40 | 缺1项扣2分
    """),
        ),
        '表.docx',
    )
    assert [line.level1 for line in found.indicators] == ['医务科', '医务科', '护理部']
    assert [one.party for one in found.responsibilities] == ['医务科', '医务科', '护理部']


@pytest.mark.parametrize('head', ['评审标准', '工作目标'])
def test_standards_that_several_lines_share_head_them(head: str) -> None:
    table = read_picture(f"""
        章 | {head} | 评审要点 | 分值 | 评分办法
        第一章 医院管理 | 依法执业 | 诊疗科目与许可一致 | 20 | 超范围一项扣5分
        ^ | ^ | 人员执业注册齐全 | 20 | 缺1人扣2分
        第二章 医疗质量 | 急诊管理 | 急救设备完好 | 30 | 一台故障扣5分
        ^ | ^ | 绿色通道畅通 | 30 | 延误一次扣5分
    """)
    assert says(table.lines, 'level2') == [('依法执业',), ('依法执业',), ('急诊管理',), ('急诊管理',)]


@pytest.mark.parametrize('head', ['评价分', '检测分'])
def test_a_head_of_some_points_is_one_of_points_where_they_are_printed(head: str) -> None:
    table = read_picture(f"""
        项目 | 监督内容 | {head} | 评分说明
        卫生管理（30分） | 许可证悬挂醒目处 | 10 | 未悬挂不得分
        ^ | 从业人员持证上岗 | 20 | 1人无证扣5分
    """)
    assert says(table.lines, 'level1_points', 'points') == [('30', '10'), ('30', '20')]
    assert not table.findings


@pytest.mark.parametrize('head', ['数据提供', '数据提供方', '数据来源'])
def test_who_supplies_the_figures_does_not_answer_for_the_line(head: str) -> None:
    table = read_picture(f"""
        指标 | 分值 | 评分标准 | {head}
        平均住院日 | 50 | 每超1天扣5分 | 信息中心
        床位使用率 | 50 | 每低1个百分点扣2分 | 财务科
    """)
    assert [dict(line.duties) for line in table.lines] == [{}, {}]
    assert not table.findings


def test_short_contents_that_are_merged_over_lines_head_them_and_those_of_each_line_name_it() -> None:
    shared = read_picture("""
        考核项目 | 考核要点 | 考核内容 | 分值 | 评分标准
        数量 | 库容 | 账卡相符 | 12 | 不符的每仓扣3分
        ^ | ^ | 规模到位 | 10 | 每少10吨扣1分
        ^ | 轮换 | 按计划轮换 | 10 | 每迟1月扣2分
        质量 | 检测 | 报告齐全 | 15 | 每缺1份扣2分
        安全 | 生产 | 制度健全 | 15 | 每缺1项扣2分
    """)
    assert says(shared.lines, 'level2', 'name') == [(title, None) for title in ('库容', '库容', '轮换', '检测', '生产')]
    own = read_picture("""
        考核项目 | 考核要点 | 考核内容 | 分值 | 评分标准
        数量 | 库容 | 账卡相符 | 12 | 不符的每仓扣3分
        ^ | 轮换 | 按计划轮换 | 10 | 每迟1月扣2分
        质量 | 检测 | 报告齐全 | 15 | 每缺1份扣2分
    """)
    assert says(own.lines, 'level2', 'name') == [(None, '库容'), (None, '轮换'), (None, '检测')]


def test_which_score_makes_which_grade_is_no_table_of_lines() -> None:
    scale = draw("""
        服务能力评估结果级别 | 分数
        一级 | 80分（含）- 100 分
        二级 | 60分（含）-80 分
        三级 | 60分以下
    """)
    assert normalize(document('云岭船厂供方评估标准', scale), '1.docx').indicators == ()
