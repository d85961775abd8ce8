"""Zero bytes in texts: what a machine leaves that stopped while it wrote. The notice is read, and told to lack something there."""

from __future__ import annotations

import pytest

from kaohe.extractors.document import Document, Unreadable
from kaohe.extractors.formats import read, sniff

NOTICE = '青川市2025年度考核细则\n\n项目\t考核内容\t评分标准\t分值\n安全\t报告及时\t迟报1次扣1分，扣完为止\t60\n质量\t病历完整\t缺1份扣2分\t40\n'
PAGE = '<html><body><table><tr><td>安全</td><td>报告及时</td></tr></table></body></html>'
HOLES = {
    'stray': lambda data, at: data[:at] + b'\x00' + data[at:],
    'two': lambda data, at: b'\x00' + data[:at] + b'\x00\x00\x00' + data[at:],
    'a hole': lambda data, at: data[:at] + bytes(600) + data[at:],
    'at the end': lambda data, at: data + bytes(4096),
}


def doubts(document: Document) -> list[str]:
    return [one.code for one in document.findings]


@pytest.mark.parametrize('encoding', ['utf-8', 'gb18030', 'utf-8-sig'])
@pytest.mark.parametrize('kind', HOLES)
def test_a_notice_with_zero_bytes_is_read_and_told_to_lack_something(kind: str, encoding: str) -> None:
    data = HOLES[kind](NOTICE.encode(encoding), len(NOTICE[: NOTICE.index('及时') + 1].encode(encoding)))
    found, whole = read(data), read(NOTICE.encode(encoding))
    assert (found.blocks, found.tables) == (whole.blocks, whole.tables)
    (told,) = found.findings
    assert (told.code, told.severity) == ('text.holes', 'warning')
    assert f'有 {2 if kind == "two" else 1} 处是空字符' in told.message
    assert doubts(whole) == []


@pytest.mark.parametrize('encoding', ['utf-8', 'gb18030'])
def test_a_page_with_zero_bytes_too(encoding: str) -> None:
    found = read(PAGE.replace('安', '安\x00').encode(encoding))
    assert [cell.text for cell in found.tables[0].cells] == ['安全', '报告及时']
    assert doubts(found) == ['text.holes']


@pytest.mark.parametrize('encoding', ['utf-16', 'utf-16-le', 'utf-16-be', 'utf-32'])
def test_the_zero_bytes_of_an_encoding_are_no_holes(encoding: str) -> None:
    assert doubts(read(NOTICE.encode(encoding))) == []


@pytest.mark.parametrize(
    'data',
    [
        b''.join(b'%07o\x00' % number for number in range(64))
        + NOTICE.encode(),  # a header of fields that zero bytes end
        b'\x7fELF\x02\x01\x01' + bytes(9) + b'\x03\x00\x3e\x00' + bytes(40) + bytes(range(256)),
        b'SQLite format 3\x00\x10\x00\x01\x01\x00@  \x00\x00\x00\x00' + bytes(range(1, 9)) * 8,
    ],
)
def test_a_file_of_fields_is_no_text(data: bytes) -> None:
    with pytest.raises(Unreadable):
        sniff(data, 'a.txt')
