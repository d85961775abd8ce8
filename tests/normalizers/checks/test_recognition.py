"""Lines recognised from a picture: what the sums confirm, what they mend, and what a person must look at."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kaohe.normalizers import normalize
from kaohe.normalizers.catalogue import Catalogue
from tests.normalizers.tables import document, draw

HEADER = '考核项目 | 考核内容 | 评分标准 | 分值\n'
PAPER = (
    HEADER
    + '消防（10分） | 灭火器完好 | 缺一个扣1分 | {0}\n^ | 通道畅通 | 占用不得分 | {1}\n'
    + '食堂（10分） | 留样齐全 | 缺一次扣1分 | {2}\n^ | 证照齐全 | 缺一证不得分 | {3}'
)


def scan(picture: str, title: str = '校园安全考核评分表（20分）', confidence: float = 1.0) -> Catalogue:
    """The catalogue of a table whose cells were recognised with this confidence."""
    table = draw(picture)
    cells = tuple(replace(cell, confidence=confidence) for cell in table.cells)
    return normalize(document(title, replace(table, cells=cells)), 'x.pdf')


def points(catalogue: Catalogue) -> list[Decimal | None]:
    return [line.points for line in catalogue.indicators]


def doubts(catalogue: Catalogue) -> dict[int | None, str]:
    return {found.indicator: found.message for found in catalogue.findings if found.code == 'ocr.doubtful'}


def test_points_that_the_sums_confirm_are_no_doubt() -> None:
    catalogue = scan(PAPER.format(3, 7, 4, 6))
    assert points(catalogue) == [3, 7, 4, 6]
    assert doubts(catalogue) == {}


@pytest.mark.parametrize(('read', 'meant'), [('1', 7), ('5', 6), ('8', 3), ('l', 1), ('I', 1), ('05', Decimal('0.5'))])
def test_the_only_other_reading_that_makes_the_sums_right_is_taken_and_says_so(read: str, meant: Decimal) -> None:
    catalogue = scan(PAPER.format(read, 10 - meant, 4, 6))
    assert points(catalogue)[0] == meant
    assert f'分值认成“{read}”' in doubts(catalogue)[0]
    assert set(doubts(catalogue)) == {0}
    assert 'points.sum' not in {found.code for found in catalogue.findings}


def test_where_two_readings_are_possible_none_is_taken() -> None:
    catalogue = scan(PAPER.format(1, 1, 4, 6).replace('消防（10分）', '消防（8分）'), '校园安全考核评分表（18分）')
    assert points(catalogue) == [1, 1, 4, 6]
    assert set(doubts(catalogue)) == {0, 1}


def test_a_sum_that_may_be_misread_itself_proves_nothing() -> None:
    catalogue = scan(PAPER.format(1, 4, 4, 6).replace('消防（10分）', '消防（6分）'), '校园安全考核评分表')
    assert points(catalogue)[:2] == [1, 4]
    assert set(doubts(catalogue)) == {0, 1}


def test_a_number_that_was_recognised_with_doubt_is_named() -> None:
    catalogue = scan(PAPER.format(3, 7, 4, 6), confidence=0.6)
    assert set(doubts(catalogue)) == {0, 1, 2, 3}
    assert '60%' in doubts(catalogue)[0]
    assert '分值' not in doubts(catalogue)[0].split('核对：')[1].replace('评分标准', '')


def test_percentages_that_were_recognised_are_always_named() -> None:
    catalogue = scan(
        HEADER + '质控 | 合格率≥95%，漏报率≤3‰ | 每低1％扣1分 | 5\n质控 | 台账齐全 | 缺一份扣1分 | 5', '质控考核表'
    )
    assert list(doubts(catalogue)) == [0]
    assert '95%、3‰、1%' in doubts(catalogue)[0]


def test_what_was_not_recognised_but_read_is_the_notices_own() -> None:
    catalogue = normalize(document('考核评分表（20分）', draw(PAPER.format(1, 3, 4, 6))), 'x.docx')
    assert points(catalogue) == [1, 3, 4, 6]
    assert doubts(catalogue) == {}
    assert 'points.sum' in {found.code for found in catalogue.findings}
