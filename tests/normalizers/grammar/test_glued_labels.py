"""Labels that a count follows at once, and decimals that look like them."""

from __future__ import annotations

import pytest

from kaohe.normalizers.grammar.glued_labels import LABEL_STOP, with_labels_apart


@pytest.mark.parametrize(
    'text',
    [
        '1.5个百分点以上得3分;2.5个百分点以上得5分',
        '1.5个月内完成得5分;2.5个月内完成得3分',
        '1.5次以下得5分;2.5次以下得3分',
        '1.提升明显得3分;2.5个百分点以上得5分',
    ],
)
def test_decimals_at_the_beginning_of_statements_stay_decimals(text: str) -> None:
    assert with_labels_apart(text) == text


@pytest.mark.parametrize(
    'text',
    ['1.不整洁扣1分\n2.1人迟到扣1分', '1.台账不全扣1分。2.2个点位未巡查扣1分', '1、1人缺席扣1分;2、3人迟到扣1分'],
)
def test_a_count_behind_a_label_is_told_from_it(text: str) -> None:
    told = with_labels_apart(text)

    assert told != text
    assert len(told) == len(text)
    assert LABEL_STOP in told
