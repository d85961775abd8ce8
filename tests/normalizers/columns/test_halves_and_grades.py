"""Tables in two halves, columns of grades, and points printed where one does not look for them."""

from __future__ import annotations

import pytest

from kaohe.normalizers import normalize
from tests.normalizers.tables import document, draw, read_picture, says


def test_two_halves_side_by_side_are_read_one_after_the_other() -> None:
    table = read_picture("""
        序号 | 考核内容 | 分值 | 得分 | 序号 | 考核内容 | 分值 | 得分
        1 | 工装整洁 | 10 | | 4 | 服从安排 | 15 |
        2 | 按时交接 | 20 | | 5 | 工具归位 | 25 |
        3 | 地面无油污 | 30 | | | | |
        合计 | < | 100 | | | | |
    """)
    assert says(table.lines, 'number', 'requirement', 'points') == [
        ('1', '工装整洁', '10'),
        ('2', '按时交接', '20'),
        ('3', '地面无油污', '30'),
        ('4', '服从安排', '15'),
        ('5', '工具归位', '25'),
    ]
    assert [total.points for total in table.totals] == [100]


def test_halves_whose_numbers_count_across_are_read_row_by_row() -> None:
    table = read_picture("""
        序号 | 考核内容 | 分值 | 序号 | 考核内容 | 分值
        1 | 工装整洁 | 10 | 2 | 服从安排 | 15
        3 | 按时交接 | 20 | 4 | 工具归位 | 25
    """)
    assert says(table.lines, 'number') == [('1',), ('2',), ('3',), ('4',)]


def test_a_section_over_both_halves_holds_the_lines_of_both() -> None:
    table = read_picture("""
        考核内容 | 分值 | 考核内容 | 分值
        一、现场管理（25分） | < | < | <
        工装整洁 | 10 | 服从安排 | 15
        二、设备管理（45分） | < | < | <
        按时点检 | 20 | 润滑到位 | 25
    """)
    assert says(table.lines, 'level1', 'requirement', 'points') == [
        ('现场管理', '工装整洁', '10'),
        ('现场管理', '服从安排', '15'),
        ('设备管理', '按时点检', '20'),
        ('设备管理', '润滑到位', '25'),
    ]


def test_bands_of_grades_become_criteria_that_name_the_grade() -> None:
    table = read_picture("""
        评价项目 | 评价要素 | 分值 | 评价等级 | < | < | 得分
        ^ | ^ | ^ | 优 | 良 | 差 | ^
        教学态度 | 备课充分 | 10 | 10-9 | 8-7 | 6-0 |
        ^ | 按时上课 | 10 | 10-9 | 8-7 | 6-0 |
        教学效果 | 掌握知识 | 20 | 20-18 | 17-15 | 14-0 |
    """)
    assert says(table.lines, 'level1', 'name', 'points', 'criteria')[2] == (
        '教学效果',
        '掌握知识',
        '20',
        '优 20-18\n良 17-15\n差 14-0',
    )
    assert not any(line.doubts for line in table.lines)


def test_grades_without_a_column_of_points_give_none() -> None:
    table = read_picture("""
        序号 | 评价内容 | 优 | 良 | 差
        1 | 饭菜口味 | 10-9 | 8-7 | 6-0
        2 | 卫生状况 | 10-9 | 8-7 | 6-0
    """)
    assert says(table.lines, 'points', 'criteria') == [(None, '优 10-9\n良 8-7\n差 6-0')] * 2


def test_blank_columns_of_grades_are_to_be_ticked() -> None:
    table = read_picture("""
        序号 | 评价内容 | 分值 | 优 | 良 | 差
        1 | 饭菜口味，一次投诉扣1分 | 10 | | |
        2 | 卫生状况，一次不合格扣1分 | 20 | | |
    """)
    assert says(table.lines, 'points', 'criteria') == [('10', None), ('20', None)]
    assert not any(line.doubts for line in table.lines)


def test_points_behind_the_text_count_where_their_cell_is_blank() -> None:
    table = read_picture("""
        序号 | 考核内容 | 分值 | 评分标准
        1 | 成立领导小组（10分） | | 未成立不得分
        2 | 制定方案 | 15 | 未制定扣5分
        3 | 召开会议（4分）；下发通知（6分） | | 缺一项不得分
    """)
    assert says(table.lines, 'requirement', 'points') == [
        ('成立领导小组', '10'),
        ('制定方案', '15'),
        ('召开会议（4分）；下发通知（6分）', None),
    ]


