"""Agreement with annotated sentences, measured as the project's yardstick does: what counts as the same, and F1."""

from __future__ import annotations

import difflib
import json
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Record = dict[str, Any]


@dataclass(slots=True)
class Agreement:
    """Counts over all sentences, and the differences in words."""

    hit: int = 0
    missed: int = 0
    extra: int = 0
    differences: str = ''

    @property
    def f1(self) -> float:
        return 2 * self.hit / (2 * self.hit + self.missed + self.extra)

    def add(
        self, sentence: str, wanted: Sequence[Record], found: Iterable[Record], same: Callable[[Record, Record], bool]
    ) -> None:
        left = list(found)
        for want in wanted:
            match = next((have for have in left if same(want, have)), None)
            if match is None:
                self.missed += 1
                self.differences += f'\n{sentence}\n  missed {want}'
            else:
                left.remove(match)
                self.hit += 1
        self.extra += len(left)
        self.differences += ''.join(f'\n{sentence}\n  extra {have}' for have in left)


def sentences(name: str) -> list[Record]:
    """The annotated sentences of a file beside this module."""
    return [json.loads(line) for line in (Path(__file__).parent / name).read_text(encoding='utf-8').splitlines()]


def alike(first: str, second: str | None) -> bool:
    """The same phrase, give or take its borders: 0.3 of the characters in common, or one is the tail of the other."""
    short, long = sorted((_fold(first), _fold(second)), key=len)
    if not short:
        return short == long
    blocks = difflib.SequenceMatcher(None, short, long, autojunk=False).get_matching_blocks()
    common = len(short) if short in long else sum(block.size for block in blocks)
    tail = len(short) >= 4 and long.endswith(short) and len(short) >= 0.2 * len(long)
    return common / (len(short) + len(long) - common) >= 0.3 or tail


def equal(first: object, second: object) -> bool:
    """Equal numbers, or both unknown."""
    if first is None or second is None:
        return first is second
    return abs(float(str(first)) - float(str(second))) < 1e-9


def _fold(text: str | None) -> str:
    return ''.join(unicodedata.normalize('NFKC', text or '').split())
