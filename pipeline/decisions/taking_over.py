"""The log of one database, and how it comes out of the one that all databases shared before.

Until each database had its own, ``data/decisions`` of the working folder served every one. What concerns this database is copied from there
the first time that it is used; the shared log stays as it is.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from kaohe.pipeline.assessment.answers.answer_log import append_answers, as_line, read_answers
from kaohe.pipeline.database.files import SHARED_LOG, USUAL_DATABASE, decisions_folder
from kaohe.pipeline.database.schema import as_one_file, open_to_read, open_to_write, transaction
from kaohe.pipeline.decisions.log.log_files import append, read_log
from kaohe.pipeline.language.system_words import cause
from kaohe.pipeline.refusal import Refusal
from kaohe.pipeline.system.lock import alone
from kaohe.pipeline.system.modes import make_folder

# Decisions and assessments about a notice that the database holds, and those about none (names of departments).
_HELD = (
    'SELECT id FROM corrections WHERE document_id IS NOT NULL UNION ALL SELECT id FROM sign_offs WHERE document_id IS NOT NULL',
    "SELECT id FROM choices WHERE document_id IS NOT NULL OR json_extract(notice, '$.document') = ''",
    'SELECT id FROM assessments WHERE document_id IS NOT NULL',
    # Records without an office are of an assessment that names it.
    'SELECT e.value FROM assessments AS a, json_each(a.records) AS e WHERE a.document_id IS NOT NULL',
)
_TABLES = ('corrections', 'sign_offs', 'choices', 'assessments')


def own_log(database: Path, say: Callable[[str], None] = lambda line: None) -> Path:
    """The folder of this database's log. Where it is used for the first time, it is filled with what the shared one holds for it.

    What the usual database holds and this one does not is not taken, and leaves this one. ``say`` is told, in Chinese, that this was done.
    Raises `Refusal`.
    """
    folder = decisions_folder(database)
    if folder.exists() or not _is_log(SHARED_LOG) or folder.resolve() == SHARED_LOG.resolve():
        return folder
    with alone(database, lambda: None):
        if not folder.exists():
            taken = _take_over(database, folder)
            if taken is not None:
                say(
                    f'更正记录从此每个数据库一份：属于 {database.name} 的 {taken} 条已从 {SHARED_LOG} 抄到 {folder}，原来的没有动'
                )
    return folder


def _is_log(folder: Path) -> bool:
    return any(folder.glob('*.jsonl')) or any(folder.glob('*/*.jsonl'))


def _take_over(database: Path, folder: Path) -> int | None:
    """How many records were copied; None where there is nothing to take and nobody to take it."""
    here = _held(database)
    others = (_held(USUAL_DATABASE) if database.resolve() != USUAL_DATABASE.resolve() else set()) - here
    decisions = [decision for decision in read_log(SHARED_LOG).decisions if decision.id not in others]
    records = [record for record in read_answers(SHARED_LOG).records if not {record.about, as_line(record)} & others]
    if not database.exists() and not decisions and not records:
        return None
    half = folder.with_name(f'.{folder.name}.{os.getpid()}.tmp')
    try:
        make_folder(half, database)
        if decisions:
            append(half, decisions, database)
        if records:
            append_answers(half, records, database)
        if database.exists() and others:
            _drop(database, others)
        half.rename(folder)
    except OSError as error:
        raise Refusal(f'建不了更正记录的文件夹 {folder}（{cause(error)}），请检查权限和磁盘空间') from error
    finally:
        with suppress(OSError):
            shutil.rmtree(half)
    return len(decisions) + len(records)


def _held(database: Path) -> set[str]:
    if not database.exists():
        return set()
    found: set[str] = set()
    with closing(open_to_read(database, older=True)) as connection:
        for query in _HELD:
            with suppress(sqlite3.OperationalError):  # an older database lacks the table
                found |= {row[0] for row in connection.execute(query)}
    return found


def _drop(database: Path, others: set[str]) -> None:
    with closing(open_to_write(database)) as connection:
        with transaction(connection, database):
            for table in _TABLES:
                connection.executemany(f'DELETE FROM {table} WHERE id = ?', [(one,) for one in others])  # noqa: S608 named above
        as_one_file(connection)
