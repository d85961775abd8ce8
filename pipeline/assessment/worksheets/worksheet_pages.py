"""The other sheets of the worksheet: totals, how to fill it in, and the hidden sheets that compute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kaohe.pipeline.assessment.worksheets.answer_cells import CHOICES
from kaohe.pipeline.assessment.worksheets.worksheet_formulas import CALCULATION, shown, shown_end
from kaohe.pipeline.assessment.worksheets.worksheet_names import FORM, SUMMARY
from kaohe.pipeline.assessment.worksheets.worksheet_totals import TotalRow, total_rows

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

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


def _total(drawing: Drawing, page: Worksheet, row: int, told: TotalRow) -> None:
    looks = drawing.looks
    look = looks['grade'] if told.whole else looks['number']
    page.write_string(row, 0, told.table, looks['text'])
    page.write_string(row, 1, told.category, looks['centre'])
    if told.possible is None:
        page.write_blank(row, 2, None, look)
    else:
        page.write_number(row, 2, told.possible, look)
    page.write_formula(row, 3, f'={shown(told.total)}', look, '')
    page.write_formula(row, 4, f'={shown_end(told.total.low)}', looks['number'], '')
    page.write_formula(row, 5, f'={shown_end(told.total.high)}', looks['number'], '')
    page.write_formula(row, 6, f'={shown(told.bonus)}', looks['number'], '')
    page.write_formula(
        row,
        7,
        f'=IF(ABS({told.penalty.high}-{told.penalty.low})<1E-9,-({told.penalty.low}),"")',
        looks['number'],
        '',
    )
    page.write_formula(row, 8, f'={_held(drawing, told, "vetoes")}', looks['number'], 0)
    page.write_formula(row, 9, f'={_held(drawing, told, "downgrades")}', looks['number'], 0)
    cells = [cell for line in told.lines for cell in drawing.answer_rows[line]]
    page.write_formula(row, 10, f'={_blanks(cells)}', looks['number'], len(cells))


def _held(drawing: Drawing, told: TotalRow, what: str) -> str:
    clauses = {
        clause for line in drawing.content.placed if line.indicator in told.lines for clause in getattr(line, what)
    }
    cells = [
        drawing.cells[term.inputs[0]]
        for line in drawing.content.lines
        if line.rule.indicator in told.lines
        for term in line.rule.expression.beside
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
    for row, ends in enumerate(drawing.formulas.rows, start=1):
        page.write_formula(row, 0, f'={ends.low}')
        page.write_formula(row, 1, f'={ends.high}')
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
