"""Lines with answers and their scores, worked by hand; and what holds for every line."""

from __future__ import annotations

import json
import pickle
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaohe.normalizers.scoring.algebra import Term, from_json, terms_of, to_json
from kaohe.normalizers.scoring.engine import LineScore, score_line
from kaohe.normalizers.scoring.making.rules import make_rule
from kaohe.normalizers.scoring.material import Input, ScoredLine, ScoringRule
from kaohe.normalizers.scoring.term_amounts import Answer
from kaohe.pipeline.assessment.answers.answer_values import Misfit, answer_of

from .written import answered, line_of, rule_of

CASES: list[Mapping[str, Any]] = [
    json.loads(line) for line in Path(__file__).with_name('cases.jsonl').read_text('utf-8').splitlines()
]
RULES: dict[tuple[object, ...], ScoringRule] = {}


def rule(case: Mapping[str, Any]) -> ScoringRule:
    key = (case['criteria'], case['points'], case['kind'], case['requirement'])
    if key not in RULES:
        RULES[key] = rule_of(*key)
    return RULES[key]


def line_of_case(case: Mapping[str, Any]) -> ScoredLine:
    return line_of(case['criteria'], case['points'], case['kind'], case['requirement'])


for case in CASES:
    rule(case)
EVERY = list(RULES.values())


@pytest.mark.parametrize(
    'case', CASES, ids=lambda case: f'{case["criteria"][:24]} {json.dumps(case["answers"], ensure_ascii=False)}'
)
def test_a_line_worked_by_hand(case: Mapping[str, Any]) -> None:
    found = score_line(rule(case), answered(rule(case), case['answers'], line_of_case(case)))
    told = tuple(None if case[end] is None else Decimal(case[end]) for end in ('low', 'high'))
    assert (found.low, found.high) == told


def test_the_cases_are_of_all_kinds() -> None:
    assert len(CASES) >= 120
    assert {one.kind for each in EVERY for one in each.inputs} == {
        'yes_no',
        'count',
        'number',
        'choice',
        'ratio',
        'score',
    }
    assert {modifier.change for each in EVERY for modifier in each.expression.modifiers} >= {
        'factor',
        'some',
        'more',
        'spare',
        'cap',
        'choose',
    }
    assert any(modifier.change == 'cap' and modifier.inputs for each in EVERY for modifier in each.expression.modifiers)
    assert {term.op for each in EVERY for term in terms_of(each.expression.root)} >= {
        'if', 'each', 'product', 'steps', 'bands', 'pick', 'ratio', 'given',
    }  # fmt: skip
    assert {each.mode for each in EVERY} == {'earn', 'lose', 'add', 'subtract', 'beside', 'asked'}


@pytest.mark.parametrize('each', EVERY, ids=lambda each: each.says[:30])
def test_an_expression_is_the_same_when_it_was_stored(each: ScoringRule) -> None:
    assert from_json(to_json(each.expression)) == each.expression
    from_another_process = pickle.loads(pickle.dumps(each.expression))  # noqa: S301  # our own
    assert to_json(from_another_process) == to_json(each.expression)


def an_answer(one: Input) -> st.SearchStrategy[Answer]:
    if one.kind == 'yes_no':
        return st.booleans()
    if one.kind == 'choice':
        return st.sampled_from(one.options)
    top = 1 if one.kind == 'ratio' else 120 if one.high is None else float(one.high)
    places = 0 if one.kind == 'count' else 2
    return st.decimals(0, top, places=places, allow_nan=False, allow_infinity=False)


@st.composite
def answers(draw: st.DrawFn, each: ScoringRule, *, all_of_them: bool = False) -> dict[str, Answer]:
    return {one.id: draw(an_answer(one)) for one in each.inputs if all_of_them or draw(st.booleans())}


@st.composite
def sheets(draw: st.DrawFn, *, all_of_them: bool = False) -> tuple[ScoringRule, dict[str, Answer]]:
    each = draw(st.sampled_from(EVERY))
    return each, draw(answers(each, all_of_them=all_of_them))


