import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaohe.extractors.document import Unreadable
from kaohe.extractors.formats import FORMATS, UNSUPPORTED, read, sniff
from kaohe.extractors.zip.limits import MAX_MEMBERS

PICTURES = {
    'png': b'\x89PNG\r\n\x1a\n',
    'jpg': b'\xff\xd8\xff\xe0',
    'tiff': b'II*\x00',
    'bmp': b'BM\x36\x00\x00\x00\x00\x00\x00\x00',
    'webp': b'RIFF\x00\x00\x00\x00WEBP',
}


def packed(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, 'w') as archive:
        for name in names:
            archive.writestr(name, 'x')
    return made.getvalue()


def refusal(data: bytes, name: str = '') -> str:
    with pytest.raises(Unreadable) as refused:
        sniff(data, name)
    return refused.value.finding.code


@pytest.mark.parametrize(
    ('data', 'name'),
    [
        (packed('[Content_Types].xml', 'word/document.xml'), 'docx'),
        (packed('[Content_Types].xml', 'WORD\\document.xml'), 'docx'),
        (packed('[Content_Types].xml', 'xl/workbook.xml'), 'xlsx'),
        (packed('OFD.xml', 'Doc_0/Document.xml'), 'ofd'),
        (
            b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
            b'<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"/>',
            'docx',
        ),
        (b'garbage before the header\n%PDF-1.7\n', 'pdf'),
        ('\ufeff<!DOCTYPE html><html><body>考核'.encode(), 'html'),
        ('<!-- 保存自网站 --><TABLE><tr><td>考核'.encode('gb18030'), 'html'),
        ('<html><body>考核</body></html>'.encode('utf-16'), 'html'),
        (b'From: <saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="b"\r\n\r\n--b', 'mht'),
        ('考核细则（100分）'.encode(), 'txt'),
        ('考核细则（100分）\n'.encode('gb18030'), 'txt'),
        ('考核细则（100分）\n'.encode('utf-16-le'), 'txt'),
        (b'{\\rtf1\\ansi', 'rtf'),
        *((head, 'picture') for head in PICTURES.values()),
    ],
)
def test_a_format_is_recognised_by_its_content(data: bytes, name: str) -> None:
    assert sniff(data).name == name


@pytest.mark.parametrize('suffix', ['.doc', '.xls', '.pdf', '.docx', ''])
def test_a_wrong_suffix_deceives_nobody(suffix: str) -> None:
    assert sniff('<html><body>考核</body></html>'.encode(), f'通知{suffix}').name == 'html'
    assert sniff(packed('word/document.xml'), f'通知{suffix}').name == 'docx'


def test_the_suffix_decides_where_the_content_fits_several_formats() -> None:
    assert sniff('考核&nbsp;细则'.encode(), '通知.html').name == 'html'
    assert sniff('考核&nbsp;细则'.encode(), '通知.txt').name == 'txt'


def test_a_long_text_is_text_wherever_its_first_bytes_are_cut() -> None:
    for lead in range(3):
        assert sniff(('a' * lead + '考核细则' * 2000).encode()).name == 'txt'


@pytest.mark.parametrize('data', [b'', b'\x00' * 5000, b' \r\n\t'])
def test_a_file_without_content_is_empty(data: bytes) -> None:
    assert refusal(data) == 'file.empty'


def test_a_truncated_archive_is_broken() -> None:
    assert refusal(packed('word/document.xml')[:-30]) == 'file.broken'


