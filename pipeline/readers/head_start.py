"""A lone file is taken apart by a copy of the command while the command loads what understanding it takes: its text and tables are at hand when
the process that reads has begun.

That decides only how long a file takes. The process that reads takes it apart itself where the copy failed, had other bytes or left it alone.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from pathlib import Path, PurePath

from kaohe.extractors.document import Document
from kaohe.extractors.formats import FORMATS, read, sniff
from kaohe.extractors.known_format import Format
from kaohe.extractors.zip.archive import read_member
from kaohe.pipeline.planning.plan import Work
from kaohe.pipeline.readers.reader_loop import look_seldom_for_garbage
from kaohe.pipeline.readers.reading import MAX_BYTES, silence
from kaohe.pipeline.system.apart import apart, unseen_by_terminal
from kaohe.pipeline.system.limits import Limits, kept

_DIGEST = hashlib.sha256().digest_size


def worth_it(works: Sequence[Work], jobs: int) -> bool:
    """Whether there is one file to read, of a format that is read in one piece, and a core beside that on which the command loads."""
    if len(works) != 1 or jobs < 2:
        return False
    suffix = PurePath(works[0].candidates[0].source).suffix.lower()
    return any(suffix in known.suffixes and _in_one_piece(known) for known in FORMATS)


def _in_one_piece(known: Format) -> bool:
    """Whether nobody else has a part in reading it: no other process, no other program."""
    return not known.spreads and known.needs is None


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
            if _in_one_piece(sniff(data)):
                packed = pickle.dumps(read(data), pickle.HIGHEST_PROTOCOL)
                reader.send_bytes(hashlib.sha256(data).digest() + packed)
