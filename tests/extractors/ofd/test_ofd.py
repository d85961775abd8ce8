"""The OFD reader, against samples drawn as OFD and small files that use what real ones use."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from kaohe.extractors import ofd
from kaohe.extractors.document import Document, Unreadable
from tools.samples import ofd as draw
from tools.samples.model import Grid, Sample
from tools.samples.notices import INSPECTION, SAMPLES, TASKS

SHARED = Path(__file__).parents[3].parent / 'shared'
NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def squeezed(text: str) -> str:
    return ''.join(text.split())


@pytest.mark.parametrize('sample', [INSPECTION, TASKS], ids=lambda sample: sample.name)
def test_every_cell_stands_where_the_sample_drew_it(sample: Sample) -> None:
    read = ofd.read(draw.ofd(sample))
    drawn = [part for part in sample.body if isinstance(part, Grid)]
    assert [
        [(cell.row, cell.col, cell.row_span, cell.col_span, squeezed(cell.text)) for cell in table.cells]
        for table in read.tables
    ] == [
        [(cell.row, cell.col, cell.row_span, cell.col_span, squeezed(cell.text)) for cell in grid.cells]
        for grid in drawn
    ]


@pytest.mark.parametrize('sample', SAMPLES, ids=lambda sample: sample.name)
def test_no_character_of_a_sample_is_lost(sample: Sample) -> None:
    read = ofd.read(draw.ofd(sample))
    text = ''.join(block.text for block in read.blocks if block.kind == 'paragraph')
    for part in sample.body:
        if not isinstance(part, Grid):
            assert squeezed(part.text) in squeezed(text)


def package(page: str, *, common: str = '', extra: dict[str, str] | None = None) -> bytes:
    """An OFD file of one page with this content."""
    files = {
        'OFD.xml': f'<ofd:OFD {NS}><ofd:DocBody><ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
        'Doc_0/Document.xml': f'<ofd:Document {NS}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>'
        f'</ofd:PageArea>{common}</ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/P.xml"/></ofd:Pages></ofd:Document>',
        'Doc_0/Pages/P.xml': f'<ofd:Page {NS}>{page}</ofd:Page>',
        **(extra or {}),
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, 'w') as target:
        for name, text in files.items():
            target.writestr(name, text)
    return written.getvalue()


def text_object(text: str, x: float, y: float, more: str = '', deltas: str = '') -> str:
    return (
        f'<ofd:TextObject Boundary="{x} {y} 100 10" Size="4" {more}><ofd:TextCode X="0" Y="4" {deltas}>{text}</ofd:TextCode>'
        '</ofd:TextObject>'
    )


def layer(*objects: str) -> str:
    return f'<ofd:Content><ofd:Layer>{"".join(objects)}</ofd:Layer></ofd:Content>'


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def test_text_of_a_template_page_is_part_of_the_page() -> None:
    data = package(
        '<ofd:Template TemplateID="7"/>' + layer(text_object('正文', 30, 60)),
        common='<ofd:TemplatePage ID="7" BaseLoc="Tpls/T.xml"/>',
        extra={'Doc_0/Tpls/T.xml': f'<ofd:Page {NS}>{layer(text_object("通用文件头", 30, 30))}</ofd:Page>'},
    )
    assert texts(ofd.read(data)) == ['通用文件头', '正文']


def test_equal_steps_may_be_written_once_with_their_count() -> None:
    data = package(layer(text_object('考核评分细则', 30, 30, deltas='DeltaX="g 5 4"')))
    assert texts(ofd.read(data)) == ['考核评分细则']


@pytest.mark.parametrize(
    ('deltas', 'read'),
    [
        ('DeltaX="g 10 4"', '2026年每次扣0.5分'),  # each character one square
        ('DeltaX="2 2 2 2 4 4 4 4 2 2 2"', '2026年每次扣0.5分'),
        ('DeltaX="2 2 2 5 4 4 4 4 2 2 2"', '2026 年每次扣0.5分'),  # a blank that is not printed
    ],
)
def test_figures_that_take_a_square_each_have_no_gaps(deltas: str, read: str) -> None:
    assert texts(ofd.read(package(layer(text_object('2026年每次扣0.5分', 20, 30, deltas=deltas))))) == [read]


def test_text_that_a_transform_moves_stands_where_it_is_shown() -> None:
    data = package(layer(text_object('二', 30, 30, more='CTM="1 0 0 1 0 50"'), text_object('一', 30, 40)))
    assert texts(ofd.read(data)) == ['一', '二']


def test_a_composite_object_shows_its_content() -> None:
    unit = f'<ofd:CompositeGraphicUnit ID="9" Width="50" Height="50"><ofd:Content>{text_object("组合", 0, 0)}</ofd:Content></ofd:CompositeGraphicUnit>'
    data = package(
        layer('<ofd:CompositeObject ResourceID="9" Boundary="30 30 50 50"/>'),
        common='<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>',
        extra={
            'Doc_0/PublicRes.xml': f'<ofd:Res {NS}><ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnits></ofd:Res>'
        },
    )
    assert texts(ofd.read(data)) == ['组合']


def test_invisible_objects_are_not_read() -> None:
    data = package(layer(text_object('看得见', 30, 30), text_object('看不见', 30, 60, more='Visible="false"')))
    assert texts(ofd.read(data)) == ['看得见']


def refusal(data: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        ofd.read(data)
    return caught.value.finding.code


def test_a_page_of_pictures_only_has_no_text() -> None:
    assert refusal(package(layer('<ofd:ImageObject Boundary="0 0 210 297" ResourceID="3"/>'))) == 'file.no_text'


def test_a_missing_page_is_a_finding_and_the_others_are_read() -> None:
    data = package(layer(text_object('第一页', 30, 30)))
    with_two = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(with_two, 'w') as target:
        for name in source.namelist():
            text = source.read(name).replace(b'</ofd:Pages>', b'<ofd:Page ID="2" BaseLoc="Pages/Q.xml"/></ofd:Pages>')
            target.writestr(name, text)
    read = ofd.read(with_two.getvalue())
    assert texts(read) == ['第一页']
    assert [(found.code, found.page) for found in read.findings] == [('page.unreadable', 2)]


def test_entities_are_not_resolved_nor_lost_in_silence() -> None:
    page = f'<!DOCTYPE x [<!ENTITY a "啊啊啊啊"><!ENTITY b "&a;&a;&a;">]><ofd:Page {NS}>{layer(text_object("前&b;后", 30, 30))}</ofd:Page>'
    data = package('', extra={'Doc_0/Pages/P.xml': page})
    with pytest.raises(Unreadable, match='实体'):
        ofd.read(data)


@pytest.mark.skipif(not SHARED.exists(), reason='the shared corpora are not beside this checkout')
def test_every_odd_file_gives_a_document_or_a_reason() -> None:
    files = sorted((SHARED / 'corpora' / 'odd').glob('*.ofd'))
    read = 0
    for file in files:
        try:
            document = ofd.read(file.read_bytes())
        except Unreadable:
            continue
        read += 1
        assert ''.join(document.texts()).strip()
    assert read >= 20


def in_blocks(text: str, depth: int) -> str:
    return layer('<ofd:PageBlock>' * depth + text_object(text, 30, 30) + '</ofd:PageBlock>' * depth)


def test_text_in_many_blocks_is_read_and_in_more_than_a_parser_bears_told() -> None:
    assert texts(ofd.read(package(in_blocks('深处', 200)))) == ['深处']
    assert refusal(package(in_blocks('深处', 5000))) == 'file.broken'


@pytest.mark.parametrize('more', ['Visible="false"', 'Alpha="0"', 'CTM="nan 0 0 1 0 0"'])
def test_text_that_is_switched_off_or_stands_nowhere_is_told(more: str) -> None:
    unseen = text_object('看不见', 30, 60, more=more)
    read = ofd.read(package(layer(text_object('看得见', 30, 30), unseen)))
    assert (texts(read), [found.code for found in read.findings]) == (['看得见'], ['part.hidden'])
    assert refusal(package(layer(unseen))) == 'file.unsupported'
