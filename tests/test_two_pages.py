"""A table over two pages, whatever runs along the pages and wherever they lie: one table with all its lines."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaohe.extractors.document import Block, Cell, Document, Table
from kaohe.extractors.pdf import read
from kaohe.normalizers import normalize
from kaohe.normalizers.catalogue import Catalogue
from kaohe.normalizers.stitching.table_parts import stitch
from tests.extractors.pdf_writer import PdfPage, pdf

HEAD = ('序号', '考核内容', '评分标准', '分值')
ROWS = (
    ('1', '道路清扫覆盖率达到95%以上', '每低1个百分点扣0.5分', '10'),
    ('2', '垃圾日产日清', '每发现一处积存扣1分', '20'),
    ('3', '公厕开放', '每关闭一座扣2分', '15'),
    ('4', '绿化养护到位', '每死亡1株扣0.5分', '15'),
    ('5', '河道整洁', '每发现一处漂浮物扣1分', '10'),
)
EDGES = (60.0, 100.0, 290.0, 480.0, 530.0)
POINTS = [10, 20, 15, 15, 10]


def draw(page: PdfPage, rows: tuple[tuple[str, ...], ...], top: float, edges: tuple[float, ...] = EDGES) -> PdfPage:
    """The rows as a ruled table that begins at ``top``."""
    page.lattice(list(edges), [top + 24 * at for at in range(len(rows) + 1)])
    for at, row in enumerate(rows):
        for x, text in zip(edges[:-1], row, strict=True):
            page.text(x + 4, top + 24 * at + 15, text)
    return page


def catalogue(*pages: PdfPage) -> Catalogue:
    return normalize(read(pdf(*pages)), 'notice.pdf')


def points(found: Catalogue) -> list[float | None]:
    return [None if line.points is None else float(line.points) for line in found.indicators]


def moved(edges: tuple[float, ...], aside: float = 0, scale: float = 1) -> tuple[float, ...]:
    return tuple((edge - 60) * scale + 60 + aside for edge in edges)


RUNNING = {
    'first-of-two': ('第1页 共2页', '第2页 共2页'),
    'two-first': ('共 2 页  第 1 页', '共 2 页  第 2 页'),
    'english': ('Page 1 of 2', 'Page 2 of 2'),
    'han': ('第一页', '第二页'),
    'han-of': ('第一页 共二页', '第二页 共二页'),
    'slash': ('第1页/共2页', '第2页/共2页'),
    'brackets': ('第 1 页（共 2 页）', '第 2 页（共 2 页）'),
    'office': ('青禾市城市管理局', '青禾市城市管理局'),
    'office-number': ('青禾市城市管理局    第1页', '青禾市城市管理局    第2页'),
    'address': ('地址：青禾市云岭路8号  邮编：300001', '地址：青禾市云岭路8号  邮编：300001'),
    'code': ('QH-CG-07 A/0版', 'QH-CG-07 A/0版'),
    'latin': ('P1', 'P2'),
    'of-a-chapter': ('3-1', '3-2'),
    'labelled': ('页码：1/2', '页码：2/2'),
    'framed': ('【7】', '【8】'),
    'sheets': ('共 2 张 第 1 张', '共 2 张 第 2 张'),
}


@pytest.mark.parametrize('at', [810, 40], ids=['foot', 'head'])
@pytest.mark.parametrize('running', RUNNING.values(), ids=RUNNING)
def test_a_running_line_on_two_pages_does_not_part_the_table(running: tuple[str, str], at: float) -> None:
    first = draw(PdfPage().text(150, 70, '青禾市城市管理考核评分细则', 18), (HEAD, *ROWS[:3]), 640)
    second = draw(PdfPage(), ROWS[3:], 62)
    for page, text in zip((first, second), running, strict=True):
        page.text(240, at, text, 9)
    found = catalogue(first, second)
    assert points(found) == POINTS
    assert len(found.tables) == 1
    assert [block.kind for block in found.document.blocks if block.text in running] == ['furniture'] * 2


@pytest.mark.parametrize('left', [36.0, 545.0])
@pytest.mark.parametrize('step', [1, 5])
def test_numbers_of_lines_down_the_margin_belong_to_the_page(step: int, left: float) -> None:
    first = draw(PdfPage().text(150, 70, '青禾市城市管理考核评分细则', 18), (HEAD, *ROWS[:3]), 640)
    second = draw(PdfPage(), ROWS[3:], 62)
    count = 0
    for page in (first, second):
        for at in range(36 if step == 1 else 10):
            count += step
            page.text(left, 70 + at * (20 if step == 1 else 70), str(count), 7)
    found = catalogue(first, second)
    assert points(found) == POINTS
    assert len(found.tables) == 1
    assert found.notice.title == '青禾市城市管理考核评分细则'
    assert [block.text.split()[:2] for block in found.document.blocks if block.kind == 'furniture'] == [
        [str(step), str(2 * step)],
        [str(count // 2 + step), str(count // 2 + 2 * step)],
    ]


@pytest.mark.parametrize('tops', [(22, 34, 46), (806, 818, 830)], ids=['head', 'foot'])
def test_three_lines_that_come_again_do_not_part_the_table(tops: tuple[int, ...]) -> None:
    first = draw(PdfPage().text(150, 90, '青禾市城市管理考核评分细则', 18), (HEAD, *ROWS[:3]), 640)
    second = draw(PdfPage(), ROWS[3:], 62)
    for page in (first, second):
        for top, text in zip(tops, ('青禾市城市管理局', '云岭路8号', '电话：0000-1234567'), strict=True):
            page.text(60, top, text, 9)
    found = catalogue(first, second)
    assert points(found) == POINTS
    assert len(found.tables) == 1


def test_a_page_number_that_is_written_upwards_at_the_side_does_not_part_the_table() -> None:
    first = draw(PdfPage().text(150, 70, '青禾市城市管理考核评分细则', 18), (HEAD, *ROWS[:3]), 640)
    second = draw(PdfPage(), ROWS[3:], 62)
    for at, page in enumerate((first, second)):
        page.text(30, 420, f'— {at + 1} —', 9, matrix='0 1 -1 0')
    found = catalogue(first, second)
    assert points(found) == POINTS
    assert len(found.tables) == 1


def test_a_high_page_header_that_is_a_table_is_no_table() -> None:
    first = draw(PdfPage().text(150, 190, '青禾市城市管理考核评分细则', 18), (HEAD, *ROWS[:3]), 640)
    second = draw(PdfPage(), (HEAD, *ROWS[3:]), 190)
    for at, page in enumerate((first, second)):
        rows = (
            ('青禾市', '管理体系文件'),
            ('版本', 'A/1'),
            ('页码', f'{at + 1}/2'),
            ('生效', '2025-01-01'),
            ('受控', '是'),
        )
        draw(page, rows, 36, (60, 160, 260))
    found = catalogue(first, second)
    assert points(found) == POINTS
    assert len(found.document.tables) == 1


@pytest.mark.parametrize(
    'notes', [('① 备勤：指全天在岗。', '② 失修：指不能使用。'), ('* 含加班。',), ('[1] 含加班。',)]
)
def test_notes_at_the_foot_of_a_page_do_not_part_the_table(notes: tuple[str, ...]) -> None:
    first = draw(PdfPage().text(150, 70, '青禾市城市管理考核评分细则', 18), (HEAD, *ROWS[:3]), 620)
    for at, note in enumerate(notes):
        first.text(60, 740 + 14 * at, note, 8)
    found = catalogue(first, draw(PdfPage(), ROWS[3:], 62))
    assert points(found) == POINTS
    assert len(found.tables) == 1


def test_a_title_that_says_that_the_table_goes_on_does_not_part_it() -> None:
    first = draw(PdfPage().text(150, 70, '青禾市城市管理考核评分细则', 18), (HEAD, *ROWS[:3]), 640)
    second = draw(PdfPage().text(150, 50, '青禾市城市管理考核评分细则（续）', 14), (HEAD, *ROWS[3:]), 72)
    found = catalogue(first, second)
    assert points(found) == POINTS
    assert len(found.tables) == 1


@pytest.mark.parametrize('texts', [('青禾市城市管理局', '内部资料'), ('文件编号', 'QH-07'), ('青禾市', '第1页 共2页')])
@pytest.mark.parametrize('top', [36, 800])
def test_a_page_header_that_is_a_table_is_no_table(texts: tuple[str, str], top: float) -> None:
    first = draw(PdfPage().text(150, 90, '青禾市城市管理考核评分细则', 18), (HEAD, *ROWS[:3]), 640)
    second = draw(PdfPage(), (HEAD, *ROWS[3:]), 72)
    for page in (first, second):
        draw(page, (texts,), top, (60, 160, 260))
    found = catalogue(first, second)
    assert points(found) == POINTS
    assert len(found.document.tables) == 1
    assert [block.text for block in found.document.blocks if block.kind == 'furniture'] == [*texts, *texts]


def test_the_head_of_a_table_drawn_apart_from_it_is_kept() -> None:
    first = draw(draw(PdfPage(), (HEAD,), 40), ROWS[:3], 68)
    second = draw(draw(PdfPage(), (HEAD,), 40), ROWS[3:], 68)
    assert all(
        head in [cell.text for table in read(pdf(first, second)).tables for cell in table.cells] for head in HEAD
    )


def test_the_labels_and_titles_of_two_forms_are_no_furniture() -> None:
    first = draw(PdfPage().text(60, 60, '附件1').text(200, 70, '考核表', 18), (HEAD, *ROWS[:3]), 100)
    second = draw(PdfPage().text(60, 60, '附件2').text(200, 70, '考核表', 18), (HEAD, *ROWS[3:]), 100)
    found = read(pdf(first, second))
    assert not [block for block in found.blocks if block.kind == 'furniture']


SHIFTED = {
    'mirrored': (moved(EDGES, 28), 595),
    'left': (moved(EDGES, -30), 595),
    'scan': (moved(EDGES, 8.5), 595),
    'smaller': (moved(EDGES, 0, 0.95), 595),
    'larger': (moved(EDGES, -5, 1.04), 595),
    'landscape': (moved(EDGES, 10, 1.5), 842),
}


@pytest.mark.parametrize('heads', [True, False], ids=['head', 'nohead'])
@pytest.mark.parametrize('shape', SHIFTED.values(), ids=SHIFTED)
def test_a_page_that_lies_elsewhere_goes_on_with_the_table(shape: tuple[tuple[float, ...], float], heads: bool) -> None:
    edges, width = shape
    first = draw(PdfPage().text(150, 70, '青禾市城市管理考核评分细则', 18), (HEAD, *ROWS[:3]), 640)
    second = draw(PdfPage(width=width), (HEAD, *ROWS[3:]) if heads else ROWS[3:], 62, edges)
    found = catalogue(first, second)
    assert points(found) == POINTS
    assert len(found.tables) == 1


OTHER_WIDTHS = {
    'wider-first': (60, 140, 300, 480, 530),
    'equal': (60, 177, 294, 411, 530),
    'narrow-points': (60, 110, 320, 490, 530),
    'elsewhere': (20, 50, 350, 500, 570),
}


@pytest.mark.parametrize('edges', OTHER_WIDTHS.values(), ids=OTHER_WIDTHS)
def test_other_widths_under_the_same_heads_are_the_same_columns(edges: tuple[float, ...]) -> None:
    first = draw(PdfPage(), (HEAD, *ROWS[:3]), 640)
    second = draw(PdfPage(), (HEAD, *ROWS[3:]), 62, edges)
    found = catalogue(first, second)
    assert points(found) == POINTS
    assert len(found.tables) == 1


def test_two_tables_beside_each_other_stay_two() -> None:
    page = PdfPage(width=842)
    draw(page, (HEAD, *ROWS[:3]), 100, (30, 60, 200, 360, 400))
    draw(page, (HEAD, *ROWS[3:]), 100, (430, 460, 600, 760, 800))
    found = catalogue(page)
    assert points(found) == POINTS
    assert len(found.tables) == 2


def test_parts_whose_columns_do_not_fit_stay_apart_and_say_so() -> None:
    first = draw(PdfPage(), (HEAD, *ROWS[:3]), 640)
    # the heads run together: nothing tells which column is which
    second = PdfPage().lattice([80, 300, 420, 500], [62, 86, 110]).text(84, 77, '序号考核内容评分标准分值')
    second.text(84, 101, '绿化养护到位').text(304, 101, '每死亡1株扣0.5分').text(424, 101, '15')
    found: Document = catalogue(first, second).document
    assert len(found.tables) == 2
    assert [each.code for each in found.findings] == ['table.apart']


_BORDERS = st.lists(st.integers(30, 560), min_size=2, max_size=7, unique=True).map(sorted)


@settings(max_examples=60, deadline=None)
@given(_BORDERS, _BORDERS, st.booleans())
def test_no_two_tables_stop_the_reading(one: list[int], other: list[int], heads: bool) -> None:
    def part(index: int, edges: list[int]) -> Table:
        texts = [HEAD, *ROWS[:2]] if heads or not index else ROWS[:2]
        rows = [[row[min(col, 3)] if col < 4 else '' for col in range(len(edges) - 1)] for row in texts]
        cells = tuple(Cell(at, col, 1, 1, text) for at, row in enumerate(rows) for col, text in enumerate(row))
        borders = tuple(float(edge) for edge in edges)
        return Table(index, len(rows), len(edges) - 1, cells, index + 1, index + 1, edges=borders)

    tables = (part(0, one), part(1, other))
    blocks = tuple(Block('table', table=at, page=at + 1) for at in range(2))
    for table in stitch(Document('pdf', blocks, tables)).tables:
        table.grid()
