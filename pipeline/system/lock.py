"""One run at a time writes a database: the next one waits. The system lets the lock go when its holder ends, however it ends."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_LOOK_EVERY = 0.05
# The open files of what this process holds. A copy of it holds nothing: else what is held would be held until the last copy ends.
_open: set[int] = set()


class Hold:
    """A database that is held."""

    def __init__(self, lock: Path, file: int | None) -> None:
        self._lock = lock
        self._file = file

    @contextmanager
    def let_go(self) -> Iterator[None]:
        """Others may hold the database meanwhile; at the end this one waits until it has it again."""
        self.end()
        try:
            yield
        finally:
            self._file = _held(self._lock, lambda: None)

    def end(self) -> None:
        """Lets go for good."""
        file, self._file = self._file, None
        if file is not None:
            _let_go(self._lock, file)


@contextmanager
def alone(database: Path, queued: Callable[[], None]) -> Iterator[Hold]:
    """Holds the database for this run. ``queued`` is called once where another run has it; then this one waits for its end.

    Where the folder cannot be written there is nothing to hold: opening the database will say so, if something is to be written.
    """
    lock = database.with_name(f'{database.name}.lock')
    hold = Hold(lock, _held(lock, queued))
    try:
        yield hold
    finally:
        hold.end()


def _held(lock: Path, queued: Callable[[], None]) -> int | None:
    told = False
    while True:
        try:
            lock.parent.mkdir(parents=True, exist_ok=True)
            file = os.open(lock, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError:
            return None
        try:
            _lock(file)
            if _stands(lock, file):
                _open.add(file)
                return file
            os.close(file)
        except (BlockingIOError, PermissionError):
            os.close(file)
            if not told:
                told = True
                queued()
            time.sleep(_LOOK_EVERY)
        except OSError:  # a disk without locks
            os.close(file)
            return None


def _stands(lock: Path, file: int) -> bool:
    """Whether the locked file is still the one of this name: whoever held it before removes it."""
    try:
        return os.path.samestat(os.fstat(file), lock.stat())
    except OSError:
        return False


def _let_go(lock: Path, file: int) -> None:
    _open.discard(file)
    if (
        sys.platform == 'win32'
    ):  # there an open file cannot be removed, and removing fails where the next run has it open
        os.close(file)
        with suppress(OSError):
            lock.unlink()
        return
    with suppress(OSError):
        lock.unlink()
    os.close(file)


def _lock(file: int) -> None:
    """Raises ``BlockingIOError`` or ``PermissionError`` where another process holds it."""
    if sys.platform == 'win32':
        import msvcrt

        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _let_go_as_copy() -> None:
    while _open:
        os.close(_open.pop())


if hasattr(os, 'register_at_fork'):
    os.register_at_fork(after_in_child=_let_go_as_copy)
