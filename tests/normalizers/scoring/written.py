"""Lines as a notice prints them, read by the grammar, for the tests of rules and scores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from typing import cast

from kaohe.normalizers.catalogue import ClauseTerms, Field, IndicatorKind, ItemTerms, TargetTerms
from kaohe.normalizers.grammar.clauses.reader import read_clauses
from kaohe.normalizers.grammar.items import read_items
from kaohe.normalizers.grammar.targets.reader import read_thresholds
from kaohe.normalizers.scoring.making.rules import make_rule
from kaohe.normalizers.scoring.material import Aim, Input, Said, ScoredLine, ScoringRule
from kaohe.normalizers.scoring.term_amounts import Answer


def line_of(
    criteria: str, points: str | None = None, kind: str = 'scored', requirement: str = '', identity: str = 'i_line'
) -> ScoredLine:
    """The line that prints these texts, as the grammar reads it."""
    said: list[Said] = []
    aims: list[Aim] = []
    parts: list[ItemTerms] = []
    texts: list[tuple[Field, str]] = [('requirement', requirement), ('criteria', criteria)]
    for field, text in texts:
        if not text:
            continue
        read = read_clauses(
            text, kind=cast(IndicatorKind, kind), field=field, has_criteria=field == 'criteria' or bool(criteria)
        )
        first = len(said)
        names = [f'c{first + at}' for at in range(len(read.matches))]
        for name, one in zip(names, read.matches, strict=True):
            told = {known.name: getattr(one, known.name) for known in fields(ClauseTerms) if known.name != 'text'}
            binds = tuple(names[at] for at in one.binds)
            said.append(Said(id=name, field=field, text=text[one.start : one.end], binds=binds, **told))
        for aim in read_thresholds(text, field=field, clauses=read.matches, subject=requirement or None):
            inside = [at for at, one in enumerate(read.matches) if one.start <= aim.start and aim.end <= one.end]
            narrow = min(inside, key=lambda at: read.matches[at].end - read.matches[at].start, default=None)
            told = {known.name: getattr(aim, known.name) for known in fields(TargetTerms) if known.name != 'field'}
            clause = None if narrow is None else names[narrow]
            aims.append(Aim(id=f'g{len(aims)}', field=field, clause=clause, **told))
        parts += [
            ItemTerms(
                field=field,
                label=item.label,
                start=item.start,
                end=item.end,
                text=text[item.text_start : item.text_end],
                points=item.points,
            )
            for item in read_items(text)
        ]
    return ScoredLine(
        identity,
        identity,
        kind,
        None if points is None else Decimal(points),
        tuple(texts),
        tuple(said),
        tuple(aims),
        tuple(parts),
    )


def rule_of(criteria: str, points: str | None = None, kind: str = 'scored', requirement: str = '') -> ScoringRule:
    """The rule of the line that prints these texts."""
    return make_rule(line_of(criteria, points, kind, requirement))


def answered(rule: ScoringRule, told: Mapping[str, object], line: ScoredLine) -> dict[str, Answer]:
    """Answers by a piece of the text of a clause that the input feeds (or of its question); `#2` is the third input."""
    found: dict[str, Answer] = {}
    for piece, value in told.items():
        one = _input(rule, piece, line)
        found[one.id] = (
            value if isinstance(value, (bool, str)) and one.kind in ('yes_no', 'choice') else Decimal(str(value))
        )
    return found


def _input(rule: ScoringRule, piece: str, line: ScoredLine) -> Input:
    if piece.startswith('#'):
        return rule.inputs[int(piece[1:])]
    texts = {one.id: one.text for one in line.said}
    hits = [one for one in rule.inputs if any(piece in texts.get(clause, '') for clause in one.clauses)]
    hits = hits if len(hits) == 1 else [one for one in rule.inputs if piece in one.question] or hits
    assert len(hits) == 1, f'{piece}: {[(one.kind, one.question) for one in rule.inputs]}'
    return hits[0]
