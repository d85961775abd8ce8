"""A whole file of comma- or semicolon-separated values."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence

from kaohe.extractors.text.found_table import FoundTable, Part, columns_of, padded

# What databases put between values besides the comma, so that no value holds it. The rest stands in prose as well (1~3分, 1#楼): a table of
# it says so by its head.
_DELIMITERS = (',', ';', '^', '~', '#', '¦')
_PLAIN = (',', ';')
_HEAD = re.compile(r'[^\d,.，。;；:：、]{1,12}')
_LEAST_HEADED = 3
# What Excel writes and reads before all else.
_SAID = re.compile(r'"?sep=([,;|\t])"?', re.IGNORECASE)
_TITLE_LINES = 3  # lines without a delimiter that may stand above the table
_REGULAR = 0.9


def find(lines: Sequence[str]) -> FoundTable | None:
    """The table that the whole file is, or None: nearly all its rows must have the same number of values, at least two.

    A row of one value (a section) takes the whole width; a row of any other number of values is doubtful.
    """
    said = next((found for line in lines[:1] if (found := _SAID.fullmatch(line.strip()))), None)
    filled = [number for number, line in enumerate(lines) if line.strip() and not (said and number == 0)]
    for delimiter in (said[1],) if said else _DELIMITERS:
        first = next((number for number in filled[: _TITLE_LINES + 1] if delimiter in lines[number]), None)
        if first is None:
            continue
        try:
            rows = [row for row in csv.reader((f'{line}\n' for line in lines[first:]), delimiter=delimiter) if any(row)]
        except csv.Error:
            continue
        widths = Counter(len(row) for row in rows if len(row) > 1)
        cols, times = max(widths.items(), key=lambda usual: usual[1], default=(0, 0))
        if times < 2 or times * cols < 8 or times < _REGULAR * widths.total() or widths.total() < 0.8 * len(rows):
            continue
        if not said and delimiter not in _PLAIN and not _is_headed(rows[0]):
            continue
        return _found(rows, columns_of(rows), cols, first, len(lines))
    return None


def _is_headed(row: Sequence[str]) -> bool:
    return len(row) >= _LEAST_HEADED and all(_HEAD.fullmatch(text.strip()) for text in row)


def _found(rows: Sequence[Sequence[str]], widest: int, usual: int, first: int, end: int) -> FoundTable:
    laid = tuple(
        (Part(row[0].strip(), widest),) if len(row) == 1 else padded([text.strip() for text in row], widest)
        for row in rows
    )
    return FoundTable(first, end, laid, frozenset(n for n, row in enumerate(rows) if len(row) not in (1, usual)))
