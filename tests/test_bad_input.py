"""What no reader can read, or only in part: bounded time and memory, and a status that says why. Every file here is made on the spot."""

from __future__ import annotations

import io
import struct
import time
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from kaohe.extractors import optional
from kaohe.extractors.document import Unreadable
from kaohe.extractors.formats import read
from kaohe.extractors.layout import composition
from kaohe.extractors.ocr import picture
from kaohe.extractors.ocr.scanned_pages import time_for
from kaohe.extractors.pdf.reader import recognise_page
from kaohe.pipeline.readers.reading import Reading, catalogue_of, read_bytes
from tools.samples.conformance import FOLDER
from tools.samples.notices import CLEAN_HOSPITAL
from tools.samples.objects import numbered
from tools.samples.ofd import ofd
from tools.samples.pdf import pdf
from tools.samples.sheet import xlsx
from tools.samples.word import word

SECONDS = 30.0
MEGABYTES = 100


def scan() -> bytes:
    return (FOLDER / f'{CLEAN_HOSPITAL.name}（扫描件）.pdf').read_bytes()


def doc() -> bytes:
    return (FOLDER / f'{CLEAN_HOSPITAL.name}.doc').read_bytes()


def packed(**members: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, 'w', zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace('__', '/').replace('_dot_', '.'), data)
    return made.getvalue()


def bounded(data: bytes, name: str = '') -> Reading:
    """The reading of these bytes, within a bounded time of this process (the machine may be busy with others)."""
    started = time.process_time()
    reading = read_bytes(data, name)
    assert time.process_time() - started < SECONDS
    assert reading.failure is None or not reading.failure.code.startswith('worker.'), reading.failure
    return reading


def memory_of(data: bytes) -> float:
    """The most memory, in megabytes, that reading these bytes takes."""
    tracemalloc.start()
    try:
        read_bytes(data, '')
        return tracemalloc.get_traced_memory()[1] / (1 << 20)
    finally:
        tracemalloc.stop()


def refusal(data: bytes, name: str = '') -> str | None:
    failure = bounded(data, name).failure
    return failure and failure.code


@pytest.mark.parametrize('data', [b'', b'\0' * 4096, b' \r\n\t'], ids=['nothing', 'zero bytes', 'white space'])
def test_an_empty_file_is_called_empty(data: bytes) -> None:
    assert refusal(data, '通知.docx') == 'file.empty'


@pytest.mark.parametrize('share', [0.1, 0.5, 0.9, 0.99])
@pytest.mark.parametrize(
    'make',
    [
        lambda: word(CLEAN_HOSPITAL),
        lambda: xlsx(CLEAN_HOSPITAL),
        lambda: ofd(CLEAN_HOSPITAL),
        lambda: pdf(CLEAN_HOSPITAL),
        doc,
    ],
    ids=['docx', 'xlsx', 'ofd', 'pdf', 'doc'],
)
def test_a_truncated_file_is_read_in_part_or_refused(make: Callable[[], bytes], share: float) -> None:
    data = make()
    reading = bounded(data[: int(len(data) * share)])
    assert reading.failure is None or reading.failure.code in (
        'file.broken',
        'file.no_text',
        'file.empty',
        'file.unsupported',
    )


@pytest.mark.parametrize('name', ['通知.pdf', '通知.xls', '通知.txt', '通知'])
def test_a_wrong_suffix_does_not_matter(name: str) -> None:
    catalogue = catalogue_of(word(CLEAN_HOSPITAL), name)
    assert catalogue.document.format == 'docx'
    assert len(catalogue.indicators) == len(CLEAN_HOSPITAL.lines)


def test_an_encrypted_pdf_says_so() -> None:
    objects = [
        b'<< /Type /Catalog /Pages 2 0 R >>',
        b'<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
        b'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>',
        b'<< /Filter /Standard /V 1 /R 2 /Length 40 /P -64 /O <' + b'41' * 32 + b'> /U <' + b'42' * 32 + b'> >>',
    ]
    data = numbered(objects).replace(b'/Root 1 0 R', b'/Root 1 0 R /Encrypt 4 0 R /ID [<00> <00>]')
    assert refusal(data) == 'file.encrypted'


def test_a_word_file_with_a_password_says_so() -> None:
    data = bytearray(doc())
    start = data.index(b'\xec\xa5')  # the head of Word's own stream (MS-DOC 2.5.2: wIdent 0xA5EC)
    flags = struct.unpack_from('<H', data, start + 10)[0]
    struct.pack_into('<H', data, start + 10, flags | 0x0100)
    assert refusal(bytes(data)) == 'file.encrypted'


