"""What a worksheet takes as an answer."""

from __future__ import annotations

from decimal import Decimal

from kaohe.normalizers.scoring.material import Input
from kaohe.pipeline.assessment.worksheets.answer_cells import how_to, validation


def test_points_of_a_range_may_be_none_or_within_it() -> None:
    one = Input('q', 0, (), 'score', '扣几分？', unit='分', low=Decimal(3), high=Decimal(5))
    told = validation(one, [], 'I7')
    assert (told['validate'], told['value']) == ('custom', '=AND(ISNUMBER(I7),OR(I7=0,AND(I7>=3,I7<=5)))')
    assert told['error_message'] == '请填 3～5，没有这种情况填 0'
    assert how_to(one) == '填 0 或 3～5'


def test_points_from_none_upwards_are_a_plain_number() -> None:
    one = Input('q', 0, (), 'score', '扣几分？', unit='分', low=Decimal(0), high=Decimal(5))
    told = validation(one, [], 'I7')
    assert (told['validate'], told['minimum'], told['maximum']) == ('decimal', 0, 5)
