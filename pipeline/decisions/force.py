"""Puts decisions into force, and lets a notice go: what people do to the database themselves."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from kaohe.pipeline.assessment.answers.answer_log import Record, append_answers, read_answers
from kaohe.pipeline.assessment.answers.application import apply_answers, stored_records
from kaohe.pipeline.assessment.rule_upkeep import keep_scores
from kaohe.pipeline.database.files import receipts_folder
from kaohe.pipeline.database.schema import as_one_file, open_to_write, transaction
from kaohe.pipeline.decisions.decision import Decision, later_than, timed
from kaohe.pipeline.decisions.enforcement import enforce_decisions
from kaohe.pipeline.decisions.log.log_files import append, read_log
from kaohe.pipeline.decisions.log.noted_logs import note_log
from kaohe.pipeline.decisions.wording import ShownState, ShownValue, changed_since
from kaohe.pipeline.language.terms import plain, shortened
from kaohe.pipeline.receipts import write_receipts
from kaohe.pipeline.refusal import Refusal
from kaohe.pipeline.system.lock import alone


def put_into_force(
    database: Path,
    folder: Path,
    decisions: Sequence[Decision],
    shown: Sequence[ShownValue | ShownState],
    queued: Callable[[], None] = lambda: None,
) -> tuple[Decision, ...]:
    """Applies the decisions to the database and adds them to the log in ``folder``, both or neither; as they stand in the log.

    ``shown`` is what they rest on; ``queued`` is called where another run has the database. Raises `Refusal`, also where somebody
    else has changed meanwhile what was shown.
    """
    with _writing(database, queued) as connection:
        changed = changed_since(connection, shown)
        if changed is not None:
            raise Refusal(
                f'“{plain(shortened(changed, 40))}”刚刚被别人改过或已换了内容，什么也没有存；请重新运行，看过现在的内容再定'
            )
        log = read_log(folder)
        made = timed(decisions, _last(connection, log.decisions))
        enforce_decisions(connection, [*log.decisions, *made])
        keep_scores(connection, read_answers(folder).records)
        note_log(connection, database, folder)
        append(folder, made, database)
    return made


def forget(database: Path, folder: Path, document: str, queued: Callable[[], None] = lambda: None) -> None:
    """Deletes all that is stored of a document. What was decided about its notice stays in the log. Raises `Refusal`."""
    with _writing(database, queued) as connection:
        connection.execute('PRAGMA secure_delete = ON')  # what goes is overwritten, not only let go
        connection.execute('DELETE FROM documents WHERE id = ?', (document,))
        connection.execute("INSERT INTO texts_fts (texts_fts) VALUES ('rebuild')")  # it keeps the words of what is gone
        enforce_decisions(connection, read_log(folder).decisions)
        keep_scores(connection, read_answers(folder).records)


def score_into_force(
    database: Path, folder: Path, records: Sequence[Record], queued: Callable[[], None] = lambda: None
) -> None:
    """Stores answers: scores them in the database and adds them to the log below ``folder``, both or neither. Raises `Refusal`."""
    with _writing(database, queued) as connection:
        known = [*stored_records(connection), *read_answers(folder).records]
        moment = later_than(max((record.at for record in known), default=None))
        made = [replace(record, at=moment) for record in records]
        apply_answers(connection, [*known, *made])
        note_log(connection, database, folder)
        append_answers(folder, made, database)


def _last(connection: sqlite3.Connection, log: Sequence[Decision]) -> str | None:
    """When the last decision was stored, as far as the database and the log know."""
    stored = connection.execute(
        'SELECT max(decided_at) FROM (SELECT decided_at FROM corrections UNION ALL SELECT decided_at FROM sign_offs UNION ALL SELECT decided_at FROM choices)'
    )
    return max(
        (at for at in (stored.fetchone()[0], *(decision.at for decision in log)) if at is not None), default=None
    )


@contextmanager
def _writing(database: Path, queued: Callable[[], None]) -> Iterator[sqlite3.Connection]:
    with alone(database, queued), closing(open_to_write(database)) as connection:
        with transaction(connection, database):
            yield connection
        as_one_file(connection)
    if receipts_folder(database).is_dir():
        write_receipts(database)
