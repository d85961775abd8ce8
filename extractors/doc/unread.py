"""Pictures, formulas and embedded objects of a .doc file: what stands in them is not read, and is named with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kaohe.extractors.findings import Finding, finding

_NAMED = 8
_BESIDE = 12


@dataclass
class Unread:
    """What was met so far, in order: (what it is, the words beside it, table and row, where it stands in one)."""

    _met: list[tuple[str, str, int | None, int | None]] = field(default_factory=list)

    def add(self, kinds: Sequence[str], text: str, table: int, row: int | None) -> None:
        """What a paragraph holds. ``text`` is its text; ``table`` and ``row`` count from 0 and hold where ``row`` is not None."""
        for kind in kinds:
            self._met.append((kind, text.strip()[:_BESIDE], table if row is not None else None, row))

    def findings(self) -> Iterator[Finding]:
        """One for each of the first ones that stand beside something, and one for all others."""
        placed = [one for one in self._met if one[1] or one[3] is not None][:_NAMED]
        for kind, beside, table, row in placed:
            place = '' if table is None or row is None else f'第 {table + 1} 张表第 {row + 1} 行'
            words = f'“{beside}”旁' if beside else ''
            yield finding('part.pictures', where=f'{place}{words}的{kind}', count=1, table=table, row=row)
        if len(self._met) > len(placed):
            yield finding('part.pictures', count=len(self._met) - len(placed))
