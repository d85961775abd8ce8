"""Folders of logs that people named (``--decisions``) where a database has its own: noted in its runs, so that whoever opens it finds them."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from kaohe.pipeline.database.files import decisions_folder

_NOTED = "SELECT DISTINCT json_extract(options, '$.decisions') FROM runs WHERE options LIKE '%\"decisions\"%' ORDER BY id DESC"


def named_folder(database: Path, folder: Path) -> str | None:
    """What is noted of the folder of a log: its whole path, None where it is the database's own."""
    return None if folder.absolute() == decisions_folder(database).absolute() else str(folder.absolute())


def note_log(connection: sqlite3.Connection, database: Path, folder: Path) -> None:
    """Notes that something was written to the log in the folder, in the last run of the database; nothing for the database's own."""
    named = named_folder(database, folder)
    if named is not None:
        connection.execute(
            "UPDATE runs SET options = json_set(coalesce(options, '{}'), '$.decisions', ?) WHERE id = (SELECT max(id) FROM runs)",
            (named,),
        )


def noted_logs(connection: sqlite3.Connection) -> tuple[Path, ...]:
    """The folders that were noted, the latest first."""
    return tuple(Path(row[0]) for row in connection.execute(_NOTED) if row[0] is not None)
