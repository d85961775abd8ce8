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


TRADITIONAL = (
    '序號\t評鑑項目\t評分細項及標準\t分數',
    '環境清潔維護不良者，每發現一處扣零點五分，扣完為止。',
    '未依規定期限陳報成果報告者，每逾一日扣一分。',
    '服務滿意度達百分之九十以上得五分，未達百分之八十者不予計分。',
    '本要點經縣政府核定後公告實施，修正時亦同。',
    '教育訓練時數不足，每人每少一小時扣0.5分',
)


@pytest.mark.parametrize('line', TRADITIONAL)
@pytest.mark.parametrize('times', [1, 3, 40])
def test_big5_is_known_by_its_common_characters(line: str, times: int) -> None:
    decoded = decode('\r\n'.join([line] * times).encode('cp950'))
    assert decoded.text == '\r\n'.join([line] * times)
    assert decoded.encoding == 'big5'


@pytest.mark.parametrize(
    'line',
    [
        NOTICE,
        '序号,考核内容,评分标准,分值\n1,道路清扫保洁,每处扣0.5分,10',
        '環境清潔維護不良者，每發現一處扣零點五分，扣完為止。',
        '啊阿埃挨哎唉哀皑癌蔼矮艾碍爱隘鞍氨安俺按暗岸胺案肮昂盎凹敖熬翱',
        '单位：云岭县园林绿化养护中心；联系人：赵某；电话：0000-1234567',
        '鄞州区衢江区溧水区浏阳市嵊州市婺城区瓯海区邗江区睢宁县',
    ],
)
def test_no_text_in_gb18030_is_taken_for_big5(line: str) -> None:
    assert decode(line.encode('gb18030')).text == line


def test_chinese_text_in_ascii_is_read() -> None:
    text = '考核细则\n1. 未建立台账的扣5分'
    assert decode(text.encode('hz')).text == text
    assert decode(b'~{ is no text~} in a ~{note~}').text == '~{ is no text~} in a ~{note~}'
