"""Folders of logs that people named (``--decisions``) where a database has its own: noted in its runs, so that whoever opens it finds them."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

from kaohe.pipeline.database.files import decisions_folder

_NOTED = 'SELECT options FROM runs WHERE options LIKE \'%"decisions"%\' ORDER BY id DESC'
_LAST = 'SELECT id, options FROM runs ORDER BY id DESC LIMIT 1'


def named_folder(database: Path, folder: Path) -> str | None:
    """What is noted of the folder of a log: its whole path, None where it is the database's own."""
    return None if folder.absolute() == decisions_folder(database).absolute() else str(folder.absolute())


def note_log(connection: sqlite3.Connection, database: Path, folder: Path) -> None:
    """Notes that something was written to the log in the folder, in the last run of the database; nothing for the database's own."""
    named = named_folder(database, folder)
    if named is not None:
        for run, text in connection.execute(_LAST).fetchall():
            options = json.loads(text or '{}')
            before = [one for one in _of(options) if one != named]
            options |= {'decisions': named} | ({'decisions_before': before} if before else {})
            connection.execute(
                'UPDATE runs SET options = ? WHERE id = ?', (json.dumps(options, ensure_ascii=False), run)
            )


def noted_logs(connection: sqlite3.Connection) -> tuple[Path, ...]:
    """The folders that were noted, the latest first."""
    noted = (one for row in connection.execute(_NOTED) for one in _of(json.loads(row[0])))
    return tuple(Path(one) for one in dict.fromkeys(noted))


def _of(options: dict[str, Any]) -> list[str]:
    """The folders that one run notes, the latest first."""
    return [*filter(None, [options.get('decisions')]), *options.get('decisions_before', ())]
