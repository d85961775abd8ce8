"""One table or two, where the printed totals tell; all places are fictional."""

from __future__ import annotations

from decimal import Decimal

from kaohe.extractors.document import Table
from kaohe.normalizers import normalize
from kaohe.normalizers.catalogue import Catalogue
from tests.normalizers.tables import document, draw

_UPPER = """
    考核项目 | 分值 | 评分标准
    值班 | 40 | 缺一次扣1分
    台账 | 20 | 缺一本扣1分
"""


def _read(*parts: str | Table) -> Catalogue:
    return normalize(document(*parts), '云溪环卫考核.docx')


def _lower(total: int, head: str = '考核项目 | 分值 | 评分标准') -> Table:
    rows = (head, '保洁 | 30 | 缺一次扣1分', '绿化 | 10 | 缺一本扣1分', f'合计 | {total} |')
    return draw('\n'.join(filter(None, rows)))


def test_two_tables_that_only_their_common_total_proves_are_one() -> None:
    for head in ('考核项目 | 分值 | 评分标准', ''):
        found = _read('云溪环卫考核表', draw(_UPPER), '计分单位：后勤中心', _lower(100, head))
        assert [(table.total_points, table.proof) for table in found.tables] == [(Decimal(100), 'proved')]
        assert [line.name for line in found.indicators] == ['值班', '台账', '保洁', '绿化']
        assert [block.text for block in found.blocks if block.text] == ['云溪环卫考核表', '计分单位：后勤中心']


def test_two_tables_of_which_the_second_has_its_own_total_stay_two() -> None:
    found = _read('云溪环卫考核表', draw(_UPPER), '计分单位：后勤中心', _lower(40))
    assert [(table.total_points, table.proof) for table in found.tables] == [(None, 'consistent'), (40, 'proved')]


def test_a_total_that_neither_one_table_nor_two_reach_is_said() -> None:
    found = _read('云溪环卫考核表', draw(_UPPER), '计分单位：后勤中心', _lower(90))
    assert len(found.tables) == 2
    assert [(one.code, one.about, one.table) for one in found.findings if one.code == 'total.sum'] == [
        ('total.sum', 'reading', 1)
    ]


def _glued(last: int) -> Table:
    return draw(f"""
        考核项目 | 分值 | 评分标准
        值班 | 40 | 缺一次扣1分
        台账 | 60 | 缺一本扣1分
        合计 | 100 |
        二、街道保洁考核表 | < | <
        考核项目 | 分值 | 评分标准
        保洁 | 70 | 缺一次扣1分
        绿化 | {last} | 缺一本扣1分
        合计 | 100 |
    """)


def test_a_table_that_holds_two_each_proved_by_its_own_total_is_cut() -> None:
    found = _read('云溪环卫考核表', _glued(30), '以上两表分别计分。')
    assert [(table.title, table.total_points, table.proof) for table in found.tables] == [
        ('云溪环卫考核表', 100, 'proved'),
        ('街道保洁考核表', 100, 'proved'),
    ]
    assert [(line.table, line.name) for line in found.indicators] == [
        (0, '值班'),
        (0, '台账'),
        (1, '保洁'),
        (1, '绿化'),
    ]
    places = [(one.table, one.row) for one in found.indicators[2].origins if one.field == 'name']
    assert places == [(1, 2)]


def test_a_table_of_which_the_second_total_does_not_hold_stays_one_and_is_doubted_there() -> None:
    found = _read('云溪环卫考核表', _glued(20))
    assert len(found.tables) == 1
    assert [(one.code, one.indicator) for one in found.findings] == [('line.doubtful', 2)]


def test_tables_under_headings_of_their_own_stay_apart() -> None:
    for heading in ('二、街道保洁', '附件2', '街道保洁考核表'):
        found = _read('一、值班', draw(_UPPER), heading, _lower(100))
        assert [[line.name for line in found.indicators if line.table == at] for at in range(len(found.tables))] == [
            ['值班', '台账'],
            ['保洁', '绿化'],
        ]
    for going_on in ('云溪环卫考核表（续）', '续表1'):
        assert len(_read('云溪环卫考核表', draw(_UPPER), going_on, _lower(100)).tables) == 1


def test_a_heading_inside_one_table_without_a_second_head_does_not_part_it() -> None:
    for heading in ('（二）环境', '云溪环卫考核表'):
        found = _read('云溪环卫考核表', draw(_UPPER), heading, _lower(100, ''))
        assert [(table.total_points, table.proof) for table in found.tables] == [(Decimal(100), 'proved')]


def test_a_table_that_holds_three_is_cut_twice() -> None:
    part = """
        考核项目 | 分值 | 评分标准
        值班{0} | 40 | 缺一次扣1分
        台账{0} | {1} | 缺一本扣1分
        合计 | 100 |
    """.strip()
    rows = [row.strip() for at in range(3) for row in part.format(at, 60).splitlines()]
    found = _read('云溪环卫考核表', draw('\n'.join(rows)))
    assert [(table.total_points, table.proof) for table in found.tables] == [(Decimal(100), 'proved')] * 3
    assert [(line.table, line.name) for line in found.indicators][::2] == [(0, '值班0'), (1, '值班1'), (2, '值班2')]
    wrong = [row.strip() for at in range(3) for row in part.format(at, 60 - at).splitlines()]
    assert len(_read('云溪环卫考核表', draw('\n'.join(wrong))).tables) == 1
