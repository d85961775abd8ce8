import datetime
import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
import xlsxwriter
from hypothesis import example, given
from hypothesis import strategies as st

from kaohe.extractors.document import Document, Unreadable
from kaohe.extractors.sheet.reader import read
from kaohe.extractors.sheet.shown_values import Value, shown


def workbook(fill: Callable[[xlsxwriter.Workbook], object]) -> bytes:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {'in_memory': True})
    fill(book)
    book.close()
    return made.getvalue()


def sheet(*rows: list[object], merges: tuple[str, ...] = ()) -> Document:
    """A workbook of one sheet; ``merges`` are ranges, merged over the text of their first cell."""

    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet('考核表')
        texts = {}
        for number, row in enumerate(rows):
            for col, value in enumerate(row):
                texts[number, col] = value
                page.write(number, col, value)
        for area in merges:
            first = xlsxwriter.utility.xl_cell_to_rowcol(area.split(':')[0])
            page.merge_range(area, texts.get(first, ''))

    return read(workbook(fill))


def order(document: Document) -> list[str]:
    return [f'<{block.table}>' if block.kind == 'table' else block.text for block in document.blocks]


def grid(document: Document, index: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row] for row in document.tables[index].grid()]


HEAD: list[object] = ['项目', '考核内容', '分值']


def test_a_sheet_is_a_table_with_the_name_of_the_sheet() -> None:
    document = sheet(HEAD, ['党建', '第一议题', 5], ['', '按期换届', 2.5])
    assert grid(document) == [['项目', '考核内容', '分值'], ['党建', '第一议题', '5'], ['', '按期换届', '2.5']]
    assert document.tables[0].sheet == '考核表'
    assert document.format == 'xlsx'


def test_merged_cells_are_one_cell() -> None:
    document = sheet(HEAD, ['党建', '学习', 5], ['', '换届', 2], ['合计', '', 7], merges=('A2:A3', 'A4:B4'))
    assert grid(document)[2][0] == '党建'
    assert grid(document)[3] == ['合计', '合计', '7']


def test_a_title_above_the_table_and_notes_below_are_paragraphs() -> None:
    document = sheet(
        ['2025年度考核细则（100分）', '', ''],
        ['单位：云河县人民医院', '', '日期：'],
        HEAD,
        ['党建', '学习', 5],
        ['人事', '考评', 3],
        ['注：扣完为止。'],
        merges=('A1:C1', 'A6:C6'),
    )
    assert order(document) == ['2025年度考核细则（100分）', '单位：云河县人民医院  日期：', '<0>', '注：扣完为止。']
    assert document.blocks[0].centered
    assert document.tables[0].rows == 3


def test_a_section_row_stays_in_the_table() -> None:
    document = sheet(
        HEAD,
        ['一、政治建设（8分）'],
        ['党建', '学习，未开展不得分', 5],
        ['二、治理'],
        ['人事', '考评。', 3],
        merges=('A2:C2', 'A4:C4'),
    )
    assert document.tables[0].rows == 5


def test_a_blank_row_or_a_title_before_a_new_head_parts_two_tables() -> None:
    document = sheet(HEAD, ['党建', '学习', 5], [''], HEAD, ['人事', '考评', 3], ['加分表'], HEAD, ['荣誉', '表彰', 2])
    assert order(document) == ['<0>', '<1>', '加分表', '<2>']


def test_a_blank_row_within_a_table_parts_nothing() -> None:
    document = sheet(HEAD, ['党建', '学习', 5], [''], ['人事', '考评，每缺1次扣1分', 3])
    assert document.tables[0].rows == 4


def test_a_percentage_reads_as_it_is_shown() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet('目标')
        page.write_row(0, 0, ['指标', '目标值', '权重'])
        page.write_row(1, 0, ['满意度'])
        page.write(1, 1, 0.955, book.add_format({'num_format': '0.0%'}))
        page.write(1, 2, 0.5, book.add_format({'num_format': '0.00"%"'}))

    assert grid(read(workbook(fill)))[1] == ['满意度', '95.5%', '0.5%']


def test_a_formula_gives_its_stored_value() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet()
        page.write_row(0, 0, ['项目', '分值'])
        page.write_row(1, 0, ['党建', 5])
        page.write(2, 0, '合计')
        page.write_formula(2, 1, '=SUM(B2:B2)', None, 5)

    assert grid(read(workbook(fill)))[2] == ['合计', '5']


