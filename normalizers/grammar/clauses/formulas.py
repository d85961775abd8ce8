"""The most that a printed formula gives (ruling 31): the 30 of ``(基准价/报价)×30``, the 10 of ``10×(1-差错率×2)``, the 5 of ``5-迟报率×2``."""

from __future__ import annotations

import re

from kaohe.normalizers.grammar.clauses.amounts import DIGITS

RATIO = re.compile(r'[/÷]|率|比例|[占百配]?比(?!赛)|程度|系数|完成度|进度')
"""What tells a ratio, so that a number it is multiplied with is the most that it gives."""
_POINTS = re.compile(rf'(?<![\d.])(?P<number>{DIGITS})分?')
_TERM_ENDS = re.compile(r'[+-]')
_FACTOR_ENDS = re.compile(r'[×*xX÷/]|乘以?|除以?')
_QUOTES = '“”"'


def printed_maximum(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span of the number that the formula ``text[start:end]`` gives at most: that with which it multiplies a ratio, or from which it takes all else away.

    None where it prints none (``完成数/目标数×满分``) or where what it prints is not the most (``60+完成率×40``, ``获奖次数×2``).
    """
    while start < end and text[start] in _QUOTES:
        start += 1
    while start < end and text[end - 1] in _QUOTES:
        end -= 1
    terms, signs = _split(text, start, end, _TERM_ENDS)
    if len(terms) > 1:
        alone = _POINTS.fullmatch(text, *terms[0])
        return alone.span('number') if alone and set(signs) == {'-'} else None
    factors, signs = _split(text, start, end, _FACTOR_ENDS)
    over = [factors[0], *(factor for factor, sign in zip(factors[1:], signs, strict=True) if sign not in '÷/除以')]
    numbers = [found for factor in over if (found := _POINTS.fullmatch(text, *factor))]
    rest = text[start:end]
    return numbers[0].span('number') if len(numbers) == 1 and RATIO.search(rest) else None


def states_number(formula: str) -> bool:
    """Whether a formula prints a number that is no share."""
    return re.search(rf'(?<![\d.]){DIGITS}(?![\d.%‰])', formula) is not None


def _split(text: str, start: int, end: int, ends: re.Pattern[str]) -> tuple[list[tuple[int, int]], list[str]]:
    """The spans between the signs of ``ends`` that stand outside brackets, and those signs."""
    spans: list[tuple[int, int]] = []
    signs: list[str] = []
    depth, begin, at = 0, start, start
    while at < end:
        found = ends.match(text, at, end) if depth == 0 else None
        if found is not None:
            spans.append((begin, at))
            signs.append(found.group())
            begin = at = found.end()
            continue
        depth += (text[at] == '(') - (text[at] == ')')
        at += 1
    return [*spans, (begin, end)], signs
