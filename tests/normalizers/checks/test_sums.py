from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kaohe.normalizers import normalize, steps
from kaohe.normalizers.lines.line import TableRead
from kaohe.normalizers.lines.scoring_tables import read_tables
from tests.normalizers.checks.paper import catalogue_of, findings_of
from tests.normalizers.tables import document, draw

HEADER = '项目 | 考核内容 | 评分标准 | 分值\n'


def test_sums_that_agree_say_nothing() -> None:
    picture = (
        HEADER + '组织领导（10分） | 甲 | 缺一次扣1分 | 4\n^ | 乙 | 缺一次扣1分 | 6\n制度（5分） | 丙 | 缺一次扣1分 | 5'
    )
    codes = {found.code for found in catalogue_of(picture, '考核表（15分）').findings}
    assert not codes & {'points.sum', 'total.sum', 'points.doubtful'}


def test_a_category_that_does_not_add_up_is_named_with_both_numbers() -> None:
    picture = (
        HEADER + '组织领导（10分） | 甲 | 缺一次扣1分 | 4\n^ | 乙 | 缺一次扣1分 | 5\n制度（5分） | 丙 | 缺一次扣1分 | 5'
    )
    (found,) = findings_of(picture, '2024年度考核评分表（14分）', code='points.sum')
    assert found.message == (
        '表“2024年度考核评分表”：类别“组织领导”印的是 10 分，其下各行合计 9 分。请与发文单位核对哪个数对，核对前不要据此计分。'
    )
    assert (found.table, found.indicator, found.severity, found.about) == (0, 0, 'warning', 'notice')


def test_a_sum_that_nothing_else_proves_is_first_a_doubt_of_the_reading() -> None:
    picture = (
        HEADER + '组织领导（10分） | 甲 | 缺一次扣1分 | 4\n^ | 乙 | 缺一次扣1分 | 5\n制度（5分） | 丙 | 缺一次扣1分 | 5'
    )
    (found,) = findings_of(picture, code='points.sum')
    assert found.about == 'reading'
    assert found.message.endswith('可能是分值或类别读错了：请先对照原件核对这些行，原件确实如此再与发文单位核对。')


def test_a_total_that_all_categories_contradict_is_the_notices_fault() -> None:
    picture = (
        HEADER + '组织领导（9分） | 甲 | 缺一次扣1分 | 4\n^ | 乙 | 缺一次扣1分 | 5\n制度（5分） | 丙 | 缺一次扣1分 | 5'
    )
    (found,) = findings_of(picture, '考核表（20分）', code='total.sum')
    assert found.about == 'notice'


@pytest.mark.parametrize(
    ('title', 'categories', 'proof'),
    [
        ('考核表（14分）', ('组织领导（9分）', '制度（5分）'), 'proved'),
        ('考核表（20分）', ('组织领导（9分）', '制度（5分）'), 'open'),
        ('考核表', ('组织领导', '制度'), 'consistent'),
    ],
)
def test_printed_sums_prove_a_table_or_leave_it_open(title: str, categories: tuple[str, str], proof: str) -> None:
    first, second = categories
    picture = HEADER + f'{first} | 甲 | 缺一次扣1分 | 4\n^ | 乙 | 缺一次扣1分 | 5\n{second} | 丙 | 缺一次扣1分 | 5'
    assert [table.proof for table in catalogue_of(picture, title).tables] == [proof]


def test_a_category_within_a_category_is_checked_too() -> None:
    picture = (
        '一级指标 | 二级指标 | 考核内容 | 评分标准 | 分值\n'
        '党建（10分） | 制度（9分） | 甲 | 缺一次扣1分 | 4\n^ | 队伍（6分） | 乙 | 缺一次扣1分 | 6'
    )
    assert [found.message.split('：')[1][:8] for found in findings_of(picture, code='points.sum')] == ['类别“制度”印的']


def test_a_points_cell_merged_over_lines_counts_once() -> None:
    picture = (
        HEADER
        + '组织领导（10分） | 甲 | 缺一次扣1分 | 10\n^ | 乙 | 缺一次扣1分 | ^\n制度（5分） | 丙 | 缺一次扣1分 | 5'
    )
    assert not findings_of(picture, '考核表（15分）', code='points.sum')
    assert not findings_of(picture, '考核表（15分）', code='total.sum')


def test_what_a_bonus_or_penalty_part_prints_is_its_limit() -> None:
    picture = (
        HEADER
        + '制度（5分） | 甲 | 缺一次扣1分 | 5\n加分项（5分） | 乙 | 每次加2分 | 3\n^ | 丙 | 每次加2分 | 4\n扣分项（10分） | 丁 | 每次扣5分 | 5'
    )
    assert not findings_of(picture, code='points.sum')


def test_many_categories_at_odds_are_our_doubt_not_the_notices_fault() -> None:
    picture = HEADER + '\n'.join(f'类别{n}（10分） | 内容{n} | 缺一次扣1分 | {n}' for n in range(1, 6))
    assert [found.about for found in findings_of(picture, code='points.doubtful')] == ['reading']
    assert not findings_of(picture, code='points.sum')


@pytest.mark.parametrize(('total', 'wrong'), [(10, False), (13, False), (18, False), (12, True), (20, True)])
def test_the_printed_total_may_hold_bonus_and_penalty_or_not(total: int, wrong: bool) -> None:
    picture = HEADER + '制度 | 甲 | 缺一次扣1分 | 10\n加分项 | 乙 | 每次加1分 | 3\n扣分项 | 丙 | 每次扣1分 | 5'
    assert bool(findings_of(picture, f'考核表（{total}分）', code='total.sum')) is wrong


