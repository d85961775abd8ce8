"""Word borders in Chinese text. The one place that loads jieba, and only when a word is asked for."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
import warnings
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

_EXTRA = (
    '占比',
    '在岗',
    '在校',
    '在职',
    '在编',
    '在院',
    '在册',
    '在建',
    '即办件',
    '时长',
    '生均',
    '户均',
    '亩均',
    '床均',
    '例均',
    '日均',
    '月均',
    '地均',
    '新进',
    '新改建',
    '力争',
    '均次',
    '及时率',
    '人均',
    '年均',
    '应急演练',
    '同比',
    '环比',
    '门急诊',
)
"""Words of notices that the dictionary lacks or cuts in two."""


class Word(NamedTuple):
    """A word and its half-open span in the text."""

    text: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """The words of a text, in order and without a gap. The first call loads the dictionary (1 to 2 s; 0.5 s once it is cached)."""
    found = []
    start = 0
    for piece in _tokenizer().cut(text, HMM=False):
        found.append(Word(piece, start, start + len(piece)))
        start += len(piece)
    return found


@cache
def _tokenizer() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')  # jieba imports what newer Pythons call deprecated
        import jieba
    jieba.setLogLevel(logging.CRITICAL)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(_cache_folder())
    tokenizer.cache_file = 'words.cache'
    tokenizer.initialize()
    for word in _EXTRA:
        tokenizer.add_word(word)
    return tokenizer


def _cache_folder() -> Path:
    """The user's own cache folder; where that cannot be written, one of the user's own below the temporary folder."""
    if sys.platform == 'win32':
        base = os.environ.get('LOCALAPPDATA')
    elif sys.platform == 'darwin':
        base = '~/Library/Caches'
    else:
        base = os.environ.get('XDG_CACHE_HOME') or '~/.cache'
    for folder in (Path(base or '~').expanduser() / 'kaohe', Path(tempfile.gettempdir()) / f'kaohe-{_user()}'):
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except (OSError, RuntimeError):
            continue
        if os.access(folder, os.W_OK) and (not hasattr(os, 'getuid') or folder.stat().st_uid == os.getuid()):
            return folder
    return Path(tempfile.mkdtemp(prefix='kaohe-'))


def _user() -> str:
    return str(os.getuid()) if hasattr(os, 'getuid') else os.environ.get('USERNAME', 'user')
