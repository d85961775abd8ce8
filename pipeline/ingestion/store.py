"""Writes notices into the database: one transaction a notice. Nothing half-written ever stays.

`Store` knows rows and files, nothing of formats. Callers decide what to read; the store decides what to keep: a document stays as long as
a row of ``sources`` names it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from types import TracebackType

from kaohe.extractors.findings import Finding, finding
from kaohe.pipeline.assessment.answers.answer_log import Record
from kaohe.pipeline.assessment.rule_upkeep import keep_scores
from kaohe.pipeline.database.ids import document_id, unread_document_id
from kaohe.pipeline.database.kept_ids.carried_ids import carry_over, remembered
from kaohe.pipeline.database.offices import office_of
from kaohe.pipeline.database.rows import TableRows, Value, failure_rows
from kaohe.pipeline.database.schema import as_one_file, open_to_write, transaction
from kaohe.pipeline.database.tokens import index_document, tidy_index
from kaohe.pipeline.decisions.decision import Decision
from kaohe.pipeline.decisions.enforcement import enforce_decisions
from kaohe.pipeline.decisions.rereadings import note_rereadings, said_before
from kaohe.pipeline.ingestion.kept_readings import as_well_as_before, holds_reading, keep_reading
from kaohe.pipeline.planning.fingerprint import program_version, reader_fingerprint
from kaohe.pipeline.planning.inbox import Candidate, inbox_name
from kaohe.pipeline.readers.reading import Reading


@dataclass(frozen=True, slots=True)
class Stored:
    """What was stored of one file. ``failure`` says why nothing but the document's own row was."""

    document_id: str
    failure: Finding | None


