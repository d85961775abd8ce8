"""Rows are handed from the process that reads to the one that stores as they are, whatever their values."""

from __future__ import annotations

import pickle

import numpy
import pytest

from kaohe.pipeline.database.rows import TableRows, Value

_PLAIN: list[tuple[Value, ...]] = [('a', 1, 1.0, None), ('', -(1 << 62), float('inf'), ''), ('a', True, 1e-300, '甲')]


@pytest.mark.parametrize('values', [[], _PLAIN, [('sure', numpy.float64(0.1))], [('\ud800',)], [(1 << 70,)]])
def test_rows_come_out_as_they_went_in(values: list[tuple[Value, ...]]) -> None:
    rows = TableRows('cells', ['text', 'row'], values)
    again = pickle.loads(pickle.dumps(rows, pickle.HIGHEST_PROTOCOL))  # noqa: S301
    assert again == rows
    assert [tuple(map(type, row)) for row in again.values] == [tuple(map(type, row)) for row in values]


def test_plain_rows_are_one_piece() -> None:
    name, given = TableRows('cells', ['text'], [('a',)]).__reduce__()
    assert getattr(name, '__name__', '') == '_unpacked'
    assert isinstance(given, tuple)
    assert isinstance(given[2], bytes)
