"""Work that a few hundred bytes can blow up is kept to less memory than the process that reads the file is allowed as a whole."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psutil


@contextmanager
def at_most(more: int) -> Iterator[None]:
    """Within, this process claims at most ``more`` bytes of address space beyond what it holds: a library in C that gets no memory ends it.

    Holds only where the process is kept to a limit already, as one that reads for others is: nobody's own program is ended. Linux alone knows
    such limits.
    """
    if sys.platform != 'linux':
        yield
        return
    import resource

    before, hard = resource.getrlimit(resource.RLIMIT_AS)
    if before == resource.RLIM_INFINITY:
        yield
        return
    most = min(before, psutil.Process().memory_info().vms + more)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (before, hard))
