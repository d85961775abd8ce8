"""Draws the worksheet (自评表): in the order and look of the notice, with checked cells, live scores and places for signatures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kaohe.normalizers.scoring.material import Input
from kaohe.pipeline.assessment.answers.answer_files import ANSWER, EVIDENCE, ID, QUESTION, REASON
from kaohe.pipeline.assessment.worksheets.answer_cells import how_to, validation
from kaohe.pipeline.assessment.worksheets.formula_words import Ends
from kaohe.pipeline.assessment.worksheets.worksheet_content import SheetContent, SheetLine
from kaohe.pipeline.assessment.worksheets.worksheet_formulas import Formulas, shown
from kaohe.pipeline.assessment.worksheets.worksheet_names import FORM

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

    from kaohe.pipeline.assessment.worksheets.formula_sheet import FormulaSheet

# header, width
_COLUMNS: Final = (
    ('类别', 10), ('序号', 5), ('考核内容', 26), ('评分标准', 30), ('分值', 6), ('责任分工', 13), (QUESTION, 30), (ANSWER, 10), ('填法', 10),
    ('自评得分', 8), (REASON, 14), (EVIDENCE, 14), (ID, 4),
)  # fmt: skip
_HEADER: Final = 4
_ASKED, _ANSWER, _HOW, _SCORE, _REASON, _EVIDENCE, _ID = 6, 7, 8, 9, 10, 11, 12


class Drawing:
    """The workbook while it is drawn; its sheets are `FormulaSheet`."""

    def __init__(self, book: Workbook, content: SheetContent) -> None:
        self.book = book
        self.content = content
        self.page: FormulaSheet = book.add_worksheet(FORM)
        self.rules = {line.rule.indicator: line.rule for line in content.lines}
        self.cells: dict[str, str] = {}
        self.formulas = Formulas(lambda one: self.cells[one])
        self.scores: dict[str, Ends] = {}
        self.answer_rows: dict[str, list[str]] = {}
        self.options: list[tuple[str, ...]] = []
        plain = {'font_name': '宋体', 'font_size': 9, 'border': 1, 'text_wrap': True, 'valign': 'vcenter'}
        self.looks: dict[str, Format] = {
            'title': book.add_format({'font_name': '黑体', 'font_size': 16, 'align': 'center', 'valign': 'vcenter', 'text_wrap': True}),
            'label': book.add_format({'font_name': '宋体', 'font_size': 10, 'align': 'right', 'valign': 'vcenter'}),
            'field': book.add_format({'font_name': '宋体', 'font_size': 10, 'bottom': 1, 'locked': False, 'valign': 'vcenter'}),
            'small': book.add_format({'font_name': '宋体', 'font_size': 8, 'font_color': '#808080', 'valign': 'vcenter'}),
            'head': book.add_format(plain | {'bold': True, 'align': 'center', 'bg_color': '#D9E2F3'}),
            'section': book.add_format(plain | {'bold': True, 'bg_color': '#F2F2F2'}),
            'text': book.add_format(plain | {'valign': 'top'}),
            'centre': book.add_format(plain | {'align': 'center'}),
            'number': book.add_format(plain | {'align': 'center', 'num_format': '0.####'}),
            'answer': book.add_format(plain | {'bg_color': '#FFF9DB', 'locked': False, 'align': 'center'}),
            'write': book.add_format(plain | {'bg_color': '#FFF9DB', 'locked': False, 'valign': 'top'}),
            'id': book.add_format({'font_name': '宋体', 'font_size': 6, 'font_color': '#A6A6A6'}),
            'grade': book.add_format(plain | {'bold': True, 'align': 'center', 'num_format': '0.####'}),
        }  # fmt: skip

    # -- the form --------------------------------------------------------------------------------------------------

    def form(self, assessed: str | None, period: str | None) -> None:
        """The sheet that is filled in."""
        page, looks = self.page, self.looks
        for at, (_, width) in enumerate(_COLUMNS):
            page.set_column(at, at, width)
        page.merge_range(0, 0, 0, _EVIDENCE, f'{self.content.title}自评表', looks['title'])
        page.set_row(0, 40)
        for column, name, value in ((0, '通知编号', self.content.stable), (6, '考核期', period or '')):
            page.write_string(1, column, name, looks['label'])
            page.write_string(1, column + 1, value, looks['field' if name == '考核期' else 'small'])
        page.write_string(2, 0, '被考核单位', looks['label'])
        page.write_string(2, 1, assessed or '', looks['field'])
        page.write_string(2, 6, '填表人', looks['label'])
        page.write_string(2, 7, '', looks['field'])
        for at, (name, _) in enumerate(_COLUMNS):
            page.write_string(_HEADER, at, name, looks['head' if at != _ID else 'id'])
        page.set_row(_HEADER, 28)
        row = _HEADER + 1
        table = None
        titles = {sheet.id: sheet.title for sheet in self.content.sheets}
        for line in self.content.lines:
            if line.table != table:
                table = line.table
                page.merge_range(row, 0, row, _EVIDENCE, titles.get(table) or '（无标题）', looks['section'])
                row += 1
            row = self._line(row, line)
        row += 1
        for name, first, last, end in (
            ('填表人', 0, 1, 2),
            ('科室负责人', 3, 3, 5),
            ('复核人', 6, 6, 8),
            ('日期', 9, 9, 11),
        ):
            label = f'{name}：' if name == '日期' else f'{name}（签字）：'
            if last > first:
                page.merge_range(row, first, row, last, label, looks['label'])
            else:
                page.write_string(row, first, label, looks['label'])
            for at in range(last + 1, end + 1):
                page.write_blank(row, at, None, looks['field'])
        page.set_row(row, 30)
        self._paper(row)

    def _line(self, row: int, line: SheetLine) -> int:
        page, looks = self.page, self.looks
        inputs = line.rule.inputs
        last = row + max(len(inputs), 1) - 1
        asks = '\n'.join(part for part in (line.name, line.asks) if part)
        texts = (
            (0, line.category, 'centre'),
            (1, line.number, 'centre'),
            (2, asks, 'text'),
            (3, line.criteria, 'text'),
            (5, line.duties, 'text'),
        )
        for column, text, look in texts:
            self._over(row, last, column, text[:32_000], looks[look])
        self._over(row, last, 4, line.points, looks['number'])
        for at, one in enumerate(inputs):
            self._question(row + at, one)
        if not inputs:
            for column in (_ASKED, _ANSWER, _HOW):
                page.write_blank(row, column, None, looks['text'])
        self.answer_rows[line.rule.indicator] = [self.cells[one.id] for one in inputs]
        ends = self.scores[line.rule.indicator] = self.formulas.line(line.rule)
        self._over(row, last, _SCORE, None, looks['grade'])
        page.put_formula(row, _SCORE, shown(ends), looks['grade'])
        for column in (_REASON, _EVIDENCE):
            self._over(row, last, column, None, looks['write'])
        height = max(
            len(asks) / 16,
            len(line.criteria) / 19,
            asks.count('\n') + 1,
            line.criteria.count('\n') + 1,
            len(line.duties) / 8,
        )
        each = max(26.0, min(height * 12.5 / max(len(inputs), 1), 400.0))
        for at in range(row, last + 1):
            question = inputs[at - row].question if inputs else ''
            page.set_row(at, max(each, len(question) / 18 * 13))
        return last + 1

    def _over(self, first: int, last: int, column: int, value: Any, look: Format) -> None:
        """Writes a value over the rows of a line."""
        page = self.page
        if last > first:
            page.merge_range(first, column, last, column, '', look)
        if value is None:
            page.write_blank(first, column, None, look)
        elif isinstance(value, str):
            page.write_string(first, column, value, look)
        else:
            page.write_number(first, column, float(value), look)

    def _question(self, row: int, one: Input) -> None:
        page, looks = self.page, self.looks
        page.write_string(row, _ASKED, one.question, looks['text'])
        page.write_blank(row, _ANSWER, None, looks['answer'])
        page.write_string(row, _HOW, how_to(one), looks['centre'])
        page.write_string(row, _ID, one.id, looks['id'])
        column = chr(ord('A') + _ANSWER)
        page.data_validation(row, _ANSWER, row, _ANSWER, validation(one, self.options, f'{column}{row + 1}'))
        self.cells[one.id] = f'{FORM}!${column}${row + 1}'

    def _paper(self, last: int) -> None:
        page = self.page
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        page.repeat_rows(_HEADER)
        page.print_area(0, 0, last, _EVIDENCE)
        page.set_footer('&C第 &P 页，共 &N 页')
        page.freeze_panes(_HEADER + 1, 0)
        page.protect(
            '', {'format_cells': True, 'format_columns': True, 'format_rows': True, 'autofilter': True, 'sort': True}
        )