def bounds(found: LineScore) -> tuple[Decimal, Decimal]:
    low = Decimal('-Infinity') if found.low is None else found.low
    return low, Decimal('Infinity') if found.high is None else found.high


@given(sheets())
def test_a_score_lies_within_floor_and_ceiling(sheet: tuple[ScoringRule, dict[str, Answer]]) -> None:
    each, told = sheet
    low, high = bounds(score_line(each, told))
    assert low <= high
    assert each.floor is None or low >= each.floor
    assert each.ceiling is None or high <= each.ceiling


@given(sheets(all_of_them=True))
def test_all_answers_leave_nothing_open(sheet: tuple[ScoringRule, dict[str, Answer]]) -> None:
    each, told = sheet
    found = score_line(each, told)
    gaps = {doubt.code for doubt in each.doubts} & {'score.gap'}
    assert found.score is not None or gaps
    assert not found.open or gaps


@given(st.data())
def test_each_answer_narrows_the_interval(data: st.DataObject) -> None:
    each, told = data.draw(sheets(all_of_them=True))
    names = data.draw(st.permutations(list(told)))
    wide = bounds(score_line(each, {}))
    known: dict[str, Answer] = {}
    for name in names:
        known[name] = told[name]
        narrow = bounds(score_line(each, known))
        assert wide[0] <= narrow[0] <= narrow[1] <= wide[1]
        wide = narrow


@given(st.data())
def test_the_order_of_the_answers_is_of_no_matter(data: st.DataObject) -> None:
    each, told = data.draw(sheets())
    turned = dict(data.draw(st.permutations(list(told.items()))))
    assert score_line(each, told) == score_line(each, turned)


@given(st.data())
def test_more_of_what_is_taken_never_scores_more(data: st.DataObject) -> None:
    each, told = data.draw(sheets(all_of_them=True))
    counts = [one for term in _taking(each) for one in each.inputs if one.id in term and one.kind == 'count']
    if not counts:
        return
    one = data.draw(st.sampled_from(counts))
    more = Decimal(str(told[one.id])) + data.draw(st.integers(1, 5))
    before, after = score_line(each, told), score_line(each, {**told, one.id: more})
    assert bounds(after) <= bounds(before)


def _taking(each: ScoringRule) -> list[tuple[str, ...]]:
    found = []
    todo = [each.expression.root]
    while todo:
        account = todo.pop()
        found += [term.inputs for term in account.takes]
        todo += account.parts
    return found


def with_bonus(criteria: str, room: str | None) -> ScoringRule:
    line = line_of(criteria, '10')
    return make_rule(line._replace(room=None if room is None else Decimal(room)))


BONUSES = [
    with_bonus(criteria, room)
    for criteria in (
        '未建立台账的扣3分；受到表彰的加2分。',
        '每缺1项扣1分，扣完为止；获省级表彰的加2分，获国家级表彰的加3分。',
        '完成率≥90%得6分，80%～90%得4分，<80%不得分；按时报送得4分；经验被推广的，每次加1分，最高加2分。',
        '发生重大事故的，该项不得分；每缺1项扣1分；工作突出的酌情加分。',
        '制度健全得5分，资料齐全得5分；创新举措每项加2分。',
    )
    for room in (None, '2', '5')
]


@given(st.data())
def test_the_points_less_what_the_reasons_say_is_lost_are_the_score(data: st.DataObject) -> None:
    """Each lost point has a cause. A bonus makes up for losses; one that was not won is none."""
    each = data.draw(st.sampled_from([*EVERY, *BONUSES]))
    told = data.draw(answers(each, all_of_them=True))
    found = score_line(each, told)
    if found.score is None or each.mode == 'beside':
        return
    losses = sum((reason.points for reason in found.reasons if reason.points and reason.points < 0), Decimal(0))
    above = sum((reason.points for reason in found.reasons if reason.points and reason.beyond), Decimal(0))
    size = each.expression.root.size
    if each.mode == 'add':
        assert found.lost is None
        assert losses + above == found.score or any(reason.points is None for reason in found.reasons)
    elif each.mode in ('subtract', 'lose') and (size is None or each.mode == 'subtract'):
        assert found.lost == -found.score == -losses
    elif size is not None:
        assert found.lost == size - found.score == -losses - above


