"""Text in fonts that do not say what their characters are: the page is recognised, or a clear line says why it was not read."""

from __future__ import annotations

import pytest

from kaohe.extractors import optional
from kaohe.extractors.document import Document, Unreadable
from kaohe.extractors.layout.composition import PageMarks
from kaohe.extractors.layout.ruling import RuledLine
from kaohe.extractors.layout.text_lines import Glyph
from kaohe.extractors.ocr import recognition
from kaohe.extractors.ocr.scanned_pages import looked_at
from kaohe.extractors.pdf import read
from kaohe.extractors.pdf.glyphs import too_wide
from tests.extractors.pdf_writer import PdfPage, pdf

# Numbers of glyphs, as a font of Chinese has them that holds only the characters of a notice.
GARBLED = ''.join(
    map(
        chr,
        (
            0x1200,
            0x14,
            0x165C,
            0xD6E,
            0x117D,
            0x17B1,
            0x3550,
            0x2DB5,
            0x9B2,
            0x21E7,
            0x4573,
            0xBB5,
            0x3875,
            0xBC8,
            0x24,
            0x41,
        ),
    )
)


def unmapped(*pages: PdfPage) -> bytes:
    """The pages in a font that names none of its characters: they are numbers of glyphs."""
    made = pdf(*pages)
    shown = made.replace(b'/Encoding/UniGB-UCS2-H', b'/Encoding/Identity-H   ')
    return shown.replace(b'/Ordering(GB1)', b'/Ordering(Own)')


def page(*lines: str, size: float = 10) -> PdfPage:
    return PdfPage().column(50, 100, *lines, size=size)


@pytest.fixture
def recognised(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Text recognition that sees one line where the first of the page stands. Gives the scales at which pages were shown."""
    scales: list[float] = []

    def recognise(picture: object, scale: float) -> PageMarks:
        scales.append(scale)
        seen = [Glyph(char, 50 + 10 * at, 91, 60 + 10 * at, 101, confidence=0.99) for at, char in enumerate('看到的字')]
        return PageMarks(595, 842, seen, [RuledLine(0, 0, 9, 0)], [])

    monkeypatch.setattr(optional, 'has_recognition', lambda: True)
    monkeypatch.setattr(recognition, 'recognise', recognise)
    return scales


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if block.kind != 'table']


@pytest.mark.parametrize('size', [9.0, 10.5, 16.0])
@pytest.mark.parametrize('text', [GARBLED, GARBLED * 2, GARBLED + '12345'])
def test_the_page_is_recognised(recognised: list[float], text: str, size: float) -> None:
    found = read(unmapped(page(text, size=size)))
    assert texts(found) == ['看到的字']
    assert not found.findings
    assert len(recognised) == 1


@pytest.mark.parametrize('text', [GARBLED, GARBLED + 'ABC'])
def test_without_text_recognition_a_clear_line_says_so(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(optional, 'has_recognition', lambda: False)
    with pytest.raises(Unreadable, match='make setup-ocr'):
        read(unmapped(page(text)))


@pytest.mark.parametrize('text', ['BOOKED BALANCE IN EUR', '道路清扫覆盖率'])
def test_a_font_that_numbers_its_characters_as_unicode_does_is_read(recognised: list[float], text: str) -> None:
    found = read(unmapped(page(text)))
    assert texts(found) == [text]
    assert not found.findings
    assert not recognised


@pytest.mark.parametrize(('known', 'wide'), [(False, {1, 3}), (True, set())])
def test_letters_as_wide_as_chinese_characters_are_none_where_much_else_is_unknown(known: bool, wide: set[int]) -> None:
    widths = (('每', 10.0), ('Ä', 10.0), ('1', 5.0), ('Ç', 10.0), ('è', 5.0), ('M', 10.0), ('分', 10.0))
    glyphs = [Glyph(char, 12.0 * at, 0, 12.0 * at + width, 10) for at, (char, width) in enumerate(widths)]
    assert too_wide(glyphs, known=known) == wide


def test_a_single_sign_without_a_name_is_only_named(recognised: list[float]) -> None:
    marks = PageMarks(
        595,
        842,
        [Glyph('字', 10.0 * at, 0, 10.0 * at + 10, 10) for at in range(50)],
        [],
        [],
        unmapped=(RuledLine(0, 0, 10, 10),),
    )
    assert not looked_at(marks).garbled
    assert not recognised


@pytest.mark.parametrize('count', [5, 20, 50])
def test_many_of_them_make_a_page_garbled(count: int) -> None:
    glyphs = [Glyph('字', 10.0 * at, 0, 10.0 * at + 10, 10) for at in range(50)]
    boxes = tuple(RuledLine(*glyph[1:5]) for glyph in glyphs[:count])
    assert looked_at(PageMarks(595, 842, glyphs, [], [], unmapped=boxes)).garbled


@pytest.mark.parametrize(
    'text', ['道路清扫覆盖率', 'Page 1 of 2', 'WWWWWWWWWWWWWWWW', '１２３４５６７８９０１２３', '95%%%%%%%%%%%%']
)
def test_text_whose_font_names_its_characters_is_not(text: str) -> None:
    found = read(pdf(page(text)))
    assert texts(found) == [text]
    assert not found.findings


def test_what_recognition_cannot_read_stays_and_is_doubted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(optional, 'has_recognition', lambda: True)
    monkeypatch.setattr(recognition, 'recognise', lambda picture, scale: PageMarks(595, 842, [], [], []))
    found = read(unmapped(page(GARBLED)))
    assert [one.code for one in found.findings] == ['text.unmapped']
