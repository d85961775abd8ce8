"""Tables whose heads say little: grids of amounts, texts without a head, figures that are no points; all places are fictional."""

from __future__ import annotations

import pytest

from kaohe.normalizers import normalize
from tests.normalizers.tables import document, draw, read, read_picture, says


def test_a_grid_of_what_each_rank_is_worth_has_a_line_for_each_kind_of_honour() -> None:
    (table,) = read(
        document(
            '荣誉加分',
            draw("""
                类别 | 个人荣誉 | 团队荣誉 | <
                ^ | ^ | 负责人 | 成员
                国家级 | 15 | 15 | 10
                省级 | 10 | 10 | 6
            """),
        )
    )
    assert says(table.lines, 'kind', 'name', 'criteria') == [
        ('bonus', '国家级', '个人荣誉 15\n负责人 15\n成员 10'),
        ('bonus', '省级', '个人荣誉 10\n负责人 10\n成员 6'),
    ]


def test_a_list_of_matters_beside_one_column_of_points_is_read() -> None:
    table = read_picture("""
        担任职务 | 德育标准分
        学生会主席 | 9
        班长 | 6
        寝室长 | 2
    """)
    assert says(table.lines, 'name', 'points') == [('学生会主席', '9'), ('班长', '6'), ('寝室长', '2')]


@pytest.mark.parametrize(
    'picture',
    [
        '级别 | 一等奖 | 二等奖\n国家级 | 20 | 18\n省级 | 15 | 10',
        '姓名 | 标准分\n甲某 | 91\n乙某 | 88\n丙某 | 70',
        '获奖等级 | 学分\n一等奖 | 2\n二等奖 | 1\n三等奖 | 1',
        '序号 | 岗位 | 计划配置岗位数\n1 | 厨师 | 6\n2 | 面点师 | 3\n3 | 合计 | 9',
        '序号 | 采购项目 | 服务内容 | 采购预算（万元）\n1 | 保洁服务 | 保洁、会务 | 41.7\n2 | 食堂服务 | 早中晚餐 | 20.5',
        '标段 | 项目名称 | 简要技术要求 | 数量\n1 | 机房设备 | 详见需求 | 2\n2 | 终端 | 详见需求 | 9',
    ],
)
def test_figures_that_count_other_things_are_no_points(picture: str) -> None:
    assert not read_picture(picture).lines


def test_a_text_without_a_head_behind_a_merged_one_is_what_each_line_asks() -> None:
    table = read_picture("""
        序号 | 考核项 | 编号 | 考核内容 | 分值 | | 标准分 | 2季度 | < | 6月
        ^ | ^ | ^ | ^ | ^ | ^ | ^ | 应得分 | 实得分 | ^
        一 | 机构（4分） | 1.1 | 机构与人员 | 3 | 成立文件 | 2 | 2 | 1 |
        ^ | ^ | ^ | ^ | ^ | 人员报表 | 1 | 1 | 1 |
        ^ | ^ | 1.2 | 管理制度 | 1 | 制度汇编 | 1 | | |
        二 | 特别处理（±10分） | 2.1 | 受到上级好评 | | | 加2-5分 | | |
        ^ | ^ | 2.2 | 受到上级差评 | | | 减2-5分 | | |
    """)
    assert says(table.lines, 'kind', 'level1', 'level2', 'requirement', 'points') == [
        ('scored', '机构', '机构与人员', '成立文件', '2'),
        ('scored', '机构', '机构与人员', '人员报表', '1'),
        ('scored', '机构', '管理制度', '制度汇编', '1'),
        ('bonus', '特别处理', None, '受到上级好评', '5'),
        ('penalty', '特别处理', None, '受到上级差评', '5'),
    ]
    assert [level.points for level in table.lines[0].levels] == [4, 3]
    assert not any(line.doubts for line in table.lines)


def test_ranks_that_lines_are_about_are_their_names() -> None:
    table = read_picture("""
        序号 | 竞赛类别 | 获奖等级 | 成绩奖励
        1 | 全国竞赛 | 特等奖 | 加20分
        ^ | ^ | 一等奖 | 加15分
        2 | 省级竞赛 | 二等奖 | 加7分
    """)
    assert says(table.lines, 'level1', 'name') == [
        ('全国竞赛', '特等奖'),
        ('全国竞赛', '一等奖'),
        ('省级竞赛', '二等奖'),
    ]


def test_rows_that_reckon_the_score_are_no_lines() -> None:
    table = read_picture("""
        考核内容 | 评分标准 | 分值
        值班 | 缺一次扣1分 | 60
        台账 | 缺一本扣1分 | 40
        考核得分=小计得分×质量系数 | < | 0.9
        最终考核得分 | < |
    """)
    assert says(table.lines, 'points') == [('60',), ('40',)]


