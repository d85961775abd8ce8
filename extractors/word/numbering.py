"""Automatic numbering: the labels that Word prints by itself, whatever the file's format (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kaohe.extractors.word.numerals import numeral
from kaohe.extractors.word.symbols import translated

LEVELS = 9
NO_LIST = '0'


@dataclass(frozen=True, slots=True)
class NumberingLevel:
    """One level of a list. ``restart`` is the number of upper levels whose step restarts it; None: all above it."""

    form: str = 'decimal'
    text: str = ''
    start: int = 1
    restart: int | None = None
    legal: bool = False
    suffix: str = 'tab'
    font: str | None = None
    style: str | None = None


@dataclass(frozen=True, slots=True)
class List:
    """A list that paragraphs name: the abstract list whose counters it shares, its levels, and where it starts them anew."""

    abstract: str
    levels: dict[int, NumberingLevel]
    starts: dict[int, int]


class Numbering:
    """The lists of a document and how far each has counted. Ask for labels in the order of the text."""

    def __init__(self, lists: Mapping[str, List]) -> None:
        self._lists = lists
        self._counters: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()

    def label(self, num_id: str | None, ilvl: int | None, style: str | None) -> str | None:
        """The label of the next paragraph of this list with what parts it from the text; None where it has none.

        ``style`` is the style through which the paragraph belongs to the list: the level bound to it counts where the
        paragraph names none.
        """
        numbered = self._lists.get(num_id or NO_LIST)
        if numbered is None or num_id is None:
            return None
        if ilvl is None:
            ilvl = next((at for at, level in numbered.levels.items() if style and level.style == style), 0)
        level = numbered.levels.get(ilvl)
        if level is None:
            return None
        self._step(num_id, numbered, ilvl)
        printed = self._print(numbered, level)
        return printed + ('' if level.suffix == 'nothing' else ' ') if printed else None

    def _step(self, num_id: str, numbered: List, ilvl: int) -> None:
        counters = self._counters.setdefault(numbered.abstract, {})
        for deeper, level in numbered.levels.items():
            if deeper > ilvl and (level.restart is None or ilvl < level.restart):
                counters.pop(deeper, None)
        # An upper level that was skipped prints its first number, and has thereby been counted.
        for upper in range(ilvl):
            self._begin(num_id, numbered, upper)
            if upper in numbered.levels:
                counters.setdefault(upper, numbered.levels[upper].start)
        self._begin(num_id, numbered, ilvl)
        counters[ilvl] = counters[ilvl] + 1 if ilvl in counters else numbered.levels[ilvl].start

    def _begin(self, num_id: str, numbered: List, ilvl: int) -> None:
        """A list that states its own start begins there when it first counts, whatever its siblings have counted."""
        if ilvl in numbered.starts and (num_id, ilvl) not in self._started:
            self._started.add((num_id, ilvl))
            self._counters[numbered.abstract].pop(ilvl, None)

    def _print(self, numbered: List, level: NumberingLevel) -> str:
        if level.form == 'bullet':
            return translated(level.text, level.font)
        counters = self._counters[numbered.abstract]

        def one(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            shown = numbered.levels.get(at)
            if shown is None or shown.form in ('none', 'bullet'):
                return ''
            return numeral(counters.get(at, shown.start), 'decimal' if level.legal else shown.form)

        return re.sub('%([1-9])', one, level.text).strip()
