"""Draws a sample as a web page, as government websites show notices."""

from __future__ import annotations

from html import escape

from tools.samples.model import Grid, Sample


def _text(text: str) -> str:
    return escape(text).replace('\n', '<br>')


def html(sample: Sample, encoding: str = 'utf-8') -> bytes:
    """The sample as a page in ``encoding``, with a script and a style that are no text of the notice."""
    parts = [
        f'<!DOCTYPE html><html><head><meta charset="{encoding}"><title>{escape(sample.title)}</title><style>td {{ border: 1px solid }}</style>'
        '<script>var n = "不是正文";</script></head><body><div class="content">'
    ]
    for part in sample.body:
        if isinstance(part, Grid):
            parts.append('<table>')
            for row in range(part.rows):
                cells = [
                    f'<td rowspan="{cell.row_span}" colspan="{cell.col_span}">{_text(cell.text)}</td>'
                    for cell in part.cells
                    if cell.row == row
                ]
                parts.append(f'<tr>{"".join(cells)}</tr>')
            parts.append('</table>')
        else:
            align = ' style="text-align: center"' if part.style in ('letterhead', 'title', 'table_title') else ''
            parts.append(f'<p{align}>{_text(part.text)}</p>')
    parts.append('</div></body></html>')
    return ''.join(parts).encode(encoding)
