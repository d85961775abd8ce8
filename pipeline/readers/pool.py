"""Reads files in processes of their own, so that a file that crashes, hangs or claims all memory costs only itself.

On Linux the first processes of a command are copies of it where it has a single thread: it loads the dictionaries first. Those that come later,
and all those of another program (the desk, a script: copies would read with whatever it has set up), are forked from a process of its own that
has them loaded. Elsewhere each loads them itself. A run that has nothing to read starts none.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import wait
from multiprocessing.context import BaseContext
from pathlib import Path, PurePath
from queue import Full, Queue
from threading import Event, Thread
from types import TracebackType

from kaohe.extractors.formats import FORMATS
from kaohe.pipeline.planning.inbox import Candidate
from kaohe.pipeline.planning.plan import Work
from kaohe.pipeline.readers.head_start import HeadStart, worth_it
from kaohe.pipeline.readers.reader_loop import look_seldom_for_garbage
from kaohe.pipeline.readers.reader_process import Process
from kaohe.pipeline.readers.reading import Ahead, Reading, not_ahead
from kaohe.pipeline.system.apart import unseen_by_terminal
from kaohe.pipeline.system.limits import Limits

# How often (seconds) the clocks of the processes are looked at.
_LOOK_EVERY = 0.5
_PRELOAD = 'kaohe.pipeline.readers.preload'
# Bytes of the files for each of which a copy more is made, which helps with long ones: some hundred lines. One more there is always (20 ms).
_WORTH_HELP = 1 << 15


def _extractors(files: Iterable[Candidate]) -> list[str]:
    """The modules that will read these files, as far as their names tell."""
    return _of_suffixes({PurePath(file.source).suffix.lower() for file in files})


def _of_suffixes(suffixes: Collection[str]) -> list[str]:
    return [form.module for form in FORMATS if not set(form.suffixes).isdisjoint(suffixes)]


def _context(extractors: Sequence[str], *, loading: bool) -> BaseContext:
    """Where readers are started; where they are forked, from a process that holds what they need (``loading``: from now on)."""
    if sys.platform != 'linux':
        return get_context('spawn')
    context = get_context('forkserver')
    context.set_forkserver_preload(['kaohe.pipeline.readers.reader_loop', _PRELOAD, *extractors])
    if loading:
        from multiprocessing.forkserver import ensure_running

        with unseen_by_terminal():
            ensure_running()
    return context


def warm_up(suffixes: Collection[str]) -> None:
    """Begins to load what reading files of these suffixes takes, for a program that waits for them."""
    _context(_of_suffixes(suffixes), loading=True)


def _copies() -> bool:
    """Whether copies of this process can read: where no other thread, of Python or of a library, may hold what a copy would wait for."""
    try:
        return sys.platform == 'linux' and len(list(Path('/proc/self/task').iterdir())) == 1
    except OSError:  # a system without /proc does not tell
        return False


def load(files: Iterable[Candidate]) -> None:
    """Loads what copies of this process, a command of ours, need to read these files; nothing where copies cannot read. Once it is loaded, they
    begin at once."""
    if _copies():
        _load([*_extractors(files), _PRELOAD])


def _load(modules: Sequence[str]) -> None:
    for module in modules:
        with suppress(ImportError):  # said by the process that needs it
            import_module(module)


class Readers:
    """At most ``jobs`` processes that read ``works``; one that has none left helps another with a long file. They begin to load at once.

    ``forked``: this process is a command of ours, whose copies can read. A context manager, to be iterated once: each work with its reading, in
    the order in which they are done. At most ``jobs`` readings wait in memory. A thread attends to the processes, so that none of them waits for its next file while a notice is stored.
    """

    def __init__(self, works: Sequence[Work], jobs: int, limits: Limits | None = None, *, forked: bool = False) -> None:
        self._waiting = deque(works)
        self._jobs = jobs
        self._limits = limits or Limits()
        self._processes: list[Process] = []
        self._head_start: HeadStart | None = None
        self._done: Queue[tuple[Work, Reading] | BaseException | None] = Queue(jobs)
        self._leaving = Event()
        self._attendant = Thread(target=self._attend, daemon=True)
        self._helpers = jobs
        self._copied = forked and bool(works) and _copies()
        self._extractors = _extractors(work.candidates[0] for work in works)
        self._context = _context(self._extractors, loading=bool(works) and not self._copied)

    def __enter__(self) -> Readers:
        """Starts them, all or none. To be entered before the database is opened: copies of this process should hold nothing of it."""
        try:
            self._begin()
        except BaseException:  # an interrupt too: nobody else would end those that have started
            self._end()
            raise
        return self

    def _begin(self) -> None:
        count = len(self._waiting)
        context, ahead = self._context, not_ahead
        if self._copied:
            if _PRELOAD not in sys.modules and worth_it(self._waiting, self._jobs):
                self._head_start = HeadStart(get_context('fork'), self._waiting[0], self._limits)
            _load([*(() if self._head_start else self._extractors), _PRELOAD])
        if self._copied and _copies():  # a plugin may have started a thread
            look_seldom_for_garbage()  # here too: what was read and its pages are hundreds of thousands of objects, none of which is garbage
            context = get_context('fork')
            ahead = self._head_start.document if self._head_start else not_ahead
            count += 1 + sum(work.candidates[0].bytes for work in self._waiting) // _WORTH_HELP
            self._helpers = 0  # what they would be forked from is not loaded: it would take longer than the help
        for _ in range(min(self._jobs, count)):
            self._start(context, ahead)
        self._attendant.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def _end(self) -> None:
        self._leaving.set()
        if self._attendant.ident is not None:
            self._attendant.join()
        if self._head_start is not None:
            self._head_start.end()
        for process in self._processes:
            process.end()

    def __iter__(self) -> Iterator[tuple[Work, Reading]]:
        """Each work with its reading. Raises `Refusal` where no process can be started."""
        while (done := self._done.get()) is not None:
            if isinstance(done, BaseException):
                raise done
            yield done

    def _attend(self) -> None:
        try:
            for done in self._readings():
                self._hand_over(done)
            self._hand_over(None)
        except BaseException as error:  # whatever it is, it is for whoever waits
            self._hand_over(error)

    def _hand_over(self, done: tuple[Work, Reading] | BaseException | None) -> None:
        while not self._leaving.is_set():
            try:
                self._done.put(done, timeout=_LOOK_EVERY)
            except Full:
                continue
            return

    def _readings(self) -> Iterator[tuple[Work, Reading]]:
        while self._processes and not self._leaving.is_set():
            wait([process.connection for process in self._processes], _LOOK_EVERY)
            for process in tuple(self._processes):
                done = process.look()
                owner = next((other for other in self._processes if other.wants_help), None)
                if process.idle and self._waiting:
                    process.take(self._waiting.popleft())
                elif process.idle and owner is not None:
                    process.help(owner)
                elif process.ended or (process.idle and not self._reading):
                    self._processes.remove(process)
                    process.end()
                    if self._waiting:
                        self._start(self._context)
                if done is not None:
                    yield done
            if len(self._processes) < self._helpers and any(process.wants_help for process in self._processes):
                self._start(self._context)

    @property
    def _reading(self) -> bool:
        """Whether a file is being read, with which one that is idle may yet be asked to help."""
        return any(process.reads for process in self._processes)

    def _start(self, context: BaseContext, ahead: Ahead = not_ahead) -> None:
        self._processes.append(Process(context, self._limits, ahead))
