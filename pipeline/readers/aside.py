"""Work that a copy of this process does while it goes on with its own: the copy holds all that the work needs, only what came of it is handed over."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from types import TracebackType
from typing import Generic, Protocol, TypeVar

Result = TypeVar('Result')
# Linux: the signal that a process gets when the one that made it ends (prctl).
_TOLD_OF_END = 1


class Aside(Protocol):
    """Has ``work``, a pure function without arguments whose result can be pickled, done while whoever asks goes on. Within the context, what it
    gives is called for the result."""

    def __call__(self, work: Callable[[], Result]) -> AbstractContextManager[Callable[[], Result]]: ...


def later(work: Callable[[], Result]) -> AbstractContextManager[Callable[[], Result]]:
    """Does it in this process, when the result is called for."""
    return nullcontext(work)


def in_a_copy(work: Callable[[], Result]) -> AbstractContextManager[Callable[[], Result]]:
    """Does it in a copy of this process, kept to what it is kept to itself. What the copy cannot do is done here, as where no copy can be made."""
    if sys.platform != 'linux':
        return later(work)
    try:
        return _Copy(work)
    except OSError:  # too many processes, or too little memory
        return later(work)


class _Copy(Generic[Result]):
    def __init__(self, work: Callable[[], Result]) -> None:
        self._work = work
        left, _ = signal.getitimer(signal.ITIMER_REAL)
        maker = os.getpid()
        self._answer, answer = os.pipe()
        try:
            self._process: int | None = os.fork()
        except OSError:
            os.close(self._answer)
            os.close(answer)
            raise
        if not self._process:
            _do(work, answer, left, maker)
        os.close(answer)

    def __enter__(self) -> Callable[[], Result]:
        return self._result

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._answer)
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)

    def _result(self) -> Result:
        assert self._process is not None, 'it is called for once'
        with open(self._answer, 'rb', closefd=False) as answer:  # a pipe has no path
            packed = answer.read()
        _, status = os.waitpid(self._process, 0)
        self._process = None
        return pickle.loads(packed) if status == 0 else self._work()  # noqa: S301  # our own process wrote it


def _do(work: Callable[[], object], answer: int, seconds: float, maker: int) -> None:
    """What the copy does; it never returns. ``seconds`` are those that the file may still take (0: nobody limits them)."""
    try:
        _end_with(maker)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        packed = pickle.dumps(work(), pickle.HIGHEST_PROTOCOL)
        with open(answer, 'wb') as place:  # a pipe has no path
            place.write(packed)
        os._exit(0)
    finally:  # whatever it is: the process that asked meets it too, and says so
        os._exit(1)


def _end_with(maker: int) -> None:
    """From now on this process ends when the process ``maker``, of which it is a copy, does."""
    import ctypes

    ctypes.CDLL(None).prctl(_TOLD_OF_END, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != maker:
        os._exit(1)
