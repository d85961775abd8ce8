"""jieba's dictionary with words of notices added. The one place that loads jieba.

Its half a million entries take 0.5 to 1 s and 65 MB to load, and a notice uses a few thousand. So it is kept parted by the first character,
each part by the first two, and either is loaded when it first stands in a text: a notice of 450 lines loads what it needs in 10 ms, where whole
parts took 90. jieba cuts as it does with the whole.
"""

from __future__ import annotations

import logging
import marshal
import os
import sys
import tempfile
import warnings
import zlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

_EXTRA = (
    '占比',
    '在岗',
    '在校',
    '在职',
    '在编',
    '在院',
    '在册',
    '在建',
    '到岗',
    '到课',
    '到会',
    '到账',
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


_LAYOUT = 2
"""The layout of the cache file: another number where it changes, so that no version reads the file of another."""


class Dictionary:
    """Cuts text into words. ``parts`` are the entries by their first character, in each by their first two, marshalled at either level;
    ``total`` is the sum of all frequencies."""

    def __init__(self, parts: dict[str, bytes], total: int) -> None:
        self._parts = parts
        self._beginnings: dict[str, bytes] = {}
        self._tokenizer = _jieba().Tokenizer()
        self._tokenizer.FREQ, self._tokenizer.total, self._tokenizer.initialized = {}, total, True

    def cut(self, text: str) -> Iterator[str]:
        """The words of a text, in order and without a gap."""
        characters = set(text)
        for character in self._parts.keys() & characters:
            self._beginnings.update(marshal.loads(self._parts.pop(character)))  # noqa: S302  # a file of our own
        for beginning in self._beginnings.keys() & (characters | {text[at : at + 2] for at in range(len(text) - 1)}):
            self._tokenizer.FREQ.update(marshal.loads(self._beginnings.pop(beginning)))  # noqa: S302
        yield from self._tokenizer.cut(text, HMM=False)


@cache
def dictionary() -> Dictionary:
    """The dictionary, from the user's cache folder; made there (1 to 2 s) where it is not found."""
    version = f'{_LAYOUT}-{_jieba().__version__}-{zlib.crc32(repr(_EXTRA).encode()):08x}'
    file = _cache_folder() / f'words-{version}.cache'
    try:
        return Dictionary(*marshal.loads(file.read_bytes()))  # noqa: S302  # a file of our own
    except (OSError, EOFError, ValueError, TypeError):  # it is not there, or was cut short
        made = _make()
    with suppress(OSError):  # without a cache it is made anew next time
        _write(file, marshal.dumps(made))
    return Dictionary(*made)


def _make() -> tuple[dict[str, bytes], int]:
    tokenizer = _jieba().Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    for word in _EXTRA:
        tokenizer.add_word(word)
    parts: defaultdict[str, defaultdict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for entry, frequency in tokenizer.FREQ.items():
        parts[entry[0]][entry[:2]][entry] = frequency
    return {
        character: marshal.dumps({beginning: marshal.dumps(entries) for beginning, entries in part.items()})
        for character, part in parts.items()
    }, tokenizer.total


def _write(file: Path, data: bytes) -> None:
    """Writes it whole or not at all: other processes may be reading it."""
    descriptor, unfinished = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(descriptor, 'wb') as target:
        target.write(data)
    Path(unfinished).replace(file)


def _jieba() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')  # jieba imports what newer Pythons call deprecated
        import jieba
    jieba.setLogLevel(logging.CRITICAL)
    return jieba


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
