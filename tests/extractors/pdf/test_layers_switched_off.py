"""What stands in a layer of a PDF that is switched off is left out, and said."""

from __future__ import annotations

import time
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


def grouped(
    *,
    groups: dict[str, str],
    content: list[str],
    more: tuple[bytes, ...] = (),
    off: str = '8 0 R',
    streamed: bool = False,
    annotations: str = '',
) -> bytes:
    """A page with the layers 8 (off, unless ``off`` says otherwise) and 9 (on). ``groups`` are its properties by name, ``more`` objects from 11 on: X1 is 11, X2 is 12."""
    properties = ''.join(f'/{name} {value}' for name, value in groups.items())
    stream = '\n'.join(content).encode()
    objects = [
        f'<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[8 0 R 9 0 R]/D<</OFF[{off}]>>>>>>'.encode(),
        b'<</Type/Pages/Count 1/Kids[7 0 R]>>',
        *_SHARED,
        f'<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 10 0 R/Annots[{annotations}]/Resources<</Font<</F1 3 0 R>>'
        f'/XObject<</I1 6 0 R/X1 11 0 R/X2 12 0 R>>/Properties<<{properties}>>>>>>'.encode(),
        b'<</Type/OCG/Name(one)>>',
        b'<</Type/OCG/Name(two)>>',
        b'<</Length %d>>stream\n%s\nendstream' % (len(stream), stream),
        *more,
    ]
    return streamed_file(objects) if streamed else numbered(objects)


def streamed_file(objects: list[bytes]) -> bytes:
    """The file with its places in a stream (ISO 32000-1, 7.5.8) instead of a table."""
    body, places = b'%PDF-1.5\n', []
    for number, written in enumerate(objects, 1):
        places.append(len(body))
        body += b'%d 0 obj\n%s\nendobj\n' % (number, written)
    places.append(len(body))
    entries = b'\0\0\0\0\0\xff\xff' + b''.join(b'\1' + place.to_bytes(4, 'big') + b'\0\0' for place in places)
    head = b'<</Type/XRef/W[1 4 2]/Size %d/Root 1 0 R/Length %d>>' % (len(places) + 1, len(entries))
    return body + b'%d 0 obj\n%sstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n' % (
        len(places),
        head,
        entries,
        places[-1],
    )


def form(page: PdfPage, attributes: str) -> bytes:
    content = '\n'.join(page.content).encode()
    return (
        f'<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>{attributes}/Length {len(content)}>>'.encode()
        + b'stream\n%s\nendstream' % content
    )


def inside(name: str, page: PdfPage) -> list[str]:
    return [f'/OC /{name} BDC', *page.content, 'EMC']


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


def test_layers_of_one_name_are_told_apart() -> None:
    data = layered('/OFF[9 0 R]', old=PdfPage().text(50, 100, '甲'), new=PdfPage().text(50, 140, '乙'), name=b'(new)')
    assert texts(read(data)) == ['考核细则', '乙']


OLD, NEW = PdfPage().text(50, 100, '旧条款扣50分'), PdfPage().text(50, 140, '新条款扣5分')
# Memberships of the layers one (off) and two (on), and whether what belongs to them is seen.
MEMBERSHIPS = {
    'of one': ('<</Type/OCMD/OCGs 8 0 R>>', False),
    'of one that is on': ('<</Type/OCMD/OCGs 9 0 R>>', True),
    'any of both': ('<</Type/OCMD/OCGs[8 0 R 9 0 R]>>', True),
    'any of both, said': ('<</Type/OCMD/OCGs[8 0 R 9 0 R]/P/AnyOn>>', True),
    'all of both': ('<</Type/OCMD/OCGs[8 0 R 9 0 R]/P/AllOn>>', False),
    'any of both off': ('<</Type/OCMD/OCGs[8 0 R 9 0 R]/P/AnyOff>>', True),
    'all of both off': ('<</Type/OCMD/OCGs[8 0 R 9 0 R]/P/AllOff>>', False),
    'off of one': ('<</Type/OCMD/OCGs[8 0 R]/P/AllOff>>', True),
    'of none': ('<</Type/OCMD/OCGs[]/P/AllOn>>', True),
    'expression': ('<</Type/OCMD/OCGs[9 0 R]/VE[/And 8 0 R 9 0 R]>>', False),
    'expression of either': ('<</Type/OCMD/VE[/Or 8 0 R 9 0 R]>>', True),
    'expression of not': ('<</Type/OCMD/VE[/Not 8 0 R]>>', True),
    'expression in another': ('<</Type/OCMD/VE[/And [/Not 8 0 R] [/Or 8 0 R [/Not 9 0 R]]]>>', False),
}  # fmt: skip


