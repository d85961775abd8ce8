"""Word borders, and where their dictionary is cached."""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kaohe.normalizers.text.dictionary import _EXTRA, dictionary
from kaohe.normalizers.text.words import words

LOAD = 'from kaohe.normalizers.text.words import words; words("考核指标")'


def test_words_follow_each_other_without_a_gap() -> None:
    text = '门诊病人（首诊）满意度  达95%，A类'
    found = words(text)
    assert ''.join(word.text for word in found) == text
    assert all(text[word.start : word.end] == word.text for word in found)


def test_a_verb_is_parted_from_its_object() -> None:
    assert [word.text for word in words('开展培训')] == ['开展', '培训']


@cache
def _jieba() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        import jieba
    cutter = jieba.Tokenizer()
    cutter.initialize()
    for word in _EXTRA:
        cutter.add_word(word)
    return cutter


_PIECES = (
    *_EXTRA,
    '门诊病人满意度',
    '达到',
    '要求',
    '未',
    '的',
    '95',
    '%',
    '1.5',
    'A',
    'b-c',
    '、',
    '（',
    '\r\n',
    '\n',
    ' ',
    '鿖',
    'Ⅱ',
    '龘',
    '安全生产',
    '责任书',
)


@given(st.lists(st.sampled_from(_PIECES) | st.text(max_size=3)).map(''.join))
def test_a_text_is_cut_as_jieba_cuts_it(text: str) -> None:
    assert dictionary().cut(text) == list(_jieba().cut(text, HMM=False))


def test_jieba_is_not_loaded_where_the_dictionary_is_cached() -> None:
    words('考核指标')  # made, where there was none
    shown = subprocess.run(
        [sys.executable, '-c', f'{LOAD}; import sys; print("jieba" in sys.modules)'],
        env={**os.environ, 'PYTHONPATH': str(Path(__file__).parents[3] / 'src')},
        check=True,
        capture_output=True,
        text=True,
    )
    assert shown.stdout.split() == ['False']


def test_the_dictionary_is_cached_in_the_users_own_folder_and_nothing_is_printed(tmp_path: Path) -> None:
    shown = subprocess.run(
        [sys.executable, '-W', 'error', '-c', LOAD],
        env={'XDG_CACHE_HOME': str(tmp_path), 'PATH': '', 'PYTHONPATH': str(Path(__file__).parents[3] / 'src')},
        check=True,
        capture_output=True,
    )
    assert [file.name.split('-')[0] for file in (tmp_path / 'kaohe').iterdir()] == ['words']
    assert shown.stdout == shown.stderr == b''


def test_words_are_found_where_no_cache_can_be_written(tmp_path: Path) -> None:
    taken = tmp_path / 'kaohe'
    taken.write_text('a file, not a folder')
    environment = {
        'XDG_CACHE_HOME': str(tmp_path),
        'TMPDIR': str(tmp_path),
        'PATH': '',
        'PYTHONPATH': str(Path(__file__).parents[3] / 'src'),
    }
    subprocess.run([sys.executable, '-c', LOAD], env=environment, check=True)


def test_a_cache_that_was_cut_short_is_made_anew(tmp_path: Path) -> None:
    environment = {'XDG_CACHE_HOME': str(tmp_path), 'PATH': '', 'PYTHONPATH': str(Path(__file__).parents[3] / 'src')}
    subprocess.run([sys.executable, '-c', LOAD], env=environment, check=True)
    (cache,) = (tmp_path / 'kaohe').iterdir()
    whole = cache.read_bytes()
    cache.write_bytes(whole[:1000])
    subprocess.run([sys.executable, '-c', LOAD], env=environment, check=True)
    assert cache.read_bytes() == whole
