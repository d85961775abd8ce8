"""Writes the worksheet (自评表) as a workbook."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

from kaohe.pipeline.assessment.worksheets.worksheet_content import SheetContent
from kaohe.pipeline.assessment.worksheets.worksheet_drawing import Drawing
from kaohe.pipeline.assessment.worksheets.worksheet_pages import draw_calculation, draw_guide, draw_summary
from kaohe.pipeline.refusal import Refusal

_RESULT: Final = re.compile(rb'</f><v>[^<]*</v>')


def write_worksheet(path: Path, content: SheetContent, assessed: str | None, period: str | None) -> None:
    """Writes the worksheet. Raises `Refusal` where the file cannot be written."""
    from xlsxwriter import Workbook

    made = BytesIO()
    book = Workbook(made, {'strings_to_formulas': False, 'strings_to_urls': False, 'strings_to_numbers': False, 'in_memory': True})  # fmt: skip
    book.set_properties(
        {'title': f'{content.title}自评表', 'created': datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)}
    )
    drawing = Drawing(book, content)
    drawing.form(assessed or content.office, period)
    draw_summary(drawing)
    draw_guide(drawing)
    draw_calculation(drawing)
    book.close()
    try:
        path.write_bytes(_uncalculated(made.getvalue()))
    except OSError as error:
        raise Refusal(
            f'写不了 {path}（{error.strerror}），请检查文件夹和权限；如果正在 Excel 或 WPS 里打开，请先关闭'
        ) from error


def _uncalculated(made: bytes) -> bytes:
    """The workbook without the zeros that stand for results: LibreOffice would believe them and not calculate."""
    told = BytesIO()
    with ZipFile(BytesIO(made)) as source, ZipFile(told, 'w', ZIP_DEFLATED) as target:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename.startswith('xl/worksheets/'):
                data = _RESULT.sub(b'</f>', data)
            target.writestr(entry, data, ZIP_DEFLATED)
    return told.getvalue()
