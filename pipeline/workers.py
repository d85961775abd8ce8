"""Reads many files, in this process or in several, and hands the results back in the order asked for."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from extractors.findings import finding
from pipeline.plan import Work
from pipeline.reading import Reading, read_file

# Less than this to read (bytes) is done before other processes have started.
SMALL = 64 * 1024


def default_jobs() -> int:
    """All the cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, 'sched_getaffinity') else os.cpu_count() or 1


def read_all(works: Sequence[Work], jobs: int) -> Iterator[tuple[Work, Reading]]:
    """Each work with its reading, in the given order. At most a few readings wait in memory at a time."""
    jobs = min(jobs, len(works))
    if jobs <= 1 or sum(work.candidates[0].bytes for work in works) < SMALL:
        for work in works:
            yield work, _read(work)
        return
    left = deque(works)
    while left:
        yield from _read_in_pool(left, jobs)


def _read(work: Work) -> Reading:
    return read_file(str(work.candidates[0].path), work.candidates[0].source)


def _read_in_pool(left: deque[Work], jobs: int) -> Iterator[tuple[Work, Reading]]:
    """Takes works from ``left`` until none is left or a process dies; then the first unfinished work is read alone."""
    pool = ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context('spawn'))
    running: deque[tuple[Work, Future[Reading]]] = deque()
    try:
        while left or running:
            while left and len(running) < 2 * jobs:
                running.append((left[0], pool.submit(_read, left[0])))
                left.popleft()
            work, future = running[0]
            yield work, future.result()
            running.popleft()
    except BrokenProcessPool:
        left.extendleft(work for work, _ in reversed(list(running)[1:]))
        yield running[0][0], _read_alone(running[0][0])
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _read_alone(work: Work) -> Reading:
    """Reads in a process of its own, since one of the files being read killed its process, and it may have been this one."""
    started = time.perf_counter()
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context('spawn')) as pool:
        try:
            return pool.submit(_read, work).result()
        except BrokenProcessPool:
            why = finding('worker.crashed', detail='读取它的进程意外终止')
            return Reading(work.sha256, work.candidates[0].bytes, None, None, why, time.perf_counter() - started)
