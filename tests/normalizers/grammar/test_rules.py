from __future__ import annotations

import re

import pytest

from kaohe.normalizers.grammar.clauses.reader import read_clauses
from kaohe.normalizers.grammar.rule import Rule
from kaohe.normalizers.grammar.rules import PHRASES, RULES
from kaohe.normalizers.grammar.rules.openings import NEEDS
from kaohe.normalizers.grammar.surface import surface
from tests.normalizers.grammar.reading import in_short, of_kind
from tools.rule_openings import OPENINGS, openings

EXAMPLES = [(rule, example) for rule in RULES for example in rule.examples]
COUNTER_EXAMPLES = [(rule, example) for rule in RULES for example in rule.counter_examples]


def _name(value: object) -> str:
    return value.id if isinstance(value, Rule) else str(value)


@pytest.mark.parametrize(('rule', 'example'), EXAMPLES, ids=_name)
def test_a_rule_reads_its_example(rule: Rule, example: str) -> None:
    kind, rest = of_kind(example)
    text, expected = rest.split(' → ')
    found = read_clauses(text, kind=kind).matches
    assert in_short(found) == expected
    assert rule.id in {clause.rule for clause in found}


@pytest.mark.parametrize(('rule', 'example'), COUNTER_EXAMPLES, ids=_name)
def test_a_rule_leaves_its_counter_example_alone(rule: Rule, example: str) -> None:
    assert rule.id not in {clause.rule for clause in read_clauses(example).matches}


def test_every_rule_has_an_id_of_its_own_a_sentence_and_examples_of_both_sorts() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert re.fullmatch(r'[a-z]+(\.[a-z_]+)?', rule.id)
        assert rule.reads
        assert rule.examples
        assert rule.counter_examples


def test_the_openings_of_the_rules_are_those_of_their_patterns() -> None:
    assert OPENINGS.read_text(encoding='utf-8') == openings(), 'run: python -m tools.rule_openings'


def test_a_rule_is_only_passed_over_where_no_match_of_it_can_stand() -> None:
    """What a rule needs stands in every match of it, whatever the text."""
    tried = 0
    for rule in PHRASES:
        needed = set(NEEDS.get(rule.id, ''))
        for _, example in (*EXAMPLES, *COUNTER_EXAMPLES):
            text = surface(of_kind(example)[1].split(' → ')[0]).text
            for found in re.finditer(rule.pattern, text):
                tried += 1
                assert not needed or needed & set(found.group()), (rule.id, found.group())
    assert tried > 700
