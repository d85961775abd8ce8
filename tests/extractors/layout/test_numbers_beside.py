"""Running numbers left of a ruled table are its first column; numbers that count the lines of a page are not."""

from __future__ import annotations

import pytest

from kaohe.extractors.document import Document
from kaohe.extractors.pdf.reader import read
from tests.extractors.pdf_writer import PdfPage, pdf

ROWS = ('路面整洁', '公厕干净', '绿篱平整', '水面清爽', '站牌完好', '箱体无损', '标线清楚')


def page(head: str, *numbers: str, heads: bool = True) -> PdfPage:
    """A page with a table whose rows have these numbers in the left margin."""
    drawn = PdfPage()
    rows = [
        *([('考核内容', '分值', '评分标准')] if heads else []),
        *((row, '10', '每处扣1分') for row in ROWS[: len(numbers)]),
    ]
    xs = [80.0, 240.0, 300.0, 540.0]
    drawn.lattice(xs, [80.0 + 24 * at for at in range(len(rows) + 1)])
    for at, (number, row) in enumerate(zip([*([head] if heads else []), *numbers], rows, strict=True)):
        if number:
            drawn.text(52, 96 + 24 * at, number)
        for x, text in zip(xs, row, strict=False):
            drawn.text(x + 4, 96 + 24 * at, text)
    return drawn


def first_column(document: Document, table: int = 0) -> list[str]:
    """What the rows of a table begin with."""
    return [row[0].text for row in document.tables[table].grid()]


@pytest.mark.parametrize('count', [2, 4, 7])
def test_numbers_below_their_head_are_the_first_column(count: int) -> None:
    numbers = [str(number) for number in range(1, count + 1)]
    document = read(pdf(page('序号', *numbers)))
    assert first_column(document) == ['序号', *numbers]
    assert [block.kind for block in document.blocks] == ['table']


def test_numbers_that_go_on_on_the_next_page_are_its_first_column_too() -> None:
    document = read(pdf(page('序号', '1', '2', '3'), page('', '4', '5', '6', heads=False)))
    assert [first_column(document, at) for at in range(len(document.tables))] == [
        ['序号', '1', '2', '3'],
        ['4', '5', '6'],
    ]


@pytest.mark.parametrize(
    ('head', 'numbers'),
    [
        ('序号', ('1', '2', '4')),  # a gap
        ('序号', ('第1页', '2', '3')),
        ('', ('1', '2', '3')),  # no head says what they count
        ('行', ('1', '2', '3')),
    ],
)
def test_what_does_not_count_the_rows_is_no_column(head: str, numbers: tuple[str, ...]) -> None:
    assert first_column(read(pdf(page(head, *numbers))))[0] == '考核内容'
