"""What stands in a layer of a PDF that is switched off is left out, and said."""

from __future__ import annotations

import zlib

import pytest

from kaohe.extractors.document import Document
from kaohe.extractors.pdf import read
from tests.extractors.pdf_writer import _SHARED, PdfPage
from tools.samples.objects import numbered


def layered(state: str, *, old: PdfPage, new: PdfPage, name: bytes = b'(old)', packed: bool = False) -> bytes:
    """A page of two layers. ``state`` is the configuration's part that says which are off: objects 9 (old) and 10 (new)."""
    catalog = f'<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[9 0 R 10 0 R]/D<<{state}>>>>>>'.encode()
    content = '\n'.join(
        [
            *PdfPage().text(50, 60, '考核细则').content,
            '/OC /L0 BDC',
            *old.content,
            'EMC /OC /L1 BDC',
            *new.content,
            'EMC',
        ]
    ).encode()
    objects = [
        catalog,
        b'<</Type/Pages/Count 1/Kids[7 0 R]>>',
        *_SHARED,
        b'<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 8 0 R/Resources<</Font<</F1 3 0 R>>/XObject<</I1 6 0 R>>'
        b'/Properties<</L0 9 0 R/L1 10 0 R>>>>>>',
        b'<</Length %d>>stream\n%s\nendstream' % (len(content), content),
        b'<</Type/OCG/Name%s>>' % name,
        b'<</Type/OCG/Name(new)>>',
    ]
    if packed:
        inner = zlib.compress(b'1 0 ' + catalog)
        objects.append(
            b'<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%s\nendstream' % (len(inner), inner)
        )
    return numbered(objects)


def texts(document: Document) -> list[str]:
    return [text for text in document.texts() if text]


@pytest.mark.parametrize(
    'state', ['/OFF[9 0 R]', '/BaseState/OFF/ON[10 0 R]', '/OFF[9 0 R]/ON[10 0 R]', '/Order[]/OFF [ 9 0 R ]']
)
@pytest.mark.parametrize('name', [b'(old)', b'<FEFF65E77248>', b'(Layer 1)'])
def test_the_text_of_a_layer_that_is_off_is_left_out_and_said(state: str, name: bytes) -> None:
    data = layered(
        state, old=PdfPage().text(50, 100, '旧条款扣50分'), new=PdfPage().text(50, 140, '新条款扣5分'), name=name
    )
    found = read(data)
    assert texts(found) == ['考核细则', '新条款扣5分']
    assert [one.code for one in found.findings] == ['part.hidden']


@pytest.mark.parametrize('state', ['', '/OFF[]', '/ON[9 0 R 10 0 R]', '/BaseState/OFF/ON[9 0 R 10 0 R]'])
def test_layers_that_are_on_are_read(state: str) -> None:
    data = layered(state, old=PdfPage().text(50, 100, '旧条款扣50分'), new=PdfPage().text(50, 140, '新条款扣5分'))
    found = read(data)
    assert texts(found) == ['考核细则', '旧条款扣50分', '新条款扣5分']
    assert not found.findings


def test_lines_of_a_layer_that_is_off_draw_no_table() -> None:
    grid = PdfPage().lattice([50, 200, 350], [90, 120, 150]).text(60, 110, '旧').text(210, 110, '表')
    data = layered('/OFF[9 0 R]', old=grid, new=PdfPage().text(50, 400, '新条款扣5分'))
    found = read(data)
    assert not found.tables
    assert '新条款扣5分' in texts(found)


def test_layers_of_one_name_of_which_one_is_on_are_read() -> None:
    data = layered('/OFF[9 0 R]', old=PdfPage().text(50, 100, '甲'), new=PdfPage().text(50, 140, '乙'), name=b'(new)')
    assert texts(read(data)) == ['考核细则', '甲', '乙']
