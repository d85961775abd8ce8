"""PDF files drawn by hand, read back."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress

import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaohe.extractors.document import Cell, Document, Table, Unreadable
from kaohe.extractors.layout import composition
from kaohe.extractors.layout.composition import PageRead, assemble
from kaohe.extractors.pdf import page as pdf_page
from kaohe.extractors.pdf.reader import count_pages, read, read_pages
from tests.extractors.pdf_writer import PdfPage, pdf

XS, YS = [50.0, 150.0, 300.0, 400.0], [100.0, 130.0, 160.0, 190.0]


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if block.kind == 'paragraph']


def grid(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.grid()]


def one(page: PdfPage) -> Table:
    (table,) = read(pdf(page)).tables
    return table


def refusal(data: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        read(data)
    return caught.value.finding.code


def test_blocks_stand_in_reading_order_with_their_page_size_and_box() -> None:
    page = (
        PdfPage().text(50, 70, '青川市考核细则', 18).lattice(XS, YS).text(55, 118, '项目').text(50, 230, '表后文字。')
    )
    document = read(pdf(page))
    assert [(block.kind, block.text, block.page) for block in document.blocks] == [
        ('paragraph', '青川市考核细则', 1),
        ('table', '', 1),
        ('paragraph', '表后文字。', 1),
    ]
    title = document.blocks[0]
    assert title.size == 18
    assert (title.boxes[0].x0, title.boxes[0].x1) == pytest.approx((50, 50 + 7 * 18), abs=3)
    assert title.boxes[0].top < 70 < title.boxes[0].bottom


def test_a_ruled_table_has_its_cells_edges_boxes_and_page() -> None:
    page = PdfPage().lattice(XS, YS).text(55, 118, '项目').text(155, 118, '内容').text(305, 118, '分值')
    table = one(page.text(55, 148, '党建').text(155, 148, '按期召开会议').text(305, 148, '5'))
    assert grid(table) == [['项目', '内容', '分值'], ['党建', '按期召开会议', '5'], ['', '', '']]
    assert table.edges == pytest.approx(XS)
    assert (table.page_first, table.page_last, table.doubtful_rows) == (1, 1, frozenset())
    box = table.cells[4].boxes[0]
    assert (box.page, box.x0, box.top, box.x1, box.bottom) == pytest.approx((1, 150, 130, 300, 160))


def test_a_merged_cell_is_one_cell_and_covered_places_are_not_repeated() -> None:
    page = PdfPage().box(50, 100, 400, 190).line(150, 100, 150, 190).line(150, 130, 400, 130).line(150, 160, 400, 160)
    page.line(300, 130, 300, 190).text(55, 148, '廉政').text(155, 118, '标题横跨两列').text(305, 178, '2')
    assert [(c.row, c.col, c.row_span, c.col_span, c.text) for c in one(page).cells] == [
        (0, 0, 3, 1, '廉政'),
        (0, 1, 1, 2, '标题横跨两列'),
        (1, 1, 1, 1, ''),
        (1, 2, 1, 1, ''),
        (2, 1, 1, 1, ''),
        (2, 2, 1, 1, '2'),
    ]


def test_borders_may_be_thin_filled_bars_or_drawn_twice_or_cell_by_cell() -> None:
    page = PdfPage()
    for y in YS:
        page.box(50, y, 400, y + 0.5, 'f').box(50, y + 1.5, 400, y + 2, 'f')
    for row in range(3):
        for x in XS:
            page.line(x, YS[row], x, YS[row + 1] - 1)
    table = one(page.text(155, 148, '内容'))
    assert (table.rows, table.cols, grid(table)[1][1]) == (3, 3, '内容')


def test_a_filled_background_is_no_border() -> None:
    page = PdfPage().box(60, 110, 200, 140, 'f').box(220, 110, 300, 140, 'f').text(60, 120, '底色上的文字')
    assert read(pdf(page)).tables == ()


def test_an_underline_or_a_frame_makes_no_table() -> None:
    page = (
        PdfPage().text(50, 98, '负责人签字').line(110, 100, 200, 100).box(50, 150, 300, 250).text(60, 180, '框中文字')
    )
    document = read(pdf(page))
    assert document.tables == ()
    assert texts(document) == ['负责人签字', '框中文字']


def test_an_underline_inside_a_cell_does_not_part_it() -> None:
    page = PdfPage().lattice(XS, YS).text(155, 118, '见').line(165, 120, 220, 120)
    assert one(page).rows == 3


def test_a_border_that_a_page_break_leaves_undrawn_is_put_back() -> None:
    page = PdfPage().line(50, 160, 150, 160).line(300, 160, 400, 160)
    for x in XS:
        page.line(x, 60, x, 160)
    page.line(50, 110, 400, 110).text(55, 80, '上').text(205, 80, '合并').text(305, 140, '下')
    assert grid(one(page)) == [['上', '合并', ''], ['', '', '下']]


def test_a_table_open_at_its_sides_keeps_its_outer_columns() -> None:
    page = PdfPage().line(150, 100, 150, 190).line(300, 100, 300, 190)
    for y in YS:
        page.line(50, y, 400, y)
    page.text(55, 118, '左').text(305, 118, '右')
    assert grid(one(page))[0] == ['左', '', '右']


def test_a_region_that_is_no_rectangle_is_cut_and_its_rows_are_doubtful() -> None:
    page = PdfPage().box(50, 100, 400, 190).line(150, 100, 150, 190).line(50, 130, 150, 130)
    page.line(150, 160, 300, 160).line(300, 130, 300, 160).line(300, 130, 400, 130).text(155, 115, '缺了一段线')
    table = one(page)
    assert table.doubtful_rows
    assert table.grid()
    assert any(cell.text == '缺了一段线' for cell in table.cells)


def test_a_table_in_a_cell_is_a_table_of_its_own_without_a_block() -> None:
    page = PdfPage().lattice([50, 150, 500], [100, 300, 330]).text(55, 118, '外')
    page.lattice([200, 300, 400], [150, 180, 210]).text(205, 168, '内')
    document = read(pdf(page))
    outer, inner = document.tables
    assert (outer.parent, inner.parent) == (None, (0, 0, 1))
    assert outer.cells[1].text == ''
    assert inner.cells[0].text == '内'
    assert [block.table for block in document.blocks] == [0]


def test_a_table_with_level_lines_only_has_the_columns_that_its_gaps_show_and_is_doubtful() -> None:
    page = PdfPage().line(50, 100, 400, 100).line(50, 120, 400, 120).line(50, 180, 400, 180)
    page.text(55, 114, '项目').text(150, 114, '考核内容').text(350, 114, '分值')
    page.text(55, 135, '党建').text(150, 135, '按期召开会议，').text(350, 135, '5').text(150, 150, '记录完整')
    page.text(55, 170, '廉政').text(150, 170, '开展自查').text(350, 170, '3')
    table = one(page)
    assert grid(table) == [
        ['项目', '考核内容', '分值'],
        ['党建', '按期召开会议，\n记录完整', '5'],
        ['廉政', '开展自查', '3'],
    ]
    assert table.doubtful_rows == {0, 1, 2}


def test_the_lines_around_recipients_and_printing_office_make_no_table() -> None:
    page = PdfPage().line(50, 700, 500, 700).line(50, 720, 500, 720).line(50, 740, 500, 740)
    page.text(60, 714, '抄送：县委办。').text(60, 734, '云河县人民医院办公室').text(400, 734, '2024年3月1日印发')
    document = read(pdf(page))
    assert document.tables == ()
    assert texts(document)[-1] == '云河县人民医院办公室  2024年3月1日印发'


def test_text_that_the_width_of_its_cell_wrapped_is_one_line() -> None:
    # 100 points less the padding hold nine characters.
    page = PdfPage().lattice(XS, YS).column(55, 112, '未按要求开展自查的', '扣分', pitch=12)
    assert one(page).cells[0].text == '未按要求开展自查的扣分'


def test_a_line_that_ended_before_the_width_was_used_up_stays_a_line() -> None:
    page = (
        PdfPage()
        .lattice(XS, YS)
        .column(55, 112, '人事科', '信息中心', pitch=12)
        .text(155, 112, '占满整整一行的考核内容十四')
    )
    assert one(page).cells[0].text == '人事科\n信息中心'


def test_numbered_items_stay_apart_even_where_the_line_before_is_full() -> None:
    page = PdfPage().lattice([50, 150, 300], [100, 160, 200])
    page.column(55, 112, '1.开展自查得五分；', '2.建立台账得三分。', pitch=12)
    assert one(page).cells[0].text == '1.开展自查得五分；\n2.建立台账得三分。'


def test_names_that_fill_their_line_stay_apart_where_they_stand_alone_elsewhere() -> None:
    page = PdfPage().lattice([50, 90, 200], [100, 130, 160, 190, 220, 250])
    page.text(55, 148, '医政处').text(55, 178, '政法处').column(55, 204, '医政处', '政法处', pitch=12)
    page.column(55, 234, '信息中', '心', pitch=12)
    assert [row[0] for row in grid(one(page))][1:] == ['医政处', '政法处', '医政处\n政法处', '信息中心']


def test_writing_that_runs_upwards_in_a_cell_is_read_along_its_direction() -> None:
    page = PdfPage().lattice([50, 80, 300], [100, 200, 230]).text(70, 180, '考核项目', matrix='0 1 -1 0')
    assert one(page).cells[0].text == '考核项目'


@pytest.mark.parametrize('turn', [90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(turn: int) -> None:
    width, height = 595.0, 842.0
    upright = PdfPage().lattice(XS, YS).text(55, 118, '项目').text(305, 178, '5')
    # What is shown upright on a page with /Rotate is drawn turned the other way.
    inside = {90: f'0 1 -1 0 {height} 0', 180: f'-1 0 0 -1 {width} {height}', 270: f'0 -1 1 0 0 {width}'}[turn]
    page = PdfPage(width, height, turn) if turn == 180 else PdfPage(height, width, turn)
    page.content = [f'q {inside} cm', *upright.content, 'Q']
    table = one(page)
    assert grid(table) == grid(one(upright))
    assert table.edges == pytest.approx(XS, abs=0.1)


def test_characters_drawn_twice_to_look_bold_are_read_once() -> None:
    page = PdfPage().text(50, 100, '考核细则').text(50.3, 100, '考核细则').text(50, 100.2, '考核细则')
    assert texts(read(pdf(page))) == ['考核细则']


def test_a_character_that_is_really_repeated_is_read_twice() -> None:
    assert texts(read(pdf(PdfPage().text(50, 100, '人人参与 11 月')))) == ['人人参与 11 月']


def test_invisible_text_over_a_scan_is_text() -> None:
    assert texts(read(pdf(PdfPage().image().text(50, 100, '识别层文字', mode=3)))) == ['识别层文字']


def test_spaces_are_kept_and_wide_gaps_are_spaces() -> None:
    page = PdfPage().text(50, 100, '高  峰').text(50, 130, '主管').text(90, 130, '签字').text(50, 160, '共5项')
    assert texts(read(pdf(page))) == ['高  峰', '主管  签字', '共5项']


def test_a_superscript_stands_in_its_line() -> None:
    page = PdfPage().text(50, 100, '面积50m').text(85, 96, '2', 6).text(90, 100, '以上')
    assert texts(read(pdf(page))) == ['面积50m²以上']


def test_a_scanned_page_is_a_finding_and_a_blank_page_is_none() -> None:
    document = read(pdf(PdfPage().text(50, 100, '正文'), PdfPage().image(), PdfPage()))
    assert [(found.code, found.page) for found in document.findings] == [('page.no_text', 2)]
    assert document.pages == 3


def test_characters_whose_font_does_not_name_them_are_a_finding() -> None:
    page = PdfPage().text(50, 100, '正文')
    page.content.append('BT /F1 10 Tf 1 0 0 1 50 500 Tm <F8FFF8FE> Tj ET')
    data = pdf(page).replace(b'/Encoding/UniGB-UCS2-H', b'/Encoding/Identity-H   ')
    with_findings = read(data)
    assert {found.code for found in with_findings.findings} <= {'text.unmapped'}


def test_pages_without_ruled_lines_do_not_wait_for_pdfplumber() -> None:
    program = 'import sys; from kaohe.extractors import pdf; pdf.read(sys.stdin.buffer.read()); print("pdfplumber" in sys.modules)'
    for page, loaded in (
        (PdfPage().text(60, 60, '一、总则'), 'False'),
        (PdfPage().lattice([50, 150, 250], [50, 80]), 'True'),
    ):
        page.text(60, 65, '考核内容')
        run = subprocess.run([sys.executable, '-c', program], input=pdf(page), capture_output=True, check=True)
        assert run.stdout.decode().strip() == loaded


def test_writing_of_a_negative_size_stands_where_it_is_shown() -> None:
    page = PdfPage().lattice([50, 150, 250], [50, 80])
    page.text(60, 70, '甲').text(160, 70, '乙', -10, matrix='-1 0 0 -1')
    assert [cell.text for cell in read(pdf(page)).tables[0].cells] == ['甲', '乙']


def test_a_file_without_any_text_is_refused() -> None:
    assert refusal(pdf(PdfPage().image())) == 'file.no_text'


@pytest.mark.parametrize('content', ['', '[' * 5000, '0 0 m 1 1 l'])
def test_a_file_of_blank_pages_is_no_scan(content: str) -> None:
    page = PdfPage(content=[content]).text(50, 100, '正文') if content.startswith('[') else PdfPage(content=[content])
    for data in (pdf(page), pdf(page, page)):
        with pytest.raises(Unreadable) as caught:
            read(data)
        assert caught.value.finding.code == 'file.unsupported'
        assert '空白' in caught.value.finding.message
        assert '扫描' not in caught.value.finding.message


def test_blank_pages_beside_one_that_cannot_be_read_are_told_as_damage() -> None:
    with pytest.raises(Unreadable) as caught:
        assemble('pdf', [PageRead.unreadable(1, '页面损坏'), PageRead(2, 595, 842)], 2)
    assert (caught.value.finding.code, '其余各页是空白' in caught.value.finding.message) == ('file.broken', True)


def test_a_broken_file_is_refused() -> None:
    whole = pdf(PdfPage().text(50, 100, '正文'))
    assert refusal(b'%PDF-1.4\nnothing') == 'file.broken'
    assert refusal(whole[:300]) == 'file.broken'
    assert refusal(pdf()) == 'file.broken'


def test_a_page_that_cannot_be_read_is_a_finding_and_the_others_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    real = pdf_page.read_marks

    def fail_once(page: pdfium.PdfPage, off: frozenset[str]) -> composition.PageMarks:
        if page.get_width() == 300:
            raise pdfium.PdfiumError('Failed to load page.')
        return real(page, off)

    monkeypatch.setattr('kaohe.extractors.pdf.reader.read_marks', fail_once)
    document = read(pdf(PdfPage(width=300).text(50, 100, '坏'), PdfPage().text(50, 100, '好')))
    assert [(found.code, found.page) for found in document.findings] == [('page.unreadable', 1)]
    assert texts(document) == ['好']


def test_pages_behind_the_limit_are_named_in_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr('kaohe.extractors.pdf.reader.PAGE_LIMIT', 2)
    document = read(pdf(*(PdfPage().text(50, 100, f'第{n}条正文。') for n in '一二三')))
    assert [(found.code, found.page) for found in document.findings] == [('page.limit', 2)]
    assert len(texts(document)) == 2


def test_pages_read_in_parts_make_the_same_document() -> None:
    data = pdf(*(PdfPage().lattice(XS, YS).text(55, 118, f'第{n}页表').text(50, 300, '文字') for n in range(5)))
    parts = (*read_pages(data, (0, 2)), *read_pages(data, (2, 5)))
    assert assemble('pdf', parts, count_pages(data)) == read(data)


def test_every_page_is_closed_before_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[pdfium.PdfPage] = []
    real = pdf_page.read_marks

    def note(page: pdfium.PdfPage, off: frozenset[str]) -> composition.PageMarks:
        assert all(earlier.raw is None for earlier in opened)
        opened.append(page)
        return real(page, off)

    monkeypatch.setattr('kaohe.extractors.pdf.reader.read_marks', note)
    read(pdf(*(PdfPage().text(50, 100, '正文') for _ in range(3))))
    assert len(opened) == 3


@st.composite
def drawn_tables(draw: st.DrawFn) -> tuple[list[float], list[float], tuple[Cell, ...]]:
    """A ruled table with merged cells: column and row borders, and cells that tile it, each with a text of its own."""
    cols, rows = draw(st.integers(1, 5)), draw(st.integers(1, 6))
    xs, ys = [40.0], [60.0]
    for _ in range(cols):
        xs.append(xs[-1] + draw(st.integers(40, 90)))
    for _ in range(rows):
        ys.append(ys[-1] + draw(st.integers(20, 40)))
    free = {(row, col) for row in range(rows) for col in range(cols)}
    cells = []
    for row in range(rows):
        for col in range(cols):
            if (row, col) not in free:
                continue
            across = draw(st.integers(1, cols - col))
            while any((row, c) not in free for c in range(col, col + across)):
                across -= 1
            down = draw(st.integers(1, rows - row))
            while any((r, c) not in free for r in range(row, row + down) for c in range(col, col + across)):
                down -= 1
            free -= {(r, c) for r in range(row, row + down) for c in range(col, col + across)}
            text = draw(st.sampled_from(['', '甲', '加分', '5', '1.5分', '考核']))
            cells.append(Cell(row, col, down, across, text))
    return xs, ys, tuple(cells)


@settings(max_examples=60)
@given(drawn_tables())
def test_any_ruled_table_reads_back_with_the_same_texts_at_the_same_places(
    drawn: tuple[list[float], list[float], tuple[Cell, ...]],
) -> None:
    xs, ys, cells = drawn
    page = PdfPage().text(40, 30, '标题')
    for cell in cells:
        left, top, right, bottom = xs[cell.col], ys[cell.row], xs[cell.right_col + 1], ys[cell.bottom_row + 1]
        page.box(left, top, right, bottom)
        if cell.text:
            page.text(left + 4, top + 14, cell.text, 9)
    tables = read(pdf(page)).tables
    if len(cells) == 1:
        assert tables == ()
        return
    (table,) = tables
    table.grid()
    places = {
        (xs.index(min(xs, key=lambda x: abs(x - b.x0))), ys.index(min(ys, key=lambda y: abs(y - b.top)))): cell.text
        for cell in table.cells
        for b in cell.boxes
    }
    assert places == {(cell.col, cell.row): cell.text for cell in cells}


@settings(max_examples=80)
@given(st.data())
def test_any_damage_gives_a_document_or_a_refusal(data: st.DataObject) -> None:
    whole = bytearray(pdf(PdfPage().lattice(XS, YS).text(55, 118, '项目').image(), PdfPage().text(50, 100, '正文')))
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 6))] = data.draw(st.binary(max_size=6))
    with suppress(Unreadable):
        assert read(bytes(whole)).format == 'pdf'