def test_heads_in_two_languages_are_read_by_their_chinese_words_and_english_ones_alone_by_theirs() -> None:
    both = read_picture("""
        No. 序号 | Item 评价项目 | Requirement 评价内容 | Weight 分值 | Scoring criteria 评分标准 | Score 得分
        1 | Quality 质量 | 来料合格 | 60 | 每批不合格扣5分 |
        2 | Delivery 交付 | 准时交货 | 40 | 每延误一次扣3分 |
        Total 合计 | < | < | 100 | |
    """)
    alone = read_picture("""
        No. | Item | Description | Weight | Criteria | Score
        1 | Quality | 来料合格 | 60 | 每批不合格扣5分 |
        2 | Delivery | 准时交货 | 40 | 每延误一次扣3分 |
        Total | < | < | 100 | |
    """)
    for table in (both, alone):
        assert [str(column.role) for column in table.columns] == [
            'number', 'name', 'requirement', 'points', 'criteria', 'score',
        ]  # fmt: skip
        assert says(table.lines, 'number', 'points') == [('1', '60'), ('2', '40')]
        assert [int(total.points) for total in table.totals] == [100]


def test_tables_of_different_heads_beside_each_other_are_read_one_after_the_other() -> None:
    table = read_picture("""
        考核内容 | 分值 | 评分标准 | | 检查项目 | 扣分标准
        出勤 | 40 | 缺勤一次扣5分 | | 卫生 | 一处不洁扣2分
        纪律 | 60 | 违纪一次扣10分 | | 设备 | 损坏一次扣10分
        | | | | 安全 | 隐患一处扣5分
    """)
    assert says(table.lines, 'name', 'requirement', 'criteria', 'points') == [
        (None, '出勤', '缺勤一次扣5分', '40'),
        (None, '纪律', '违纪一次扣10分', '60'),
        ('卫生', None, '一处不洁扣2分', None),
        ('设备', None, '损坏一次扣10分', None),
        ('安全', None, '隐患一处扣5分', None),
    ]


def test_rules_in_the_cells_of_a_form_are_lines_with_the_points_of_their_titles() -> None:
    table = read_picture("""
        姓名 | | 部门 |
        考核周期 | 2025年6月 | 岗位 |
        工作业绩（60分） | 每少完成一项扣5分；质量事故一次扣10分 | < | 得分：
        工作态度（40分） | 迟到一次扣2分 | < | 得分：
        考核人签字： | < | 日期： | <
    """)
    assert says(table.lines, 'name', 'criteria', 'points') == [
        ('工作业绩', '每少完成一项扣5分；质量事故一次扣10分', '60'),
        ('工作态度', '迟到一次扣2分', '40'),
    ]


def test_text_set_in_two_columns_by_a_table_is_read_as_text_column_by_column() -> None:
    drawn = draw("""
        一、卫生（60分）/1.地面不洁每处扣2分。/2.被褥未叠每人次扣1分。 | 二、纪律（40分）/1.晚归一次扣5分。/2.违规用电扣20分。
    """)
    found = normalize(document('宿舍管理评分细则', drawn), '')
    assert [(table.kind, len(table.cells)) for table in found.tables] == [('articles', 0)]
    assert [(line.level1, line.level1_points, line.number, line.requirement) for line in found.indicators] == [
        ('卫生', 60, '1', '地面不洁每处扣2分。'),
        ('卫生', 60, '2', '被褥未叠每人次扣1分。'),
        ('纪律', 40, '1', '晚归一次扣5分。'),
        ('纪律', 40, '2', '违规用电扣20分。'),
    ]


def test_a_table_of_long_cells_under_heads_stays_a_table() -> None:
    drawn = draw("""
        考核内容 | 评分标准
        1.卫生/2.秩序/3.安全 | 1.不洁扣2分。/2.喧哗扣1分。/3.违规用电扣20分。
    """)
    assert normalize(document('宿舍管理评分细则', drawn), '').tables[0].kind == 'scoring'


def test_a_number_that_a_page_break_repeats_counts_the_categories() -> None:
    table = read_picture("""
        序号 | 考试项目 | 操作内容与步骤 | 分值 | 评分标准
        1 | 自检 | 按键自检，显示正常。 | 12 | 缺一步扣4分
        2 | 调校 | 1.调零/预热后调节。 | 16 | 缺一步扣4分
        2 | ^ | 2.调灵敏度/通气后调节。 | 22 | 缺一步扣2分
    """)
    assert says(table.lines, 'level1', 'number', 'requirement') == [
        ('自检', None, '按键自检，显示正常。'),
        ('调校', '1', '调零\n预热后调节。'),
        ('调校', '2', '调灵敏度\n通气后调节。'),
    ]
    assert not table.findings


@pytest.mark.parametrize(
    ('bands', 'scores'),
    [
        (('90-100', '80-89', '60-79', '60分以下'), False),
        (('1000–1330', '800–999', '600–799', '<600'), False),
        (('0-5', '0-10', '0-5', '0-20'), True),
        (('5', '10', '15', '20'), True),
    ],
)
def test_ranges_that_adjoin_say_which_score_makes_which_grade_and_are_no_lines(
    bands: tuple[str, ...], scores: bool
) -> None:
    rows = '\n'.join(f'{band} | 信息完整程度之{count}，档案情况各异 | 说明' for count, band in enumerate(bands, 1))
    assert bool(read_picture(f'分值区间 | 考核内容 | 备注\n{rows}').lines) is scores


