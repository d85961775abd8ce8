"""Rows that head others with points of their own, and cells that point at the one above."""

from __future__ import annotations

import pytest

from tests.normalizers.tables import read_picture, says

SECTIONS = [
    ('基础工作', '40', '建立项目库'),
    ('基础工作', '40', '外出招商'),
    ('招商成效', '60', '签约项目'),
    ('招商成效', '60', '开工项目'),
]


@pytest.mark.parametrize(
    ('first', 'second'),
    [
        ('一、基础工作 | < | 40 |', '二、招商成效 | < | 60 |'),  # drawn over the number and the text
        (' | 一、基础工作 | 40 |', ' | 二、招商成效 | 60 |'),
        (' | （一）基础工作 | 40 |', ' | （二）招商成效 | 60 |'),
    ],
)
def test_labelled_titles_whose_points_are_the_sum_of_what_follows_are_sections(first: str, second: str) -> None:
    table = read_picture(f"""
        序号 | 考核内容 | 分值 | 评分标准
        {first}
        1 | 建立项目库 | 20 | 少1个扣2分
        2 | 外出招商 | 20 | 少1次扣5分
        {second}
        3 | 签约项目 | 30 | 少签1个扣10分
        4 | 开工项目 | 30 | 少开工1个扣10分
    """)
    assert says(table.lines, 'level1', 'level1_points', 'requirement') == SECTIONS


def test_a_labelled_title_over_the_number_and_the_text_is_a_section_though_its_points_do_not_add_up() -> None:
    table = read_picture("""
        序号 | 考核内容 | 分值 | 评分标准
        一、基础工作 | < | 45 |
        1 | 建立项目库 | 20 | 少1个扣2分
        2 | 外出招商 | 20 | 少1次扣5分
    """)
    assert says(table.lines, 'level1', 'level1_points', 'points') == [
        ('基础工作', '45', '20'),
        ('基础工作', '45', '20'),
    ]


def test_titles_without_a_label_stay_lines_where_only_their_points_happen_to_add_up() -> None:
    table = read_picture("""
        序号 | 考核内容 | 分值 | 评分标准
        1 | 建立项目库 | 40 |
        2 | 外出招商 | 20 | 少1次扣5分
        3 | 签约项目 | 20 | 少签1个扣10分
        4 | 开工项目 | 60 |
        5 | 投产项目 | 30 | 少1个扣10分
        6 | 达产项目 | 30 | 少1个扣10分
    """)
    assert len(table.lines) == 6


@pytest.mark.parametrize('said', ['同上', '〃'])
def test_a_cell_that_points_at_the_one_above_is_told(said: str) -> None:
    table = read_picture(f"""
        序号 | 考核内容 | 分值 | 评分标准 | 责任科室
        1 | 人过安检门 | 40 | 漏检1次扣5分 | 安检科
        2 | 包过安检机 | 40 | {said} | 安检科
        3 | 例检合格出站 | 20 | 未例检1台扣10分 | {said}
    """)
    told = [[doubt for doubt in line.doubts if said in doubt] for line in table.lines]
    assert told == [[], [f'格子里写的是“{said}”，没有换成上面的内容'], [f'格子里写的是“{said}”，没有换成上面的内容']]
