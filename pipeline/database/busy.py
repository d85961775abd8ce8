"""Waiting for another program that is writing the database: with a word, and not for ever."""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

Done = TypeVar('Done')
WAIT: Final = 30.0
"""Seconds after which a run gives up."""
_STEP: Final = 0.2


def patiently(connection: sqlite3.Connection, path: Path, act: Callable[[], Done], wait: float | None = None) -> Done:
    """What ``act`` returns, tried again as long as another program holds the database, up to ``wait`` seconds (`WAIT`). Standard error tells
    that it waits. Raises ``sqlite3.OperationalError`` where the other does not end."""
    ends, told = time.monotonic() + (WAIT if wait is None else wait), False
    (usual,) = connection.execute('PRAGMA busy_timeout').fetchone()
    connection.execute('PRAGMA busy_timeout = 0')
    try:
        while True:
            try:
                return act()
            except sqlite3.OperationalError as error:
                code = (getattr(error, 'sqlite_errorcode', None) or 0) & 0xFF
                if code not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) or time.monotonic() > ends:
                    raise
            if not told:
                sys.stderr.write(f'数据库 {path} 正被另一个程序占用，等它结束……\n')
                sys.stderr.flush()
                told = True
            time.sleep(_STEP)
    finally:
        connection.execute(f'PRAGMA busy_timeout = {usual}')