def test_a_truncated_compound_file_is_broken() -> None:
    assert refusal(b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' + b'\x00' * 40) == 'file.broken'


def test_noise_is_unknown() -> None:
    assert refusal(bytes(range(256)) * 8) == 'file.unknown'


@pytest.mark.parametrize(
    'data',
    [
        packed('[Content_Types].xml', 'ppt/presentation.xml'),
        packed('mimetype', 'content.xml'),
        b'Rar!\x1a\x07\x00',
        b'<?xml version="1.0"?><data/>',
    ],
)
def test_a_kind_that_cannot_be_read_is_named_with_what_to_do(data: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        sniff(data)
    assert refused.value.finding.code == 'file.unsupported'
    assert '请' in refused.value.finding.message


def test_a_document_carries_the_name_of_its_format() -> None:
    assert read('考核细则'.encode()).format == 'txt'
    assert read('<p>考核细则'.encode()).format == 'html'


def test_an_archive_of_too_many_members_is_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, 'w') as archive:
        archive.writestr('xl/workbook.xml', '')
        for number in range(MAX_MEMBERS):
            archive.writestr(f'{number}', '')
    with pytest.raises(Unreadable) as refused:
        read(made.getvalue())
    assert refused.value.finding.code == 'file.too_large'


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, 'w', zipfile.ZIP_DEFLATED) as archive:
        archive.writestr('xl/workbook.xml', b' ' * 40_000_000)
    with pytest.raises(Unreadable) as refused:
        read(made.getvalue())
    assert refused.value.finding.code == 'file.too_large'


def test_names_and_titles_of_formats_are_unique() -> None:
    names = [known.name for known in FORMATS]
    titles = [known.title for known in (*FORMATS, *UNSUPPORTED)]
    assert len(set(names)) == len(names)
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize('known', FORMATS, ids=lambda known: known.name)
def test_only_formats_with_an_optional_part_may_be_unready(known: object) -> None:
    assert known.needs or known.ready  # type: ignore[attr-defined]


MAGICS = [
    b'',
    b'PK\x03\x04',
    b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
    b'<html>',
    b'MIME-Version: 1.0\nContent-Type: text/html\n\n',
    b'{\\rtf1',
]


@given(st.sampled_from(MAGICS), st.binary(max_size=300), st.sampled_from(['', 'a.html', 'a.doc']))
def test_any_bytes_are_recognised_or_refused(magic: bytes, data: bytes, name: str) -> None:
    try:
        known = sniff(magic + data, name)
    except Unreadable:
        return
    assert known in FORMATS


@pytest.mark.parametrize('name', ['细则.wps', '2024/考核办法.WPS', '模板.wpt'])
@pytest.mark.parametrize(
    'data',
    [
        b'\x01\xfe2\x00' + bytes(range(256)) * 8,
        b'WPS\x00\x00' + bytes(range(255, -1, -1)) * 20,
        b'\x15\x00\x02' + '考核评分细则'.encode('gbk') + bytes(range(32)) * 40,
    ],
)
def test_a_file_of_an_early_wps_is_told_what_to_do(data: bytes, name: str) -> None:
    with pytest.raises(Unreadable, match='WPS Office 打开，另存为 docx'):
        sniff(data, name)


NOISE = bytes(range(256)) * 8
OF_PROGRAMS = {
    'WPS 2000': (b'\x82\xffWPS2000\xae for Windows' + NOISE, '', 'WPS Office 打开'),
    'WPS 2000, named doc': (b'\x82\xffWPS2000\xae for Windows' + NOISE, '细则.doc', 'WPS Office 打开'),
    'CEB': (b'Founder CEB\0' + NOISE, '通知.pdf', '方正 Apabi Reader 打开'),
    'CAJ': (b'CAJ\0' + NOISE, '', 'CAJViewer 打开'),
    'UOF': (b'<?xml version="1.0" encoding="UTF-8"?><uof:UOF xmlns:uof="http://schemas.uof.org/cn/2003/uof">', '通知.uot', '永中 Office'),
    'UOF packed': (packed('uof.xml', 'content.xml'), '', '永中 Office'),
    'WPS 表格': (NOISE, '考核表.et', 'WPS 或 Excel 打开'),
    'WPS 演示': (NOISE, '培训.dps', '另存为 pdf'),
    '永中': (NOISE, '考核.eio', '永中 Office 打开'),
    'SEP': (NOISE, '通知.sep', '书生阅读器打开'),
    'NH': (NOISE, '论文.nh', 'CAJViewer 打开'),
}  # fmt: skip


@pytest.mark.parametrize('kind', OF_PROGRAMS)
def test_a_file_that_only_one_program_reads_is_told_what_to_do(kind: str) -> None:
    data, name, todo = OF_PROGRAMS[kind]
    with pytest.raises(Unreadable, match=todo) as refused:
        sniff(data, name)
    assert refused.value.finding.code == 'file.unsupported'
