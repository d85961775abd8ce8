"""Answers into force: the log of answers over the rules that are stored now → assessments, answers, scores and totals."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, cast

from kaohe.normalizers.scoring.engine import LineScore, score_line
from kaohe.normalizers.scoring.material import Input, ScoringRule
from kaohe.normalizers.scoring.reasons import Reason
from kaohe.normalizers.scoring.score_totals import ScoreTotal, that_score, totals
from kaohe.normalizers.scoring.term_amounts import Answer, Answers
from kaohe.pipeline.assessment.answers.answer_log import Given, Record, as_line, in_order, record_of_line
from kaohe.pipeline.assessment.answers.answer_values import Misfit, answer_of
from kaohe.pipeline.assessment.grades import grade_of, read_grades
from kaohe.pipeline.assessment.stored_lines import read_places
from kaohe.pipeline.assessment.table_weights import read_weights
from kaohe.pipeline.assessment.worksheets.worksheet_content import (
    SheetContent,
    of_office,
    offices_of,
    offices_with_lines,
    read_content,
)
from kaohe.pipeline.database.rule_rows import read_rules
from kaohe.pipeline.database.stored_values import json_text, real
from kaohe.pipeline.decisions.decision import Identity
from kaohe.pipeline.decisions.notices.likeness import alike, perhaps_meant
from kaohe.pipeline.decisions.notices.stored_editions import read_identities, with_office

Rounding = Literal['down', 'up', 'none']


@dataclass(frozen=True, slots=True)
class Scored:
    """A notice with answers applied: the rules, the score of each line, and what they come to. ``weighted`` is the sentence by which tables are
    weighted. ``office``: the totals are those of its lines alone, ``own`` of them, as in its form."""

    document: str
    rules: tuple[ScoringRule, ...]
    scores: tuple[LineScore, ...]
    totals: tuple[ScoreTotal, ...]
    grades: Mapping[int, str]
    weighted: str | None = None
    office: str | None = None
    own: int = 0

    @property
    def counted(self) -> int:
        """How many lines the totals hold."""
        return len(self.rules) if self.office is None else self.own


def score_notice(
    connection: sqlite3.Connection,
    document: str,
    answers: Answers,
    rounding: Rounding | None = None,
    assessed: str | None = None,
) -> Scored:
    """The scores of all lines of a stored notice. Where an office of the notice answered (``assessed``), and its own lines alone, the totals
    are those of its lines."""
    rules = read_rules(connection, document)
    scores = {rule.indicator: score_line(rule, answers, rounding) for rule in rules}
    part = part_of(connection, document, answers, assessed)
    if part is not None:
        whole = totals(part.placed, scores, part.sheets, part.limits)
        return Scored(
            document, tuple(rules), tuple(scores.values()), tuple(whole), {}, None, part.office, len(part.lines)
        )
    placed, sheets, limits = read_places(connection, document)
    placed = [line for line in placed if line.indicator in scores]
    weights = read_weights(connection, document, that_score(sheets, placed))
    whole = totals(placed, scores, sheets, limits, weights)
    bands = read_grades(connection, document)
    grades = {
        at: grade
        for at, total in enumerate(whole)
        if total.category is None and (grade := grade_of(bands, total)) is not None
    }
    return Scored(
        document, tuple(rules), tuple(scores.values()), tuple(whole), grades, weights.says if weights else None
    )


def part_of(
    connection: sqlite3.Connection, document: str, answers: Answers, assessed: str | None
) -> SheetContent | None:
    """The lines of the office that answered, as they stand in its form; None where all lines were meant."""
    if assessed is None or assessed not in offices_with_lines(offices_of(connection, document)):
        return None
    content = read_content(connection, document, '')
    part = of_office(content, assessed, connection)
    own = {one.id for line in part.lines for one in line.rule.inputs}
    return part if len(part.lines) < len(content.lines) and own.issuperset(answers) else None


def apply_answers(connection: sqlite3.Connection, records: Sequence[Record]) -> None:
    """Fills the tables of assessments anew. Call inside a transaction, after the decisions and their rules.

    Records that the database knows and the log lacks (it was lost, or another folder was given) stay in force.
    """
    records = in_order({as_line(record): record for record in (*stored_records(connection), *records)}.values())
    connection.execute('DELETE FROM assessments WHERE records IS NOT NULL')
    if not records:
        return
    identities = read_identities(connection)
    current = dict(connection.execute('SELECT id, coalesce(edition_of, id) FROM documents'))
    together: dict[str, list[tuple[Record, str | None]]] = {}
    for record in records:
        meant, document = _placed(connection, record.notice, identities, current)
        together.setdefault(replace(record, notice=meant).about, []).append((record, document))
    for about, found in together.items():
        of_one = [record for record, _ in found]
        last, document = found[-1]
        told = merged(of_one)
        values: dict[str, Answer] = {}
        unused = list(told.values())
        scored = None
        if document is not None:
            fits = fitting(read_rules(connection, document), told.values())
            values = {one.id: value for one, value, _ in fits}
            unused = [given for given in told.values() if all(given is not used for _, _, used in fits)]
            scored = score_notice(connection, document, values, cast(Rounding | None, last.rounding), last.assessed)
        notice = document or last.notice.document
        connection.execute(
            'INSERT OR REPLACE INTO assessments (id, notice, document_id, assessed, period, made_by, made_on, note, unused, records, office, lines,'
            ' filled_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
            (about, notice, document, last.assessed, last.period, last.by, last.at[:10], last.note,
             json_text([{'question': given.question, 'value': given.value} for given in unused]) if unused else None,
             json_text([as_line(record) for record in of_one]), scored and scored.office, scored and scored.counted,
             next((record.filled_by for record in reversed(of_one) if record.filled_by), None)),
        )  # fmt: skip
        if scored is not None:
            _store(connection, about, scored, fits)


def stored_records(connection: sqlite3.Connection) -> list[Record]:
    """The records that the database knows."""
    rows = connection.execute('SELECT records FROM assessments WHERE records IS NOT NULL')
    return [record_of_line(line) for (told,) in rows for line in json.loads(told)]


def merged(records: Iterable[Record]) -> dict[str, Given]:
    """The answers that hold, by input: those of the last sheet, and what was added to it since."""
    found: dict[str, Given] = {}
    for record in records:
        if not record.adds:
            found = {}
        found |= {given.input: given for given in record.answers}
    return found


def fitting(rules: Sequence[ScoringRule], told: Iterable[Given]) -> list[tuple[Input, Answer, Given]]:
    """The answers that fit a question of these rules: the same, or the only one of its kind in the same line."""
    by_id = {one.id: one for rule in rules for one in rule.inputs}
    by_line = {rule.identity: rule for rule in rules}
    found = []
    for given in told:
        one = by_id.get(given.input)
        if one is None and given.line in by_line:
            alike_ones = [other for other in by_line[given.line].inputs if other.kind == given.kind]
            same = [other for other in alike_ones if other.question == given.question]
            one = same[0] if len(same) == 1 else alike_ones[0] if len(alike_ones) == 1 else None
        if one is None:
            continue
        try:
            value = answer_of(one, given.value)
        except Misfit:
            continue
        if value is not None:
            found.append((one, value, given))
    return found


def _placed(
    connection: sqlite3.Connection, wanted: Identity, identities: Sequence[Identity], current: Mapping[str, str]
) -> tuple[Identity, str | None]:
    """The notice that is meant with its office, which older records lack, and the current document of it."""
    notice = with_office(connection, wanted)
    document = _meant(notice, identities, current)
    if notice.office is None and document is not None:
        notice = replace(
            notice, office=next((known.office for known in identities if known.document == document), None)
        )
    return notice, document


def _meant(wanted: Identity, identities: Sequence[Identity], current: Mapping[str, str]) -> str | None:
    if wanted.document in current:
        return current[wanted.document]
    for likeness in (alike, perhaps_meant):
        found = sorted({current[known.document] for known in identities if likeness(wanted, known)})
        if found:
            return found[0]
    return None


def _store(
    connection: sqlite3.Connection, about: str, scored: Scored, fits: Sequence[tuple[Input, Answer, Given]]
) -> None:
    connection.executemany(
        'INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?)',
        [
            (about, one.id, stored_value(value), given.note or None, given.evidence or None)
            for one, value, given in fits
        ],
    )
    connection.executemany(
        'INSERT INTO scores VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
        [
            (about, score.indicator, real(score.low), real(score.high), real(score.score), real(score.lost),
             json_text([reason_json(reason) for reason in score.reasons]), len(score.open))
            for score in scored.scores
        ],
    )  # fmt: skip
    connection.executemany(
        'INSERT INTO score_totals VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
        [
            (about, at, total.table, total.category, real(total.possible), real(total.low), real(total.high), real(total.score),
             real(total.bonus), real(total.penalty), total.vetoes, total.downgrades, total.unanswered, scored.grades.get(at))
            for at, total in enumerate(scored.totals)
        ],
    )  # fmt: skip


def reason_json(reason: Reason) -> dict[str, object]:
    """A reason as it is stored and printed."""
    return {'clause_id': reason.clause, 'input_id': reason.input, 'points': real(reason.points), 'says': reason.says}


def stored_value(value: Answer) -> str:
    """An answer as JSON."""
    if isinstance(value, Decimal):
        return str(int(value)) if value == value.to_integral_value() else f'{value.normalize():f}'
    return json_text(value)
