"""Reads the cells of a workbook by the names of their columns, wherever people moved them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from kaohe.extractors.sheet.mending import with_true_counts
from kaohe.extractors.zip.limits import refuse_unsafe
from kaohe.pipeline.language.system_words import cause
from kaohe.pipeline.refusal import Refusal
from kaohe.pipeline.workbook.drawing import TOLD, TWIN
from kaohe.pipeline.workbook.sheets import ID

_HEADER_WITHIN = 10  # rows from the top in which the header is looked for: people put titles above it


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row that is not empty: its number as Excel counts, its cells by column, the columns in which a formula or an error stands, and those
    that people merged with another column's cell."""

    number: int
    cells: dict[str, Any]
    formulas: frozenset[str]
    swallowed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SheetGrid:
    """A sheet as found: the names of its columns, and those that stand there twice (the first counts)."""

    titles: tuple[str, ...]
    doubled: tuple[str, ...]
    rows: tuple[SheetRow, ...]


# The sheets of a workbook by title, and the hidden twins that say what stood in them.
Grids = tuple[dict[str, SheetGrid], dict[str, SheetGrid]]


def read_grids(path: Path) -> Grids:
    """The sheets of the workbook. Raises `Refusal`."""
    from openpyxl import load_workbook

    try:
        data = path.read_bytes()
        refuse_unsafe(data)
        book = load_workbook(
            BytesIO(with_true_counts(data)), read_only=True
        )  # row by row: a sheet may claim a million of them
        grids = {
            page.title: _twin(_grid(page, {})) if page.title.startswith(TWIN) else _grid(page, merged)
            for page in book.worksheets
            for merged in [_merged(data, page.title)]
        }
    except OSError as error:
        raise Refusal(f'打不开 {path}（{cause(error)}），请检查文件是否存在、是否正被占用', 2) from error
    except MemoryError:
        raise
    except Exception as error:  # openpyxl raises all kinds of errors on damaged files
        raise Refusal(f'{path} 不是能读的 Excel 工作簿（.xlsx），请用 Excel 或 WPS 另存为 .xlsx 再试') from error
    twins = {title.removeprefix(TWIN): grid for title, grid in grids.items() if title.startswith(TWIN)}
    return {title: grid for title, grid in grids.items() if not title.startswith(TWIN)}, twins


def _merged(data: bytes, title: str) -> dict[tuple[int, int], tuple[int, int]]:
    """The cells of a sheet that people merged with another: row and column (from 1) of each, and of the cell whose value holds for it."""
    if title.startswith(TWIN) or not _has_merges(data):
        return {}
    from python_calamine import (
        CalamineWorkbook,
    )  # openpyxl reads merged cells only with all others, at ten times the memory

    ranges = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name(title).merged_cell_ranges or []
    return {
        (row + 1, col + 1): (top + 1, left + 1)
        for (top, left), (bottom, right) in ranges
        for row in range(top, bottom + 1)
        for col in range(left, right + 1)
        if (row, col) != (top, left)
    }


def _has_merges(data: bytes) -> bool:
    with ZipFile(BytesIO(data)) as package:
        return any(
            b'<mergeCell ' in package.read(name)
            for name in package.namelist()
            if name.startswith('xl/worksheets/sheet') and name.endswith('.xml')
        )


def _twin(grid: SheetGrid) -> SheetGrid:
    """A hidden twin, each row of which is one text, laid out as the sheet was; those of older workbooks are laid out so already."""
    if TOLD not in grid.titles:
        return grid
    rows = tuple(replace(row, cells=json.loads(str(row.cells[TOLD]))) for row in grid.rows)
    return SheetGrid(tuple(dict.fromkeys(title for row in rows for title in row.cells)), (), rows)


def _grid(page: Any, merged: Mapping[tuple[int, int], tuple[int, int]]) -> SheetGrid:
    page.reset_dimensions()  # how far it says that it reaches need not be true
    lines: Iterator[tuple[Any, ...]] = page.iter_rows()
    above: list[tuple[Any, ...]] = []
    header: dict[int, str] = {}
    doubled: list[str] = []
    for cells in lines:
        names = {at: str(cell.value).strip() for at, cell in enumerate(cells) if cell.value is not None}
        if ID in names.values():
            for at, name in names.items():
                if name in header.values():
                    doubled.append(name)
                else:
                    header[at] = name
            break
        above.append(cells)
        if len(above) == _HEADER_WITHIN:
            break
    rows = []
    anchors = set(merged.values())
    held: dict[tuple[int, int], Any] = {}
    first = len(above) + 2
    tall = TOLD in header.values()
    for number, cells in enumerate(lines, start=first):
        told = {name: cells[at] for at, name in header.items() if at < len(cells) and cells[at].value is not None}
        swallowed = set()
        for at, name in header.items() if merged else ():
            here = (number, at + 1)
            if here in anchors and name in told:
                held[here] = told[name]
            elif (anchor := merged.get(here)) is not None and anchor[1] != at + 1:
                swallowed.add(name)
            elif anchor in held:
                told[name] = held[anchor]
        if tall and told:
            # what is too long for a cell of the twin goes on in the cells behind it
            at = next(place for place, name in header.items() if name == TOLD)
            text = ''.join(str(cell.value) for cell in cells[at:] if cell.value is not None)
            rows.append(SheetRow(number, {ID: told[ID].value, TOLD: text}, frozenset()))
            continue
        if any(not isinstance(cell.value, str) or cell.value.strip() for cell in told.values()):
            rows.append(
                SheetRow(
                    number,
                    {name: cell.value for name, cell in told.items()},
                    frozenset(name for name, cell in told.items() if cell.data_type in ('f', 'e')),
                    frozenset(swallowed),
                )
            )
    return SheetGrid(tuple(header.values()), tuple(doubled), tuple(rows))
