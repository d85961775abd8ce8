"""Sheets of formulas: drawn by a shorter way, they hold what xlsxwriter's own hold, but no results that nobody calculated."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

from openpyxl import load_workbook
from xlsxwriter import Workbook

from kaohe.pipeline.assessment.worksheets.formula_sheet import FormulaSheet
from kaohe.pipeline.assessment.worksheets.formula_words import Ends

_SHOWN = 'IF(AND(B2<=5,C2>1),"A&B","")'
_ENDS = [Ends('MAX(自评表!$H$7,0)', 'IF(自评表!$H$7="",1E+12,自评表!$H$7)'), Ends('0', _SHOWN)]


def _drawn(*, short: bool) -> bytes:
    written = BytesIO()
    with Workbook(written, {'in_memory': True}) as book:
        look = book.add_format({'bold': True, 'num_format': '0.####'})
        page, nodes = (book.add_worksheet(title, FormulaSheet if short else None) for title in ('表', '计算'))
        page.write_string(0, 0, '得分', look)
        nodes.write_row(0, 0, ('最低', '最高'))
        if short:
            page.put_formula(2, 3, _SHOWN, look)
            nodes.put_ends(_ENDS)
        else:
            page.write_formula(2, 3, f'={_SHOWN}', look)
            for row, ends in enumerate(_ENDS, start=1):
                nodes.write_row(row, 0, [f'={end}' for end in ends])
    return written.getvalue()


def _sheets(book: bytes) -> list[str]:
    with ZipFile(BytesIO(book)) as package:
        return [package.read(name).decode() for name in package.namelist() if name.startswith('xl/worksheets/')]


def test_formulas_and_looks_are_those_of_usual_sheets_without_their_zeros() -> None:
    usual, short = _sheets(_drawn(short=False)), _sheets(_drawn(short=True))
    assert all('</f><v>0</v>' in sheet for sheet in usual)
    assert short == [re.sub('</f><v>[^<]*</v>', '</f>', sheet) for sheet in usual]


def test_a_choice_that_reads_like_a_function_stays_as_it_is() -> None:
    written = BytesIO()
    with Workbook(written, {'in_memory': True}) as book:
        book.add_worksheet('表', FormulaSheet).put_formula(0, 0, 'IF(H7="SORT(名次)",1,0)', book.add_format())
    assert load_workbook(written)['表']['A1'].value == '=IF(H7="SORT(名次)",1,0)'


def test_a_sheet_without_nodes_has_its_header_alone() -> None:
    written = BytesIO()
    with Workbook(written, {'in_memory': True}) as book:
        page = book.add_worksheet('计算', FormulaSheet)
        page.write_row(0, 0, ('最低', '最高'))
        page.put_ends([])
    assert load_workbook(written)['计算'].dimensions == 'A1:B1'
