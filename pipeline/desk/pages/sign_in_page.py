"""登录: only where a desk is shared and has accounts."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kaohe.pipeline.desk.rendering import desk_of, page
from kaohe.pipeline.refusal import Refusal

COOKIE = 'kaohe-session'
_MOST = 2000


def show(request: Request) -> Response:
    """The page."""
    if desk_of(request).accounts is None:
        return RedirectResponse('/', 303)
    return page(request, 'sign_in.html', why=None)


async def sign_in(request: Request) -> Response:
    """Lets a person in."""
    accounts = desk_of(request).accounts
    if accounts is None:
        return RedirectResponse('/', 303)
    async with request.form(max_files=0, max_fields=4, max_part_size=_MOST) as form:
        name, password = str(form.get('name', ''))[:100], str(form.get('password', ''))[:_MOST]
    address = request.client.host if request.client else ''
    try:
        key = await run_in_threadpool(accounts.sign_in, name, password, address)
    except Refusal as why:
        return page(request, 'sign_in.html', status=403, why=str(why))
    answer = RedirectResponse('/', 303)
    answer.set_cookie(COOKIE, key, httponly=True, samesite='strict', secure=request.url.scheme == 'https')
    return answer


def sign_out(request: Request) -> Response:
    """Ends the session."""
    accounts = desk_of(request).accounts
    if accounts is not None:
        accounts.sign_out(request.cookies.get(COOKIE))
    answer = RedirectResponse('/sign-in', 303)
    answer.delete_cookie(COOKIE)
    return answer
