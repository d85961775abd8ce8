"""Characters become lines, wrapped lines one text."""

from __future__ import annotations

import pytest

from kaohe.extractors.layout.text_lines import Glyph, TextLine, lines_of
from kaohe.extractors.layout.wrapping import flow, runs_of


def glyphs(text: str, x: float = 0.0, top: float = 0.0, size: float = 10.0) -> list[Glyph]:
    """The characters side by side: Chinese one em wide, ASCII half an em."""
    found = []
    for char in text:
        width = size / 2 if char.isascii() else size
        found.append(Glyph(char, x, top, x + width, top + size))
        x += width
    return found


def lines(*texts: str, x: float = 0.0) -> list[TextLine]:
    return [line for at, text in enumerate(texts) for line in lines_of(glyphs(text, x, 14.0 * at))]


def test_characters_in_any_order_make_lines_from_top_to_bottom() -> None:
    some = glyphs('第二行', top=20) + glyphs('第一行')
    assert [line.text for line in lines_of(reversed(some))] == ['第一行', '第二行']


def test_a_line_without_a_visible_character_is_none() -> None:
    assert lines_of(glyphs('   ')) == []


@pytest.mark.parametrize(
    ('before', 'after', 'gap', 'expected'),
    [
        ('得', '5', 2.5, '得5'),
        ('考', '核', 2.0, '考核'),
        ('处', '医', 5.0, '处 医'),
        ('处', '医', 12.0, '处  医'),
        ('a', 'b', 2.5, 'a b'),
        ('1', '2', 0.5, '12'),
    ],
)
def test_a_gap_is_a_space_where_it_is_wider_than_typesetting_makes_it(
    before: str, after: str, gap: float, expected: str
) -> None:
    first = glyphs(before)
    (line,) = lines_of(first + glyphs(after, first[-1].x1 + gap))
    assert line.text == expected


def test_an_evenly_stretched_line_has_no_spaces() -> None:
    stretched = [glyph for at, char in enumerate('责任落实情况检查') for glyph in glyphs(char, 14.5 * at)]
    assert lines_of(stretched)[0].text == '责任落实情况检查'


def test_blanks_that_a_reader_merged_are_as_many_as_the_gap_is_wide() -> None:
    name = [*glyphs('高 '), *glyphs('峰', 20)]
    assert lines_of(name)[0].text == '高  峰'


@pytest.mark.parametrize(
    ('texts', 'expected'),
    [
        (('按期开展自查自纠得', '五分'), '按期开展自查自纠得五分'),
        (('开展自查', '得五分'), '开展自查\n得五分'),
        # Closing punctuation takes the character before it along, an opening bracket the one behind it.
        (('按期开展自查自纠', '得，'), '按期开展自查自纠得，'),
        (('按期开展自查自纠', '（得五分'), '按期开展自查自纠（得五分'),
        # A number is not parted.
        (('按期开展自查自纠', '100分'), '按期开展自查自纠100分'),
        # The room that is left would hold the next character.
        (('按期开展自查自纠', '得五分'), '按期开展自查自纠\n得五分'),
        (('按期开展自查得分；', '2.建立台账'), '按期开展自查得分；\n2.建立台账'),
        (('按期开展自查得分的', '　　另起一段'), '按期开展自查得分的\n　　另起一段'),
    ],
)
def test_lines_are_joined_where_the_next_character_had_no_room(texts: tuple[str, ...], expected: str) -> None:
    assert flow(runs_of(lines(*texts), 0, 96)).replace('　　', '　　') == expected


def test_numbers_in_the_middle_of_lines_do_not_make_items_of_those_at_their_beginning() -> None:
    text = ('自查；2.建账；三项', '全做；3.上报；四项', '4.公示')
    assert flow(runs_of(lines(*text), 0, 92)) == '自查；2.建账；三项全做；3.上报；四项4.公示'


def test_centred_lines_have_room_on_both_sides() -> None:
    first, second = lines('计财处', x=5)[0], lines('科教处', x=5)[0]._replace(top=14, bottom=24)
    assert flow(runs_of([first, second], 0, 40)) == '计财处科教处'
    assert flow(runs_of([first, second], 0, 40), {'计财处', '科教处'}) == '计财处\n科教处'
    assert flow(runs_of([first._replace(x0=10, x1=40), second], 0, 50)) == '计财处\n科教处'


def test_words_of_latin_letters_get_their_space_back() -> None:
    assert flow(runs_of(lines('Quality of', 'service here'), 0, 55)) == 'Quality of service here'
