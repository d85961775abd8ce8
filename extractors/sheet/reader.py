"""Excel workbooks (xlsx, xls): every visible sheet's tables and the lines of text around them.

Formulas give the value that was stored with them. Hidden sheets, rows and columns are not part of what the office sent out for reading:
they are left out, and a finding names them.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

import python_calamine as calamine
from lxml import etree

from kaohe.extractors.document import Block, Document, Table, Unreadable
from kaohe.extractors.findings import Finding, finding
from kaohe.extractors.sheet.mending import without_dangling
from kaohe.extractors.sheet.own_workbook import refuse_own
from kaohe.extractors.sheet.package import checked
from kaohe.extractors.sheet.sheet_look import PLAIN, SheetLook
from kaohe.extractors.sheet.shown_sheet import ShownSheet, read_sheet
from kaohe.extractors.sheet.shown_values import Value
from kaohe.extractors.sheet.xls_look import xls_looks
from kaohe.extractors.sheet.xlsx_look import xlsx_looks
from kaohe.extractors.sniffing import OLE_MAGIC
from kaohe.extractors.zip.limits import ZIP_FAULTS

MAX_CELLS = 1_000_000  # of a sheet; what lies below is left out, with a finding

Result = TypeVar('Result')


def read(data: bytes) -> Document:
    """The document that a workbook holds.

    Raises ``Unreadable``: ``file.encrypted``, ``file.broken``, ``file.too_large``, ``file.unsupported`` for a workbook of
    this program, or ``file.empty`` where no visible sheet has text.
    """
    old = data.startswith(OLE_MAGIC)
    if not old:
        data = checked(data)
        refuse_own(data)
    workbook = _opened(data)
    looks = xls_looks(data) if old else xlsx_looks(data)
    blocks: list[Block] = []
    tables: list[Table] = []
    findings: list[Finding] = []
    for number, sheet in enumerate(workbook.sheets_metadata):
        if sheet.visible != calamine.SheetVisibleEnum.Visible:
            findings.append(finding('sheet.hidden', name=sheet.name))
        elif sheet.typ == calamine.SheetTypeEnum.WorkSheet:
            work = partial(_shown, number=number, look=looks.get(sheet.name, PLAIN))
            try:
                shown = _guarded(partial(work, workbook))
            except Unreadable:
                mended, dropped = (data, 0) if old else _mended(data)
                if not dropped:
                    findings.append(finding('part.unreadable', detail=f'工作表“{sheet.name}”'))
                    continue
                shown = _guarded(partial(work, _opened(mended)))
                findings.append(finding('part.unreadable', detail=f'工作表“{sheet.name}”里指向别处文字的 {dropped} 格'))
            findings += shown.findings
            for region in shown.regions:
                if region.cells:
                    blocks.append(Block('table', table=len(tables)))
                    tables.append(Table(len(tables), region.rows, region.cols, region.cells, sheet=sheet.name))
                else:
                    blocks.append(Block('paragraph', region.text, centered=region.centered))
    if not blocks:
        lost = [found for found in findings if found.code == 'part.unreadable']
        raise Unreadable(finding('file.broken', detail='工作表读不出来') if lost else finding('file.empty'))
    document = Document('xls' if old else 'xlsx', tuple(blocks), tuple(tables), findings=tuple(findings))
    halves = sum(text.count('\ufffd') for text in document.texts())  # what the library makes of half a character
    return document.complain(finding('part.unreadable', detail=f'{halves} 个残缺的字')) if halves else document


def _shown(workbook: calamine.CalamineWorkbook, number: int, look: SheetLook) -> ShownSheet:
    """What is seen on a sheet."""
    sheet = workbook.get_sheet_by_index(number)
    if sheet.start is None or sheet.end is None:
        return read_sheet(sheet.name, [], [], look)
    rows: list[list[Value]] = []
    blank: list[Value] = [''] * (sheet.end[1] + 1)  # one for all rows in which nothing stands: there may be a million
    before: list[Value] = [''] * sheet.start[1]  # rows are given from the first column in which something stands
    count = 0
    for line in sheet.iter_rows():
        told = [*before, *line] if any(value != '' for value in line) else blank
        count += len(told) if told is line else 0
        if count > MAX_CELLS:
            break
        rows.append(told)
    merged = [(top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()]
    shown = read_sheet(sheet.name, rows, merged, look)
    if count <= MAX_CELLS:
        return shown
    large = finding('table.large', where=f'工作表“{sheet.name}”', rows=len(rows))
    return replace(shown, findings=(large, *shown.findings))


def _opened(data: bytes) -> calamine.CalamineWorkbook:
    return _guarded(lambda: calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)))


def _mended(data: bytes) -> tuple[bytes, int]:
    try:
        return without_dangling(data)
    except (Unreadable, etree.XMLSyntaxError, *ZIP_FAULTS, OSError):
        return data, 0


def _guarded(work: Callable[[], Result]) -> Result:
    """The result, or ``Unreadable`` where the library gives up on the file; it panics on some, which is no ``Exception``."""
    try:
        return work()
    except calamine.PasswordError as fault:
        raise Unreadable(finding('file.encrypted')) from fault
    except BaseException as fault:
        if not isinstance(fault, Exception) and type(fault).__name__ != 'PanicException':
            raise
        raise Unreadable(finding('file.broken', detail='工作簿打不开')) from fault
