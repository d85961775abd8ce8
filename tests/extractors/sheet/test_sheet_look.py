"""What a sheet shows, and what it holds and does not show. ``files/looks.xls`` is a workbook of Excel 97 with all of it."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from kaohe.extractors.document import Document
from kaohe.extractors.sheet.number_formats import shown_number
from kaohe.extractors.sheet.reader import read
from kaohe.normalizers import normalize

HEAD = ('序号', '考核内容', '目标值', '评分标准', '分值')
ROWS = ((1, '道路清扫', 95, '每低1个百分点扣0.5分', 10), (2, '投诉办结', 98, '每低1个百分点扣1分', 20))


def sheet(more: Callable[[xlsxwriter.Workbook, Worksheet], object], change: tuple[str, str] = ('', '')) -> Document:
    """A sheet 考核表 with two lines in A1:E3 and what ``more`` adds; ``change`` replaces XML of the sheet."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {'in_memory': True})
    page = book.add_worksheet('考核表')
    for at, row in enumerate((HEAD, *ROWS)):
        page.write_row(at, 0, row)
    more(book, page)
    book.close()
    changed = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(changed, 'w') as new:
        for name in old.namelist():
            content = old.read(name).decode('utf-8', 'surrogateescape')
            content = content.replace(*change) if name.endswith('sheet1.xml') else content
            new.writestr(name, content.encode('utf-8', 'surrogateescape'))
    return read(changed.getvalue())


def texts(found: Document) -> list[list[str]]:
    return [[cell.text for cell in row] for row in found.tables[0].grid()]


def said(found: Document, code: str) -> list[str]:
    return [each.message for each in found.findings if each.code == code]


@pytest.mark.parametrize(
    ('value', 'code', 'text'),
    [
        (0.95, '0%', '95%'),
        (0.955, '0.0%', '95.5%'),
        (0.985, '0.00%', '98.5%'),
        (90, '0"%"', '90%'),
        (90, '0\\%', '90%'),
        (5, '0"分"', '5分'),
        (5, '"扣"0.0"分"', '扣5分'),
        (95, '"≥"0"%"', '≥95%'),
        (0.95, '"不低于"0%', '不低于95%'),
        (1000, '#,##0', '1000'),
        (12.5, '#,##0.00_ ', '12.5'),
        (12.5, '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', '12.5'),
        (-2, '0;[Red]\\-0', '-2'),
        (-2, '0_);(0)', '(2)'),
        (-2, '0"分"', '-2分'),
        (0, '0;-0;;@', ''),
        (0, '0;-0;"无"', '无'),
        (50, '[$¥-804]#,##0.00', '¥50'),
        (5, 'General', '5'),
        (5, 'General"次"', '5次'),
    ],
)
def test_a_number_reads_as_its_format_shows_it(value: float, code: str, text: str) -> None:
    shown = shown_number(value, code)
    assert shown is not None
    assert shown.text == text


@pytest.mark.parametrize('code', ['yyyy-mm-dd', '# ?/?', '0.00E+00', '000\\-0000', '[>100]0;0.0', '上午/下午h"时"'])
def test_formats_of_dates_fractions_and_codes_are_left_alone(code: str) -> None:
    assert shown_number(12.5, code) is None


@pytest.mark.parametrize(
    ('value', 'code', 'rounds'), [(0.985, '0%', True), (0.98, '0%', False), (9.6, '0', True), (9.6, 'General', False)]
)
def test_a_format_that_hides_digits_is_told(value: float, code: str, rounds: bool) -> None:
    shown = shown_number(value, code)
    assert shown is not None
    assert shown.rounds is rounds
    found = sheet(lambda book, page: page.write(2, 4, value, book.add_format({'num_format': code})))
    assert [('考核表!E3' in each) for each in said(found, 'number.rounded')] == [True] * rounds


