"""What a query of a local server may take: a question typed into the browser must not take the machine's memory.

How long it may run and how many rows it may give is for the server to say. For every server that runs what people or pages ask.
"""

from __future__ import annotations

import sqlite3

from kaohe.pipeline.system.limits import limit_memory
from kaohe.pipeline.system.memory import memory_claimed

# The longest text or list that a query may make (bytes); the longest text of a notice is a hundredth of it.
LONGEST_VALUE = 1 << 20
# What SQLite may hold in the whole process, and what the process may claim beyond what it has when it begins to serve.
_SQLITE_HEAP = 256 << 20
_PROCESS = 3 << 29


def limit_queries(connection: sqlite3.Connection) -> None:
    """Queries of this connection make no value longer than ``LONGEST_VALUE``, and SQLite no more memory than it may hold."""
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.execute(f'PRAGMA hard_heap_limit = {_SQLITE_HEAP}')


def limit_process() -> None:
    """From here on this process claims so much more and no more, where the system can see to that (Linux)."""
    limit_memory(memory_claimed() + _PROCESS)
