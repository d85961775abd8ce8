"""What is usual in the columns of a cut table, so that the unusual row at a break can be told."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kaohe.extractors.labels import FIRST, HAN, SIGN, printed, unfolded
from kaohe.normalizers.columns.grid_rows import distinct
from kaohe.normalizers.columns.printed_points import printed_after
from kaohe.normalizers.stitching.common_columns import Fragment
from kaohe.normalizers.text.folding import squeeze

SENTENCE_END = re.compile(r'[。；;！!？?…]["”’）)]?\s*$')
ITEM = re.compile(
    rf'\s*(?:{printed("arabic")}\s*[.．、](?!\d)|[（(]\s*[\d{HAN}]{{1,3}}\s*[）)]|{SIGN}|{printed("han")}、)'
)
FIRST_ITEM = re.compile(rf'\s*{unfolded(FIRST)}')
_TITLE = 30


@dataclass(frozen=True, slots=True)
class Habits:
    """How often a column is filled, its texts end a sentence, its titles end with points, and its texts carry the line's number.

    Shares by column; a column of which too little was seen is missing.
    """

    filled: Mapping[int, float]
    ended: Mapping[int, float]
    pointed: Mapping[int, float]
    numbered: Mapping[int, float]


def habits_of(parts: Sequence[Fragment]) -> Habits:
    """The habits of the columns over the rows that no break can have cut."""
    filled: dict[int, list[bool]] = {}
    ended: dict[int, list[bool]] = {}
    pointed: dict[int, list[bool]] = {}
    numbered: dict[int, list[bool]] = {}
    for part in parts:
        # the first and the last row of a part may be cut themselves
        for row in range(part.leading + 1, part.table.rows - 1):
            line = distinct(part.grid[row])
            if len(line) < 3:
                continue
            for cell in line:
                if cell.row == row:
                    filled.setdefault(cell.col, []).append(bool(cell.text.strip()))
                    if cell.text.strip():
                        ended.setdefault(cell.col, []).append(bool(SENTENCE_END.search(cell.text)))
                        numbered.setdefault(cell.col, []).append(begins_later_item(cell.text))
                    pointed.setdefault(cell.col, []).append(is_pointed_title(cell.text))
    return Habits(_shares(filled), _shares(ended), _shares(pointed), _shares(numbered))


def _shares(seen: Mapping[int, Sequence[bool]]) -> dict[int, float]:
    return {col: sum(found) / len(found) for col, found in seen.items()}


def is_pointed_title(text: str) -> bool:
    """Whether a text is a short title that ends with points: 加强基层党建（5分）."""
    return len(squeeze(text)) <= _TITLE and printed_after(text) is not None


def begins_later_item(text: str) -> bool:
    """Whether a text begins with a number that is not the first of a list: 2.…, （三）…"""
    return bool(ITEM.match(text)) and not FIRST_ITEM.match(text)