def test_a_name_that_prints_other_points_than_its_cell_is_doubted() -> None:
    table = read_picture("""
        考核项目 | 评分标准 | 分值
        值班值守（15分） | 脱岗一次扣2分 | 10
        台账资料 | 缺一项扣1分 | 20
        巡查记录 | 缺一次扣1分 | 20
    """)
    assert says(table.lines, 'points') == [('10',), ('20',), ('20',)]
    assert [len(line.doubts) for line in table.lines] == [1, 0, 0]


def test_the_rule_behind_a_section_is_cut_from_its_title_and_acts_on_the_category() -> None:
    read = normalize(
        document(
            '青川市村级工作考核表',
            draw("""
                考核内容 | 分值 | 评分标准
                防汛值守 | 10 | 脱岗一次扣1分
                加分项（最高不超过5分） | < | <
                获得表彰 | | 获市级表彰加1分
            """),
        ),
        'x.docx',
    )
    assert [(line.level1, line.level1_points, line.kind) for line in read.indicators][1] == ('加分项', None, 'bonus')
    ruled = [(clause.scope, clause.effect, clause.points) for clause in read.clauses if clause.scope != 'line']
    assert ruled == [('category', 'cap', 5)]


def test_points_printed_with_their_unit_are_no_unread_clause() -> None:
    read = normalize(
        document(
            '青川市窗口考核表',
            draw('考核内容 | 分值 | 评分标准\n按时到岗 | 20 分 | 迟到一次扣2分\n热情服务 | 30分 | 投诉一次扣5分'),
        ),
        'x.docx',
    )
    assert [line.points for line in read.indicators] == [20, 30]
    assert 'clause.unparsed' not in {found.code for found in read.findings}


def test_a_veto_of_which_nothing_was_understood_is_doubted() -> None:
    read = normalize(
        document(
            '青川市窗口考核表',
            draw(
                '考核内容 | 分值 | 评分标准\n按时到岗 | 20 | 迟到一次扣2分\n一票否决项 | < | <\n发生责任事故 | | 由考核组研究'
            ),
        ),
        'x.docx',
    )
    assert [found.indicator for found in read.findings if found.code == 'line.doubtful'] == [1]


def test_a_header_read_as_one_cell_is_no_title_though_it_ends_like_one() -> None:
    read = normalize(
        document(
            '青川市人事工作考核表',
            draw(
                '项目  考核内容  分值  考核标准 | < | < | <\n人事 | 落实绩效工资 | 2 | 未落实不得分\n人事 | 医德考评 | 3 | 缺1项扣0.5分'
            ),
        ),
        'x.docx',
    )
    assert read.tables[0].title == '青川市人事工作考核表'
    assert [(line.points, line.criteria) for line in read.indicators] == [(2, '未落实不得分'), (3, '缺1项扣0.5分')]


@pytest.mark.parametrize(
    ('heads', 'criteria'),
    [
        ('5 | 4 | 3', ['完全规范 5\n偶有失误 4\n失误较多 3', '主动协作 5\n能够协作 4\n不协作 3']),
        (
            'A（优） | B（良） | C（中）',
            [
                'A（优） 完全规范\nB（良） 偶有失误\nC（中） 失误较多',
                'A（优） 主动协作\nB（良） 能够协作\nC（中） 不协作',
            ],
        ),
    ],
)
def test_grades_outnumber_the_other_heads(heads: str, criteria: list[str]) -> None:
    table = read_picture(f"""
        评价维度 | 评价指标 | {heads} | 得分
        过程 | 操作规范 | 完全规范 | 偶有失误 | 失误较多 |
        ^ | 团队协作 | 主动协作 | 能够协作 | 不协作 |
    """)
    assert says(table.lines, 'level1', 'name') == [('过程', '操作规范'), ('过程', '团队协作')]
    assert says(table.lines, 'criteria') == [(grades,) for grades in criteria]
    assert not table.findings


def test_figures_in_a_row_of_amounts_make_no_head_of_it() -> None:
    table = read_picture("""
        考核项目 | 评分标准 | 分值 | 自评 | 复核
        考核项目管理 | 评分标准不明扣1分 | 5 | 4 | 3
        日常检查 | 缺一次扣1分 | 10 | 9 | 8
    """)
    assert says(table.lines, 'points') == [('5',), ('10',)]


