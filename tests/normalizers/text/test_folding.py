"""Both foldings look only for what they would change: no character may be missed by that, and none is folded again for a long notice."""

from __future__ import annotations

import sys
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from kaohe.normalizers.text.folding import _HALFWIDTH, halfwidth, squeeze
from kaohe.normalizers.text.ideographs import plain_ideographs
from kaohe.normalizers.text.traditional import _TABLE, simplified

CHARACTERS = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]


def test_every_character_is_folded_as_its_table_says() -> None:
    assert [one for one in CHARACTERS if halfwidth(one) != one.translate(_HALFWIDTH)] == []
    assert [one for one in CHARACTERS if simplified(one) != one.translate(_TABLE)] == []


def test_every_character_is_squeezed_to_its_compatible_form() -> None:
    assert [one for one in CHARACTERS if squeeze(one) != _squeezed(one)] == []


@given(st.text(st.sampled_from('，；：（）％０．5分 \n甲é\u0301\u0338＜＝ﬁ⼀')))
def test_texts_are_squeezed_as_their_compatible_form_is(text: str) -> None:
    assert squeeze(text) == _squeezed(text)
    assert halfwidth(text) == text.translate(_HALFWIDTH)


def test_the_texts_of_ten_thousand_lines_are_folded_once() -> None:
    texts = [f'第{line}条：满意度（{part}）≥90％' for line in range(10_000) for part in '甲乙丙']
    for fold in (halfwidth, squeeze):
        for text in texts:
            fold(text)
        made = fold.cache_info().misses
        for text in texts:
            fold(text)
        assert fold.cache_info().misses == made


def _squeezed(text: str) -> str:
    return ''.join(unicodedata.normalize('NFKC', plain_ideographs(text)).split())
