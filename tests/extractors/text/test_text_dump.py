from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from kaohe.extractors.document import Document, Table
from kaohe.extractors.text.reader import read

NOTICES = Path(__file__).parents[3].parent / 'shared' / 'notices'

HEAD = ['项目', '考核内容', '分值', '评分标准']


def dump(rows: list[list[str]]) -> str:
    """Rows as they are dumped: a tab before each cell, a blank line after each row, one more after the table."""
    return ''.join(''.join(f'\t{cell}\n' for cell in row) + '\n' for row in rows) + '\n'


def rows_of(table: Table) -> list[list[str]]:
    found: list[list[str]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        found[cell.row].append(cell.text)
    return found


def read_text(text: str) -> Document:
    return read(text.encode())


def body(count: int) -> list[list[str]]:
    return [
        [f'第{n}类' if n % 3 == 0 else '', f'完成第{n}项重点任务，资料齐全', str(n), f'每缺{n}次扣0.5分']
        for n in range(count)
    ]


def test_cells_dumped_one_to_a_line_are_a_table() -> None:
    document = read_text('2025年考核细则（100分）\n\n' + dump([HEAD, *body(4)]))
    assert document.blocks[0].text == '2025年考核细则（100分）'
    assert rows_of(document.tables[0]) == [HEAD, *body(4)]
    assert not document.tables[0].merges
    assert not document.tables[0].doubtful_rows


def test_a_cell_keeps_its_paragraphs() -> None:
    rows = [HEAD, ['党建', '1.开展学习\n2.按期换届', '5', '未开展扣1分\n\n未换届扣2分'], *body(3)]
    assert rows_of(read_text(dump(rows)).tables[0])[1] == [
        '党建',
        '1.开展学习\n2.按期换届',
        '5',
        '未开展扣1分\n未换届扣2分',
    ]


def test_a_blank_paragraph_at_the_end_of_a_cell_ends_no_row() -> None:
    rows = [HEAD, *body(3), ['人事\n', '落实绩效工资制度\n\n', '2', '查方案'], *body(3)]
    found = read_text(dump(rows)).tables[0]
    assert rows_of(found)[4] == ['人事', '落实绩效工资制度', '2', '查方案']
    assert found.rows == 8
    assert not found.doubtful_rows


def test_a_title_right_before_the_next_table_is_a_paragraph() -> None:
    text = (
        dump([HEAD, *body(3)])
        + '2025年云河县疾控中心考核细则（100分）\n'
        + dump([HEAD[:3], *(row[:3] for row in body(4))])
    )
    document = read_text(text)
    assert [block.text for block in document.blocks if block.kind == 'paragraph'] == [
        '2025年云河县疾控中心考核细则（100分）'
    ]
    assert [(table.rows, table.cols) for table in document.tables] == [(4, 4), (5, 3)]


def test_a_note_after_one_blank_line_is_a_paragraph() -> None:
    document = read_text(dump([HEAD, *body(3)]).rstrip('\n') + '\n\n注：扣完为止，不出现负分。\n')
    assert document.blocks[-1].text == '注：扣完为止，不出现负分。'
    assert rows_of(document.tables[0])[-1] == body(3)[-1]


def test_text_of_unclear_belonging_after_the_last_row_is_doubtful() -> None:
    document = read_text(dump([HEAD, *body(3)]).rstrip('\n') + '\n\n资料不全酌情扣分\n')
    assert document.tables[0].doubtful_rows == {3}


def test_a_section_row_spans_the_table() -> None:
    table = read_text(dump([HEAD, ['一、加强政治建设（8分）'], *body(4), ['二、源头治理（9分）'], *body(4)])).tables[0]
    section = table.grid()[1]
    assert section[0] is section[3]
    assert section[0].text == '一、加强政治建设（8分）'
    assert not table.doubtful_rows


def test_rows_with_one_more_cell_than_the_head_split_the_column_that_fits() -> None:
    wide = [
        ['', '疫情报告' if n == 0 else '', f'按时完成第{n}项监测任务并上报', str(n), f'缺{n}次扣0.2分']
        for n in range(5)
    ]
    table = read_text(dump([HEAD, *body(6), *wide])).tables[0]
    assert table.cols == 5
    assert [(cell.col, cell.col_span) for cell in table.cells if cell.row == 0] == [(0, 2), (2, 1), (3, 1), (4, 1)]
    assert not table.doubtful_rows


def test_a_row_of_a_width_of_its_own_is_doubtful() -> None:
    table = read_text(dump([HEAD, *body(5), ['合计', '', '15'], *body(5)])).tables[0]
    assert table.doubtful_rows == {6}


def test_paragraphs_indented_with_tabs_are_no_table() -> None:
    text = (
        '\t各科室：\n\t现将考核办法印发给你们。\n\t请认真执行。\n\t附件另发。\n\n\t云河县人民医院\n\n\t2025年3月1日\n'
    )
    document = read_text(text)
    assert document.tables == ()
    assert len(document.blocks) == 6


CELL = st.text(st.sampled_from('考核内容落实1分。'), max_size=8)


@settings(max_examples=60)
@given(
    st.integers(2, 6).flatmap(
        lambda cols: st.lists(st.lists(CELL, min_size=cols, max_size=cols), min_size=4, max_size=12)
    )
)
def test_a_dumped_table_reads_back_as_it_was(rows: list[list[str]]) -> None:
    table = read_text('前言\n\n' + dump(rows)).tables[0]
    assert rows_of(table) == rows


@pytest.mark.parametrize('step', [31, 37, 41, 43])
def test_rare_blank_paragraphs_anywhere_change_nothing(step: int) -> None:
    rows = [HEAD, *body(40)]
    noisy = [
        [f'{cell}\n' if cell and (row * 4 + col) % step == 0 else cell for col, cell in enumerate(line)]
        for row, line in enumerate(rows)
    ]
    assert noisy != rows
    assert rows_of(read_text(dump(noisy)).tables[0]) == rows


@pytest.mark.skipif(not NOTICES.exists(), reason='the real notices are not here')
@pytest.mark.parametrize('name', ['九江市', '枣庄市', '绍市中医'])
def test_the_dumped_tables_of_real_notices_have_the_cells_of_their_word_files(name: str) -> None:
    (text,) = NOTICES.glob(f'txt/{name}*.txt')
    (word,) = NOTICES.glob(f'docx/{name}*.docx')
    tables = read(text.read_bytes()).tables
    drawn = docx.Document(str(word)).tables
    assert len(tables) == len(drawn)
    for table, other in zip(tables, drawn, strict=True):
        assert not table.doubtful_rows
        cells: list[list[tuple[int, str]]] = [[] for _ in range(table.rows)]
        for cell in table.cells:
            cells[cell.row].append((cell.col_span, ''.join(cell.text.split())))
        assert cells == [
            [
                (cell.grid_span, ''.join(''.join(t.text or '' for t in cell.iter(qn('w:t'))).split()))
                for cell in row.tc_lst
            ]
            for row in other._tbl.tr_lst
        ]
