"""Excel workbooks (xlsx, xls): every visible sheet's tables and the lines of text around them.

Formulas give the value that was stored with them. Hidden sheets are not part of what the office sent out for reading: they
are left out, and a finding names them.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial
from typing import TypeVar

import python_calamine as calamine

from kaohe.extractors.document import Block, Document, Table, Unreadable
from kaohe.extractors.findings import Finding, finding
from kaohe.extractors.sheet.package import check_package, percent_cells
from kaohe.extractors.sheet.shown_values import Value, shown
from kaohe.extractors.sheet.tables import SheetRegion, regions
from kaohe.extractors.sniffing import OLE_MAGIC

MAX_CELLS = 1_000_000  # of a sheet; what lies below is left out, with a finding

Result = TypeVar('Result')
_Rows = list[list[Value]]


def read(data: bytes) -> Document:
    """The document that a workbook holds.

    Raises ``Unreadable``: ``file.encrypted``, ``file.broken``, ``file.too_large``, or ``file.empty`` where no visible sheet has text.
    """
    old = data.startswith(OLE_MAGIC)
    if not old:
        check_package(data)
    workbook = _guarded(lambda: calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)))
    percents = {} if old else percent_cells(data)
    blocks: list[Block] = []
    tables: list[Table] = []
    findings: list[Finding] = []
    for number, sheet in enumerate(workbook.sheets_metadata):
        if sheet.visible != calamine.SheetVisibleEnum.Visible:
            findings.append(finding('sheet.hidden', name=sheet.name))
        elif sheet.typ == calamine.SheetTypeEnum.WorkSheet:
            try:
                found, left_out = _guarded(partial(_regions, workbook, number, percents.get(sheet.name)))
            except Unreadable:
                findings.append(finding('part.unreadable', detail=f'工作表“{sheet.name}”'))
                continue
            findings += [finding('table.large', where=f'工作表“{sheet.name}”', rows=left_out)] if left_out else []
            for region in found:
                if region.cells:
                    blocks.append(Block('table', table=len(tables)))
                    tables.append(Table(len(tables), region.rows, region.cols, region.cells, sheet=sheet.name))
                else:
                    blocks.append(Block('paragraph', region.text, centered=region.centered))
    if not blocks:
        raise Unreadable(finding('file.empty'))
    return Document('xls' if old else 'xlsx', tuple(blocks), tuple(tables), findings=tuple(findings))


def _regions(
    workbook: calamine.CalamineWorkbook, number: int, percents: frozenset[tuple[int, int]] | None
) -> tuple[list[SheetRegion], int | None]:
    """The tables and lines of a sheet, and the number of rows read where it has more than can be read."""
    sheet = workbook.get_sheet_by_index(number)
    if sheet.end is None:
        return [], None
    most = MAX_CELLS // (sheet.end[1] + 1)
    rows: _Rows = sheet.to_python(skip_empty_area=False, nrows=min(most, sheet.end[0] + 1))
    texts = [
        [shown(value, percent=percents is not None and (row, col) in percents) for col, value in enumerate(line)]
        for row, line in enumerate(rows)
    ]
    merged = [(top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()]
    return regions(texts, merged), most if sheet.end[0] >= most else None


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
