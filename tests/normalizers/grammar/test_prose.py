from __future__ import annotations

import pytest

from kaohe.normalizers.grammar.clauses.prose import read_prose, unread_in_prose
from tests.normalizers.grammar.reading import short


def _read(text: str, *, note: bool = False) -> list[str]:
    return [f'{clause.scope}: {short(clause)}' for clause in read_prose(text, note=note)]


@pytest.mark.parametrize(
    ('text', 'expected'),
    [
        ('除市考外其他加分总分不超过6分。', ['category: cap 6']),
        ('同一事项多次获奖的，按最高奖项加分，不重复加分。', ['category: choose']),
        ('注：本评价标准中累计扣分的，扣完为止，不出现负分。', ['table: cap']),
        ('发生重大事故的，取消标杆评选资格。', ['notice: veto']),
        ('②某项工作获得领导批示肯定的加3分。', ['notice: bonus 3']),
        ('弄虚作假的，年度考核直接评定为不合格等次。', ['notice: downgrade']),
    ],
)
def test_what_a_rule_in_prose_acts_on(text: str, expected: list[str]) -> None:
    assert _read(text) == expected


def test_a_rule_in_a_note_acts_on_its_table() -> None:
    assert _read('未按期整改的加倍扣分', note=True) == ['table: multiply 2']


@pytest.mark.parametrize(
    'text',
    [
        '评价标准总分100分，主要包括以下内容：',
        '领导测评占20分，群众测评占30分左右。',
        '当年度评分达到85分以上的单位，择优确定。',
        '2.加分、减分和降低考核档次事项责任分工',
        '各测评表由考评组提前制定，由办公室打分汇总。',
        '',
    ],
)
def test_prose_that_only_tells_of_scores_moves_none(text: str) -> None:
    assert _read(text) == []


def test_an_amount_in_prose_that_no_clause_holds_is_told() -> None:
    text = '年底奖励先进集体每个约2分。'
    assert [text[start:end] for start, end in unread_in_prose(text)] == ['2分']
    assert unread_in_prose('评价标准总分100分，领导测评占20分。') == ()


def test_prose_that_is_read_leaves_no_doubt() -> None:
    assert unread_in_prose('未按期报送的扣2分，奖励分数幅度在1—5分以内。') == ()
