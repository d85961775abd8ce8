"""How much memory processes hold, as psutil asks the system for it. It is loaded where it is asked: help must answer at once."""

from __future__ import annotations


def memory_of(pid: int) -> int:
    """Resident bytes of a process; 0 where they cannot be had."""
    import psutil

    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0


def memory_claimed() -> int:
    """The address space of this process in bytes; 0 where the system does not say."""
    import psutil

    try:
        return int(psutil.Process().memory_info().vms)
    except psutil.Error:
        return 0
