"""核对: a notice beside its pages, its doubtful places one after the other, corrections with what they do to the sums, signing, history."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kaohe.pipeline.decisions.choosing import Chooser
from kaohe.pipeline.decisions.correctable_columns import DROPPED, FIELDS, STANDS_IN, find_field
from kaohe.pipeline.decisions.wording import Decider
from kaohe.pipeline.desk.cutouts import CODE, read_cutouts
from kaohe.pipeline.desk.page_pictures import DRAWN
from kaohe.pipeline.desk.proposals import AskedChange, Overtaken, propose
from kaohe.pipeline.desk.rendering import desk_of, page, person_of
from kaohe.pipeline.desk.review_content import Sums, last_decision, read_review
from kaohe.pipeline.desk.source_view import read_pages, read_parts
from kaohe.pipeline.desk.undoing import reason_of, steps_back
from kaohe.pipeline.inspection.stored_file import find_file
from kaohe.pipeline.language.phrases import number
from kaohe.pipeline.refusal import Refusal


class WhoAndSeen(msgspec.Struct):
    """Who does it, and which decision was the last that the page has shown."""

    by: str = ''
    seen: str | None = None


class Ticks(msgspec.Struct, forbid_unknown_fields=True):
    """Findings that were dealt with, and how."""

    findings: list[str]
    by: str
    remark: str | None = None
    undo: bool = False


@contextmanager
def _catalogue(request: Request) -> Iterator[tuple[sqlite3.Connection, str]]:
    """A connection, and the id of the notice that is asked for. Raises ``HTTPException`` (404)."""
    document = request.path_params['document']
    with desk_of(request).catalogue() as connection:
        if connection is None or not connection.execute('SELECT 1 FROM documents WHERE id = ?', (document,)).fetchone():
            raise HTTPException(404)
        yield connection, document


def show(request: Request) -> Response:
    """The page."""
    desk = desk_of(request)
    with _catalogue(request) as (connection, document):
        review = read_review(connection, document)
        file = find_file(connection, desk.database, document)
        sizes = desk.pictures.sizes(file) if file is not None and file.format in DRAWN else ()
        pages = read_pages(connection, document, sizes)
        parts = () if pages else read_parts(connection, document)
        cutouts = read_cutouts(connection, document, pages)
    assert review is not None
    return page(
        request, 'review.html', review=review, pages=pages, parts=parts, cutouts=cutouts, recognised=CODE, left=file is None
    )  # fmt: skip


def picture(request: Request) -> Response:
    """A page of the notice as PNG."""
    desk = desk_of(request)
    with _catalogue(request) as (connection, document):
        file = find_file(connection, desk.database, document)
    drawn = desk.pictures.page(file, request.path_params['number']) if file and file.format in DRAWN else None
    if drawn is None:
        raise HTTPException(404)
    return Response(drawn, media_type='image/png', headers={'Cache-Control': 'private, max-age=3600'})


def printed(request: Request) -> Response:
    """The notice in its own shape on A4, with a line for signatures."""
    with _catalogue(request) as (connection, document):
        review = read_review(connection, document)
    return page(request, 'printed.html', review=review)


def form(request: Request) -> Response:
    """The fields of a row with what stands in them; or those of a row to add below ``row``."""
    person_of(request, '核对')
    owner, row = request.query_params.get('owner', ''), request.query_params.get('row', '')
    if owner not in FIELDS:
        raise HTTPException(404)
    fields = [field for field in FIELDS[owner] if field.name not in (DROPPED, 'checked_by', 'checked_on')]
    with _catalogue(request) as (connection, document):
        if request.query_params.get('add'):
            more = [STANDS_IN] if owner in ('clauses', 'thresholds') else []
            values = {field.name: None for field in (*fields, *more)} | {'kind': 'scored', 'field': 'criteria'}
            given = {'owner': owner, 'row': row, 'do': 'add', 'fields': [*more, *fields], 'values': values}
        else:
            decider = Decider(connection, '?')
            found = decider.find(row)
            if found is None or found[0] != owner or found[2] != document:
                raise HTTPException(404)
            given = {
                'owner': owner, 'row': found[1], 'do': 'correct', 'fields': fields,
                'values': decider.values(owner, found[1], document),
            }  # fmt: skip
    return page(request, 'form.html', given)


async def decide(request: Request) -> Response:
    """Says what the asked changes do, or stores them."""
    person = person_of(request, '核对')
    try:
        asked = msgspec.json.decode(await request.body(), type=AskedChange)
    except msgspec.DecodeError as error:
        raise Refusal('页面发来的内容不完整，请刷新页面再试') from error
    if person.name:  # who is signed in decides in no other name
        asked.by = person.name
    return await run_in_threadpool(_decide, request, asked)


def _decide(request: Request, asked: AskedChange) -> Response:
    with _catalogue(request) as (connection, document):
        try:
            proposal = propose(connection, document, asked)
        except Overtaken as error:
            return JSONResponse({'overtaken': error.told, 'seen': last_decision(connection, document)}, 409)
    seen = asked.seen
    if asked.store:
        desk_of(request).decide(proposal.decisions, proposal.shown)
        with _catalogue(request) as (connection, document):
            seen = last_decision(connection, document)
    effects = list(_effects(proposal.before, proposal.after))
    return JSONResponse(
        {'says': proposal.says, 'unusual': proposal.unusual, 'sums': effects, 'stored': asked.store, 'seen': seen}
    )


def _effects(before: tuple[Sums, ...], after: tuple[Sums, ...]) -> Iterator[str]:
    """What changes in the sums, in words."""
    for old, new in zip(before, after, strict=True):
        if old == new:
            continue
        title = f'《{new.title}》' if new.title else f'表 {new.ordinal + 1}'
        printed = '没有印总分' if new.printed is None else f'印的总分 {number(float(new.printed))} 分'
        fits = '，改后相符' if new.fits else '，改后不相符' if new.fits is False else ''
        yield (
            f'{title}：{old.lines} 条合计 {number(float(old.scored))} 分 → {new.lines} 条合计 {number(float(new.scored))} 分（{printed}{fits}）'
        )
        was, now = dict(old.categories), dict(new.categories)
        names = dict.fromkeys((*was, *now))
        for name in names if len(names) > 1 else ():  # one category says no more than the table
            if was.get(name) != now.get(name):
                yield f'　类别“{name or "（没有）"}”：{_points(was.get(name))} → {_points(now.get(name))}'


def _points(points: Decimal | None) -> str:
    return '没有指标' if points is None else f'{number(float(points))} 分'


_HISTORY = """
SELECT id, decided_at, decided_by, why, owner, added, target, field, value, before, state FROM corrections WHERE document_id = ?1
UNION ALL SELECT id, decided_at, signed_by, NULL, 'sign', 0, '{}', NULL, json_quote(signed_on), NULL, state FROM sign_offs WHERE document_id = ?1
ORDER BY decided_at DESC
"""


def history(request: Request) -> Response:
    """Who decided what about the notice, the last first."""
    with _catalogue(request) as (connection, document):
        rows = connection.execute(_HISTORY, (document,)).fetchall()
        title = connection.execute('SELECT title FROM corrected_documents WHERE id = ?', (document,)).fetchone()[0]
    told = []
    for row in rows:
        field = find_field(row['owner'], row['field']) if row['field'] else None
        value, before = (json.loads(row[name]) if row[name] else None for name in ('value', 'before'))
        told.append(
            {
                'at': row['decided_at'][:16].replace('T', ' '), 'by': row['decided_by'], 'why': row['why'], 'state': row['state'],
                'label': json.loads(row['target']).get('label') or '',
                'what': '核对签字' if row['owner'] == 'sign' else '补上这一行' if row['added'] else field.title if field else row['field'],
                'before': field.show(before) if field and not row['added'] else None,
                'after': field.show(value) if field and not row['added'] else value if row['owner'] == 'sign' else None,
            }
        )  # fmt: skip
    return page(request, 'history.html', rows=told, title=title, document=document)


async def undo(request: Request) -> Response:
    """Takes back the last change of the notice that still stands, with all that was stored together with it."""
    person = person_of(request, '核对')
    asked = _asked_of(await request.body())
    return await run_in_threadpool(_undo, request, person.name or asked.by, asked.seen)


def _asked_of(body: bytes) -> WhoAndSeen:
    try:
        return msgspec.json.decode(body, type=WhoAndSeen)
    except msgspec.DecodeError as error:
        raise Refusal(f'网页送来的内容看不懂（{error}）；请刷新网页再试') from error


def _undo(request: Request, by: str, seen: str | None) -> Response:
    with _catalogue(request) as (connection, document):
        steps, whose = steps_back(connection, document)
        last = last_decision(connection, document)
        asked = AskedChange(steps, by, seen or last, reason_of(whose), store=True, sure=True)
        try:
            proposal = propose(connection, document, asked)
        except Overtaken as error:  # what would be taken back is a change that this page has not shown
            return JSONResponse({'overtaken': error.told, 'seen': last}, 409)
    desk_of(request).decide(proposal.decisions, proposal.shown)
    return JSONResponse({'says': proposal.says, 'stored': True})


async def sign(request: Request) -> Response:
    """Notes that the notice was checked."""
    person = person_of(request, '核对')
    by = (person.name or _asked_of(await request.body()).by).strip()
    if not by:
        raise Refusal('请先写上您的姓名')
    return await run_in_threadpool(_sign, request, by)


def _sign(request: Request, by: str) -> Response:
    with _catalogue(request) as (connection, document):
        decider = Decider(connection, by)
        decision = decider.sign(document, by, date.today().isoformat())  # noqa: DTZ011 the day on the wall
    desk_of(request).decide([decision], decider.shown)
    return JSONResponse({'says': [f'{by} 已核对签字'], 'stored': True})


async def tick(request: Request) -> Response:
    """Notes that findings were dealt with, and how; or that they are open again."""
    person = person_of(request, '核对')
    try:
        asked = msgspec.json.decode(await request.body(), type=Ticks)
    except msgspec.DecodeError as error:
        raise Refusal('页面发来的内容不完整，请刷新页面再试') from error
    return await run_in_threadpool(_tick, request, asked, (person.name or asked.by).strip())


def _tick(request: Request, asked: Ticks, by: str) -> Response:
    if not by:
        raise Refusal('请先写上您的姓名')
    with _catalogue(request) as (connection, document):
        known = {row[0] for row in connection.execute('SELECT id FROM findings WHERE document_id = ?', (document,))}
        chooser = Chooser(connection, by)
        chosen = [
            chooser.ticked(one, ticked=not asked.undo, remark=asked.remark) for one in asked.findings if one in known
        ]
    if not chosen:
        raise Refusal('这处疑点已经不在了，请刷新页面')
    desk_of(request).decide([decision for decision, _ in chosen], chooser.shown)
    return JSONResponse({'says': [f'{by}：{"重新待核对" if asked.undo else asked.remark or "已核对"}'], 'stored': True})
