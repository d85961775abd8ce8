"""Tables that say which score makes which grade (90-100 优秀, 80-89 良好): their ranges adjoin, and nothing is won by them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from kaohe.normalizers.lines.line import Line
from kaohe.normalizers.text.folding import squeeze

_NUMBER = r'\d{1,4}(?:\.\d{1,2})?'
_RANGE = re.compile(rf'[\[(]?({_NUMBER})分?(?:\([含不]+\))?[-–—~至≤<]+({_NUMBER})分?(?:\([含不]+\))?[\])]?')
_OPEN = re.compile(rf'[≥>≤<]?{_NUMBER}分?(?:\([含不]+\))?(?:及?以[上下])?')
_FEWEST_RANGES = 2
_FEWEST_LINES = 3
_STEP = Decimal(1)


def is_scale(lines: Sequence[Line]) -> bool:
    """Whether the lines are the grades of one scale: each prints a range of scores or an open end of it, and the ranges adjoin."""
    texts = [squeeze(line.points_text.text) if line.points_text else '' for line in lines]
    ranges = [(Decimal(found[1]), Decimal(found[2])) for text in texts if (found := _RANGE.fullmatch(text))]
    if len(lines) < _FEWEST_LINES or len(ranges) < _FEWEST_RANGES:
        return False
    if not all(_RANGE.fullmatch(text) or (_OPEN.fullmatch(text) and not text.isdecimal()) for text in texts):
        return False
    ranges.sort()
    return all(0 <= above[0] - below[1] <= _STEP for below, above in pairwise(ranges))