def test_a_title_over_each_half_is_the_category_of_its_lines() -> None:
    table = read_picture("""
        作业考核 | < | < | 安全考核 | < | <
        项目 | 标准 | 分值 | 项目 | 标准 | 分值
        装卸 | 每班少1托扣1分 | 30 | 持证 | 无证一人扣10分 | 20
        货损 | 货损一件扣2分 | 25 | 限速 | 超速一次扣5分 | 25
    """)
    assert says(table.lines, 'level1', 'name') == [
        ('作业考核', '装卸'),
        ('作业考核', '货损'),
        ('安全考核', '持证'),
        ('安全考核', '限速'),
    ]


def test_degrees_under_one_head_of_marks_are_grades_of_the_matter() -> None:
    table = read_picture("""
        序号 | 违章行为 | 记分值 | < | <
        ^ | ^ | 一般（分） | 较重（分） | 严重（分）
        1 | 不戴安全帽 | 2 | 4 | 6
        2 | 酒后上岗 | 6 | 9 | 12
    """)
    assert says(table.lines, 'requirement', 'criteria', 'points') == [
        ('不戴安全帽', '一般（分） 2\n较重（分） 4\n严重（分） 6', None),
        ('酒后上岗', '一般（分） 6\n较重（分） 9\n严重（分） 12', None),
    ]


def test_columns_of_offices_to_be_filled_in_leave_the_head_a_head() -> None:
    table = read_picture("""
        评分项目 | 满分 | 东城 | 西城 | 南城
        环境整洁 | 40 | | |
        按时到岗 | 60 | | |
        总分 | 100 | | |
    """)
    assert says(table.lines, 'name', 'points') == [('环境整洁', '40'), ('按时到岗', '60')]


def test_rows_of_conditions_with_an_amount_each_under_one_head_are_the_grades_of_their_item() -> None:
    table = read_picture("""
        评价指标 | 分值 | 评分档次 | <
        ^ | ^ | 条件 | 得分
        展厅面积 | 40 | 1000平方米以上 | 40
        ^ | ^ | 500平方米以上 | 12
        年接待量 | 60 | 5万人次以上 | 60
        ^ | ^ | 2万人次以上 | 20
    """)
    assert says(table.lines, 'name', 'criteria', 'points') == [
        ('展厅面积', '1000平方米以上 40\n500平方米以上 12', '40'),
        ('年接待量', '5万人次以上 60\n2万人次以上 20', '60'),
    ]


def test_what_is_asked_and_what_it_is_worth_under_one_wide_head_are_lines_not_grades() -> None:
    table = read_picture("""
        考核项目 | 考核标准 | <
        ^ | 内容 | 分值
        医疗质量 | 病历书写及时 | 20
        ^ | 会诊按时到场 | 15
        护理质量 | 基础护理落实 | 30
        ^ | 文书书写规范 | 35
    """)
    assert says(table.lines, 'level1', 'requirement', 'points') == [
        ('医疗质量', '病历书写及时', '20'),
        ('医疗质量', '会诊按时到场', '15'),
        ('护理质量', '基础护理落实', '30'),
        ('护理质量', '文书书写规范', '35'),
    ]


def test_what_is_taken_beside_a_column_of_points_is_a_rule_not_what_was_scored() -> None:
    table = read_picture("""
        序号 | 考核内容 | 分值 | 扣分标准
        1 | 地面无积水 | 10 | -1
        2 | 台账齐全 | 20 | -0.5
        3 | 按时交接 | 30 | -2
    """)
    assert says(table.lines, 'points', 'criteria') == [('10', '-1'), ('20', '-0.5'), ('30', '-2')]


def test_fields_of_a_form_over_two_halves_are_no_titles_of_them() -> None:
    table = read_picture("""
        单位：云岭医院 | < | < | 日期：2025年 | < | <
        序号 | 考核内容 | 分值 | 序号 | 考核内容 | 分值
        1 | 工装整洁 | 10 | 3 | 服从安排 | 15
        2 | 按时交接 | 20 | 4 | 工具归位 | 25
    """)
    assert says(table.lines, 'level1') == [(None,)] * 4
