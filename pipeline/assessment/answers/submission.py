"""Handed-in answers against the rules of a stored notice: what is taken, and what is refused and why."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kaohe.normalizers.scoring.material import ScoringRule
from kaohe.normalizers.scoring.term_amounts import Answer
from kaohe.pipeline.assessment.answers.answer_files import Filled
from kaohe.pipeline.assessment.answers.answer_log import Given, Record
from kaohe.pipeline.assessment.answers.answer_values import Misfit, answer_of
from kaohe.pipeline.assessment.answers.application import stored_value
from kaohe.pipeline.database.rule_rows import read_rules
from kaohe.pipeline.decisions.notices.stored_editions import identity_of
from kaohe.pipeline.decisions.wording import find_document
from kaohe.pipeline.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Submission:
    """What of a file can be used: the answers, and a sentence for each that cannot. ``entered`` counts the answers that were written."""

    source: str
    document: str
    title: str
    assessed: str | None
    period: str | None
    given: tuple[Given, ...]
    values: dict[str, Answer]
    refused: tuple[str, ...]
    entered: int
    filled_by: str | None = None


def submit(
    connection: sqlite3.Connection, filled: Filled, wanted: str | None, assessed: str | None, period: str | None
) -> Submission:
    """Judges each answer of a file alone. ``wanted`` names the notice where the file does not, or otherwise. Raises `Refusal`."""
    name = wanted or filled.notice
    if name is None:
        raise Refusal(f'{filled.source} 没有写是哪份通知，请加上 --notice 通知', 2)
    document, title = find_notice(connection, name)
    refused = list(filled.troubles)
    if wanted and filled.notice and find_notice(connection, filled.notice)[0] != document:
        raise Refusal(f'{filled.source} 是另一份通知的自评表，没有用上；请核对 --notice，或不写它', 2)
    rules = read_rules(connection, document)
    if not rules:
        raise Refusal(f'“{title}”里没有评分的条目，不能计分', 1)
    known = {one.id: (rule, one) for rule in rules for one in rule.inputs}
    given: list[Given] = []
    values: dict[str, Answer] = {}
    for entry in filled.entries:
        where = f'第 {entry.row} 行' if entry.row else f'“{entry.input}”'
        what = f'{where}（{entry.question[:30]}）' if entry.question else where
        found = known.get(entry.input)
        if found is None:
            if entry.value is not None:
                refused.append(f'{what}：这份通知里没有这道题，可能是另一版的自评表；请用现在的通知重新生成')
            continue
        rule, one = found
        if one.id in values:
            refused.append(f'{what}：同一道题填了两次，用了前一次')
            continue
        try:
            value = answer_of(one, entry.value)
        except Misfit as why:
            refused.append(f'{what}：{why}')
            continue
        if value is None and not (entry.note or entry.evidence):
            continue
        if value is not None:
            values[one.id] = value
            given.append(
                Given(one.id, rule.identity, one.kind, one.question, as_logged(value), entry.note, entry.evidence)
            )
    entered = sum(entry.value is not None for entry in filled.entries)
    return Submission(
        filled.source, document, title, assessed or filled.assessed, period or filled.period, tuple(given), values, tuple(refused), entered,
        filled.filled_by,
    )  # fmt: skip


def record_of(
    connection: sqlite3.Connection,
    submission: Submission,
    at: str,
    by: str,
    note: str | None = None,
    rounding: str | None = None,
    *,
    adds: bool = False,
) -> Record:
    """The record to append for what was handed in."""
    return Record(
        at, by, identity_of(connection, submission.document), submission.assessed, submission.period, submission.given, note, rounding, adds,
        submission.filled_by,
    )  # fmt: skip


def find_notice(connection: sqlite3.Connection, wanted: str) -> tuple[str, str]:
    """The current document of a notice and its title: by id of a document, stable id, title, number or part of the file's name."""
    row = connection.execute(
        'SELECT coalesce(edition_of, id) FROM documents WHERE :wanted IN (id, stable_id)'
        ' OR EXISTS (SELECT 1 FROM json_each(former_ids) WHERE value = :wanted) ORDER BY edition_of IS NOT NULL LIMIT 1',
        {'wanted': wanted},
    ).fetchone()
    if row is not None:
        wanted = row[0]
    return find_document(connection, wanted, current=True)


def as_logged(value: Answer) -> bool | str:
    """An answer as it stands in the log: numbers as exact texts."""
    return stored_value(value) if isinstance(value, Decimal) else value


def unanswered(rules: Sequence[ScoringRule], values: dict[str, Answer]) -> int:
    """How many questions have no answer."""
    return sum(one.id not in values for rule in rules for one in rule.inputs)
