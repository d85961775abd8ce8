"""What makes a process one of its own: it prints nothing, hears nothing of the terminal, and ends when the command does."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

# The exit status of a process that had no memory left.
OUT_OF_MEMORY = 71
# One thread at a time puts the script away and back.
_starting = threading.RLock()


def apart() -> None:
    """Whatever libraries print is not for people; what the terminal sends to the command is not for this process."""
    silence = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(silence, descriptor)
    sys.stdout = sys.stderr = open(2, 'w', encoding='utf-8', errors='replace', closefd=False)  # noqa: SIM115  # as long as it lives
    if sys.platform != 'win32':
        os.setsid()  # a program that a reader starts can so be ended together with it
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os._exit(1)


@contextmanager
def unseen_by_terminal(*, tracked: bool = True) -> Iterator[None]:
    """A process started here never sees a Ctrl+C, which is for the command: it would print what it was at, in English, and never runs the
    script that started it, as every new process of `multiprocessing` would. ``tracked``: it is a new one, not a copy of this."""
    with _without_script() if tracked else nullcontext():
        if sys.platform == 'win32':
            yield
        else:
            with _deaf(tracked=tracked):
                yield


@contextmanager
def _without_script() -> Iterator[None]:
    """A script that calls the library at its top level would call it again in each process: none of ours needs anything of it. Processes that
    another thread of the script starts meanwhile are told of it as ever, and what it pickles is found."""
    from multiprocessing import spawn

    with _starting:
        told, mine = spawn.get_preparation_data, threading.get_ident()

        def without(name: str) -> dict[str, Any]:
            data = told(name)
            ours = threading.get_ident() == mine
            return {key: value for key, value in data.items() if not (ours and key.startswith('init_main_from'))}

        spawn.get_preparation_data = without
        try:
            yield
        finally:
            spawn.get_preparation_data = told


@contextmanager
def _deaf(*, tracked: bool) -> Iterator[None]:
    if tracked:
        from multiprocessing import resource_tracker

        resource_tracker.ensure_running()  # when it starts, it lets the signal through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
