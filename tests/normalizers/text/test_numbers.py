"""One reader of numbers for points, clauses, targets and figures."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from kaohe.normalizers.text.numbers import FRACTION, NUMBER, SHARE, parse_number, parse_share


@pytest.mark.parametrize(
    ('text', 'value'),
    [
        ('0..2', '0.2'), ('０．５', '0.5'), ('1,000', '1000'), ('12，345.6', '12345.6'), ('½', '0.5'), ('2½', '2.5'), ('十二', '12'), ('两千零五', '2005'),
        ('一亿五千万', '150000000'), ('二万五千', '25000'), ('三点二五', '3.25'), ('半', '0.5'), ('一亿二千万零五百', '120000500'),
        ('3万4000', '34000'), ('３万４０００', '34000'), ('1亿2000万', '120000000'), ('1亿零50', '100000050'), ('1千零1', '1001'), ('5千3百', '5300'),
        ('2万3千', '23000'), ('6万零200', '60200'),
    ],
)  # fmt: skip
def test_a_number_has_its_value(text: str, value: str) -> None:
    assert re.fullmatch(NUMBER, text)
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize('text', ['一二三', '百千', '一万两万'])
def test_what_is_no_number_has_no_value(text: str) -> None:
    assert parse_number(text) is None


def test_a_list_of_small_numbers_is_no_group_of_thousands() -> None:
    assert re.findall(NUMBER, '3,2,1 1,20 1,0000') == ['3', '2', '1', '1', '20', '1', '0000']


@pytest.mark.parametrize(
    ('text', 'number'), [('3万2024年', '3'), ('3万5吨', '3'), ('1千5百人', '1千5百'), ('2万30人', '2')]
)
def test_digits_behind_ten_thousands_belong_to_them_where_they_can_be_nothing_else(text: str, number: str) -> None:
    assert re.match(NUMBER, text).group() == number  # type: ignore[union-attr]


def test_ten_thousands_at_the_end_are_the_units() -> None:
    assert re.match(NUMBER, '三万元').group() == '三'  # type: ignore[union-attr]


@pytest.mark.parametrize(('text', 'value'), [('五分之四', '0.8'), ('20分之1', '0.05'), ('万分之零点五', '0.00005')])
def test_a_fraction_has_its_value(text: str, value: str) -> None:
    assert re.fullmatch(FRACTION, text)
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    ('text', 'value'),
    [
        ('50%', '0.5'),
        ('２％', '0.02'),
        ('百分之三十', '0.3'),
        ('一半', '0.5'),
        ('1/4', '0.25'),
        ('三成', '0.3'),
        ('5‰', '0.005'),
    ],
)
def test_a_share_is_a_part_of_one(text: str, value: str) -> None:
    assert re.fullmatch(SHARE, text)
    assert parse_share(text) == Decimal(value)


@pytest.mark.parametrize(
    ('text', 'value'),
    [('5×10⁴', '50000'), ('10²', '100'), ('3.2×10⁻³', '0.0032'), ('2*10⁶', '2000000'), ('1.5 × 10³', '1500')],
)
def test_a_power_of_ten_is_one_number(text: str, value: str) -> None:
    assert re.match(NUMBER, f'{text}平方米').group() == text  # type: ignore[union-attr]
    assert parse_number(text) == Decimal(value)


def test_half_a_point_may_be_written_as_a_fraction() -> None:
    assert re.match(NUMBER, '1/2分').group() == '1/2'  # type: ignore[union-attr]
    assert parse_number('1/2') == Decimal('0.5')
    assert re.match(SHARE, '1/2分') is None
    assert re.match(SHARE, '1/2分值')
