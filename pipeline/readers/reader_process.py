"""One reading process as its parent sees it: what it reads, since when, what it lets others do, and what became of it."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import time
from contextlib import suppress
from multiprocessing.context import BaseContext

from kaohe.extractors.findings import Finding, finding
from kaohe.pipeline.planning.plan import Work
from kaohe.pipeline.readers.reader_loop import READY, Answer, Task, serve
from kaohe.pipeline.readers.reading import Ahead, Reading, not_ahead
from kaohe.pipeline.readers.sharing import Help, Helped, More, Offer, Shared
from kaohe.pipeline.refusal import Refusal
from kaohe.pipeline.system.apart import OUT_OF_MEMORY, unseen_by_terminal
from kaohe.pipeline.system.limits import Limits
from kaohe.pipeline.system.memory import memory_of

# How long (seconds) a process may take to load the dictionaries, on a machine that is busy.
_STARTING = 300.0
_WATCH_MEMORY = sys.platform != 'linux'  # there the system keeps a process to its limit


class Process:
    """A process that does one thing at a time: it reads a file, or helps another with one. ``ended``: it is no more, and what it was
    reading has been handed out."""

    def __init__(self, context: BaseContext, limits: Limits, ahead: Ahead = not_ahead) -> None:
        self._limits = limits
        self._work: Work | None = None
        self._shared: Shared | None = None
        self._owner: Process | None = None
        self._part = 0
        self._granted = 0.0
        self._known: Offer | None = None
        self._waits = False
        self._ready = False
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs, limits, ahead), daemon=True)  # type: ignore[attr-defined]
        with unseen_by_terminal(tracked=context.get_start_method() != 'fork'):
            self._process.start()
        theirs.close()  # so that the connection ends with the process
        self._since = time.monotonic()
        self.ended = False

    @property
    def idle(self) -> bool:
        """Whether it can take a file, or help."""
        return self._ready and self._work is None and self._owner is None and not self.ended

    @property
    def reads(self) -> bool:
        """Whether it has a file of its own."""
        return self._work is not None and not self.ended

    @property
    def wants_help(self) -> bool:
        """Whether it offers a part that nobody has begun."""
        return self._shared is not None and bool(self._shared.open)

    def take(self, work: Work) -> None:
        """Gives it a file to read."""
        first = work.candidates[0]
        self._work, self._since, self._granted = work, time.monotonic(), 0.0
        with suppress(OSError):  # it died just now: `look` will see it
            self.connection.send(Task(str(first.path.absolute()), first.source, first.members, first.bytes))

    def help(self, owner: Process) -> None:
        """Gives it a part of what ``owner``, which wants help, reads."""
        shared = owner._shared
        assert shared is not None
        assert owner._work is not None
        self._owner, self._part, self._since = owner, shared.open.popleft(), time.monotonic()
        shared.helping += 1
        packed = None if self._known is shared.offer else shared.offer.packed
        self._known = shared.offer
        with suppress(OSError):
            self.connection.send(Help(packed, self._part, owner._work.candidates[0].bytes))

    def look(self) -> tuple[Work, Reading] | None:
        """What it has read, or why it could not, once; None as long as it is at it. Raises `Refusal` where it does not even start."""
        try:
            if not self.connection.poll():
                why = self._overdue()
                return None if why is None else self._lost(why)
            message = self.connection.recv_bytes()
        except (EOFError, OSError):
            return self._lost(None)
        if message == READY:
            self._ready = True
            return None
        told: Answer | Offer | More | Helped = pickle.loads(message)  # noqa: S301  # our own process wrote it
        if isinstance(told, Answer):
            # it may give up a file of which it has offered parts
            work, self._work, self._shared = self._work, None, None
            if told.last:
                self.end()
            assert work is not None, 'an answer comes after a task'
            return work, told.reading
        if isinstance(told, Helped):
            self._helped(told.result)
        else:
            if isinstance(told, Offer):
                self._shared = Shared.of(told)
                self._granted += told.seconds
            self._go_on()
        return None

    def end(self) -> None:
        """Ends it now, with whatever programs it started."""
        self.ended = True
        self.connection.close()
        if self._process.is_alive():
            if sys.platform != 'win32' and self._ready:
                with suppress(ProcessLookupError, PermissionError):
                    os.killpg(self._process.pid, signal.SIGKILL)
            self._process.kill()
        self._process.join()

    def _go_on(self) -> None:
        """Tells it what to do next of what it offered, as soon as that is known."""
        assert self._shared is not None
        told = self._shared.next()
        self._waits = told is None
        if told is not None:
            with suppress(OSError):
                self.connection.send(told)
        if isinstance(told, dict):
            self._shared = None

    def _helped(self, result: bytes | None) -> None:
        """It is done with a part of another's file, or could not do it."""
        owner, self._owner = self._owner, None
        if owner is not None and owner._shared is not None and owner._shared.offer is self._known:
            owner._shared.helped(self._part, result)
            if owner._waits:
                owner._go_on()

    def _allowed(self) -> float:
        """How many seconds it may take for what it does."""
        if self._owner:
            work, granted = self._owner._work, 0.0
        else:
            work, granted = self._work, self._granted
        return self._limits.seconds_for(work.candidates[0].bytes if work else 0) + granted

    def _overdue(self) -> Finding | None:
        """Why it must be ended now; None while it keeps to its limits."""
        taken = time.monotonic() - self._since
        if self._work is None and self._owner is None:
            if taken > _STARTING and not self._ready:
                raise Refusal('读取文件的进程启动不了；请关掉其他程序后重新运行')
            return None
        if taken > self._allowed():
            return finding('worker.timeout', seconds=round(self._allowed()))
        if _WATCH_MEMORY and memory_of(self._process.pid) > self._limits.memory:
            return finding('worker.memory')
        return None

    def _lost(self, why: Finding | None) -> tuple[Work, Reading] | None:
        """The failure of the file it was reading. ``why`` it is ended; None where it died by itself."""
        started, work = self._since, self._work
        if why is None:
            self._process.join(5)
            why = self._cause()
        self.end()
        if self._owner is not None:
            self._helped(None)
            return None
        if work is None:
            if not self._ready:
                raise Refusal('读取文件的进程启动不了；请重新运行，仍不行请把这一行发给维护者')
            return None
        self._work = self._shared = None
        failed = Reading(work.sha256, work.candidates[0].bytes, None, None, why, time.monotonic() - started)
        return work, failed

    def _cause(self) -> Finding:
        code = self._process.exitcode
        if code == OUT_OF_MEMORY:
            return finding('worker.memory')
        if sys.platform != 'win32' and code == -signal.SIGALRM:
            return finding('worker.timeout', seconds=round(self._allowed()))
        if sys.platform != 'win32' and code in (-signal.SIGABRT, -signal.SIGKILL):
            return finding(
                'worker.memory'
            )  # a library in C that gets no memory aborts; a system that has none left kills
        return finding('worker.crashed', detail=f'读取它的进程意外终止，代号 {code}')
