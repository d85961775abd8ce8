"""Tables of Word files: cells tile the grid exactly once, whatever the writer did."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaohe.extractors.document import Cell, Table
from kaohe.extractors.docx import tables
from kaohe.extractors.docx.grid_fit import Drawn
from kaohe.extractors.docx.reader import read
from tests.extractors.docx_builder import cell, docx, par, row, run, table

RESTART, CONTINUE = '<w:vMerge w:val="restart"/>', '<w:vMerge/>'


def span(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


def only(*rows: str) -> Table:
    (found,) = read(docx(table(*rows) + par('后文'))).tables
    found.grid()
    return found


def shape(found: Table) -> list[tuple[int, int, int, int, str]]:
    return [(each.row, each.col, each.row_span, each.col_span, each.text) for each in found.cells]


def test_spans_and_merges_are_one_cell_each() -> None:
    found = only(
        row(cell('类别', RESTART), cell('内容', span(2))),
        row(cell('', CONTINUE), cell('甲'), cell('乙')),
    )
    assert (found.rows, found.cols) == (2, 3)
    assert shape(found) == [(0, 0, 2, 1, '类别'), (0, 1, 1, 2, '内容'), (1, 1, 1, 1, '甲'), (1, 2, 1, 1, '乙')]
    assert found.doubtful_rows == frozenset()


def test_room_before_and_after_a_row_is_blank_cells() -> None:
    found = only(
        row(cell('一'), cell('二'), cell('三')),
        row(cell('甲'), properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'),
    )
    assert shape(found)[3:] == [(1, 0, 1, 1, ''), (1, 1, 1, 1, '甲'), (1, 2, 1, 1, '')]
    assert found.doubtful_rows == frozenset()


def test_a_row_that_ends_early_is_filled_and_doubtful() -> None:
    found = only(row(cell('一'), cell('二')), row(cell('甲')))
    assert shape(found)[2:] == [(1, 0, 1, 1, '甲'), (1, 1, 1, 1, '')]
    assert found.doubtful_rows == {1}


def wide(text: str, width: int, properties: str = '') -> str:
    return cell(text, f'<w:tcW w:w="{width}" w:type="dxa"/>{properties}')


def test_a_row_without_spans_takes_its_columns_from_its_widths() -> None:
    found = only(
        row(wide('序号', 500), wide('内容', 3000), wide('分值', 800)),
        row(wide('一、组织领导', 4300)),
        row(wide('合计', 3490), wide('8', 810)),
    )
    assert shape(found)[3:] == [(1, 0, 1, 3, '一、组织领导'), (2, 0, 1, 2, '合计'), (2, 2, 1, 1, '8')]
    assert found.doubtful_rows == {1, 2}


def test_widths_that_do_not_meet_the_borders_decide_nothing() -> None:
    found = only(row(wide('一', 500), wide('二', 3000), wide('三', 800)), row(wide('甲', 1500), wide('乙', 2800)))
    assert shape(found)[3:] == [(1, 0, 1, 1, '甲'), (1, 1, 1, 1, '乙'), (1, 2, 1, 1, '')]
    assert found.doubtful_rows == {1}


def test_a_last_cell_that_reaches_beyond_the_table_ends_with_it() -> None:
    found = only(row(cell('考核表', span(4))), *[row(cell('甲'), cell('乙'), cell('丙'))] * 2)
    assert (found.cols, shape(found)[0]) == (3, (0, 0, 1, 3, '考核表'))
    assert found.doubtful_rows == {0}


def test_the_old_horizontal_merge_is_a_span() -> None:
    found = only(
        row(cell('合并', '<w:hMerge w:val="restart"/>'), cell('', '<w:hMerge/>'), cell('丙')),
        row(cell('甲'), cell('乙'), cell('丙')),
    )
    assert shape(found)[:2] == [(0, 0, 1, 2, '合并'), (0, 2, 1, 1, '丙')]


def test_a_continuation_that_does_not_fit_stands_alone_and_is_doubtful() -> None:
    found = only(
        row(cell('宽', RESTART + span(2)), cell('丙')),
        row(cell('甲', CONTINUE), cell('乙'), cell('丙', CONTINUE)),
    )
    assert shape(found) == [(0, 0, 1, 2, '宽'), (0, 2, 2, 1, '丙'), (1, 0, 1, 1, '甲'), (1, 1, 1, 1, '乙')]
    assert found.doubtful_rows == {1}


def test_a_continuation_in_the_first_row_begins_a_cell() -> None:
    found = only(row(cell('甲', CONTINUE), cell('乙')), row(cell('', CONTINUE), cell('丙')))
    assert shape(found) == [(0, 0, 2, 1, '甲'), (0, 1, 1, 1, '乙'), (1, 1, 1, 1, '丙')]
    assert found.doubtful_rows == {0}


@pytest.mark.parametrize(('covered', 'doubtful'), [('', set()), ('党 建', set()), ('别的内容', {1})])
def test_other_text_under_a_merge_makes_the_row_doubtful(covered: str, doubtful: set[int]) -> None:
    found = only(row(cell('党建', RESTART), cell('甲')), row(cell(covered, CONTINUE), cell('乙')))
    assert found.cells[0].text == '党建'
    assert found.doubtful_rows == doubtful


def test_columns_that_are_never_told_apart_are_one() -> None:
    found = only(row(cell('甲', span(3)), cell('乙')), row(cell('丙', span(3)), cell('丁')))
    assert (found.cols, [each.col_span for each in found.cells]) == (2, [1, 1, 1, 1])


@pytest.mark.parametrize('written', ['0', '-3', 'x', '99999999', '2.0'])
def test_an_impossible_span_is_lived_with(written: str) -> None:
    found = only(row(cell('甲', f'<w:gridSpan w:val="{written}"/>'), cell('乙')), row(cell('丙'), cell('丁')))
    assert {'甲', '乙', '丙', '丁'} <= {each.text for each in found.cells}


def test_content_controls_around_rows_and_cells_are_looked_through() -> None:
    inner = row(f'<w:sdt><w:sdtPr/><w:sdtContent>{cell("甲")}</w:sdtContent></w:sdt>', cell('乙'))
    assert [each.text for each in only(f'<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>').cells] == ['甲', '乙']


def test_deleted_rows_and_cells_are_gone_and_inserted_ones_stay() -> None:
    found = only(
        row(cell('甲'), cell('乙'), properties='<w:ins w:id="1"/>'),
        row(cell('旧'), cell('旧'), properties='<w:del w:id="2"/>'),
        row(cell('丙'), cell('旧', '<w:cellDel w:id="3"/>'), cell('丁', '<w:cellIns w:id="4"/>')),
    )
    assert [each.text for each in found.cells] == ['甲', '乙', '丙', '丁']


def test_a_table_all_of_whose_rows_are_deleted_is_gone() -> None:
    document = read(docx(table(row(cell('旧'), properties='<w:del w:id="2"/>')) + par('后文')))
    assert (document.tables, len(document.blocks)) == ((), 1)


def test_marked_header_rows_are_counted_from_the_top() -> None:
    marked, off = '<w:tblHeader/>', '<w:tblHeader w:val="0"/>'
    rows = [row(cell('头'), cell('头'), properties=which) for which in (marked, marked, off, marked)]
    assert only(*rows).header_rows == 2


def test_paragraphs_of_a_cell_are_lines_and_blank_ends_are_spacing() -> None:
    assert only(row(cell(par() + par('甲') + par() + par('乙') + par()), cell('丙'))).cells[0].text == '甲\n\n乙'


def test_a_nested_table_follows_its_parent_and_says_where_it_stands() -> None:
    inner = table(row(cell('内甲'), cell('内乙')))
    document = read(
        docx(table(row(cell('外甲'), cell(par('外乙') + inner + par()))) + table(row(cell('后'), cell('表'))) + par())
    )
    assert [found.parent for found in document.tables] == [None, (0, 0, 1), None]
    assert [block.table for block in document.blocks] == [0, 2]
    assert [[each.text for each in found.cells] for found in document.tables] == [
        ['外甲', '外乙'],
        ['内甲', '内乙'],
        ['后', '表'],
    ]


@pytest.mark.parametrize('beside', [[], [cell('')]])
def test_a_table_that_only_places_another_one_is_unwrapped(beside: list[str]) -> None:
    document = read(docx(table(row(cell(table(row(cell('甲'), cell('乙'))) + par()), *beside)) + par('后文')))
    assert [found.parent for found in document.tables] == [None]
    assert [each.text for each in document.tables[0].cells] == ['甲', '乙']


def test_the_text_of_a_frame_around_a_table_becomes_paragraphs() -> None:
    document = read(docx(table(row(cell(par('说明') + table(row(cell('甲'), cell('乙'))) + par('备注'))))))
    assert [(block.kind, block.text) for block in document.blocks] == [
        ('paragraph', '说明'),
        ('table', ''),
        ('paragraph', '备注'),
    ]


def test_a_frame_around_text_alone_stays_a_table() -> None:
    assert shape(only(row(cell('注意事项')))) == [(0, 0, 1, 1, '注意事项')]


def test_tracked_changes_inside_cells_are_final() -> None:
    inner = par(
        run('得')
        + '<w:ins w:id="1">'
        + run('20')
        + '</w:ins><w:del w:id="2"><w:r><w:delText>10</w:delText></w:r></w:del>'
        + run('分')
    )
    assert only(row(cell(inner), cell('甲'))).cells[0].text == '得20分'


@st.composite
def tilings(draw: st.DrawFn) -> tuple[int, int, list[Cell]]:
    """A random table in which every row and every column begins some cell, so that nothing is left to collapse."""
    rows, cols = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    for at, col in ((r, c) for r in range(rows) for c in range(cols)):
        if (at, col) in taken:
            continue
        wide = draw(st.integers(1, cols - col))
        while any((at, col + step) in taken for step in range(wide)):
            wide -= 1
        tall = draw(st.integers(1, rows - at))
        taken |= {(at + down, col + right) for down in range(tall) for right in range(wide)}
        cells.append(Cell(at, col, tall, wide, f'第{len(cells)}格'))
    return rows, cols, cells


def drawn(rows: int, cols: int, cells: list[Cell]) -> str:
    """The table as Word writes it: in each row one w:tc for every cell that covers the row, left to right."""
    lines = []
    for at in range(rows):
        line = ''
        for each in sorted((c for c in cells if c.row <= at <= c.bottom_row), key=lambda c: c.col):
            merge = '' if each.row_span == 1 else RESTART if each.row == at else CONTINUE
            line += cell(each.text if each.row == at else '', span(each.col_span) + merge)
        lines.append(f'<w:tr>{line}</w:tr>')
    return table(*lines)


@given(tilings())
@settings(max_examples=150)
def test_any_table_reads_back_as_it_was_drawn(tiling: tuple[int, int, list[Cell]]) -> None:
    rows, cols, cells = tiling
    (found,) = read(docx(drawn(rows, cols, cells) + par())).tables
    starts = sorted({each.col for each in cells})
    place = {col: at for at, col in enumerate([*starts, cols])}
    expected = [
        (each.row, place[each.col], each.row_span, place[each.right_col + 1] - place[each.col], each.text)
        for each in cells
    ]
    assert (found.rows, found.cols, shape(found)) == (rows, len(starts), sorted(expected))
    assert found.doubtful_rows == frozenset()


STATED = st.builds(
    Drawn,
    span=st.integers(1, 4),
    element=st.none(),
    continues_above=st.booleans(),
    continues_left=st.booleans(),
)


@given(st.lists(st.lists(STATED, min_size=1, max_size=5), min_size=1, max_size=7))
def test_any_nonsense_of_spans_and_merges_still_tiles_the_grid(lines: list[list[Drawn]]) -> None:
    laid = tables.lay_out(lines)
    cells = tuple(Cell(each.row, each.col, each.row_span, each.col_span, '') for each in laid.regions)
    Table(0, laid.rows, laid.cols, cells).grid()


class Counted(list[Drawn]):
    """A row that counts how often its cells are looked at."""

    looks = 0

    def __iter__(self) -> Iterator[Drawn]:
        for each in super().__iter__():
            Counted.looks += 1
            yield each


@pytest.mark.parametrize('rows', [100, 400, 1600])
def test_each_cell_is_looked_at_once_under_a_tall_merge(rows: int) -> None:
    Counted.looks = 0
    lines = [Counted([Drawn(1, None, continues_above=at > 0), *[Drawn(1)] * 7]) for at in range(rows)]
    laid = tables.lay_out(lines)
    assert (Counted.looks, len(laid.regions), laid.regions[0].row_span) == (8 * rows, 7 * rows + 1, rows)
