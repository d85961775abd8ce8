"""Files made to do harm are refused or read as text: nothing is fetched, run, unpacked without end, or shown to a terminal as it is."""

from __future__ import annotations

import io
import socket
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from kaohe.pipeline.ingestion.closing_words import tell
from kaohe.pipeline.ingestion.report import Report
from kaohe.pipeline.ingestion.run import ingest as run
from kaohe.pipeline.language.terms import plain
from kaohe.pipeline.planning.inbox import scope_of
from kaohe.pipeline.readers.reading import catalogue_of, read_bytes
from tools.samples.notices import CLEAN_HOSPITAL
from tools.samples.pdf import pdf
from tools.samples.word import word

EVIL = 'http://203.0.113.1/x'  # an address of no machine (RFC 5737)


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every try to reach another machine is written down and refused."""
    tried: list[object] = []

    def refuse(*arguments: object, **options: object) -> None:
        tried.append(arguments)
        raise OSError('no network')

    monkeypatch.setattr(socket.socket, 'connect', refuse)
    monkeypatch.setattr(socket, 'getaddrinfo', refuse)
    return tried


def repacked(data: bytes, changes: dict[str, bytes]) -> bytes:
    """A zip with members replaced or added."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(written, 'w', zipfile.ZIP_DEFLATED) as new:
        members = {name: old.read(name) for name in old.namelist()} | changes
        for name, content in members.items():
            new.writestr(name, content)
    return written.getvalue()


def document_xml(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read('word/document.xml')


LAUGHS = '<!DOCTYPE x [<!ENTITY a "' + 'ha' * 50 + '">' + ''.join(
    f'<!ENTITY {chr(ord(name) + 1)} "{f"&{name};" * 10}">' for name in 'abcdefghi'
) + ']>'  # fmt: skip


def laughing(data: bytes) -> bytes:
    """The document with an entity of ten thousand million characters in its first text."""
    head, rest = document_xml(data).split(b'?>', 1)
    return repacked(
        data, {'word/document.xml': head + b'?>' + LAUGHS.encode() + rest.replace(b'<w:t>', b'<w:t>&j;', 1)}
    )


def external(data: bytes) -> bytes:
    """The document with a DTD, a template and a picture that stand on another machine."""
    head, rest = document_xml(data).split(b'?>', 1)
    fetched = f'<!DOCTYPE w:document SYSTEM "{EVIL}.dtd" [<!ENTITY far SYSTEM "{EVIL}">]>'.encode()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        rels = package.read('word/_rels/document.xml.rels')
    far = ''.join(
        f'<Relationship Id="rIdFar{kind}" TargetMode="External" Target="{EVIL}" Type="http://schemas.openxmlformats.org/'
        f'officeDocument/2006/relationships/{kind}"/>'
        for kind in ('attachedTemplate', 'image', 'oleObject')
    )
    return repacked(data, {
        'word/document.xml': head + b'?>' + fetched + rest.replace(b'<w:t>', b'<w:t>&far;', 1),
        'word/_rels/document.xml.rels': rels.replace(b'</Relationships>', far.encode() + b'</Relationships>'),
    })  # fmt: skip


def macro(data: bytes) -> bytes:
    return repacked(data, {'word/vbaProject.bin': b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' + b'Sub AutoOpen()' * 100})


def test_documents_that_point_elsewhere_fetch_nothing(no_network: list[object]) -> None:
    html = f'<html><head><link rel=stylesheet href="{EVIL}"><script src="{EVIL}"></script><base href="{EVIL}"></head><body><p>青川市考核细则</p><img src="{EVIL}"><iframe src="{EVIL}"></iframe></body></html>'  # fmt: skip
    for data in (external(word(CLEAN_HOSPITAL)), macro(word(CLEAN_HOSPITAL)), html.encode()):
        reading = read_bytes(data, 'x')
        assert reading.rows is not None or reading.failure is not None
    assert no_network == []


def test_a_whole_run_reaches_no_other_machine(inbox: Path, no_network: list[object], in_this_process: None) -> None:
    (inbox / 'a.docx').write_bytes(word(CLEAN_HOSPITAL))
    assert len(run([scope_of(inbox)], Path('catalogue.db'), jobs=1).with_status('ok')) == 1
    assert no_network == []


def test_an_entity_bomb_is_not_expanded() -> None:
    reading = read_bytes(laughing(word(CLEAN_HOSPITAL)), 'x.docx')
    told = [row for rows in reading.rows or () for row in rows.values]
    assert len(repr(told)) < 200_000
    assert reading.seconds < 60


def test_macros_are_no_part_of_the_notice() -> None:
    plain_one, with_macro = (catalogue_of(data, 'x') for data in (word(CLEAN_HOSPITAL), macro(word(CLEAN_HOSPITAL))))
    assert with_macro.indicators == plain_one.indicators


def test_a_pdf_whose_pages_contain_themselves_ends() -> None:
    data = pdf(CLEAN_HOSPITAL)
    looped = data.replace(b'/Kids [6 0 R', b'/Kids [2 0 R')
    assert looped != data
    for damaged in (
        looped,
        data.replace(b'/Type /Page /', b'/Type /Pages /'),
        data.replace(b'/Length ', b'/Length 99999999 '),
    ):
        reading = read_bytes(damaged, 'x.pdf')
        assert reading.failure is None or not reading.failure.code.startswith('worker.')


def test_a_picture_of_absurd_size_is_refused_and_not_unpacked() -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))

    size = struct.pack('>IIBBBBB', 300_000, 300_000, 8, 0, 0, 0, 0)
    data = (
        b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', size) + chunk(b'IDAT', zlib.compress(bytes(1000))) + chunk(b'IEND', b'')
    )
    reading = read_bytes(data, 'x.png')
    assert reading.failure is not None
    assert reading.failure.code in ('file.too_large', 'file.broken', 'file.no_text')


@pytest.mark.parametrize('text', ['\x1b[2J', '\x1b]0;title\x07', '\u202egnp', '\r\n覆盖', '\x9b31m', '\u200b'])
def test_what_a_file_says_cannot_steer_the_terminal(text: str) -> None:
    shown = plain(f'前{text}后')
    assert not any(
        ord(character) < 32 or 127 <= ord(character) < 160 or character in '\u202e\u200b' for character in shown
    )


def test_the_closing_words_hold_no_control_characters_from_names(
    inbox: Path, plain_reader: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (inbox / '坏\x1b[31m\n\u202e.txt').write_text('坏\x1b[2J通知\u202e')
    report: Report = run([scope_of(inbox)], Path('catalogue.db'), jobs=1)
    tell(report, quiet=False, table=True)
    said = capsys.readouterr()
    assert not any(sign in said.err + said.out for sign in ('\x1b', '\u202e'))
