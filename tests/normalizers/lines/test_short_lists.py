"""A short list behind a scoring table that says how points move and was not read is named."""

from __future__ import annotations

import pytest

from kaohe.extractors.docx import read
from kaohe.normalizers import normalize
from kaohe.normalizers.catalogue import Catalogue
from tests.extractors.docx_builder import cell, docx, par, row, table

HEAD = ('序号', '考核内容', '评分标准', '分值')
LINES = (('1', '清扫保洁', '每处扣0.5分', '10'), ('2', '垃圾清运', '每处扣1分', '20'))


def drawn(*rows: tuple[str, ...]) -> str:
    return table(*(row(*map(cell, one)) for one in rows))


def catalogue(short: str, title: str) -> Catalogue:
    body = par('青山县考核评分细则') + drawn(HEAD, *LINES) + par(title) + short + par('附则')
    return normalize(read(docx(body)), 'notice.docx')


TELLING = {
    'unknown heads': (('情形', '处理'), ('群体上访', '扣5分'), ('媒体曝光', '扣3分')),
    'no heads': (('群体上访', '扣5分'), ('媒体曝光', '扣3分')),
    'one column': (('群体上访扣5分',), ('媒体曝光扣3分',)),
    'a veto': (('一票否决', '发生较大以上事故的，取消评优资格'),),
}
OTHER = {
    'offices': (('组长', '赵某'), ('成员', '钱某、孙某')),
    'telephones': (('办公室', '0000-123456'), ('监督科', '0000-654321')),
    'a form': (('单位', ''), ('日期', '')),
}


@pytest.mark.parametrize('title', ['', '附表'])
@pytest.mark.parametrize('kind', TELLING)
def test_it_is_named(kind: str, title: str) -> None:
    found = catalogue(drawn(*TELLING[kind]), title)
    assert [(one.code, one.table) for one in found.findings] == [('table.unknown', 1)]
    assert len(found.indicators) == 2


@pytest.mark.parametrize('kind', OTHER)
def test_a_list_that_moves_no_points_is_not(kind: str) -> None:
    assert not [one for one in catalogue(drawn(*OTHER[kind]), '').findings if one.code == 'table.unknown']


def test_before_any_scoring_table_a_short_list_is_not_named() -> None:
    body = par('青山县考核评分细则') + drawn(('群体上访', '扣5分')) + par('一') + drawn(HEAD, *LINES)
    found = normalize(read(docx(body)), 'notice.docx')
    assert not [one for one in found.findings if one.code == 'table.unknown']


@pytest.mark.parametrize('criteria', ['查阅资料', '缺1项扣一定分数'])
def test_a_scoring_head_over_lines_without_points_is_named(criteria: str) -> None:
    rows = [(str(at), f'第{at}项台账', criteria, text) for at, text in enumerate(('待定', ''), start=1)]
    found = normalize(read(docx(par('青山县考核评分细则') + drawn(HEAD, *rows))), 'notice.docx')
    assert (found.indicators, [one.code for one in found.findings]) == ((), ['table.unknown'])


def test_a_blank_form_under_a_scoring_head_is_not() -> None:
    found = normalize(read(docx(par('青山县考核评分表') + drawn(HEAD, *[('', '', '', '')] * 3))), 'notice.docx')
    assert not [one for one in found.findings if one.code == 'table.unknown']
