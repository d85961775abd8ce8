"""Codes with amounts under a head that says what they are: ``E1=10`` of ``事项代码及扣分标准(分/项)``."""

from __future__ import annotations

import re
from decimal import Decimal

from kaohe.normalizers.catalogue import IndicatorKind
from kaohe.normalizers.grammar.clauses.amounts import points_of
from kaohe.normalizers.grammar.clauses.clause_match import ClauseMatch
from kaohe.normalizers.text.folding import halfwidth

_CODE = re.compile(r'(?P<code>[A-Za-z]{1,3}-?\d{1,3})\s*[=:]\s*-?(?P<amount>\d{1,3}(?:\.\d{1,2})?)(?:\s*分)?')
_CODES = re.compile(
    rf'\s*{_CODE.pattern}(?:[\s;,、]+{_CODE.pattern.replace("?P<code>", "?:").replace("?P<amount>", "?:")})*\s*'
)


def read_code(text: str, kind: IndicatorKind) -> tuple[ClauseMatch, ...]:
    """The deduction that each code of a cell stands for, for each time; empty where the text is no codes, or its line takes nothing."""
    folded = halfwidth(text)
    if kind != 'penalty' or _CODES.fullmatch(folded) is None:
        return ()
    return tuple(
        ClauseMatch(
            start=found.start(),
            end=found.end(),
            effect='deduct',
            rule='deduct.code',
            points=points_of(f'{found["amount"]}分')[0],
            per_quantity=Decimal(1),
            per_unit='项',
            condition=found['code'],
            amount=found.span('amount'),
            sign='-',
        )
        for found in _CODE.finditer(folded)
    )
