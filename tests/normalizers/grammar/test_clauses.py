from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaohe.normalizers.grammar.clauses.clause_match import ClauseMatch
from kaohe.normalizers.grammar.clauses.reader import read_clauses
from tests.growth import hold_growth, seconds
from tests.normalizers.grammar.reading import in_short, read


def _texts(text: str, **choices: object) -> list[str]:
    return [text[clause.start : clause.end] for clause in read_clauses(text, **choices).matches]  # type: ignore[arg-type]


def _one(text: str) -> ClauseMatch:
    (clause,) = read_clauses(text).matches
    return clause


def test_a_clause_holds_its_condition_and_ends_with_its_amount() -> None:
    text = '查阅台账。未建立制度的，扣1分；制度不落实的，每发现一例扣0.5分。'
    assert _texts(text) == ['未建立制度的，扣1分', '制度不落实的，每发现一例扣0.5分']


def test_the_condition_is_said_without_the_amount() -> None:
    assert _one('未按期报送的，扣1分').condition == '未按期报送'
    assert _one('扣1分').condition is None
    assert _one('满意度未达８０％，则扣１分').condition == '满意度未达８０％'
    assert _one('检查细则扣1分').condition == '检查细则'


def test_spans_fit_the_source_through_white_space_and_full_width_print() -> None:
    text = '　整改率达到９０％的，得 ２ 分；\n每下降\n1个百分点，扣 ０．５分。'
    found = read_clauses(text).matches
    assert in_short(found) == 'award 2; deduct 0.5 /1 百分点'
    assert _texts(text)[0].endswith('得 ２ 分')
    assert _texts(text)[1].endswith('扣 ０．５分')


def test_a_line_feed_between_statements_parts_them() -> None:
    assert _texts('未设专人扣1分\n资料不全扣0.5分') == ['未设专人扣1分', '资料不全扣0.5分']


@pytest.mark.parametrize(
    ('text', 'expected'),
    [
        ('每少4%扣0.3分', 'deduct 0.3 /4 %'),
        ('每低百分之五扣一分', 'deduct 1 /5 %'),
        ('每少5万扣0.2分', 'deduct 0.2 /5 万'),
        ('每个行业未覆盖扣0.5分', 'deduct 0.5 /1 个'),
        ('每个DDDs扣0.2分', 'deduct 0.2 /1 DDDs'),
        ('每少一个月扣0.1分', 'deduct 0.1 /1 月'),
        ('每次（项）扣1分', 'deduct 1 /1 次'),
        ('到岗每少扣0.2分', 'deduct 0.2 /1'),
        ('未落实每半年召开一次分析会的，扣1分', 'deduct 1'),
        ('未落实每年至少一次听取汇报的，扣1分', 'deduct 1'),
        ('监督检查少于2次扣0.5分', 'deduct 0.5'),
        ('录用1条得0.2分', 'award 0.2 /1 条'),
        ('出台一项政策文件得0.5分', 'award 0.5'),
        ('每类缺1项扣0.5分', 'deduct 0.5 /1 项'),
        ('未落实一岗双责的扣1分', 'deduct 1'),
        ('由1家单位未按时完成，扣1分', 'deduct 1 /1 家'),
        ('一次在总分中扣除3分', 'deduct 3 /1 次'),
        ('每出现一起，按县、镇、村分别扣5、4、3分', 'deduct 5 /1 起; deduct 4 /1 起; deduct 3 /1 起'),
        ('每少1万2000元扣1分', 'deduct 1 /12000 元'),
        ('每少一亿二千万元扣2分', 'deduct 2 /120000000 元'),
        ('每少5×10⁴m³扣1分', 'deduct 1 /50000 m³'),
        ('每少10⁴尾扣1/2分', 'deduct 0.5 /10000 尾'),
        ('每低1℃扣½分', 'deduct 0.5 /1 ℃'),
        ('每升高2℃扣0.5分', 'deduct 0.5 /2 ℃'),
        ('每少100㎡扣1½分', 'deduct 1.5 /100 ㎡'),
        ('每超10μg/m³扣1分', 'deduct 1 /10 μg/m³'),
        ('每少千元扣1分', 'deduct 1 /1 千元'),
        ('每缺百人扣1分', 'deduct 1 /100 人'),
    ],
)
def test_what_an_amount_is_counted_by(text: str, expected: str) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ('text', 'expected'),
    [
        ('脱岗1次扣1分、2次扣3分、3次及以上不得分', 'deduct 1; deduct 3; forfeit'),
        ('迟到1次扣0.5分、2-3次扣1分、4次以上扣2分', 'deduct 0.5; deduct 1; deduct 2'),
        ('缺1份扣1分、2、3份扣2分', 'deduct 1; deduct 2'),
        ('迟到扣1分、30分钟以上扣2分', 'deduct 1; deduct 2'),
        ('分别扣3、2、1分', 'deduct 3; deduct 2; deduct 1'),
    ],
)
def test_a_number_that_is_no_amount_ends_the_list_before_it(text: str, expected: str) -> None:
    read = read_clauses(text)
    assert in_short(read.matches) == expected
    assert read.unheld == ()


