"""With which characters a pattern can begin, read off the parsed regular expression."""

from __future__ import annotations

from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any


def heads(pattern: str) -> set[str]:
    """Every character with which a match of ``pattern`` can begin. Raises ``ValueError`` where any character can."""
    found, can_be_empty = _sequence(parser.parse(pattern))
    if can_be_empty:
        raise ValueError('the pattern can match nothing')
    return found


def _sequence(items: Any) -> tuple[set[str], bool]:
    found: set[str] = set()
    for operation, argument in items:
        first, can_be_empty = _item(operation, argument)
        found |= first
        if not can_be_empty:
            return found, False
    return found, True


def _item(operation: Any, argument: Any) -> tuple[set[str], bool]:
    if operation is code.LITERAL:
        return {chr(argument)}, False
    if operation is code.IN:
        return set().union(*(_member(*member) for member in argument)), False
    if operation is code.BRANCH:
        branches = [_sequence(branch) for branch in argument[1]]
        return set().union(*(found for found, _ in branches)), any(empty for _, empty in branches)
    if operation is code.SUBPATTERN:
        return _sequence(argument[3])
    if operation is code.ATOMIC_GROUP:
        return _sequence(argument)
    if operation in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT):
        found, can_be_empty = _sequence(argument[2])
        return found, can_be_empty or argument[0] == 0
    if operation in (code.AT, code.ASSERT, code.ASSERT_NOT):
        return set(), True
    raise ValueError(f'a pattern may begin with any character: {operation}')


def _member(operation: Any, argument: Any) -> set[str]:
    if operation is code.LITERAL:
        return {chr(argument)}
    if operation is code.RANGE:
        return {chr(character) for character in range(argument[0], argument[1] + 1)}
    if operation is code.CATEGORY and argument is code.CATEGORY_DIGIT:
        return set('0123456789')
    raise ValueError(f'a pattern may begin with any character: {operation}')
