"""What a limit of a line binds that finds nothing to limit before it: one at the head of its text, or alone in a column of its own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from kaohe.normalizers.catalogue import Clause, Effect, IndicatorKind

_TAKEN: Final[frozenset[Effect]] = frozenset({'deduct', 'discretionary', 'proportional'})
_GIVEN: Final[frozenset[Effect]] = frozenset({'award', 'bonus', 'discretionary', 'proportional'})
_ADDED: Final[frozenset[Effect]] = frozenset({'bonus', 'discretionary', 'proportional'})
_LOSES: Final = re.compile('[扣减罚]')
_ADDS: Final = re.compile('[加奖]')
_REACHES: Final = re.compile('[得计记赋]')
# what a limit may say before its amount without naming a matter of its own
_OF_ALL: Final = re.compile(r'(?:[本此该](?:大|小|子|单)?项(?:目|指标)?|累计|合计|总计?|扣分|减分|加分|得分|的)*')


@dataclass(frozen=True, slots=True)
class LimitsRead:
    """``clauses`` with their limits bound; ``undecided`` are the indexes of limits that may be one of what a line gives or of what it takes."""

    clauses: list[Clause]
    undecided: tuple[int, ...]


def with_limits(clauses: Sequence[Clause], kinds: Sequence[IndicatorKind]) -> LimitsRead:
    """The clauses of lines, each limit that bound nothing before it in its text with what it binds. ``kinds`` are those of the lines.

    A limit that opens its text or item (最高扣10分：迟到1次扣1分) binds what follows there; one beside which its column says nothing (分值 ``最多扣10分``)
    binds what the line's other columns say. Its words tell whether it limits what is taken (扣、减), added (加、奖) or reached (得、计); where they
    do not (``上限10分``), the line does: what a penalty line takes, what a bonus line gives, else what it only gives or only takes. Where a
    line does both, nothing is bound.
    """
    of_line: defaultdict[int, list[int]] = defaultdict(list)
    for at, clause in enumerate(clauses):
        if clause.indicator is not None:
            of_line[clause.indicator].append(at)
    done = list(clauses)
    undecided: list[int] = []
    for at, clause in enumerate(clauses):
        if clause.effect != 'cap' or clause.binds or clause.indicator is None:
            continue
        reach = _reach(clauses, of_line[clause.indicator], clause)
        taken = [other for other in reach if _moves(clauses[other], _TAKEN, '-')]
        given = [other for other in reach if _moves(clauses[other], _GIVEN, '+')]
        added = [other for other in given if clauses[other].effect in _ADDED]
        bound = _limited(clause, kinds[clause.indicator], taken, given, added)
        if bound:
            done[at] = replace(clause, binds=tuple(bound))
        elif bound is None:
            undecided.append(at)
    return LimitsRead(done, tuple(undecided))


def _reach(clauses: Sequence[Clause], line: Sequence[int], limit: Clause) -> list[int]:
    """Those of the clauses of a line of which ``limit`` may be one: what follows in its item where it opens that, else what the other columns say,
    where its own says nothing that a limit could bind."""
    moving = [other for other in line if clauses[other].effect in _TAKEN | _GIVEN]
    own = [other for other in moving if clauses[other].field == limit.field]
    if not own:
        return moving
    beside = [other for other in own if clauses[other].item == limit.item]
    opens = _OF_ALL.fullmatch(limit.condition or '') and all(clauses[other].start >= limit.end for other in beside)
    return beside if opens else []


def _moves(clause: Clause, effects: frozenset[Effect], sign: str) -> bool:
    return clause.effect in effects and clause.sign in (sign, None)


def _limited(
    limit: Clause, kind: IndicatorKind, taken: list[int], given: list[int], added: list[int]
) -> list[int] | None:
    """The clauses of its reach that ``limit`` binds; None where it cannot be told which way they move."""
    if _LOSES.search(limit.text) or (limit.points is None and limit.share is None):
        return taken
    if _ADDS.search(limit.text):
        return given if kind == 'bonus' else added
    if _REACHES.search(limit.text) or kind == 'bonus' or not taken:
        return given
    if kind == 'penalty' or not given:
        return taken
    return None if set(taken) != set(given) else taken