def test_a_row_below_each_line_that_says_how_it_is_scored_is_its_criteria() -> None:
    table = read_picture("""
        序号 | 项目 | 分值
        1 | 地面 | 40
        评分标准：水渍每处扣2分；烟头每个扣1分 | < | <
        2 | 墙面 | 60
        评分标准：蛛网每处扣1分 | < | <
        合计 | < | 100
    """)
    assert says(table.lines, 'name', 'criteria', 'points') == [
        ('地面', '水渍每处扣2分；烟头每个扣1分', '40'),
        ('墙面', '蛛网每处扣1分', '60'),
    ]


def test_one_such_row_below_all_lines_stays_a_remark() -> None:
    table = read_picture("""
        序号 | 项目 | 分值
        1 | 地面 | 40
        2 | 墙面 | 60
        评分标准：每处不合格扣2分，扣完为止；由后勤科每月检查一次，结果在公示栏公布并报考核办备案。 | < | <
    """)
    assert says(table.lines, 'name', 'criteria') == [('地面', None), ('墙面', None)]
    assert len(table.notes) == 1


def test_a_section_above_the_first_of_several_headers_holds_the_lines_below_it() -> None:
    table = read_picture("""
        一、基本条件（40分） | < | <
        评估内容 | 分值 | 评分方法
        业务用房80平方米以上 | 40 | 不足扣10分
        二、服务能力（60分） | < | <
        评估内容 | 分值 | 评分方法
        签约率70%以上 | 60 | 每低1个百分点扣1分
    """)
    assert says(table.lines, 'level1', 'level1_points') == [('基本条件', '40'), ('服务能力', '60')]


def test_titles_above_tables_that_stand_beside_each_other_are_their_sections() -> None:
    table = read_picture("""
        一、演员考核（20分） |  |  | 二、乐师考核（25分） |  |
        项目 | 分值 |  | 项目 | 分值 | 标准
        排练 | 20 |  | 谱面 | 25 | 错一处扣1分
    """)
    assert says(table.lines, 'level1', 'level1_points', 'name', 'points') == [
        ('演员考核', '20', '排练', '20'),
        ('乐师考核', '25', '谱面', '25'),
    ]


def test_what_is_asked_stands_beside_grades_that_score_it() -> None:
    table = read_picture("""
        评价指标 | 评价标准 | 优 | 良 | 中 | 差
        教学态度 | 备课充分 | 10 | 8 | 6 | 4
        教学内容 | 重点突出 | 20 | 16 | 12 | 8
    """)
    assert says(table.lines, 'requirement', 'criteria') == [
        ('备课充分', '优 10\n良 8\n中 6\n差 4'),
        ('重点突出', '优 20\n良 16\n中 12\n差 8'),
    ]


def test_ranges_that_begin_with_nothing_say_what_each_line_can_win() -> None:
    table = read_picture("""
        评审因素 | 评审内容 | 分值范围
        技术部分（40分） | 人员配备：每提供1名持证人员得2分 | 0-20分
        ^ | 应急预案：优20分，良10分 | 0-20分
        商务部分（10分） | 每个业绩得2分 | 0-10分
    """)
    assert says(table.lines, 'level1', 'requirement', 'points') == [
        ('技术部分', '人员配备：每提供1名持证人员得2分', '20'),
        ('技术部分', '应急预案：优20分，良10分', '20'),
        ('商务部分', '每个业绩得2分', '10'),
    ]


def test_answers_to_tick_that_print_their_worth_are_the_criteria() -> None:
    table = read_picture("""
        检查内容 | 检查结果 | 得分
        配有灭火器10具 | □是（20分） □否（0分） |
        每月演练1次 | □是（50分） □部分（25分） □否（0分） |
    """)
    assert says(table.lines, 'requirement', 'criteria') == [
        ('配有灭火器10具', '□是（20分） □否（0分）'),
        ('每月演练1次', '□是（50分） □部分（25分） □否（0分）'),
    ]


def test_a_dash_beside_a_rule_is_none_of_it() -> None:
    table = read_picture("""
        指标 | 基础分 | 加分标准 | 扣分标准
        派送 | 30 | 超过99%加2分 | 低于95%扣1分
        安检 | 30 | - | 未安检一件扣5分
    """)
    assert says(table.lines, 'criteria') == [('超过99%加2分\n低于95%扣1分',), ('未安检一件扣5分',)]


def test_the_one_text_of_its_own_under_a_head_that_nobody_knows_is_what_is_asked() -> None:
    table = read_picture("""
        考核点 | 通关手势 | 配分 | 评分标准
        准备 | 穿戴用品 | 10 | 少一件扣2分
        ^ | 检查工具 | 10 | 未检查扣5分
        操作 | 断电验电 | 40 | 未断电不得分
    """)
    assert says(table.lines, 'level1', 'requirement') == [
        ('准备', '穿戴用品'),
        ('准备', '检查工具'),
        ('操作', '断电验电'),
    ]
    assert [found.code for found in table.findings] == ['column.doubtful']
