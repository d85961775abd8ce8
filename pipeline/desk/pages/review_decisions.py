"""What is decided on the page of a notice: corrections with what they do to the sums, taking back, ticking off, signing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kaohe.pipeline.decisions.choosing import Chooser
from kaohe.pipeline.decisions.correctable_columns import find_field
from kaohe.pipeline.decisions.wording import Decider, ShownState, ShownValue
from kaohe.pipeline.desk.pages.review_page import asked_notice
from kaohe.pipeline.desk.proposals import AskedChange, Overtaken, decided_since, propose
from kaohe.pipeline.desk.rendering import desk_of, said_by
from kaohe.pipeline.desk.review_content import Sums, last_decision
from kaohe.pipeline.desk.review_doubts import CORRECTED
from kaohe.pipeline.desk.undoing import reason_of, steps_back
from kaohe.pipeline.language.phrases import number
from kaohe.pipeline.refusal import Refusal


class WhoAndSeen(msgspec.Struct):
    """Who does it, and which decision was the last that the page has shown."""

    by: str = ''
    seen: str | None = None


class Ticks(msgspec.Struct, forbid_unknown_fields=True):
    """Findings that were dealt with, and how. ``right``: the first was looked at with its line, which is checked with its last doubt; ``seen``
    names the last decision that the page has shown."""

    findings: list[str]
    by: str
    remark: str | None = None
    undo: bool = False
    right: bool = False
    seen: str = ''


async def decide(request: Request) -> Response:
    """Says what the asked changes do, or stores them."""
    asked = await said_by(request, AskedChange)
    return await run_in_threadpool(_decide, request, asked)


def _decide(request: Request, asked: AskedChange) -> Response:
    with asked_notice(request) as (connection, document):
        try:
            proposal = propose(connection, document, asked)
        except Overtaken as error:
            return JSONResponse({'overtaken': error.told, 'seen': last_decision(connection, document)}, 409)
        known = _findings(connection, document)
        chooser = Chooser(connection, asked.by)
        settled = [chooser.ticked(one, ticked=True, remark=CORRECTED) for one in asked.settles if one in known]
    seen = asked.seen
    if asked.store:
        decisions = [*proposal.decisions, *(one for one, _ in settled)]
        desk_of(request).decide(decisions, [*proposal.shown, *chooser.shown])
        with asked_notice(request) as (connection, document):
            seen = last_decision(connection, document)
    effects = list(_effects(proposal.before, proposal.after))
    says = [*proposal.says, *(f'疑点{CORRECTED}：{said[:60]}' for _, said in settled)]
    return JSONResponse(
        {'says': says, 'unusual': proposal.unusual, 'sums': effects, 'stored': asked.store, 'seen': seen}
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


async def undo(request: Request) -> Response:
    """Takes back the last change of the notice that still stands, with all that was stored together with it."""
    asked = await said_by(request, WhoAndSeen)
    return await run_in_threadpool(_undo, request, asked.by, asked.seen)


def _undo(request: Request, by: str, seen: str | None) -> Response:
    with asked_notice(request) as (connection, document):
        taken = steps_back(connection, document, by)
        last = last_decision(connection, document)
        chooser = Chooser(connection, by)
        opened = [chooser.ticked(one, ticked=False, remark=reason_of(taken.whose)) for one in taken.findings]
        decisions, says = [one for one, _ in opened], [f'重新待核对：{said[:60]}' for _, said in opened]
        shown: list[ShownValue | ShownState] = [*chooser.shown]
        if taken.steps:
            asked = AskedChange(taken.steps, by, last, reason_of(taken.whose), store=True, sure=True)
            proposal = propose(connection, document, asked)
            decisions += proposal.decisions
            shown += proposal.shown
            says += proposal.says
        if seen is not None and seen != last:  # what would be taken back may be a change that this page has not shown
            overtaken = decided_since(connection, document, seen)
            return JSONResponse({'overtaken': overtaken, 'takes': says, 'seen': last}, 409)
    if not decisions:
        raise Refusal('要撤回的那一处疑点已经不在了，没有撤回')
    desk_of(request).decide(decisions, shown)
    return JSONResponse({'says': says, 'stored': True})


async def sign(request: Request) -> Response:
    """Notes that the notice was checked."""
    asked = await said_by(request, WhoAndSeen)
    return await run_in_threadpool(_sign, request, asked.by, asked.seen)


def _sign(request: Request, by: str, seen: str | None) -> Response:
    with asked_notice(request) as (connection, document):
        last = last_decision(connection, document)
        if seen is not None and seen != last:  # nobody signs what they have not seen
            return JSONResponse({'overtaken': decided_since(connection, document, seen), 'seen': last}, 409)
        decider = Decider(connection, by)
        decision = decider.sign(document, by, date.today().isoformat())  # noqa: DTZ011 the day on the wall
    desk_of(request).decide([decision], decider.shown)
    return JSONResponse({'says': [f'{by} 已核对签字'], 'stored': True})


async def tick(request: Request) -> Response:
    """Notes that findings were dealt with, and how; or that they are open again."""
    asked = await said_by(request, Ticks)
    return await run_in_threadpool(_tick, request, asked)


def _tick(request: Request, asked: Ticks) -> Response:
    with asked_notice(request) as (connection, document):
        known = _findings(connection, document)
        chooser, decider = Chooser(connection, asked.by), Decider(connection, asked.by)
        decisions = [
            chooser.ticked(one, ticked=not asked.undo, remark=asked.remark)[0] for one in asked.findings if one in known
        ]
        if not decisions:
            raise Refusal('这处疑点已经不在了，请刷新页面')
        line = _checked_with(connection, document, asked)
        for name, value in (('checked_by', asked.by), ('checked_on', date.today().isoformat())) if line else ():  # noqa: DTZ011 the day on the wall
            field = find_field('indicators', name)
            assert line is not None
            assert field is not None
            decisions.append(decider.correct('indicators', line, document, field, value, None))
    desk_of(request).decide(decisions, [*chooser.shown, *decider.shown])
    with asked_notice(request) as (connection, document):
        seen = last_decision(connection, document) if line else None
    says = f'{asked.by}：{"重新待核对" if asked.undo else asked.remark or "已核对"}'
    return JSONResponse({'says': [says], 'stored': True, 'line': line, 'seen': seen})


def _findings(connection: sqlite3.Connection, document: str) -> set[str]:
    return {row[0] for row in connection.execute('SELECT id FROM findings WHERE document_id = ?', (document,))}


_LINE = """
SELECT coalesce(f.indicator_id, c.indicator_id) AS line FROM findings AS f LEFT JOIN clauses AS c ON c.id = f.clause_id
WHERE f.document_id = :document AND {}
"""


def _checked_with(connection: sqlite3.Connection, document: str, asked: Ticks) -> str | None:
    """The line whose last doubt is said to be no mistake: with it the line is checked. None where it has others, or the page is out of date."""
    if not asked.right or asked.undo or asked.seen != last_decision(connection, document):
        return None
    (row,) = connection.execute(
        _LINE.format('f.id = :finding'), {'document': document, 'finding': asked.findings[0]}
    ).fetchall() or [None]
    if row is None or row['line'] is None:
        return None
    waiting = connection.execute(
        _LINE.format("f.id <> :finding AND coalesce(f.indicator_id, c.indicator_id) = :line AND f.severity <> 'info' AND f.state = 'open'"),
        {'document': document, 'finding': asked.findings[0], 'line': row['line']},
    ).fetchone()  # fmt: skip
    return None if waiting is not None else str(row['line'])
