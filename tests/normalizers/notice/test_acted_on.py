from __future__ import annotations

import pytest

from kaohe.extractors.document import Table
from kaohe.normalizers import normalize
from kaohe.normalizers.catalogue import Catalogue, Clause
from kaohe.normalizers.notice.exceptions_named import exceptions_in, named_thing
from tests.normalizers.tables import document, draw

SCORED = '项目 | 考核内容 | 评分标准 | 分值\n河道 | 落实巡河制度 | 缺一次扣0.5分 | 5\n^ | 按时上报 | 迟报一次扣1分 | 5'
BESIDES = """
    类别 | 评分标准
    加分事项 | 水质考核（省考）等级提升的，加5分
    ^ | 经验被推广的，省级加2分，市级加1分
    ^ | 获得表彰的，每项加1分
    减分事项 | 被通报的，每起扣2分
    ^ | 瞒报的，每次扣1分
"""


def read(*parts: str | Table) -> Catalogue:
    return normalize(document('青川市河道管护考核办法', *parts), 'x.docx')


def outside(catalogue: Catalogue, effect: str = 'cap') -> Clause:
    (found,) = [one for one in catalogue.clauses if one.scope != 'line' and one.effect == effect]
    return found


def bound(catalogue: Catalogue, clause: Clause) -> list[str]:
    return [catalogue.clauses[at].text for at in clause.binds]


def test_a_limit_of_bonus_points_names_its_table_and_category_and_leaves_out_its_exception() -> None:
    catalogue = read(draw(SCORED), '加分和减分事项', draw(BESIDES, 1), '注：除省考外，其他加分总分不超过6分。')
    clause = outside(catalogue)
    assert (clause.scope, clause.acts_on, clause.category) == ('category', 1, ('加分事项',))
    assert clause.exceptions == ('省考',)
    assert bound(catalogue, clause) == ['经验被推广的，省级加2分', '市级加1分', '获得表彰的，每项加1分']


def test_a_limit_without_exception_binds_all_that_adds() -> None:
    catalogue = read(draw(BESIDES), '注：加分总分不超过6分。')
    assert outside(catalogue).exceptions == ()
    assert len(outside(catalogue).binds) == 4


def test_a_limit_of_deductions_binds_what_takes() -> None:
    catalogue = read(draw(BESIDES), '注：累计扣分不超过10分。')
    clause = outside(catalogue)
    assert clause.category == ('减分事项',)
    assert bound(catalogue, clause) == ['被通报的，每起扣2分', '瞒报的，每次扣1分']


def test_a_rule_of_the_whole_table_binds_its_deductions_and_no_other_tables() -> None:
    catalogue = read(draw(SCORED), '注：本标准中累计扣分的，扣完为止。', '镇街考核评分表', draw(SCORED, 1))
    clause = outside(catalogue)
    assert (clause.scope, clause.acts_on, clause.category) == ('table', 0, None)
    assert clause.binds == (0, 1)


def test_a_rule_of_the_notice_in_running_text_holds_for_each_table() -> None:
    catalogue = read('本标准中累计扣分的，扣完为止。', draw(SCORED), '镇街考核评分表', draw(SCORED, 1))
    clause = outside(catalogue)
    assert (clause.scope, clause.acts_on) == ('table', None)
    assert clause.binds == (0, 1, 2, 3)


def test_a_rule_in_the_title_of_a_category_binds_the_lines_below_it() -> None:
    catalogue = read(
        draw("""
            考核内容 | 分值 | 评分标准
            防汛值守 | 10 | 脱岗一次扣1分
            加分项（最高不超过5分） | < | <
            获得表彰 | | 获市级表彰加1分
        """)
    )
    clause = outside(catalogue)
    assert (clause.acts_on, clause.category) == (0, ('加分项',))
    assert bound(catalogue, clause) == ['获市级表彰加1分']


def test_a_category_that_is_named_is_meant() -> None:
    catalogue = read(
        draw("""
            项目 | 考核内容 | 评分标准 | 分值
            河道 | 落实巡河制度 | 缺一次扣0.5分 | 5
            宣传 | 按时上报 | 迟报一次扣1分 | 5
            ^ | 按月更新专栏 | 缺一期扣1分 | 5
        """),
        '注：“宣传”类累计扣分不超过3分。',
    )
    clause = outside(catalogue)
    assert (clause.category, clause.binds) == (('宣传',), (1, 2))


def test_a_line_that_is_named_is_meant() -> None:
    catalogue = read(
        draw("""
            项目 | 考核内容 | 评分标准 | 分值
            河道 | 落实巡河制度 | 缺一次扣0.5分 | 5
            宣传 | 按时上报 | 迟报一次扣1分 | 5
        """),
        '注：“宣传”项累计扣分不超过3分。',
    )
    assert (outside(catalogue).category, outside(catalogue).binds) == (None, (1,))


def test_a_limit_of_a_matter_of_its_own_binds_no_lines() -> None:
    catalogue = read(draw(SCORED), '逾期未反馈的进行扣分处理，每项0.5分，上限10分。')
    assert bound(catalogue, outside(catalogue)) == ['逾期未反馈的进行扣分处理，每项0.5分']


def test_an_exception_that_no_line_names_is_a_doubt() -> None:
    catalogue = read(draw(BESIDES), '注：除竞赛外其他加分总分不超过6分。')
    told = [one.message for one in catalogue.findings if one.code == 'clause.doubtful']
    assert len(told) == 1
    assert '竞赛' in told[0]


@pytest.mark.parametrize(
    ('text', 'left_out'),
    [
        ('除竞赛外其它加分总分不超过6分', ('竞赛',)),
        ('除“竞赛”、省级表彰以外，其余加分合计不超过6分', ('竞赛', '省级表彰')),
        ('加分总分不超过6分（竞赛加分除外）', ('竞赛加分',)),
        ('加分最高10分（不含专项奖励）', ('专项奖励',)),
        ('加分总分不超过6分，抗洪抢险不受此限', ('抗洪抢险',)),
        ('除另有规定外，加分总分不超过6分', ()),
        ('加分总分不超过6分', ()),
        ('除外包服务费用', ()),
    ],
)
def test_what_a_sentence_leaves_out(text: str, left_out: tuple[str, ...]) -> None:
    assert exceptions_in(text) == left_out


def test_an_exception_is_looked_for_without_what_is_done_with_it() -> None:
    assert [named_thing(word) for word in ('竞赛加分', '专项奖励', '加分')] == ['竞赛', '专项', '加分']


def test_a_limit_of_deductions_binds_those_of_scored_lines_where_penalty_lines_take_no_points() -> None:
    vetoes = '类别 | 事项\n扣分事项 | 发生重大事故的，一票否决\n^ | 瞒报的，取消评优资格'
    catalogue = read(
        draw(SCORED), '扣分和否决事项', draw(vetoes, 1), '各表标准中的扣减分值为基准分的最大值，扣完为止。'
    )
    assert bound(catalogue, outside(catalogue)) == ['缺一次扣0.5分', '迟报一次扣1分']


def test_a_choice_of_the_highest_of_several_honours_acts_on_what_adds() -> None:
    catalogue = read(draw(SCORED), '加分和减分事项', draw(BESIDES, 1), '注：同一事项受到多项表彰、批示的，取最高分值。')
    clause = outside(catalogue, 'choose')
    assert (clause.acts_on, clause.category) == (1, ('加分事项',))