def test_hidden_sheets_are_left_out_and_named() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet('细则').write(0, 0, '看得见')
        hidden = book.add_worksheet('底稿')
        hidden.write(0, 0, '看不见')
        hidden.hide()

    document = read(workbook(fill))
    assert order(document) == ['看得见']
    assert [(finding.code, '底稿' in finding.message) for finding in document.findings] == [('sheet.hidden', True)]


def test_every_sheet_is_read_in_order() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        for name in ('甲', '乙'):
            page = book.add_worksheet(name)
            page.write_row(0, 0, ['项目', '分值'])
            page.write_row(1, 0, [f'{name}类', 1])

    assert [table.sheet for table in read(workbook(fill)).tables] == ['甲', '乙']


@pytest.mark.parametrize(
    ('value', 'text'),
    [
        (5.0, '5'),
        (0.1 + 0.2, '0.3'),
        (1e-7, '0.0000001'),
        (12345678901.0, '12345678901'),
        (-0.5, '-0.5'),
        (True, 'TRUE'),
        (' 得1分\r\n', '得1分'),
        ('甲_x000D_\n乙', '甲\n乙'),
        (datetime.date(2025, 3, 1), '2025-03-01'),
        (datetime.datetime(2025, 3, 1), '2025-03-01'),  # noqa: DTZ001 - cells know no time zone
        (datetime.datetime(2025, 3, 1, 8, 30), '2025-03-01 08:30:00'),  # noqa: DTZ001
        (datetime.time(8, 30), '08:30:00'),
        (datetime.timedelta(hours=30, minutes=5), '30:05:00'),
    ],
)
def test_values_read_as_a_person_would_write_them(value: Value, text: str) -> None:
    assert shown(value) == text


def test_an_empty_workbook_is_refused() -> None:
    with pytest.raises(Unreadable) as refusal:
        read(workbook(lambda book: book.add_worksheet()))
    assert refusal.value.finding.code == 'file.empty'


def test_two_cells_in_opposite_corners_take_no_memory() -> None:
    book = openpyxl.Workbook()
    page = book.active
    page['A1'] = '一'
    page['XFD1048576'] = '二'
    made = io.BytesIO()
    book.save(made)
    with pytest.raises(Unreadable) as refusal:
        read(made.getvalue())
    assert refusal.value.finding.code == 'file.too_large'


def test_a_truncated_workbook_is_broken() -> None:
    data = workbook(lambda book: book.add_worksheet().write(0, 0, '一'))
    with pytest.raises(Unreadable) as refusal:
        read(data[: len(data) // 2])
    assert refusal.value.finding.code == 'file.broken'


@given(
    st.binary(max_size=200),
    st.sampled_from(['xl/worksheets/sheet1.xml', 'xl/workbook.xml', 'xl/sharedStrings.xml', 'xl/styles.xml']),
)
def test_a_damaged_part_gives_a_document_or_a_refusal(damage: bytes, part: str) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as source, zipfile.ZipFile(made, 'w') as target:
        for name in source.namelist():
            target.writestr(name, damage if name == part else source.read(name))
    try:
        document = read(made.getvalue())
    except Unreadable:
        return
    assert document.blocks


WHOLE = workbook(lambda book: book.add_worksheet().write_row(0, 0, ['项目', '分值']))
ROWS = st.lists(
    st.lists(st.sampled_from(['', '甲', '乙类', '1分', '注：略', '共 页']), min_size=3, max_size=3),
    min_size=1,
    max_size=8,
)
MERGES = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 2), st.integers(0, 7), st.integers(0, 2)), max_size=4)


@given(ROWS, MERGES)
@example([['注：略', '', ''], ['', '', '']], [(0, 0, 1, 0)])  # a label over two rows
def test_any_sheet_keeps_its_texts_and_tiles_its_tables(
    rows: list[list[str]], corners: list[tuple[int, int, int, int]]
) -> None:
    from kaohe.extractors.sheet.tables import owners, regions

    merged = [(min(a, c), min(b, d), max(a, c), max(b, d)) for a, b, c, d in corners]
    shown_texts = []
    for region in regions(rows, owners(rows, merged)):
        shown_texts += [cell.text for cell in region.cells] or region.text.split('  ')
        places = [
            (r, c)
            for cell in region.cells
            for r in range(cell.row, cell.bottom_row + 1)
            for c in range(cell.col, cell.right_col + 1)
        ]
        assert sorted(places) == [(r, c) for r in range(region.rows) for c in range(region.cols)]
    if not merged:
        assert sorted(filter(None, shown_texts)) == sorted(text for row in rows for text in row if text)
