"""Columns beside those of the points, the numbers and the rules: what each time costs, where that ends, codes, explanations."""

from __future__ import annotations

import pytest

from kaohe.normalizers.columns.header_rows import read_head
from tests.normalizers.tables import read_picture, says


@pytest.mark.parametrize('head', ['每次加分', '每处扣分', '单次扣分值', '每人次扣分'])
def test_what_each_time_costs_or_brings_is_a_column_of_points(head: str) -> None:
    found = read_head(head)
    assert found is not None
    assert found.kind == 'points'


@pytest.mark.parametrize('merges', [True, False])
@pytest.mark.parametrize('head', ['每次扣分', '最高扣分', '扣分上限'])
def test_what_each_time_costs_and_where_that_ends_is_told_beside_the_points_in_every_format(
    head: str, merges: bool
) -> None:
    table = read_picture(
        f"""
        序号 | 考核内容 | {head} | 分值 | 评分标准
        1 | 路面整洁 | 2 | 10 | 有垃圾堆积的扣分
        2 | 公厕干净 | 5 | 5 | 有异味的扣分
        3 | 车辆有序 | 4 | 20 | 乱停放的扣分
        """,
        merges=merges,
    )
    assert says(table.lines, 'points') == [('10',), ('5',), ('20',)]
    doubts = [line.doubts for line in table.lines]
    assert doubts == [
        (f'有两栏分值，另一栏“{head}”是“2”，没有读进条款',),
        (),  # as much as the line has
        (f'有两栏分值，另一栏“{head}”是“4”，没有读进条款',),
    ]


def test_a_limit_that_several_lines_share_is_told_at_each_of_them() -> None:
    table = read_picture("""
        序号 | 考核内容 | 评分标准 | 分值 | 最高扣分
        1 | 路面整洁 | 每处扣1分 | 10 | 12
        2 | 公厕干净 | 每处扣1分 | 10 | ^
        3 | 车辆有序 | 每辆扣1分 | 20 | 20
    """)
    assert [len(line.doubts) for line in table.lines] == [1, 1, 0]


def test_points_that_several_lines_share_are_theirs_though_each_has_its_own_cost() -> None:
    table = read_picture("""
        考核项目 | 考核内容 | 分值 | 每次扣分
        保洁 | 路面有垃圾的 | 20 | 0.5
        ^ | 公厕有异味的 | ^ | 1
        秩序 | 车辆乱停的 | 10 | 0.2
    """)
    assert says(table.lines, 'points') == [('20',), (None,), ('10',)]
    assert all('“每次扣分”' in doubt for line in table.lines for doubt in line.doubts[:1])


def test_of_what_each_time_brings_and_where_that_ends_the_end_is_what_can_be_won() -> None:
    table = read_picture(
        """
        序号 | 加分事项 | 每次加分 | 最高加分
        1 | 获市级表彰的 | 0.5 | 2
        2 | 经验被推广的 | 1 | 3
        """,
        '加分项目表',
    )
    assert says(table.lines, 'kind', 'points') == [('bonus', '2'), ('bonus', '3')]
    assert all('“每次加分”' in line.doubts[0] for line in table.lines)


@pytest.mark.parametrize(
    ('heads', 'rows', 'numbers'),
    [
        ('序号 | 编码', ('1 | DA-01', '2 | DA-02'), [('1',), ('2',)]),
        ('指标编码 | 序号', ('DA-01 | 1', 'DA-02 | 2'), [('1',), ('2',)]),
        ('编码 | 条款号', ('DA-01 | 3.1', 'DA-02 | 3.2'), [('DA-01',), ('DA-02',)]),
    ],
)
def test_a_line_has_one_number_whatever_codes_stand_beside_it(
    heads: str, rows: tuple[str, str], numbers: list[tuple[str]]
) -> None:
    table = read_picture(f"""
        {heads} | 考核内容 | 评分标准 | 分值
        {rows[0]} | 档案齐全 | 每缺1份扣1分 | 10
        {rows[1]} | 归档及时 | 每迟1天扣1分 | 20
    """)
    assert says(table.lines, 'number') == numbers
    assert says(table.lines, 'requirement') == [('档案齐全',), ('归档及时',)]


def test_what_explains_the_rules_belongs_to_them() -> None:
    table = read_picture("""
        序号 | 考核内容 | 分值 | 评分标准 | 评分标准说明
        1 | 路面整洁 | 10 | 每发现1处扣0.5分 | 同一处不重复扣分
        2 | 公厕干净 | 20 | 每处扣2分 | 包括流动公厕
    """)
    assert says(table.lines, 'name', 'requirement', 'criteria') == [
        (None, '路面整洁', '每发现1处扣0.5分\n同一处不重复扣分'),
        (None, '公厕干净', '每处扣2分\n包括流动公厕'),
    ]


def test_a_weight_that_calls_itself_one_leaves_the_name_with_its_word() -> None:
    table = read_picture("""
        序号 | 考核项目 | 评分标准 | 分值
        1 | 招商引资权重10% | 每少1个扣1分 | 10
        2 | 项目建设 权重：20% | 每少1个扣1分 | 20
        3 | 争取资金70% | 每少1%扣2分 | 70
    """)
    assert says(table.lines, 'name', 'points') == [('招商引资', '10'), ('项目建设', '20'), ('争取资金', '70')]


@pytest.mark.parametrize(
    'picture',
    [
        """
        考核类别 | 小计 | 考核内容 | 分值 | 扣分标准
        农村厕所 | 30 | 户厕合格 | 20 | 1户不合格扣2分
        ^ | ^ | 公厕有人管 | 10 | 1座无人管扣5分
        生活污水 | 50 | 设施运行 | 50 | 1座停运扣10分
        """,
        """
        考核类别 | 考核内容 | 扣分标准 | 分值 | 合计
        农村厕所 | 户厕合格 | 1户不合格扣2分 | 20 | 30
        ^ | 公厕有人管 | 1座无人管扣5分 | 10 | ^
        生活污水 | 设施运行 | 1座停运扣10分 | 50 | 50
        """,
    ],
)
def test_sums_in_a_column_of_their_own_are_the_points_of_the_categories(picture: str) -> None:
    table = read_picture(picture)
    assert says(table.lines, 'level1', 'level1_points', 'points') == [
        ('农村厕所', '30', '20'),
        ('农村厕所', '30', '10'),
        ('生活污水', '50', '50'),
    ]


def test_sums_of_what_was_reached_are_no_points_of_categories() -> None:
    table = read_picture("""
        考核类别 | 考核内容 | 扣分标准 | 分值 | 得分 | 小计
        农村厕所 | 户厕合格 | 1户不合格扣2分 | 20 | 18 | 26
        ^ | 公厕有人管 | 1座无人管扣5分 | 10 | 8 | ^
        生活污水 | 设施运行 | 1座停运扣10分 | 50 | 40 | 40
    """)
    assert says(table.lines, 'level1_points', 'points') == [(None, '20'), (None, '10'), (None, '50')]
