"""How many files are read at once, how long each may be read and how much memory that may take, and how a process keeps itself to it.

The system enforces what it can, so that a reader that never comes back to Python is stopped too: memory by ``RLIMIT_AS``, time by an
alarm that ends the process. Where the system knows neither (Windows), the parent measures and ends the process (`kaohe.pipeline.readers.reader_process`).
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from kaohe.pipeline.system.memory import memory_claimed

# The alarm comes after the parent's own look at the clock: it is for a process whose parent is gone.
_GRACE = 10.0
_MEGABYTE = 1 << 20


def default_jobs() -> int:
    """All the cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, 'sched_getaffinity') else os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Limits:
    """``seconds`` a file, and ``seconds_per_megabyte`` of it more: a long scan takes minutes. ``memory`` is in bytes, beyond what the
    process had before the file."""

    seconds: float = 180.0
    seconds_per_megabyte: float = 60.0
    memory: int = 2 << 30

    def seconds_for(self, size: int) -> float:
        """How long a file of ``size`` bytes may take."""
        return self.seconds + self.seconds_per_megabyte * size / _MEGABYTE


@contextmanager
def kept(limits: Limits, size: int) -> Iterator[None]:
    """Keeps this process to the limits while it reads a file of ``size`` bytes."""
    limit_memory(memory_claimed() + limits.memory)
    _alarm(limits.seconds_for(size) + _GRACE)
    try:
        yield
    finally:
        _alarm(0)


def grant(seconds: float) -> None:
    """Lets this process, which is `kept` to a time, take so many seconds more."""
    if seconds and sys.platform != 'win32':
        left, _ = signal.getitimer(signal.ITIMER_REAL)
        if left:
            _alarm(left + seconds)


def limit_memory(most: int) -> None:
    """This process claims at most so many bytes of address space, where the system can see to that (Linux)."""
    if sys.platform != 'linux':  # elsewhere there is no such limit, or it is not kept
        return
    import resource

    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _alarm(seconds: float) -> None:
    if sys.platform != 'win32':
        signal.setitimer(signal.ITIMER_REAL, seconds)
