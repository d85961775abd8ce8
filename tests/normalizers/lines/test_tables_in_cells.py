"""A table that stands in the cell of a line says more of what the cell says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kaohe.normalizers import normalize
from kaohe.normalizers.catalogue import Catalogue
from tests.normalizers.tables import document, draw

OUTER = """
    序号 | 考核内容 | 评分标准 | 分值
    1 | 巡护到位 | 按下表扣分： | 10
    2 | 防火宣传 | 缺1次扣2分 | 20
"""


def read(inner: str, place: tuple[int, int] = (1, 2), outer: str = OUTER) -> Catalogue:
    """What a paper says in whose table another stands, in the cell at this row and column."""
    source = document('护林考核评分表', draw(outer))
    nested = replace(draw(inner, index=1), parent=(0, *place))
    return normalize(replace(source, tables=(*source.tables, nested)), '表.docx')


@pytest.mark.parametrize('head', ['情形 | 扣分', '扣分情形 | 扣分标准', '行为 | 扣分值'])
def test_matters_and_what_each_costs_belong_to_the_line_in_whose_cell_they_stand(head: str) -> None:
    found = read(f'{head}\n未巡护 | 扣2分\n漏报火情 | 扣5分')
    assert [line.criteria for line in found.indicators] == [
        '按下表扣分：\n未巡护 扣2分\n漏报火情 扣5分',
        '缺1次扣2分',
    ]
    assert [(one.effect, one.points) for one in found.clauses] == [('deduct', 2), ('deduct', 5), ('deduct', 2)]
    assert [table.kind for table in found.tables] == ['scoring', 'list']


def test_bare_figures_of_a_table_in_a_cell_are_told_at_the_line() -> None:
    found = read('情形 | 扣分\n未巡护 | 2\n漏报火情 | 5')
    assert [line.requirement for line in found.indicators] == ['巡护到位', '防火宣传']
    told = [one.message for one in found.findings if one.code == 'line.doubtful' and one.indicator == 0]
    assert len(told) == 1
    assert '格子里的小表没有读成条款，其中有“未巡护2”' in told[0]


def test_a_scoring_table_in_a_cell_of_a_page_that_only_sets_things_out_has_lines_of_its_own() -> None:
    found = read(OUTER.strip(), (1, 1), '导航 | 正文\n首页 | 护林考核评分表')
    assert [line.requirement for line in found.indicators] == ['巡护到位', '防火宣传']
