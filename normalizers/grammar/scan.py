"""One compiled pass over a text that finds every phrase of every rule."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from normalizers.catalogue import Field
from normalizers.grammar.phrase_rule import PhraseRule
from normalizers.grammar.rules import RULES


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a rule found at ``start:end`` of the surface text. ``points`` is the span of its amounts, None where it states none."""

    rule: PhraseRule
    start: int
    end: int
    points: tuple[int, int] | None
    verb: str | None


_LIKELY = re.compile(
    r'分|扣|否决|否优|否定|资格|[评创]优|评先|先进|优秀|称号|表彰|评选|折|等次|档|等级|提供|评定|见|为止|封顶|分值|插|就高|最高|得'
)


def phrases(text: str, field: Field, *, prose: bool = False) -> Iterator[Phrase]:
    """The phrases in a surface text, left to right, none overlapping another. ``prose`` leaves out what holds in tables only."""
    if _LIKELY.search(text) is None:
        return
    rules, scan, patterns = _compiled(field, prose)
    position = 0
    while (found := scan.search(text, position)) is not None:
        position = found.start() + 1
        for number in range(int((found.lastgroup or '_0')[1:]), len(rules)):
            match = patterns[number].match(text, found.start())
            if match is not None and rules[number].accept(text, match):
                yield _phrase(rules[number], match)
                position = match.end()
                break


def _phrase(rule: PhraseRule, match: re.Match[str]) -> Phrase:
    groups = match.re.groupindex
    points = next(
        (match.span(name) for name in ('points', 'points2') if name in groups and match[name] is not None), None
    )
    return Phrase(rule, *match.span(), points, match['verb'] if 'verb' in groups else None)


@cache
def _compiled(field: Field, prose: bool) -> tuple[tuple[PhraseRule, ...], re.Pattern[str], tuple[re.Pattern[str], ...]]:
    rules = tuple(rule for rule in RULES if field in rule.fields and (rule.prose or not prose))
    anonymous = (re.sub(r'\(\?P<\w+>', '(?:', rule.pattern) for rule in rules)
    scan = re.compile('|'.join(f'(?P<_{number}>{pattern})' for number, pattern in enumerate(anonymous)))
    return rules, scan, tuple(re.compile(rule.pattern) for rule in rules)
