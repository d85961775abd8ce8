"""The worksheet (自评表) as a workbook."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

from kaohe.pipeline.assessment.worksheets.worksheet_content import SheetContent
from kaohe.pipeline.assessment.worksheets.worksheet_drawing import Drawing
from kaohe.pipeline.assessment.worksheets.worksheet_pages import draw_calculation, draw_guide, draw_summary

_RESULT: Final = re.compile(rb'</f><v>[^<]*</v>')


def worksheet_file(content: SheetContent, assessed: str | None, period: str | None) -> bytes:
    """The worksheet as a file."""
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
    return _uncalculated(made.getvalue())


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
