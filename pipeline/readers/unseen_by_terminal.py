"""Starts processes that never see a Ctrl+C: it is for the command, and they would print what they were at, in English."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def unseen_by_terminal() -> Iterator[None]:
    """A process started here never sees a Ctrl+C."""
    if sys.platform == 'win32':
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
