"""Reads what arrives in the inbox while the desk is open: what people drop on it at once, what comes by other ways when it is whole."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path, PurePosixPath
from threading import Event, Lock, Thread

from kaohe.pipeline.ingestion.report import Report
from kaohe.pipeline.ingestion.run import ingest
from kaohe.pipeline.ingestion.watcher import Watch
from kaohe.pipeline.planning.inbox import Candidate, Scope, scope_of
from kaohe.pipeline.readers.pool import warm_up
from kaohe.pipeline.receipts import write_receipts
from kaohe.pipeline.refusal import Refusal

_KEPT = 50
# What notices mostly are: the first one that is dropped is read as fast as the others.
_USUAL = ('.docx', '.pdf', '.txt', '.xlsx')


class InboxReading:
    """The reading of one inbox into one database.

    ``version`` grows with whatever may look different on a page now;
    ``beginning`` is whether what lay there at the start is not read yet.
    """

    def __init__(self, inbox: Path, database: Path, decisions: Path, jobs: int, *, follow_links: bool = False) -> None:
        self._scope = scope_of(inbox, follow_links=follow_links)
        self._inbox, self._database, self._jobs = inbox, database, jobs
        self._run = partial(ingest, database=database, jobs=jobs, decisions=decisions, shares=True)
        self._stop = Event()
        self._lock = Lock()
        self._thread = Thread(target=self._watch, daemon=True)
        self._now: set[str] = set()
        self._dropped = False
        self.beginning = False
        self.version = 0
        self.told: deque[str] = deque(maxlen=_KEPT)

    def start(self) -> None:
        """Begins to look at the inbox, which is made where it is not there."""
        self._inbox.mkdir(parents=True, exist_ok=True)
        self.beginning = True
        warm_up(_USUAL)
        self._thread.start()

    def end(self) -> None:
        """Ends; a notice that is being stored is stored."""
        self._stop.set()
        if self._thread.ident is not None:
            self._thread.join(10)

    def stir(self) -> None:
        """Something changed that pages show."""
        with self._lock:
            self.version += 1

    @property
    def under_way(self) -> tuple[str, ...]:
        """The names of the files that people dropped and that are being read."""
        with self._lock:
            return tuple(sorted(self._now))

    def read_now(self, source: str) -> Report:
        """Reads the file of this name below the inbox, which is whole. Raises `Refusal`."""
        with self._lock:
            self._now.add(source)
            self.version += 1
        try:
            below = PurePosixPath(self._scope.below, source).as_posix()
            report = self._run([replace(self._scope, below=below)], writing=_whole)
        finally:
            with self._lock:
                self._now.discard(source)
                self._dropped = True
                self.version += 1
        return report

    def write_receipts(self) -> None:
        """Brings the receipts up to date; where that fails, the next run does it."""
        with suppress(Refusal, OSError):
            write_receipts(self._database, jobs=self._jobs)

    def _watch(self) -> None:
        import kaohe.pipeline.ingestion.store
        import kaohe.pipeline.readers.reading  # noqa: F401 loaded before the first drop waits for them

        Watch([self._scope], self._look, poll=False, stop=self._stop, say=self._say, finished=self._finished).run()

    def _look(
        self,
        scopes: Sequence[Scope],
        *,
        writing: Callable[[Sequence[Candidate]], set[Path]],
        queued: Callable[[], None],
        done: Callable[[str], None],
    ) -> Report:
        """Reads what came by other ways: not what is being read already because a person dropped it."""

        def unready(candidates: Sequence[Candidate]) -> set[Path]:
            with self._lock:
                dropped = {self._scope.inbox / self._scope.below / source for source in self._now}
            return writing(candidates) | {one.path for one in candidates if one.path in dropped}

        def held() -> None:
            if not self._now:  # else it is this desk itself that stores something, which does not take long
                queued()

        waiting = False
        try:
            report = self._run(scopes, writing=unready, queued=held, done=done)
            waiting = bool(report.of('waiting'))  # the first look finds files that may still grow
        finally:
            if self.beginning and not waiting:
                self.beginning = False
                self.stir()
        return report

    def _say(self, line: str) -> None:
        with self._lock:
            self.told.append(f'{datetime.now().astimezone():%H:%M}　{line}')
            self.version += 1

    def _finished(self, report: Report) -> None:
        if report.changed:
            self.stir()
        with self._lock:
            due, self._dropped = report.changed or self._dropped, False
        if due:
            self.write_receipts()


def _whole(candidates: Sequence[Candidate]) -> set[Path]:
    """What the desk put into the inbox was moved there as a whole: none is still being written."""
    return set()
