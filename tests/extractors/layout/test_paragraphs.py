"""Pages of lines become paragraphs; page numbers and running headers stand apart."""

from __future__ import annotations

import pytest

from kaohe.extractors.document import Block, Document
from kaohe.extractors.pdf.reader import read
from tests.extractors.pdf_writer import PdfPage, pdf

# A full line: 49 characters between the margins of 50 points.
FULL = '县人民医院要加强组织领导，落实主体责任，按照目标任务分解表逐项推进，定期开展自查，发现问题及时整改到位，'
FULL = FULL[:49]


def blocks(document: Document, kind: str = 'paragraph') -> list[Block]:
    return [block for block in document.blocks if block.kind == kind]


def body(page: PdfPage, *lines: str, top: float = 100, indent: float = 20) -> PdfPage:
    """A paragraph whose first line is indented."""
    for at, line in enumerate(lines):
        page.text(50 if at else 50 + indent, top + 18 * at, line)
    return page


def test_wrapped_lines_make_one_paragraph_and_an_indent_begins_the_next() -> None:
    page = body(PdfPage(), FULL[:47], FULL, '确保实效。')
    body(page, FULL[:47], '第二段。', top=160)
    texts = [block.text for block in blocks(read(pdf(page)))]
    assert texts == [FULL[:47] + FULL + '确保实效。', FULL[:47] + '第二段。']


def test_a_paragraph_that_runs_over_a_page_break_is_one_block_with_two_boxes() -> None:
    first = body(PdfPage(), FULL[:47], FULL, top=750).text(290, 800, '— 1 —')
    second = PdfPage().text(50, 70, '确保实效。').text(290, 800, '— 2 —')
    document = read(pdf(first, second))
    (paragraph,) = blocks(document)
    assert paragraph.text == FULL[:47] + FULL + '确保实效。'
    assert [box.page for box in paragraph.boxes] == [1, 2]
    assert [block.text for block in blocks(document, 'furniture')] == ['— 1 —', '— 2 —']


def test_a_title_in_the_middle_is_centred_and_apart_from_the_text() -> None:
    page = PdfPage().text(197.5, 80, '年度考核细则总则通知', 20)
    body(page, FULL[:47], FULL, '落实。', top=120)
    title, text = blocks(read(pdf(page)))
    assert (title.text, title.centered, title.size) == ('年度考核细则总则通知', True, 20)
    assert text.centered is False


def test_a_signature_and_its_date_stand_apart_from_a_sentence_that_nearly_fills_its_line() -> None:
    # nearly as far from the right margin as it is indented
    page = body(PdfPage(), FULL[:47], FULL, '确保实效。')
    body(page, FULL[:45] + '。', top=154, indent=18)
    page.text(440, 172, '青禾市气象局').text(430, 190, '2025年3月28日').text(50, 208, '附件')
    texts = [block.text for block in blocks(read(pdf(page)))]
    assert texts[-4:] == [FULL[:45] + '。', '青禾市气象局', '2025年3月28日', '附件']


@pytest.mark.parametrize('number', ['— 3 —', '-3-', '3', '第3页', '第 3 页 共 9 页', '第3页/共9页', '3/9', '３'])
def test_page_numbers_in_all_their_prints_are_furniture(number: str) -> None:
    document = read(pdf(body(PdfPage(), FULL[:47], '落实。').text(280, 800, number)))
    assert len(blocks(document, 'furniture')) == 1
    assert [block.page for block in blocks(document)] == [1]


def test_a_number_in_the_middle_of_a_page_is_text() -> None:
    document = read(pdf(body(PdfPage(), FULL[:47], '落实。').text(280, 400, '3')))
    assert blocks(document, 'furniture') == []


def test_a_header_that_comes_again_on_the_pages_is_furniture_on_all_of_them() -> None:
    pages = [
        body(PdfPage().text(200, 40, '青川市考核办法汇编'), FULL[:47], f'第{n}部分落实。', top=120) for n in '一二三'
    ]
    document = read(pdf(*pages))
    assert [block.text for block in blocks(document, 'furniture')] == ['青川市考核办法汇编'] * 3


def test_the_same_words_at_another_place_are_text() -> None:
    pages = [
        body(PdfPage().text(200, 40 + 30 * at, '附件'), FULL[:47], f'第{n}部分落实。', top=160)
        for at, n in enumerate('一二三')
    ]
    assert blocks(read(pdf(*pages)), 'furniture') == []
