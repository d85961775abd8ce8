"""Figures of a text that is laid unseen over a scan are held against the picture."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from kaohe.extractors import optional
from kaohe.extractors.document import Document
from kaohe.extractors.layout.composition import PageMarks
from kaohe.extractors.layout.text_lines import Glyph
from kaohe.extractors.ocr import layer_check, recognition
from kaohe.extractors.pdf import read
from tests.extractors.pdf_writer import _SHARED, PdfPage
from tools.samples.objects import numbered

needs_recognition = pytest.mark.skipif(not optional.has_recognition(), reason='the optional part ocr is not installed')


def written(text: str, x: float = 50, top: float = 50) -> list[Glyph]:
    return [Glyph(char, x + 10 * at, top, x + 10 * (at + 1), top + 10) for at, char in enumerate(text)]


def check(layer: list[Glyph], shown: list[Glyph], monkeypatch: pytest.MonkeyPatch) -> PageMarks:
    monkeypatch.setattr(recognition, 'characters', lambda picture, scale: shown)
    marks = PageMarks(595, 842, layer, [], [], layered=True)
    return layer_check.checked(marks, np.full((842, 595), 255, np.uint8), 1.0, 3)


def doubtful(marks: PageMarks) -> str:
    return ''.join(glyph.text for glyph in marks.glyphs if glyph.confidence == 0.0)


SAME = [
    ('每处扣0.5分', '每处扣0.5分'),
    ('每处扣０．５分', '每处扣0.5分'),  # full width
    ('每处扣0.5分', '每外扣0.5分'),  # what is no figure is not checked
    ('扣一分', '扣-分'),  # a numeral that recognisers mistake for a dash
    ('扣完为止', ''),
]
OTHER = [
    ('每处扣0.8分', '每处扣0.3分', '8'),
    ('每处扣0.5分', '每处扣5分', '0.'),
    ('每处扣5分', '每处扣分', '5'),
    ('每处扣5分', '', '5'),
    ('扣二分', '扣三分', '二'),
    ('满意度95%', '满意度95‰', '%'),
    ('12起', '21起', '1'),
]


@pytest.mark.parametrize(('layer', 'picture'), SAME)
def test_figures_that_the_picture_shows_are_no_doubt(layer: str, picture: str, monkeypatch: pytest.MonkeyPatch) -> None:
    marks = check(written(layer), written(picture), monkeypatch)
    assert doubtful(marks) == ''
    assert not marks.findings


@pytest.mark.parametrize(('layer', 'picture', 'which'), OTHER)
def test_figures_that_it_shows_otherwise_are(
    layer: str, picture: str, which: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    marks = check(written(layer), written(picture), monkeypatch)
    assert doubtful(marks) == which or (which == '1' and doubtful(marks) == '2')
    (found,) = marks.findings
    assert (found.code, found.page) == ('ocr.doubtful', 3)
    assert f'“{layer}”，图上认作“{picture}”' in found.message


def test_each_figure_is_held_against_its_own_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two cells beside each other, and two lines below each other; the picture lies a little aside."""
    layer = [*written('扣5分'), *written('10', x=200), *written('扣6分', top=64)]
    shown = [*written('扣5分', x=52, top=52), *written('10', x=203, top=49), *written('扣8分', x=51, top=66)]
    marks = check(layer, shown, monkeypatch)
    assert doubtful(marks) == '6'


_SCALE = 150 / 72
_XS, _FIRST, _HIGH = (50, 120, 400, 500), 60, 40


def scanned(shown: Sequence[str], layer: Sequence[str]) -> bytes:
    """A page whose picture shows a table with these amounts, and over which other ones are written unseen."""
    picture = Image.new('L', (round(595 * _SCALE), round(842 * _SCALE)), 255)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(14 * _SCALE)
    ys = [_FIRST + _HIGH * at for at in range(len(shown) + 1)]
    for x in _XS:
        draw.line([(x * _SCALE, ys[0] * _SCALE), (x * _SCALE, ys[-1] * _SCALE)], fill=0, width=2)
    for y in ys:
        draw.line([(_XS[0] * _SCALE, y * _SCALE), (_XS[-1] * _SCALE, y * _SCALE)], fill=0, width=2)
    page = PdfPage()
    for at, (amount, other) in enumerate(zip(shown, layer, strict=True)):
        base = ys[at] + 25
        for x, seen, said in ((130, f'ITEM {at + 1}', f'ITEM {at + 1}'), (410, amount, other)):
            draw.text((x * _SCALE, base * _SCALE), seen, fill=0, font=font, anchor='ls')
            page.text(x, base, said, 14, mode=3)
    pixels = zlib.compress(picture.tobytes())
    content = '\n'.join(['q 595 0 0 842 0 0 cm /X Do Q', *page.content]).encode()
    return numbered(
        [
            b'<</Type/Catalog/Pages 2 0 R>>',
            b'<</Type/Pages/Count 1/Kids[7 0 R]>>',
            *_SHARED,
            b'<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 8 0 R/Resources<</Font<</F1 3 0 R>>/XObject<</X 9 0 R>>>>>>',
            b'<</Length %d>>stream\n%s\nendstream' % (len(content), content),
            b'<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode/Length %d>>stream\n%s\nendstream'
            % (*picture.size, len(pixels), pixels),
        ]
    )


def amounts(document: Document) -> dict[str, float | None]:
    (table,) = document.tables
    return {cell.text: cell.confidence for cell in table.cells if cell.col == 2}


@needs_recognition
def test_a_page_whose_layer_says_what_it_shows_has_no_doubt() -> None:
    found = read(scanned(('10', '20', '35'), ('10', '20', '35')))
    assert amounts(found) == {'10': None, '20': None, '35': None}
    assert not found.findings


@needs_recognition
def test_a_page_whose_layer_says_something_else_is_doubted_there() -> None:
    found = read(scanned(('10', '20', '35'), ('10', '80', '35')))
    assert amounts(found) == {'10': None, '80': 0.0, '35': None}
    (doubt,) = found.findings
    assert (doubt.code, doubt.page) == ('ocr.doubtful', 1)
    assert '“80”，图上认作“20”' in doubt.message


def test_without_recognition_the_layer_is_read_and_said_to_be_unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(optional, 'has_recognition', lambda: False)
    found = read(scanned(('10', '20'), ('10', '20')))
    assert '20' in ''.join(found.texts())
    assert [one.code for one in found.findings] == ['layer.unchecked']
    assert '第 1 页' in found.findings[0].message


def test_a_layer_without_figures_needs_no_check() -> None:
    assert not layer_check.has_figures(PageMarks(595, 842, written('一律公开'), [], [], layered=True))
    assert layer_check.has_figures(PageMarks(595, 842, written('扣二分'), [], [], layered=True))
