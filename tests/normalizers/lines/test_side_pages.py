"""A wide table that was printed over two pages side by side is told: what each half lacks is on the other."""

from __future__ import annotations

from kaohe.normalizers import normalize
from kaohe.normalizers.catalogue import Catalogue
from tests.normalizers.tables import document, draw

LEFT = """
    序号 | 考核内容 | 小计
    1 | 户厕合格 | 20
    2 | 公厕有人管 | 30
    3 | 垃圾清运 | 50
"""
RIGHT = """
    分值 | 扣分标准 | 责任科室 | 备注 | 得分
    20 | 1户不合格扣2分 | 环卫所 | |
    30 | 1座无人管扣5分 | 环卫所 | |
    50 | 1次不及时扣3分 | 城管办 | |
"""


def read(left: str, right: str) -> Catalogue:
    """What a PDF says with these tables, at one place of two pages."""
    return normalize(document('环境整治考核表', draw(left, page=1), draw(right, page=2), format='pdf'), '表.pdf')


def told(found: Catalogue) -> list[tuple[int | None, str]]:
    return [(one.table, one.message) for one in found.findings if one.code == 'table.apart']


def test_halves_of_a_wide_table_are_told_with_each_of_their_lines() -> None:
    found = read(LEFT, RIGHT)
    assert [table for table, _ in told(found)] == [0, 1]
    assert '与第 2 页的表逐行对齐' in told(found)[0][1]
    assert '请放入表格的原件' in told(found)[0][1]
    doubted = {one.indicator for one in found.findings if '没有接上' in one.message}
    assert doubted == set(range(len(found.indicators)))
    assert found.indicators


def test_one_form_on_two_pages_is_no_wide_table() -> None:
    assert not told(read(RIGHT, RIGHT.replace('分值', '分 值')))
    other = '序号 | 考核内容 | 标准分\n1 | 台账 | 20\n2 | 档案 | 30\n3 | 归档 | 50'
    assert not told(read('编号 | 检查内容 | 分值\n1 | 值班 | 20\n2 | 交班 | 30\n3 | 巡查 | 50', other))


def test_tables_whose_rows_do_not_stand_level_are_no_halves() -> None:
    assert not told(read(LEFT, RIGHT.strip().rpartition('\n')[0]))


def test_a_wide_table_of_a_file_without_pages_is_not_asked_for() -> None:
    found = normalize(document('环境整治考核表', draw(LEFT), draw(RIGHT)), '表.docx')
    assert not told(found)
