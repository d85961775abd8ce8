# ruff: noqa: S608 the statements are put together from names of this module alone
"""Several databases as one new one, with what people decided and answered in each: an analyst's view over many offices.

What was read is copied row by row, so that every id stays; what is made from decisions is made anew from the logs of all.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from kaohe.pipeline.assessment.answers.answer_log import Record, append_answers, read_answers
from kaohe.pipeline.assessment.rule_upkeep import keep_scores
from kaohe.pipeline.database.files import decisions_folder
from kaohe.pipeline.database.offices import office_of
from kaohe.pipeline.database.schema import as_one_file, open_to_read, open_to_write, transaction
from kaohe.pipeline.decisions.choices import NO_NOTICE
from kaohe.pipeline.decisions.decision import Decision, now
from kaohe.pipeline.decisions.enforcement import enforce_decisions
from kaohe.pipeline.decisions.log.log_files import append, read_log
from kaohe.pipeline.language.system_words import cause
from kaohe.pipeline.planning.fingerprint import program_version, reader_fingerprint
from kaohe.pipeline.refusal import Refusal
from kaohe.pipeline.system.modes import close_to, file_mode, make_folder

_NEW = 'SELECT id FROM wanted'
_LINES = f'SELECT id FROM other.indicators WHERE document_id IN ({_NEW})'
# Every table that holds what was read, parents first, and which of its rows belong to the documents that are wanted.
COPIED = {
    'documents': f'id IN ({_NEW})',
    'tables': f'document_id IN ({_NEW})',
    'cells': f'table_id IN (SELECT id FROM other.tables WHERE document_id IN ({_NEW}))',
    'blocks': f'document_id IN ({_NEW})',
    'indicators': f'document_id IN ({_NEW})',
    'items': f'indicator_id IN ({_LINES})',
    'clauses': f'document_id IN ({_NEW})',
    'thresholds': f'indicator_id IN ({_LINES})',
    'responsibilities': f'indicator_id IN ({_LINES})',
    'facts': f'document_id IN ({_NEW})',
    'findings': f'document_id IN ({_NEW})',
    'rereadings': f'document_id IN ({_NEW})',
    'texts': f'document_id IN ({_NEW})',
    'score_rules': f'document_id IN ({_NEW})',
    'inputs': f'document_id IN ({_NEW})',
}
# What decisions and answers make, and what tells of runs over inboxes.
MADE_ANEW = frozenset(
    ('sources', 'runs', 'ingestions', 'corrections', 'sign_offs', 'overlays', 'choices', 'aliases', 'assessments', 'answers', 'scores', 'score_totals')
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Merged:
    """How many notices stand in the new database, how many files were in several of the old ones, and how many decisions came along."""

    notices: int
    doubles: int
    decisions: int


def merge(databases: Sequence[Path], into: Path) -> Merged:
    """Makes the database ``into`` of these, and its log beside it; all or nothing. Samples are left out.

    Names of files get the stem of their database in front (``甲院/细则.docx``), and what names no office belongs to the office of that name.
    A file that lies in several is stored once, with all its names. Other names of departments hold for all. Raises `Refusal` where something stands at ``into`` already, or one of
    the databases is none of this version.
    """
    log = decisions_folder(into)
    for there in (into, log):
        if there.exists():
            raise Refusal(f'{there} 已经存在；请换一个文件名', 2)
    stems = [database.stem for database in databases]
    twice = next((stem for stem in stems if stems.count(stem) > 1), None)
    if twice is not None:
        raise Refusal(f'有两个数据库都叫 {twice}；文件名是用来区分单位的，请先改名', 2)
    for database in databases:
        open_to_read(database).close()  # what is none, or of an older program, is refused before anything is made
    said = [_said(database) for database in databases]
    half, half_log = (there.with_name(f'.{there.name}.{os.getpid()}.tmp') for there in (into, log))
    try:
        into.parent.mkdir(parents=True, exist_ok=True)
        merged = _merge(databases, said, half, half_log)
        close_to(half, file_mode(into.parent, *databases))  # no more open than what it tells of
        if half_log.exists():
            half_log.rename(log)
        half.rename(into)
    except (OSError, sqlite3.Error, Refusal) as error:
        why = error.__cause__ if isinstance(error, Refusal) else error  # it would name a file that is gone again
        if why is None:
            raise
        raise Refusal(f'没有合成 {into}（{cause(why)}），什么也没有留下；请检查权限和磁盘空间后再试') from error
    finally:
        half.unlink(missing_ok=True)
        with suppress(OSError):
            shutil.rmtree(half_log)
    return merged


def _said(database: Path) -> tuple[Sequence[Decision], Sequence[Record]]:
    """What people decided and answered in one database, as it is said in the new one. Raises `Refusal`."""
    folder, office = decisions_folder(database), office_of(f'{database.stem}/x')
    answers = read_answers(folder).records
    return (
        [*_of_office(read_log(folder).decisions, office)],
        [replace(one, notice=replace(one.notice, office=office)) for one in answers],
    )


def _merge(
    databases: Sequence[Path], said: Sequence[tuple[Sequence[Decision], Sequence[Record]]], half: Path, log: Path
) -> Merged:
    doubles = 0
    for decided, answered in said:
        if decided or answered:
            make_folder(log, *(one for one in map(decisions_folder, databases) if one.exists()))
        if decided:
            append(log, decided)
        if answered:
            append_answers(log, answered)
    decisions = read_log(log).decisions if log.exists() else ()
    with closing(open_to_write(half)) as connection:
        connection.execute('CREATE TEMP TABLE wanted (id TEXT PRIMARY KEY)')
        for database in databases:
            connection.execute('ATTACH ? AS other', (str(database),))
            with transaction(connection, half):
                doubles += _copy(connection, database.stem)
            connection.execute('DETACH other')
        with transaction(connection, half):
            connection.execute("INSERT INTO texts_fts (texts_fts) VALUES ('rebuild')")
            enforce_decisions(connection, decisions)
            keep_scores(connection, read_answers(log).records if log.exists() else ())
            at = now()
            connection.execute(
                'INSERT INTO runs (started_at, finished_at, version, reader, options) VALUES (?, ?, ?, ?, ?)',
                (at, at, program_version(), reader_fingerprint(), json.dumps({'merged': [one.name for one in databases]}, ensure_ascii=False)),
            )  # fmt: skip
            connection.execute('ANALYZE')
            (notices,) = connection.execute('SELECT count(*) FROM documents').fetchone()
        as_one_file(connection)
    return Merged(notices, doubles, len(decisions))


def _of_office(decisions: Sequence[Decision], office: str | None) -> Iterator[Decision]:
    """The decisions of one database as those of the office in whose folder its files stand in the new one: a namesake of another office is not
    meant. Whether samples count is decided there anew."""
    renamed: dict[str, str] = {}
    for decision in decisions:
        if decision.owner == 'samples':
            continue
        key = decision.place.key or ''
        made = replace(
            decision,
            notice=decision.notice if decision.notice == NO_NOTICE else replace(decision.notice, office=office),
            place=replace(decision.place, key=f'+{renamed[key[1:]]}')
            if key[:1] == '+' and key[1:] in renamed
            else decision.place,
        )
        renamed[decision.id] = made.id
        yield made


def _copy(connection: sqlite3.Connection, stem: str) -> int:
    """Copies what the attached database holds and this one does not; how many documents this one held already."""
    held = 'SELECT id FROM main.documents'
    real = 'SELECT id FROM other.documents WHERE NOT sample'
    connection.execute('DELETE FROM wanted')
    connection.execute(f'INSERT INTO wanted {real} AND id NOT IN ({held})')
    (doubles,) = connection.execute(f'SELECT count(*) FROM ({real} AND id IN ({held}))').fetchone()
    for table, rows in COPIED.items():
        columns = ', '.join(f'"{row[1]}"' for row in connection.execute(f"SELECT * FROM pragma_table_info('{table}')"))
        connection.execute(f'INSERT INTO main.{table} ({columns}) SELECT {columns} FROM other.{table} WHERE {rows}')
    connection.execute(f"UPDATE main.documents SET source = ? || '/' || source WHERE id IN ({_NEW})", (stem,))
    connection.execute(
        "INSERT OR IGNORE INTO main.sources SELECT document_id, :stem || '/' || source, present, coalesce(office, :stem) FROM other.sources"
        f' WHERE document_id IN ({real})',
        {'stem': stem},
    )
    return int(doubles)
