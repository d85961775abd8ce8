"""Forms of all offices out at once; who sent theirs back and where they disagree; figures of a report as answers, each said yes to by a person."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kaohe.pipeline.assessment.answers.application import score_notice
from kaohe.pipeline.assessment.answers.submission import record_of
from kaohe.pipeline.assessment.report_answers import propose, submission_of
from kaohe.pipeline.assessment.returned_sheets import put_together, stored_sheets
from kaohe.pipeline.assessment.worksheet_runs import office_forms
from kaohe.pipeline.assessment.worksheets.worksheet_content import read_content
from kaohe.pipeline.decisions.decision import now
from kaohe.pipeline.decisions.force import score_into_force
from kaohe.pipeline.desk.rendering import desk_of, download, page, said_by
from kaohe.pipeline.refusal import Refusal


class SaidYes(msgspec.Struct, forbid_unknown_fields=True):
    """The questions (by their ids) for which a person took the figure of the ``report``."""

    report: str
    inputs: list[str]
    assessed: str = ''
    period: str = ''
    by: str = ''


@contextmanager
def _notice(request: Request) -> Iterator[tuple[sqlite3.Connection, str, str]]:
    """A connection, and the id and title of the notice that is asked for. Raises ``HTTPException`` (404)."""
    with desk_of(request).catalogue() as connection:
        if connection is None:
            raise HTTPException(404)
        row = connection.execute(
            'SELECT id, coalesce(title, source) AS title FROM corrected_documents WHERE id = ?',
            (request.path_params['document'],),
        ).fetchone()
        if row is None:
            raise HTTPException(404)
        yield connection, str(row['id']), str(row['title'])


def forms_out(request: Request) -> Response:
    """The form of each office of a notice, in one archive. Raises `Refusal` where the notice names none."""
    with _notice(request) as (_, document, _title):
        title, forms = office_forms(desk_of(request).database, document, request.query_params.get('period') or None)
    written = io.BytesIO()
    with zipfile.ZipFile(written, 'w') as archive:  # workbooks are compressed already
        for form in forms:
            archive.writestr(form.name, form.data)
    return download(written.getvalue(), f'{title[:40]}各科室自评表.zip')


def returned(request: Request) -> Response:
    """Of each period: which offices sent their sheet and which did not, where two disagree, and what comes of what they agree on."""
    with _notice(request) as (connection, document, title):
        rows = connection.execute(
            'SELECT period, assessed, made_by, made_on FROM assessments WHERE document_id = ? AND assessed IS NOT NULL'
            ' ORDER BY period DESC, assessed',
            (document,),
        ).fetchall()
        periods = []
        for period in dict.fromkeys(row['period'] for row in rows) or [None]:
            back = put_together(connection, document, stored_sheets(connection, document, period))
            scored = score_notice(connection, document, back.agreed)
            whole = next((one for one in scored.totals if one.category is None), None)
            periods.append((period, back, [row for row in rows if row['period'] == period], whole))
    return page(request, 'returned.html', document=document, title=title, periods=periods)


def report(request: Request) -> Response:
    """The figures of a stored report that may answer questions of the notice, each with both sentences."""
    chosen = {name: request.query_params.get(name, '') for name in ('report', 'assessed', 'period')}
    with _notice(request) as (connection, document, title):
        reports = connection.execute(
            'SELECT id, coalesce(title, source) AS title FROM corrected_documents AS d WHERE edition_of IS NULL'
            ' AND EXISTS (SELECT 1 FROM facts WHERE document_id = d.id) ORDER BY year DESC, title'
        ).fetchall()
        known = any(row['id'] == chosen['report'] for row in reports)
        found = propose(connection, document, chosen['report']) if known else []
        lines = {line.rule.indicator: line for line in read_content(connection, document, title).lines}
    return page(
        request, 'report.html', document=document, title=title, reports=reports, chosen=chosen, known=known, lines=lines,
        proposals=[(proposal, lines[proposal.rule.indicator]) for proposal in found],
    )  # fmt: skip


async def take(request: Request) -> Response:
    """Stores the figures that a person said yes to, beside what is stored of this unit and period."""
    said = await said_by(request, SaidYes)
    return await run_in_threadpool(_take, request, said)


def _take(request: Request, said: SaidYes) -> Response:
    if not said.assessed.strip() or not said.period.strip():
        raise Refusal('没有写单位和考核期，没有存；请在上面写好，点“找”，再存')
    desk = desk_of(request)
    with _notice(request) as (connection, document, title):
        taken = [one for one in propose(connection, document, said.report) if one.input.id in said.inputs]
        if not taken:
            raise Refusal('一处也没有选“是”，没有存')
        submission = submission_of(document, title, said.assessed or None, said.period or None, taken)
        record = record_of(connection, submission, now(), said.by, '取自工作总结', adds=True)
    score_into_force(desk.database, desk.decisions, [record])
    desk.reading.stir()
    return JSONResponse({'says': [f'已存下 {len(taken)} 个答案'], 'stored': True})
