"""What 为0, 资格 and a share say beside a matter that only names them, and numbers that are no count."""

from __future__ import annotations

import pytest

from kaohe.normalizers.grammar.clauses.reader import read_clauses


@pytest.mark.parametrize(
    ('text', 'clauses'),
    [
        ('建立制度得2分，未建立为0', ['award 2', 'forfeit']),
        ('制度健全得2分，无制度为0', ['award 2', 'forfeit']),
        ('开展得2分，未开展的为0', ['award 2', 'forfeit']),
        ('不合格品数为0，得满分', ['full']),
        ('无效工单为0，得2分', ['award 2']),
        ('整改完毕得2分，未办结投诉为0', ['award 2']),
        ('被暂停资格的，扣2分', ['deduct 2']),
        ('丧失上岗资格未清退的扣2分', ['deduct 2']),
        ('比对不合格的暂停运维资格3个月', ['veto']),
        ('选票得60%', []),
        ('每亩低于100公斤的扣1分', ['deduct 1']),
        ('每次超过5平方米扣1分', ['deduct 1 /1 次']),
    ],
)
def test_what_is_taken_or_given(text: str, clauses: list[str]) -> None:
    assert [
        one.effect
        + (f' {one.points}' if one.points is not None else '')
        + (f' /{one.per_quantity} {one.per_unit}' if one.per_quantity is not None else '')
        for one in read_clauses(text).matches
    ] == clauses
