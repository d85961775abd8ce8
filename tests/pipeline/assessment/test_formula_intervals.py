"""The worksheet's formulas, recalculated by LibreOffice: the same least and most as the engine's, blank, in part and wholly filled in."""

from __future__ import annotations

import random
import shutil
import subprocess
from decimal import Decimal
from itertools import count
from pathlib import Path

import pytest
from openpyxl import load_workbook
from xlsxwriter import Workbook

from kaohe.normalizers.scoring.algebra import terms_of
from kaohe.normalizers.scoring.engine import score_line
from kaohe.normalizers.scoring.material import EVERY_TIME, Input, ScoringRule
from kaohe.normalizers.scoring.term_amounts import Answer, edges
from kaohe.pipeline.assessment.worksheets.worksheet_formulas import CALCULATION, Formulas
from tests.normalizers.scoring.test_scores import CASES, EVERY, line_of_case
from tests.normalizers.scoring.test_scores import rule as rule_of_case
from tests.normalizers.scoring.written import answered

MANY = 1e11


@pytest.mark.skipif(shutil.which('soffice') is None, reason='LibreOffice（soffice）没有安装，公式不能重新计算')
def test_formulas_come_to_what_the_engine_does_blank_or_filled_in(tmp_path: Path) -> None:
    dice = random.Random(18)  # noqa: S311 no secret
    row = count(1)
    cells: dict[str, str] = {}
    formulas = Formulas(lambda one: cells[one])
    book = Workbook(str(tmp_path / 'sheets.xlsx'))
    page = book.add_worksheet('答案')
    sheets: list[tuple[ScoringRule, dict[str, Answer], int]] = []
    asked = [(rule_of_case(case), case) for case in CASES]
    worked = [(rule, answered(rule, case['answers'], line_of_case(case))) for rule, case in asked]
    random_ones = [
        (rule, {one.id: _drawn(one, rule, dice) for one in rule.inputs if dice.random() < filled})
        for filled in (0.0, 1.0, 1.0, 0.6)
        for rule in EVERY
    ]
    for rule, told in (*worked, *random_ones):
        for one in rule.inputs:
            at = next(row)
            cells[one.id] = f'答案!$A${at}'
            if one.id in told:
                page.write(at - 1, 0, _written(told[one.id]))
        formulas.line(rule)
        sheets.append((rule, told, len(formulas.rows) + 1))
    nodes = book.add_worksheet(CALCULATION)
    for at, ends in enumerate(formulas.rows, start=1):
        nodes.write_formula(at, 0, f'={ends.low}', None, '')
        nodes.write_formula(at, 1, f'={ends.high}', None, '')
    book.close()
    out = tmp_path / 'out'
    subprocess.run(
        ['soffice', f'-env:UserInstallation={(tmp_path / "profile").as_uri()}', '--headless', '--convert-to', 'xlsx', '--outdir', str(out),
         str(tmp_path / 'sheets.xlsx')],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    read = load_workbook(out / 'sheets.xlsx', data_only=True)[CALCULATION]
    for rule, told, at in sheets:
        found = score_line(rule, told)
        ends = [_end(read.cell(at, column).value) for column in (1, 2)]
        assert ends == [_engine(found.low), _engine(found.high)], (rule.says, told)


def _drawn(one: Input, rule: ScoringRule, dice: random.Random) -> Answer:
    """An answer that may be given; measured values near where something begins."""
    if one.kind == 'yes_no':
        return dice.random() < 0.5
    if one.kind == 'choice':
        return dice.choice(one.options)
    if one.kind == 'count':
        return EVERY_TIME if one.options and dice.random() < 0.3 else Decimal(dice.randint(0, int(one.high or 8)))
    if one.kind == 'ratio':
        return Decimal(dice.randint(0, 100)) / 100
    if one.kind == 'score':
        return Decimal(dice.randint(0, int((one.high or 6) * 10))) / 10
    near = [edge for term in terms_of(rule.expression.root) if one.id in term.inputs for edge in edges(term)]
    return dice.choice(near or [Decimal(80)]) + Decimal(dice.randint(-60, 60)) / dice.choice([1, 10, 100])


def _written(value: Answer) -> object:
    return (
        ('是' if value else '否') if isinstance(value, bool) else float(value) if isinstance(value, Decimal) else value
    )


def _end(value: object) -> object:
    assert isinstance(value, int | float)
    return None if abs(value) >= MANY else pytest.approx(float(value), abs=1e-9)


def _engine(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
