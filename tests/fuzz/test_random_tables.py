"""Tables of random shape — spans across rows and columns, line feeds, figures — are read as they were drawn, in every format with merges."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kaohe.extractors.formats import read
from tools.samples.model import Grid, GridCell, Paragraph, Sample
from tools.samples.ofd import ofd
from tools.samples.pdf import pdf
from tools.samples.sheet import xlsx
from tools.samples.web import html
from tools.samples.word import word

DRAW: dict[str, Callable[[Sample], bytes]] = {'docx': word, 'html': html, 'xlsx': xlsx, 'pdf': pdf, 'ofd': ofd}
WORDS = st.text('考核内容标准分值完成率每项扣得满意度科室', min_size=1, max_size=6)
TEXTS = st.one_of(
    WORDS, st.builds('{}{}分'.format, WORDS, st.integers(1, 99)), st.builds('{}≥{}%'.format, WORDS, st.integers(1, 100))
)


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    """A table whose cells tile it; every cell has a text, and no row or column is covered by merged cells alone."""
    rows, cols = draw(st.integers(2, 6)), draw(st.integers(2, 5))
    free = [[True] * cols for _ in range(rows)]
    cells = []
    for row in range(rows):
        for col in range(cols):
            if not free[row][col]:
                continue
            down, across = 1, 1
            if row and col and draw(st.integers(0, 3)) == 0:  # the first row and column keep every border visible
                down = draw(st.integers(1, min(3, rows - row)))
                most = next((n for n in range(1, cols - col) if not free[row][col + n]), cols - col)
                across = draw(st.integers(1, min(3, most)))
            for at in range(row, row + down):
                free[at][col : col + across] = [False] * across
            cells.append(GridCell(row, col, draw(TEXTS), down, across))
    return Grid((1.0,) * cols, tuple(cells))


@pytest.mark.parametrize('name', sorted(DRAW))
@settings(max_examples=12, derandomize=True, suppress_health_check=list(HealthCheck))
@given(grid=grids())
def test_a_table_of_any_shape_is_read_as_it_was_drawn(name: str, grid: Grid) -> None:
    sample = Sample(
        'x', 'assessment', '青川市考核表', '青川市', None, None, None, (Paragraph('青川市考核表', 'title'), grid)
    )
    tables = read(DRAW[name](sample)).tables
    assert len(tables) == 1
    truth = {(cell.row, cell.col, cell.row_span, cell.col_span, cell.text) for cell in grid.cells}
    first = min(
        cell.row for cell in tables[0].cells if cell.text == grid.cells[0].text
    )  # a sheet's title may be its first row
    found = {
        (x.row - first, x.col, x.row_span, x.col_span, x.text.replace('\n', ''))
        for x in tables[0].cells
        if x.row >= first
    }
    assert found == truth
