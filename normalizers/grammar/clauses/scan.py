"""One compiled pass over a text finds where a phrase may begin; there the rules are tried."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from kaohe.normalizers.catalogue import Field
from kaohe.normalizers.grammar.clauses.formulas import printed_maximum
from kaohe.normalizers.grammar.clauses.phrase_rule import PhraseRule
from kaohe.normalizers.grammar.rules import PHRASES
from kaohe.normalizers.grammar.rules.openings import NEEDS, OPENINGS
from kaohe.normalizers.vocabulary.house_vocabulary import OWN_WORDS

_OWN = tuple(word.word for word in OWN_WORDS if word.section in ('动词', '计分来源'))


class Phrase(Struct, frozen=True):
    """What a rule found at ``start:end`` of the surface text. ``points`` is the span of its amounts, None where it states none; ``share`` the part
    of a whole that it states (``50%``), ``factor`` the multiple (``2``)."""

    rule: PhraseRule
    start: int
    end: int
    points: tuple[int, int] | None
    share: str | None = None
    factor: str | None = None


def phrases(text: str, field: Field, *, prose: bool = False) -> Iterator[Phrase]:
    """The phrases in a surface text, left to right, none overlapping another. ``prose`` leaves out what holds in tables only."""
    heads, rules = _compiled(field, prose)
    present = set(text)
    end = 0
    for head in heads.finditer(text):
        start = head.start()
        if start < end:
            continue
        for rule, needs in rules.get(text[start : start + 2]) or rules[text[start]]:
            if needs and needs.isdisjoint(present):
                continue
            match = _pattern(rule.pattern).match(text, start)
            if match is not None and rule.accept(text, match):
                yield _phrase(rule, match)
                end = match.end()
                break


def compile_all() -> None:
    """Compiles the patterns of all rules, for a process of which copies will read: each of them would compile those that its texts need."""
    for rule in PHRASES:
        _pattern(rule.pattern)


def _phrase(rule: PhraseRule, match: re.Match[str]) -> Phrase:
    start, end = match.span()
    points: tuple[int, int] | None = None
    share = factor = None
    for kind, group in _groups(match.re):
        span = match.span(group)
        if span[0] < 0:
            continue
        if kind == 'points':
            points = points or span
        elif kind == 'share':
            share = match[group] if share is None else share
        elif kind == 'factor':
            factor = match[group] if factor is None else factor
        else:
            points = printed_maximum(match.string, *span)
            break
    return Phrase(rule, start, end, points, share, factor)


@cache
def _groups(pattern: re.Pattern[str]) -> list[tuple[str, int]]:
    """The groups of a pattern that hold points, a share, a factor, and then a formula, of each the last first: ``share2`` is one of shares."""
    named = [(name.rstrip('0123456789'), group) for name, group in pattern.groupindex.items()]
    return [
        (kind, group)
        for kind in ('points', 'share', 'factor', 'formula')
        for known, group in reversed(named)
        if known == kind
    ]


_Tried = tuple[PhraseRule, frozenset[str]]
_ByBeginning = dict[str, list[_Tried]]


@cache
def _compiled(field: Field, prose: bool) -> tuple[re.Pattern[str], _ByBeginning]:
    """One scan for the characters with which a rule of this field can begin, and the rules in order of precedence: by that character and the
    one behind it, and by that character alone for all others behind it; each with the characters one of which its matches hold."""
    rules = [(rule, heads) for rule, heads in _beginnings() if field in rule.fields and (rule.prose or not prose)]
    followers: dict[str, set[str]] = {}
    for _, heads in rules:
        for head, behind in heads.items():
            followers.setdefault(head, {''}).update(behind)
    found: _ByBeginning = {head + behind: [] for head, characters in followers.items() for behind in characters}
    for rule, heads in rules:
        # what a house brings into the patterns is not worth reading off them
        tried = rule, frozenset() if OWN_WORDS else frozenset(NEEDS.get(rule.id, ''))
        for head, behind in heads.items():
            for character in behind or followers[head]:
                found[head + character].append(tried)
    return re.compile(f'[{re.escape("".join(followers))}]'), found


@cache
def _beginnings() -> tuple[tuple[PhraseRule, dict[str, frozenset[str]]], ...]:
    return tuple((rule, _with_own(beginnings(OPENINGS[rule.id]))) for rule in PHRASES)


def _with_own(heads: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """A rule can begin with a word of the house too: which rules do is not worth reading off the patterns."""
    for word in _OWN:
        known = heads.get(word[0])
        heads[word[0]] = frozenset() if known == frozenset() else (known or frozenset()) | {word[1]}
    return heads


def beginnings(opening: str) -> dict[str, frozenset[str]]:
    """The characters of an entry of ``OPENINGS``, each with those that can stand behind it; empty where any can."""
    return {word[0]: frozenset(word[1:]) for word in opening.split()}


@cache
def _pattern(source: str) -> re.Pattern[str]:
    """Compiled when a text first has its beginning: all together take 0.1 s, and most papers need half of them."""
    return re.compile(source)