def test_a_loss_is_told_and_not_the_bonus_that_was_not_won() -> None:
    each = with_bonus('未建立台账的扣3分；受到表彰的加2分。', '2')
    found = score_line(each, {each.inputs[0].id: True, each.inputs[1].id: False})
    assert [(reason.points, reason.says) for reason in found.reasons] == [(-3, '“未建立台账的扣3分”：答“是”，扣 3 分')]
    made_up = score_line(each, {each.inputs[0].id: True, each.inputs[1].id: True})
    assert [reason.points for reason in made_up.reasons] == [2, -3]
    assert (made_up.score, made_up.lost) == (9, 1)


@pytest.mark.parametrize('room', [None, '2'])
def test_a_discretionary_bonus_is_no_part_of_the_points_that_a_line_takes_from(room: str | None) -> None:
    each = with_bonus('每缺1项扣1分；工作突出的酌情加分。', room)
    missed, praised = each.inputs
    assert score_line(each, {missed.id: Decimal(0), praised.id: Decimal(0)}).score == 10
    found = score_line(each, {missed.id: Decimal(3), praised.id: Decimal(2)})
    assert (found.score, found.lost, [reason.points for reason in found.reasons]) == (9, 1, [2, -3])


def test_a_bonus_not_won_is_no_loss_in_a_bonus_line() -> None:
    each = rule_of('省级表彰加3分，市级表彰加2分', '5', 'bonus', '')
    found = score_line(each, {one.id: Decimal(at) for at, one in enumerate(each.inputs)})
    assert [reason.points for reason in found.reasons] == [2]
    assert not score_line(each, {one.id: Decimal(0) for one in each.inputs}).reasons


def test_an_award_won_in_part_is_told_once() -> None:
    each = rule_of('完成率≥90%得8分，80%～90%得6分，<80%不得分。', '8', 'scored', '')
    (reason,) = score_line(each, {each.inputs[0].id: Decimal(85)}).reasons
    assert (reason.points, reason.input) == (-2, each.inputs[0].id)
    assert '得 6 分，少得 2 分' in reason.says


def test_a_line_without_points_that_only_awards_has_lost_nothing() -> None:
    each = rule_of('组织培训得3分。', None, 'scored', '')
    assert score_line(each, {each.inputs[0].id: True}).lost is None


@pytest.mark.parametrize(('done', 'lost'), [(0, 6), (1, 3), (2, 0), (5, 0)])
def test_an_award_for_each_says_what_is_missing(done: int, lost: int) -> None:
    """Nobody prints how many stations there are: what is missing is what the line has left."""
    each = rule_of('现场检查急救分站（每站3分）。', '6', 'scored', '')
    found = score_line(each, {each.inputs[0].id: Decimal(done)})
    assert found.lost == lost
    assert sum((-reason.points for reason in found.reasons if reason.points and reason.points < 0), Decimal(0)) == lost


@pytest.mark.parametrize(
    'case',
    [case for case in CASES if case['kind'] == 'scored' and case['points']],
    ids=lambda case: case['criteria'][:30],
)
def test_all_that_is_asked_fulfilled_is_the_full_score(case: Mapping[str, Any]) -> None:
    """Every question has an answer with which the line has all its points."""
    each = make_rule(line_of_case(case))
    assert score_line(each, {}).high == Decimal(case['points'])


@given(st.data())
def test_a_measured_value_further_from_its_target_never_scores_more(data: st.DataObject) -> None:
    each, told = data.draw(sheets(all_of_them=True))
    steps = [term for term in _takes(each) if term.op == 'steps' and _fed(each)[term.inputs[0]] == 1]
    if not steps:
        return
    term = data.draw(st.sampled_from(steps))
    further = data.draw(st.decimals(0, 60, places=2)) * (-1 if term.direction == 'below' else 1)
    before = score_line(each, told)
    after = score_line(each, {**told, term.inputs[0]: Decimal(str(told[term.inputs[0]])) + further})
    assert bounds(after) <= bounds(before)


