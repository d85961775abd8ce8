"""With which characters the clause rules can begin, read off their patterns.

``python -m tools.rule_openings`` writes ``normalizers/grammar/rules/openings.py`` anew; a test compares. The program does not do this itself when it
starts: it would take longer than reading a short notice.
"""

from __future__ import annotations

from pathlib import Path
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

OPENINGS = Path(__file__).parents[1] / 'normalizers/grammar/rules/openings.py'
_HEAD = '''"""With which characters each clause rule can begin. Written by ``python -m tools.rule_openings``: do not edit.

Words with a blank between them: a character and all those that can stand behind it (none: any can).
"""

from __future__ import annotations

from typing import Final

OPENINGS: Final[dict[str, str]] = {
'''
_ANY = '任何'
_Beginning = tuple[str, ...]
"""At most two characters; ``_ANY`` stands for one that cannot be told."""


def beginnings(pattern: str) -> dict[str, set[str] | None]:
    """Every character with which a match of ``pattern`` can begin, with those that can stand behind it; None where any can, or none needs
    to. Raises ``ValueError`` where it can begin with any character."""
    found: dict[str, set[str] | None] = {}
    for first, *behind in sorted(_sequence(parser.parse(pattern)), key=len):
        if first == _ANY:
            raise ValueError('the pattern may begin with any character')
        known = found.setdefault(first, set())
        if known is None or not behind or behind[0] == _ANY:
            found[first] = None
        else:
            known.add(behind[0])
    return found


def _sequence(items: Any) -> set[_Beginning]:
    found: set[_Beginning] = {()}
    for operation, argument in items:
        if all(len(beginning) == 2 for beginning in found):
            break
        found = _joined(found, _item(operation, argument))
    return found


def _joined(first: set[_Beginning], second: set[_Beginning]) -> set[_Beginning]:
    return {(*one, *other)[:2] for one in first for other in second}


def _item(operation: Any, argument: Any) -> set[_Beginning]:
    if operation is code.LITERAL:
        return {(chr(argument),)}
    if operation in (code.ANY, code.NOT_LITERAL):
        return {(_ANY,)}
    if operation is code.IN:
        return {(character,) for member in argument for character in _member(*member)}
    if operation is code.BRANCH:
        return set().union(*(_sequence(branch) for branch in argument[1]))
    if operation is code.SUBPATTERN:
        return _sequence(argument[3])
    if operation is code.ATOMIC_GROUP:
        return _sequence(argument)
    if operation in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT):
        least, most, repeated = argument
        return _repeated(_sequence(repeated), least, most)
    if operation in (code.AT, code.ASSERT, code.ASSERT_NOT):
        return {()}
    raise ValueError(f'not known: {operation}')


def _repeated(once: set[_Beginning], least: int, most: int) -> set[_Beginning]:
    found: set[_Beginning] = {()} if least == 0 else set()
    times: set[_Beginning] = {()}
    for count in range(1, min(most, max(least, 2)) + 1):
        times = _joined(times, once)
        if count >= least:
            found |= times
    return found


def _member(operation: Any, argument: Any) -> set[str]:
    if operation is code.LITERAL:
        return {chr(argument)}
    if operation is code.RANGE and argument[1] - argument[0] < 100:
        return {chr(character) for character in range(argument[0], argument[1] + 1)}
    if operation is code.CATEGORY and argument is code.CATEGORY_DIGIT:
        return set('0123456789')
    return {_ANY}  # a wide range, a category, or all but what is named


def openings() -> str:
    """The module as it should stand."""
    from kaohe.normalizers.grammar.rules import PHRASES

    lines = [f'    {rule.id!r}: {_words(beginnings(rule.pattern))!r},\n' for rule in PHRASES]
    return f'{_HEAD}{"".join(lines)}}}  # fmt: skip\n'


def _words(found: dict[str, set[str] | None]) -> str:
    """Characters with the same followers in one place beside each other, so that a change shows as one."""
    return ' '.join(head + ''.join(sorted(found[head] or ())) for head in sorted(found))


if __name__ == '__main__':
    OPENINGS.write_text(openings(), encoding='utf-8')
