"""Puts decisions into force, and lets a notice go: what people do to the database themselves."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from kaohe.pipeline.database.files import receipts_folder
from kaohe.pipeline.database.schema import as_one_file, open_to_write, transaction
from kaohe.pipeline.decisions.decision_log import Decision, append, read_log
from kaohe.pipeline.decisions.enforcement import enforce_decisions
from kaohe.pipeline.receipts import write_receipts
from kaohe.pipeline.system.lock import alone


def put_into_force(
    database: Path, folder: Path, decisions: Sequence[Decision], queued: Callable[[], None] = lambda: None
) -> None:
    """Applies the decisions to the database and adds them to the log in ``folder``, both or neither.

    ``queued`` is called where another run has the database. Raises `Refusal`.
    """
    with _writing(database, queued) as connection:
        enforce_decisions(connection, [*read_log(folder), *decisions])
        append(folder, decisions)


def forget(database: Path, folder: Path, document: str, queued: Callable[[], None] = lambda: None) -> None:
    """Deletes all that is stored of a document. What was decided about its notice stays in the log. Raises `Refusal`."""
    with _writing(database, queued) as connection:
        connection.execute('DELETE FROM documents WHERE id = ?', (document,))
        enforce_decisions(connection, read_log(folder))


@contextmanager
def _writing(database: Path, queued: Callable[[], None]) -> Iterator[sqlite3.Connection]:
    with alone(database, queued), closing(open_to_write(database)) as connection:
        with transaction(connection, database):
            yield connection
        as_one_file(connection)
    if receipts_folder(database).is_dir():
        write_receipts(database)
