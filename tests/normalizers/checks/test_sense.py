"""What raises a doubt about a reading, and what right readings of the same shape do not. The readings are given, so that the checks hold whatever the grammar learns."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kaohe.normalizers.catalogue import Clause, Effect, Field, Indicator, Threshold
from kaohe.normalizers.checks.clause_doubts import RULES_OF_BARE_AMOUNTS, clause_doubts
from kaohe.normalizers.checks.line_texts import LineText
from kaohe.normalizers.checks.target_doubts import target_doubts, unread_numbers
from kaohe.normalizers.checks.unread_words import unread_words
from kaohe.normalizers.grammar.clauses.reader import read_clauses
from kaohe.normalizers.grammar.rules import RULES
from kaohe.normalizers.grammar.targets.reader import read_thresholds
from kaohe.normalizers.text.folding import halfwidth
from tests.normalizers.checks.paper import catalogue_of, findings_of


def clause(
    text: str,
    effect: Effect,
    points: str | None = None,
    per: tuple[str, str] | None = None,
    *,
    of: str,
    rule: str = 'x',
    condition: str | None = None,
) -> Clause:
    """A clause of the text ``of``."""
    start = of.index(text)
    return Clause(
        scope='line', text=text, start=start, end=start + len(text), effect=effect, rule=rule, indicator=0, field='criteria',
        points=Decimal(points) if points else None, per_quantity=Decimal(per[0]) if per else None, per_unit=per[1] if per else None,
        condition=condition,
    )  # fmt: skip


def target(text: str, metric: str | None, comparator: str, value: str, unit: str | None, *, of: str) -> Threshold:
    start = of.index(text)
    return Threshold(
        indicator=0, field='criteria', start=start, end=start + len(text), text=text, metric=metric, comparator=comparator,  # type: ignore[arg-type]
        value=Decimal(value), unit=unit, rule='x',
    )  # fmt: skip


def line(
    text: str, *clauses: Clause, targets: tuple[Threshold, ...] = (), points: int | None = 10, field: Field = 'criteria'
) -> LineText:
    return LineText(
        at=0,
        line=Indicator(
            table=0,
            kind='scored',
            counts_to_total=True,
            key='k',
            points=Decimal(points) if points else None,
            criteria=text,
        ),
        field=field,
        text=halfwidth(text),
        clauses=tuple(enumerate(clauses)),
        thresholds=targets,
        items=(),
    )


def about_clauses(*given: object, **options: object) -> list[str]:
    return [doubt.reason for doubt in clause_doubts(line(*given, **options))]  # type: ignore[arg-type]


def unread(*given: object, **options: object) -> list[str]:
    return [doubt.reason for doubt in unread_words(line(*given, **options))]  # type: ignore[arg-type]


def read(text: str, points: int = 10, subject: str = '馆藏工作') -> LineText:
    """The text as the grammar reads it now."""
    found = read_clauses(text).matches
    clauses = tuple(
        Clause(
            scope='line', text=text[m.start : m.end], start=m.start, end=m.end, effect=m.effect, rule=m.rule, indicator=0, field='criteria', points=m.points,
            per_quantity=m.per_quantity, per_unit=m.per_unit, condition=m.condition, cap=m.cap,
        )
        for m in found
    )  # fmt: skip
    targets = tuple(
        Threshold(
            indicator=0, field='criteria', start=m.start, end=m.end, text=text[m.start : m.end], metric=m.metric, comparator=m.comparator, value=m.value, unit=m.unit,
            rule=m.rule, value_high=m.value_high,
        )
        for m in read_thresholds(text, field='criteria', clauses=found, subject=subject)
    )  # fmt: skip
    return line(text, *clauses, targets=targets, points=points)


def test_an_amount_larger_than_its_line_is_doubted_unless_it_is_taken_beyond_the_line() -> None:
    text = '95分（含）-90分的得8分'
    assert about_clauses(text, clause('-90分', 'deduct', '90', of=text)) == ['90 分比本行的 10 分还多']
    text = '造成事故的，加扣20分'
    assert about_clauses(text, clause(text, 'deduct', '20', of=text)) == []
    text = '缺1册扣1分'
    assert about_clauses(text, clause(text, 'deduct', '1', ('1', '册'), of=text)) == []


def test_a_bare_amount_beside_a_fault_is_no_gain() -> None:
    text = '未佩戴胸牌，每人次0.5分；馆藏有账0.5分'
    first = clause('未佩戴胸牌，每人次0.5分', 'award', '0.5', ('1', '人次'), of=text, rule='award.bare')
    second = clause('馆藏有账0.5分', 'award', '0.5', of=text, rule='award.bare')
    assert about_clauses(text, first, second, points=1) == ['看起来是过失，却读成了得分']


def test_a_gain_in_a_line_that_otherwise_takes_is_doubted() -> None:
    text = '着装杂乱0.2分；缺岗一次扣1分；晚开馆一次扣1分'
    assert about_clauses(
        text,
        clause('着装杂乱0.2分', 'award', '0.2', of=text, rule='award.bare'),
        clause('缺岗一次扣1分', 'deduct', '1', ('1', '次'), of=text),
        clause('晚开馆一次扣1分', 'deduct', '1', ('1', '次'), of=text),
    ) == ['本行其他条款都是扣分，只有这一条相反']
    text = '缺岗一次扣1分；着装杂乱0.2分；晚开馆一次扣1分'
    assert about_clauses(
        text,
        clause('缺岗一次扣1分', 'deduct', '1', ('1', '次'), of=text),
        clause('着装杂乱0.2分', 'award', '0.2', of=text, rule='award.bare'),
        clause('晚开馆一次扣1分', 'deduct', '1', ('1', '次'), of=text),
    ) == ['本行其他条款都是扣分，只有这一条相反']


@pytest.mark.parametrize(
    ('text', 'doubted'),
    [
        ('全年失约三次的不得分', True),
        ('失约3次以上的不得分', True),
        ('发生一起盗窃的不得分', False),
        ('前三次检查均不合格的不得分', False),
        ('失约一次扣1分，失约三次的不得分', False),
    ],
)
def test_a_number_on_which_a_loss_depends_is_explained_or_doubted(text: str, doubted: bool) -> None:
    parts = text.split('，')
    acting = [
        clause(part, 'forfeit' if '不得分' in part else 'deduct', None if '不得分' in part else '1', of=text)
        for part in parts
    ]
    assert bool(about_clauses(text, *acting)) is doubted


@pytest.mark.parametrize('text', ['借阅服务（4分）：回应慢一次扣1分', '借阅服务4分：回应慢一次扣1分'])
def test_the_head_of_a_part_is_no_award(text: str) -> None:
    head = text[: text.index('：')]
    found = about_clauses(
        text,
        clause(head, 'award', '4', of=text, rule='award.bare'),
        clause('回应慢一次扣1分', 'deduct', '1', ('1', '次'), of=text),
    )
    assert found == ['像是一部分的总分，不像是得分的条款']


def test_what_was_missed_is_not_what_is_counted() -> None:
    text = '每年盘库少于一次的扣2分'
    missed = target('每年盘库少于一次', '盘库', '<', '1', '次', of=text)
    assert about_clauses(text, clause(text, 'deduct', '2', ('1', '次'), of=text), targets=(missed,)) == [
        '计数的单位像是目标值'
    ]
    text = '每季盘库1次，缺1次扣1分'
    asked = target('每季盘库1次', '盘库', '=', '1', '次', of=text)
    assert about_clauses(text, clause(text, 'deduct', '1', ('1', '次'), of=text), targets=(asked,)) == []


@pytest.mark.parametrize(
    ('text', 'per'),
    [
        ('带泥上路每辆次扣0.5分', ('1', '辆')),
        ('每低1个点扣0.5分', ('1', '个')),
        ('每高0.1次/百公里扣1分', ('0.1', '次')),
    ],
)
def test_a_unit_that_goes_on_was_cut(text: str, per: tuple[str, str]) -> None:
    (reason,) = about_clauses(text, clause(text, 'deduct', '0.5', per, of=text))
    assert reason.startswith('计数的单位')


def test_counting_without_a_word_for_it_is_doubted() -> None:
    text = '国家级+2分'
    assert about_clauses(text, clause(text, 'bonus', '2', ('1', '处'), of=text, rule='signed.plus')) == [
        '原文没有说按什么计，却读成了按数量计'
    ]


def test_two_each_side_by_side_are_doubted() -> None:
    text = '每少一人每日扣0.2分'
    assert about_clauses(text, clause(text, 'deduct', '0.2', ('1', '日'), of=text)) == [
        '有两个“每”，按哪一个计要看原文'
    ]
    text = '培训每年少于4学时的，每人扣0.5分'
    missed = target('培训每年少于4学时', '培训', '<', '4', '学时', of=text)
    assert about_clauses(text, clause(text, 'deduct', '0.5', ('1', '人'), of=text), targets=(missed,)) == []


def test_words_of_another_effect_are_doubted() -> None:
    text = '由评审组酌情给分'
    assert about_clauses(text, clause(text, 'external', of=text)) == ['说的是酌情，却读成了别的']
    text = '重犯的加重处理'
    assert about_clauses(text, clause(text, 'multiply', of=text)) == ['没有读出按几倍计']
    text = '每个专题之上限为3分'
    assert about_clauses(text, clause(text, 'award', '3', ('1', '个'), of=text)) == ['像是上限，却读成了加减分']
    text = '最低得0分'
    assert about_clauses(text, clause(text, 'forfeit', of=text)) == ['像是上下限，却读成了不得分']


def test_a_clause_that_begins_or_ends_inside_something_was_cut() -> None:
    text = '有一项不得分或小计不足6分时，本表不得分'
    assert about_clauses(text, clause('或小计不足6分时，本表不得分', 'forfeit', of=text)) == ['开头像是被截断了']
    text = '被上级“一票否决”的扣5分'
    assert about_clauses(text, clause('被上级“一票否决', 'veto', of=text)) == ['括号或引号不成对，像是被截断了']


def test_a_number_that_nothing_explains_is_doubted() -> None:
    text = '按每万次投诉超标0.1扣0.5分'
    assert about_clauses(text, clause(text, 'deduct', '0.5', of=text)) == ['其中的 0.1 没有读成分值、步长或目标值']
    text = '抽查5份，错1份扣0.5分'
    assert about_clauses(text, clause(text, 'deduct', '0.5', ('1', '份'), of=text)) == []


def test_a_second_amount_in_the_condition_is_doubted() -> None:
    text = '一项达标得50%，两项均达标得满分'
    found = about_clauses(text, clause(text, 'full', of=text, condition='一项达标得50%，两项均达标'))
    assert found == ['条件里还有一处分数，可能漏读了一条']


def test_clauses_over_the_same_words_are_doubted() -> None:
    text = '缺岗扣1分晚开馆扣2分'
    assert '与前一条款的文字重叠' in about_clauses(
        text, clause('缺岗扣1分晚开馆', 'deduct', '1', of=text), clause('晚开馆扣2分', 'deduct', '2', of=text)
    )


def test_awards_that_do_not_add_up_to_the_line_are_doubted() -> None:
    text = '馆藏有账2分，开放有牌1分'
    awards = [
        clause(part, 'award', points, of=text, rule='award.bare')
        for part, points in (('馆藏有账2分', '2'), ('开放有牌1分', '1'))
    ]
    assert about_clauses(text, *awards, points=4) == ['各项得分合计 3 分，与本行的 4 分不符']
    assert about_clauses(text, *awards, points=3) == []


@pytest.mark.parametrize(
    'text',
    ['迟到一次减0.2；缺岗扣1分', '借阅差错的扣50%的分值；缺岗扣1分', '失窃的，本项清零；缺岗扣1分', '缺岗扣1分，减完为止', '再犯的减半；缺岗扣1分', '泄密的，予以辞退；缺岗扣1分', '全年3次的调离岗位；缺岗扣1分',
     '重复发生的，终身不得入库；缺岗扣1分', '成绩由馆长现场打出；缺岗扣1分'],
)  # fmt: skip
def test_words_and_amounts_that_move_points_and_that_no_clause_holds_are_named(text: str) -> None:
    assert unread(text, clause('缺岗扣1分', 'deduct', '1', of=text))


@pytest.mark.parametrize(
    'text',
    ['缺岗扣1分。考核得分由办公室汇总', '缺岗扣1分。加分因素见说明', '缺岗扣1分，共抽查5-8份', '缺岗扣1分；分值增加3个档次', '缺岗扣1分；损坏的，追究赔偿责任'],
)  # fmt: skip
def test_words_that_only_speak_of_points_are_not(text: str) -> None:
    assert unread(text, clause('缺岗扣1分', 'deduct', '1', of=text)) == []


@pytest.mark.parametrize(
    ('text', 'found', 'metric', 'value', 'unit', 'reason'),
    [
        ('当月累计3次以上的', '3次以上', '当月', '3', '次', '“当月”不像是所考核的事'),
        ('扣1分、到馆率90%以上', '到馆率90%以上', '扣1分、到馆率', '90', '%', '“扣1分、到馆率”不像是所考核的事'),
        ('≥90%', '≥90%', None, '90', '%', '没有读出是什么的目标值'),
        ('不少于30根/千锭', '不少于30根', '断头率', '30', '根', '单位像是没有读全'),
        (
            '读者到馆率：90%以上',
            '90%以上',
            '馆藏工作情况',
            '90',
            '%',
            '“馆藏工作情况”说的是整项工作，没有读出量的是什么',
        ),
        ('低于80%的不得分', '低于80%', '工作落实情况', '80', '%', '“工作落实情况”说的是整项工作，没有读出量的是什么'),
        ('城区、农村90%以上', '农村90%以上', '农村', '90', '%', '“农村”不像是所考核的事'),
        (
            '每2万平方米雪道不少于3人',
            '2万平方米雪道不少于3人',
            '2万平方米雪道',
            '3',
            '人',
            '“2万平方米雪道”不像是所考核的事',
        ),
        ('2次以上的关停网点并不得分', '2次以上的关停网点并', '关停网点并', '2', '次', '“关停网点并”不像是所考核的事'),
    ],
)
def test_a_target_that_measures_nothing_or_something_else_is_doubted(
    text: str, found: str, metric: str | None, value: str, unit: str, reason: str
) -> None:
    doubts = target_doubts(line(text, targets=(target(found, metric, '>=', value, unit, of=text),)))
    assert [doubt.reason for doubt in doubts] == [reason]


def test_steps_from_a_goal_and_listed_shares_are_doubted() -> None:
    text = '少于目标0.1个百分点扣0.1分'
    assert about_clauses(text, clause(text, 'deduct', '0.1', of=text)) == ['像是按数量计，却没有读出按什么计']
    text = '降一档、两档的分别得满分的90%、80%'
    assert about_clauses(text, clause('降一档、两档的分别得满分的90%', 'proportional', of=text)) == [
        '后面还列有别的比例，没有读成条款'
    ]
    text = '得满分的90%、未完成的不得分'
    assert about_clauses(text, clause('得满分的90%', 'proportional', of=text)) == []


@pytest.mark.parametrize(
    'text',
    ['到馆率90%以上得5分，80%-90%得3分，80%以下不得分。', '读者投诉每起扣1分，扣完为止。', '讲座少于12场的，每少1场扣0.5分。', '馆舍24小时内修复得2分。', '新书上架超过15天的每批扣0.5分；图书破损未修的每册扣0.1分。',
     '未完成的扣1/2分。', '未制定方案扣1分，未落实扣2分。', '按期完成的得满分，未完成的不得分。', '编目差错率≤2%得3分，每高0.1个百分点扣0.2分。'],
)  # fmt: skip
def test_right_readings_raise_no_doubt(text: str) -> None:
    seen = read(text)
    assert [*clause_doubts(seen), *unread_words(seen), *target_doubts(seen), *unread_numbers(seen)] == []


def test_a_number_at_the_end_of_its_words_that_was_not_read_is_named() -> None:
    (doubt,) = unread_numbers(line('新增分馆3个；每季盘库，抽查图书50册，其中善本5册、拓片2册', field='requirement'))
    assert doubt.reason == '“3个”没有读成目标值'
    text = '新增分馆3个'
    assert not list(
        unread_numbers(line(text, targets=(target(text, '分馆', '=', '3', '个', of=text),), field='requirement'))
    )


def test_a_doubt_stands_among_the_findings_with_its_line_and_clause() -> None:
    picture = '序号 | 考核内容 | 评分标准 | 分值\n1 | 借阅 | 缺一次扣8分 | 5\n2 | 编目 | 缺一次扣1分 | 5'
    catalogue = catalogue_of(picture)
    (doubt,) = (found for found in catalogue.findings if found.code == 'clause.doubtful')
    assert (doubt.indicator, doubt.clause, doubt.about, doubt.severity) == (0, 0, 'reading', 'warning')
    assert '8 分比本行的 5 分还多' in doubt.message
    assert not findings_of(picture, code='target.doubtful')


def test_the_rules_that_the_checks_name_are_rules() -> None:
    assert {rule.id for rule in RULES} >= RULES_OF_BARE_AMOUNTS


@pytest.mark.parametrize('text', ['未达标扣0\\0.5分', '未达标扣0/0.5分'])
def test_an_amount_printed_in_two_ways_is_doubted(text: str) -> None:
    assert '分值印得可以有两种读法' in [doubt.reason for doubt in clause_doubts(read(text))]


def test_a_share_that_a_band_of_scores_takes_may_be_one_of_money() -> None:
    def doubts(text: str) -> list[str]:
        (found,) = read_clauses(text).matches
        one = Clause(
            scope='line', text=text, start=0, end=len(text), effect=found.effect, rule=found.rule, indicator=0, field='criteria',
            condition=found.condition, share=found.share, sign=found.sign,
        )  # fmt: skip
        return about_clauses(text, one)

    assert doubts('考核得分80-90分扣减5%') == ['扣的是分还是钱，原文没有说']
    assert doubts('考核得分80-90分扣该项分值的5%') == []
    assert doubts('缺1项扣10%') == []
