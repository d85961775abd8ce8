"""What people write where a number or one of a few words is wanted, in the spellings that they use."""

from __future__ import annotations

import pytest

from kaohe.pipeline.decisions.correctable_columns import Unusable, find_field


@pytest.mark.parametrize(
    ('owner', 'title', 'written', 'value'),
    [
        ('indicators', '分值', '2分', 2.0),
        ('indicators', '分值', '２．５ 分', 2.5),
        ('indicators', '类别', '减分', 'penalty'),
        ('thresholds', '数值', '92%', 92.0),
        ('thresholds', '数值', '5‰', 5.0),
        ('thresholds', '比较', '≥', '>='),
        ('thresholds', '比较', '＜', '<'),
        ('clauses', '效果', '减分', 'deduct'),
    ],
)
def test_sensible_spellings_are_taken(owner: str, title: str, written: str, value: object) -> None:
    field = find_field(owner, title)
    assert field is not None
    assert field.parse(written) == value


@pytest.mark.parametrize(
    ('owner', 'title', 'written'),
    [
        ('indicators', '分值', '2%'),
        ('indicators', '分值', '两三分'),
        ('thresholds', '比较', '差不多'),
        ('indicators', '分值', '-2分'),
    ],
)
def test_what_says_something_else_is_refused(owner: str, title: str, written: str) -> None:
    field = find_field(owner, title)
    assert field is not None
    with pytest.raises(Unusable):
        field.parse(written)
