"""Where the printed sums do not hold as a table looks, it is read as they do; all places are fictional."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kaohe.normalizers import normalize
from kaohe.normalizers.lines.line import TableRead
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


_COUNTED = """
    编号 | 指标 | 子指标 | 赋分 | 赋分说明
    1 | 制度落实 | < | 20 |
    {0} | | 会议 | 10 | 少开1次扣2分
    {1} | | 报送 | {2} | 漏报1次扣1分
    2 | 任务完成 | < | 80 |
    2.1 | | 清理 | 50 | 未销号1处扣5分
    2.2 | | 水质 | 30 | 不达标1个断面扣10分
"""


def test_rows_that_head_what_counts_below_them_are_categories_without_a_printed_total() -> None:
    found = normalize(document('云溪河湖赋分表', draw(_COUNTED.format('1.1', '1.2', 10))), '云溪.docx')
    assert [(line.level1, line.level1_points, line.number, line.name, line.points) for line in found.indicators] == [
        ('制度落实', 20, '1.1', '会议', 10),
        ('制度落实', 20, '1.2', '报送', 10),
        ('任务完成', 80, '2.1', '清理', 50),
        ('任务完成', 80, '2.2', '水质', 30),
    ]
    assert (found.tables[0].proof, found.findings) == ('proved', ())
    assert found.amounts_seen == found.amounts_held


def test_rows_whose_numbers_or_sums_do_not_say_so_stay_lines() -> None:
    for first, second, points in (('1.1', '1.2', 9), ('2', '3', 10)):
        found = normalize(document('云溪河湖赋分表', draw(_COUNTED.format(first, second, points))), '云溪.docx')
        assert [line.points for line in found.indicators] == [20, 10, points, 80, 50, 30]


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


def _doubts(table: TableRead) -> list[str]:
    return [doubt for line in table.lines for doubt in line.doubts]


def test_a_row_that_looks_like_a_second_head_is_a_line_where_the_total_needs_it() -> None:
    table = read_picture("""
        序号 | 项目 | 分值 | 标准
        ^ | 卫生 | 计20分 | 脏一处扣1分
        1 | 值班 | 30 | 缺一次扣1分
        2 | 台账 | 50 | 缺一本扣1分
        合计 | | 100 |
    """)
    assert says(table.lines, 'name', 'points') == [('卫生', '20'), ('值班', '30'), ('台账', '50')]
    assert table.header_rows == (0, 0)
    assert not _doubts(table)


def test_a_row_below_the_head_that_says_what_all_come_to_belongs_to_it() -> None:
    table = read_picture("""
        考核项目 | 考核内容 | 分值 | 标准
        项目名称 | 工作要求 | 100 | 评分办法
        值班 | 到岗 | 40 | 缺一次扣1分
        台账 | 齐全 | 60 | 缺一本扣1分
        合计 | | 100 |
    """)
    assert says(table.lines, 'name', 'points') == [('值班', '40'), ('台账', '60')]
    assert table.header_rows == (0, 1)


_WRONG_TOTALS = {
    'the points of the first line too few': """
        编号 | 检查事项 | 计分办法 | 分值
        1 | 巡河记录 | 缺记一天扣1分 | 10
        2 | 水面保洁 | 漂浮物每处扣2分 | 50
        3 | 岸线管护 | 乱堆每处扣2分 | 40
        合计 | | | 90
    """,
    'the first line is half of all': """
        编号 | 检查事项 | 计分办法 | 分值
        1 | 交办任务 | 漏办每件扣5分 | 50
        2 | 水面保洁 | 漂浮物每处扣2分 | 30
        3 | 岸线管护 | 乱堆每处扣2分 | 20
        总分 | | | 50
    """,
    'no number, words that could be heads': """
        检查项目 | 检查内容 | 分值
        重点任务 | 完成情况 | 10
        水面保洁 | 无漂浮物 | 50
        岸线管护 | 无乱堆 | 40
        合计 | | 90
    """,
    'a text over all, with rules': """
        检查项目 | 检查内容 | 分值 | 计分办法
        综合评定 | 全年履职 | 100 | 按下列各项打分
        水面保洁 | 无漂浮物 | 60 | 漂浮物每处扣2分
        岸线管护 | 无乱堆 | 40 | 乱堆每处扣2分
        合计 | | 100 |
    """,
}


@pytest.mark.parametrize('picture', _WRONG_TOTALS.values(), ids=_WRONG_TOTALS)
def test_a_line_whose_points_the_total_lacks_stays_a_line_and_the_sum_fails(picture: str) -> None:
    table = draw(picture)
    found = normalize(document('河道考核表', table), '')
    assert len(found.indicators) == table.rows - 2
    assert [one.code for one in found.findings if one.code == 'total.sum'] == ['total.sum']


def test_where_neither_head_adds_up_the_sum_is_said_to_fail() -> None:
    table = draw("""
        考核项目 | 考核内容 | 分值 | 标准
        综合考核 | 全年工作 | 100 | 按下列各项评定
        值班 | 到岗 | 40 | 缺一次扣1分
        台账 | 齐全 | 50 | 缺一本扣1分
        合计 | | 100 |
    """)
    found = normalize(document('考核表', table), '')
    assert len(found.indicators) == 3
    assert [(one.code, one.about) for one in found.findings if one.code == 'total.sum'] == [('total.sum', 'reading')]


def test_a_short_merged_cell_with_points_is_a_category_and_one_without_a_text_of_each_line() -> None:
    table = read_picture("""
        考核内容 | 评分标准 | 分值
        安全管理 | 缺一次扣2分 | 12
        ^ | 少一人扣1分 | 8
        环境卫生（30分） | 脏一处扣1分 | 10
        ^ | 乱一处扣1分 | 20
    """)
    assert says(table.lines, 'level1', 'level1_points', 'requirement') == [
        (None, None, '安全管理'),
        (None, None, '安全管理'),
        ('环境卫生', '30', None),
        ('环境卫生', '30', None),
    ]


def test_merged_cells_whose_points_contradict_their_lines_are_texts_where_the_total_holds() -> None:
    table = read_picture("""
        考核项目 | 评分标准 | 分值
        发现问题（2分） | 缺一次扣2分 | 12
        ^ | 少一人扣1分 | 8
        及时整改（1分） | 脏一处扣1分 | 10
        ^ | 乱一处扣1分 | 20
        合计 | | 50
    """)
    assert says(table.lines, 'level1', 'requirement', 'points') == [
        (None, '发现问题（2分）', '12'),
        (None, '发现问题（2分）', '8'),
        (None, '及时整改（1分）', '10'),
        (None, '及时整改（1分）', '20'),
    ]


def test_a_category_whose_sum_fails_beside_one_that_holds_stays_a_category() -> None:
    table = read_picture("""
        考核项目 | 评分标准 | 分值
        发现问题（2分） | 缺一次扣2分 | 12
        ^ | 少一人扣1分 | 8
        环境卫生（30分） | 脏一处扣1分 | 10
        ^ | 乱一处扣1分 | 20
        合计 | | 50
    """)
    assert says(table.lines, 'level1') == [('发现问题',), ('发现问题',), ('环境卫生',), ('环境卫生',)]


def test_long_merged_cells_whose_points_their_lines_come_to_are_categories() -> None:
    table = read_picture("""
        考核内容 | 评分标准 | 分值
        落实安全生产责任制和岗位操作规程及应急预案（20分） | 缺一次扣2分 | 12
        ^ | 少一人扣1分 | 8
        落实环境卫生责任制和门前三包以及垃圾分类制度（30分） | 脏一处扣1分 | 10
        ^ | 乱一处扣1分 | 20
    """)
    assert says(table.lines, 'level1_points', 'requirement') == [('20', None), ('20', None), ('30', None), ('30', None)]


def test_long_merged_cells_whose_points_nothing_confirms_stay_the_text_of_each_line() -> None:
    table = read_picture("""
        考核内容 | 评分标准 | 分值
        落实安全生产责任制和岗位操作规程及应急预案（25分） | 缺一次扣2分 | 12
        ^ | 少一人扣1分 | 8
        落实环境卫生责任制和门前三包以及垃圾分类制度（30分） | 脏一处扣1分 | 10
        ^ | 乱一处扣1分 | 20
    """)
    assert [line.levels for line in table.lines] == [(), (), (), ()]


def test_coarse_points_beside_merged_cells_make_them_categories_where_they_add_up() -> None:
    table = read_picture("""
        考核内容 | 分值 | 评分标准 | 小项分
        安全 | 20 | 缺一次扣2分 | 12
        ^ | ^ | 少一人扣1分 | 8
        卫生 | 30 | 脏一处扣1分 | 10
        ^ | ^ | 乱一处扣1分 | 20
    """)
    assert says(table.lines, 'level1', 'level1_points', 'points') == [
        ('安全', '20', '12'),
        ('安全', '20', '8'),
        ('卫生', '30', '10'),
        ('卫生', '30', '20'),
    ]


def test_rows_of_an_item_are_its_grades_where_only_its_full_points_add_up() -> None:
    table = read_picture("""
        评定项目 | 评定条件 | 分值 | 满分
        藏书量 | 5000册以上 | 20 | 20
        ^ | 3000-5000册 | 15 | ^
        ^ | 3000册以下 | 5 | ^
        开放时间 | 每周40小时以上 | 30 | 30
        ^ | 不足20小时 | 0 | ^
        合计 | < | < | 50
    """)
    assert says(table.lines, 'name', 'criteria', 'points') == [
        ('藏书量', '5000册以上 20\n3000-5000册 15\n3000册以下 5', '20'),
        ('开放时间', '每周40小时以上 30\n不足20小时 0', '30'),
    ]
    assert not _doubts(table)


def test_names_of_one_line_each_are_no_categories_because_a_second_column_of_amounts_adds_up() -> None:
    table = read_picture("""
        指标 | 标准分 | 权重 | 评分标准
        服务态度 | 100 | 30% | 被投诉一次扣5分
        环境卫生 | 100 | 30% | 一处不合格扣2分
        安全检查 | 100 | 40% | 漏检一次扣10分
    """)
    assert says(table.lines, 'level1', 'name', 'points') == [
        (None, '服务态度', '100'),
        (None, '环境卫生', '100'),
        (None, '安全检查', '100'),
    ]
    assert all('有两栏分值' in line.doubts[0] for line in table.lines)
