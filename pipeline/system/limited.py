"""Calls a function in a process of its own that keeps to limits, so that a file from outside costs the command a message and no more."""

from __future__ import annotations

import multiprocessing
import pickle
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from kaohe.extractors.document import Unreadable
from kaohe.extractors.findings import Finding, finding
from kaohe.pipeline.refusal import Refusal
from kaohe.pipeline.system.apart import OUT_OF_MEMORY, apart, unseen_by_terminal
from kaohe.pipeline.system.limits import Limits, kept

Result = TypeVar('Result')
_STARTING = 60.0


def in_limits(limits: Limits, function: Callable[..., Result], *arguments: object) -> Result:
    """What ``function``, a module's own, gives for these arguments; both are pickled.

    Raises ``Unreadable`` (``worker.timeout``, ``worker.memory``, ``worker.crashed``, or what the function raised) and `Refusal`.
    """
    context = multiprocessing.get_context('spawn')
    mine, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(theirs, limits, function, arguments), daemon=True)
    with unseen_by_terminal():
        process.start()
    theirs.close()
    try:
        if not mine.poll(_STARTING + limits.seconds):
            raise Unreadable(finding('worker.timeout', seconds=round(limits.seconds)))
        told: Any = pickle.loads(mine.recv_bytes())  # noqa: S301  # our own process wrote it
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


def _answer(parent: Connection, limits: Limits, function: Callable[..., object], arguments: tuple[object, ...]) -> None:
    apart()
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
    except Exception as error:
        packed = pickle.dumps(finding('worker.crashed', detail=f'{type(error).__name__}: {str(error)[:200]}'))
    parent.send_bytes(packed)


def _cause(code: int | None, limits: Limits) -> Finding:
    if code == OUT_OF_MEMORY or (sys.platform != 'win32' and code in (-signal.SIGABRT, -signal.SIGKILL)):
        return finding('worker.memory')  # a library in C that gets no memory aborts; a system that has none left kills
    if sys.platform != 'win32' and code == -signal.SIGALRM:
        return finding('worker.timeout', seconds=round(limits.seconds))
    return finding('worker.crashed', detail=f'读取它的进程意外终止，代号 {code}')