@pytest.mark.parametrize('at', [1, 2, 3])
def test_hidden_rows_are_left_out_wherever_they_stand(at: int) -> None:
    def more(book: xlsxwriter.Workbook, page: Worksheet) -> None:
        rows = [*ROWS]
        rows.insert(at - 1, (9, '作废', 1, '每起扣9分', 99))
        for number, row in enumerate(rows, 1):
            page.write_row(number, 0, row)
        page.set_row(at, None, None, {'hidden': True})

    found = sheet(more)
    assert [row[4] for row in texts(found)] == ['分值', '10', '20']
    assert '1 行' in said(found, 'part.hidden')[0]
    assert [cell.address for cell in found.tables[0].cells if cell.text == '投诉办结'] == [
        f'考核表!B{4 if at < 3 else 3}'
    ]


@pytest.mark.parametrize('at', [0, 3, 5])
def test_hidden_columns_are_left_out_wherever_they_stand(at: int) -> None:
    def more(book: xlsxwriter.Workbook, page: Worksheet) -> None:
        for number, row in enumerate((HEAD, *ROWS)):
            cells: list[object] = [*row]
            cells.insert(at, '内部')
            page.write_row(number, 0, cells)
        page.set_column(at, at, None, None, {'hidden': True})

    found = sheet(more)
    assert texts(found)[0] == list(HEAD)
    assert '1 列' in said(found, 'part.hidden')[0]


def test_a_merged_category_that_begins_in_a_hidden_row_shows_in_the_rest() -> None:
    def more(book: xlsxwriter.Workbook, page: Worksheet) -> None:
        page.merge_range('A2:A4', '环卫')
        page.write_row(3, 1, ('垃圾清运', 90, '每起扣1分', 5))
        page.set_row(1, None, None, {'hidden': True})

    cells = sheet(more).tables[0].cells
    assert [(cell.row, cell.row_span) for cell in cells if cell.text == '环卫'] == [(1, 2)]


def test_struck_out_text_is_left_out() -> None:
    def more(book: xlsxwriter.Workbook, page: Worksheet) -> None:
        old = book.add_format({'font_strikeout': True})
        page.write(1, 3, '每起扣9分', old)
        page.write_rich_string(2, 3, '每起扣', old, '9', '1', '分')

    found = sheet(more)
    assert [row[3] for row in texts(found)] == ['评分标准', '', '每起扣1分']
    assert said(found, 'part.hidden')


def test_white_text_on_white_is_left_out_and_on_a_dark_ground_is_text() -> None:
    def more(book: xlsxwriter.Workbook, page: Worksheet) -> None:
        page.write(0, 1, HEAD[1], book.add_format({'font_color': '#FFFFFF', 'bg_color': '#1F497D'}))
        page.write(1, 5, '每次扣9分', book.add_format({'font_color': '#FFFFFF'}))

    found = sheet(more)
    assert texts(found)[0][:5] == list(HEAD)
    assert '每次扣9分' not in ''.join(found.texts())
    assert said(found, 'part.hidden')[0].startswith('工作表“考核表”：有隐藏或划去的内容没有读入：1 处文字。')


@pytest.mark.parametrize('value', ['每次扣9分', 99])
def test_a_value_that_its_format_hides_is_left_out_and_said(value: str | int) -> None:
    found = sheet(lambda book, page: page.write(1, 5, value, book.add_format({'num_format': ';;;'})))
    assert str(value) not in ''.join(found.texts())
    assert '1 处文字' in said(found, 'part.hidden')[0]


def test_white_text_stays_where_a_rule_may_draw_its_ground() -> None:
    def more(book: xlsxwriter.Workbook, page: Worksheet) -> None:
        page.write(0, 1, HEAD[1], book.add_format({'font_color': '#FFFFFF'}))
        page.conditional_format('A1:E1', {'type': 'no_errors', 'format': book.add_format({'bg_color': '#1F497D'})})

    assert texts(sheet(more))[0] == list(HEAD)


