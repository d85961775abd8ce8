"""Grades of one item that the layout sets out, one to a line: the grade, what it asks and what it is worth (`优 资料齐全 10-8分`).

Where rows or columns show that each line is a grade, a bare number at its end is its worth; a text alone must say more to be read so.
"""

from __future__ import annotations

import re
from decimal import Decimal

from kaohe.normalizers.catalogue import IndicatorKind
from kaohe.normalizers.grammar.clauses.clause_match import ClauseMatch, ClausesRead
from kaohe.normalizers.grammar.clauses.grades import FACTOR, read_factors
from kaohe.normalizers.text.folding import halfwidth

_NUMBER = r'\d{1,3}(?:\.\d{1,2})?'
_AMOUNT = re.compile(
    rf'(?:^|[^\d.%~至])(?:[-=:—]{{1,3}}\s*)?(?:({_NUMBER})\s*分?\s*(?:\([含不]+\))?\s*[-~至—]{{1,2}}\s*)?({_NUMBER})\s*分?(?:\([含不]+\))?\s*(?:以[上下])?\s*[。;；]?$'
)
_LEADING = re.compile(rf'^(?:({_NUMBER})\s*分?\s*[-~至—]{{1,2}}\s*)?({_NUMBER})\s*分(?=[\s:：,，、])')
_SHARE = re.compile(
    rf'^[^。;]{{0,12}}\((?:[^()\d]{{0,6}}(?:分值?|分数|系数|比例|权重))?(?:({_NUMBER})\s*%?\s*[-~至—]{{1,2}}\s*)?[<≤>≥＜]?\s*({_NUMBER})\s*%(?:以[上下内])?\)'
)
# `优（10-9分） 资料齐全`
_BRACKETED = re.compile(
    rf'^[^。;()]{{0,12}}\((?:({_NUMBER})\s*分?\s*[-~至—]{{1,2}}\s*)?({_NUMBER})\s*分(?:以[上下])?\)'
)

# the grade before what it asks: A, 优秀, 第一档
_NAME = re.compile(r'\s*[^\s\d。；;，,、%]{1,6}\s+(?=\S)')


def read_laid_out(text: str, kind: IndicatorKind) -> ClausesRead | None:
    """The clauses of a list of grades; None where a line of it says no amount."""
    if factors := read_factors(text):
        return ClausesRead(factors, len(factors))
    found: list[ClauseMatch] = []
    start = 0
    for line in text.split('\n'):
        made = _grade(line, start, kind)
        if made is None:
            return None
        found.append(made)
        start += len(line) + 1
    return ClausesRead(tuple(found), len(found)) if len(found) > 1 else None


def described(text: str) -> str:
    """A list of grades as long as it is with nothing in it but what each grade asks: neither its name nor its worth is part of that."""
    return '\n'.join(map(_described, text.split('\n')))


def _described(line: str) -> str:
    folded = halfwidth(line)
    factor = FACTOR.fullmatch(folded)
    if factor:
        start = factor.end('factor') + 1
        return '；' * start + line[start:]
    headed = _SHARE.match(folded) or _BRACKETED.match(folded) or _LEADING.match(folded)
    amount = None if headed else _AMOUNT.search(folded)
    end = amount.start(1 if amount[1] else 2) if amount else len(line)
    named = headed or _NAME.match(line, 0, end)
    start = named.end() if named else 0
    return '；' * start + line[start:end] + '；' * (len(line) - end)


def is_grade_with_amount(line: str) -> bool:
    """Whether a line is a grade that says what it is worth."""
    return _grade(line, 0, 'scored') is not None


def _grade(line: str, start: int, kind: IndicatorKind) -> ClauseMatch | None:
    folded = halfwidth(line)
    amount = _AMOUNT.search(folded) or _LEADING.match(folded) or _BRACKETED.match(folded)
    if (share := _SHARE.match(folded)) and (amount is None or not folded.rstrip().endswith('分')):
        upper = max(Decimal(part) for part in share.groups() if part)
        return ClauseMatch(
            start,
            start + len(line),
            'proportional',
            'proportional.grade',
            condition=line.strip(),
            share=upper / 100,
            amount=(start, start + share.end()),
            sign='-' if kind == 'penalty' else '+',
        )
    if amount is None:
        return None
    points = max(Decimal(part) for part in amount.groups() if part)
    return ClauseMatch(
        start,
        start + len(line),
        'bonus' if kind == 'bonus' else 'deduct' if kind == 'penalty' else 'award',
        'award.grade',
        points=points,
        condition=line[: amount.start(1) if amount[1] else amount.start(2)].strip(' -—=:：') or None,
        amount=(start + amount.start(), start + amount.end()),
        sign='-' if kind == 'penalty' else '+',
    )
