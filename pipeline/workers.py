"""Reads files in processes of their own, so that a file that crashes, hangs or claims all memory costs only itself.

On Linux the processes are forked from one that has the dictionaries loaded, so that one which is lost is replaced at once; elsewhere
each loads them itself. A run that has nothing to read starts none.
"""

from __future__ import annotations

import multiprocessing
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from multiprocessing.connection import wait
from pathlib import PurePath
from types import TracebackType

from extractors.formats import FORMATS
from pipeline.limits import Limits
from pipeline.plan import Work
from pipeline.process import Process
from pipeline.reading import Reading

# How often (seconds) the clocks of the processes are looked at.
_LOOK_EVERY = 0.5


def _extractors(works: Sequence[Work]) -> list[str]:
    """The modules that will read these files, as far as their names tell."""
    suffixes = {PurePath(work.candidates[0].source).suffix.lower() for work in works}
    return [form.module for form in FORMATS if not suffixes.isdisjoint(form.suffixes)]


class Readers:
    """At most ``jobs`` processes that read ``works``; one that has none left helps another with a long file. They begin to load at once.

    A context manager, to be iterated once: each work with its reading, in the order in which they are done. At most ``jobs`` readings
    wait in memory.
    """

    def __init__(self, works: Sequence[Work], jobs: int, limits: Limits | None = None) -> None:
        self._waiting = deque(works)
        self._jobs = jobs
        self._limits = limits or Limits()
        self._processes: list[Process] = []
        if sys.platform == 'linux':
            self._context = multiprocessing.get_context('forkserver')
            self._context.set_forkserver_preload(['__main__', 'pipeline.worker', 'pipeline.warm', *_extractors(works)])
            if works:
                from multiprocessing.forkserver import ensure_running

                ensure_running()
        else:
            self._context = multiprocessing.get_context('spawn')

    def __enter__(self) -> Readers:
        for _ in range(min(self._jobs, len(self._waiting))):
            self._start()
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
                owner = next((other for other in self._processes if other.wants_help), None)
                if process.idle and self._waiting:
                    process.take(self._waiting.popleft())
                elif process.idle and owner is not None:
                    process.help(owner)
                elif process.idle or process.ended:
                    self._processes.remove(process)
                    process.end()
                    if self._waiting:
                        self._start()
                if done is not None:
                    yield done
            if len(self._processes) < self._jobs and any(process.wants_help for process in self._processes):
                self._start()

    def _start(self) -> None:
        self._processes.append(Process(self._context, self._limits))
