"""Markup that lies about its characters, its depth and its entities is told, and ends no reader as a fault of the program."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from kaohe.extractors.document import Document, Unreadable
from kaohe.extractors.formats import read
from tests.pipeline.conftest import Command
from tools.samples.notices import CLEAN_HOSPITAL
from tools.samples.pdf import pdf
from tools.samples.raw_workbook import workbook
from tools.samples.word import word


def texts(data: bytes) -> list[str]:
    return [*read(data).texts()]


def failure(data: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        read(data)
    return refused.value.finding.code


@pytest.mark.parametrize(
    'name', ['undefined', 'punycode', 'idna', 'unicode_escape', 'raw-unicode-escape', 'zip', 'hex', 'rot13', 'utf-7']
)
def test_a_page_that_claims_an_encoding_that_no_page_has_is_read_by_what_it_holds(name: str) -> None:
    page = f'<html><head><meta charset="{name}"></head><body><p>考核细则\\u4e00+ZeVnLA-</p></body></html>'
    for encoding in ('utf-8', 'gb18030'):
        assert texts(page.encode(encoding)) == ['考核细则\\u4e00+ZeVnLA-']


def test_a_message_in_messages_is_refused() -> None:
    parts = [f'Content-Type: multipart/mixed; boundary="b{depth}"\n\n--b{depth}\n' for depth in range(3000)]
    assert failure(f'MIME-Version: 1.0\n{"".join(parts)}Content-Type: text/html\n\n<p>x</p>'.encode()) == 'file.broken'


def with_entity(packed: bytes, part: str, old: str) -> bytes:
    """The package with a text of one part put into an entity that the part declares."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as source, zipfile.ZipFile(made, 'w') as target:
        for name in source.namelist():
            data = source.read(name)
            if name == part:
                text = data.decode().partition('?>')[2]
                assert old in text
                data = f'<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE d [<!ENTITY e "{old}">]>{text.replace(old, "&e;", 1)}'.encode()
            target.writestr(name, data)
    return made.getvalue()


def test_half_a_character_in_a_workbook_is_told_and_the_rest_is_read() -> None:
    document = read(workbook({'A4': '3', 'B4': '台账X齐全'}))
    assert [found.code for found in document.findings] == []
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook({'A4': '3', 'B4': '台账X齐全'}))) as source,
        zipfile.ZipFile(made, 'w') as target,
    ):
        for name in source.namelist():
            target.writestr(name, source.read(name).replace('台账X'.encode(), '台账_xD800_'.encode()))
    document = read(made.getvalue())
    assert [found.code for found in document.findings] == ['part.unreadable']
    assert '台账\ufffd齐全' in document.texts()


def test_what_an_entity_stands_for_is_not_lost_in_silence() -> None:
    assert failure(with_entity(word(CLEAN_HOSPITAL), 'word/document.xml', '青')) == 'file.broken'
    declared = word(CLEAN_HOSPITAL)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(declared)) as source, zipfile.ZipFile(made, 'w') as target:
        for name in source.namelist():
            data = source.read(name)
            if name == 'word/document.xml':
                data = (
                    b'<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE d [<!ENTITY e "x">]>' + data.partition(b'?>')[2]
                )
            target.writestr(name, data)
    assert texts(made.getvalue()) == texts(declared)  # declared and not used: nothing is lost


def test_many_pages_that_cannot_be_read_are_told_in_few_findings() -> None:
    whole = pdf(CLEAN_HOSPITAL)
    count = whole.split(b'/Count ')[1].split()[0]
    document: Document = read(whole.replace(b'/Count ' + count, b'/Count ' + b'2' * len(count) + b'000', 1))
    assert document.findings
    assert len(document.findings) < 40
    assert any('另有' in found.message for found in document.findings)


def with_body(body: str, before: str = '') -> bytes:
    """A Word document with this in its body, as raw XML."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word(CLEAN_HOSPITAL))) as source, zipfile.ZipFile(made, 'w') as target:
        for name in source.namelist():
            data = source.read(name)
            if name == 'word/document.xml':
                text = data.decode().partition('?>')[2].replace('</w:body>', f'{body}</w:body>', 1)
                data = f'<?xml version="1.0" encoding="UTF-8"?>{before}{text}'.encode()
            target.writestr(name, data)
    return made.getvalue()


def said(data: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        read(data)
    return refused.value.finding.message


def test_a_word_text_that_is_too_deep_or_grows_by_its_entities_is_refused_with_that_reason() -> None:
    deep = '<w:sdt><w:sdtContent>' * 300 + '</w:sdtContent></w:sdt>' * 300
    assert '层次太深' in said(with_body(deep))
    grows = ''.join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, 10))
    assert '实体' in said(
        with_body('<w:p><w:r><w:t>&e9;</w:t></w:r></w:p>', f'<!DOCTYPE d [<!ENTITY e0 "lol">{grows}]>')
    )
    assert '没有正文' in said(with_body('<w:p>'))


def test_a_shared_text_that_is_not_there_costs_its_cell_alone() -> None:
    made = io.BytesIO()
    old = '<c r="B4" t="inlineStr"><is><t xml:space="preserve">台账</t></is></c>'
    with (
        zipfile.ZipFile(io.BytesIO(workbook({'A4': '3', 'B4': '台账'}))) as source,
        zipfile.ZipFile(made, 'w') as target,
    ):
        for name in source.namelist():
            data = source.read(name).decode()
            assert (old in data) == name.endswith('sheet1.xml')
            target.writestr(name, data.replace(old, '<c r="B4" t="s"><v>99</v></c>'))
    document = read(made.getvalue())
    assert [found.code for found in document.findings] == ['part.unreadable']
    assert '按时总结' in document.texts()


def test_a_character_that_no_text_has_is_left_out_of_a_page_and_tells_that_a_text_is_none(
    inbox: Path, command: Command
) -> None:
    page = '<p>青川市考核细则</p><table><tr><td>项目<td>考核内容<td>评分标准<td>分值<tr><td>安全<td>报\0告<td>迟报1次扣1分<td>5</table>'
    (inbox / 'a.html').write_text(page)
    assert command('ingest').status == 0
    told = command('search', '迟报').out
    assert '迟报' in told
    assert '\0' not in told
    assert command('export', 'a.xlsx').status == 0
    assert command('check').status == 0
    (inbox / 'b.txt').write_text('青川市考核细则\n安全\t报\0告\t迟报1次扣1分\t5\n')
    ran = command('ingest')
    assert (ran.status, '认不出这是什么文件' in ran.err) == (1, True)
