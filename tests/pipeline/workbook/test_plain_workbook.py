"""Workbooks to look at: what stands in the cells is what was given."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook

from kaohe.pipeline.workbook.plain_workbook import PlainSheet, plain_workbook


def test_cells_hold_what_was_given_and_no_formula() -> None:
    rows = [('=1+1', 2.5, None), ('台账\n记录', 0, 'http://云岭')]
    book = load_workbook(BytesIO(plain_workbook([PlainSheet('结果', [('甲', 10), ('乙', 8), ('丙', 8)], rows)])))
    page = book['结果']
    assert [[cell.value for cell in row] for row in page.iter_rows()] == [['甲', '乙', '丙'], *map(list, rows)]
    assert page['A2'].data_type == 's'
    assert page.freeze_panes == 'A2'


def test_titles_that_excel_refuses_or_that_are_alike_become_titles_of_their_own() -> None:
    names = ['内科/外科', '内科_外科', 'x' * 40, 'X' * 40, '']
    book = load_workbook(BytesIO(plain_workbook([PlainSheet(name, [('甲', 10)], []) for name in names])))
    assert book.sheetnames == ['内科_外科', '内科_外科2', 'x' * 28, 'X' * 28 + '2', '表']


def test_what_stands_below_the_rows_does() -> None:
    sheet = PlainSheet('内科', [('甲', 10), ('乙', 8)], [('一', 1)], ((1, '签字：'),))
    page = load_workbook(BytesIO(plain_workbook([sheet])))['内科']
    assert page['B4'].value == '签字：'
