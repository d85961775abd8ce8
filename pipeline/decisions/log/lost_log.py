"""Whether the log that belongs to a database has gone from beside it: asked by every command that opens the database, so it must cost next to nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from kaohe.pipeline.database.files import SHARED_LOG, decisions_folder
from kaohe.pipeline.database.interrupted import rollback_due
from kaohe.pipeline.database.schema import open_to_read
from kaohe.pipeline.refusal import Refusal

_KNOWN = (
    'SELECT (SELECT count(*) FROM corrections) + (SELECT count(*) FROM sign_offs) + (SELECT count(*) FROM choices),'
    ' (SELECT coalesce(sum(json_array_length(records)), 0) FROM assessments),'
    " (SELECT json_extract(options, '$.decisions') FROM runs ORDER BY id DESC LIMIT 1)"
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
    noted: str | None = None
    with suppress(Refusal, sqlite3.Error), closing(open_to_read(database, older=True)) as connection:
        decided, answered, noted = connection.execute(_KNOWN).fetchone()
    folders = (given,) if given is not None else _standing(database, noted)
    lost = all(_fewer(one.glob('*.jsonl'), decided) or _fewer(one.glob('*/*.jsonl'), answered) for one in folders)
    return folders[0] if lost else None


def _standing(database: Path, noted: str | None) -> tuple[Path, ...]:
    """Where the log may stand: where the last run found it, beside the database, and in the one that served all until each had its own: it is
    copied by the first command that decides."""
    own = decisions_folder(database)
    found = (Path(noted) if noted is not None else own, own, SHARED_LOG)
    return tuple(dict.fromkeys(one for one in found if one.is_dir())) or (own,)


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
