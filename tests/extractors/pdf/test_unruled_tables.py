"""Scoring tables without a line, with shading at most, in many forms: every line is read, and each is marked as doubtful."""

from __future__ import annotations

import itertools

import pytest

from kaohe.extractors.pdf import read
from kaohe.normalizers import normalize
from kaohe.normalizers.catalogue import Catalogue
from tests.extractors.pdf_writer import PdfPage, pdf

FORMS = {
    'points last': (
        (5, 16, 14, 4),
        ('序号', '考核内容', '评分标准', '分值'),
        ('1', '道路清扫覆盖率达到95%以上', '每低1个百分点扣0.5分', '10'),
        ('2', '垃圾日产日清', '每发现一处积存扣1分', '20'),
        ('3', '公厕按时开放', '每关闭一座扣2分', '15'),
    ),
    'points second': (
        (5, 5, 16, 14),
        ('项目', '分值', '考核要求', '评分办法'),
        ('清扫', '10', '道路清扫覆盖率达到95%以上', '每低1个百分点扣0.5分'),
        ('清运', '20', '垃圾日产日清', '每发现一处积存扣1分'),
        ('公厕', '15', '公厕按时开放', '每关闭一座扣2分'),
    ),
    'codes': (
        (5, 10, 5, 14),
        ('编号', '指标', '分数', '扣分标准'),
        ('A1', '清扫覆盖率', '10', '每低1个百分点扣0.5分'),
        ('A2', '日产日清', '20', '每发现一处积存扣1分'),
        ('A3', '公厕开放', '15', '每关闭一座扣2分'),
    ),
}


def drawn(form: str, size: float, left: float, shade: str, wrapped: str) -> bytes:
    widths, *rows = FORMS[form]
    page = PdfPage()
    page.text(left + 120, 60, '青山县环境卫生考核评分细则', size * 1.4)
    xs = [left]
    for wide in widths:
        xs.append(xs[-1] + wide * size)
    pitch, y = 1.8 * size, 140.0
    for at, row in enumerate(rows):
        high = pitch * (2 if wrapped and at else 1)
        if (shade == 'rows' and at % 2 == 0) or (shade == 'head' and at == 0):
            page.content.append('0.85 g')
            page.box(left - 4, y - size - 2, xs[-1], y + high - size - 2, 'f')
        elif shade == 'cells':
            page.content.append('0.9 g')
            for x0, x1 in itertools.pairwise(xs):
                page.box(x0 - 3, y - size - 2, x1 - 5, y + high - size - 4, 'f')
        page.content.append('0 g')
        for x, text in zip(xs, row, strict=False):
            cut = 8 if wrapped and at else 99
            page.text(x, y + (pitch / 2 if wrapped == 'middle' and at and not text[cut:] else 0), text[:cut], size)
            if text[cut:]:
                page.text(x, y + (1 if wrapped == 'even' else 0.75) * pitch, text[cut:], size)
        y += high
    return pdf(page)


def catalogue(data: bytes) -> Catalogue:
    return normalize(read(data), 'notice.pdf')


@pytest.mark.parametrize('wrapped', ['', 'even', 'close', 'middle'])
@pytest.mark.parametrize('shade', ['none', 'rows', 'head', 'cells'])
@pytest.mark.parametrize(('size', 'left'), [(8, 60), (10.5, 72), (12, 40)])
@pytest.mark.parametrize('form', FORMS)
def test_every_line_is_read_and_doubtful(form: str, size: float, left: float, shade: str, wrapped: str) -> None:
    found = catalogue(drawn(form, size, left, shade, wrapped))
    assert [line.points for line in found.indicators] == [10, 20, 15]
    assert [(one.indicator, one.effect, one.points) for one in found.clauses] == [
        (0, 'deduct', 0.5),
        (1, 'deduct', 1),
        (2, 'deduct', 2),
    ]
    assert any(one.code == 'line.doubtful' for one in found.findings)


def test_tables_with_and_without_rules_stand_in_the_order_of_the_page() -> None:
    page = PdfPage()
    page.text(180, 60, '青山县环境卫生考核评分细则', 14)
    for at, row in enumerate(FORMS['codes'][1:]):
        for x, text in zip((60, 140, 260, 330), row, strict=False):
            page.text(x, 100 + 24 * at, str(text), 10)
    page.text(180, 260, '青山县安全生产考核评分细则', 14)
    for y in (290, 320, 350):
        page.line(60, y, 500, y)
    for x in (60, 140, 260, 420, 500):
        page.line(x, 290, x, 350)
    for y, row in ((310, ('序号', '考核内容', '评分标准', '分值')), (340, ('1', '隐患排查', '每漏1处扣1分', '60'))):
        for x, text in zip((66, 146, 266, 426), row, strict=True):
            page.text(x, y, text, 10)
    assert [line.points for line in catalogue(pdf(page)).indicators] == [10, 20, 15, 60]


PROSE = {
    'paragraphs': ('各单位要高度重视考核工作明确专人负责按时报送材料', '逾期不报的视为自动放弃并在全县范围内予以通报', '本细则由县考核办公室负责解释'),
    'contents': ('一、总则          1', '二、考核内容          3', '三、评分标准          5', '四、附则          9'),
    'names': ('赵一    钱二    孙三    李四', '周五    吴六    郑七    王八', '冯九    陈十    褚一    卫二'),
    'signature': ('单位：        负责人：        日期：', '本表一式两份'),
    'two columns': ('道路清扫保洁及时到位      垃圾日产日清不得积存', '公厕按时开放专人管理      绿化带内无明显垃圾', '河道水面无漂浮物杂物      背街小巷无乱堆乱放'),
}  # fmt: skip


@pytest.mark.parametrize('size', [9, 12])
@pytest.mark.parametrize('kind', PROSE)
def test_prose_and_lists_make_no_table(kind: str, size: float) -> None:
    page = PdfPage()
    for at, line in enumerate(PROSE[kind]):
        page.text(60, 100 + 2 * size * at, line, size)
    assert not read(pdf(page)).tables
