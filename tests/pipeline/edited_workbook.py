"""A workbook as office staff edit it: cells by sheet, row and column name."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from kaohe.pipeline.ingestion.run import ingest
from kaohe.pipeline.planning.inbox import scope_of

ROOT = Path(__file__).parents[2]
NAME = '青一医〔2025〕18号 2025年重点工作目标责任制考核内容及责任分工'
WORD = ROOT / 'data' / 'raw' / '示例' / f'{NAME}.docx'
PDF = ROOT / 'tests' / 'conformance' / f'{NAME}.pdf'
DATABASE = Path('catalogue.db')
DECISIONS = Path('data/decisions')


def read_in(inbox: Path, *files: Path) -> None:
    """Puts these files into the inbox in place of all others, and reads it."""
    for old in inbox.iterdir():
        old.unlink()
    for file in files:
        shutil.copy2(file, inbox)
    ingest([scope_of(inbox)], DATABASE, jobs=1, decisions=DECISIONS)


class Edited:
    """An exported workbook, open for editing; rows count from 0 below the header."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book: Workbook = load_workbook(path)

    def page(self, sheet: str) -> Worksheet:
        page = self.book[sheet]
        assert isinstance(page, Worksheet)
        return page

    def column(self, sheet: str, title: str) -> int:
        return [cell.value for cell in self.page(sheet)[1]].index(title) + 1

    def get(self, sheet: str, row: int, title: str) -> Any:
        return self.page(sheet).cell(row + 2, self.column(sheet, title)).value

    def set(self, sheet: str, row: int, title: str, value: object) -> None:
        cell = self.page(sheet).cell(row + 2, self.column(sheet, title))
        cell.value = value  # type: ignore[assignment]  # whatever people type
        if cell.number_format == '@' and isinstance(value, str):
            cell.data_type = 's'  # as Excel keeps what is typed into a cell of the text format

    def add(self, sheet: str, **cells: object) -> None:
        """Writes a row below the last."""
        row = self.page(sheet).max_row - 1
        for title, value in cells.items():
            self.set(sheet, row, title, value)

    def save(self) -> Path:
        self.book.save(self.path)
        return self.path

    def rows(self, sheet: str, *without: str) -> list[dict[str, object]]:
        """The cells of every row by column name, but these columns."""
        header, *rows = self.page(sheet).iter_rows(values_only=True)
        return [
            {str(title): value for title, value in zip(header, row, strict=True) if title not in without}
            for row in rows
        ]
