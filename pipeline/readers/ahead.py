"""Takes out of a long file what it holds while the processes that read are still loading.

They load what understanding a notice needs, half a second in which the other cores would wait; what a file holds can be had without it. It
is a help only: of a file for which this fails, for whatever reason, the process that reads finds out anew what there is to say.
"""

from __future__ import annotations

import multiprocessing
import pickle
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import PurePath

from kaohe.extractors.formats import FORMATS
from kaohe.pipeline.ingestion.plan import Work
from kaohe.pipeline.readers.reader_loop import Packed, apart
from kaohe.pipeline.readers.reading import MAX_BYTES, extract_file
from kaohe.pipeline.system.limits import Limits, kept

# Of a smaller file a process that has loaded everything is done before another has started.
_WORTH = 40_000
# Seconds after which it is given up: a file that takes longer has something wrong with it, about which the reader will find words.
_LONGEST = 60.0


class Ahead:
    """A process of its own that extracts one file. ``connection`` can be waited for: it tells when that is done, or has failed."""

    def __init__(self, work: Work, limits: Limits) -> None:
        context = multiprocessing.get_context('spawn')
        self.connection, theirs = context.Pipe(duplex=False)
        path = str(work.candidates[0].path.absolute())
        limits = replace(limits, seconds=_LONGEST, seconds_per_megabyte=0.0)
        self._process = context.Process(target=extract, args=(theirs, path, limits), daemon=True)
        with _unmoved_by_the_terminal():
            self._process.start()
        theirs.close()
        self._until = time.monotonic() + _LONGEST

    @property
    def done(self) -> bool:
        """Whether it is done, has failed, or has taken too long."""
        return self.connection.poll() or time.monotonic() > self._until

    def take(self) -> Packed | None:
        """The pickled `kaohe.pipeline.readers.reading.Extracted`; None where there is none. The process ends."""
        try:
            return self.connection.recv_bytes() if self.connection.poll(self._until - time.monotonic()) else None
        except (EOFError, OSError):
            return None
        finally:
            self.end()

    def end(self) -> None:
        """Ends the process, whatever it is at."""
        self.connection.close()
        self._process.kill()
        self._process.join()


def is_worth(work: Work) -> bool:
    """Whether the first of these files is long, not too long to be read at all, and of a format that one process reads alone."""
    first = work.candidates[0]
    suffix = PurePath(first.source).suffix.lower()
    form = next((form for form in FORMATS if suffix in form.suffixes), None)
    alone = form is not None and form.needs is None and not form.spreads
    return alone and not first.members and _WORTH < first.bytes <= MAX_BYTES


@contextmanager
def _unmoved_by_the_terminal() -> Iterator[None]:
    """A process started here never sees a Ctrl+C, which is for the command: it would print what it was at, in English."""
    if sys.platform == 'win32':
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def extract(parent: Connection, path: str, limits: Limits) -> None:
    """What the process does. Where it fails, it ends without a word."""
    apart()
    with suppress(Exception), kept(limits, 0):
        parent.send_bytes(pickle.dumps(extract_file(path), pickle.HIGHEST_PROTOCOL))
