"""Long sheets: drawn by a shorter way, they hold what a sheet drawn cell by cell holds."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from pandas import DataFrame
from xlsxwriter import Workbook

from kaohe.pipeline.refusal import Refusal
from kaohe.pipeline.workbook import drawing
from kaohe.pipeline.workbook.long_book import LongBook
from kaohe.pipeline.workbook.long_sheet import LongSheet
from kaohe.pipeline.workbook.sheets import CELL_LIMIT, FACTS

_ROWS: list[list[Any]] = [
    ['=1+1', 2, None, 0.1],
    ['  台账 <&> "记录"\n', -0.5, 'http://云岭', 1e-7],
    ['\x01_x0041_ \ufffe', 123456789012, None, 2.50],
    [None, None, None, None],
    ['<r>末行</r>', 0, '', 1 / 3],
]
# Without characters that are written otherwise wherever they stand.
_PLAIN = [row for row in _ROWS if '\ufffe' not in str(row[0])] + [['_x0041_', '\n首', '尾\u3000', '台账 <&> "记录"']]


def _drawn(rows: list[list[Any]], *, long: bool) -> Any:
    return load_workbook(_written(rows, long=long))['表']


def _written(rows: list[list[Any]], *, long: bool) -> BytesIO:
    written = BytesIO()
    with (LongBook if long else Workbook)(written, {'strings_to_formulas': False, 'in_memory': True}) as book:
        text, number = book.add_format({'num_format': '@', 'bold': True}), book.add_format({'align': 'center'})
        page = book.add_worksheet('表', LongSheet if long else None)
        page.write_string(0, 0, '甲', text)
        heights = [17.5, 31, 409, 20, 44.5]
        if long:
            page.put_rows(rows, [(text, number)] * 4, heights)
        for at, values in enumerate(rows if not long else (), start=1):
            page.set_row(at, heights[at - 1])
            for col, value in enumerate(values):
                if isinstance(value, str):
                    page.write_string(at, col, value, text)
                elif value is not None:
                    page.write_number(at, col, value, number)
    return written


@pytest.mark.parametrize('rows', [_ROWS, _PLAIN], ids=['with controls', 'without'])
def test_cells_looks_and_heights_are_those_of_a_usual_sheet(rows: list[list[Any]]) -> None:
    usual, long = _drawn(rows, long=False), _drawn(rows, long=True)
    assert long.dimensions == usual.dimensions == 'A1:D6'
    assert long['A2'].value == '=1+1'
    assert long['A2'].data_type == 's'
    for ours, theirs in zip(long.iter_rows(), usual.iter_rows(), strict=True):
        row = ours[0].row
        assert long.row_dimensions[row].height == usual.row_dimensions[row].height
        for one, other in zip(ours, theirs, strict=True):
            assert (one.value, one.data_type) == (other.value, other.data_type)
            assert (one.number_format, repr(one.font), repr(one.alignment)) == (
                other.number_format, repr(other.font), repr(other.alignment),
            )  # fmt: skip


def test_a_text_is_cut_to_what_a_cell_holds_and_stands_once_in_the_book() -> None:
    page = _drawn([['字' * 40_000, None], ['字' * 32_767, '字' * 40_000]], long=True)
    assert {len(page[cell].value) for cell in ('A2', 'A3', 'B3')} == {CELL_LIMIT}


def test_the_parts_of_a_long_book_are_those_of_a_usual_one() -> None:
    packages = [ZipFile(_written(_PLAIN, long=long)).read('xl/sharedStrings.xml') for long in (True, False)]
    assert packages[0] == packages[1]


def test_a_sheet_without_rows_has_its_header_alone() -> None:
    assert _drawn([], long=True).dimensions == 'A1:A1'


def test_more_rows_than_excel_holds_are_refused_with_a_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, 'ROW_LIMIT', 2)
    with pytest.raises(Refusal, match='--each'):
        drawing.as_workbook({FACTS: DataFrame({title: ['', ''] for title in FACTS.titles}, dtype=object)})
