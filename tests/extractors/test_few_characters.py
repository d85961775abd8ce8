"""A few letters are no notice, whatever the file is called: the same bytes are one document under every name."""

from __future__ import annotations

import pytest

from kaohe.extractors.document import Unreadable
from kaohe.extractors.formats import sniff


@pytest.mark.parametrize('data', [b'MZabc', b'hello', b'1\n2\n', b'ok\r\n'])
def test_a_few_letters_are_refused(data: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        sniff(data, '安装.exe')
    assert refused.value.finding.code == 'file.unknown'
    assert '不像通知' in refused.value.finding.message


@pytest.mark.parametrize('data', ['通知'.encode(), '通知'.encode('gb18030'), b'Annual assessment of 2025'])
def test_a_short_text_with_words_is_read(data: bytes) -> None:
    assert sniff(data).name == 'txt'
