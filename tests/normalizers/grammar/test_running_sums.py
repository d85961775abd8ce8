"""Points that are lost so far stand apart from points that are lost because something happened so often."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kaohe.normalizers.grammar.clauses.reader import read_clauses


@pytest.mark.parametrize(
    'text',
    [
        '累计迟到3次扣2分，约谈科室负责人',
        '年度累计旷工两天扣2分，待岗处理',
        '累计发生3起扣2分，警告处分',
        '累计拖欠工资扣2分，通报批评',
        '每次扣2分，累计3次扣2分，约谈',
    ],
)
def test_what_happened_so_often_costs_points_whatever_follows(text: str) -> None:
    assert ('deduct', Decimal(2)) in [(one.effect, one.points) for one in read_clauses(text).matches][-1:]


@pytest.mark.parametrize(
    'text', ['累计记12分停岗', '累计扣12分停岗，扣6分约谈', '年内累计被扣20分，待岗', '累计违章记12分停岗']
)
def test_a_sum_to_reach_costs_none(text: str) -> None:
    assert read_clauses(text).matches == ()
