"""What goes beyond an aim by one, and what begins to act from another number."""

from __future__ import annotations

import pytest

from kaohe.normalizers.grammar.clauses.reader import read_clauses
from kaohe.normalizers.grammar.targets.reader import read_thresholds


def _targets(text: str) -> list[tuple[str, str | None, str | None]]:
    found = read_thresholds(text, field='criteria', clauses=read_clauses(text).matches)
    return [(f'{one.comparator}{one.value}', one.unit, one.basis) for one in found]


@pytest.mark.parametrize('text', ['响应时间不超过30分钟，超出1小时扣2分', '按时到岗，超出1小时扣2分'])
def test_a_number_of_another_unit_than_the_aim_is_where_a_clause_begins(text: str) -> None:
    assert ('>1', '小时', None) in _targets(text)


def test_one_more_than_the_aim_is_a_step() -> None:
    assert _targets('每班不超过25人，超出1人扣0.2分') == [('<=25', '人', None)]


def test_an_aim_is_named_without_the_particle_behind_it() -> None:
    assert _targets('验收数不低于上年的90%以上') == [('>=90', '%', '上年')]
