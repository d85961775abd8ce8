"""Patterns compiled once and kept from process to process, beside the compiled modules in ``__pycache__``.

Python compiles a regular expression in Python: the 700 of the grammar take as long as everything else on the way to the first notice. What
that gives is a list of numbers, which `_sre` makes a pattern of at once (and checks). They are kept as Python keeps its modules: by the
version of the interpreter, where it may write, unless it was told to write none; what is broken or of another version is not there.
"""

from __future__ import annotations

import marshal
import os
import re
import sys
import zlib
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

# What `_sre` makes a pattern of, but for its source: flags, numbers, how many groups, their names, the name of each.
_Made = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
_Key = tuple[str, int]

_FILE = Path(cache_from_source(__file__)).with_suffix('.patterns')
_VERSION = f'{sys.version} {sys.byteorder}'.encode()
# Numbers of a pattern, as `_sre` takes them.
_NUMBER = 'I'
# So many new ones are worth a new file. Should the grammar have changed so often that most are of no use any more, it is begun anew.
_WORTH_KEEPING = 20
_MOST = 4_000


class KeptPatterns:
    """Stands for ``re._compiler.compile``: gives the pattern that is kept, has others compiled and keeps them."""

    def __init__(self, compiler: Any, kept: dict[_Key, _Made]) -> None:
        self._compiler = compiler
        self.compiled_by: Callable[[Any, int], re.Pattern[Any]] = compiler.compile
        self._kept = kept
        self.new = 0
        self.done = False

    def __call__(self, pattern: Any, flags: int = 0) -> re.Pattern[Any]:
        """As ``re._compiler.compile``."""
        flags = int(flags)  # `marshal` knows no other
        if type(pattern) is not str or flags & re.DEBUG:
            return self.compiled_by(pattern, flags)
        made = self._kept.get((pattern, flags))
        if made is None:
            made = self._made(pattern, flags)
            self._kept[pattern, flags] = made
            self.new += 1
        stated, code, groups, names, of_each = made
        numbers = array(_NUMBER)
        numbers.frombytes(code)
        return self._compiler._sre.compile(pattern, stated, numbers.tolist(), groups, names, of_each)  # type: ignore[no-any-return]

    def _made(self, pattern: str, flags: int) -> _Made:
        parsed = self._compiler._parser.parse(pattern, flags)
        names: dict[str, int] = dict(parsed.state.groupdict)
        of_each: list[str | None] = [None] * parsed.state.groups
        for name, group in names.items():
            of_each[group] = name
        code = array(_NUMBER, self._compiler._code(parsed, flags)).tobytes()
        return int(flags | parsed.state.flags), code, parsed.state.groups - 1, names, tuple(of_each)

    def keep(self) -> None:
        """Writes the file anew where enough are new. Where that may not be, nothing is kept."""
        if self.new < _WORTH_KEEPING or sys.dont_write_bytecode:
            return
        self.new = 0
        if len(self._kept) > _MOST:
            self._kept.clear()
            return
        packed = marshal.dumps(self._kept)
        unfinished = _FILE.with_name(f'{_FILE.name}.{os.getpid()}')
        with suppress(OSError):
            _FILE.parent.mkdir(exist_ok=True)
            unfinished.write_bytes(_head(packed) + packed)
            unfinished.replace(_FILE)
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


@contextmanager
def kept() -> Iterator[None]:
    """Within, patterns are kept, the first time in a process: later ones are made for a text and would only fill the file. The programs that
    use this one compile their own as ever. Where this interpreter compiles in another way, nothing is kept. May stand within itself."""
    patterns = _of_this_process()
    compiler: Any = getattr(re, '_compiler', None)
    if patterns is None or patterns.done or compiler.compile is patterns:
        yield
        return
    compiler.compile = patterns
    try:
        yield
    finally:
        compiler.compile = patterns.compiled_by
        patterns.done = True
        patterns.keep()


@cache
def _of_this_process() -> KeptPatterns | None:
    compiler: Any = getattr(re, '_compiler', None)
    if sys.implementation.name != 'cpython' or not all(
        hasattr(compiler, name) for name in ('compile', '_code', '_parser', '_sre')
    ):
        return None
    return KeptPatterns(compiler, _read())


def _read() -> dict[_Key, _Made]:
    with suppress(OSError):
        data = _FILE.read_bytes()
        head = len(_head(b''))
        packed = data[head:]
        if data[:head] == _head(packed):
            return marshal.loads(packed)  # type: ignore[no-any-return]  # noqa: S302  # written by this program, as .pyc files are
    return {}


def _head(packed: bytes) -> bytes:
    """Of which interpreter and how whole the file is."""
    return _VERSION + zlib.crc32(packed).to_bytes(4, 'big')
