"""The other sheets of the worksheet: totals, how to fill it in, and the hidden sheets that compute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kaohe.pipeline.assessment.worksheets.answer_cells import CHOICES
from kaohe.pipeline.assessment.worksheets.worksheet_formulas import CALCULATION, shown, shown_end
from kaohe.pipeline.assessment.worksheets.worksheet_names import FORM, SUMMARY
from kaohe.pipeline.assessment.worksheets.worksheet_totals import TotalRow, total_rows

if TYPE_CHECKING:
    from kaohe.pipeline.assessment.worksheets.formula_sheet import FormulaSheet
    from kaohe.pipeline.assessment.worksheets.worksheet_drawing import Drawing

_GUIDE: Final = '填写说明'
_LINES: Final = (
    '1. 只填黄色的格子（“填写”“扣分原因”“佐证材料”），其余由公式算出，已保护。',
    '2. 没有填的题，得分是一个范围：见“汇总”里的“最低”“最高”；都填完，“自评得分”才出现。',
    '3. “有没有这种情况”问的是扣分的情形：有，选“是”；没有，选“否”。',
    '4. 不要改“题目编号”（最右边的窄列）和列名；可以移动列、调整行高。',
    '5. 填完保存，交回后运行 kaohe score --answers 文件（或收齐的文件夹）。',
)


def draw_summary(drawing: Drawing) -> None:
    """Totals by category and table."""
    page = drawing.book.add_worksheet(SUMMARY)
    heads = (('表', 30), ('类别', 20), ('满分', 8), ('自评得分', 10), ('最低', 9), ('最高', 9), ('加分', 8), ('扣分', 8), ('一票否决', 9), ('降档', 8), ('未填', 8))  # fmt: skip
    for at, (name, width) in enumerate(heads):
        page.set_column(at, at, width)
        page.write_string(0, at, name, drawing.looks['head'])
    for row, told in enumerate(total_rows(drawing.content, drawing.formulas, drawing.scores), start=1):
        _total(drawing, page, row, told)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.protect('', {'format_columns': True, 'format_rows': True})


def _total(drawing: Drawing, page: FormulaSheet, row: int, told: TotalRow) -> None:
    looks = drawing.looks
    look = looks['grade'] if told.whole else looks['number']
    page.write_string(row, 0, told.table, looks['text'])
    page.write_string(row, 1, told.category, looks['centre'])
    if told.possible is None:
        page.write_blank(row, 2, None, look)
    else:
        page.write_number(row, 2, told.possible, look)
    page.put_formula(row, 3, shown(told.total), look)
    page.put_formula(row, 4, shown_end(told.total.low), looks['number'])
    page.put_formula(row, 5, shown_end(told.total.high), looks['number'])
    page.put_formula(row, 6, shown(told.bonus), looks['number'])
    lost = f'IF(ABS({told.penalty.high}-{told.penalty.low})<1E-9,-({told.penalty.low}),"")'
    page.put_formula(row, 7, lost, looks['number'])
    page.put_formula(row, 8, _held(drawing, told, 'vetoes'), looks['number'])
    page.put_formula(row, 9, _held(drawing, told, 'downgrades'), looks['number'])
    cells = [cell for line in told.lines for cell in drawing.answer_rows[line.indicator]]
    page.put_formula(row, 10, _blanks(cells), looks['number'])


def _held(drawing: Drawing, told: TotalRow, what: str) -> str:
    clauses = {clause for line in told.lines for clause in getattr(line, what)}
    cells = [
        drawing.cells[term.inputs[0]]
        for line in told.lines
        for term in drawing.rules[line.indicator].expression.beside
        if term.clauses[0] in clauses
    ]
    return '+'.join(f'({cell}="是")' for cell in cells) or '0'


def draw_guide(drawing: Drawing) -> None:
    """How to fill it in."""
    page = drawing.book.add_worksheet(_GUIDE)
    page.set_column(0, 0, 100)
    look = drawing.book.add_format({'font_name': '宋体', 'font_size': 11, 'text_wrap': True})
    for row, text in enumerate(_LINES):
        page.write_string(row, 0, text, look)
    page.protect('')


def draw_calculation(drawing: Drawing) -> None:
    """The hidden sheets: each node of the rules, and the lists of choices."""
    page = drawing.book.add_worksheet(CALCULATION)
    page.write_row(0, 0, ('最低', '最高'))
    page.put_ends(drawing.formulas.rows)
    page.protect('')
    page.hide()
    lists = drawing.book.add_worksheet(CHOICES)
    for column, options in enumerate(drawing.options):
        lists.write_column(0, column, options)
    lists.protect('')
    lists.hide()


def _blanks(cells: list[str]) -> str:
    """How many of the cells are empty; cells below one another are counted together."""
    if not cells:
        return '0'
    rows = sorted(int(cell.rsplit('$', 1)[1]) for cell in cells)
    column = cells[0].rsplit('$', 1)[0]
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    letter = column.rsplit('$', 1)[1]
    return '+'.join(f'COUNTBLANK({FORM}!${letter}${first}:${letter}${last})' for first, last in runs)
