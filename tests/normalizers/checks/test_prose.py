from __future__ import annotations

from kaohe.normalizers import normalize
from tests.normalizers.tables import document, draw

TABLE = '项目 | 考核内容 | 评分标准 | 分值\n制度 | 落实制度 | 缺一项扣1分 | 5'


def test_an_amount_in_a_paragraph_that_was_not_understood_is_told_with_its_words() -> None:
    paper = document('2024年度考核评分表', '年底奖励先进集体每个约2分。', draw(TABLE))
    (found,) = (found for found in normalize(paper, 'x.docx').findings if found.code == 'clause.unparsed')
    assert found.message.startswith('正文“年底奖励先进集体每个约2分。”：“年底奖励先进集体每个约2分”提到了分数')


def _unknown_tables(*paragraphs: str) -> list[str]:
    return [
        found.message.partition('：')[0]
        for found in normalize(document(*paragraphs), 'x.docx').findings
        if found.code == 'table.unknown'
    ]


def test_columns_set_apart_by_blanks_or_tabs_are_told_though_their_heads_stand_in_the_title() -> None:
    rows = ('出车检查 40 未检查的扣5分', '车容车貌 60 每处不洁扣2分', '车辆台账 20 缺1项扣1分')
    for gap in ('    ', '\t'):
        apart = [row.replace(' ', gap) for row in rows]
        headed = ('车辆检查评分表', gap.join(('检查项目', '分值', '扣分标准')), *apart)
        assert _unknown_tables(*headed) == ['正文“检查项目 分值 扣分标准”']
        assert _unknown_tables('车辆检查评分规定', '各车队：', *apart) == ['正文“出车检查 40 未检查的扣5分”']


def test_lines_to_fill_in_and_single_rows_are_no_columns() -> None:
    assert not _unknown_tables('车辆检查规定', '填表人：    2024    扣5分', '每次检查扣5分。', '日期：    2024    月')