@pytest.mark.parametrize('streamed', [False, True])
@pytest.mark.parametrize('direct', [False, True])
@pytest.mark.parametrize('way', MEMBERSHIPS)
def test_memberships_in_layers_are_weighed(way: str, direct: bool, streamed: bool) -> None:
    membership, seen = MEMBERSHIPS[way]
    data = grouped(
        groups={'M': membership if direct else '11 0 R'},
        content=[*inside('M', OLD), *NEW.content],
        more=(membership.encode(),),
        streamed=streamed,
    )
    found = read(data)
    assert ('旧条款扣50分' in texts(found)) == seen
    assert '新条款扣5分' in texts(found)
    assert [one.code for one in found.findings] == ([] if seen else ['part.hidden'])


def test_an_expression_to_which_many_refer_is_weighed_once() -> None:
    levels = range(12, 30)
    shared = [f'[/And {level + 1} 0 R {level + 1} 0 R {level + 1} 0 R]'.encode() for level in levels]
    data = grouped(
        groups={'M': '11 0 R'},
        content=[*inside('M', OLD), *NEW.content],
        more=(b'<</Type/OCMD/VE 12 0 R>>', *shared, b'[/Or 8 0 R 8 0 R]'),
    )
    start = time.process_time()
    assert texts(read(data)) == ['新条款扣5分']
    assert time.process_time() - start < 5


@pytest.mark.parametrize('streamed', [False, True])
@pytest.mark.parametrize('owner', ['8 0 R', '<</Type/OCMD/OCGs[8 0 R 9 0 R]/P/AllOn>>'])
def test_a_form_that_belongs_to_a_layer_that_is_off_is_left_out(owner: str, streamed: bool) -> None:
    grid = PdfPage().lattice([50, 200, 350], [90, 120, 150]).text(60, 110, '旧').text(210, 110, '表')
    data = grouped(
        groups={},
        content=['/X1 Do', '/X2 Do'],
        more=(form(grid, f'/OC {owner}'), form(NEW, '/OC 9 0 R')),
        streamed=streamed,
    )
    found = read(data)
    assert texts(found) == ['新条款扣5分']
    assert not found.tables
    assert [one.code for one in found.findings] == ['part.hidden']


def test_a_form_drawn_in_a_layer_that_is_off_is_left_out() -> None:
    data = grouped(
        groups={'L': '8 0 R'}, content=['/OC /L BDC /X1 Do EMC', '/X2 Do'], more=(form(OLD, ''), form(NEW, ''))
    )
    assert texts(read(data)) == ['新条款扣5分']


def test_a_picture_of_a_layer_that_is_off_is_no_page_without_text() -> None:
    scan = b'<</Type/XObject/Subtype/Image/OC 8 0 R/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\n\x80\nendstream'
    data = grouped(groups={}, content=['q 595 0 0 842 0 0 cm /X1 Do Q', *NEW.content], more=(scan,))
    found = read(data)
    assert texts(found) == ['新条款扣5分']
    assert [one.code for one in found.findings] == ['part.hidden']


def test_what_is_written_on_a_page_in_a_layer_that_is_off_is_left_out() -> None:
    note = '<</Type/Annot/Subtype/FreeText/Rect[50 600 300 620]/OC %s/Contents(%s)>>'
    data = grouped(
        groups={},
        content=NEW.content,
        annotations='11 0 R 12 0 R',
        more=((note % ('8 0 R', 'old')).encode(), (note % ('9 0 R', 'new')).encode()),
    )
    assert texts(read(data)) == ['新条款扣5分', 'new']
