"""The worksheet's formulas of unanswered lines: the same least and most as the engine's."""

from __future__ import annotations

import shutil
import subprocess
from decimal import Decimal
from itertools import count
from pathlib import Path

import pytest
from openpyxl import load_workbook
from xlsxwriter import Workbook

from kaohe.normalizers.scoring.engine import score_line
from kaohe.pipeline.assessment.worksheets.worksheet_formulas import CALCULATION, Formulas
from tests.normalizers.scoring.test_scores import EVERY

MANY = 1e11


@pytest.mark.skipif(shutil.which('soffice') is None, reason='LibreOffice（soffice）没有安装，公式不能重新计算')
def test_the_intervals_of_blank_lines_are_those_of_the_engine(tmp_path: Path) -> None:
    blank = count(1)
    cells: dict[str, str] = {}
    formulas = Formulas(lambda one: cells[one])
    lines = []
    for rule in EVERY:
        cells.update({one.id: f'答案!$A${next(blank)}' for one in rule.inputs})
        formulas.line(rule)
        lines.append(len(formulas.rows) + 1)
    book = Workbook(str(tmp_path / 'blank.xlsx'))
    book.add_worksheet('答案')
    page = book.add_worksheet(CALCULATION)
    for at, ends in enumerate(formulas.rows, start=1):
        page.write_formula(at, 0, f'={ends.low}', None, '')
        page.write_formula(at, 1, f'={ends.high}', None, '')
    book.close()
    out = tmp_path / 'out'
    subprocess.run(
        ['soffice', f'-env:UserInstallation={(tmp_path / "profile").as_uri()}', '--headless', '--convert-to', 'xlsx', '--outdir', str(out),
         str(tmp_path / 'blank.xlsx')],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    read = load_workbook(out / 'blank.xlsx', data_only=True)[CALCULATION]
    for rule, row in zip(EVERY, lines, strict=True):
        found = score_line(rule, {})
        told = [_end(read.cell(row, column).value) for column in (1, 2)]
        assert told == [_engine(found.low), _engine(found.high)], rule.says


def _end(value: object) -> object:
    assert isinstance(value, int | float)
    return None if abs(value) >= MANY else pytest.approx(float(value), abs=1e-9)


def _engine(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
