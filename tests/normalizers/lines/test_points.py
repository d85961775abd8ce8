"""Points in cells of their own and behind titles."""

from decimal import Decimal

import pytest

from kaohe.normalizers.columns.points_cell import cell_points, read_points_cell
from kaohe.normalizers.columns.printed_points import printed_after
from tests.normalizers.tables import read_picture, says


@pytest.mark.parametrize(
    ('text', 'points'),
    [
        ('4', '4'), ('3 分', '3'), ('２．5', '2.5'), ('10%', '10'), ('0-5分', '5'), ('30～40', '40'), ('一票否决\n30', '30'),
        ('满分10分', '10'), ('0.2', '0.2'),
    ],
)  # fmt: skip
def test_a_points_cell_holds_its_number_or_the_upper_end_of_its_range(text: str, points: str) -> None:
    assert cell_points(text) == Decimal(points)


@pytest.mark.parametrize('text', ['', '—', '加分', '一票否决', '2024年', '1\n5', '每2项'])
def test_a_points_cell_without_a_plain_amount_has_none(text: str) -> None:
    assert cell_points(text) is None


@pytest.mark.parametrize(
    ('text', 'points'),
    [
        ('5分（每项1分）', '5'),
        ('10（含加分5）', '10'),
        ('每项1分，共5分', '5'),
        ('十五分', '15'),
        ('五', '5'),
        ('廿', '20'),
        ('≤5', '5'),
        ('3\n0', '30'),
        ('1\n0\n分', '10'),
        ('0.\n5', '0.5'),
        ('2\n.5', '2.5'),
    ],
)
def test_a_points_cell_with_several_numbers_or_with_numerals_is_read_by_its_words(text: str, points: str) -> None:
    assert read_points_cell(text) == (Decimal(points), None)


@pytest.mark.parametrize(
    ('text', 'points'),
    [
        ('1 5', '15'),
        ('3 0', '30'),
        ('1 0 0 分', '100'),
        ('10 5', '10'),
        ('1O', '10'),
        ('lO分', '10'),
        ('1,5', '1.5'),
        ('5/3', '5'),
        ('5+2', '5'),
        ('5（3）', '5'),
        ('2025-03-05', None),
    ],
)
def test_a_points_cell_that_its_words_do_not_decide_is_doubted(text: str, points: str | None) -> None:
    found = read_points_cell(text)
    assert found.points == (None if points is None else Decimal(points))
    assert found.doubt


@pytest.mark.parametrize('text', ['1\n5', '2\n3\n5', '2\n0.5', '10\n0'])
def test_numbers_below_each_other_that_may_be_several_are_none(text: str) -> None:
    assert read_points_cell(text).points is None


def test_a_numeral_that_may_be_a_label_is_no_amount_outside_the_points_column() -> None:
    assert cell_points('二') is None
    assert cell_points('二分') == 2


@pytest.mark.parametrize(
    ('title', 'name', 'points'),
    [
        ('组织领导（10分）', '组织领导', '10'), ('人事\n5\n分', '人事', '5'), ('药政25分', '药政', '25'), ('回扣治理（3）', '回扣治理', '3'),
        ('深化品牌(30 分)', '深化品牌', '30'), ('技术部分（0-30分）', '技术部分', '30'), ('商务【满分40分】', '商务', '40'), ('质量（权重20%）', '质量', '20'),
        ('综合评价 (40分) (另有规定的除外)', '综合评价', '40'), ('经济发展：35分', '经济发展', '35'),
    ],
)  # fmt: skip
def test_points_behind_a_title_are_found_in_every_print(title: str, name: str, points: str) -> None:
    found = printed_after(title)
    assert found is not None
    assert title[: found.start].strip() == name
    assert found.points == Decimal(points)


@pytest.mark.parametrize(
    'title',
    [
        '（二）清廉文化',
        '管理费用占比20%',
        '评估90分以上',
        '（1）组织领导',
        '未开展扣1分',
        '每少1分',
        '处方合格率（100%）',
        '第15项',
        '（5分）',
        '120急救',
    ],
)
def test_labels_targets_and_lone_points_are_no_points_behind_a_title(title: str) -> None:
    assert printed_after(title) is None


@pytest.mark.parametrize('text', ['#DIV/0!', '#REF!', '#N/A'])
def test_the_error_of_a_formula_is_no_amount(text: str) -> None:
    read = read_points_cell(text)
    assert read.points is None
    assert read.doubt == f'分值栏里是公式的错误值“{text}”'


def test_lines_that_share_one_points_cell_are_scored_all_of_them() -> None:
    steps = '\n'.join(f'^ | ^ | 班长接到报告后完成第{n}步操作并向调度室汇报 | ^ | ^' for n in '二三四五')
    table = read_picture(f"""
        序号 | 试题名称 | 评分要素 | 配分 | 考核时间
        1 | 阀门泄漏 | 值班员巡检发现险情并向班长汇报 | 100 | 10min
        {steps}
        ^ | ^ | 灭火器使用错误 | 扣20分 | ^
        2 | 机泵着火 | 值班员巡检发现火情并向班长汇报 | 100 | 10min
        {steps}
        ^ | ^ | 造成人员伤害 | 扣50分 | ^
    """)
    assert table.kind == 'scoring'
    assert says(table.lines, 'level1', 'points', 'kind') == [
        ('阀门泄漏', '100', 'scored'),
        *[('阀门泄漏', None, 'scored')] * 4,
        ('阀门泄漏', '20', 'penalty'),
        ('机泵着火', '100', 'scored'),
        *[('机泵着火', None, 'scored')] * 4,
        ('机泵着火', '50', 'penalty'),
    ]


def test_a_cell_that_is_no_part_of_the_whole_and_prints_no_points_gives_none() -> None:
    table = read_picture("""
        指标项 | 考核内容 | 评分标准 | 分值
        保洁 | 站房保洁 | 每处不洁扣1分 | 60
        台账 | 台账齐全 | 每缺1份扣1分 | 40
        红线 | 瞒报险情 | 一票否决，取消评优资格 | 不占分值
    """)
    assert [line.kind for line in table.lines][2:] == ['scored']


def test_points_beside_the_whole_count_to_no_total() -> None:
    table = read_picture("""
        指标项 | 考核内容 | 评分标准 | 权重
        产值 | 按月度计划完成产值 | 每少1%扣1分 | 占考核分值60%
        进度 | 按月度计划完成进度 | 每少1%扣1分 | 占考核分值的40%
        报废 | 控制产品报废 | 每报废一件扣1分 | 不占考核分值，最多扣10分
        抢工 | 按计划完成抢工 | 每完成一项加0.5分 | 不计入总分，上限为10分
    """)
    assert [(line.points, line.kind, line.counts_to_total) for line in table.lines] == [
        (60, 'scored', True), (40, 'scored', True), (10, 'penalty', False), (10, 'bonus', False)
    ]  # fmt: skip


@pytest.mark.parametrize(('title', 'kind'), [('培训安排表', 'list'), ('培训考核表', 'scoring')])
def test_a_plan_of_trainings_that_share_points_is_no_scoring_table(title: str, kind: str) -> None:
    table = read_picture(
        """
        序号 | 培训内容 | 培训时间 | 分值
        1 | 手卫生操作要点 | 3月 | 6
        2 | 锐器伤处置流程 | 4月 | ^
        3 | 医疗废物分类收集 | 5月 | ^
        4 | 职业防护用品穿脱 | 6月 | 4
        5 | 多重耐药菌隔离 | 7月 | ^
    """,
        f'柳溪区人民医院{title}',
    )
    assert table.kind == kind
