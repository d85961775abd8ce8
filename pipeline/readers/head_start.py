"""A lone file is taken apart by a copy of the command while the command loads what understanding it takes: its text and tables are at hand when
the process that reads has begun; of a long file that processes share, the first parts.

That decides only how long a file takes. The process that reads takes it apart itself where the copy failed, had other bytes or left it alone.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from pathlib import Path, PurePath
from typing import Any

from kaohe.extractors.document import Document
from kaohe.extractors.formats import FORMATS, read, sniff
from kaohe.extractors.known_format import Format
from kaohe.extractors.parallel import Common, Part, Result
from kaohe.extractors.zip.archive import read_member
from kaohe.pipeline.planning.plan import Work
from kaohe.pipeline.readers.reader_loop import look_seldom_for_garbage
from kaohe.pipeline.readers.reading import MAX_BYTES, silence
from kaohe.pipeline.readers.sharing import packed_work
from kaohe.pipeline.system.apart import apart, unseen_by_terminal
from kaohe.pipeline.system.limits import Limits, kept

_DIGEST = hashlib.sha256().digest_size
# A file of fewer bytes has next to no parts.
_LONG = 100_000
# Of the parts one of so many, and at most so many, are done ahead: loading takes 0.3 s, ten pages of a PDF 0.1 s.
_ONE_OF, _MOST = 3, 3


def worth_it(works: Sequence[Work], jobs: int) -> bool:
    """Whether there is one file to read, of a format that is read in one piece, and a core beside that on which the command loads."""
    return _is_lone(works, jobs, _in_one_piece)


def has_first_parts(works: Sequence[Work], jobs: int) -> bool:
    """The same for a long file of a format that is read in parts."""
    return _is_lone(works, jobs, _in_parts) and works[0].candidates[0].bytes >= _LONG


def _is_lone(works: Sequence[Work], jobs: int, fits: Callable[[Format], bool]) -> bool:
    if len(works) != 1 or jobs < 2:
        return False
    suffix = PurePath(works[0].candidates[0].source).suffix.lower()
    return any(suffix in known.suffixes and fits(known) for known in FORMATS)


def _in_one_piece(known: Format) -> bool:
    """Whether nobody else has a part in reading it: no other process, no other program."""
    return not known.spreads and known.needs is None


def _in_parts(known: Format) -> bool:
    return known.spreads and known.needs is None


class HeadStart:
    """The copy, which begins at once."""

    def __init__(self, context: BaseContext, work: Work, limits: Limits) -> None:
        first = work.candidates[0]
        self._connection, theirs = context.Pipe(duplex=False)
        arguments = (theirs, limits, str(first.path.absolute()), first.members, first.bytes)
        self._process = context.Process(target=_take_apart, args=arguments, daemon=True)  # type: ignore[attr-defined]
        with unseen_by_terminal(tracked=False):
            self._process.start()
        theirs.close()  # so that the connection ends with the copy

    def document(self, data: bytes) -> Document | None:
        """What it made of these bytes, for which this process waits; None where it made nothing of them. For one process that reads, a later copy."""
        try:
            told = self._connection.recv_bytes()
        except (EOFError, OSError):
            return None
        if told[:_DIGEST] != hashlib.sha256(data).digest():
            return None
        document: Document = pickle.loads(told[_DIGEST:])  # noqa: S301  # our own process wrote it
        return document

    def first_parts(self, packed: bytes) -> tuple[int, Callable[[], list[Any] | None]] | None:
        """How many of the first parts of the `packed_work` it does, and what waits for their results (None where it did not do them); None where it
        does none. The same as `document` for a file that is read in parts."""
        try:
            told = self._connection.recv_bytes()
        except (EOFError, OSError):
            return None
        if told[:_DIGEST] != hashlib.sha256(packed).digest():
            return None
        count = told[_DIGEST]
        return count, lambda: self._results(count)

    def _results(self, count: int) -> list[Any] | None:
        try:
            return [pickle.loads(self._connection.recv_bytes()) for _ in range(count)]  # noqa: S301  # our own process wrote it
        except (EOFError, OSError):
            return None

    def end(self) -> None:
        """Ends it, whatever it is at."""
        self._connection.close()
        if self._process.is_alive():
            self._process.kill()
        self._process.join()


def _take_apart(reader: Connection, limits: Limits, path: str, members: tuple[str, ...], size: int) -> None:
    apart()
    look_seldom_for_garbage()
    with (
        suppress(Exception),
        kept(limits, size),
        silence(),
    ):  # whatever it is: the process that reads meets it too, and says so
        if size <= MAX_BYTES:
            data = read_member(Path(path), members) if members else Path(path).read_bytes()
            known = sniff(data)
            if _in_one_piece(known):
                packed = pickle.dumps(read(data), pickle.HIGHEST_PROTOCOL)
                reader.send_bytes(hashlib.sha256(data).digest() + packed)
            elif _in_parts(known):
                read(data, spread=_FirstParts(reader))


class _Done(Exception):
    """All that was wanted is done."""


class _FirstParts:
    """The `Spread` of the copy: does some parts, tells the reader of them, and leaves off."""

    def __init__(self, reader: Connection) -> None:
        self._reader = reader

    def __call__(
        self, work: Callable[[Common, Part], Result], common: Common, parts: Sequence[Part], seconds: float = 0.0
    ) -> list[Result]:
        count = min(len(parts) // _ONE_OF, _MOST)
        self._reader.send_bytes(hashlib.sha256(packed_work(work, common, parts)).digest() + bytes([count]))
        # told when all are done: the reader takes them at its leisure
        for result in [pickle.dumps(work(common, part), pickle.HIGHEST_PROTOCOL) for part in parts[:count]]:
            self._reader.send_bytes(result)
        raise _Done
