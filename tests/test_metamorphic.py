"""What changes a notice's look and not its meaning leaves the catalogue as it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kaohe.extractors.formats import read
from kaohe.normalizers import normalize
from kaohe.normalizers.catalogue import Catalogue
from kaohe.normalizers.text.folding import squeeze
from tools.samples.model import Grid, GridCell, Sample
from tools.samples.notices import CLEAN_HOSPITAL, FAULTY, INSPECTION, RESPONSIBILITY, SCHOOL, TASKS
from tools.samples.word import word

FULL_WIDTH = str.maketrans('0123456789%', '０１２３４５６７８９％')
SCORED = (RESPONSIBILITY, CLEAN_HOSPITAL, INSPECTION, TASKS, SCHOOL, FAULTY)


def catalogue(sample: Sample) -> Catalogue:
    return normalize(read(word(sample)), f'{sample.name}.docx')


def meaning(found: Catalogue) -> tuple[list[str], list[tuple[object, ...]]]:
    """The keys of the lines, and what each clause says."""
    clauses = [
        (
            clause.indicator,
            clause.effect,
            clause.points,
            clause.per_quantity,
            squeeze(clause.per_unit),
            squeeze(clause.text),
        )
        for clause in found.clauses
    ]
    return [line.key for line in found.indicators], clauses


def redrawn(sample: Sample, change: Callable[[Grid], Grid]) -> Sample:
    return replace(sample, body=tuple(change(part) if isinstance(part, Grid) else part for part in sample.body))


def in_cells(change: Callable[[str], str]) -> Callable[[Grid], Grid]:
    return lambda grid: replace(grid, cells=tuple(replace(cell, text=change(cell.text)) for cell in grid.cells))


def spaced(text: str) -> str:
    """The text with a space in the middle of its first run of Chinese, where a narrow cell could have wrapped it."""
    for at in range(1, len(text)):
        if '一' <= text[at - 1] <= '鿿' and '一' <= text[at] <= '鿿':
            return f'{text[:at]} {text[at:]}'
    return text


def points_first(grid: Grid) -> Grid:
    """The last two columns in the other order."""
    last = len(grid.widths) - 1

    def moved(cell: GridCell) -> GridCell:
        return (
            replace(cell, col={last: last - 1, last - 1: last}.get(cell.col, cell.col)) if cell.col_span == 1 else cell
        )

    return replace(grid, cells=tuple(sorted(map(moved, grid.cells), key=lambda cell: (cell.row, cell.col))))


@pytest.mark.parametrize('sample', SCORED, ids=lambda sample: sample.name)
@pytest.mark.parametrize(
    'change',
    [in_cells(lambda text: text.translate(FULL_WIDTH)), in_cells(spaced), points_first],
    ids=['full-width digits', 'a space inside a word', 'two columns swapped'],
)
def test_the_same_notice_drawn_otherwise_says_the_same(sample: Sample, change: Callable[[Grid], Grid]) -> None:
    assert meaning(catalogue(redrawn(sample, change))) == meaning(catalogue(sample))


def test_another_amount_is_another_clause() -> None:
    """The comparison above can fail: what is no change of looks shows."""
    changed = in_cells(lambda text: text.replace('扣0.2分', '扣0.3分'))
    assert meaning(catalogue(redrawn(RESPONSIBILITY, changed))) != meaning(catalogue(RESPONSIBILITY))
