"""Tables whose columns are drawn with white space: level lines alone, heads over several columns, long labels, rows of numbers."""

from __future__ import annotations

import pytest

from kaohe.extractors.document import Table
from kaohe.extractors.pdf import read
from tests.extractors.pdf_writer import PdfPage, pdf

NUMBERS = [
    ('东湖街道', '1,204', '96.5', '12', '0.8'),
    ('西山街道', '988', '95.1', '9', '1.1'),
    ('南桥镇', '1,530', '97.0', '15', '0.7'),
    ('北渡镇', '764', '93.8', '22', '1.9'),
    ('云岭乡', '512', '92.4', '31', '2.5'),
    ('青禾乡', '433', '91.7', '28', '2.2'),
]
HEAD = ('单位', '户数', '覆盖率', '投诉', '占比')


def cells(table: Table) -> list[list[str]]:
    rows: list[list[str]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row].append(cell.text)
    return rows


def drawn(
    *, size: float, left: float, pitch: float, rows: int = 6, over: bool = False, right_aligned: bool = False
) -> PdfPage:
    """A three-line table of numbers; ``over``: a head stands over the second to the fifth column."""
    page = PdfPage()
    xs = [left + 11 * size * at * 0.75 for at in range(5)]
    right = xs[-1] + 6 * size
    top = 120.0
    page.line(left - 4, top, right, top)
    y = top + pitch
    if over:
        page.text((xs[1] + xs[4]) / 2, y, '考核数据', size)
        page.line(xs[1] - 4, y + 0.4 * pitch, right, y + 0.4 * pitch)
        y += pitch
    for x, text in zip(xs, HEAD, strict=True):
        page.text(x, y, text, size)
    page.line(left - 4, y + 0.4 * pitch, right, y + 0.4 * pitch)
    for row in NUMBERS[:rows]:
        y += pitch
        for at, (x, text) in enumerate(zip(xs, row, strict=True)):
            aside = (5 - len(text)) * size / 2 if right_aligned and at else 0.0
            page.text(x + aside, y, text, size)
    page.line(left - 4, y + 0.4 * pitch, right, y + 0.4 * pitch)
    return page


@pytest.mark.parametrize('right_aligned', [False, True])
@pytest.mark.parametrize('rows', [4, 6])
@pytest.mark.parametrize(('size', 'left', 'pitch'), [(8, 60, 12), (10.5, 72, 18), (9, 110, 24)])
def test_rows_of_numbers(size: float, left: float, pitch: float, rows: int, right_aligned: bool) -> None:
    [table] = read(pdf(drawn(size=size, left=left, pitch=pitch, rows=rows, right_aligned=right_aligned))).tables
    assert cells(table) == [list(HEAD), *map(list, NUMBERS[:rows])]
    assert table.doubtful_rows == frozenset(range(rows + 1))


@pytest.mark.parametrize(('size', 'left', 'pitch'), [(8, 60, 12), (10.5, 72, 18), (9, 110, 24)])
def test_a_head_over_several_columns_spans_them(size: float, left: float, pitch: float) -> None:
    [table] = read(pdf(drawn(size=size, left=left, pitch=pitch, over=True))).tables
    [over] = [cell for cell in table.cells if cell.text == '考核数据']
    assert (over.row, over.col, over.col_span) == (0, 1, 4)
    assert cells(table)[1:] == [list(HEAD), *map(list, NUMBERS)]


def test_prose_between_two_lines_above_is_no_part_of_the_table() -> None:
    page = drawn(size=10, left=72, pitch=16)
    page.line(68, 60, 68 + 390, 60)
    page.text(72, 85, '本表所列各单位数据由各街道乡镇上报并经县考核办公室核定以此为准', 10)
    tables = read(pdf(page)).tables
    assert [cells(table)[0] for table in tables] == [list(HEAD)]


def test_a_section_head_runs_over_the_columns_and_takes_none_away() -> None:
    page = drawn(size=10, left=72, pitch=16, rows=6)
    shifted = PdfPage()
    xs = [72 + 82.5 * at for at in range(5)]
    y = 120.0
    shifted.line(68, y, 470, y)
    for x, text in zip(xs, HEAD, strict=True):
        shifted.text(x, y + 14, text)
    shifted.line(68, y + 20, 470, y + 20)
    y += 36
    shifted.text(72, y, '一、城区各街道（含开发区和新区）')
    for row in NUMBERS:
        y += 16
        for x, text in zip(xs, row, strict=True):
            shifted.text(x, y, text)
    shifted.line(68, y + 6, 470, y + 6)
    [table] = read(pdf(shifted)).tables
    assert table.cols == 5
    assert cells(table)[2:] == [list(row) for row in NUMBERS]
    assert len(read(pdf(page)).tables) == 1


@pytest.mark.parametrize('count', [2, 3, 5])
def test_paragraphs_between_level_lines_make_no_table(count: int) -> None:
    page = PdfPage()
    for at in range(count + 1):
        page.line(60, 100 + 60 * at, 530, 100 + 60 * at)
    for at in range(count):
        page.column(
            64,
            116 + 60 * at,
            '各单位要高度重视考核工作明确专人负责按时报送材料不得弄虚作假',
            '逾期不报的视为自动放弃并在全县范围内予以通报批评',
            size=10,
        )
    assert not read(pdf(page)).tables


@pytest.mark.parametrize('wrapped', [2, 3])
def test_rows_of_text_between_their_own_lines_stay_rows(wrapped: int) -> None:
    page = PdfPage()
    xs = (64.0, 110.0, 300.0, 490.0)
    ys = [100.0, 124.0]
    for x, text in zip(xs, ('序号', '考核内容', '评分标准', '分值'), strict=True):
        page.text(x, 116, text)
    for at in range(4):
        top = ys[-1]
        for x, lines in zip(
            xs,
            ((str(at + 1),), ('道路清扫保洁及时到位',) * wrapped, ('每发现一处积存扣一分',) * wrapped, ('10',)),
            strict=True,
        ):
            page.column(x, top + 14, *lines)
        ys.append(top + 14 * wrapped + 8)
    for y in ys:
        page.line(60, y, 530, y)
    [table] = read(pdf(page)).tables
    assert (table.rows, table.cols) == (5, 4)
    assert [row[0] for row in cells(table)] == ['序号', '1', '2', '3', '4']
