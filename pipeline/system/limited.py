"""Calls a function in a process of its own that keeps to limits, so that a file from outside costs the command a message and no more."""

from __future__ import annotations

import multiprocessing
import pickle
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from kaohe.extractors.document import Unreadable
from kaohe.extractors.findings import Finding, finding
from kaohe.extractors.parallel import Common, Part, here
from kaohe.extractors.parallel import Result as Done
from kaohe.pipeline.refusal import Refusal
from kaohe.pipeline.system.apart import OUT_OF_MEMORY, apart, unseen_by_terminal
from kaohe.pipeline.system.limits import Limits, grant, kept

Result = TypeVar('Result')
_STARTING = 60.0


def in_limits(limits: Limits, function: Callable[..., Result], *arguments: object, forked: bool = False) -> Result:
    """What ``function``, a module's own, gives for these arguments; both are pickled.

    ``forked``: this process has one thread and no database open, so that its copy can do it, which is there at once (where the system has
    such copies). Otherwise a new process is started.

    Raises ``Unreadable`` (``worker.timeout``, ``worker.memory``, ``worker.crashed``, or what the function raised) and `Refusal`.
    """
    forked = forked and sys.platform == 'linux'
    context: Any = multiprocessing.get_context('fork' if forked else 'spawn')
    mine, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(theirs, limits, function, arguments), daemon=True)
    with unseen_by_terminal(tracked=not forked):
        process.start()
    theirs.close()
    try:
        told = _told(mine, limits)
    except (EOFError, OSError):
        process.join(5)
        raise Unreadable(_cause(process.exitcode, limits)) from None
    finally:
        mine.close()
        process.kill()
        process.join()
    if isinstance(told, Finding):
        raise Unreadable(told)
    if isinstance(told, Refusal):
        raise told
    (result,) = told
    return result  # type: ignore[no-any-return]  # what the function gave


def _told(process: Connection, limits: Limits) -> Any:
    """What it sends, for which it may ask for more time."""
    allowed, since = limits.seconds, time.monotonic()
    while process.poll(max(since + _STARTING + allowed - time.monotonic(), 0)):
        told: Any = pickle.loads(process.recv_bytes())  # noqa: S301  # our own process wrote it
        if not isinstance(told, _More):
            return told
        allowed += told.seconds
    raise Unreadable(finding('worker.timeout', seconds=round(allowed)))


def in_turn(
    work: Callable[[Common, Part], Done], common: Common, parts: Sequence[Part], seconds: float = 0.0
) -> list[Done]:
    """The `Spread` of a function that is called `in_limits`: one part after the other, with the time that they need."""
    more = seconds * len(parts)
    grant(more)
    if more and _parents:
        _parents[0].send_bytes(pickle.dumps(_More(more)))
    return here(work, common, parts)


@dataclass(frozen=True, slots=True)
class _More:
    """From the process to its parent: it may take so much longer."""

    seconds: float


# In a process that answers, the connection to its parent.
_parents: list[Connection] = []


def _answer(parent: Connection, limits: Limits, function: Callable[..., object], arguments: tuple[object, ...]) -> None:
    apart()
    _parents[:] = [parent]
    told: object
    try:
        with kept(limits, 0):
            told = (function(*arguments),)
            packed = pickle.dumps(told, pickle.HIGHEST_PROTOCOL)
    except Unreadable as error:
        packed = pickle.dumps(error.finding)
    except Refusal as error:
        packed = pickle.dumps(error)
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
    except ImportError as error:
        from kaohe.extractors.plugins import PluginFault  # where something cannot be imported, a plugin may be why

        packed = pickle.dumps(Refusal(str(error)) if isinstance(error, PluginFault) else _crashed(error))
    except Exception as error:
        packed = pickle.dumps(_crashed(error))
    parent.send_bytes(packed)


def _crashed(error: Exception) -> Finding:
    return finding('worker.crashed', detail=f'{type(error).__name__}: {str(error)[:200]}')


def _cause(code: int | None, limits: Limits) -> Finding:
    if code == OUT_OF_MEMORY or (sys.platform != 'win32' and code in (-signal.SIGABRT, -signal.SIGKILL)):
        return finding('worker.memory')  # a library in C that gets no memory aborts; a system that has none left kills
    if sys.platform != 'win32' and code == -signal.SIGALRM:
        return finding('worker.timeout', seconds=round(limits.seconds))
    return finding('worker.crashed', detail=f'读取它的进程意外终止，代号 {code}')
