"""A label of any style is known to every reader of the grammar: the same sentence reads the same behind each of them."""

from __future__ import annotations

import pytest

from kaohe.normalizers.grammar.clauses.reader import read_clauses
from kaohe.normalizers.grammar.targets.reader import read_thresholds
from tests.normalizers.grammar.reading import in_short, read

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


@pytest.mark.parametrize('stop', ['.', '、', '．'])
@pytest.mark.parametrize('border', ['\n', '；\n', '；', '。'])
def test_a_label_that_a_count_follows_at_once_is_no_part_of_its_number(stop: str, border: str) -> None:
    text = border.join((f'1{stop}台账不清1处扣1分', f'2{stop}1人无证扣2分', f'3{stop}2次迟到扣3分'))
    found = read_clauses(text).matches
    assert in_short(found) == 'deduct 1 /1 处; deduct 2 /1 人; deduct 3'
    assert [(one.item, text[one.start : one.end]) for one in found] == [
        ('1', '台账不清1处扣1分'),
        ('2', '1人无证扣2分'),
        ('3', '2次迟到扣3分'),
    ]


@pytest.mark.parametrize(
    ('text', 'parts'),
    [
        (
            '1.1人员不齐扣1分\n1.2台账不清扣2分\n2.1制度不全扣3分',
            ['1.1人员不齐扣1分', '1.2台账不清扣2分', '2.1制度不全扣3分'],
        ),
        ('1.无标识扣2分\n2.5分钟内未到扣1分', ['无标识扣2分', '2.5分钟内未到扣1分']),
        ('1、2人缺席扣1分；3、4人缺席扣2分', ['1、2人缺席扣1分', '3、4人缺席扣2分']),
        ('1次扣1分\n2、3次扣3分', ['1次扣1分', '2、3次扣3分']),
    ],
)
def test_numbers_of_sections_sizes_and_pairs_of_counts_are_no_labels(text: str, parts: list[str]) -> None:
    assert [text[one.start : one.end] for one in read_clauses(text).matches] == parts
