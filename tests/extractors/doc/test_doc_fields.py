"""Fields of .doc files: check boxes, lists, formulas and circled numbers are read; pictures and embedded formulas are named with their place.

LibreOffice makes the files from Word files of raw XML, where it is installed.
"""

from __future__ import annotations

import struct
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from kaohe.extractors import doc, optional
from kaohe.extractors.doc.form_fields import form_value
from kaohe.extractors.document import Document
from tests.extractors.docx_builder import cell, docx, par, row, run, table


def field(code: str, result: str = '', data: str = '') -> str:
    """A field with its instruction; ``data`` is what a form field keeps."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"{}</w:r>'
    begin = mark.format('begin', f'>{data}</w:fldChar>' if data else '/>')
    middle = f'{mark.format("separate", "/>")}{run(result)}' if result else ''
    return (
        f'{begin}<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>{middle}{mark.format("end", "/>")}'
    )


def box(ticked: bool) -> str:
    state = f'<w:checkBox><w:sizeAuto/><w:default w:val="{int(ticked)}"/></w:checkBox>'
    return field(
        'FORMCHECKBOX', data=f'<w:ffData><w:name w:val="a"/><w:enabled/><w:calcOnExit w:val="0"/>{state}</w:ffData>'
    )


def choice(at: int, *entries: str) -> str:
    listed = ''.join(f'<w:listEntry w:val="{entry}"/>' for entry in entries)
    data = f'<w:ffData><w:name w:val="b"/><w:enabled/><w:calcOnExit w:val="0"/><w:ddList><w:result w:val="{at}"/>{listed}</w:ddList></w:ffData>'
    return field('FORMDROPDOWN', data=data)


def as_doc(tmp_path: Path, *body: str, written: Mapping[str, str] | None = None) -> Document:
    """The file read; ``written`` is what stands in it instead of as many other characters, because LibreOffice writes no such fields."""
    office = optional.office_program()
    if office is None:
        pytest.skip('LibreOffice is not installed')
    (tmp_path / 'a.docx').write_bytes(docx(''.join(body)))
    subprocess.run(
        [
            office,
            f'-env:UserInstallation=file://{tmp_path}/profile',
            '--headless',
            '--convert-to',
            'doc',
            '--outdir',
            tmp_path,
            tmp_path / 'a.docx',
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    data = (tmp_path / 'a.doc').read_bytes()
    for before, after in (written or {}).items():
        assert len(before) == len(after)
        assert before.encode('utf-16-le') in data
        data = data.replace(before.encode('utf-16-le'), after.encode('utf-16-le'))
    return doc.read(data)


def test_a_form_is_read_as_it_is_filled_in(tmp_path: Path) -> None:
    found = as_doc(
        tmp_path,
        par('考核细则'),
        table(
            row(cell('内容'), cell('标准')),
            row(cell('台账'), cell(par(box(True) + run('已建立') + box(False) + run('未建立')))),
            row(cell('等次'), cell(par(run('评为') + choice(1, '优秀', '良好', '合格') + run('的得5分')))),
            row(cell('比例'), cell(par(run(r'达到〖EQ \f(2,3)〗的得3分')))),
            row(cell('序号'), cell(r'见〖EQ \o\ac(○,3)〗条')),
            row(cell('面积'), cell(r'10〖EQ \s\up5(4)〗平方米')),
            row(cell('编号'), cell(par(field('REF x', '第五条') + run('规定的扣1分')))),
        ),
        par('完'),
        written={'〖': '\x13', '〗': '\x15'},
    )
    texts = [one.text for one in found.tables[0].cells if one.col == 1][1:]
    assert texts == ['☑已建立☐未建立', '评为良好的得5分', '达到2/3的得3分', '见③条', '10⁴平方米', '第五条规定的扣1分']


def ffdata(kind: int, result: int, default: int, entries: tuple[str, ...] = ()) -> bytes:
    def text(value: str) -> bytes:
        return struct.pack('<H', len(value)) + value.encode('utf-16-le') + bytes(2)

    listed = b''.join(struct.pack('<H', len(one)) + one.encode('utf-16-le') for one in entries)
    table_of = struct.pack('<HHH', 0xFFFF, len(entries), 0) + listed if kind == 2 else b''
    inner = struct.pack('<IHHH', 0xFFFFFFFF, kind | result << 2, 0, 0) + text('a') + struct.pack('<H', default)
    inner += text('') * 5 + table_of
    return bytes(7) + struct.pack('<IH', 68 + len(inner), 68) + bytes(62) + inner


@pytest.mark.parametrize(
    ('data', 'shown'),
    [
        (ffdata(1, 1, 0), '☑'),
        (ffdata(1, 0, 1), '☐'),
        (ffdata(1, 25, 1), '☑'),
        (ffdata(1, 25, 0), '☐'),
        (ffdata(2, 2, 0, ('优', '良', '中')), '中'),
        (ffdata(2, 25, 1, ('优', '良', '中')), '良'),
        (ffdata(2, 7, 0, ('优',)), None),
        (ffdata(0, 0, 0), None),
        (ffdata(2, 2, 0, ('优', '良', '中'))[:-3], None),
        (b'', None),
    ],
)
def test_the_data_of_a_form_field_say_what_it_shows(data: bytes, shown: str | None) -> None:
    found = form_value(data, 7)
    assert found == shown or (shown is None and found == '')


@pytest.mark.parametrize(
    ('code', 'named'), [('EMBED EQUATION', '公式'), ('EMBED EXCELSHT', '嵌入对象'), ('INCLUDEPICTUR', '图片')]
)
def test_a_picture_or_formula_is_named_with_its_place(code: str, named: str, tmp_path: Path) -> None:
    found = as_doc(
        tmp_path,
        par('考核细则'),
        table(
            row(cell('内容'), cell('标准')), row(cell('得分'), cell(par(run('得分等于XX') + box(True) + run('的值'))))
        ),
        par('完'),
        written={'XX\x13 FORMCHECKBOX \x01': f'\x13 {code.ljust(14)}\x14\x01'},
    )
    assert found.tables[0].cells[-1].text == '得分等于的值'
    (told,) = [one for one in found.findings if one.code == 'part.pictures']
    assert told.message.startswith(f'第 1 张表第 2 行“得分等于的值”旁的{named}：')
    assert (told.table, told.row) == (0, 1)
