"""Which clauses a limit binds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kaohe.normalizers.grammar.clauses.surface import Surface

if TYPE_CHECKING:
    from kaohe.normalizers.grammar.clauses.reader import ClauseMatch

_STATEMENT_END = re.compile(r'[。;\n]')
_TAKES = frozenset({'deduct', 'discretionary', 'multiply', 'proportional'})
_GIVES = frozenset({'award', 'bonus', 'discretionary', 'proportional'})


def bind(seen: Surface, drafts: list[ClauseMatch]) -> tuple[ClauseMatch, ...]:
    """The clauses with ``binds`` set on each limit, and ``cap`` on a clause that a limit with a number binds alone.

    A limit binds what stands before it in its statement; where nothing does (``扣1分。扣完为止。``), what stands before it under the same item,
    back to the limit before.
    """
    if all(draft.effect != 'cap' for draft in drafts):
        return tuple(drafts)
    done: list[ClauseMatch] = []
    first = statement = 0
    for number, clause in enumerate(drafts):
        if number and clause.item != drafts[number - 1].item:
            first = statement = number
        elif number and _parted(seen, drafts[number - 1], clause):
            statement = number
        if clause.effect == 'cap':
            kinds = _kinds(seen, clause)
            bound = _fitting(done, statement, number, kinds) or _fitting(done, first, number, kinds)
            if not bound and number and done[-1].effect == 'cap':
                bound = list(done[-1].binds)
            clause = clause._replace(binds=tuple(bound))
            if len(bound) == 1 and clause.points is not None:
                done[bound[0]] = done[bound[0]]._replace(cap=clause.points)
            statement = number + 1
            if bound and bound[0] < statement:
                first = number + 1
        done.append(clause)
    return tuple(done)


def _fitting(done: list[ClauseMatch], first: int, number: int, kinds: frozenset[str]) -> list[int]:
    return [index for index in range(first, number) if done[index].effect in kinds]


def _parted(seen: Surface, one: ClauseMatch, other: ClauseMatch) -> bool:
    return _STATEMENT_END.search(seen.text, seen.at(one.end), seen.at(other.start)) is not None


def _kinds(seen: Surface, clause: ClauseMatch) -> frozenset[str]:
    words = seen.text[seen.at(clause.start) : seen.at(clause.end)]
    if '扣' in words or '减' in words:
        return _TAKES
    if '得' in words.replace('不得', '') or '加' in words or '奖' in words:
        return _GIVES
    return _TAKES | _GIVES
