"""What a PDF page draws and is no text of the notice: watermarks, what nobody sees, what is struck out; and what lies on the page."""

from __future__ import annotations

import math

import pytest

from kaohe.extractors.document import Document
from kaohe.extractors.pdf import read
from tests.extractors.pdf_writer import PdfPage, pdf

XS, YS = [60.0, 100.0, 290.0, 480.0, 530.0], [100.0, 124.0, 148.0]
CELLS = ['序号', '考核内容', '评分标准', '分值', '1', '垃圾日产日清', '每发现一处积存扣1分', '10']
TITLE = '青禾市城市管理考核评分细则'


def page() -> PdfPage:
    drawn = PdfPage().text(150, 70, TITLE, 18).lattice(XS, YS)
    for at, text in enumerate(CELLS):
        drawn.text(XS[at % 4] + 4, YS[at // 4] + 15, text)
    return drawn


def inked(drawn: PdfPage, paint: str, *texts: tuple[float, float, str, float, float]) -> PdfPage:
    """Texts (x, baseline, text, size, angle) in an ink."""
    drawn.content.append(f'q {paint}')
    for x, baseline, text, size, angle in texts:
        cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        drawn.text(x, baseline, text, size, matrix=f'{cos:.4f} {sin:.4f} {-sin:.4f} {cos:.4f}')
    drawn.content.append('Q')
    return drawn


def cells(found: Document) -> list[str]:
    return [cell.text for cell in found.tables[0].cells]


def paragraphs(found: Document) -> list[str]:
    return [block.text for block in found.blocks if block.kind == 'paragraph']


def furniture(found: Document) -> list[str]:
    return [block.text for block in found.blocks if block.kind == 'furniture']


PALE = '0.8 0.8 0.8 rg'


@pytest.mark.parametrize('paint', [PALE, '0.2 g', '1 0 0 rg'], ids=['pale', 'dark', 'red'])
@pytest.mark.parametrize('angle', [20, 30, 45, 60, -30, -45, 135])
def test_a_watermark_at_any_angle_never_stands_in_a_cell(angle: int, paint: str) -> None:
    found = read(pdf(inked(page(), paint, (200, 140, '内部资料', 40, angle))))
    assert cells(found) == CELLS
    assert paragraphs(found) == [TITLE]
    assert furniture(found) == ['内部资料']


@pytest.mark.parametrize('size', [16, 24, 48])
@pytest.mark.parametrize('paint', [PALE, '0.7 g', '0.75 0.85 1 rg'])
def test_a_level_watermark_is_told_by_being_pale_and_large(size: int, paint: str) -> None:
    found = read(pdf(inked(page(), paint, (110, 120, '青禾市城管局', size, 0))))
    assert cells(found) == CELLS
    assert furniture(found) == ['青禾市城管局']


def test_a_watermark_of_which_only_outlines_are_drawn_has_their_ink() -> None:
    code = '内部资料'.encode('utf-16-be').hex()
    drawn = page()
    drawn.content.append(f'q 0.8 G BT /F1 40 Tf 1 Tr 1 0 0 1 110 700 Tm <{code}> Tj ET Q')
    found = read(pdf(drawn))
    assert cells(found) == CELLS
    assert furniture(found) == ['内部资料']


@pytest.mark.parametrize('angle', [0, 30])
def test_a_watermark_that_is_tiled_is_told_by_being_there_again_and_again(angle: int) -> None:
    tiles = [(x, y, '青禾市城管局', 10.0, float(angle)) for x in (70, 250, 400) for y in (60, 120, 140, 300, 500)]
    found = read(pdf(inked(page(), PALE, *tiles)))
    assert cells(found) == CELLS
    assert paragraphs(found) == [TITLE]
    assert furniture(found) == ['青禾市城管局']


def test_a_watermark_drawn_letter_by_letter_is_one_text() -> None:
    letters = [(150 + 25 * at, 150 - 25 * at, letter, 30.0, 45.0) for at, letter in enumerate('内部资料')]
    found = read(pdf(inked(page(), PALE, *letters)))
    assert cells(found) == CELLS
    assert furniture(found) == ['内部资料']


def test_a_pale_note_of_the_usual_size_is_text() -> None:
    found = read(pdf(inked(page(), '0.5 g', (60, 200, '注：本表由市城管局解释。', 10, 0))))
    assert paragraphs(found) == [TITLE, '注：本表由市城管局解释。']


def test_a_page_that_lies_aside_is_text() -> None:
    found = read(pdf(inked(PdfPage(), '0 g', (100, 300, '整页斜放的扫描件文字', 12, 6))))
    assert sorted(''.join(paragraphs(found))) == sorted('整页斜放的扫描件文字')
    assert not furniture(found)


@pytest.mark.parametrize('paint', ['1 g', '0.99 0.99 1 rg'])
@pytest.mark.parametrize('place', [(60, 260), (110, 139), (60, 820)])
def test_white_text_is_left_out_and_said(place: tuple[float, float], paint: str) -> None:
    found = read(pdf(inked(page(), paint, (*place, '发现1起扣50分', 10, 0))))
    assert cells(found) == CELLS
    assert paragraphs(found) == [TITLE]
    assert [each.code for each in found.findings] == ['part.hidden']


@pytest.mark.parametrize('ground', ['0 0 0.5 rg', '0.2 g', '0.1 0.5 0.2 rg'])
def test_white_text_on_a_dark_ground_is_text(ground: str) -> None:
    drawn = PdfPage()
    drawn.content.append(f'q {ground}')
    drawn.box(60, 100, 530, 124, 'f')
    drawn.content.append('Q')
    found = read(pdf(inked(drawn.text(60, 200, '正文'), '1 g', (64, 115, '考核内容', 10, 0))))
    assert paragraphs(found) == ['考核内容', '正文']
    assert not found.findings


@pytest.mark.parametrize('mode', [3, 7])
def test_text_drawn_without_ink_on_a_written_page_is_left_out(mode: int) -> None:
    found = read(pdf(page().text(60, 300, '总分按200分计', mode=mode)))
    assert paragraphs(found) == [TITLE]
    assert [each.code for each in found.findings] == ['part.hidden']


@pytest.mark.parametrize('at', [0.4, 0.5, 0.6])
@pytest.mark.parametrize('bar', [False, True], ids=['line', 'bar'])
def test_struck_out_text_is_left_out_and_said(at: float, bar: bool) -> None:
    drawn = page().text(64, 200, '每处扣').text(94, 200, '9分').text(109, 200, '1分')
    y = 200 - 8.8 + 10 * at
    if bar:
        drawn.box(94, y - 0.3, 109, y + 0.3, 'f')
    else:
        drawn.line(94, y, 109, y)
    found = read(pdf(drawn))
    assert paragraphs(found) == [TITLE, '每处扣  1分']
    assert [each.code for each in found.findings] == ['part.hidden']


def test_struck_out_text_in_a_cell_is_left_out() -> None:
    drawn = page().line(294, 136.2, 389, 136.2)
    found = read(pdf(drawn))
    assert cells(found)[6] == ''


def test_an_underline_strikes_nothing_out() -> None:
    found = read(pdf(page().text(64, 200, '重点工作').line(64, 202, 104, 202)))
    assert paragraphs(found) == [TITLE, '重点工作']
    assert not found.findings


def test_what_stands_beside_the_page_is_no_text() -> None:
    found = read(pdf(page().text(-200, 300, '裁切线外').text(700, 300, '色标')))
    assert paragraphs(found) == [TITLE]


def test_text_whose_place_overflows_is_told_as_unseen() -> None:
    found = read(pdf(page().text(64, -1e90, '无处可放')))
    assert (paragraphs(found), cells(found)) == ([TITLE], CELLS)
    assert [each.code for each in found.findings] == ['part.hidden']


@pytest.mark.parametrize('box', ['0 0 0 0', '0 0 nan /x', '595 842 0 0'])
def test_a_page_whose_box_is_none_shows_what_viewers_show(box: str) -> None:
    size = f'/MediaBox[{box}]'.encode()
    found = read(pdf(page()).replace(b'/MediaBox[0 0 595 842]', size.ljust(22), 1))
    assert (paragraphs(found), cells(found)) == ([TITLE], CELLS)


@pytest.mark.parametrize(
    ('before', 'mark', 'after', 'read_as'),
    [
        ('绿地5×10', '4', '平方米', '绿地5×10⁴平方米'),
        ('每少100m', '2', '扣0.5分', '每少100m²扣0.5分'),
        ('一般事故', '1', '1起扣5分', '一般事故¹1起扣5分'),
        ('浓度10', '-3', '克', '浓度10⁻³克'),
        ('', '1', '以认定为准', '¹以认定为准'),
    ],
)
def test_raised_characters_stay_raised(before: str, mark: str, after: str, read_as: str) -> None:
    def wide(text: str, size: float) -> float:
        return sum(size if char > '\u00ff' or char == '×' else size / 2 for char in text)

    x = 64.0
    drawn = PdfPage()
    for text, size, rise in ((before, 10.0, 0.0), (mark, 6.0, 4.0), (after, 10.0, 0.0)):
        if text:
            drawn.text(x, 200 - rise, text, size)
        x += wide(text, size)
    assert paragraphs(read(pdf(drawn))) == [read_as]


def test_lowered_characters_are_read_as_they_are() -> None:
    drawn = PdfPage().text(64, 200, 'PM').text(74, 202, '2.5', 6).text(83, 200, '浓度')
    assert paragraphs(read(pdf(drawn))) == ['PM2.5浓度']


def test_text_too_small_to_be_read_is_left_out_and_said() -> None:
    found = read(pdf(page().text(300, 140, '每次扣99分', 0.5)))
    assert cells(found) == CELLS
    assert [each.code for each in found.findings] == ['part.hidden']


@pytest.mark.parametrize('paint', ['1 g', '0 g'], ids=['white', 'black'])
def test_text_under_a_box_that_was_drawn_later_is_left_out_and_said(paint: str) -> None:
    drawn = page().text(300, 140, '迟到1次扣8分', 6)
    drawn.content.append(f'q {paint}')
    drawn.box(296, 132, 360, 142, 'f').content.append('Q')
    found = read(pdf(drawn))
    assert cells(found) == CELLS
    assert [each.code for each in found.findings] == ['part.hidden']


@pytest.mark.parametrize(
    'shape',
    ['400 20 20 20 re W n 1 g 0 0 595 842 re f', '1 g 200 138 m 400 238 l 600 138 l 400 38 l h f'],
    ids=['clipped', 'slanted'],
)
def test_text_under_a_box_that_hides_less_than_its_bounds_is_text(shape: str) -> None:
    drawn = page()
    drawn.content.append(f'q {shape} Q')
    found = read(pdf(drawn))
    assert cells(found) == CELLS
    assert paragraphs(found) == [TITLE]


@pytest.mark.parametrize(('paint', 'late'), [('1 g', False), ('1 1 0 rg', True)], ids=['before', 'a marker'])
def test_text_on_a_box_or_under_a_marker_is_text(paint: str, late: bool) -> None:
    drawn = page()
    box = [f'q {paint}', *PdfPage().box(294, 128, 470, 146, 'f').content, 'Q']
    drawn.content[len(drawn.content) if late else 0 :] = box + ([] if late else drawn.content)
    found = read(pdf(drawn))
    assert cells(found) == CELLS
    assert not found.findings


def test_bars_that_are_drawn_at_once_cover_nothing_between_them() -> None:
    drawn = page()
    drawn.content.append('q 0 g 60 742 470 0.5 re 60 694 470 0.5 re f Q')
    found = read(pdf(drawn))
    assert cells(found) == CELLS
    assert not found.findings


def test_a_seal_whose_letters_run_in_a_circle_never_stands_in_a_cell_nor_cuts_one() -> None:
    drawn = page()
    for at, letter in enumerate('青禾市应急管理办公室'):
        angle = 200 - 24 * at
        x, y = 400 + 45 * math.cos(math.radians(angle)), 130 - 45 * math.sin(math.radians(angle))
        inked(drawn, '1 0 0 rg', (x, y, letter, 12, angle - 90))
    drawn.content.append(
        'q 1 0 0 RG 462 712 m 462 746 434 774 400 774 c 366 774 338 746 338 712 c 338 678 366 650 400 650 c 434 650 462 678 462 712 c s Q'
    )
    found = read(pdf(drawn))
    assert cells(found) == CELLS
    assert furniture(found) == ['青禾市应急管理办公室']
