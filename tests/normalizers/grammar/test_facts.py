"""What a report states: figures with their change, basis and period."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaohe.normalizers.grammar.facts.reader import RULES, FactMatch, read_facts
from tests.growth import hold_growth, seconds
from tests.normalizers.grammar.measure import Agreement, Record, alike, equal, sentences

SHARED = Path(__file__).parents[3].parent / 'shared'


def record(match: FactMatch) -> Record:
    return {
        'metric': match.metric,
        'value': match.value,
        'unit': match.unit,
        'change': match.change,
        'change_value': match.change_value,
    }


def same(want: Record, have: Record) -> bool:
    return (
        equal(want['value'], have['value'])
        and want.get('unit') == have['unit']
        and want.get('change') == have['change']
        and equal(want.get('change_value'), have['change_value'])
        and alike(want['metric'], have['metric'])
    )


def one(text: str) -> FactMatch:
    (fact,) = read_facts([text], year=2023)
    return fact


@pytest.mark.parametrize(('rule', 'text'), [(rule.id, text) for rule in RULES for text in rule.examples])
def test_a_rule_reads_its_examples(rule: str, text: str) -> None:
    assert rule in [fact.rule for fact in read_facts([text], year=2023)]


@pytest.mark.parametrize('text', [text for rule in RULES for text in rule.counter_examples])
def test_no_rule_reads_a_counter_example(text: str) -> None:
    assert read_facts([text], year=2023) == ()


def test_reports_of_other_fields_are_read_as_a_person_reads_them() -> None:
    agreement = Agreement()
    for line in sentences('other_fields_facts.jsonl'):
        found = read_facts([line['text']], year=line['year'])
        agreement.add(line['text'], line['facts'], map(record, found), same)
    assert agreement.hit + agreement.missed >= 150
    assert agreement.f1 >= 0.95, agreement.differences


@pytest.mark.skipif(not (SHARED / 'gold').exists(), reason='the annotated report is not on this machine')
def test_the_annotated_report_is_read_as_annotated() -> None:
    gold = json.loads((SHARED / 'gold' / '004.json').read_text(encoding='utf-8'))
    (path,) = (SHARED / 'notices' / 'txt').glob(f'*{gold["match"][0]}*')
    agreement = Agreement()
    found = read_facts(path.read_text(encoding='utf-8').splitlines(), year=gold['document']['year'])
    agreement.add(path.name, gold['facts'], map(record, found), same)
    assert agreement.f1 >= 0.95, agreement.differences


def test_each_figure_of_a_list_gets_its_own_change() -> None:
    facts = read_facts(['门诊收入860.5万元、门诊患者7746人次，比去年同期分别增长5.9%、3.1%。'], year=2023)
    assert [(f.metric, f.value, f.unit, f.change, f.change_value, f.change_unit, f.basis) for f in facts] == [
        ('门诊收入', Decimal('860.5'), '万元', 'up', Decimal('5.9'), '%', '比去年同期'),
        ('门诊患者', Decimal('7746'), '人次', 'up', Decimal('3.1'), '%', '比去年同期'),
    ]


def test_a_figure_that_is_only_a_change_has_no_change_value() -> None:
    fact = one('通过挖潜增加20张床位。')
    assert (fact.metric, fact.value, fact.change, fact.change_value) == ('增加床位', Decimal(20), 'up', None)


def test_a_figure_that_is_new_is_no_change() -> None:
    facts = read_facts(['设立36个巡护点，其中新增8个。'], year=2023)
    assert [(f.metric, f.value, f.change) for f in facts] == [('巡护点', 36, None), ('新增巡护点', 8, None)]


def test_a_change_in_another_unit_is_a_figure_of_its_own() -> None:
    facts = read_facts(['预算执行率98.2%，增收4200万元。'], year=2023)
    assert [(f.value, f.unit, f.change_value) for f in facts] == [(Decimal('98.2'), '%', None), (4200, '万元', None)]


def test_about_so_many_is_marked() -> None:
    facts = read_facts(['开展义诊60余场，惠及群众近3000人次。'], year=2023)
    assert [(f.value, f.unit, f.approximate) for f in facts] == [(60, '场', True), (3000, '人次', True)]


def test_a_rank_keeps_how_it_moved() -> None:
    fact = one('全省绩效考核，以第12位的成绩在全省同类医院中排名再进3位。')
    assert (fact.metric, fact.value, fact.unit, fact.change, fact.change_value) == (
        '全省绩效考核排名',
        12,
        '位',
        'up',
        3,
    )


def test_the_period_is_the_sentences_own_else_the_one_before_else_the_reports_year() -> None:
    facts = read_facts(['收治病人300人。1—8月，手术20台。出院18人。', '引进专家2名。'], year=2023)
    assert [fact.period for fact in facts] == ['2023年', '1—8月', '1—8月', '2023年']


@pytest.mark.parametrize(
    'text', ['下一步工作打算：力争门诊量突破90万人次。', '2024年，力争新增床位50张。', '预计年底完成投资3亿元。']
)
def test_plans_state_no_figures(text: str) -> None:
    assert read_facts([text], year=2023) == ()


def test_paragraphs_under_a_heading_of_plans_state_no_figures() -> None:
    report = ['一、主要成效', '建成病房3间。', '二、下一步工作打算', '新建病房5间。', '三、保障', '投入资金8万元。']
    assert [fact.paragraph for fact in read_facts(report, year=2023)] == [1, 5]


@given(
    st.text(
        alphabet='同比增长下降分别达到第位、，。；：%‰一两三十百千万0123456789.—年月日人次个《》“”（）新增余的总分\n ',
        max_size=120,
    )
)
@settings(max_examples=150)
def test_any_paragraph_is_read_without_an_exception(text: str) -> None:
    for fact in read_facts([text], year=None):
        assert 0 <= fact.start < fact.end <= len(text)


def test_twice_the_text_costs_about_twice_the_time() -> None:
    text = '收治病人300人、手术20台，同比分别增长5%、3%，其中新增2台' * 600
    hold_growth(
        lambda size: seconds(lambda: read_facts([text[:size]], year=2023)), len(text) // 4, len(text), at_most=12
    )
