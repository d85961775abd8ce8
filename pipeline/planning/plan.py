"""Decides what a run has to do, before anything is read or written: which files are new, changed, the same, gone, not finished.

Files are known by size and time of change; only where these differ is the content looked at.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from kaohe.extractors.document import Unreadable
from kaohe.pipeline.database.files import made_here
from kaohe.pipeline.database.ids import document_id, unread_document_id
from kaohe.pipeline.database.schema import migrations, open_to_read
from kaohe.pipeline.decisions.decision import Decision
from kaohe.pipeline.planning.archive_listing import Memory, remembered
from kaohe.pipeline.planning.fingerprint import reader_fingerprint
from kaohe.pipeline.planning.hashing import sha256_of
from kaohe.pipeline.planning.inbox import Candidate, Scope, find_candidates, inbox_name, still_written


@dataclass(frozen=True, slots=True)
class Work:
    """Files to read that hold the same bytes. ``sha256`` is None where the bytes cannot be had."""

    candidates: tuple[Candidate, ...]
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """A file as the database knows it. ``up_to_date``: its document need not be read again as long as the bytes are the same;
    ``complete``: the run that stored it came to its end."""

    inbox: str
    source: str
    document_id: str
    bytes: int
    mtime_ns: int
    up_to_date: bool
    complete: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run has to do. ``same`` are files that hold a stored document; ``waiting`` are still being written. ``closed`` are folders
    that cannot be listed: nobody knows what became of the files in them. ``outside`` are links that are not followed."""

    read: tuple[Work, ...]
    same: tuple[tuple[str, tuple[Candidate, ...]], ...]
    unchanged: tuple[tuple[Candidate, str], ...]
    left: tuple[Known, ...]
    closed: tuple[str, ...]
    waiting: tuple[Candidate, ...]
    outside: tuple[Candidate, ...]

    @property
    def nothing_to_do(self) -> bool:
        """Whether the database is up to date as it stands."""
        return not (self.read or self.same or self.left or self.outside)


def make_plan(
    scopes: Sequence[Scope],
    database: Path,
    *,
    force: bool,
    writing: Callable[[Sequence[Candidate]], set[Path]] = still_written,
) -> Plan:
    """The plan for these scopes. ``force`` reads every file again; ``writing`` tells which are not finished. Raises `Refusal`."""
    known, up_to_date = _known(scopes, database)
    names = {scope.inbox: inbox_name(scope.inbox, database) for scope in scopes}
    made = made_here(database)
    found, closed = [], []
    for scope in scopes:
        behind: list[str] = []
        recall = (lambda *looks: None) if force else _memory(known.values(), names[scope.inbox])
        found += [x for x in find_candidates(scope, behind.append, recall) if not made(x.path)]
        closed += [(names[scope.inbox], folder) for folder in behind]
    candidates = list({(names[x.inbox], x.source): x for x in found}.values())  # scopes may overlap

    unchanged, open_questions = [], []
    for candidate in candidates:
        before = known.get((names[candidate.inbox], candidate.source))
        if before is not None and not force and before.up_to_date and _looks_the_same(before, candidate):
            unchanged.append((candidate, before.document_id))
        else:
            open_questions.append(candidate)
    outside = {(names[x.inbox], x.source): x for x in open_questions if x.outside}
    open_questions = [x for x in open_questions if not x.outside]
    written = writing(open_questions)
    groups: dict[str, list[Candidate]] = {}
    unreadable = []
    for candidate in open_questions:
        if candidate.path in written:
            continue
        try:
            sha256 = candidate.sha256 or sha256_of(candidate.path, candidate.members)
            groups.setdefault(sha256, []).append(candidate)
        except FileNotFoundError:
            continue
        except (OSError, Unreadable):
            unreadable.append(Work((candidate,), None))
    here = {(names[x.inbox], x.source) for x in candidates}
    here -= {place for place in outside if place in known and known[place].document_id != unread_document_id(place[1])}
    return Plan(
        read=(
            *(Work(tuple(files), sha) for sha, files in groups.items() if force or document_id(sha) not in up_to_date),
            *unreadable,
        ),
        same=tuple(
            (document_id(sha), tuple(files))
            for sha, files in groups.items()
            if not force and document_id(sha) in up_to_date
        ),
        unchanged=tuple(unchanged),
        left=tuple(known[place] for place in sorted(known.keys() - here) if not _behind(place, closed)),
        closed=tuple(dict.fromkeys(folder for _, folder in closed)),
        waiting=tuple(x for x in open_questions if x.path in written),
        outside=tuple(outside.values()),
    )


