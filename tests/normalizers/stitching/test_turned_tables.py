"""Tables with an item a column, and cards of one item; all places are fictional."""

from __future__ import annotations

from decimal import Decimal

from kaohe.normalizers import normalize
from kaohe.normalizers.catalogue import Catalogue
from tests.normalizers.tables import document, draw


def _read(*parts: str) -> Catalogue:
    drawn = [draw(part) if '|' in part else part for part in parts]
    return normalize(document('云溪环卫班组考核表', *drawn), '云溪.docx')


def _lines(found: Catalogue) -> list[tuple[str | None, str | None, str | None, Decimal | None]]:
    return [(line.name, line.requirement, line.criteria, line.points) for line in found.indicators]


def test_a_table_with_an_item_a_column_is_turned() -> None:
    found = _read("""
        考核项目 | 出勤 | 质量 | 合计
        考核内容 | 按时 | 合格 |
        评分标准 | 缺勤一次扣2分 | 不合格一件扣1分 |
        分值 | 40 | 60 | 100
    """)
    assert [(table.total_points, table.proof) for table in found.tables] == [(100, 'proved')]
    assert _lines(found) == [
        ('出勤', '按时', '缺勤一次扣2分', 40),
        ('质量', '合格', '不合格一件扣1分', 60),
    ]
    assert not found.findings


def test_cards_of_one_item_are_lines() -> None:
    cards = [
        f'考核项目 | {name} | 分值 | 50\n评分标准 | {rule} | < | <'
        for name, rule in (('点检', '漏检一次扣2分'), ('交接', '缺记录一次扣1分'))
    ]
    expected = [('点检', None, '漏检一次扣2分', 50), ('交接', None, '缺记录一次扣1分', 50)]
    together = _read(*cards)
    assert (_lines(together), len(together.tables)) == (expected, 1)
    apart = _read('一、早班', cards[0], '二、晚班', cards[1])
    assert (_lines(apart), len(apart.tables)) == (expected, 2)


def test_cards_below_each_other_in_one_table_are_lines() -> None:
    found = _read("""
        指标名称 | 水质合格率 | 分值 | 25
        指标说明 | 合格样本占比 | < | <
        评分标准 | 每低1%扣5分 | < | <
        指标名称 | 管网漏损率 | 分值 | 75
        指标说明 | 漏失水量所占比例 | < | <
        评分标准 | 每高1%扣2分 | < | <
    """)
    assert _lines(found) == [
        ('水质合格率', '合格样本占比', '每低1%扣5分', 25),
        ('管网漏损率', '漏失水量所占比例', '每高1%扣2分', 75),
    ]
    assert not found.findings


def test_a_table_whose_heads_are_not_all_known_or_whose_points_are_no_figures_stays() -> None:
    for points, head in (('40', '云溪'), ('见附件', '评分标准'), ('', '评分标准')):
        found = _read(f"""
            考核项目 | 出勤 | 质量
            {head} | 缺勤一次扣2分 | 不合格一件扣1分
            分值 | {points} | 60
        """)
        assert len(_lines(found)) != 2 or _lines(found)[0][0] != '出勤'
        assert found.findings


def test_a_table_with_its_heads_above_is_not_turned() -> None:
    found = _read("""
        考核项目 | 评分标准 | 分值
        考核内容 | 缺勤一次扣2分 | 40
        评分标准执行 | 不合格一件扣1分 | 60
    """)
    assert [line.points for line in found.indicators] == [40, 60]
    assert [line.name for line in found.indicators] == ['考核内容', '评分标准执行']
