"""Reads the cells of a workbook by the names of their columns, wherever people moved them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from kaohe.extractors.sheet.mending import with_true_counts
from kaohe.extractors.zip.limits import refuse_unsafe
from kaohe.pipeline.refusal import Refusal
from kaohe.pipeline.workbook.drawing import TWIN
from kaohe.pipeline.workbook.sheets import ID

_HEADER_WITHIN = 10  # rows from the top in which the header is looked for: people put titles above it


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row that is not empty: its number as Excel counts, its cells by column, and the columns in which a formula or an error stands."""

    number: int
    cells: dict[str, Any]
    formulas: frozenset[str]


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
        grids = {page.title: _grid(page) for page in book.worksheets}
    except OSError as error:
        raise Refusal(f'打不开 {path}（{error.strerror or error}），请检查文件是否存在、是否正被占用', 2) from error
    except MemoryError:
        raise
    except Exception as error:  # openpyxl raises all kinds of errors on damaged files
        raise Refusal(f'{path} 不是能读的 Excel 工作簿（.xlsx），请用 Excel 或 WPS 另存为 .xlsx 再试') from error
    twins = {title.removeprefix(TWIN): grid for title, grid in grids.items() if title.startswith(TWIN)}
    return {title: grid for title, grid in grids.items() if not title.startswith(TWIN)}, twins


def _grid(page: Any) -> SheetGrid:
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
    for cells in lines:
        told = {name: cells[at] for at, name in header.items() if at < len(cells) and cells[at].value is not None}
        if any(not isinstance(cell.value, str) or cell.value.strip() for cell in told.values()):
            rows.append(
                SheetRow(
                    next(iter(told.values())).row,
                    {name: cell.value for name, cell in told.items()},
                    frozenset(name for name, cell in told.items() if cell.data_type in ('f', 'e')),
                )
            )
    return SheetGrid(tuple(header.values()), tuple(doubled), tuple(rows))
