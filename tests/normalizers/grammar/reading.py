"""Clauses written short, as in the rules' examples: ``deduct 0.5 /1 项; cap``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from kaohe.normalizers.catalogue import IndicatorKind
from kaohe.normalizers.grammar.clauses.clause_match import ClauseMatch
from kaohe.normalizers.grammar.clauses.reader import read_clauses


def short(clause: ClauseMatch) -> str:
    """``effect points /quantity unit``; what is unknown is left out."""
    words = [clause.effect]
    if clause.points is not None:
        words.append(f'{clause.points.normalize():f}')
    if clause.share is not None:
        words.append(f'{(clause.share * 100).normalize():f}%')
    if clause.per_quantity is not None:
        words.append(f'/{clause.per_quantity.normalize():f}')
        words += [clause.per_unit] if clause.per_unit else []
    return ' '.join(words)


def in_short(clauses: Sequence[ClauseMatch]) -> str:
    """All clauses in printed order."""
    return '; '.join(map(short, clauses))


def of_kind(example: str) -> tuple[IndicatorKind, str]:
    """The kind of line that ``[bonus]`` before an example names, and the example without it."""
    if example.startswith('['):
        kind, _, rest = example[1:].partition('] ')
        return cast(IndicatorKind, kind), rest
    return 'scored', example


def read(text: str, kind: IndicatorKind = 'scored') -> str:
    """What the criteria ``text`` says, in short."""
    return in_short(read_clauses(text, kind=kind).matches)
