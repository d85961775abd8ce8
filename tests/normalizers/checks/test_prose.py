from __future__ import annotations

from kaohe.normalizers import normalize
from tests.normalizers.tables import document, draw

TABLE = '项目 | 考核内容 | 评分标准 | 分值\n制度 | 落实制度 | 缺一项扣1分 | 5'


def test_an_amount_in_a_paragraph_that_was_not_understood_is_told_with_its_words() -> None:
    paper = document('2024年度考核评分表', '年底奖励先进集体每个约2分。', draw(TABLE))
    (found,) = (found for found in normalize(paper, 'x.docx').findings if found.code == 'clause.unparsed')
    assert found.message.startswith('正文“年底奖励先进集体每个约2分。”：“年底奖励先进集体每个约2分”提到了分数')
