"""A label of any style is known to every reader of the grammar: the same sentence reads the same behind each of them."""

from __future__ import annotations

import pytest

from kaohe.normalizers.grammar.targets.reader import read_thresholds
from tests.normalizers.grammar.reading import read

SIGNS = [('①', '②'), ('❶', '❷'), ('⑴', '⑵'), ('㈠', '㈡')]
STOPPED = [('1.', '2.'), ('1、', '2、'), ('（1）', '（2）'), ('（一）', '（二）'), ('一、', '二、'), ('1）', '2）')]
SENTENCES = [
    ('{}台账不全不得分。{}记录不全扣1分。', 'forfeit; deduct 1'),
    ('{}分级护理（15分）：查记录，缺1项扣1分。{}消毒隔离（10分）：未消毒扣2分', 'deduct 1 /1 项; deduct 2'),
    ('{}按期报送2分；\n{}内容齐全3分。', 'award 2; award 3'),
]
# What follows without a stop is told apart by its sign
RUN_ON = [
    ('{}资料齐全2分{}记录齐全3分', 'award 2; award 3'),
    ('{}台账不全不得分{}记录不全扣1分', 'forfeit; deduct 1'),
    ('{}未发生事故，得满分{}发生事故一票否决', 'full; veto'),
]


@pytest.mark.parametrize('pair', SIGNS + STOPPED)
@pytest.mark.parametrize(('sentence', 'clauses'), SENTENCES)
def test_clauses_behind_labels(sentence: str, clauses: str, pair: tuple[str, str]) -> None:
    assert read(sentence.format(*pair)) == clauses


@pytest.mark.parametrize('pair', SIGNS)
@pytest.mark.parametrize(('sentence', 'clauses'), RUN_ON)
def test_clauses_that_a_sign_parts(sentence: str, clauses: str, pair: tuple[str, str]) -> None:
    assert read(sentence.format(*pair)) == clauses


@pytest.mark.parametrize('pair', SIGNS + STOPPED)
def test_a_metric_stands_without_its_label(pair: tuple[str, str]) -> None:
    found = read_thresholds('{}满意度达到90%；{}投诉率控制在5%以内。'.format(*pair))
    assert [target.metric for target in found] == ['满意度', '投诉率']