@pytest.mark.parametrize(
    ('code', 'text'),
    [
        ('yyyy"年"m"月"d"日"', '2025年6月30日'),
        ('[$-804]yyyy"年"m"月"d"日";@', '2025年6月30日'),
        ('yyyy\\年m\\月', '2025年6月'),
        ('yyyy年mm月dd日', '2025年06月30日'),
        ('m"月"d"日"', '6月30日'),
        ('yy"年"m"月"', '25年6月'),
        ('yyyy"年"m"月"d"日"aaaa', '2025年6月30日星期一'),
        ('[DBNum1][$-804]yyyy"年"m"月"d"日"', '二〇二五年六月三十日'),
        ('yyyy/m/d', '2025-06-30'),
        ('yyyy"年"m"月"d"日" h"时"', '2025-06-30'),
    ],
)
def test_a_chinese_date_reads_as_it_is_shown(code: str, text: str) -> None:
    def more(book: xlsxwriter.Workbook, page: Worksheet) -> None:
        page.write_datetime(1, 2, datetime.date(2025, 6, 30), book.add_format({'num_format': code}))

    assert texts(sheet(more))[1][2] == text


@pytest.mark.parametrize(('number', 'text'), [(31, '2025年6月30日'), (57, '2025年6月'), (58, '6月30日')])
def test_a_date_whose_format_only_chinese_excel_numbers_is_a_date(number: int, text: str) -> None:
    def more(book: xlsxwriter.Workbook, page: Worksheet) -> None:
        page.write_number(1, 2, 45838, book.add_format({'num_format': number}))

    assert texts(sheet(more))[1][2] == text


def test_a_part_of_a_text_that_is_struck_out_is_said() -> None:
    def more(book: xlsxwriter.Workbook, page: Worksheet) -> None:
        old = book.add_format({'font_strikeout': True})
        page.write_rich_string(2, 3, '每起扣', old, '9', '1', '分')

    found = sheet(more)
    assert [row[3] for row in texts(found)][2] == '每起扣1分'
    assert said(found, 'part.hidden')


def test_raised_characters_stay_raised() -> None:
    def more(book: xlsxwriter.Workbook, page: Worksheet) -> None:
        page.write_rich_string(1, 1, '绿地5×10', book.add_format({'font_script': 1}), '4', '平方米')

    assert texts(sheet(more))[1][1] == '绿地5×10⁴平方米'


def test_a_formula_without_a_stored_value_is_named() -> None:
    def more(book: xlsxwriter.Workbook, page: Worksheet) -> None:
        page.write_formula('E2', '=5*2', None, 10)
        page.write_formula('E3', '=E2*2', None, 77)

    found = sheet(more, ('<v>77</v>', '<v></v>'))
    assert [row[4] for row in texts(found)] == ['分值', '10', '']
    assert '考核表!E3 ' in said(found, 'formula.uncached')[0]


@pytest.mark.parametrize('fault', ['#DIV/0!', '#N/A', '#REF!'])
def test_a_formula_that_fails_is_named(fault: str) -> None:
    found = sheet(lambda book, page: page.write_formula('E3', '=1/0', None, fault))
    assert '考核表!E3 ' in said(found, 'formula.error')[0]


def test_text_boxes_are_read_and_pictures_named() -> None:
    def more(book: xlsxwriter.Workbook, page: Worksheet) -> None:
        page.insert_textbox('G2', '注：每逾期1天扣2分\n扣完为止')
        chart = book.add_chart({'type': 'pie'})
        chart.add_series({'values': '=考核表!$E$2:$E$3'})
        page.insert_chart('G9', chart)

    found = sheet(more)
    assert [block.text for block in found.blocks if block.kind == 'paragraph'] == ['注：每逾期1天扣2分', '扣完为止']
    assert '1 幅' in said(found, 'part.pictures')[0]


