"""Which clauses a limit binds, a factor acts on, a choice chooses among, an exemption leaves whole."""

from __future__ import annotations

import re

from msgspec.structs import replace

from kaohe.normalizers.catalogue import Effect
from kaohe.normalizers.grammar.clauses.clause_match import ClauseMatch
from kaohe.normalizers.grammar.surface import STATEMENT_END, Surface

_TAKES: frozenset[Effect] = frozenset({'deduct', 'discretionary', 'multiply', 'proportional'})
_GIVES: frozenset[Effect] = frozenset({'award', 'bonus', 'discretionary', 'proportional'})
_BOTH = _TAKES | _GIVES
_ADDS: frozenset[Effect] = frozenset({'bonus'})
# what others give or take is limited where nothing else is: 由评委打分，最高5分
_OTHERS: frozenset[Effect] = frozenset({'external'})
_ADDED = re.compile('[加奖]')
_FURTHEST = 24
"""So many clauses before one are asked: what stands further away in a text without end is another matter."""


def bind(seen: Surface, drafts: list[ClauseMatch]) -> tuple[ClauseMatch, ...]:
    """The clauses with ``binds`` set on each that acts on others, and ``cap`` on a clause that a limit with a number binds alone.

    A clause acts on what stands before it in its statement; where nothing does (``扣1分。扣完为止。``), on what stands before it under the same item,
    back to the limit before. A choice that is announced (``以下2种``) is among what follows.
    """
    if not any(_acts(draft) for draft in drafts):
        return tuple(drafts)
    done: list[ClauseMatch] = []
    first = statement = 0
    for number, clause in enumerate(drafts):
        if number and clause.item != drafts[number - 1].item:
            first = statement = number
        elif number and _parted(seen, drafts[number - 1], clause):
            statement = number
        if _acts(clause):
            bound = _bound(seen, done, clause, statement, first)
            if clause.effect == 'cap':
                if not bound and number and done[-1].effect == 'cap':
                    bound = list(done[-1].binds)
                if len(bound) == 1 and clause.points is not None:
                    done[bound[0]] = replace(done[bound[0]], cap=clause.points)
                statement = number + 1
                first = number + 1 if bound else first
            clause = replace(clause, binds=tuple(bound))
        done.append(clause)
    return _announced(done)


def _acts(clause: ClauseMatch) -> bool:
    return clause.effect in ('cap', 'multiply', 'choose') or clause.rule == 'full.unharmed'


def _bound(seen: Surface, done: list[ClauseMatch], clause: ClauseMatch, statement: int, first: int) -> list[int]:
    number = len(done)
    for kinds in (*_kinds(seen, clause), *((_OTHERS,) if clause.effect == 'cap' else ())):
        for begin in (statement, first):
            found = _fitting(done, max(begin, number - _FURTHEST), number, kinds)
            if found:
                return found
    return []


def _announced(done: list[ClauseMatch]) -> tuple[ClauseMatch, ...]:
    for number, clause in enumerate(done):
        if clause.rule == 'choose.methods':
            below = [at for at in range(number + 1, min(len(done), number + _FURTHEST)) if done[at].effect in _BOTH]
            done[number] = replace(clause, binds=tuple(below))
    return tuple(done)


def _fitting(done: list[ClauseMatch], first: int, number: int, kinds: frozenset[Effect]) -> list[int]:
    return [index for index in range(first, number) if done[index].effect in kinds]


def _parted(seen: Surface, one: ClauseMatch, other: ClauseMatch) -> bool:
    return STATEMENT_END.search(seen.text, seen.at(one.end), seen.at(other.start)) is not None


def _kinds(seen: Surface, clause: ClauseMatch) -> tuple[frozenset[Effect], ...]:
    """The effects on which a clause acts by its words; the first that stand before it count."""
    words = seen.text[seen.at(clause.start) : seen.at(clause.end)]
    if clause.effect == 'full':
        return (frozenset({'deduct'}),)
    if clause.effect == 'multiply' and clause.sign is None:
        return (frozenset({'deduct'}), _GIVES)
    if '扣' in words or '减' in words.replace('减半', ''):
        return (_TAKES,)
    if _ADDED.search(words.replace('加倍', '')) and '得' not in words.replace('不得', ''):
        return (_ADDS, _GIVES)
    if '得' in words.replace('不得', '') or '奖' in words:
        return (_GIVES,)
    return (_BOTH,)
