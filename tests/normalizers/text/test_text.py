"""Cleaned text and its way back to the source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaohe.extractors.document import Cell
from kaohe.normalizers.catalogue import Origin
from kaohe.normalizers.text.cleaning import SourcePlace, SourceRun, Text, clean_block, clean_cell, one_line


@pytest.mark.parametrize(
    ('source', 'cleaned'),
    [
        (r'增长 $\leq 5\%$ ，得4分', '增长 ≤5% ，得4分'),
        (r'同比增长 $> 5\%$ 的', '同比增长 >5% 的'),
        (r'① \geq 全市平均值', '① ≥ 全市平均值'),
        ('达到 40DDD _s以下，超过 45DDD _s ，', '达到 40DDDs以下，超过 45DDDs ，'),
        ('<ul style="list-style-type: none"> ① 未建立制度 </ul>', '① 未建立制度'),
        ('<p>按时上报</p> <p>缺一次扣1分</p>', '按时上报\n缺一次扣1分'),
        ('合格率&lt;95%&nbsp;的', '合格率<95%\xa0的'),
        ('[bookmark: _GoBack]2024年度要点', '2024年度要点'),
        ('清廉 医院建设', '清廉医院建设'),
        ('扣 1 分，DRG 平台 上线', '扣 1 分，DRG 平台上线'),
        ('每下降\n\n \n1分', '每下降\n1分'),
        ('⼀票否决，⼈员⻓期', '一票否决，人员长期'),
        ('\uf90a属扣5¹分', '金属扣5分'),
        ('扣0.5¹²分，达到10²亩、10⁴m²', '扣0.5分，达到10²亩、10⁴m²'),
        ('每发现1起²扣2分³。', '每发现1起²扣2分³。'),
    ],
)
def test_leftovers_of_other_tools_and_of_line_wraps_are_removed(source: str, cleaned: str) -> None:
    assert clean_block(source, 0).text == cleaned


@pytest.mark.parametrize(
    'text', ['处方合格率<95%的，扣1分', '收费$5的项目', 'a_b.docx', '０．5分', '千年  越医', '得分：≥90%，<95%']
)
def test_what_is_no_leftover_stays_as_printed(text: str) -> None:
    assert clean_block(text, 0).text == text


def test_a_span_of_cleaned_text_leads_back_to_its_place_in_the_cell() -> None:
    source = '落实 <b>责任</b>，每缺 1 项'
    cleaned = clean_cell(Cell(4, 2, 1, 1, source), 1)
    assert cleaned.text == '落实责任，每缺 1 项'
    (origin,) = cleaned.origins('criteria', 2, 4)
    assert (origin.table, origin.row, origin.col) == (1, 4, 2)
    assert source[origin.start : origin.end] == '责任'


def test_a_rewritten_sign_leads_back_to_all_that_it_replaces() -> None:
    source = r'增幅 $\leq 5\%$'
    cleaned = clean_block(source, 7)
    at = cleaned.text.index('≤')
    assert cleaned.origins('x', at, at + 1) == (Origin('x', 3, len(source), block=7),)


def test_text_joined_from_two_cells_has_an_origin_in_each() -> None:
    left, right = (clean_cell(Cell(1, col, 1, 1, text), 0) for col, text in ((3, '地面有垃圾'), (4, '每处扣1分')))
    joined = Text.join('\n', [left, right])
    assert joined.text == '地面有垃圾\n每处扣1分'
    assert [(origin.col, origin.start, origin.end) for origin in joined.origins('criteria')] == [(3, 0, 5), (4, 0, 5)]


def test_a_title_set_letter_by_letter_is_one_word() -> None:
    assert one_line(clean_block('人\n \n事\n工 作', 0)).text == '人事工作'


_PLAIN = st.text(st.sampled_from('落实责任扣分 1.5<>%（）\n　'), max_size=40)


@given(_PLAIN, st.data())
def test_characters_that_are_kept_map_to_themselves(source: str, data: st.DataObject) -> None:
    cleaned = clean_block(source, 0)
    if not cleaned:
        return
    at = data.draw(st.integers(0, len(cleaned) - 1))
    if cleaned.text[at] != '\n':
        (origin,) = cleaned.origins('x', at, at + 1)
        assert source[origin.start : origin.end] == cleaned.text[at]


@given(_PLAIN, st.integers(-50, 50), st.integers(-50, 50))
def test_slices_of_text_are_slices_of_its_string(source: str, start: int, end: int) -> None:
    text = Text([SourceRun(source, SourcePlace(block=0), 0, len(source))])
    assert text[start:end].text == source[start:end]