class Store:
    """The database, open for one run. A context manager; `close` is called at its end."""

    def __init__(self, path: Path, options: Mapping[str, object], like: Sequence[Path] = ()) -> None:
        """``like`` are the files that will be stored: the database is no more open to others than they are."""
        self._path = path
        self._connection = open_to_write(path, like)
        self._inbox_name = cache(partial(inbox_name, database=path))  # it asks the disk: a millisecond for each file
        try:
            self._run = self._begin_run(options)
        except BaseException:
            self._connection.close()
            raise

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def decide(self, decisions: Sequence[Decision], answers: Sequence[Record] = ()) -> None:
        """Says which editions are current, and applies what people decided and answered to what is stored now."""
        with transaction(self._connection, self._path):
            enforce_decisions(self._connection, decisions)
            keep_scores(self._connection, answers)

    def close(self) -> None:
        """Ends the run and closes the database."""
        with closing(self._connection):
            with transaction(self._connection, self._path):
                tidy_index(self._connection)
                self._connection.execute('UPDATE runs SET finished_at = ? WHERE id = ?', (_now(), self._run))
                # how many rows stand behind each value, so that questions take the short way: looked at in part, a few milliseconds
                self._connection.execute('PRAGMA analysis_limit = 400')
                self._connection.execute('ANALYZE')
            as_one_file(self._connection)

    def put(self, reading: Reading, candidates: Sequence[Candidate]) -> Stored:
        """Stores what was read, for all the files that hold these bytes. What these files held before is replaced, but not by a failure
        to read the same bytes again."""
        document = document_id(reading.sha256) if reading.sha256 else self._unread(candidates[0])
        reading = as_well_as_before(self._connection, document, reading)
        failure = reading.failure
        if reading.rows is not None:
            try:
                with transaction(self._connection, self._path):
                    self._replace(document, reading.rows)
                    self._attach(document, candidates, 'stored', reading)
                return Stored(document, None)
            except (sqlite3.IntegrityError, sqlite3.InterfaceError, UnicodeEncodeError, OverflowError) as error:
                # What was read contradicts the contract: the notice is refused as a whole and says so.
                failure = finding('store.refused', detail=str(error)[:200])
        assert failure is not None, 'a reading holds rows or a failure'
        with transaction(self._connection, self._path):
            if holds_reading(self._connection, document):
                keep_reading(self._connection, document, failure)
            else:
                self._replace(document, failure_rows(failure, document, reading.format, reading.sha256, reading.bytes))
            self._attach(document, candidates, 'failed', replace(reading, rows=None, failure=failure))
        return Stored(document, failure)

    def attach(self, document: str, candidates: Sequence[Candidate]) -> None:
        """Records that these files hold a document that is stored already."""
        with transaction(self._connection, self._path):
            self._attach(document, candidates, 'same', None)

    def leave(self, inbox: str, source: str, document: str) -> None:
        """Records that a file has left its inbox. What it said stays."""
        with transaction(self._connection, self._path):
            self._log(inbox, source, document, 'left')
            if not self._held_elsewhere(document, inbox, source):
                self._connection.execute(
                    'UPDATE sources SET present = 0 WHERE document_id = ? AND source = ?', (document, source)
                )
            self._name(document)

    def _replace(self, document: str, made: Sequence[TableRows]) -> None:
        sources = self._connection.execute('SELECT * FROM sources WHERE document_id = ?', (document,)).fetchall()
        noted = self._connection.execute('SELECT * FROM rereadings WHERE document_id = ?', (document,)).fetchall()
        before = remembered(self._connection, document, made)
        said = said_before(self._connection, document)
        self._connection.execute('DELETE FROM documents WHERE id = ?', (document,))
        for rows in made:
            self._insert(rows)
        self._connection.executemany('INSERT INTO sources VALUES (?, ?, ?, ?)', sources)
        self._connection.executemany('INSERT INTO rereadings VALUES (?, ?, ?, ?, ?, ?, ?)', noted)
        if before is not None:
            carry_over(self._connection, document, before)
        if said is not None:
            note_rereadings(self._connection, document, said)
        index_document(self._connection, document)

    def _attach(self, document: str, candidates: Sequence[Candidate], outcome: str, reading: Reading | None) -> None:
        for candidate in candidates:
            inbox = self._inbox_name(candidate.inbox)
            before = self._document_of(inbox, candidate.source)
            self._log(inbox, candidate.source, document, outcome, candidate, reading)
            if before is not None and before != document:
                self._detach(before, inbox, candidate.source)
            self._connection.execute(
                'INSERT INTO sources VALUES (:document, :source, 1, coalesce(:office, (SELECT issuer FROM documents WHERE id = :document)))'
                ' ON CONFLICT DO UPDATE SET present = 1, office = excluded.office',
                {'document': document, 'source': candidate.source, 'office': office_of(candidate.source)},
            )
        self._name(document)

    def _detach(self, document: str, inbox: str, source: str) -> None:
        """The file of this name now holds other bytes: a document that no file is known to have held goes."""
        if self._held_elsewhere(document, inbox, source):
            return
        self._connection.execute('DELETE FROM sources WHERE document_id = ? AND source = ?', (document, source))
        if self._rows('SELECT 1 FROM sources WHERE document_id = ? LIMIT 1', document):
            self._name(document)
        else:
            self._connection.execute('DELETE FROM documents WHERE id = ?', (document,))

    def _name(self, document: str) -> None:
        """``documents.source`` is the first name, whatever the order of arrival; a name that is still in use comes before one that left."""
        self._connection.execute(
            'UPDATE documents SET source = (SELECT source FROM sources WHERE document_id = :document ORDER BY present DESC, source LIMIT 1)'
            ' WHERE id = :document',
            {'document': document},
        )

    def _document_of(self, inbox: str, source: str) -> str | None:
        """The document that the file held when it was last seen; None where it is new or had left."""
        found = self._rows(
            'SELECT document_id, outcome FROM ingestions WHERE inbox = ? AND source = ? ORDER BY id DESC LIMIT 1',
            inbox, source,
        )  # fmt: skip
        return str(found[0]['document_id']) if found and found[0]['outcome'] != 'left' else None

    def _unread(self, candidate: Candidate) -> str:
        """The document of a file whose bytes cannot be had: the one that it held and no other file holds, else one that says just this."""
        inbox = self._inbox_name(candidate.inbox)
        before = self._document_of(inbox, candidate.source)
        if before is None or self._held_elsewhere(before, inbox, candidate.source):
            return unread_document_id(candidate.source)
        names = self._rows('SELECT 1 FROM sources WHERE document_id = ? AND present', before)
        return before if len(names) == 1 else unread_document_id(candidate.source)

    def _held_elsewhere(self, document: str, inbox: str, source: str) -> bool:
        """Whether a file of the same name in another inbox holds the document too."""
        others = self._rows(
            'SELECT document_id, outcome, max(id) FROM ingestions WHERE source = ? AND inbox <> ? GROUP BY inbox',
            source, inbox,
        )  # fmt: skip
        return any(row['document_id'] == document and row['outcome'] != 'left' for row in others)

    def _begin_run(self, options: Mapping[str, object]) -> int:
        with transaction(self._connection, self._path):
            cursor = self._connection.execute(
                'INSERT INTO runs (started_at, version, reader, options) VALUES (?, ?, ?, ?)',
                (_now(), program_version(), reader_fingerprint(), json.dumps(options, ensure_ascii=False)),
            )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def _log(
        self, inbox: str, source: str, document: str, outcome: str,
        candidate: Candidate | None = None, reading: Reading | None = None,
    ) -> None:  # fmt: skip
        failure = reading.failure if reading else None
        row: dict[str, Value] = {
            'run_id': self._run,
            'inbox': inbox,
            'source': source,
            'document_id': document,
            'bytes': candidate.bytes if candidate else None,
            'mtime_ns': candidate.mtime_ns if candidate else None,
            'outcome': outcome,
            'code': failure.code if failure else None,
            'message': failure.message if failure else None,
            'seconds': reading.seconds if reading else None,
            'finished_at': _now(),
        }
        self._insert(TableRows('ingestions', tuple(row), [tuple(row.values())]))

    def _insert(self, rows: TableRows) -> None:
        places = ', '.join('?' * len(rows.columns))
        self._connection.executemany(
            f'INSERT INTO {rows.table} ({", ".join(rows.columns)}) VALUES ({places})',  # noqa: S608  # names of the schema
            rows.values,
        )

    def _rows(self, sql: str, *values: Value) -> list[dict[str, Value]]:
        return [dict(row) for row in self._connection.execute(sql, values)]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec='seconds')