@pytest.mark.parametrize('formula', ['=DISPIMG("ID_8F",1)', '=_xlfn.DISPIMG("ID_8F",1)', 'DISPIMG("ID_8F",1)'])
def test_a_picture_in_a_cell_is_no_text(formula: str) -> None:
    found = sheet(lambda book, page: page.write_string('D3', formula))
    assert texts(found)[2][3] == ''
    assert said(found, 'part.pictures')


@pytest.mark.parametrize('left', [0, 1, 3])
@pytest.mark.parametrize('top', [0, 2])
def test_a_table_that_begins_elsewhere_on_the_sheet_looks_the_same(top: int, left: int) -> None:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {'in_memory': True})
    page, share = book.add_worksheet('考核表'), book.add_format({'num_format': '0%'})
    points, struck = book.add_format({'num_format': '0"分"'}), book.add_format({'font_strikeout': True})
    page.write_row(top, left, ('类别', *HEAD))
    for number, (what, value, amount) in enumerate((('亮灯率', 0.95, 40), ('巡线率', 0.9, 60), ('作废', 0.8, 7)), 1):
        format_of_row = struck if what == '作废' else None
        page.write_row(top + number, left + 1, (number, what), format_of_row)
        page.write_number(top + number, left + 3, value, format_of_row or share)
        page.write_string(top + number, left + 4, '每低1个百分点扣0.5分', format_of_row)
        page.write_number(top + number, left + 5, amount, format_of_row or points)
    page.merge_range(top + 1, left, top + 2, left, '照明')
    page.write_row(top, left + 6, ('备注', '自评分'))
    page.set_column(left + 6, left + 6, None, None, {'hidden': True})
    book.close()
    found = read(made.getvalue())
    assert [row[2:6] for row in texts(found)[1:3]] == [
        ['亮灯率', '95%', '每低1个百分点扣0.5分', '40分'],
        ['巡线率', '90%', '每低1个百分点扣0.5分', '60分'],
    ]
    assert [row[0] for row in texts(found)[1:3]] == ['照明', '照明']
    assert texts(found)[0][6:] == ['自评分']
    assert not any('作废' in row for row in texts(found))
    assert said(found, 'part.hidden')
    first = next(cell for cell in found.tables[0].cells if cell.text == '亮灯率')
    assert first.address == f'考核表!{"CDEF"[left]}{top + 2}'


def test_an_old_workbook_looks_the_same() -> None:
    found = read((Path(__file__).parent / 'files' / 'looks.xls').read_bytes())
    assert [row[2] for row in texts(found)] == ['目标值', '95%', '98.5%', '90%', '12.345%', '']
    assert [row[4] for row in texts(found)] == ['分值', '10分', '20分', '30分', '40分', '5']
    assert [row[1] for row in texts(found)][-1] == ''
    assert '1 行、1 列、1 处文字' in said(found, 'part.hidden')[0]
    assert '考核表!C5 ' in said(found, 'number.rounded')[0]


def test_a_line_is_found_by_the_address_of_its_first_cell() -> None:
    found = normalize(sheet(lambda book, page: page.write_row(3, 0, ROWS[1])), 'book.xlsx')
    (twice,) = [each for each in found.findings if each.code == 'duplicate']
    assert '考核表!A4' in twice.message


def test_what_a_merged_away_cell_holds_is_told_unless_the_cell_that_shows_says_it_too() -> None:
    merge = ('</sheetData>', '</sheetData><mergeCells count="1"><mergeCell ref="D2:D3"/></mergeCells>')
    found = sheet(lambda book, page: None, merge)
    assert [row[3] for row in texts(found)[1:]] == [ROWS[0][3]] * 2
    assert ['1 处文字' in message for message in said(found, 'part.hidden')] == [True]
    same = sheet(lambda book, page: page.write(2, 3, ROWS[0][3]), merge)
    assert said(same, 'part.hidden') == []
