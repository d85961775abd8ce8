"""Whether the log that belongs to a database has gone from beside it: asked by every command that opens the database, so it must cost next to nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from itertools import chain
from pathlib import Path

from kaohe.pipeline.database.files import SHARED_LOG, decisions_folder
from kaohe.pipeline.database.interrupted import rollback_due
from kaohe.pipeline.database.schema import open_to_read
from kaohe.pipeline.decisions.log.log_files import read_log
from kaohe.pipeline.decisions.log.log_state import missing_decisions
from kaohe.pipeline.decisions.log.noted_logs import noted_logs
from kaohe.pipeline.refusal import Refusal

_KNOWN = (
    'SELECT (SELECT count(*) FROM corrections) + (SELECT count(*) FROM sign_offs) + (SELECT count(*) FROM choices),'
    ' (SELECT coalesce(sum(json_array_length(records)), 0) FROM assessments)'
)
_PIECE = 1 << 20


def lost_log(database: Path, given: Path | None = None) -> Path | None:
    """The folder of a log that certainly has fewer records than the database knows; None where it has as many, or nobody can tell.

    ``given`` is the folder that people named; else one of those where it may stand has them all, or it is lost. What has gone is not counted
    here, only seen: lines are counted, not read.
    """
    if not database.is_file() or rollback_due(database):
        return None
    decided = answered = 0
    noted: tuple[Path, ...] = ()
    with suppress(Refusal, sqlite3.Error), closing(open_to_read(database, older=True)) as connection:
        decided, answered = connection.execute(_KNOWN).fetchone()
        noted = noted_logs(connection)
    folders = (given,) if given is not None else _standing(database, noted)
    lost = all(_fewer(one.glob('*.jsonl'), decided) or _fewer(one.glob('*/*.jsonl'), answered) for one in folders)
    return folders[0] if lost and not _together(folders, database, answered) else None


def _standing(database: Path, noted: tuple[Path, ...]) -> tuple[Path, ...]:
    """Where the log may stand: in the folders that people named, beside the database, and in the one that served all until each had its own: it
    is copied by the first command that decides."""
    own = decisions_folder(database)
    return tuple(dict.fromkeys(one for one in (*noted, own, SHARED_LOG) if one.is_dir())) or (own,)


def _together(folders: Sequence[Path], database: Path, answered: int) -> bool:
    """Whether the logs of several folders have all between them: some of it was written to one, some to another."""
    if len(folders) < 2 or _fewer(chain.from_iterable(one.glob('*/*.jsonl') for one in folders), answered):
        return False
    with suppress(Refusal, sqlite3.Error):
        return not missing_decisions(database, {x.id for one in folders for x in read_log(one).decisions})
    return False


def _fewer(files: Iterator[Path], than: int) -> bool:
    """Whether the files have fewer lines than that."""
    if not than:
        return False
    with suppress(OSError):
        for file in files:
            last = b'\n'
            with file.open('rb') as opened:
                while piece := opened.read(_PIECE):
                    than -= piece.count(b'\n')
                    last = piece[-1:]
            than -= last != b'\n'
        return than > 0
    return False
