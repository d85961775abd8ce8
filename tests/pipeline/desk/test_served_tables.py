"""Where the tables of ``kaohe serve`` are offered: to who sits at this machine, while they show this desk's catalogue."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx
import pytest
from starlette.responses import PlainTextResponse

from kaohe.pipeline.browser.door import Door
from kaohe.pipeline.browser.shown_catalogue import naming
from kaohe.pipeline.desk.app import make_app
from kaohe.pipeline.desk.state import Desk
from tests.pipeline.asgi import Asked
from tests.pipeline.desk.conftest import HOST
from tests.pipeline.desk.test_review import PAGE, notice_of

OFFERED = '>数据表</a>'


@contextmanager
def serving(database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Something on this machine that says that it shows this catalogue."""
    shown = Asked(naming(PlainTextResponse('no'), database), 'http://x').get('/-/shown').content

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(shown)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is logged."""

    with HTTPServer(('127.0.0.1', 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setattr('kaohe.pipeline.desk.served_tables.PORT', server.server_port)
        yield server.server_port
        server.shutdown()


def asked_from(desk: Desk, address: str, path: str) -> httpx.Response:
    """What the desk answers to somebody at this address."""

    async def once() -> httpx.Response:
        app = Door(make_app(desk), hosts=[HOST], token=None)
        transport = httpx.ASGITransport(app=app, client=(address, 4000))
        async with httpx.AsyncClient(transport=transport, base_url=f'http://{HOST}', headers=PAGE) as browser:
            return await browser.get(path)

    return asyncio.run(once())


def test_the_row_is_found_in_the_tables_where_they_show_this_catalogue(
    browser: Asked, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = notice_of(browser)
    document = notice.removeprefix('/notice/')
    with serving(desk.database, monkeypatch) as port:
        assert OFFERED in browser.get(notice, headers=PAGE).text
        led = browser.get(f'/rows/{document}/table')
        assert led.headers['location'] == f'http://127.0.0.1:{port}/catalogue/documents/{document}'
    assert OFFERED not in browser.get(notice, headers=PAGE).text
    answer = browser.get(f'/rows/{document}/table', headers=PAGE)
    assert answer.status_code == 503
    assert '信息科' in answer.text


def test_tables_of_another_catalogue_are_not_offered(
    browser: Asked, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(desk.database.with_name('other.db'), monkeypatch):
        assert OFFERED not in browser.get(notice_of(browser), headers=PAGE).text


def test_a_colleague_is_not_led_to_their_own_machine(
    browser: Asked, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = notice_of(browser)
    with serving(desk.database, monkeypatch):
        assert OFFERED in asked_from(desk, '127.0.0.1', notice).text
        assert OFFERED not in asked_from(desk, '192.0.2.7', notice).text
        row = notice.replace('/notice/', '/rows/') + '/table'
        assert asked_from(desk, '192.0.2.7', row).status_code == 503
