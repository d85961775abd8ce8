"""The log beside the database, for whoever is asked for help: when runs were, how long files took, what failed.

It names documents by their ids and never holds a text or a title. It stays small: old lines go. The database itself holds the rest
(``runs``, ``ingestions``).
"""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from contextlib import closing, suppress
from datetime import UTC, datetime
from io import FileIO, TextIOWrapper
from logging import LogRecord, makeLogRecord
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from kaohe.pipeline.database.files import log_file
from kaohe.pipeline.planning.fingerprint import program_version
from kaohe.pipeline.system.modes import file_mode, make_folder

MAX_BYTES = 512 * 1024
KEPT = 3


class _SmallLog(RotatingFileHandler):
    """A log that keeps silent about what it cannot write."""

    def __init__(self, database: Path, file: Path, **rest: Any) -> None:
        self._like = (file.parent, database)
        super().__init__(file, **rest)

    def _open(self) -> TextIOWrapper:
        """As the base does, but no more open than the database."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        descriptor = os.open(self.baseFilename, flags, file_mode(*self._like))
        return TextIOWrapper(FileIO(descriptor, 'a'), encoding=self.encoding, errors=self.errors, write_through=True)

    def handleError(self, record: LogRecord) -> None:  # noqa: N802  # logging's own name
        """Passes over it."""


def note(database: Path, lines: Iterable[str]) -> None:
    """Writes lines with the time. A log that cannot be written stops nothing."""
    now = datetime.now(UTC).isoformat(timespec='seconds')
    file = log_file(database)
    with suppress(OSError):
        make_folder(file.parent, database)
        with closing(_SmallLog(database, file, maxBytes=MAX_BYTES, backupCount=KEPT, encoding='utf-8')) as log:
            for line in lines:
                log.handle(makeLogRecord({'msg': f'{now} {line}'}))


def machine() -> str:
    """Which program runs where."""
    return f'kaohe {program_version()}, Python {platform.python_version()}, {platform.platform()}'