def test_a_list_of_units_counts_each_amount_by_its_own() -> None:
    assert (
        read('每单条、综合、简讯分别加0.2、0.1、0.05分') == 'bonus 0.2 /1 单条; bonus 0.1 /1 综合; bonus 0.05 /1 简讯'
    )


def test_a_list_gives_each_amount_its_own_member_of_the_condition() -> None:
    found = read_clauses('获国家级、省级、市级表彰的，分别加3、2、1分').matches
    assert [(clause.points, clause.condition) for clause in found] == [(3, '获国家级'), (2, '省级'), (1, '市级表彰')]
    assert {(clause.start, clause.end) for clause in found} == {(0, 23)}


def test_a_level_goes_on_being_counted_as_the_one_before() -> None:
    assert read('每获1项国家级加3分，省级加2分') == 'bonus 3 /1 项; bonus 2 /1 项'


def test_points_given_in_a_bonus_line_are_added_and_bare_ones_in_a_penalty_line_taken() -> None:
    assert read('每条计3分', 'bonus') == 'bonus 3 /1 条'
    assert read('每条计3分') == 'award 3 /1 条'
    assert read('每次2分', 'penalty') == 'deduct 2 /1 次'


def test_points_behind_a_sub_item_of_the_requirement_are_no_clause() -> None:
    text = '1.健全组织（1分）\n2.完成任务（2分）'
    assert read_clauses(text, field='requirement').matches == ()
    assert read_clauses(text, field='requirement', has_criteria=False).matches == ()
    assert in_short(read_clauses(text, field='criteria').matches) == 'award 1; award 2'


def test_a_requirement_that_says_how_points_move_is_read_with_and_without_criteria() -> None:
    text = '完成任务，未完成1项扣5分。'
    for has_criteria in (True, False):
        assert in_short(read_clauses(text, field='requirement', has_criteria=has_criteria).matches) == 'deduct 5 /1 项'


def test_clauses_know_the_item_they_stand_under() -> None:
    found = read_clauses('1.未开展扣1分。\n2.未备案扣0.5分；缺1项扣0.2分 3.未归档不得分').matches
    assert [clause.item for clause in found] == ['1', '2', '2', '3']
    found = read_clauses('①未签订的，不得分；② 未落实的，扣1分。（三）逾期的，扣1分').matches
    assert [clause.item for clause in found] == ['①', '②', '（三）']


def test_numbered_items_that_a_clause_names_are_its_item() -> None:
    assert _one('第2-5项任务未达到进度的，各扣1分').item == '2-5'


def test_numbers_that_only_look_like_labels_are_none() -> None:
    found = read_clauses('每次分别加2、1、0.5分；完成率达1.5倍的加2分').matches
    assert {clause.item for clause in found} == {None}


def test_a_limit_binds_what_it_limits_and_a_single_clause_carries_it() -> None:
    found = read_clauses('每缺一次扣1分，最高扣10分；未整改，每项扣1分').matches
    assert found[1].binds == (0,)
    assert [clause.cap for clause in found] == [Decimal(10), None, None]


def test_a_limit_after_the_statements_binds_them_all() -> None:
    found = read_clauses('超标的扣1分；违规的扣1分。此项扣完为止。').matches
    assert found[2].binds == (0, 1)


def test_a_limit_does_not_reach_over_the_limit_before_it() -> None:
    found = read_clauses('发现1例扣0.2分，扣完为止，漏报1例扣0.5分，扣完为止').matches
    assert [clause.binds for clause in found] == [(), (0,), (), (2,)]


def test_a_limit_on_points_taken_does_not_bind_points_given() -> None:
    found = read_clauses('完成的得2分，每缺1项扣1分，最高扣2分').matches
    assert found[2].binds == (1,)


def test_a_veto_is_one_a_statement() -> None:
    assert read('实行一票否决，取消评优资格。瞒报的，取消评先资格') == 'veto; veto'


def test_misprints_are_mended_and_told() -> None:
    text = '未达标扣0..2分，未公示扣0.5份'
    found = read_clauses(text)
    assert in_short(found.matches) == 'deduct 0.2; deduct 0.5'
    assert [text[start:end] for start, end in found.mended] == ['0..2分', '0.5份']


