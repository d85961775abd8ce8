"""With which characters the clause rules can begin and what their matches hold, read off their patterns.

``python -m tools.rule_openings`` writes ``normalizers/grammar/rules/openings.py`` anew; a test compares. The program does not do this itself when it
starts: it would take longer than reading a short notice.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

OPENINGS = Path(__file__).parents[1] / 'normalizers/grammar/rules/openings.py'
_HEAD = '''"""With which characters each clause rule can begin, and what it needs. Written by ``python -m tools.rule_openings``: do not edit.

``OPENINGS``: words with a blank between them: a character and all those that can stand behind it (none: any can). ``NEEDS``: characters, one
of which each match holds: a text with none of them need not be asked. Rules whose matches hold what most texts hold are not there.
"""

from __future__ import annotations

from typing import Final

OPENINGS: Final[dict[str, str]] = {
'''
_COMMON = {
    character: weight
    for weight, characters in ((1000, '0123456789'), (60, '分扣得加'), (8, '不的以上为下一有无项次每'))
    for character in characters
}
"""How much likelier than others characters stand in a text. A rule that needs a digit needs nothing that would spare a look."""
_TELLS_NOTHING = 1000
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


def needs(pattern: str) -> set[str]:
    """Characters, one of which each match of ``pattern`` holds: of all that is required, those that stand in the fewest texts. Empty where that
    cannot be told, or would spare nothing."""
    heads = beginnings(pattern).keys()
    found = _rarest(found for found in map(_needed, parser.parse(pattern)) if found and not found <= heads)
    return found if found and _weight(found) < _TELLS_NOTHING else set()


def _needed(item: tuple[Any, Any]) -> set[str] | None:
    """The same for a part of a pattern; None where it tells nothing."""
    operation, argument = item
    if operation is code.LITERAL:
        return {chr(argument)}
    if operation is code.IN:
        characters = {character for member in argument for character in _member(*member)}
        return None if _ANY in characters else characters
    if operation is code.BRANCH:
        branches = [_rarest(map(_needed, branch)) for branch in argument[1]]
        return None if None in branches else set().union(*filter(None, branches))
    if operation is code.SUBPATTERN:
        return _rarest(map(_needed, argument[3]))
    if operation is code.ATOMIC_GROUP:
        return _rarest(map(_needed, argument))
    if operation in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT) and argument[0] > 0:
        return _rarest(map(_needed, argument[2]))
    return None


def _rarest(choices: Iterable[set[str] | None]) -> set[str] | None:
    return min(filter(None, choices), key=lambda found: (_weight(found), sorted(found)), default=None)


def _weight(characters: set[str]) -> int:
    return sum(_COMMON.get(character, 1) for character in characters)


def openings() -> str:
    """The module as it should stand."""
    from kaohe.normalizers.grammar.rules import PHRASES

    lines = [f'    {rule.id!r}: {_words(beginnings(rule.pattern))!r},\n' for rule in PHRASES]
    needed = [f'    {rule.id!r}: {"".join(sorted(found))!r},\n' for rule in PHRASES if (found := needs(rule.pattern))]
    return f'{_HEAD}{"".join(lines)}}}  # fmt: skip\n\nNEEDS: Final[dict[str, str]] = {{\n{"".join(needed)}}}  # fmt: skip\n'


def _words(found: dict[str, set[str] | None]) -> str:
    """Characters with the same followers in one place beside each other, so that a change shows as one."""
    return ' '.join(head + ''.join(sorted(found[head] or ())) for head in sorted(found))


if __name__ == '__main__':
    OPENINGS.write_text(openings(), encoding='utf-8')
