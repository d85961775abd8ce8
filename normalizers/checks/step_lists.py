"""Numbers that are steps of a list: the 1 and the 2 of ``结案1起记0.5分，结2起记1分，3起以上记1.5分``."""

from __future__ import annotations

import re

from kaohe.normalizers.catalogue import Clause
from kaohe.normalizers.checks.line_texts import LineText

_UNIT = re.compile('个?([次起例项处人份件天周月个])')
_ENDS = re.compile(r'[。;\n]')
_AROUND = 80


def is_step(text: LineText, clause: Clause, start: int, end: int) -> bool:
    """Whether the number at ``start:end`` of a clause that is taken once is one step, and a clause beside it in the statement has another."""
    unit = _UNIT.match(text.text, end)
    if unit is None or clause.per_quantity is not None:
        return False
    begin = max(
        (found.end() for found in _ENDS.finditer(text.text, max(0, start - _AROUND), start)),
        default=max(0, start - _AROUND),
    )
    ends = _ENDS.search(text.text, end, end + _AROUND)
    stop = ends.start() if ends else end + _AROUND
    steps = re.finditer(rf'(?<![\d.每])[\d一两二三四五六七八九十]个?{unit.group(1)}', text.text[begin:stop])
    beside = (begin + found.start() for found in steps if not start <= begin + found.start() < end)
    return any(
        other is not clause and (other.per_quantity is None or text.text[at] != '一')
        for at in beside
        for other in text.clauses_over(at, at + 1)
    )
