"""Reads many files, in this process or in several, and hands the results back in the order asked for."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from extractors.findings import finding
from pipeline.plan import Work
from pipeline.reading import Reading, read_file

# Less than this to read (bytes) is done before other processes have got ready (dictionary, patterns: about two seconds).
SMALL = 300 * 1024


def default_jobs() -> int:
    """All the cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, 'sched_getaffinity') else os.cpu_count() or 1


def read_all(works: Sequence[Work], jobs: int) -> Iterator[tuple[Work, Reading]]:
    """Each work with its reading, in the given order. At most a few readings wait in memory at a time.

    Other processes, where they are worth it, start at once, before the first reading is asked for.
    """
    jobs = min(jobs, len(works))
    if jobs <= 1 or sum(work.candidates[0].bytes for work in works) < SMALL:
        return ((work, _read(work)) for work in works)
    return _read_in_pools(_Pool(works, jobs), jobs)


class _Pool:
    """Processes that read ``works``, a bounded number of them at a time."""

    def __init__(self, works: Iterable[Work], jobs: int) -> None:
        self._executor = ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context('spawn'))
        self._ahead = 2 * jobs
        self._running: deque[tuple[Work, Future[Reading]]] = deque()
        self._waiting = deque(works)
        self._fill()

    def __iter__(self) -> Iterator[tuple[Work, Reading]]:
        """The readings in order, until all are done. Raises ``BrokenProcessPool`` where a process died."""
        while self._running:
            work, future = self._running[0]
            yield work, future.result()
            self._running.popleft()
            self._fill()

    def unfinished(self) -> list[Work]:
        """What was not handed out."""
        return [*(work for work, _ in self._running), *self._waiting]

    def close(self) -> None:
        """Lets the processes go."""
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _fill(self) -> None:
        while self._waiting and len(self._running) < self._ahead:
            self._running.append((self._waiting[0], self._executor.submit(_read, self._waiting[0])))
            self._waiting.popleft()


def _read_in_pools(pool: _Pool, jobs: int) -> Iterator[tuple[Work, Reading]]:
    """The pool's readings. Where a process dies, the first unfinished work is read alone and a new pool takes the rest."""
    while True:
        try:
            yield from pool
            return
        except BrokenProcessPool:
            first, *rest = pool.unfinished()
            yield first, _read_alone(first)
        finally:
            pool.close()
        pool = _Pool(rest, jobs)


def _read(work: Work) -> Reading:
    first = work.candidates[0]
    return read_file(str(first.path), first.source, first.members)


def _read_alone(work: Work) -> Reading:
    """Reads in a process of its own: one of the files being read killed its process, and it may have been this one."""
    started = time.perf_counter()
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context('spawn')) as executor:
        try:
            return executor.submit(_read, work).result()
        except BrokenProcessPool:
            why = finding('worker.crashed', detail='读取它的进程意外终止')
            return Reading(work.sha256, work.candidates[0].bytes, None, None, why, time.perf_counter() - started)