def test_a_wrong_total_is_said_with_and_without_bonus() -> None:
    picture = HEADER + '制度 | 甲 | 缺一次扣1分 | 10\n加分项 | 乙 | 每次加1分 | 3'
    (found,) = findings_of(picture, '考核表（20分）', code='total.sum')
    assert '印的总分是 20 分，各行合计 10 分，连同加分项 13 分' in found.message


def test_points_that_were_not_read_leave_sums_unsaid() -> None:
    picture = HEADER + '组织领导（10分） | 甲 | 缺一次扣1分 | 4\n^ | 乙 | 缺一次扣1分 | 另定'
    codes = {found.code for found in catalogue_of(picture, '考核表（20分）').findings}
    assert not codes & {'points.sum', 'total.sum'}


def test_a_bonus_line_counts_where_only_it_makes_up_the_printed_total() -> None:
    picture = HEADER + '制度 | 甲 | 缺一次扣1分 | 95\n加分项 | 乙 | 每次加1分 | 5'
    assert [line.counts_to_total for line in catalogue_of(picture, '考核表（100分）').indicators] == [True, True]
    assert [line.counts_to_total for line in catalogue_of(picture, '考核表（95分）').indicators] == [True, False]


def test_sub_items_of_a_requirement_make_up_the_lines_points() -> None:
    picture = (
        HEADER
        + '制度 | 1.成立领导小组（2分）。/2.制定方案（2分）。 | 缺一项扣1分 | 5\n队伍 | 1.配备人员（2分）。/2.开展培训（3分）。 | 缺一项扣1分 | 5'
    )
    (found,) = findings_of(picture, code='items.sum')
    assert found.indicator == 0
    assert '本行 5 分，各小项的分值合计 4 分' in found.message


def test_alternatives_and_amounts_for_each_in_criteria_are_no_wrong_sum() -> None:
    picture = (
        HEADER
        + '培训 | 甲 | 培训全员（2分），仅部分（1分），有资料（3分） | 5\n站点 | 乙 | 有网络（2分）；有车辆（2分）；查两站（每站3分） | 10'
    )
    assert not findings_of(picture, code='items.sum')


def test_points_in_the_catalogue_are_decimal() -> None:
    (line, *_) = normalize(
        document(draw(HEADER + '制度 | 甲 | 缺一次扣1分 | 0.5\n队伍 | 乙 | 缺一次扣1分 | 1')), 'x'
    ).indicators
    assert line.points == Decimal('0.5')


_FOUR = (
    HEADER
    + '制度（5分） | 甲 | 缺一次扣1分 | 5\n队伍（6分） | 乙 | 缺一次扣1分 | 6\n台账（4分） | 丙 | 缺一次扣1分 | 4\n'
)


@pytest.mark.parametrize(
    ('title', 'last', 'about'),
    [
        # all the rest adds up, and what the categories print comes to the total: the one at odds is a misprint
        ('考核表（25分）', '培训（10分） | 丁 | 缺一次扣1分 | 4\n^ | 戊 | 缺一次扣1分 | 8', 'notice'),
        # the categories do not come to the total: one of them may be read wrongly
        ('考核表（27分）', '培训（10分） | 丁 | 缺一次扣1分 | 4\n^ | 戊 | 缺一次扣1分 | 9', 'reading'),
        # a line whose points stand elsewhere may hold the rest
        ('考核表（25分）', '培训（10分） | 丁 | 缺一次扣1分 | 4\n^ | 戊 | 缺一次扣1分 |', 'reading'),
        # a line was read with doubt, or its points cell says more than its points
        ('考核表（25分）', '培训（10分） | 丁 | 缺一次扣1分 | 4\n^ | 戊 | 缺一次扣1分 | 最高8分', 'reading'),
        ('考核表（25分）', '培训（10分） | 丁 | 缺一次扣1分 | 4\n^ | 戊 | 讲得好的酌情 3 分左右 | 8', 'reading'),
        # two at odds: lines may stand in the wrong one
        (
            '考核表（35分）',
            '培训（10分） | 丁 | 缺一次扣1分 | 12\n宣传（10分） | 戊 | 缺一次扣1分 | 7',
            'reading',
        ),
    ],
)
def test_the_one_category_at_odds_in_a_table_that_adds_up_is_the_notices_fault(
    title: str, last: str, about: str
) -> None:
    assert {found.about for found in findings_of(_FOUR + last, title, code='points.sum')} == {about}
    assert {found.about for found in findings_of(_FOUR + last, title, code='total.sum')} <= {about}


def test_digits_recognised_from_a_picture_are_no_misprint_unless_sums_prove_them() -> None:
    paper = document('考核表（25分）', draw(_FOUR + '培训（10分） | 丁 | 缺一次扣1分 | 12'))
    (table,) = paper.tables
    seen = replace(table, cells=tuple(replace(cell, confidence=0.99) for cell in table.cells))
    for read, about in ((table, 'notice'), (seen, 'reading')):
        found = normalize(replace(paper, tables=(read,)), 'x.docx').findings
        assert {one.about for one in found if one.code in ('points.sum', 'total.sum')} == {about}


def test_points_that_no_line_holds_leave_a_sum_that_fails_a_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    def without_the_last_line(*told: object) -> tuple[TableRead, ...]:
        return tuple(replace(table, lines=table.lines[:-1]) for table in read_tables(*told))  # type: ignore[arg-type]

    whole = _FOUR + '培训（10分） | 丁 | 缺一次扣1分 | 4\n^ | 戊 | 缺一次扣1分 | 6'
    assert [table.proof for table in catalogue_of(whole, '考核表（25分）').tables] == ['proved']
    monkeypatch.setattr(steps, 'read_tables', without_the_last_line)
    (found,) = findings_of(whole, '考核表（25分）', code='points.sum')
    assert (found.about, '其下各行合计 4 分' in found.message) == ('reading', True)
