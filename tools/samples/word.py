"""Draws a sample as a Word document. The table's XML is written directly: python-docx merges cells in quadratic time."""

from __future__ import annotations

import datetime
import io
import zipfile

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt

from tools.samples.model import Grid, Paragraph, Sample

_CENTERED = {'letterhead', 'number', 'title', 'table_title'}
_SIZES = {'letterhead': 26, 'title': 20, 'table_title': 16}
_PAGE_WIDTH = 9000  # twentieths of a point between the margins
_EPOCH = (1980, 1, 1, 0, 0, 0)


def _child(parent: BaseOxmlElement, tag: str, **attributes: str) -> BaseOxmlElement:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f'w:{name}'), value)
    parent.append(element)
    return element


def _table(document: Document, grid: Grid) -> None:
    table = OxmlElement('w:tbl')
    properties = _child(table, 'w:tblPr')
    _child(properties, 'w:tblStyle', val='TableGrid')
    _child(properties, 'w:tblW', w=str(_PAGE_WIDTH), type='dxa')
    _child(properties, 'w:tblLayout', type='fixed')
    widths = [int(_PAGE_WIDTH * width / sum(grid.widths)) for width in grid.widths]
    columns = _child(table, 'w:tblGrid')
    for width in widths:
        _child(columns, 'w:gridCol', w=str(width))
    at = {(row, cell.col): cell for cell in grid.cells for row in range(cell.row, cell.row + cell.row_span)}
    for row in range(grid.rows):
        line = _child(table, 'w:tr')
        if row < grid.header_rows:
            _child(_child(line, 'w:trPr'), 'w:tblHeader')
        col = 0
        while col < len(widths):
            cell = at[row, col]
            drawn = _child(line, 'w:tc')
            how = _child(drawn, 'w:tcPr')
            _child(how, 'w:tcW', w=str(sum(widths[col : col + cell.col_span])), type='dxa')
            if cell.col_span > 1:
                _child(how, 'w:gridSpan', val=str(cell.col_span))
            if cell.row_span > 1:
                _child(how, 'w:vMerge', **({'val': 'restart'} if row == cell.row else {}))
            for text in cell.text.split('\n') if row == cell.row else ['']:
                written = _child(_child(_child(drawn, 'w:p'), 'w:r'), 'w:t')
                written.text = text
                written.set('{http://www.w3.org/XML/1998/namespace}space', 'preserve')
            col += cell.col_span
    document.element.body.insert(len(document.element.body) - 1, table)


def _paragraph(document: Document, paragraph: Paragraph) -> None:
    written = document.add_paragraph()
    run = written.add_run(paragraph.text)
    if paragraph.style in _SIZES:
        run.font.size = Pt(_SIZES[paragraph.style])
    if paragraph.style in _CENTERED:
        written.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if paragraph.style == 'signature':
        written.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def word(sample: Sample) -> bytes:
    """The sample as a .docx file: the same bytes at every call (no dates, no order of chance)."""
    document = docx.Document()
    style = document.styles['Normal']
    style.font.name = 'Noto Serif CJK SC'
    style.element.rPr.rFonts.set(qn('w:eastAsia'), 'Noto Serif CJK SC')
    document.core_properties.created = document.core_properties.modified = datetime.datetime(2025, 1, 1)  # noqa: DTZ001 - Word's dates have no zone
    document.core_properties.author = document.core_properties.title = ''
    for part in sample.body:
        if isinstance(part, Grid):
            _table(document, part)
        else:
            _paragraph(document, part)
    # Without a paragraph after its last table LibreOffice's .doc export drops the table.
    document.add_paragraph()
    written = io.BytesIO()
    document.save(written)
    return _without_times(written.getvalue())


def _without_times(package: bytes) -> bytes:
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(result, 'w', zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda name: (name != '[Content_Types].xml', name)):
            target.writestr(zipfile.ZipInfo(name, _EPOCH), source.read(name), zipfile.ZIP_DEFLATED)
    return result.getvalue()
