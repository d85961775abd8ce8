"""Copies of one table's head in a text: where one copy has fewer columns, the rows below it have lost a border between cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kaohe.extractors.text.found_table import FoundTable, Row


def doubt_narrow(tables: Sequence[FoundTable]) -> list[FoundTable]:
    """The tables; those with fewer columns than another with the same head doubt their rows, but for rows of a single text."""
    widest: dict[tuple[str, ...], int] = {}
    for table in tables:
        names = _names(table)
        widest[names] = max(widest.get(names, 0), table.cols)
    return [_doubted(table) if table.cols < widest[_names(table)] else table for table in tables]


def _doubted(table: FoundTable) -> FoundTable:
    rows = frozenset(number for number, row in enumerate(table.rows) if number and len(_filled(row)) > 1)
    return replace(table, doubtful=table.doubtful | rows)


def _names(table: FoundTable) -> tuple[str, ...]:
    """The words of the table's first row, wherever they stand in it."""
    return tuple(''.join(text.split()) for text in _filled(table.rows[0]))


def _filled(row: Row) -> list[str]:
    return [part.text for part in row if part.text]
