"""jieba's dictionary with words of notices added, and its cutting of a text into words. The one place that loads jieba.

Its half a million entries take 0.5 to 1 s and 65 MB to load, and a notice uses a few thousand. So they are kept in a file that is not read but
mapped: parted by the first character, each part by the first two, and either is loaded when it first stands in a text. Nor is jieba itself loaded
but to make that file. A text is cut as jieba cuts it (without its model of unknown words): a test compares.
"""

from __future__ import annotations

import logging
import marshal
import math
import mmap
import os
import re
import sys
import tempfile
import warnings
import zlib
from collections import defaultdict
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
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
    '术前',
    '术后',
    '产前',
    '餐前',
    '餐后',
    '班后',
    '贷前',
    '贷后',
    '灾前',
    '灾后',
    '诊前',
    '诊后',
    '汛后',
)
"""Words of notices that the dictionary lacks or cuts in two."""


_LAYOUT = 3
"""The layout of the cache file: another number where it changes, so that no version reads the file of another."""

_SIZE = 8
"""Bytes at the head of the file that say how long the list of its parts is."""

# what the dictionary may know, in one piece; all else is a word by itself
_BLOCKS = re.compile(r'([\u4E00-\u9FD5a-zA-Z0-9+#&._%\-]+)|\r\n|(?s:.)')
_LETTER = re.compile('[a-zA-Z0-9]')
_NONE = -math.inf


class Dictionary:
    """Cuts text into words. ``data`` is the file; ``parts`` is where the entries of each first character lie in it, marshalled by their first two
    characters, marshalled once more. An entry has its weight (the logarithm of how often it stands among all), 0 where it only begins a word;
    ``unknown`` is the weight of a character that is no entry."""

    def __init__(self, data: bytes | mmap.mmap, parts: dict[str, tuple[int, int]], unknown: float) -> None:
        self._data = data
        self._parts = parts
        self._unknown = unknown
        self._beginnings: dict[str, bytes] = {}
        self._opened: set[str] = set()
        self._weights: dict[str, float] = {}

    def cut(self, text: str) -> list[str]:
        """The words of a text, in order and without a gap."""
        found: list[str] = []
        for block in _BLOCKS.finditer(text):
            if block.lastindex:
                self._cut(block[0], found)
            else:
                found.append(block[0])
        return found

    def _cut(self, block: str, found: list[str]) -> None:
        """Adds the words of a block: those whose weights come to most, the longer ones first where that is equal. Letters and digits stay together."""
        ends = self._ends(block)
        start = at = 0
        while at < len(block):
            end = ends[at]
            if end - at > 1 or not _LETTER.match(block, at):
                if start < at:
                    found.append(block[start:at])
                found.append(block[at:end])
                start = end
            at = end
        if start < at:
            found.append(block[start:at])

    def _ends(self, block: str) -> list[int]:
        """Where the word ends that begins at each place, if one does: from the end back, so that what follows is known."""
        size = len(block)
        opened, weight_of = self._opened, self._weights.get
        sums = [0.0] * (size + 1)
        ends = [0] * size
        for start in range(size - 1, -1, -1):
            piece = block[start : start + 2]
            if piece not in opened:
                self._open(piece)
            piece = block[start]
            best, last, end = _NONE, start, start + 1
            while (weight := weight_of(piece)) is not None:
                if weight and weight + sums[end] >= best:
                    best, last = weight + sums[end], end
                if end == size:
                    break
                end += 1
                piece = block[start:end]
            if last == start:
                best, last = self._unknown + sums[start + 1], start + 1
            sums[start], ends[start] = best, last
        return ends

    def _open(self, beginning: str) -> None:
        """Loads the entries that begin so, and the character alone."""
        self._opened.add(beginning)
        if beginning[0] in self._parts:
            left, right = self._parts.pop(beginning[0])
            self._beginnings.update(marshal.loads(self._data[left:right]))  # noqa: S302  # a file of our own
        for known in (beginning[0], beginning):
            if known in self._beginnings:
                self._weights.update(marshal.loads(self._beginnings.pop(known)))  # noqa: S302


@cache
def dictionary() -> Dictionary:
    """The dictionary, from the user's cache folder; made there (1 to 2 s) where it is not found."""
    version = f'{_LAYOUT}-{_size_of_jieba()}-{zlib.crc32(repr(_EXTRA).encode()):08x}'
    file = _cache_folder() / f'words-{version}.cache'
    try:
        return _opened(file)
    except (OSError, EOFError, ValueError, TypeError):  # it is not there, or was cut short
        made = _make()
    with suppress(OSError):  # without a cache it is made anew next time
        _write(file, made)
    return _read(made)


def _opened(file: Path) -> Dictionary:
    with file.open('rb') as source:
        return _read(mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ))


def _read(data: bytes | mmap.mmap) -> Dictionary:
    begin = _SIZE + int.from_bytes(data[:_SIZE], 'big')
    size, lengths, unknown = marshal.loads(data[_SIZE:begin])  # noqa: S302  # a file of our own
    if len(data) != begin + size:
        raise ValueError('cut short')
    parts = {}
    for character, length in lengths.items():
        parts[character] = (begin, begin + length)
        begin += length
    return Dictionary(data, parts, unknown)


def _make() -> bytes:
    """The file: the list of parts with the length of each, and the parts one behind the other."""
    tokenizer = _jieba().Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    for word in _EXTRA:
        tokenizer.add_word(word)
    whole = math.log(tokenizer.total)
    parts: defaultdict[str, defaultdict[str, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    for entry, frequency in tokenizer.FREQ.items():
        parts[entry[0]][entry[:2]][entry] = math.log(frequency) - whole if frequency else 0
    packed = {
        character: marshal.dumps({beginning: marshal.dumps(entries) for beginning, entries in part.items()})
        for character, part in parts.items()
    }
    body = b''.join(packed.values())
    lengths = {character: len(part) for character, part in packed.items()}
    head = marshal.dumps((len(body), lengths, math.log(1) - whole))
    return len(head).to_bytes(_SIZE, 'big') + head + body


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


def _size_of_jieba() -> int:
    """The bytes of its dictionary: another version has another. Looked up where it is installed, for loading jieba takes longer than opening the file."""
    spec = find_spec('jieba')
    with suppress(OSError):
        return Path(spec.origin or '').with_name('dict.txt').stat().st_size if spec else 0
    return 0


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
