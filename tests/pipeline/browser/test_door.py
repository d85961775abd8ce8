"""The door of a local server lets through only what is for it, and from whom it is for."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from kaohe.pipeline.browser.door import Door, new_token
from tests.pipeline.asgi import Asked

HOST = '127.0.0.1:8008'


async def _page(request: Request) -> PlainTextResponse:
    return PlainTextResponse('目录')


def client(token: str | None, host: str = HOST) -> Asked:
    app = Starlette(routes=[Route('/', _page, methods=['GET', 'POST'])])
    return Asked(Door(app, hosts=[HOST], token=token), f'http://{host}')


def test_the_token_of_the_address_becomes_a_cookie_and_leaves_the_address() -> None:
    token = new_token()
    browser = client(token)
    assert browser.get('/').status_code == 403
    first = browser.get('/', params={'token': token})
    assert (first.status_code, first.headers['location']) == (303, '/')
    assert 'HttpOnly' in first.headers['set-cookie']
    assert browser.get('/').text == '目录'


def test_another_token_opens_nothing() -> None:
    assert client(new_token()).get('/', params={'token': new_token()}).status_code == 403


@pytest.mark.parametrize('host', ['evil.example:8008', '127.0.0.1:80', 'localhost.evil.example:8008'])
def test_a_strange_host_is_refused_even_with_the_token(host: str) -> None:
    token = new_token()
    assert client(token, host).get('/', params={'token': token}).status_code == 421


@pytest.mark.parametrize('headers', [{}, {'origin': 'http://evil.example'}, {'referer': 'http://evil.example/a'}, {'origin': 'null'}])  # fmt: skip
def test_a_change_that_comes_from_elsewhere_is_refused(headers: dict[str, str]) -> None:
    assert client(None).post('/', headers=headers).status_code == 403


def test_a_change_from_a_page_of_the_server_comes_in() -> None:
    assert client(None).post('/', headers={'origin': f'http://{HOST}'}).text == '目录'


def test_answers_are_closed_to_other_pages() -> None:
    headers = client(None).get('/').headers
    assert "frame-ancestors 'none'" in headers['content-security-policy']
    assert headers['x-content-type-options'] == 'nosniff'
    assert headers['cache-control'] == 'no-store'
