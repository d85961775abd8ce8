"""Opening Word files: other wrappings of the same content, broken ones, and dangerous ones."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaohe.extractors.document import Document, Unreadable
from kaohe.extractors.docx import package
from kaohe.extractors.docx.reader import read
from kaohe.extractors.zip import limits
from tests.extractors.docx_builder import MAIN, NAMES, cell, docx, flat, par, parts, row, strict, table, zipped

BODY = par('青川市考核细则', '<w:jc w:val="center"/>') + table(row(cell('指标'), cell('分值'))) + par('后文')
STYLES = '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="24"/></w:rPr></w:rPrDefault></w:docDefaults>'
PLAIN = parts(BODY, {'styles': STYLES, 'footer1': par('第1页')})


def refusal(data: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        read(data)
    return caught.value.finding.code


@pytest.fixture(scope='module')
def expected() -> Document:
    return read(zipped(PLAIN))


def test_the_plain_wrapping_is_read(expected: Document) -> None:
    assert [block.text for block in expected.blocks] == ['青川市考核细则', '', '后文']
    assert (expected.format, expected.pages, expected.blocks[0].size) == ('docx', None, 12.0)


def test_one_flat_xml_file_says_the_same(expected: Document) -> None:
    assert package.is_flat(flat(PLAIN))
    assert read(flat(PLAIN)) == expected


def test_a_flat_file_with_a_byte_order_mark_says_the_same(expected: Document) -> None:
    assert read('\ufeff'.encode() + flat(PLAIN)) == expected


def test_strict_names_say_the_same(expected: Document) -> None:
    assert read(zipped(strict(PLAIN))) == expected


@pytest.mark.parametrize(
    'kind', ['application/vnd.ms-word.document.macroEnabled.main+xml', MAIN.replace('document', 'template', 1)]
)
def test_macro_files_and_templates_say_the_same(kind: str, expected: Document) -> None:
    members = {**PLAIN, '/word/document.xml': (kind, PLAIN['/word/document.xml'][1])}
    assert read(zipped(members)) == expected


def test_other_xml_is_not_flat_word() -> None:
    assert not package.is_flat(b'<?xml version="1.0"?><html>xmlPackage</html>')
    assert not package.is_flat(zipped(PLAIN))


def repacked(data: bytes, *, without: str = '', replaced: tuple[str, bytes] | None = None) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, 'w', zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != without:
                new.writestr(name, replaced[1] if replaced and replaced[0] == name else old.read(name))
    return packed.getvalue()


def test_a_relationship_that_leads_nowhere_does_no_harm(expected: Document) -> None:
    mended = read(repacked(zipped(PLAIN), without='word/footer1.xml'))
    assert mended.blocks == tuple(block for block in expected.blocks if block.kind != 'furniture')


def test_a_broken_side_part_is_left_out_and_said() -> None:
    document = read(repacked(zipped(PLAIN), replaced=('word/styles.xml', b'<w:styles')))
    assert [block.text for block in document.blocks] == ['青川市考核细则', '', '后文']
    assert [(found.code, 'word/styles.xml' in found.message) for found in document.findings] == [
        ('part.unreadable', True)
    ]


def test_a_broken_body_is_refused() -> None:
    assert refusal(repacked(zipped(PLAIN), replaced=('word/document.xml', b'<w:document'))) == 'file.broken'
    assert refusal(repacked(zipped(PLAIN), without='word/document.xml')) == 'file.broken'
    assert refusal(repacked(zipped(PLAIN), without='_rels/.rels')) == 'file.broken'


@pytest.mark.parametrize('share', [0.05, 0.5, 0.99])
def test_a_truncated_file_is_refused(share: float) -> None:
    whole = zipped(PLAIN)
    assert refusal(whole[: int(len(whole) * share)]) == 'file.broken'
    assert refusal(flat(PLAIN)[: int(len(flat(PLAIN)) * share)]) == 'file.broken'


def test_a_file_with_a_password_is_named_so() -> None:
    container = package.OLE_MAGIC + bytes(600) + package.ENCRYPTED_STREAM
    assert refusal(container) == 'file.encrypted'
    assert refusal(package.OLE_MAGIC + bytes(600)) == 'file.broken'


def test_another_office_file_is_named_so() -> None:
    other = {**PLAIN, '/word/document.xml': ('application/x+xml', '<workbook xmlns="urn:x"/>')}
    assert refusal(zipped(other)) == 'file.unsupported'


def test_a_document_without_text_is_refused() -> None:
    assert refusal(docx(par())) == 'file.empty'
    assert refusal(docx(par('<w:r><w:drawing><a:blip r:embed="x"/></w:drawing></w:r>'))) == 'file.no_text'
    assert refusal(docx(par() + '<w:altChunk r:id="x"/>')) == 'file.unsupported'


def test_pictures_and_embedded_files_are_said() -> None:
    picture = '<w:r><w:drawing><a:blip r:embed="x"/></w:drawing></w:r>'
    document = read(docx(par('甲') + par(picture) + '<w:altChunk r:id="x"/>'))
    assert [(found.code, found.severity) for found in document.findings] == [
        ('part.pictures', 'info'),
        ('part.unreadable', 'error'),
    ]


def bomb(size: int) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, 'w', zipfile.ZIP_DEFLATED) as archive:
        archive.writestr('word/document.xml', bytes(size))
    return packed.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = bomb(2**21)
    monkeypatch.setattr(limits, 'RATIO_FROM_BYTES', 2**20)
    monkeypatch.setattr(zipfile.ZipFile, 'open', lambda *given, **named: pytest.fail('unpacked'))
    assert refusal(packed) == 'file.too_large'


@pytest.mark.parametrize(('limit', 'value'), [('MAX_MEMBERS', 2), ('MAX_BYTES', 100), ('MAX_XML_BYTES', 100)])
def test_what_is_too_large_is_refused(limit: str, value: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, limit, value)
    assert refusal(zipped(PLAIN)) == 'file.too_large'


def test_a_repetitive_document_is_no_bomb() -> None:
    rows = row(cell('未完成扣1分'), cell('1')) * 3000
    assert read(docx(table(rows))).tables[0].rows == 3000


def test_entities_are_neither_expanded_nor_fetched_nor_lost_in_silence() -> None:
    secret = '<!DOCTYPE x [<!ENTITY far SYSTEM "file:///etc/hostname"><!ENTITY near "近">]>'
    body = f'{secret}<w:document {NAMES}><w:body><w:p><w:r><w:t>甲&far;&near;乙</w:t></w:r></w:p></w:body></w:document>'
    members = {**PLAIN, '/word/document.xml': (MAIN, body)}
    assert refusal(zipped(members)) == 'file.broken'


def test_nesting_without_end_is_refused_or_read() -> None:
    deep = par('甲')
    for _ in range(60):
        deep = table(row(cell(deep), cell('乙')))
    assert len(read(docx(deep)).tables) == 60
    for _ in range(400):
        deep = table(row(cell(deep)))
    assert refusal(docx(deep)) == 'file.broken'


@given(st.binary(max_size=400))
def test_any_bytes_give_a_document_or_a_reason(data: bytes) -> None:
    for candidate in (data, b'PK\x03\x04' + data, package.OLE_MAGIC + data):
        with pytest.raises(Unreadable):
            read(candidate)


@given(st.integers(0, 3000), st.integers(0, 255), st.integers(0, 3000), st.integers(0, 255))
def test_flipped_bytes_give_a_document_or_a_reason(at: int, byte: int, other: int, by: int) -> None:
    data = bytearray(zipped(PLAIN))
    data[at % len(data)] = byte
    data[other % len(data)] = by
    with suppress(Unreadable):
        assert read(bytes(data)).blocks


NAMED = st.sampled_from(
    ['p', 'r', 't', 'tbl', 'tr', 'tc', 'tcPr', 'gridSpan', 'vMerge', 'sdt', 'ins', 'del', 'numPr', 'numId', 'sz']
)


@st.composite
def trees(draw: st.DrawFn, depth: int = 0) -> str:
    name = draw(NAMED)
    inside = ''.join(draw(st.lists(trees(depth + 1), max_size=3))) if depth < 5 else '文'
    return f'<w:{name} w:val="{draw(st.sampled_from(["", "1", "-1", "x", "restart"]))}">{inside}</w:{name}>'


@given(trees(), trees())
@settings(max_examples=200)
def test_any_tree_of_known_elements_is_read_or_refused(first: str, second: str) -> None:
    with suppress(Unreadable):
        for found in read(docx(first + second + par('末'))).tables:
            found.grid()
