"""Which line of one notice is which line of another: by what they say, then by how alike their words are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from kaohe.normalizers.text.folding import squeeze
from kaohe.normalizers.text.words import words
from kaohe.pipeline.comparison.sides import ComparedLine

ALIKE = 0.5
"""Two lines whose words are alike to this degree are one line that was changed."""
_ALIKE_OF_ONE_NAME = 0.3
_SAMPLE, _FEW = 1_000, 100
_RUN, _RAREST, _COMMON, _NEAREST = 4, 16, 60, 8
"""Only the eight lines that share most of the rarest runs of four characters are weighed, so that time grows with the lines."""


@dataclass(frozen=True, slots=True)
class Match:
    """Two lines that are one, by their indexes, and how alike their words are, from 0 to 1."""

    before: int
    after: int
    similarity: float


def match_lines(before: Sequence[ComparedLine], after: Sequence[ComparedLine]) -> tuple[Match, ...]:
    """Each line of the one side with at most one of the other, in the order of ``before``."""
    found: dict[int, Match] = {}
    taken: set[int] = set()
    for key in (_table_and_key, _key, _place_and_text, _path_and_text, _text):
        waiting: defaultdict[Hashable, list[int]] = defaultdict(list)
        for j in reversed(range(len(after))):
            if j not in taken and (value := key(after[j])) is not None:
                waiting[value].append(j)
        for i, line in enumerate(before):
            if i not in found and (value := key(line)) is not None and waiting.get(value):
                j = waiting[value].pop()
                found[i] = Match(i, j, 1.0)
                taken.add(j)
    left = [i for i in range(len(before)) if i not in found]
    right = [j for j in range(len(after)) if j not in taken]
    if left and right:
        for match in _alike(before, after, left, right):
            found[match.before] = match
    return tuple(found[i] for i in sorted(found))


def _table_and_key(line: ComparedLine) -> Hashable:
    return line.key and (line.table, line.key)


def _key(line: ComparedLine) -> Hashable:
    return line.key


def _text(line: ComparedLine) -> Hashable:
    said = tuple(squeeze(text) for text in (line.name, line.requirement, line.criteria))
    return said if any(said) else None


def _place_and_text(line: ComparedLine) -> Hashable:
    return (line.place, _text(line), line.number)


def _path_and_text(line: ComparedLine) -> Hashable:
    said = _text(line)
    return said and (line.path, said)


def word_set(text: str | None) -> frozenset[str]:
    """The words of a text that say something: without signs and numbers, where there are others."""
    every = frozenset(word.text for word in words(squeeze(text)))
    return frozenset(word for word in every if any(char.isalpha() for char in word)) or every


@dataclass(frozen=True, slots=True)
class _Words:
    what: frozenset[str]
    how: frozenset[str]

    @property
    def all(self) -> frozenset[str]:
        return self.what | self.how


def _alike(
    before: Sequence[ComparedLine], after: Sequence[ComparedLine], left: Sequence[int], right: Sequence[int]
) -> list[Match]:
    ours = {i: _words_of(before[i]) for i in left}
    theirs = {j: _words_of(after[j]) for j in right}
    usual = [_words_of(line).all for line in (*_some(before), *_some(after))]
    lines_with = Counter(word for said in usual for word in said)
    weights = {
        word: _weight(word, lines_with, len(usual)) for said in (*ours.values(), *theirs.values()) for word in said.all
    }
    holding: defaultdict[str, list[int]] = defaultdict(list)
    for j in right:
        for run in _runs(after[j]):
            holding[run].append(j)
    weighed: list[tuple[float, int, int, float]] = []
    for i in left:
        rare = sorted((run for run in _runs(before[i]) if run in holding), key=lambda run: (len(holding[run]), run))
        shared = Counter(j for run in rare[:_RAREST] for j in holding[run][:_COMMON])
        for j, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:_NEAREST]:
            similarity = round(_similarity(ours[i], theirs[j], weights), 4)
            one, other = before[i], after[j]
            same_name = one.path == other.path and one.name is not None and squeeze(one.name) == squeeze(other.name)
            if similarity >= (_ALIKE_OF_ONE_NAME if same_name else ALIKE):
                bonus = 0.05 * (one.path == other.path) + 0.02 * (one.number == other.number)
                weighed.append((-similarity - bonus, i, j, similarity))
    matches: list[Match] = []
    gone: set[int] = set()
    taken: set[int] = set()
    for _, i, j, similarity in sorted(weighed):
        if i not in gone and j not in taken:
            gone.add(i)
            taken.add(j)
            matches.append(Match(i, j, similarity))
    return matches


def _weight(word: str, lines_with: Counter[str], lines: int) -> float:
    """What every line says (健全…机制) tells little of which line it is."""
    return log(1 + max(lines, _FEW) / max(lines_with[word], 1)) ** 2


def _runs(line: ComparedLine) -> set[str]:
    said = squeeze(f'{line.name or ""}{line.requirement or ""}{line.criteria or ""}')
    return {said[at : at + _RUN] for at in range(max(len(said) - _RUN + 1, 1))}


def _some(lines: Sequence[ComparedLine]) -> Sequence[ComparedLine]:
    """Enough of the lines to know which words are usual."""
    return lines[:: max(1, len(lines) // _SAMPLE)]


def _words_of(line: ComparedLine) -> _Words:
    return _Words(word_set(f'{line.name or ""} {line.requirement or ""}'), word_set(line.criteria))


def _similarity(one: _Words, other: _Words, weights: Mapping[str, float]) -> float:
    """What is asked weighs more than how it is scored: ``未完成不得分`` stands in many lines."""
    if not (one.what and other.what and (one.how or other.how)):
        return _shared(one.all, other.all, weights)
    return 0.6 * _shared(one.what, other.what, weights) + 0.4 * _shared(one.how, other.how, weights)


def _shared(one: frozenset[str], other: frozenset[str], weights: Mapping[str, float]) -> float:
    """Twice the weight of the shared words by the weight of all (Dice)."""
    total = sum(weights[word] for word in one) + sum(weights[word] for word in other)
    return 2 * sum(weights[word] for word in one & other) / total if total else 0.0
