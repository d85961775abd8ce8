"""Ink in the cells of a ruled table that no recognised character covers is found line by line."""

import numpy as np

from kaohe.extractors.layout.ruling import RuledLine
from kaohe.extractors.layout.text_lines import Glyph
from kaohe.extractors.ocr.overlooked import Spot, overlooked

# A table of two cells, 100 points wide each and 60 high, at two pixels a point.
RULES = [RuledLine(x, 10, x, 70) for x in (10, 110, 210)] + [RuledLine(10, y, 210, y) for y in (10, 70)]
READ = Glyph('细', 14, 14, 24, 24)


def page(*inked: tuple[int, int, int, int]) -> list[Spot]:
    picture = np.full((160, 440), 255, np.uint8)
    for left, top, right, bottom in ((28, 28, 48, 48), *inked):
        picture[top:bottom, left:right] = 0
    return overlooked(picture, 2.0, [READ], RULES)


def test_nothing_is_found_where_all_ink_was_read() -> None:
    assert page() == []


def test_a_single_character_in_another_cell_is_found() -> None:
    assert page((300, 60, 306, 78)) == [Spot(300, 60, 306, 78)]


def test_lines_that_stand_close_are_found_one_by_one() -> None:
    assert page((240, 30, 278, 48), (240, 50, 258, 68)) == [Spot(240, 30, 278, 48), Spot(240, 50, 258, 68)]


def test_the_strokes_of_one_character_are_one_spot() -> None:
    assert page((240, 40, 258, 43), (240, 47, 258, 50), (240, 54, 258, 57)) == [Spot(240, 40, 258, 57)]


def test_specks_and_borders_are_no_writing() -> None:
    assert page((300, 60, 303, 63), (218, 20, 222, 140)) == []


def test_a_page_without_a_read_character_gives_no_measure() -> None:
    assert overlooked(np.zeros((160, 440), np.uint8), 2.0, [], RULES) == []


def test_a_character_of_a_line_that_is_written_downwards_is_known_though_its_place_is_rough() -> None:
    picture = np.full((160, 440), 255, np.uint8)
    for top in (28, 54, 80):
        picture[top : top + 20, 30:50] = 0
    elsewhere = [Glyph('字', x, 14, x + 10, 24) for x in range(120, 200, 12)]
    # places along the line as a recogniser gives them: flat, somewhere on the character
    column = [Glyph('财', 14, 17, 26, 19), Glyph('务', 14, 31, 26, 33), Glyph('科', 14, 46, 26, 48)]
    assert overlooked(picture, 2.0, [*elsewhere, *column], RULES) == []
    assert overlooked(picture, 2.0, [*elsewhere, *column[1:]], RULES) == [Spot(30, 28, 50, 48)]
