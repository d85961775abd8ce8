"""Between what a line's score can move."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kaohe.normalizers.lines.line_bounds import bounds
from tests.normalizers.tables import read_picture


def bounds_of(criteria: str, title: str = '') -> tuple[Decimal | None, Decimal | None]:
    (line,) = read_picture(f'序号|考核内容|分值|评分标准\n1|台账管理|5|{criteria}', title).lines
    return tuple(bounds(line))


@pytest.mark.parametrize(
    ('criteria', 'floor', 'ceiling'),
    [
        ('每缺一项扣1分，扣完为止', 0, 5),
        ('每缺一项扣1分，可扣至负分', None, 5),
        ('每缺一项扣1分，分值不足可倒扣', None, 5),
        ('每缺一项扣1分，扣分不封顶', None, 5),
        ('每篇加1分，上不封顶', 0, None),
        ('每缺一项扣1分，不得倒扣', 0, 5),
        ('未建立的，不得分；本小项不得分时，追加扣除6分', None, 5),
        ('不符合的，每处扣1分；有重大隐患的，除本项不得分外，加扣20分', None, 5),
        ('每处扣2分；构成重大隐患的，除本分值扣完外，加扣10分', None, 5),
        ('未建立的不得分，重复发现的每次加扣1分', 0, 5),
        ('发生事故的，除本项不得分外，另扣科室奖金200元', 0, 5),
    ],
)
def test_a_line_comes_to_nothing_at_least_and_to_its_points_at_most_unless_the_notice_says_otherwise(
    criteria: str, floor: int | None, ceiling: int | None
) -> None:
    assert bounds_of(criteria) == (floor, ceiling)
