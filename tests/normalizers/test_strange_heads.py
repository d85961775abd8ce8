"""Tables whose heads say little: grids of amounts, texts without a head, figures that are no points; all places are fictional."""

from __future__ import annotations

import pytest

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