def test_ten_thousand_pages_are_read_up_to_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr('kaohe.extractors.pdf.reader.PAGE_LIMIT', 5)
    assert composition.PAGE_LIMIT <= 2000
    count = 10_000
    kids = b' '.join(b'4 0 R' for _ in range(count))
    text = b'BT /F1 12 Tf 10 50 Td (page) Tj ET'
    data = numbered(
        [
            b'<< /Type /Catalog /Pages 2 0 R >>',
            b'<< /Type /Pages /Count %d /Kids [%s] >>' % (count, kids),
            b'<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
            b'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Resources << /Font << /F1 3 0 R >> >> /Contents 5 0 R >>',
            b'<< /Length %d >>\nstream\n%s\nendstream' % (len(text), text),
        ]
    )
    bounded(data)
    catalogue = catalogue_of(data, '')
    assert catalogue.document.pages == count
    (found,) = [found for found in catalogue.findings if found.code == 'page.limit']
    assert '第 5 页' in found.message


def test_a_picture_of_thirty_thousand_pixels_square_is_refused_unopened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(optional, 'has_recognition', lambda: True)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))

    head = struct.pack('>IIBBBBB', 30_000, 30_000, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(30_000 * 3751), 1)
    data = b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', head) + chunk(b'IDAT', rows) + chunk(b'IEND', b'')
    assert refusal(data) == 'file.too_large'


def test_a_table_of_a_hundred_thousand_cells_is_read() -> None:
    row = '<tr>' + '<td>检</td>' * 10 + '</tr>'
    data = f'<html><body><table>{row * 10_000}</table></body></html>'.encode()
    document = read(data)
    assert sum(len(table.cells) for table in document.tables) == 100_000


def test_entity_bombs_in_xml_do_not_explode() -> None:
    names = 'abcdefghij'
    bomb = '<!DOCTYPE x [<!ENTITY a "考核考核考核">' + ''.join(
        f'<!ENTITY {after} "{f"&{before};" * 10}">' for before, after in pairwise(names)
    )
    body = (
        f'<?xml version="1.0"?>{bomb}]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:body><w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:body></w:document>'
    )
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word(CLEAN_HOSPITAL))) as source, zipfile.ZipFile(made, 'w') as target:
        for name in source.namelist():
            target.writestr(name, body.encode() if name == 'word/document.xml' else source.read(name))
    assert refusal(made.getvalue()) in ('file.broken', 'file.empty', 'file.no_text', None)
    assert memory_of(made.getvalue()) < MEGABYTES


def test_a_zip_bomb_in_a_document_is_refused() -> None:
    data = packed(**{'[Content_Types].xml': b'x', 'word/document.xml': bytes(200 << 20)})
    assert refusal(data) == 'file.too_large'
    assert memory_of(data) < MEGABYTES


def test_without_text_recognition_a_scan_is_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(optional, 'has_recognition', lambda: False)
    failure = bounded(scan()).failure
    assert failure is not None
    assert failure.code == 'file.no_text'
    assert 'make setup-ocr' in failure.message


def test_without_text_recognition_a_picture_is_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(optional, 'has_recognition', lambda: False)
    with pytest.raises(Unreadable, match='make setup-ocr'):
        picture.read(b'\x89PNG\r\n\x1a\n')


def test_pages_beyond_the_limit_of_recognition_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(optional, 'has_recognition', lambda: True)
    monkeypatch.setattr('kaohe.extractors.pdf.reader.MOST_PAGES', 1)
    monkeypatch.setattr(
        'kaohe.extractors.pdf.reader.recognise_page',
        lambda common, at: composition.PageRead(at + 1, 595, 842, has_text=True),
    )
    document = read(scan())
    assert [(found.code, found.page) for found in document.findings] == [('page.beyond_limit', 2)]


def test_pages_that_were_recognised_in_time_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(optional, 'has_recognition', lambda: True)
    monkeypatch.setattr(
        'kaohe.extractors.pdf.reader.recognise_page',
        lambda common, at: composition.PageRead(at + 1, 595, 842, has_text=True) if at == 0 else None,
    )
    document = read(scan())
    assert [(found.code, found.page, found.severity) for found in document.findings] == [
        ('page.beyond_limit', 2, 'error')
    ]
    assert '时间太长' in document.findings[0].message


def test_no_page_is_recognised_once_the_time_is_over() -> None:
    assert recognise_page((scan(), time.monotonic() - 1), 0) is None


def test_the_time_for_recognition_grows_with_the_pages() -> None:
    assert time_for(40) - time_for(1) > 39 * 30


def test_libreoffice_missing_is_said_with_the_package_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv('PATH', str(tmp_path))
    failure = bounded(b'{\\rtf1 x}').failure
    assert failure is not None
    assert failure.code == 'file.needs_office'
    assert 'libreoffice-writer' in failure.message
