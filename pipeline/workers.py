"""Reads files in processes of their own, so that a file that crashes, hangs or claims all memory costs only itself.

On Linux the processes are forked from one that has the dictionaries loaded, so that one which is lost is replaced at once; elsewhere
each loads them itself. A run that has nothing to read starts none.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from multiprocessing.connection import wait
from types import TracebackType

from pipeline.limits import Limits
from pipeline.plan import Work
from pipeline.process import Process
from pipeline.reading import Reading

# How often (seconds) the clocks of the processes are looked at.
_LOOK_EVERY = 0.5


def default_jobs() -> int:
    """All the cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, 'sched_getaffinity') else os.cpu_count() or 1


class Readers:
    """Processes that read ``works``, at most ``jobs`` of them; they start at once.

    A context manager, to be iterated once: each work with its reading, in the order in which they are done. At most ``jobs`` readings
    wait in memory.
    """

    def __init__(self, works: Sequence[Work], jobs: int, limits: Limits | None = None) -> None:
        self._waiting = deque(works)
        self._limits = limits or Limits()
        if sys.platform == 'linux':
            self._context = multiprocessing.get_context('forkserver')
            self._context.set_forkserver_preload(['__main__', 'pipeline.worker', 'pipeline.warm'])
        else:
            self._context = multiprocessing.get_context('spawn')
        self._processes = [Process(self._context, self._limits) for _ in range(min(jobs, len(works)))]

    def __enter__(self) -> Readers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self._processes:
            process.end()

    def __iter__(self) -> Iterator[tuple[Work, Reading]]:
        """Each work with its reading. Raises `Refusal` where no process can be started."""
        while self._processes:
            wait([process.connection for process in self._processes], _LOOK_EVERY)
            for process in tuple(self._processes):
                done = process.look()
                if process.idle and self._waiting:
                    process.take(self._waiting.popleft())
                elif process.idle or process.ended:
                    self._processes.remove(process)
                    process.end()
                    if self._waiting:
                        self._processes.append(Process(self._context, self._limits))
                if done is not None:
                    yield done
