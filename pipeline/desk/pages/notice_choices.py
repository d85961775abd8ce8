"""What is decided about whole notices: two files are one notice or two, a notice counts in answers or does not, the samples do."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kaohe.pipeline.decisions.choosing import Chooser
from kaohe.pipeline.decisions.decision import Decision
from kaohe.pipeline.desk.pages.review_page import asked_notice
from kaohe.pipeline.desk.rendering import desk_of, said_by
from kaohe.pipeline.refusal import Refusal


class Likeness(msgspec.Struct, forbid_unknown_fields=True):
    """The ``other`` document holds the same notice, or another one."""

    other: str
    same: bool
    by: str = ''


class Counting(msgspec.Struct, forbid_unknown_fields=True):
    """Whether it counts in answers."""

    counted: bool
    by: str = ''


async def edition(request: Request) -> Response:
    """Notes that another document is an edition of this one, or that it is not."""
    asked = await said_by(request, Likeness)
    return await run_in_threadpool(_edition, request, asked)


def _edition(request: Request, asked: Likeness) -> Response:
    with asked_notice(request) as (connection, document):
        if connection.execute('SELECT 1 FROM documents WHERE id = ?', (asked.other,)).fetchone() is None:
            raise Refusal('另一份通知已经不在了，请刷新页面')
        chooser = Chooser(connection, asked.by)
        decision = chooser.editions(document, asked.other, same=asked.same)
    return _stored(request, [decision], chooser, '已定为同一份通知' if asked.same else '已定为两份不同的通知')


async def retire(request: Request) -> Response:
    """Notes that the notice counts in no answer any more, or does again."""
    asked = await said_by(request, Counting)
    return await run_in_threadpool(_retire, request, asked)


def _retire(request: Request, asked: Counting) -> Response:
    with asked_notice(request) as (connection, document):
        chooser = Chooser(connection, asked.by)
        decision = chooser.retired(document, retired=not asked.counted)
    says = '重新使用：又算在查询、清单和得分里' if asked.counted else '已停用：不再算在查询、清单和得分里'
    return _stored(request, [decision], chooser, says)


async def samples(request: Request) -> Response:
    """Notes that the samples count in answers, or do not."""
    asked = await said_by(request, Counting)
    return await run_in_threadpool(_samples, request, asked)


def _samples(request: Request, asked: Counting) -> Response:
    with desk_of(request).catalogue() as connection:
        if connection is None:
            raise HTTPException(404)
        chooser = Chooser(connection, asked.by)
        decision = chooser.samples(counted=asked.counted)
    says = '示例现在算在查询、清单和得分里' if asked.counted else '示例不再算在查询、清单和得分里'
    return _stored(request, [decision], chooser, says)


def _stored(request: Request, decisions: Sequence[Decision], chooser: Chooser, says: str) -> Response:
    desk_of(request).decide(decisions, chooser.shown)
    return JSONResponse({'says': [says], 'stored': True})
