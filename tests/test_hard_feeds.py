"""Cells whose sentences were broken by hand at one width, in every format that has such cells: the lines say what the whole sentences say."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest

from kaohe.extractors.docx import read as read_docx
from kaohe.extractors.html import read as read_html
from kaohe.extractors.sheet import read as read_sheet
from kaohe.normalizers import normalize
from kaohe.normalizers.catalogue import Catalogue
from tests.extractors.docx_builder import cell, docx, par, row, table

TITLE = '云岭县园林绿化养护考核评分细则'
HEAD = ('序号', '考核内容', '评分标准', '分值')
CRITERIA = (
    '绿篱缺株未及时补植的，每处扣0.5分，扣完为止。',
    '病虫害成片发生扣3分；被县级通报的不得分。',
    '浇水不及时造成枯死的，每株扣0.2分，最多扣2分。',
    '群众投诉处理满意率达到95%以上得5分，每低1个百分点扣0.5分。',
    '获市级表彰的加2分，获县级表彰的加1分。',
)


def _rows(width: int) -> list[tuple[str, ...]]:
    wrapped = ['\n'.join(text[at : at + width] for at in range(0, len(text), width)) for text in CRITERIA]
    return [(str(at), f'养护任务之{at}', text, '10') for at, text in enumerate(wrapped, 1)]


def _docx_paragraphs(rows: list[tuple[str, ...]]) -> Catalogue:
    drawn = [row(*(cell(''.join(par(line) for line in text.split('\n'))) for text in one)) for one in rows]
    return normalize(read_docx(docx(par(TITLE) + table(row(*map(cell, HEAD)), *drawn))), 'notice.docx')


def _docx_breaks(rows: list[tuple[str, ...]]) -> Catalogue:
    def one_paragraph(text: str) -> str:
        pieces = '<w:br/>'.join(f'<w:t>{line}</w:t>' for line in text.split('\n'))
        return cell(f'<w:p><w:r>{pieces}</w:r></w:p>')

    drawn = [row(*map(one_paragraph, one)) for one in rows]
    return normalize(read_docx(docx(par(TITLE) + table(row(*map(cell, HEAD)), *drawn))), 'notice.docx')


def _html(rows: list[tuple[str, ...]], before: str, after: str) -> Catalogue:
    cells = [[before + f'{after}{before}'.join(text.split('\n')) + after for text in one] for one in (HEAD, *rows)]
    drawn = ''.join(f'<tr>{"".join(f"<td>{text}</td>" for text in one)}</tr>' for one in cells)
    page = f'<html><meta charset="utf-8"><body><h1>{TITLE}</h1><table border="1">{drawn}</table></body></html>'
    return normalize(read_html(page.encode()), 'notice.html')


def _xlsx(rows: list[tuple[str, ...]]) -> Catalogue:
    book = openpyxl.Workbook()
    for one in ((TITLE,), HEAD, *rows):
        book.active.append(one)
    data = io.BytesIO()
    book.save(data)
    return normalize(read_sheet(data.getvalue()), 'notice.xlsx')


FORMS: dict[str, Callable[[list[tuple[str, ...]]], Catalogue]] = {
    'docx paragraphs': _docx_paragraphs,
    'docx breaks': _docx_breaks,
    'html paragraphs': lambda rows: _html(rows, '<p>', '</p>'),
    'html breaks': lambda rows: _html(rows, '', '<br>'),
    'xlsx': _xlsx,
}


def _said(found: Catalogue) -> list[tuple[object, ...]]:
    return [(one.indicator, one.effect, one.points, one.per_quantity, one.per_unit) for one in found.clauses]


@pytest.mark.parametrize('width', [5, 7, 11])
@pytest.mark.parametrize('form', FORMS)
def test_the_same_clauses_as_without_feeds(form: str, width: int) -> None:
    whole, broken = FORMS[form](_rows(200)), FORMS[form](_rows(width))
    assert len(broken.indicators) == len(CRITERIA)
    assert _said(broken) == _said(whole)
    targets = [[(one.comparator, one.value, one.unit) for one in found.thresholds] for found in (whole, broken)]
    assert targets[0] == targets[1]
