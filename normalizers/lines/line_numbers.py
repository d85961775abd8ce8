"""The number that stands before a line's text: `12.落实…` is line 12 where the lines of the table count on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kaohe.extractors.labels import KIND_BEHIND, printed
from kaohe.normalizers.lines.line import Line
from kaohe.normalizers.text.cleaning import Text
from kaohe.normalizers.text.folding import halfwidth

_PREFIX = re.compile(
    rf'(\d{{1,3}}(?:\.\d{{1,2}}){{0,3}}|{printed("lettered")}|[A-Z]\d{{1,3}}(?!\d)(?!{KIND_BEHIND}))'
    r'(?:\s*[.．、](?!\d)\s*|\s+(?=[\u4e00-\u9fff])|(?:(?<=[.A-Z-]\d)|(?<=[A-Z-]\d\d))(?=[\u4e00-\u9fff]))'
)
_MOST = 0.6
_COUNTING = 0.8


def cut_numbers(lines: Sequence[Line]) -> list[Line]:
    """The lines with the number that precedes their name or requirement taken out of it.

    A list inside one cell (`1.…⏎2.…`) begins with a number too: numbers count only where they go on from line to line.
    """
    if any(line.number for line in lines):
        return list(lines)
    found = [_prefix(line) for line in lines]
    if not _counts_on(lines, found):
        found = _counted_groups(lines, found)
    return [line if number is None else _without(line, number) for line, number in zip(lines, found, strict=True)]


def _counted_groups(lines: Sequence[Line], found: Sequence[re.Match[str] | None]) -> list[re.Match[str] | None]:
    """The numbers of those categories whose lines count on from 1 by themselves."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for at, line in enumerate(lines):
        groups.setdefault(line.path, []).append(at)
    kept: list[re.Match[str] | None] = [None] * len(lines)
    for members in groups.values():
        values = [_value(match) for at in members if (match := found[at])]
        if len(members) > 1 and values == [(count,) for count in range(1, len(members) + 1)]:
            for at in members:
                kept[at] = found[at]
    return kept


def _carrier(line: Line) -> Text | None:
    return line.name or line.requirement or line.criteria


def _prefix(line: Line) -> re.Match[str] | None:
    text = _carrier(line)
    return _PREFIX.match(halfwidth(text.text)) if text else None


def _counts_on(lines: Sequence[Line], found: Sequence[re.Match[str] | None]) -> bool:
    numbered = [(line, match) for line, match in zip(lines, found, strict=True) if match]
    if len(numbered) < 2 or len(numbered) < _MOST * len(lines):
        return False
    steps = good = 0
    for (before, first), (after, second) in pairwise(numbered):
        steps += 1
        old, new = _value(first), _value(second)
        begins = new[-1] in (0, 1) and before.path != after.path
        good += new == (*old[:-1], old[-1] + 1) or begins or (len(old) > 1 and new > old) or len(old) != len(new)
    return good >= _COUNTING * steps


def _value(match: re.Match[str]) -> tuple[int, ...]:
    """(1, 1, 2) of 1.1.2; (10, 1, 2) of A-1-2; (12, 3) of C3."""
    return tuple(int(part, 36) if part.isalpha() else int(part) for part in re.findall(r'[A-Z]|\d+', match[1]))


def _without(line: Line, match: re.Match[str]) -> Line:
    carrier = _carrier(line)
    assert carrier is not None
    number, rest = carrier[: match.end(1)], carrier[match.end() :].strip()
    if line.name:
        return replace(line, number=number, name=rest)
    if line.requirement:
        return replace(line, number=number, requirement=rest)
    return replace(line, number=number, criteria=rest)
