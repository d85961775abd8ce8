"""Workbooks written part by part, so that they may say what no program would write."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

_MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
_OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
_PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships'
PLAIN = (
    ('序号', '考核内容', '评分标准', '分值'),
    ('1', '按时报告', '迟报1次扣1分', '5'),
    ('2', '按时总结', '缺1项扣1分', '5'),
)
PARTS = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    '_rels/.rels': f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    'xl/workbook.xml': f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="考核" sheetId="1" r:id="rId1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    'xl/sharedStrings.xml': f'<sst xmlns="{_MAIN}" count="1" uniqueCount="1"><si><t>共有</t></si></sst>',
}  # fmt: skip


def cell(at: str, text: str) -> str:
    """A cell with a text of its own."""
    return f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def workbook(
    others: Mapping[str, str] | None = None, *, extra: str = '', parts: Mapping[str, str] | None = None
) -> bytes:
    """A small scoring table from A1 on, with ``others`` (place: text) in rows below it, and rows of XML as they are."""
    rows = [
        ''.join(cell(f'{"ABCD"[col]}{row}', text) for col, text in enumerate(line))
        for row, line in enumerate(PLAIN, start=1)
    ]
    sheet = ''.join(f'<row r="{number}">{line}</row>' for number, line in enumerate(rows, start=1))
    for at, text in (others or {}).items():
        sheet += f'<row r="{at.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}">{cell(at, text)}</row>'
    made = io.BytesIO()
    with zipfile.ZipFile(made, 'w', zipfile.ZIP_DEFLATED) as package:
        written = PARTS | {
            'xl/worksheets/sheet1.xml': f'<worksheet xmlns="{_MAIN}"><sheetData>{sheet}{extra}</sheetData></worksheet>'
        }
        for name, content in (written | dict(parts or {})).items():
            package.writestr(name, content)
    return made.getvalue()
