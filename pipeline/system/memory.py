"""How much memory processes hold, as psutil asks the system for it. It is loaded where it is asked: help must answer at once."""

from __future__ import annotations

import os
import sys
from contextlib import suppress


def memory_of(pid: int) -> int:
    """Resident bytes of a process; 0 where they cannot be had."""
    import psutil

    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0


def memory_claimed() -> int:
    """The address space of this process in bytes; 0 where the system does not say."""
    if sys.platform == 'linux':  # as psutil reads it, which takes each process that reads 10 ms to load
        with suppress(OSError), open('/proc/self/statm', 'rb') as file:  # noqa: PTH123
            return int(file.read().split()[0]) * os.sysconf('SC_PAGE_SIZE')
    import psutil

    try:
        return int(psutil.Process().memory_info().vms)
    except psutil.Error:
        return 0
