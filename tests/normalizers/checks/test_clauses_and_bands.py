from __future__ import annotations

import pytest

from tests.normalizers.checks.paper import catalogue_of, findings_of

HEADER = '序号 | 考核内容 | 评分标准 | 分值\n'


def findings_about(criteria: str, code: str, points: int = 5) -> list[str]:
    """The messages of one code about a line with these criteria."""
    picture = HEADER + f'1 | 床位使用率 | {criteria} | {points}\n2 | 乙 | 缺一次扣1分 | 5'
    return [found.message for found in findings_of(picture, code=code)]


def test_a_clause_that_takes_more_than_the_line_has_is_said() -> None:
    (message,) = findings_about('未制定方案的扣8分；缺一次扣1分', 'clause.exceeds')
    assert '一次就是 8 分，超过本行的 5 分' in message


@pytest.mark.parametrize('criteria', ['未制定方案的扣5分', '缺一次扣1分，扣完为止', '未制定的不得分'])
def test_clauses_within_the_lines_points_are_not(criteria: str) -> None:
    assert not findings_about(criteria, 'clause.exceeds')


def test_what_is_taken_on_top_of_a_line_may_exceed_it() -> None:
    assert not findings_about('未建立的，不得分；本小项不得分时，追加扣除9分', 'clause.exceeds')


def test_a_penalty_line_may_take_more_than_it_has() -> None:
    picture = '项目 | 考核内容 | 评分标准 | 分值\n扣分项 | 发生事故 | 每起扣10分 | 5\n制度 | 乙 | 缺一次扣1分 | 5'
    assert not findings_of(picture, code='clause.exceeds')


def test_bands_that_share_a_value_are_named_with_it() -> None:
    (message,) = findings_about('床位使用率≥90%得5分；床位使用率80%-90%得3分；床位使用率<80%不得分', 'band.overlap')
    assert '90%' in message


def test_bands_that_leave_values_out_are_named_with_them() -> None:
    (message,) = findings_about('床位使用率≥90%得5分；床位使用率70%-80%得3分；床位使用率<70%不得分', 'band.gap')
    assert '80%～90%' in message


def test_an_end_that_is_written_out_of_both_bands_is_left_out() -> None:
    criteria = '床位使用率90%（不含）以上得5分；床位使用率80%以上90%（不含）以下得3分；床位使用率80%以下不得分'
    (message,) = findings_about(criteria, 'band.gap')
    assert '90%' in message


@pytest.mark.parametrize(
    'criteria',
    [
        '床位使用率90%（含）以上得5分；床位使用率80%（含）以上90%（不含）以下得3分；床位使用率80%（不含）以下不得分',
        '床位使用率≥90%得5分；床位使用率<90%不得分',
        '床位使用率≥90%得5分；80%≤床位使用率＜90%得3分；床位使用率＜80%不得分',
        '床位使用率达到90分以上得5分；床位使用率80-89分得3分；床位使用率79分以下不得分',
        '床位使用率≥90%得5分，床位使用率≥80%得3分，床位使用率≥60%得1分',
        '床位使用率低于90%扣1分；床位使用率低于80%不得分',
        '损失金额≤5万元扣1分；5万<损失金额≤10万扣3分；损失金额>10万元扣5分',
        '场地面积：1.800平方米（含）以上的得5分；2.400平方米（含）-800平方米以下的得3分；3.400平方米以下的得1分。',
        '经营年限3年以下的得1分，3年及以上、10年以下的得3分，10年及以上的得5分',
    ],
)
def test_bands_that_meet_exactly_or_go_one_way_are_right(criteria: str) -> None:
    assert not findings_about(criteria, 'band.overlap')
    assert not findings_about(criteria, 'band.gap')


def test_choices_that_are_not_as_many_as_announced_are_said() -> None:
    (message,) = findings_about(
        '以下3种评分方法，选得分较高的：/1.满意度达到90%得5分。/2.满意度提高5%得5分。', 'choose.count'
    )
    assert '说有 3 种选择，下面列了 2 种' in message


def test_a_misprint_is_pointed_out_with_its_place() -> None:
    (message,) = findings_about('有方案得0..2分', 'text.suspect')
    assert message.startswith('表“2024年度考核评分表”第 1 条（床位使用率）：“有方案得0..2分”像是印错了')


def test_an_amount_that_no_clause_holds_is_counted_and_pointed_out() -> None:
    catalogue = catalogue_of(HEADER + '1 | 甲 | 缺一次扣1分；另有2分由领导掌握 | 5\n2 | 乙 | 缺一次扣1分 | 5')
    unparsed = [found for found in catalogue.findings if found.code == 'clause.unparsed']
    assert len(unparsed) == catalogue.amounts_seen - catalogue.amounts_held == 1
    assert (unparsed[0].indicator, unparsed[0].about, unparsed[0].severity) == (0, 'reading', 'warning')


def test_an_amount_for_each_of_what_is_not_printed_is_pointed_out() -> None:
    (message,) = findings_about('床位使用率每少扣0.2分', 'clause.uncounted')
    assert '没有写明每多少' in message
    assert not findings_about('床位使用率每少1%扣0.2分', 'clause.uncounted')
