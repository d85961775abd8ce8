"""Tables on paper, as Word files that people fill in by hand or change: A4 across, the header on every page, a line for signatures."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from kaohe.pipeline.assessment.worksheets.worksheet_content import SheetContent

if TYPE_CHECKING:
    from docx.shared import Length
    from docx.table import _Cell

# Columns and their widths in millimetres: 267 are printable on A4 across with margins of 15.
_FORM = (
    ('序号', 12), ('类别', 28), ('考核内容', 58), ('评分标准', 60), ('分值', 12), ('责任', 36), ('自评得分', 15), ('扣分原因', 26), ('佐证材料', 20),
)  # fmt: skip
_FONT = '宋体'


def paper_form(content: SheetContent, assessed: str | None, period: str | None) -> bytes:
    """The self-assessment form of a notice, or of an office's part of it, as a Word file to be filled in by hand. It cannot be scored from."""
    unit = assessed or content.office
    told = f'被考核单位：{unit or "＿＿＿＿＿＿"}　　考核期：{period or "＿＿＿＿＿＿"}'
    rows = [
        (line.number, line.category, '\n'.join(part for part in (line.name, line.asks) if part), line.criteria, line.points, line.duties, None, None, None)
        for line in content.lines
    ]  # fmt: skip
    return word_table(f'{content.title}自评表', told, _FORM, rows)


def word_table(
    title: str, below: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[str | float | None]]
) -> bytes:
    """A Word file with a title, a line below it, a ruled table (titles and widths in millimetres of its ``columns``) and a line for signatures."""
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    paper: Any = Document()
    # The same content makes the same bytes.
    paper.core_properties.created = paper.core_properties.modified = datetime(2000, 1, 1, tzinfo=UTC)
    paper.core_properties.author, paper.core_properties.title = '', title
    style = paper.styles['Normal']
    style.font.name, style.font.size = _FONT, Pt(10)
    style.element.rPr.rFonts.set(qn('w:eastAsia'), _FONT)
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(15)
    heading = paper.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = heading.add_run(title)
    run.bold, run.font.size = True, Pt(15)
    paper.add_paragraph(below)
    told = list(rows)
    table = paper.add_table(1 + len(told), len(columns), 'Table Grid')
    table.autofit = False
    for column, (_, width) in zip(table.columns, columns, strict=True):
        column.width = Mm(width)
    grid = [list(row.cells) for row in table.rows]
    for cell, (name, width) in zip(grid[0], columns, strict=True):
        _fill(cell, name, Mm(width), bold=True)
    for at, row in enumerate(table.rows):  # the header stands on every page; no row is cut by the end of one
        properties = row._tr.get_or_add_trPr()
        properties.append(properties.makeelement(qn('w:cantSplit' if at else 'w:tblHeader'), {}))
    for cells, values in zip(grid[1:], told, strict=True):
        for cell, value, (_, width) in zip(cells, values, columns, strict=True):
            _fill(cell, _text(value), Mm(width))
    paper.add_paragraph()
    paper.add_paragraph('科室负责人签字：＿＿＿＿＿＿　　填表人：＿＿＿＿＿＿　　日期：＿＿＿＿年＿＿月＿＿日')
    written = io.BytesIO()
    paper.save(written)
    return written.getvalue()


def _fill(cell: _Cell, text: str, width: Length, *, bold: bool = False) -> None:
    cell.width = width
    run = cell.paragraphs[0].add_run(_allowed(text))
    run.bold = bold or None


def _text(value: str | float | None) -> str:
    return f'{value:g}' if isinstance(value, float | int) else value or ''


def _allowed(text: str) -> str:
    """What XML may hold."""
    return ''.join(
        c for c in text if c in '\t\n' or (c >= ' ' and not '\ud800' <= c <= '\udfff' and c not in '\ufffe\uffff')
    )
