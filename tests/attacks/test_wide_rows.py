"""Text tables with one line of very many cells: stray blank ones are no columns, and no row is filled up to what no table has."""

from __future__ import annotations

import pytest

from kaohe.extractors.document import Unreadable
from kaohe.extractors.text import read
from tests.growth import hold_growth, seconds

HEAD = '项目\t考核内容\t评分标准\t分值\n安全\t报告及时\t迟报1次扣1分，扣完为止\t60\n质量\t病历完整\t缺1份扣2分\t40\n'


@pytest.mark.parametrize('line', ['\t', ' ', '\t ', '"\t', '|\t'])
def test_a_line_of_stray_blanks_takes_time_in_a_line_with_its_length(line: str) -> None:
    def measure(count: int) -> float:
        return seconds(lambda: read(f'{HEAD}{line * count}\n'.encode()))

    hold_growth(measure, 4_000, 16_000, at_most=8, spare=0.05)


def test_a_drawn_table_takes_time_in_a_line_with_its_columns() -> None:
    def measure(count: int) -> float:
        text = '|项目|内容|分值|\n|-|-|-|\n|安全|报告|5|\n|' + 'a|' * count + '\n'
        return seconds(lambda: read(text.encode()))

    hold_growth(measure, 1_000, 4_000, at_most=8, spare=0.05)
    with pytest.raises(Unreadable, match='表格有 100000 列'):
        read(('|项目|内容|\n|-|-|\n|' + 'a|' * 100_000 + '\n').encode())


def test_stray_tabs_make_no_columns() -> None:
    wide, plain = read(f'{HEAD}{"	" * 200_000}\n'.encode()), read(HEAD.encode())
    assert (wide.tables[0].cols, plain.tables[0].cols) == (4, 4)
    assert wide.tables[0].cells[: len(plain.tables[0].cells)] == plain.tables[0].cells
    commas = HEAD.replace('\t', ',') * 5 + 'a' + ',' * 200_000 + '\n'
    assert read(commas.encode()).tables[0].cols == 4


def test_blank_columns_of_an_ordinary_table_stay() -> None:
    assert read('项目\t内容\t\t\n安全\t报告\t\t\n'.encode()).tables[0].cols == 4


@pytest.mark.parametrize(
    ('text', 'said'),
    [
        (HEAD + 'a\t' * 100_000, '表格有 100000 列'),
        (HEAD * 2000 + 'a' + '\t' * 9000 + 'b\n', '表格有 6001 行，其中一行有 9001 列'),
        (HEAD.replace('\t', ',') * 700 + 'a' + ',' * 16_000 + 'b\n', '行，其中一行有 16001 列'),
    ],
    ids=['wide', 'tall and wide', 'commas'],
)
def test_a_table_that_would_be_filled_up_beyond_measure_is_refused_with_its_size(text: str, said: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(text.encode())
    assert said in refused.value.finding.message
