import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaohe.extractors.document import Document, Unreadable
from kaohe.extractors.text.prose import paragraphs
from kaohe.extractors.text.reader import read

SHARED = Path(__file__).parents[3].parent / 'shared' / 'notices' / 'txt'


def visible(text: str) -> Counter[str]:
    return Counter(re.sub(r'\s', '', text))


def order(document: Document) -> list[str]:
    return [f'<{block.table}>' if block.kind == 'table' else block.text for block in document.blocks]


def test_paragraphs_of_a_text_are_blocks_in_order() -> None:
    document = read('云河县人民医院\n\n2025年度工作总结\n一、主要成效\n全年门诊人次增长3.2%。\n'.encode())
    assert order(document) == ['云河县人民医院', '2025年度工作总结', '一、主要成效', '全年门诊人次增长3.2%。']
    assert document.format == 'txt'
    assert document.tables == ()


@pytest.mark.parametrize(
    ('line', 'following'),
    [('着装不整洁，每次扣1分', '迟到早退，每次扣2分。'), ('各科室，各部门', '有关事项通知如下：')],
)
def test_a_short_line_that_says_all_it_says_stays_apart(line: str, following: str) -> None:
    full = '各科室按照本办法的规定组织日常检查并且如实填写检查记录，检查'
    found = [block.text for block in paragraphs([full, '结果每月底报送。', line, following], 60)]
    assert found[-2:] == [line, following]


def test_wrapped_lines_are_joined_to_paragraphs() -> None:
    text = (
        '　　各科室要把年度考核作为推动高质量发展的重要抓手，对照细则逐项分解任务，落\n'
        '实到人，每季度末自查一次，自查情况于次月五日前报办公室。发现问题要立即整改，并\n'
        '在下一季度的自查报告中说明整改结果，整改不到位的由办公室在院周会上通报，并且计\n'
        '入年度考核。\n'
        '　　本细则自印发之日起施行。\n'
    )
    assert order(read(text.encode())) == [
        '各科室要把年度考核作为推动高质量发展的重要抓手，对照细则逐项分解任务，落实到人，每季度末自查一次，自查情况于次月'
        '五日前报办公室。发现问题要立即整改，并在下一季度的自查报告中说明整改结果，整改不到位的由办公室在院周会上通报，并且'
        '计入年度考核。',
        '本细则自印发之日起施行。',
    ]


def test_a_short_line_of_a_wrapped_file_that_stops_amid_its_sentence_is_joined() -> None:
    text = (
        '1.服务时长：每人每年服务时长不少于四十小\n时，每少一小时扣一分。\n'
        '2.服务纪律：无故缺席的，每人次扣两分；着\n装不统一扣一分。\n'
        '3.服务成效：服务对象投诉查实的，每件扣五\n分，扣完为止。\n'
        '4.获县级以上表彰的，每次加\n5分。\n'
        '值班人员：林峰，周岚\n何芬\n'
    )
    assert order(read(text.encode()))[-3:] == ['4.获县级以上表彰的，每次加5分。', '值班人员：林峰，周岚', '何芬']


def test_long_unwrapped_paragraphs_are_not_joined() -> None:
    lines = [
        '一是' + '加强组织领导，' * 12 + '确保落实',
        '二是' + '完善制度，' * 9 + '强化监督',
        '三是' + '狠抓整改，' * 20,
    ]
    assert order(read('\n'.join(lines).encode())) == lines


def test_a_markdown_heading_gives_its_level_and_loses_its_marks() -> None:
    block = read('# 青川市考核细则\n\n正文\n'.encode()).blocks[0]
    assert (block.text, block.level) == ('青川市考核细则', 1)


@pytest.mark.parametrize('end', ['\n', '\r\n', '\r', '\x0c', '\x0b', '\u2028'])
def test_every_line_end_ends_a_line(end: str) -> None:
    assert order(read(f'第一段{end}第二段'.encode())) == ['第一段', '第二段']


def test_a_file_of_comma_separated_values_is_one_table() -> None:
    document = read('2025年考核表\n序号,考核内容,分值\n1,"规范管理,落实到人",5\n2,安全生产,10\n'.encode())
    assert order(document) == ['2025年考核表', '<0>']
    assert [cell.text for cell in document.tables[0].cells] == [
        *('序号', '考核内容', '分值'),
        *('1', '规范管理,落实到人', '5'),
        *('2', '安全生产', '10'),
    ]


def test_a_row_of_another_length_in_a_csv_is_doubtful() -> None:
    rows = ['序号;内容;分值', *(f'{n};第{n}项;5' for n in range(1, 12)), '12;漏了分值']
    assert read('\n'.join(rows).encode()).tables[0].doubtful_rows == {12}


def test_sentences_with_commas_are_no_table() -> None:
    assert read(b'First, we look.\nThen, we act.\nLast, we, too, rest.\n').tables == ()


@pytest.mark.parametrize('data', [b'', b'\n \t\r\n', '\ufeff\n'.encode()])
def test_a_text_without_a_visible_character_is_empty(data: bytes) -> None:
    with pytest.raises(Unreadable) as refusal:
        read(data)
    assert refusal.value.finding.code == 'file.empty'


TEXTS = st.text(st.sampled_from('\t\t\n\n|考核1分,"一、 │─-'), max_size=200)


@given(TEXTS)
def test_any_text_keeps_its_characters_and_tiles_its_tables(text: str) -> None:
    try:
        document = read(text.encode())
    except Unreadable:
        assert not text.strip()
        return
    for table in document.tables:
        table.grid()
    # Borders, quotes and commas between cells are marks of the table, all else is text.
    lost = visible(text) - visible(''.join(document.texts()))
    assert set(lost) <= set('|│─-,"')


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        for table in read(data).tables:
            table.grid()
    except Unreadable:
        pass


@pytest.mark.parametrize('path', sorted(SHARED.glob('*.txt')), ids=lambda path: path.stem[:8])
def test_nothing_visible_of_the_real_notices_is_lost(path: Path) -> None:
    data = path.read_bytes()
    assert visible(''.join(read(data).texts())) == visible(data.decode())
