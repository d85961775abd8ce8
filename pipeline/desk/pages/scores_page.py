"""自评与得分: what happened is filled in beside the notice's sentences, the score moves along; forms for offices out, filled ones in; what was lost."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kaohe.pipeline.assessment import score_comparison
from kaohe.pipeline.assessment.answers.answer_files import Filled, WrittenAnswer, read_answers_of
from kaohe.pipeline.assessment.answers.application import score_notice
from kaohe.pipeline.assessment.answers.submission import record_of, submit
from kaohe.pipeline.assessment.headline_totals import HeadlineTotal, headline_totals, part_words
from kaohe.pipeline.assessment.score_report import as_json
from kaohe.pipeline.assessment.worksheets.worksheet_content import (
    SheetContent,
    of_office,
    offices_of,
    offices_with_lines,
    own_lines,
    read_content,
)
from kaohe.pipeline.assessment.worksheets.worksheet_writing import worksheet_file
from kaohe.pipeline.decisions.decision import now
from kaohe.pipeline.decisions.force import score_into_force
from kaohe.pipeline.desk.rendering import desk_of, download, page, person_of, said_by
from kaohe.pipeline.desk.uploads import safe_name
from kaohe.pipeline.refusal import Refusal

_MOST_SHEET = 20 << 20
_ASKED = {'assessed': '单位', 'period': '考核期'}


class FilledForm(msgspec.Struct, forbid_unknown_fields=True):
    """What stands in the form: ``answers`` by the ids of their questions; ``store`` it, or only say what it comes to."""

    answers: dict[str, bool | int | float | str | None]
    assessed: str | None = None
    period: str | None = None
    by: str = ''
    store: bool = False


def show(request: Request) -> Response:
    """Every notice that scores, and every assessment that was stored."""
    with desk_of(request).catalogue() as connection:
        notices, stored = [], []
        totals: dict[str, list[HeadlineTotal]] = {}
        if connection is not None:
            notices = connection.execute(
                'SELECT d.id, coalesce(d.title, d.source) AS title, d.year, count(*) AS lines, EXISTS (SELECT 1 FROM corrected_responsibilities AS p'
                " JOIN corrected_indicators AS i ON i.id = p.indicator_id WHERE i.document_id = d.id AND p.role <> 'lead_leader') AS duties"
                ' FROM corrected_documents AS d JOIN score_rules AS r ON r.document_id = d.id WHERE d.in_answers GROUP BY d.id ORDER BY d.year DESC, title'
            ).fetchall()
            stored = connection.execute(
                'SELECT a.*, coalesce(d.title, d.source) AS title FROM assessments AS a JOIN corrected_documents AS d ON d.id = a.document_id'
                ' ORDER BY title, a.period DESC, a.assessed'
            ).fetchall()
            for total in headline_totals(connection):
                totals.setdefault(total.assessment, []).append(total)
    return page(request, 'scores.html', notices=notices, stored=stored, totals=totals)


@contextmanager
def _content(request: Request) -> Iterator[tuple[sqlite3.Connection, SheetContent, list[str]]]:
    """The lines of the notice that is asked for, or of one office, and its offices. Raises ``HTTPException`` (404)."""
    document, office = request.path_params['document'], request.query_params.get('office', '')
    with desk_of(request).catalogue() as connection:
        row = (
            None
            if connection is None
            else connection.execute(
                'SELECT coalesce(title, source) FROM corrected_documents WHERE id = ?', (document,)
            ).fetchone()
        )
        if connection is None or row is None:
            raise HTTPException(404)
        content = read_content(connection, document, str(row[0]))
        offices = offices_with_lines(offices_of(connection, document))
        if office in offices:
            content = of_office(content, office, connection)
        yield connection, content, offices


def form(request: Request) -> Response:
    """The questions of a notice, or of one office, with what was answered before for this unit and period."""
    assessed, period = (request.query_params.get(name, '') for name in ('assessed', 'period'))
    with _content(request) as (connection, content, offices):
        assessed = assessed or content.office or ''  # the form of an office is its own, as the one in Excel is
        answered = {
            row['input_id']: msgspec.json.decode(row['value'])
            for row in connection.execute(
                'SELECT x.* FROM answers AS x JOIN assessments AS a ON a.id = x.assessment_id'
                " WHERE a.document_id = ? AND coalesce(a.assessed, '') = ? AND coalesce(a.period, '') = ?",
                (content.document, assessed, period),
            )
        }
        tables = {
            row['id']: row['title']
            for row in connection.execute('SELECT id, title FROM tables WHERE document_id = ?', (content.document,))
        }
    return page(
        request, 'score_form.html', content=content, offices=offices, answered=answered, tables=tables, assessed=assessed, period=period,
        office=content.office or '',
    )  # fmt: skip


async def fill_in(request: Request) -> Response:
    """Says what the form comes to, or stores it."""
    filled = await said_by(request, FilledForm, named=False)
    if filled.store and not filled.by:
        raise Refusal('请先写上您的姓名')
    return await run_in_threadpool(_fill_in, request, filled)


def _fill_in(request: Request, filled: FilledForm) -> Response:
    entries = tuple(WrittenAnswer(name, None, value) for name, value in filled.answers.items())
    told = Filled('网页', request.path_params['document'], filled.assessed or None, filled.period or None, entries)
    return _answer(_scored(request, told, filled.by, store=filled.store))


async def sheet_in(request: Request) -> Response:
    """Takes one filled form of a notice (xlsx), whose name stands percent-encoded in ``X-Name``, scores and stores it. ``X-Assessed`` and
    ``X-Period`` say whose it is and of which period where the form does not."""
    person = person_of(request, '核对')
    name, by, assessed, period = (
        unquote(request.headers.get(f'x-{header}', '')).strip() for header in ('name', 'by', 'assessed', 'period')
    )
    name = (name or '自评表.xlsx').rsplit('/', 1)[-1][:100]
    by = person.name or by
    if not by:
        raise Refusal('请先写上您的姓名')
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > _MOST_SHEET:
            raise Refusal(f'“{name}”太大，不像自评表')
    return await run_in_threadpool(_sheet_in, request, name, bytes(data), by, (assessed, period))


def _sheet_in(request: Request, name: str, data: bytes, by: str, whose: tuple[str, str]) -> Response:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, safe_name(name).name)
        path.write_bytes(data)
        filled = read_answers_of(path)
    assessed, period = whose
    told = replace(filled, assessed=filled.assessed or assessed or None, period=filled.period or period or None)
    return _answer(_scored(request, told, by, store=True))


def _answer(told: dict[str, object]) -> Response:
    return JSONResponse(told, 422 if told.get('missing') else 200)


def _scored(request: Request, filled: Filled, by: str, *, store: bool) -> dict[str, object]:
    desk = desk_of(request)
    with desk.catalogue() as connection:
        if connection is None:
            raise HTTPException(404)
        submission = submit(connection, filled, None, None, None)
        scored = score_notice(connection, submission.document, submission.values, None, submission.assessed)
        told = as_json(connection, scored)
        record = record_of(connection, submission, now(), by)
    if store:
        if not submission.given:
            raise Refusal('一道题也没有答，没有存')
        missing = [name for name in ('assessed', 'period') if not (getattr(submission, name) or '').strip()]
        if missing:
            words = '和'.join(_ASKED[name] for name in missing)
            return {'stored': False, 'missing': missing, 'why': f'没有写{words}，没有存；请写明{words}'}
        score_into_force(desk.database, desk.decisions, [record])
        desk.reading.stir()
    return told | {
        'stored': store,
        'refused': list(submission.refused),
        'assessed': submission.assessed,
        'period': submission.period,
    }


def sheet_out(request: Request) -> Response:
    """The form of a notice, or of one office, as a workbook."""
    period = request.query_params.get('period') or None
    with _content(request) as (_, content, _offices):
        data = worksheet_file(content, request.query_params.get('assessed') or content.office, period)
    return download(data, f'{content.office or content.title[:40]}自评表.xlsx')


def lost(request: Request) -> Response:
    """失分清单: which points an assessment lost, most first, each with the notice's sentence."""
    with desk_of(request).catalogue() as connection:
        if connection is None:
            raise HTTPException(404)
        row = connection.execute(
            'SELECT a.*, coalesce(d.title, d.source) AS title FROM assessments AS a JOIN corrected_documents AS d ON d.id = a.document_id'
            ' WHERE a.id = ?',
            (request.path_params['assessment'],),
        ).fetchone()
        if row is None:
            raise HTTPException(404)
        scores = connection.execute(
            "SELECT s.*, i.path, i.number, coalesce(i.name || '　', '') || coalesce(i.requirement, i.criteria, '') AS says, i.points FROM scores AS s"
            ' JOIN corrected_indicators AS i ON i.id = s.indicator_id WHERE s.assessment_id = ? ORDER BY s.lost IS NULL, s.lost DESC, i.ordinal',
            (row['id'],),
        ).fetchall()
        own = own_lines(connection, row['document_id'], row['office'])
        every = len(scores)
        if own is not None:  # the form of an office holds its own lines alone
            scores = [score for score in scores if score['indicator_id'] in own]
        totals = connection.execute(
            'SELECT t.*, b.title FROM score_totals AS t LEFT JOIN tables AS b ON b.id = t.table_id WHERE t.assessment_id = ? ORDER BY t.ordinal',
            (row['id'],),
        ).fetchall()
    reasons = {score['indicator_id']: msgspec.json.decode(score['reasons']) for score in scores}
    part = part_words(row['office'], len(scores), every)
    return page(request, 'lost.html', assessment=row, part=part, scores=scores, totals=totals, reasons=reasons)


def compared(request: Request) -> Response:
    """Two assessments line by line, the biggest differences first."""
    pair = [request.query_params.get(name, '') for name in ('first', 'second')]
    with desk_of(request).catalogue() as connection:
        if connection is None:
            raise HTTPException(404)
        told = msgspec.json.decode(score_comparison.between(connection, pair, None, as_json=True))
    return page(request, 'scores_compared.html', told=told)
