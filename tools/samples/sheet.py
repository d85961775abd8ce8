"""Draws a sample as a workbook: every part of the notice in one sheet, paragraphs in cells merged over the width."""

from __future__ import annotations

import datetime
import io

import xlsxwriter

from tools.samples.model import Grid, Sample


def xlsx(sample: Sample) -> bytes:
    """The sample as an .xlsx file: the same bytes at every call."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {'in_memory': True, 'strings_to_numbers': False})
    book.set_properties({'created': datetime.datetime(2025, 1, 1)})  # noqa: DTZ001 - a workbook's dates have no zone
    sheet = book.add_worksheet('考核')
    wrapped = book.add_format({'text_wrap': True, 'border': 1, 'valign': 'vcenter'})
    width = max((len(part.widths) for part in sample.body if isinstance(part, Grid)), default=2)
    at = 0
    for part in sample.body:
        if isinstance(part, Grid):
            for cell in part.cells:
                top, left = at + cell.row, cell.col
                if cell.row_span * cell.col_span > 1:
                    sheet.merge_range(top, left, top + cell.row_span - 1, left + cell.col_span - 1, cell.text, wrapped)
                elif cell.text.replace('.', '', 1).isdigit():
                    sheet.write_number(top, left, float(cell.text), wrapped)
                else:
                    sheet.write_string(top, left, cell.text, wrapped)
            at += part.rows
        else:
            sheet.merge_range(at, 0, at, width - 1, part.text)
            at += 1
    book.close()
    return written.getvalue()
