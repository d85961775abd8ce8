"""A table inside a cell of the criteria is part of that line."""

from __future__ import annotations

import pytest

from kaohe.extractors.docx import read
from kaohe.normalizers import normalize
from kaohe.normalizers.catalogue import Catalogue
from tests.extractors.docx_builder import cell, docx, par, row, table

HEAD = row(cell('序号'), cell('考核内容'), cell('评分标准'), cell('分值'))
OTHER = row(cell('2'), cell('市容秩序良好'), cell('出现占道经营1起扣1分'), cell('20'))


def notice(inner: str, before: str = '按下列档次计分：', after: str = '') -> Catalogue:
    held = par(before) + inner + (par(after) if after else par())
    body = par('城市管理考核评分细则') + table(HEAD, row(cell('1'), cell('清扫覆盖率'), cell(held), cell('10')), OTHER)
    return normalize(read(docx(body)), 'notice.docx')


GRADES = (('95%以上', '10分'), ('90%—95%', '5分'), ('90%以下', '不得分'))


@pytest.mark.parametrize('head', [('清扫覆盖率', '得分'), ('覆盖率', '分值'), None])
@pytest.mark.parametrize('count', [2, 3])
def test_grades_in_a_table_of_their_own_are_clauses_of_the_line(head: tuple[str, str] | None, count: int) -> None:
    rows = [*([head] if head else []), *GRADES[:count]]
    found = notice(table(*(row(cell(one), cell(other)) for one, other in rows)))
    assert len(found.indicators) == 2
    assert found.indicators[0].criteria is not None
    assert '95%以上 10分\n90%—95% 5分' in found.indicators[0].criteria
    told = [(clause.effect, clause.points) for clause in found.clauses if clause.indicator == 0]
    assert told == [('award', 10), ('award', 5), ('forfeit', None)][:count]


def test_the_words_around_the_table_stand_before_it() -> None:
    found = notice(table(row(cell('甲'), cell('每处扣1分')), row(cell('乙'), cell('每处扣2分'))), after='扣完为止。')
    assert found.indicators[0].criteria == '按下列档次计分：\n扣完为止。\n甲 每处扣1分\n乙 每处扣2分'
    assert len(found.document.tables) == 2


def test_a_cell_that_holds_nothing_but_a_table_is_read_and_not_asked_about() -> None:
    found = notice(table(row(cell('每闭馆1天'), cell('扣2分')), row(cell('收取费用的'), cell('不得分'))), before='')
    assert found.indicators[0].criteria == '每闭馆1天 扣2分\n收取费用的 不得分'
    assert [clause.effect for clause in found.clauses if clause.indicator == 0] == ['deduct', 'forfeit']
    assert not [each for each in found.findings if each.code in ('table.unknown', 'points.unplaced')]


def test_a_table_in_a_table_in_a_cell_is_part_of_it() -> None:
    deep = table(row(cell('丙'), cell('每处扣3分')))
    found = notice(table(row(cell('甲'), cell('每处扣1分')), row(cell('乙'), cell(par('分两类') + deep + par()))))
    assert '每处扣3分' in (found.indicators[0].criteria or '')
