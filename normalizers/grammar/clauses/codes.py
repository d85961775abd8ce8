"""Codes with amounts under a head that says what they are: ``E1=10`` of ``事项代码及扣分标准(分/项)``."""

from __future__ import annotations

import re
from decimal import Decimal

from kaohe.normalizers.catalogue import IndicatorKind
from kaohe.normalizers.grammar.clauses.amounts import points_of
from kaohe.normalizers.grammar.clauses.clause_match import ClauseMatch
from kaohe.normalizers.text.folding import halfwidth

_CODE = re.compile(r'\s*(?P<code>[A-Za-z]{1,3}-?\d{1,3})\s*[=:]\s*-?(?P<amount>\d{1,3}(?:\.\d{1,2})?)\s*分?\s*')


def read_code(text: str, kind: IndicatorKind) -> tuple[ClauseMatch, ...]:
    """The deduction that a code stands for, for each time; empty where the text is no code, or its line takes nothing."""
    found = _CODE.fullmatch(halfwidth(text)) if kind == 'penalty' else None
    if found is None:
        return ()
    start, end = found.start('code'), len(text.rstrip())
    return (
        ClauseMatch(
            start=start,
            end=end,
            effect='deduct',
            rule='deduct.code',
            points=points_of(f'{found["amount"]}分')[0],
            per_quantity=Decimal(1),
            per_unit='项',
            condition=found['code'],
            amount=found.span('amount'),
            sign='-',
        ),
    )
