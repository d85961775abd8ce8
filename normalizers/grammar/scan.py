"""One compiled pass over a text finds where a phrase may begin; there the rules are tried."""

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


def phrases(text: str, field: Field, *, prose: bool = False) -> Iterator[Phrase]:
    """The phrases in a surface text, left to right, none overlapping another. ``prose`` leaves out what holds in tables only."""
    heads, rules_by_head = _compiled(field, prose)
    end = 0
    for head in heads.finditer(text):
        start = head.start()
        if start < end:
            continue
        for rule, pattern in rules_by_head[head.group()]:
            match = pattern.match(text, start)
            if match is not None and rule.accept(text, match):
                yield _phrase(rule, match)
                end = match.end()
                break


def _phrase(rule: PhraseRule, match: re.Match[str]) -> Phrase:
    groups = match.re.groupindex
    points = next(
        (match.span(name) for name in ('points', 'points2') if name in groups and match[name] is not None), None
    )
    return Phrase(rule, *match.span(), points)


_ByHead = dict[str, list[tuple[PhraseRule, re.Pattern[str]]]]


@cache
def _compiled(field: Field, prose: bool) -> tuple[re.Pattern[str], _ByHead]:
    """One scan for the characters with which a rule of this field can begin, and the rules by that character, in order of precedence."""
    by_head: _ByHead = {}
    for rule in RULES:
        if field in rule.fields and (rule.prose or not prose):
            pattern = re.compile(rule.pattern)
            for head in rule.heads:
                by_head.setdefault(head, []).append((rule, pattern))
    return re.compile(f'[{re.escape("".join(by_head))}]'), by_head
