"""The log beside the database, for whoever is asked for help: when runs were, how long files took, what failed.

It names documents by their ids and never holds a text or a title. It stays small: old lines go. The database itself holds the rest
(``runs``, ``ingestions``).
"""

from __future__ import annotations

import platform
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from kaohe.pipeline.database.files import log_file
from kaohe.pipeline.ingestion.fingerprint import program_version

MAX_BYTES = 512 * 1024
KEPT = 3


def note(database: Path, lines: Iterable[str]) -> None:
    """Writes lines with the time. A log that cannot be written stops nothing."""
    now = datetime.now(UTC).isoformat(timespec='seconds')
    file = log_file(database)
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        _make_room(file)
        with file.open('a', encoding='utf-8') as log:
            log.writelines(f'{now} {line}\n' for line in lines)


def machine() -> str:
    """Which program runs where."""
    return f'kaohe {program_version()}, Python {platform.python_version()}, {platform.platform()}'


def _make_room(file: Path) -> None:
    if not file.exists() or file.stat().st_size < MAX_BYTES:
        return
    for number in range(KEPT - 1, 0, -1):
        older = file.with_name(f'{file.name}.{number}')
        if older.exists():
            older.replace(file.with_name(f'{file.name}.{number + 1}'))
    file.replace(file.with_name(f'{file.name}.1'))
