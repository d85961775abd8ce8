"""Keeps the rules of corrected notices at what people decided, at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from kaohe.pipeline.assessment.answers.answer_log import Record


def keep_scores(connection: sqlite3.Connection, records: Sequence[Record]) -> None:
    """Brings rules and scores to what people decided and answered. Call inside a transaction, after the decisions."""
    keep_rules(connection)
    if records or connection.execute('SELECT 1 FROM assessments LIMIT 1').fetchone():
        from kaohe.pipeline.assessment.answers.application import apply_answers

        apply_answers(connection, records)


def answers_applied(database: Path, records: Sequence[Record]) -> bool:
    """Whether the database knows these records, and has applied them as this version does."""
    if not records or not database.exists():
        return not records
    from kaohe.pipeline.assessment.answers.application import stored_records
    from kaohe.pipeline.database.schema import open_to_read

    with closing(open_to_read(database)) as connection:
        older = (
            'SELECT 1 FROM assessments WHERE lines IS NULL AND document_id IS NOT NULL AND records IS NOT NULL LIMIT 1'
        )
        return connection.execute(older).fetchone() is None and {*stored_records(connection)}.issuperset(records)


def keep_rules(connection: sqlite3.Connection) -> None:
    """Makes the rules of notices with corrections anew, and of those that had some. Call inside a transaction, after the decisions."""
    touched = connection.execute(
        "SELECT document_id FROM overlays WHERE owner <> 'facts' UNION SELECT document_id FROM score_rules WHERE corrected"
    ).fetchall()
    now = {
        row[0] for row in connection.execute("SELECT document_id FROM overlays WHERE corrected AND owner <> 'facts'")
    }
    for (document,) in touched:
        _make_anew(connection, document, corrected=document in now)


def _make_anew(connection: sqlite3.Connection, document: str, *, corrected: bool) -> None:
    # Imported here: most runs meet no correction.
    from kaohe.normalizers.scoring.making.rules import make_rule
    from kaohe.pipeline.assessment.doubt_upkeep import keep_doubts
    from kaohe.pipeline.assessment.stored_lines import read_lines
    from kaohe.pipeline.database.rule_rows import INPUT_COLUMNS, RULE_COLUMNS, input_rows, rule_row

    rules = [make_rule(line) for line in read_lines(connection, document)]
    connection.execute('DELETE FROM score_rules WHERE document_id = ?', (document,))
    connection.execute('DELETE FROM inputs WHERE document_id = ?', (document,))
    _insert(connection, 'score_rules', RULE_COLUMNS, [rule_row(document, rule, corrected=corrected) for rule in rules])
    _insert(connection, 'inputs', INPUT_COLUMNS, [row for rule in rules for row in input_rows(document, rule)])
    keep_doubts(connection, document, rules)


def _insert(
    connection: sqlite3.Connection, table: str, columns: str, rows: list[tuple[str | int | float | None, ...]]
) -> None:
    names = columns.split()
    connection.executemany(
        f'INSERT INTO {table} ({", ".join(names)}) VALUES ({", ".join("?" * len(names))})',  # noqa: S608 named above
        rows,
    )
