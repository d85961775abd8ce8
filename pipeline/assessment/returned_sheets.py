"""The filled sheets of the offices of a notice as one: who sent theirs, who did not, where two disagree, and what they agree on."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kaohe.normalizers.scoring.term_amounts import Answer
from kaohe.pipeline.assessment.worksheets.worksheet_content import offices_of, offices_with_lines


@dataclass(frozen=True, slots=True)
class Dispute:
    """A question to which units gave different answers, by unit and as a person writes them."""

    input: str
    question: str
    told: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ReturnedSheets:
    """The units that ``sent`` a sheet, the offices of the notice that did not, the answers that nobody gave otherwise, and the others."""

    sent: tuple[str, ...]
    missing: tuple[str, ...]
    agreed: Mapping[str, Answer]
    disputes: tuple[Dispute, ...]


def put_together(
    connection: sqlite3.Connection, document: str, told: Mapping[str, Mapping[str, Answer]]
) -> ReturnedSheets:
    """The answers of each unit, by the ids of their questions, as one."""
    answers: defaultdict[str, dict[str, Answer]] = defaultdict(dict)
    for unit, given in told.items():
        for name, value in given.items():
            answers[name][unit] = value
    questions = dict(connection.execute('SELECT id, question FROM inputs WHERE document_id = ?', (document,)))
    agreed: dict[str, Answer] = {}
    disputes = []
    for name, by_unit in answers.items():
        if len(set(map(_shown, by_unit.values()))) == 1:
            agreed[name] = next(iter(by_unit.values()))
        else:
            said = tuple((unit, _shown(value)) for unit, value in by_unit.items())
            disputes.append(Dispute(name, questions.get(name, name), said))
    offices = offices_with_lines(offices_of(connection, document))
    missing = tuple(office for office in offices if office not in told)
    return ReturnedSheets(tuple(sorted(told)), missing, agreed, tuple(disputes))


def stored_sheets(connection: sqlite3.Connection, document: str, period: str | None) -> dict[str, dict[str, Answer]]:
    """What is stored of each unit about the notice in this period."""
    found: dict[str, dict[str, Answer]] = {}
    for row in connection.execute(
        'SELECT a.assessed, x.input_id, x.value FROM assessments AS a JOIN answers AS x ON x.assessment_id = a.id'
        ' WHERE a.document_id = ? AND a.period IS ? AND a.assessed IS NOT NULL ORDER BY a.assessed, x.input_id',
        (document, period),
    ):
        found.setdefault(row[0], {})[row[1]] = json.loads(row[2], parse_float=Decimal, parse_int=Decimal)
    return found


def stored_answers(connection: sqlite3.Connection, assessment: str) -> dict[str, Answer]:
    """The stored answers of one assessment, by their questions."""
    rows = connection.execute('SELECT input_id, value FROM answers WHERE assessment_id = ?', (assessment,))
    return {row[0]: json.loads(row[1], parse_float=Decimal, parse_int=Decimal) for row in rows}


def _shown(value: object) -> str:
    if isinstance(value, Decimal):
        return f'{value.normalize():f}'
    return '是' if value is True else '否' if value is False else str(value)