@given(sheets())
def test_a_blank_sheet_is_the_widest(sheet: tuple[ScoringRule, dict[str, Answer]]) -> None:
    each, told = sheet
    wide, narrow = bounds(score_line(each, {})), bounds(score_line(each, told))
    assert wide[0] <= narrow[0]
    assert narrow[1] <= wide[1]


def _takes(each: ScoringRule) -> list[Term]:
    found: list[Term] = []
    todo = [each.expression.root]
    while todo:
        account = todo.pop()
        found += account.takes
        todo += account.parts
    return found


def _fed(each: ScoringRule) -> Counter[str]:
    return Counter(one for term in terms_of(each.expression.root) for one in term.inputs)


@pytest.mark.parametrize(
    ('criteria', 'high'),
    [
        ('第1-2项，每缺1项扣0.5分', 2),
        ('第1-2项未落实的，每项扣0.5分', 2),
        ('第3项至第6项每项不达标扣1分', 4),
        ('第1、3、4项，每少1项扣0.5分', 3),
        ('第一至三项每缺一项扣1分', 3),
        ('每缺1项扣0.5分', None),
        ('第1-2项，每发现1处不符扣0.5分', None),
        ('缺1-2项的，每项扣0.5分', None),
    ],
)  # fmt: skip
def test_no_more_can_fail_than_are_printed(criteria: str, high: int | None) -> None:
    (one,) = rule_of(criteria, '4', 'scored', '').inputs
    assert one.high == high


@pytest.mark.parametrize(
    'criteria',
    [
        '完成率≥90%得8分，80%～90%得6分，否则不得分。',
        '治愈率≥95%得8分，≥90%得6分；其余不得分。',
        '治愈率≥95%得8分，≥90%得6分，达不到上述标准的不得分。',
        '评估优秀得8分，良好得6分，其他情况不得分。',
        '满意度≥90%得8分；否则不得分。',
        '办结时间超过3天扣1分，超过7天扣2分，否则不扣分。',
    ],
)
def test_what_holds_otherwise_is_no_question_of_its_own(criteria: str) -> None:
    (one,) = rule_of(criteria, '8', 'scored', '').inputs
    assert '：否' not in one.question
    assert '否' not in one.options


@pytest.mark.parametrize(
    ('criteria', 'kind', 'ends', 'told'),
    [
        ('发现违规的扣3-5分。', 'scored', (3, 5), '3–5 分，没有填 0'),
        ('发现违规的扣3分至5分。', 'scored', (3, 5), '3–5 分，没有填 0'),
        ('情节严重的，扣10～15分。', 'penalty', (10, 15), '10–15 分，没有填 0'),
        ('受到表彰的加0.5-1分。', 'bonus', (Decimal('0.5'), 1), '0.5–1 分，没有填 0'),
        ('酌情扣1-2分。', 'scored', (1, 2), '1–2 分，没有填 0'),
        ('酌情扣2分。', 'scored', (0, 2), '0–2 分'),
        ('每发现1起差错扣1-3分。', 'scored', (1, 20), '1–20 分，没有填 0'),
    ],
)  # fmt: skip
def test_a_range_of_points_keeps_both_ends(criteria: str, kind: str, ends: tuple[Decimal, Decimal], told: str) -> None:
    (one,) = rule_of(criteria, '20', kind, '').inputs
    assert (one.kind, one.low, one.high) == ('score', *ends)
    assert told in one.question


def test_points_of_a_range_are_none_or_within_it() -> None:
    (one,) = rule_of('发现违规的扣3-5分。', '10', 'scored', '').inputs
    assert [answer_of(one, written) for written in (3, '4.5', 5, 0, '没有')] == [3, Decimal('4.5'), 5, 0, 0]
    for written in (1, 6, '2.9', -1):
        with pytest.raises(Misfit, match='要在 3～5 之间，没有这种情况填 0'):
            answer_of(one, written)