@pytest.mark.parametrize('verb', ['赋值为', '赋值', '赋分为', '赋分'])
@pytest.mark.parametrize('mark', ['', '分'])
def test_values_that_are_assigned_are_given(verb: str, mark: str) -> None:
    text = f'有定量描述，{verb}3{mark}；只有定性描述，{verb}2{mark}；没有描述，{verb}0{mark}'
    found = read_clauses(text)
    assert [clause.condition for clause in found.matches] == ['有定量描述', '只有定性描述', '没有描述']
    assert in_short(found.matches) == 'award 3; award 2; forfeit'


def test_amounts_that_no_clause_holds_are_told() -> None:
    text = '本项由各部门自评3分后汇总，未完成的扣1分'
    found = read_clauses(text)
    assert in_short(found.matches) == 'deduct 1'
    assert [text[start:end] for start, end in found.unheld] == ['3分']
    assert found.amounts_seen == 2


@pytest.mark.parametrize(
    'text',
    [
        '90分以上', '共2分', '每少1分', '9时30分', '25个学分（国家级5分）', '得分达到80分的', '30分钟', '1.违法转包；\n2.分包合同不全',
        '3.分析不到位',
    ],
)  # fmt: skip
def test_numbers_of_points_that_move_none_are_not_amounts(text: str) -> None:
    found = read_clauses(text)
    assert (found.matches, found.amounts_seen) == ((), 0)


@pytest.mark.parametrize(
    'text',
    ['', '。', '（（（扣', '扣1', '每', '））得1分（（', '分别扣、、分', '①②③', '1.2.3.', '扣' * 300, '1、' * 300],
)
def test_broken_text_raises_nothing_and_invents_nothing(text: str) -> None:
    for clause in read_clauses(text).matches:
        assert '得1分' in text
        assert clause.points == 1


@given(st.text(alphabet='扣得加分每各项次1235.、，。；：（）①不一%至-以上完为止由见 \n未的', max_size=60))
def test_any_text_is_read_with_spans_inside_it(text: str) -> None:
    found = read_clauses(text)
    for clause in found.matches:
        assert 0 <= clause.start < clause.end <= len(text)
        assert all(0 <= index < len(found.matches) for index in clause.binds)
    for start, end in found.unheld:
        assert 0 <= start < end <= len(text)


@pytest.mark.parametrize(
    'piece',
    [
        '每少1项扣0.5分，',
        '（有方案得1分；',
        '）未开展的不得分',
        '1.每缺一次扣1分，最高扣2分；',
        '扣',
        '每项',
        '由办公室',
        '得分=',
        '5、',
        '一',
        '1',
        '、',
        '每1',
        '(',
        '((得1分)',
        '按比例',
    ],
)
def test_twice_the_text_costs_about_twice_the_time(piece: str) -> None:
    hold_growth(lambda times: seconds(lambda: read_clauses(piece * times)), 250, 1000, at_most=10)


@pytest.mark.parametrize(
    ('text', 'expected'),
    [
        ('缺1份记录扣1分，缺2份记录扣3分', 'deduct 1; deduct 3'),
        ('漏报1例扣2分；漏报2例及以上扣5分', 'deduct 2; deduct 5'),
        ('缺1份记录扣1分，逾期2天扣3分', 'deduct 1 /1 份; deduct 3'),
        ('每缺1份扣1分，缺2份加扣1分', 'deduct 1 /1 份; deduct 1'),
    ],
)
def test_what_two_cost_shows_that_one_is_no_rate(text: str, expected: str) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ('text', 'expected'),
    [
        ('路灯不亮每只扣0.5分', 'deduct 0.5 /1 只'),
        ('渣土外溢一车扣1分', 'deduct 1 /1 车'),
        ('有1苗未入库扣1分', 'deduct 1 /1 苗'),
        ('每缺1榀扣0.5分', 'deduct 0.5 /1 榀'),
        ('每高万分之一扣1分', 'deduct 1 /1 ‱'),
        ('样品留存不少于24小时、每份不少于100克，未留存一次扣2分', 'deduct 2 /1 次'),
        ('卧床患者每3小时翻身一次，漏做一例扣1分', 'deduct 1 /1 例'),
        ('无故缺席，每人每次扣0.1分', 'deduct 0.1 /1 人/次'),
        ('发生一般事故扣5分', 'deduct 5'),
        ('一经查实扣2分', 'deduct 2'),
        ('统一着装不到位扣1分', 'deduct 1'),
        ('有一部分人员未参加扣1分', 'deduct 1'),
    ],
)
def test_any_noun_behind_a_number_or_each_can_be_what_is_counted(text: str, expected: str) -> None:
    assert read(text) == expected


def test_an_amount_that_is_no_number_makes_no_clause_but_a_doubt() -> None:
    found = read_clauses('完成过半的得一半一分')
    assert found.matches == ()
    assert found.unheld
