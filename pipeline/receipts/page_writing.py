"""Writes receipts; many of them with all the cores, since a run of a year's notices would else wait for its pages as long as for its reading."""

from __future__ import annotations

import multiprocessing
import signal
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import NamedTuple

from kaohe.pipeline.database.schema import open_to_read
from kaohe.pipeline.receipts.page import receipt
from kaohe.pipeline.receipts.paper import Name, Paper
from kaohe.pipeline.receipts.receipt_content import read_content
from kaohe.pipeline.system.apart import unseen_by_terminal
from kaohe.pipeline.system.whole_files import replace_file

# So many pages are worth starting processes for; each takes about a quarter of a second to start, a page of 100 lines a fortieth.
_MANY = 30
_AT_A_TIME = 10


class Wanted(NamedTuple):
    """A page to write: under which name, with which stamp, about what."""

    file: str
    stamp: str
    paper: Paper
    names: Sequence[Name]


def write_pages(
    connection: sqlite3.Connection, database: Path, folder: Path, wanted: Sequence[Wanted], jobs: int
) -> None:
    """Writes these pages of the ``database``, to which there is a ``connection``, into the folder, with at most so many processes.

    Raises ``OSError``.
    """
    if jobs == 1 or len(wanted) < _MANY:
        _write(connection, database, folder, wanted)
        return
    context = multiprocessing.get_context('forkserver' if sys.platform == 'linux' else 'spawn')
    batches = [wanted[at : at + _AT_A_TIME] for at in range(0, len(wanted), _AT_A_TIME)]
    with unseen_by_terminal():
        pool = context.Pool(min(jobs, len(batches)), signal.signal, (signal.SIGINT, signal.SIG_IGN))
    with pool:
        for _ in pool.imap_unordered(partial(_write_apart, database, folder), batches):
            pass


def _write_apart(database: Path, folder: Path, wanted: Sequence[Wanted]) -> None:
    with closing(open_to_read(database)) as connection:
        connection.execute('BEGIN')  # each page shows one state of the database
        _write(connection, database, folder, wanted)


def _write(connection: sqlite3.Connection, database: Path, folder: Path, wanted: Sequence[Wanted]) -> None:
    for page in wanted:
        replace_file(
            folder / page.file, receipt(read_content(connection, page.paper, page.names), page.stamp), database
        )
