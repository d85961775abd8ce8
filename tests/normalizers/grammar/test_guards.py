"""Where one character tells that a pattern cannot match, it is not tried: no match may be hidden by that."""

from __future__ import annotations

import re
import sys
from itertools import product

import pytest

from kaohe.normalizers.grammar import item_labels
from kaohe.normalizers.grammar.alternatives import either
from kaohe.normalizers.grammar.clauses.amounts import ANY_POINTS, MARKS_OF_POINTS
from kaohe.normalizers.grammar.clauses.counts import counting
from kaohe.normalizers.grammar.quantities import comparators, printed_numbers
from kaohe.normalizers.grammar.targets import counted_steps, point_amounts
from kaohe.normalizers.grammar.targets.reader import read_thresholds
from kaohe.normalizers.text.numbers import BEGINS_NUMBER, NUMBER
from kaohe.normalizers.vocabulary import target_words
from tools.rule_openings import beginnings, needs


@pytest.mark.parametrize(
    ('pattern', 'guard'),
    [
        (comparators._SIGN, comparators._SIGNS),
        (printed_numbers._AND, printed_numbers._BEGINS_AND),
        (printed_numbers._TO, printed_numbers._BEGINS_TO),
        (printed_numbers._RATIO, printed_numbers._COLONS),
        (printed_numbers._TOLERANCE, {'±'}),
        (printed_numbers._ASIDE, {'('}),
        (printed_numbers._PARTS_OF, {'分'}),
        (point_amounts._SHARES_BEHIND, point_amounts._LISTS),
        (counted_steps._PER, {'每'}),
        (counted_steps._PER_THING, {'每'}),
        (counted_steps._PER_SHARE_OF, {'每'}),
        (counting._BY_UNIT, {'按'}),
    ],
)
def test_a_pattern_begins_with_no_other_character_than_it_is_tried_at(
    pattern: re.Pattern[str], guard: frozenset[str]
) -> None:
    assert set(beginnings(pattern.pattern)) <= guard


def test_an_amount_of_points_holds_one_of_its_marks() -> None:
    assert needs(ANY_POINTS.pattern) == set(MARKS_OF_POINTS)


def test_what_is_counted_on_average_holds_the_word_that_says_so() -> None:
    assert needs(counting._MEAN.pattern) == {'均'}


def test_no_label_is_hidden_by_how_labels_end() -> None:
    texts = [''.join(signs) for length in (1, 2, 3, 4) for signs in product('1一()、.①⑴㈠项', repeat=length)]
    labelled = [text for text in texts if item_labels._LABEL.search(text)]
    assert len(labelled) > 1_000
    assert [text for text in labelled if not item_labels._MAY_END_LABEL.search(text)] == []


def test_a_number_begins_with_no_other_character_than_it_is_looked_for_at() -> None:
    looked_for = re.compile(f'[{BEGINS_NUMBER}]')
    assert [character for character in beginnings(NUMBER) if not looked_for.match(character)] == []


@pytest.mark.parametrize('word', target_words.RUNNING)
def test_what_happens_so_many_times_ends_with_a_character_that_is_asked_for(word: str) -> None:
    for happened in ('', *target_words.HAPPENS, *target_words.HAPPENED):
        assert comparators._RUNNING.search(word + happened)
        assert (word + happened)[-1] in comparators._ENDS_HAPPENING
    for span, happened in product(('全年', '一个月内'), target_words.HAPPENED):
        assert [found.comparator for found in read_thresholds(f'{span}{happened}3次的扣1分', field='criteria')] == [
            '>='
        ]


def test_words_without_signs_need_no_escape_in_a_pattern() -> None:
    characters = map(chr, range(sys.maxunicode + 1))
    assert [one for one in characters if one.isalnum() and re.escape(one) != one] == []
    assert re.fullmatch(either(['台(套)', '台', 'm³', 'A+']), '台(套)')
