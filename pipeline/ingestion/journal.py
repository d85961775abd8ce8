"""The log beside the database, for whoever is asked for help: when runs were, how long files took, what failed.

It names documents by their ids and never holds a text or a title. It stays small: old lines go. The database itself holds the rest
(``runs``, ``ingestions``).
"""

from __future__ import annotations

import platform
from collections.abc import Iterable
from contextlib import closing, suppress
from datetime import UTC, datetime
from logging import LogRecord, makeLogRecord
from logging.handlers import RotatingFileHandler
from pathlib import Path

from kaohe.pipeline.database.files import log_file
from kaohe.pipeline.planning.fingerprint import program_version

MAX_BYTES = 512 * 1024
KEPT = 3


class _SmallLog(RotatingFileHandler):
    """A log that keeps silent about what it cannot write."""

    def handleError(self, record: LogRecord) -> None:  # noqa: N802  # logging's own name
        """Passes over it."""


def note(database: Path, lines: Iterable[str]) -> None:
    """Writes lines with the time. A log that cannot be written stops nothing."""
    now = datetime.now(UTC).isoformat(timespec='seconds')
    file = log_file(database)
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        with closing(_SmallLog(file, maxBytes=MAX_BYTES, backupCount=KEPT, encoding='utf-8')) as log:
            for line in lines:
                log.handle(makeLogRecord({'msg': f'{now} {line}'}))


def machine() -> str:
    """Which program runs where."""
    return f'kaohe {program_version()}, Python {platform.python_version()}, {platform.platform()}'
