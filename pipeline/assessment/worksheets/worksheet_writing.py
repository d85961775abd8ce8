"""The worksheet (自评表) as a workbook."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

from kaohe.pipeline.assessment.worksheets.worksheet_content import SheetContent
from kaohe.pipeline.assessment.worksheets.worksheet_drawing import Drawing
from kaohe.pipeline.assessment.worksheets.worksheet_pages import draw_calculation, draw_guide, draw_summary


def worksheet_file(content: SheetContent, assessed: str | None, period: str | None) -> bytes:
    """The worksheet as a file."""
    from xlsxwriter import Workbook

    from kaohe.pipeline.assessment.worksheets.formula_sheet import FormulaSheet

    made = BytesIO()
    book = Workbook(made, {'strings_to_formulas': False, 'strings_to_urls': False, 'strings_to_numbers': False, 'in_memory': True})  # fmt: skip
    book.worksheet_class = FormulaSheet
    book.set_properties(
        {'title': f'{content.title}自评表', 'created': datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)}
    )
    drawing = Drawing(book, content)
    drawing.form(assessed or content.office, period)
    draw_summary(drawing)
    draw_guide(drawing)
    draw_calculation(drawing)
    book.close()
    return made.getvalue()
