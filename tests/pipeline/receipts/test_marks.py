"""Text with coloured spans."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaohe.pipeline.receipts.marks import Mark, coloured, find_number
from kaohe.pipeline.receipts.markup import clean, tag


def test_spans_in_one_another_give_pieces_with_all_their_classes() -> None:
    text = '每缺一项扣0.5分，满分'
    marks = [Mark(0, 9, 'loss', '1'), Mark(0, 4, 'cond'), Mark(5, 8, 'pts')]
    assert coloured(text, marks) == (
        '<mark class="loss cond">每缺一项</mark><mark class="loss">扣</mark><mark class="loss pts">0.5</mark>'
        '<mark class="loss" data-n="1">分</mark>，满分'
    )


def test_spans_that_end_together_show_both_labels_and_spans_that_cross_are_cut() -> None:
    assert coloured('甲乙丙', [Mark(0, 2, 'a', '1'), Mark(1, 3, 'b'), Mark(0, 2, 'c', '2')]) == (
        '<mark class="a c">甲</mark><mark class="a b c" data-n="1 2">乙</mark><mark class="b">丙</mark>'
    )


def test_hostile_text_is_escaped_inside_and_outside_of_spans() -> None:
    assert coloured('<b>&</b>', [Mark(0, 3, 'a')]) == '<mark class="a">&lt;b&gt;</mark>&amp;&lt;/b&gt;'


@given(
    st.text(alphabet='每扣<&>"\'分\n\u202e\x1b0.5', max_size=30),
    st.lists(st.tuples(st.integers(0, 35), st.integers(0, 35), st.sampled_from('abc')), max_size=6),
)
def test_whatever_the_spans_the_text_stays_and_each_character_has_its_classes(
    text: str, spans: list[tuple[int, int, str]]
) -> None:
    marks = [Mark(min(a, b), max(a, b), cls) for a, b, cls in spans]
    shown = coloured(text, marks)
    assert unescape(re.sub(r'<[^>]*>', '', shown)) == clean(text)
    expected = {
        cls: [i for i in range(len(text)) if any(m.start <= i < m.end and m.cls == cls for m in marks)] for cls in 'abc'
    }
    for cls in 'abc':
        coloured_text = ''.join(re.findall(rf'<mark class="(?:[abc] )*{cls}(?: [abc])*">(.*?)</mark>', shown, re.S))
        assert unescape(coloured_text) == clean(''.join(text[i] for i in expected[cls]))


@pytest.mark.parametrize(
    ('text', 'value', 'place'),
    [
        ('每少5%扣5分', 5.0, (5, 6)),
        ('扣０．5分', 0.5, (1, 4)),
        ('得0..2分', 0.2, (1, 5)),
        ('加一分', 1.0, (1, 2)),
        ('扣半分', 0.5, (1, 2)),
        ('扣十二分', 12.0, (1, 3)),
        ('按百分制折算，得100', 100.0, (8, 11)),
        ('分别加2、1', 2.0, (3, 4)),
        ('扣10分', 1.0, None),
        ('不得分', None, None),
    ],
)
def test_the_points_of_a_clause_are_found_where_the_text_writes_them(
    text: str, value: float | None, place: tuple[int, int] | None
) -> None:
    assert find_number(text, value) == place


def test_text_is_cleaned_of_what_nobody_sees() -> None:
    assert clean('a\x00b\u202ec\u200bd\te\u00a0f\ng\ud800h\U000e0001\u2003Ⅲ㎡①é') == 'abcd e f\ngh Ⅲ㎡①é'


def test_attributes_cannot_be_broken_out_of() -> None:
    assert tag('a', 'x', href='"><script>', title=None) == '<a href="&quot;&gt;&lt;script&gt;">x</a>'
