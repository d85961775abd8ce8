import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaohe.extractors.encoding import decode

NOTICE = '青川市卫生健康局关于印发2025年目标责任制考核细则的通知\r\n（满分100分，每缺1项扣0.5分）\r\n'


@pytest.mark.parametrize('encoding', ['utf-8', 'utf-8-sig', 'utf-16', 'utf-16-le', 'utf-16-be', 'gb18030', 'gbk'])
def test_a_notice_reads_the_same_in_every_encoding_that_offices_use(encoding: str) -> None:
    assert decode(NOTICE.encode(encoding)).text == NOTICE


@pytest.mark.parametrize('words', ['得分', '扣1分', '分值', '考核'])
def test_a_gb18030_text_of_two_characters_is_not_taken_for_another_encoding(words: str) -> None:
    assert decode(words.encode('gb18030')).text == words


def test_a_big_endian_byte_order_mark_is_honoured() -> None:
    assert decode(codecs.BOM_UTF16_BE + '考核'.encode('utf-16-be')).text == '考核'


def test_utf_8_goes_before_a_wrong_declaration() -> None:
    assert decode('考核内容'.encode(), declared='gb2312').text == '考核内容'


def test_a_declared_encoding_is_believed_where_utf_8_does_not_fit() -> None:
    assert decode('考核內容'.encode('big5'), declared='big5').text == '考核內容'


def test_a_declared_utf_16_is_not_believed_for_single_bytes() -> None:
    assert decode('考核'.encode('gb18030'), declared='utf-16').text == '考核'


def test_a_broken_byte_costs_one_character_and_is_reported() -> None:
    data = NOTICE.encode('gb18030')
    broken = data[:-4] + b'\xff' + data[-4:]
    decoded = decode(broken)
    assert '考核细则的通知' in decoded.text
    assert [finding.code for finding in decoded.findings] == ['text.undecodable']
    assert '1 个字符' in decoded.findings[0].message


def test_a_utf_8_file_cut_in_a_character_stays_utf_8() -> None:
    decoded = decode(NOTICE.encode()[:-4])
    assert decoded.encoding == 'utf-8'
    assert decoded.lost == 1


def test_a_replacement_character_of_the_file_itself_is_no_loss() -> None:
    assert decode('原件里就有\ufffd'.encode()).findings == ()


@given(st.binary(max_size=200))
def test_any_bytes_give_a_text(data: bytes) -> None:
    assert isinstance(decode(data).text, str)
