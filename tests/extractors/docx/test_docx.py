"""Nothing visible of a Word file is lost, and nothing is read twice: compared with an oracle that shares no code with the reader."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from kaohe.extractors.document import Document, Table, Unreadable
from kaohe.extractors.docx.reader import read
from tests.extractors.docx_builder import NAMES, abstract, cell, docx, level, listed, num, par, row, run, table
from tools.samples.model import Grid, Paragraph, Sample
from tools.samples.notices import SAMPLES
from tools.samples.word import word

SHARED = Path(__file__).parents[3].parent / 'shared'
NOTICES = sorted((SHARED / 'notices').glob('docx/*.docx'))
OTHERS = sorted([*(SHARED / 'notices').glob('public/*.docx'), *(SHARED / 'corpora').glob('odd/*.docx')])

UNSEEN = ['w:del', 'w:moveFrom', 'mc:Fallback', 'w:sdtPr']


def bare(text: str) -> str:
    return ''.join(text.split())


def visible(xml: bytes) -> str:
    """All visible text of a body in document order, by XPath: what stands in w:t, save under deletions and second renderings."""
    names = dict(re.findall(r'xmlns:(\w+)="([^"]+)"', NAMES))
    away = ' or '.join(f'ancestor::{name}' for name in UNSEEN)
    root = etree.fromstring(xml)
    hidden = 'ancestor::w:r/w:rPr/w:vanish or ancestor::w:tr/w:trPr/w:del'
    pieces = root.xpath(f'//w:t[not({away} or {hidden})]/text() | //m:t[not({away})]/text()', namespaces=names)
    return bare(''.join(pieces))


def said(document: Document) -> str:
    """The text of blocks and cells in reading order, furniture apart."""
    nested: dict[tuple[int, int, int] | None, list[Table]] = {}
    for found in document.tables:
        nested.setdefault(found.parent, []).append(found)

    def inside(found: Table) -> str:
        return ''.join(
            each.text + ''.join(map(inside, nested.get((found.index, each.row, each.col), []))) for each in found.cells
        )

    return bare(
        ''.join(
            block.text if block.table is None else inside(document.tables[block.table])
            for block in document.blocks
            if block.kind != 'furniture'
        )
    )


def body_of(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read('word/document.xml')


@pytest.mark.skipif(not NOTICES, reason='the real notices are not here')
@pytest.mark.parametrize('path', NOTICES, ids=lambda path: path.stem[:8])
def test_every_visible_character_of_a_real_notice_is_read_once_and_in_order(path: Path) -> None:
    data = path.read_bytes()
    assert said(read(data)) == visible(body_of(data))


@pytest.mark.skipif(not OTHERS, reason='the odd files are not here')
@pytest.mark.parametrize('path', OTHERS, ids=lambda path: path.stem[:10])
def test_every_file_of_others_is_read_or_refused_with_a_reason(path: Path) -> None:
    try:
        document = read(path.read_bytes())
    except Unreadable as refused:
        reason = refused.finding.code
        assert reason in {'file.empty', 'file.broken', 'file.no_text', 'file.unsupported', 'file.encrypted'}
        return
    for found in document.tables:
        found.grid()


def controlled(content: str) -> str:
    return f'<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>'


DELETED = '<w:del w:id="9"><w:r><w:delText>旧</w:delText></w:r></w:del>'
INSERTED = '<w:ins w:id="8"><w:r><w:t>新增</w:t></w:r></w:ins>'
BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx>'
    '</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></w:pict>'
    '</mc:Fallback></mc:AlternateContent></w:r>'
)
SPECIMENS = {
    'paragraphs': par('标题') + par(run('一') + run('二', '<w:b/>')) + par(),
    'controls': controlled(par('甲') + table(row(controlled(cell('乙'))))),
    'revisions': par(run('得') + INSERTED + DELETED + run('分'))
    + table(row(cell('旧'), properties='<w:del w:id="1"/>')),
    'text box': par(run('前') + BOX.format(par('盒') + table(row(cell('盒内'), cell('表'))))) + par('后'),
    'box in a cell': table(row(cell(par(run('前') + BOX.format(par('盒')))), cell('乙'))),
    'nested': table(row(cell(par('外') + table(row(cell('内'), cell('内二'))) + par('尾')), cell('右'))),
    'misaligned': table(
        row(cell('宽', '<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>'), cell('丙')),
        row(cell('甲', '<w:vMerge/>'), cell('乙'), cell('丁'), cell('多')),
    ),
    'room before': table(row(cell('甲'), cell('乙')), row(cell('丙'), properties='<w:gridBefore w:val="1"/>')),
    'hidden': par(run('见') + run('不见', '<w:vanish/>')),
    'formula': par(run('得分') + '<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>'),
    'link': par(
        f'<w:hyperlink r:id="x">{run("链接")}</w:hyperlink><w:smartTag w:element="x">{run("标记")}</w:smartTag>'
    ),
}


@pytest.mark.parametrize('name', SPECIMENS)
def test_every_visible_character_of_a_specimen_is_read_once(name: str) -> None:
    data = docx(SPECIMENS[name])
    assert sorted(said(read(data))) == sorted(visible(body_of(data)))
    assert said(read(data))


def test_the_oracle_sees_what_is_lost() -> None:
    assert visible(body_of(docx(SPECIMENS['revisions']))) == '得新增分'


def test_automatic_numbers_are_all_that_is_added() -> None:
    numbering = abstract(0, level(0, 'chineseCounting', '%1、')) + num(1, 0)
    data = docx(par('甲', listed(1)) + par('乙', listed(1)), numbering=numbering)
    assert (said(read(data)), visible(body_of(data))) == ('一、甲二、乙', '甲乙')


@pytest.mark.parametrize('sample', SAMPLES, ids=lambda sample: sample.name)
def test_a_sample_reads_back_as_it_was_drawn(sample: Sample) -> None:
    document = read(word(sample))
    drawn = [part for part in sample.body if isinstance(part, Grid)]
    assert [
        [(each.row, each.col, each.row_span, each.col_span, each.text) for each in found.cells]
        for found in document.tables
    ] == [[(each.row, each.col, each.row_span, each.col_span, each.text) for each in grid.cells] for grid in drawn]
    assert [block.text for block in document.blocks if block.kind == 'paragraph'] == [
        part.text for part in sample.body if isinstance(part, Paragraph) and part.text.strip()
    ]
    assert not any(found.doubtful_rows for found in document.tables)
