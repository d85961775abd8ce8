"""What changed in a line: points, targets, clauses, duties, and words that none of these explain."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal, TypeVar

from kaohe.normalizers.text.folding import squeeze
from kaohe.normalizers.text.words import words
from kaohe.pipeline.comparison.matching import ALIKE, word_set
from kaohe.pipeline.comparison.sides import ComparedClause, ComparedLine, ComparedTarget
from kaohe.pipeline.language.phrases import clause_phrase

Kind = Literal['line', 'place', 'category', 'total', 'points', 'target', 'clause', 'duty', 'text']
Action = Literal['added', 'dropped', 'moved', 'changed']
_TEXTS = ('name', 'requirement', 'criteria')
_SLIGHT = re.compile(r'[,。;、:()]')
_LONGEST = 4_000
"""Words of a text that are compared one by one; a longer text is compared as a whole."""
T = TypeVar('T', ComparedClause, ComparedTarget)


@dataclass(frozen=True, slots=True)
class Change:
    """One change. ``what`` names what changed (a column, a metric, a category), ``before`` and ``after`` are its words or values."""

    kind: Kind
    action: Action
    what: str | None
    before: str | None
    after: str | None
    line_before: ComparedLine | None = None
    line_after: ComparedLine | None = None
    similarity: float | None = None


@dataclass(frozen=True, slots=True)
class TextStretch:
    """A stretch of two texts: the same in both, or what one has and the other has not. Half-open spans."""

    same: bool
    start: int
    end: int
    start_after: int
    end_after: int


def changes_of_line(one: ComparedLine, other: ComparedLine, similarity: float) -> Iterator[Change]:
    """The changes inside a line that stands on both sides; where it stands is not looked at."""

    def change(kind: Kind, action: Action, what: str | None, before: str | None, after: str | None) -> Change:
        return Change(kind, action, what, before, after, one, other, similarity)

    if one.points != other.points:
        yield change('points', 'changed', None, number(one.points), number(other.points))
    paired = _paired(one.targets, other.targets, _same_target, _metric_and_unit, _metric)
    targets = [(a, b) for a, b in paired if not (a and b and _only_worded_otherwise(a, b))]
    for a, b in targets:
        metrics = [target.metric for target in (b, a) if target]
        yield change('target', _action(a, b), metrics[0], _target_words(a), _target_words(b))
    with_targets = {target.clause for target in (*one.targets, *other.targets)}

    def same_clause(clause: ComparedClause) -> Hashable:
        return _what_clause_does(clause), _condition(clause, with_targets)

    def effect_and_condition(clause: ComparedClause) -> Hashable:
        return clause.effect, _condition(clause, with_targets)

    clauses = list(_paired(one.clauses, other.clauses, same_clause, effect_and_condition, _when))
    for clause, changed in clauses:
        yield change('clause', _action(clause, changed), None, *_clause_words(clause, changed))
    for role in sorted({role for role, _ in (*one.duties, *other.duties)}):
        went = sorted({*one.duties} - {*other.duties})
        came = sorted({*other.duties} - {*one.duties})
        parties = zip_longest(*([party for r, party in duties if r == role] for duties in (went, came)))
        for before, after in parties:
            yield change('duty', _action(before, after), role, before, after)
    for field in _TEXTS:
        before, after = getattr(one, field), getattr(other, field)
        if squeeze(before) != squeeze(after):
            ours = [_span(x) for x, _ in (*clauses, *targets) if x and x.field == field]
            theirs = [_span(x) for _, x in (*clauses, *targets) if x and x.field == field]
            if _rest(before, ours) != _rest(after, theirs):
                yield change('text', 'changed', field, before, after)


def pieces(before: str, after: str) -> list[TextStretch]:
    """The two texts word by word: what stayed, what went, what came."""
    ours, theirs = words(before), words(after)
    if len(ours) > _LONGEST or len(theirs) > _LONGEST:
        return [TextStretch(False, 0, len(before), 0, len(after))]
    starts, starts_after = [word.start for word in ours] + [len(before)], [word.start for word in theirs] + [len(after)]
    matcher = SequenceMatcher(None, [word.text for word in ours], [word.text for word in theirs], autojunk=False)
    return [
        TextStretch(tag == 'equal', starts[a], starts[b], starts_after[c], starts_after[d])
        for tag, a, b, c, d in matcher.get_opcodes()
    ]


def number(value: float | None) -> str | None:
    """``5.0`` as ``5``; None stays None."""
    return None if value is None else f'{value:g}'


def _paired(
    ours: Sequence[T], theirs: Sequence[T], *keys: Callable[[T], Hashable]
) -> Iterator[tuple[T | None, T | None]]:
    """What differs by the first key or was reworded by a person, each with its counterpart where it has one: equal by a later key, else alike in
    its words."""
    left, right = list(ours), list(theirs)
    for at_key, key in enumerate(keys):
        for a in tuple(left):
            b = next((x for x in right if key(x) == key(a)), None)
            if b is not None:
                left.remove(a)
                right.remove(b)
                if at_key or _reworded(a, b):
                    yield a, b
    for a in left:
        likeness = [(_likeness(a.text, b.text), -at) for at, b in enumerate(right)]
        best = max(likeness, default=(0.0, 0))
        if best[0] >= ALIKE:
            yield a, right.pop(-best[1])
        else:
            yield a, None
    for b in right:
        yield None, b


def _reworded(one: ComparedClause | ComparedTarget, other: ComparedClause | ComparedTarget) -> bool:
    clauses = isinstance(one, ComparedClause) and isinstance(other, ComparedClause) and (one.reworded or other.reworded)
    return clauses and squeeze(one.text) != squeeze(other.text)


def _clause_words(one: ComparedClause | None, other: ComparedClause | None) -> tuple[str | None, str | None]:
    """Both clauses in the notice's words; also in ours where the notice's are the same and a person read one otherwise."""
    if one is None or other is None or squeeze(one.text) != squeeze(other.text):
        return one.text if one else None, other.text if other else None
    before, after = (
        f'{x.text}（{clause_phrase(x.effect, x.points, x.per_quantity, x.per_unit, None if x.effect == "cap" else x.cap)}）'
        for x in (one, other)
    )
    return before, after


def _likeness(one: str, other: str) -> float:
    ours, theirs = word_set(one), word_set(other)
    return 2 * len(ours & theirs) / (len(ours) + len(theirs)) if ours or theirs else 1.0


def _action(before: object | None, after: object | None) -> Action:
    return 'added' if before is None else 'dropped' if after is None else 'changed'


def _same_target(target: ComparedTarget) -> Hashable:
    return squeeze(target.metric), _amount(target)


def _amount(target: ComparedTarget) -> Hashable:
    return (
        target.comparator, target.value, target.value_high, target.unit, target.basis, target.period, target.field,
    )  # fmt: skip


def _only_worded_otherwise(one: ComparedTarget, other: ComparedTarget) -> bool:
    """The same amount of what is called much the same: a change of words."""
    return _amount(one) == _amount(other) and _likeness(one.metric or '', other.metric or '') >= ALIKE


def _metric_and_unit(target: ComparedTarget) -> Hashable:
    return squeeze(target.metric), target.unit, target.field


def _metric(target: ComparedTarget) -> Hashable:
    return squeeze(target.metric), target.field


def _target_words(target: ComparedTarget | None) -> str | None:
    if target is None:
        return None
    value = number(target.value)
    amount = (
        f'{value}～{number(target.value_high)}' if target.comparator == 'between' else f'{target.comparator}{value}'
    )
    around = ' '.join(part for part in (target.basis, target.period) if part)
    return f'{target.metric or ""}{amount}{target.unit or ""}' + (f'（{around}）' if around else '')


def _what_clause_does(clause: ComparedClause) -> Hashable:
    return clause.effect, clause.points, clause.per_quantity, clause.per_unit, clause.cap, clause.field


def _condition(clause: ComparedClause, with_targets: set[str | None]) -> str:
    """The condition; without numbers where these are targets, whose changes are named as such."""
    condition = squeeze(clause.condition)
    return re.sub(r'\d+(\.\d+)?', '#', condition) if clause.id in with_targets else condition


def _when(clause: ComparedClause) -> Hashable:
    """Clauses that apply in the same case; those that always apply are told apart by their words."""
    return squeeze(clause.condition) or clause.text


def _span(value: ComparedClause | ComparedTarget) -> tuple[int, int]:
    return value.start or 0, value.end or 0


def _rest(text: str | None, spans: Sequence[tuple[int, int]]) -> str:
    """What is left of a text without the clauses and targets that are named as changed already."""
    left = (char for at, char in enumerate(text or '') if not any(start <= at < end for start, end in spans))
    return _SLIGHT.sub('', squeeze(''.join(left)))
