"""The desk as a web application: which address leads to which page, who may do what, and what a person is told when something cannot be done."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kaohe.pipeline.desk.accounts import Person
from kaohe.pipeline.desk.pages import (
    compare_page,
    help_page,
    inbox_page,
    notice_choices,
    offices_page,
    questions_page,
    returns_page,
    review_decisions,
    review_page,
    scores_page,
    sign_in_page,
)
from kaohe.pipeline.desk.rendering import page, wants_page
from kaohe.pipeline.desk.state import Desk
from kaohe.pipeline.language.button_words import at_the_desk
from kaohe.pipeline.language.system_words import fault_of_the_machine
from kaohe.pipeline.refusal import Refusal

_HERE = Path(__file__).parent
_OPEN = ('/sign-in', '/static/')
# Without accounts whoever opened the printed address is the person at this machine.
_ANYBODY = Person('', '管理')

_PAGES = (
    Route('/', inbox_page.show),
    Route('/state', inbox_page.state),
    Route('/notices', inbox_page.notices),
    Route('/upload', inbox_page.upload, methods=['POST']),
    Route('/notice/{document}', review_page.show),
    Route('/notice/{document}/page/{number:int}.png', review_page.picture),
    Route('/notice/{document}/pages', review_page.laid_out),
    Route('/notice/{document}/print', review_page.printed),
    Route('/notice/{document}/history', review_page.history),
    Route('/notice/{document}/form', review_page.form),
    Route('/notice/{document}/decide', review_decisions.decide, methods=['POST']),
    Route('/notice/{document}/undo', review_decisions.undo, methods=['POST']),
    Route('/notice/{document}/tick', review_decisions.tick, methods=['POST']),
    Route('/notice/{document}/sign', review_decisions.sign, methods=['POST']),
    Route('/notice/{document}/edition', notice_choices.edition, methods=['POST']),
    Route('/notice/{document}/retire', notice_choices.retire, methods=['POST']),
    Route('/samples', notice_choices.samples, methods=['POST']),
    Route('/offices', offices_page.show),
    Route('/offices/join', offices_page.join, methods=['POST']),
    Route('/offices.xlsx', offices_page.workbook),
    Route('/offices.docx', offices_page.word_file),
    Route('/scores', scores_page.show),
    Route('/scores/compare', scores_page.compared),
    Route('/scores/sheets', scores_page.sheet_in, methods=['POST']),
    Route('/scores/{document}', scores_page.form),
    Route('/scores/{document}/fill', scores_page.fill_in, methods=['POST']),
    Route('/scores/{document}/form.xlsx', scores_page.sheet_out),
    Route('/scores/{document}/forms.zip', returns_page.forms_out),
    Route('/scores/{document}/returned', returns_page.returned),
    Route('/scores/{document}/report', returns_page.report),
    Route('/scores/{document}/report', returns_page.take, methods=['POST']),
    Route('/assessments/{assessment}', scores_page.lost),
    Route('/compare', compare_page.show),
    Route('/questions', questions_page.show),
    Route('/questions/{number:int}', questions_page.ask),
    Route('/questions/{number:int}.xlsx', questions_page.workbook),
    Route('/rows/{row}', questions_page.row),
    Route('/rows/{row}/table', questions_page.row_of_table),
    Route('/search', questions_page.search),
    Route('/help', help_page.show),
    Route('/help/backup', help_page.back_up, methods=['POST']),
    Route('/sign-in', sign_in_page.show),
    Route('/sign-in', sign_in_page.sign_in, methods=['POST']),
    Route('/sign-out', sign_in_page.sign_out, methods=['POST']),
)


class _Admission(BaseHTTPMiddleware):
    """Says who is asking; sends those who have not signed in to where they can."""

    async def dispatch(self, request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        accounts = request.app.state.desk.accounts
        person = _ANYBODY if accounts is None else accounts.who(request.cookies.get(sign_in_page.COOKIE))
        if person is None and not request.url.path.startswith(_OPEN):
            if wants_page(request):
                return RedirectResponse('/sign-in', 303)
            return JSONResponse({'why': '登录已过期，请刷新页面重新登录'}, 401)
        request.state.person = person
        return await call_next(request)


async def _refused(request: Request, error: Exception) -> Response:
    """A page or an answer that says why, and what to do."""
    why = (
        at_the_desk(str(error))
        if isinstance(error, Refusal)
        else at_the_desk(fault_of_the_machine(error) or '程序出错，没有做完；请刷新页面再试，仍不行请告诉维护人员')
    )
    return _told(request, 422 if isinstance(error, Refusal) else 500, why)


async def _forbidden(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _told(request, 403, error.detail)


async def _missing(request: Request, error: Exception) -> Response:
    return _told(request, 404, '没有这一页；可能已被移走，请回到收件')


def _told(request: Request, status: int, why: str) -> Response:
    if wants_page(request):
        return page(request, 'refused.html', status=status, why=why)
    return JSONResponse({'why': why}, status)


def make_app(desk: Desk) -> Starlette:
    """The application of this desk; put a `kaohe.pipeline.browser.door.Door` before it."""
    app = Starlette(
        routes=[*_PAGES, Mount('/static', StaticFiles(directory=_HERE / 'static'))],
        middleware=[Middleware(_Admission)],
        exception_handlers={Refusal: _refused, 403: _forbidden, 404: _missing, 500: _refused},
    )
    app.state.desk = desk
    return app
