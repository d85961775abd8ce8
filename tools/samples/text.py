"""Draws a sample as text, in the shapes that offices' text files have."""

from __future__ import annotations

from tools.samples.model import Grid, Sample


def _rows(grid: Grid) -> list[list[str]]:
    """Every row with a text for every column; text files have no merges, so a covered place is blank."""
    rows = [[''] * len(grid.widths) for _ in range(grid.rows)]
    for cell in grid.cells:
        rows[cell.row][cell.col] = cell.text
    return rows


def dumped(sample: Sample) -> str:
    """Cells one to a line behind a tab, a blank line after each row; a paragraph of a cell goes on without a tab."""
    parts: list[str] = []
    for part in sample.body:
        if isinstance(part, Grid):
            parts.extend(''.join(f'\t{cell}\n' for cell in row) + '\n' for row in _rows(part))
        else:
            parts.append(f'{part.text}\n')
    return ''.join(parts)


def piped(sample: Sample) -> str:
    """Markdown: one line a row, cells between pipes, ``<br>`` for a line feed."""
    parts: list[str] = []
    for part in sample.body:
        if isinstance(part, Grid):
            rows = _rows(part)
            rows.insert(part.header_rows, ['---'] * len(part.widths))
            parts.extend('| ' + ' | '.join(cell.replace('\n', '<br>') for cell in row) + ' |\n' for row in rows)
            parts.append('\n')
        else:
            parts.append(f'{part.text}\n\n')
    return ''.join(parts)
