"""Templates filled in: everything that is not markup of our own is cleaned and escaped."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Protocol, TypeVar, cast
from urllib.parse import quote

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kaohe.pipeline.desk.accounts import Person, Role
from kaohe.pipeline.desk.state import Desk
from kaohe.pipeline.language import terms
from kaohe.pipeline.language.button_words import at_the_desk
from kaohe.pipeline.language.phrases import number
from kaohe.pipeline.receipts.markup import clean
from kaohe.pipeline.refusal import Refusal


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / 'templates'),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: clean(value) if type(value) is str else '' if value is None else value,
    )
    made.filters['number'] = lambda value: '' if value is None else number(float(value))
    made.filters['bound'] = lambda value: '不限' if value is None else number(float(value))
    made.filters['buttons'] = lambda value: '' if value is None else at_the_desk(value)
    made.filters['plainly'] = lambda value: value.replace('降档', '降低档次')
    made.globals['terms'] = terms
    return made


class _InAName(Protocol):
    by: str


_Said = TypeVar('_Said', bound=_InAName)


def desk_of(request: Request) -> Desk:
    """The desk that is asked."""
    return cast(Desk, request.app.state.desk)


def person_of(request: Request, role: Role = '查看') -> Person:
    """Who is asking. Raises ``HTTPException`` (403) where that is not theirs to do."""
    person = cast(Person, request.state.person)
    if not person.may(role):
        raise HTTPException(403, f'这一步要有“{role}”的权限')
    return person


async def said_by(request: Request, kind: type[_Said], *, named: bool = True) -> _Said:
    """What a script of a page sent, in the name of who says it: of who is signed in, else as written. Raises ``HTTPException`` (403)
    where deciding is not theirs, `Refusal` where the body is not of this ``kind``, or (``named``) nobody's name is known."""
    person = person_of(request, '核对')
    try:
        said = msgspec.json.decode(await request.body(), type=kind)
    except msgspec.DecodeError as error:
        raise Refusal('页面发来的内容不完整，请刷新页面再试') from error
    said.by = (person.name or said.by).strip()
    if named and not said.by:
        raise Refusal('请先写上您的姓名')
    return said


def page(
    request: Request, template: str, given: Mapping[str, object] | None = None, *, status: int = 200, **more: object
) -> HTMLResponse:
    """The template as a page, or a part of one."""
    state = request.scope.get('state', {})
    person = state.get('person')
    text = _environment().get_template(template).render(
        person=person, accounts=desk_of(request).accounts is not None, path=request.url.path, **(given or {}), **more
    )  # fmt: skip
    return HTMLResponse(text, status)


def download(data: bytes, name: str) -> Response:
    """A file of Excel or Word, or an archive of them, to be kept under this name."""
    office = 'application/vnd.openxmlformats-officedocument'
    kinds = {'.xlsx': f'{office}.spreadsheetml.sheet', '.docx': f'{office}.wordprocessingml.document', '.zip': 'application/zip'}  # fmt: skip
    return Response(
        data,
        media_type=kinds[Path(name).suffix],
        headers={'Content-Disposition': f"attachment; filename*=UTF-8''{quote(name)}"},
    )


def wants_page(request: Request) -> bool:
    """Whether a person's browser asks for a page; scripts of the page ask for JSON."""
    return 'text/html' in request.headers.get('accept', '')