def _memory(known: Iterable[Known], inbox: str) -> Memory:
    """What is known of the archives of an inbox whose files need not be read again."""
    here = [one for one in known if one.inbox == inbox]
    return remembered(
        {one.source: (one.bytes, one.mtime_ns) for one in here},
        (one.source for one in here if one.up_to_date and one.complete),
    )


def _behind(place: tuple[str, str], closed: Iterable[tuple[str, str]]) -> bool:
    """Whether a file lies in a folder that cannot be listed."""
    inbox, source = place
    return any(inbox == where and (folder == '.' or source.startswith(f'{folder}/')) for where, folder in closed)


def all_applied(database: Path, decided: Sequence[Decision]) -> bool:
    """Whether every decision of the log has been applied, and the last run came to its end."""
    if not database.exists():
        return True
    with closing(open_to_read(database, older=True)) as connection:
        if connection.execute('PRAGMA user_version').fetchone()[0] < len(migrations()):
            return False
        unfinished = connection.execute(
            'SELECT 1 FROM runs WHERE id = (SELECT max(id) FROM runs) AND finished_at IS NULL'
        )
        applied = {
            row[0]
            for row in connection.execute(
                'SELECT id FROM corrections UNION ALL SELECT id FROM sign_offs UNION ALL SELECT id FROM choices'
            )
        }
        return unfinished.fetchone() is None and {decision.id for decision in decided} <= applied


def _looks_the_same(before: Known, candidate: Candidate) -> bool:
    return (before.bytes, before.mtime_ns) == (candidate.bytes, candidate.mtime_ns)


def _known(scopes: Iterable[Scope], database: Path) -> tuple[dict[tuple[str, str], Known], set[str]]:
    """The files of these scopes that the database knows, and the ids of the documents that need not be read again."""
    if not database.exists():
        return {}, set()
    with closing(open_to_read(database, older=True)) as connection:
        if connection.execute('PRAGMA user_version').fetchone()[0] < len(migrations()):
            return {}, set()  # it will be brought up to date, and every file looked at
        up_to_date = _up_to_date(connection)
        ended = {row[0] for row in connection.execute('SELECT id FROM runs WHERE finished_at IS NOT NULL')}
        known = {}
        for scope in scopes:
            inbox = inbox_name(scope.inbox, database)
            for row in connection.execute(
                'SELECT source, document_id, bytes, mtime_ns, outcome, run_id, max(id) FROM ingestions WHERE inbox = ? GROUP BY source',
                (inbox,),
            ):
                if row['outcome'] != 'left' and scope.covers(row['source']):
                    known[inbox, row['source']] = Known(
                        inbox,
                        row['source'],
                        row['document_id'],
                        row['bytes'],
                        row['mtime_ns'],
                        row['document_id'] in up_to_date,
                        row['run_id'] in ended,
                    )
        return known, up_to_date


def _up_to_date(connection: sqlite3.Connection) -> set[str]:
    """Documents that this very reader has read. What failed for a cause outside the file is tried again each time; what made the reader
    fail (time, memory, a crash) once more: the machine may have been busy."""
    return {
        row['id']
        for row in connection.execute(
            'SELECT d.id FROM documents AS d'
            ' JOIN ingestions AS i ON i.id = ('
            "   SELECT max(id) FROM ingestions WHERE document_id = d.id AND outcome IN ('stored', 'failed'))"
            ' JOIN runs AS r ON r.id = i.run_id'
            " WHERE r.reader = :reader AND coalesce(i.code, '') <> 'file.unreadable' AND (coalesce(i.code, '') NOT LIKE 'worker.%' OR 1 < ("
            '   SELECT count(DISTINCT run_id) FROM ingestions AS j JOIN runs AS s ON s.id = j.run_id'
            "   WHERE j.document_id = d.id AND s.reader = :reader AND j.code LIKE 'worker.%'))",
            {'reader': reader_fingerprint()},
        )
    }
