"""Draws the sheets as an Excel workbook: filters, frozen header, wrapped text, print set-up, and a hidden twin of each sheet.

The twin keeps what stood in the sheet when it was drawn, so that `apply` knows what a person changed even when the database has moved on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from msgspec import json

from kaohe.pipeline.decisions.correctable_columns import STANDS_IN
from kaohe.pipeline.refusal import Refusal
from kaohe.pipeline.workbook.sheets import CELL_LIMIT, ID, INDICATORS, WHY, Sheet, SheetColumn

if TYPE_CHECKING:
    from pandas import DataFrame

    from kaohe.pipeline.workbook.long_sheet import LongSheet

TWIN = '_'  # before the title of the sheet
TOLD = '导出时'  # of the twin: what stood in a row, as JSON; what is too long for a cell goes on in the next
ROW_LIMIT = 1_048_576  # rows that Excel allows in a sheet
_NARROW = re.compile('[\x00-\u024f]')
_ROOM = 500  # empty rows below the last that are already formatted for new lines
_GUIDE = (
    ('怎样更正', None),
    ('1', '白底的格子可以直接改：分值、文字、条款和目标值的数、责任科室等。灰底的格子只供看，改了不算。'),
    ('2', '一行不该有：在“这不是指标”“这不是条款”“这不是目标值”一栏写“是”。想撤回，把“是”删掉。'),
    ('3', '缺了一行：在表的最下面加一行，“编号”空着。缺指标要写“类别”（计分、加分、扣分、降档），工作簿里有几份通知时还要写“通知”，通知里有几张表时还要写“表”；缺条款或目标值要写“指标编号”（从“指标”表最右边复制）。'),
    ('4', '在“更正原因”里写一句为什么（可以不写，但以后查起来方便）。'),
    ('5', '核对完一份通知：在“通知”表填“核对人”“核对日期”。只核对了一条：在“指标”表那一行填。'),
    ('6', '“指标”表里的“条款”“目标值”“疑点”三栏只供对照；要改请到同名的表里改。'),
    ('7', '可以排序、筛选、移动列、删去不看的行，但不要改“编号”和第一行的列名。删去一行不等于作废，程序当它没有动过。'),
    ('8', '改好保存（仍存为 .xlsx），运行 kaohe apply 文件.xlsx：先列出改了哪些，您同意后才存。存下的更正以后重新读入、换成别的格式也不会丢。'),
    ('9', '改“考核内容”“评分标准”的文字，不会自动重读条款；条款也要改的，请到“条款”表里一并改。'),
)  # fmt: skip


def as_workbook(sheets: Mapping[Sheet, DataFrame]) -> bytes:
    """The workbook. The same rows give the same bytes. Raises `Refusal` where a sheet has more rows than Excel can hold."""
    from kaohe.pipeline.workbook.long_book import LongBook
    from kaohe.pipeline.workbook.long_sheet import LongSheet

    for sheet, rows in sheets.items():
        if len(rows) >= ROW_LIMIT:
            raise Refusal(
                f'“{sheet.title}”有 {len(rows)} 行，Excel 一张表最多 {ROW_LIMIT} 行；请用 --notice 或 --each 分开导出，或导出成 csv'
            )
    written = BytesIO()
    book = LongBook(written, {'strings_to_formulas': False, 'strings_to_urls': False, 'strings_to_numbers': False, 'in_memory': True})  # fmt: skip
    book.set_properties({'title': '考核指标目录', 'created': datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)})
    looks = _Looks(book)
    cells = {sheet: [*rows.itertuples(index=False, name=None)] for sheet, rows in sheets.items()}
    for sheet, rows in sheets.items():
        _draw(book.add_worksheet(sheet.title, LongSheet), sheet, rows, cells[sheet], looks)
    _draw_guide(book.add_worksheet('说明'), looks)
    for sheet in sheets:
        if sheet.editable:
            _draw_twin(book.add_worksheet(TWIN + sheet.title, LongSheet), sheet, cells[sheet])
    book.get_worksheet_by_name(INDICATORS.title).activate()
    book.close()
    return written.getvalue()


class _Looks:
    """The cell formats of the workbook. Texts are cells of the text format, so that Excel never makes dates or formulas of them."""

    def __init__(self, book: Any) -> None:
        base = {
            'font_name': '宋体',
            'font_size': 10,
            'border': 1,
            'border_color': '#BFBFBF',
            'valign': 'top',
            'text_wrap': True,
        }
        grey = {'bg_color': '#F2F2F2', 'font_color': '#595959'}
        self.header = book.add_format(
            base | {'bold': True, 'bg_color': '#DDEBF7', 'align': 'center', 'valign': 'vcenter'}
        )
        self.header_read = book.add_format(
            base | {'bold': True, 'bg_color': '#D9D9D9', 'align': 'center', 'valign': 'vcenter'}
        )
        self.text = book.add_format(base | {'num_format': '@'})
        self.number = book.add_format(base | {'align': 'center'})
        self.text_read = book.add_format(base | grey | {'num_format': '@'})
        self.number_read = book.add_format(base | grey | {'align': 'center'})
        self.guide = book.add_format({'font_name': '宋体', 'font_size': 11, 'text_wrap': True, 'valign': 'top'})
        self.guide_title = book.add_format({'font_name': '宋体', 'font_size': 14, 'bold': True})  # fmt: skip

    def of(self, column: SheetColumn) -> tuple[Any, Any]:
        """The formats of a text and of a number in this column."""
        if column.field in (None, STANDS_IN) and column.title != WHY:
            return self.text_read, self.number_read
        return self.text, self.number


def _draw(page: LongSheet, sheet: Sheet, rows: DataFrame, cells: Sequence[tuple[Any, ...]], looks: _Looks) -> None:
    last = len(rows)
    looks_of: list[tuple[Any, Any]] = []
    page.freeze_panes(1, 0)
    page.set_row(0, 30)
    for at, column in enumerate(sheet.columns):
        text, number = looks.of(column)
        unused = column.title not in (ID, WHY) and last > 0 and rows[column.title].isna().all()
        # A column in which no notice says anything is folded away; it can be unfolded to fill it in.
        page.set_column(at, at, column.width, text, {'hidden': unused and column.title in _FOLDED})
        page.write_string(
            0, at, column.title, looks.header if column.field or column.title == WHY else looks.header_read
        )
        looks_of.append((text, number))
        _offer(page, at, column, last + _ROOM if sheet.adds else last)
    page.put_rows(cells, looks_of, _heights(sheet, rows))
    page.autofilter(0, 0, max(last, 1), len(sheet.columns) - 1)
    page.set_landscape()
    page.set_paper(8)  # A3
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.set_footer('&L&A&C第 &P 页，共 &N 页')
    page.print_area(0, 0, max(last, 1), sheet.titles.index(sheet.prints_to))


_FOLDED = frozenset({
    '二级', '二级分值', '一级分值', '名称', '分值原文', '责任处室', '牵头领导', '牵头科室', '配合科室', '小项', '原件已移走',
})  # fmt: skip


def _heights(sheet: Sheet, rows: DataFrame) -> Iterator[float]:
    """How high each row must be, in points, for the texts of all its cells."""
    most = [1] * len(rows)
    for column in sheet.columns:
        room = int(column.width) - 1
        values = rows[column.title].tolist()
        lines = {
            value: _lines(value, room)
            for value in {*values}
            if isinstance(value, str) and (2 * len(value) > room or '\n' in value)
        }
        if lines:
            most = [max(known, lines.get(value, 1)) for known, value in zip(most, values, strict=True)]
    return (min(409, 4 + 13.5 * lines) for lines in most)  # Excel allows no row higher than 409 points


def _lines(text: str, room: int) -> int:
    """How many lines a text takes in a column with room for so many digits; a Chinese character is as wide as two."""
    if text.isascii() and '\n' not in text:
        return max(1, -(-len(text) // max(1, room)))
    return sum(max(1, -(-(len(line) + len(_NARROW.sub('', line))) // max(1, room))) for line in text.split('\n'))


def _offer(page: Any, at: int, column: SheetColumn, last: int) -> None:
    """A list to choose from, where only certain words may stand. Other words are let pass: `apply` says what is wrong with them."""
    field = column.field
    if field is None or last < 1:
        return
    words = ['是'] if field.kind == 'flag' else [*field.choices.values()] if field.choices else []
    if words:
        page.data_validation(1, at, last, at, {'validate': 'list', 'source': words, 'show_error': False})


def _draw_guide(page: Any, looks: _Looks) -> None:
    page.set_column(0, 0, 4)
    page.set_column(1, 1, 110)
    for row, (left, right) in enumerate(_GUIDE):
        page.write_string(row, 0, left, looks.guide if right else looks.guide_title)
        if right:
            page.write_string(row, 1, right, looks.guide)
    page.set_paper(9)
    page.fit_to_pages(1, 0)


def _draw_twin(page: LongSheet, sheet: Sheet, rows: Sequence[tuple[Any, ...]]) -> None:
    page.write_string(0, 0, ID)
    page.write_string(0, 1, TOLD)
    page.put_rows(_told(sheet, rows))
    page.very_hidden()


def _told(sheet: Sheet, rows: Sequence[tuple[Any, ...]]) -> Iterator[list[str]]:
    """What stands in each row: its id, and the rest as JSON."""
    titles = sheet.titles
    place = titles.index(ID)
    for values in rows:
        told = json.encode({title: value for title, value in zip(titles, values, strict=True) if value is not None})
        text = told.decode()
        yield [values[place], *(text[start : start + CELL_LIMIT] for start in range(0, len(text), CELL_LIMIT))]
