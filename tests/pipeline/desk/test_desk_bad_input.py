"""What must not get through a desk, and what it must survive: nothing is lost, nothing is executed, and the page says what is the matter."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from threading import Event, Thread

import pytest
from lxml import etree, html
from starlette.requests import ClientDisconnect

from kaohe.pipeline.decisions.log.log_files import read_log
from kaohe.pipeline.desk.state import Desk
from kaohe.pipeline.desk.uploads import MOST_BYTES, receive
from kaohe.pipeline.system.lock import alone
from tests.pipeline.asgi import Asked
from tests.pipeline.desk.conftest import NOTICE
from tests.pipeline.desk.test_review import HERE, PAGE, ask, line_of, notice_of, points, shown
from tests.pipeline.desk.test_uploads import put

HOSTILE = '<script>alert(1)</script><svg onload=alert(2)><img src=x onerror=alert(3)>'


@pytest.mark.parametrize(
    'headers', [{'host': 'evil.example'}, {'host': 'evil.example:8010'}, {'origin': 'http://evil.example'}, {'origin': 'null'}, {}],
)  # fmt: skip
def test_who_asks_from_elsewhere_changes_nothing(browser: Asked, desk: Desk, headers: dict[str, str]) -> None:
    line = line_of(browser, '建立制度')
    told = f'{{"steps": [{{"do": "correct", "owner": "indicators", "row": "{line}", "values": {{"points": "9"}}}}], "by": "x", "seen": "", "store": true}}'
    sent = {'accept': 'application/json', 'host': '127.0.0.1:8010'} | headers
    assert browser.post(f'{notice_of(browser)}/decide', headers=sent, content=told).status_code in (400, 403, 421)
    assert browser.post('/upload', headers=sent | {'x-name': 'a.txt'}, content=b'x').status_code in (400, 403, 421)
    assert read_log(desk.decisions).decisions == ()
    assert not (desk.inbox / 'a.txt').exists()


@pytest.mark.parametrize('length', [str(2 << 30), str(MOST_BYTES + 1), 'many', '-1'])
def test_two_gigabytes_are_refused_before_a_byte_is_stored(browser: Asked, desk: Desk, length: str) -> None:
    headers = HERE | {'x-name': 'film.mp4', 'content-length': length}
    answer = browser.post('/upload', headers=headers, content=b'x')
    assert answer.status_code in (200, 422)
    if length.isdecimal():
        assert answer.status_code == 422
        assert '没有收下' in answer.json()['why']
        assert [path.name for path in desk.inbox.iterdir()] == ['考核细则.txt']


def test_three_thousand_files_at_once_are_all_there(desk: Desk) -> None:
    async def body(number: int) -> AsyncIterator[bytes]:
        yield f'第 {number} 份'.encode()

    async def every() -> list[tuple[str, bool]]:
        return await asyncio.gather(
            *(receive(body(number), f'同名{number % 30}.txt', desk.inbox) for number in range(3000))
        )

    placed = asyncio.run(every())
    assert len({name for name, _ in placed}) == 3000
    assert sum(path.stat().st_size > 0 for path in desk.inbox.glob('同名*')) == 3000
    assert not list(desk.inbox.glob('.*'))


def test_a_browser_that_closes_in_the_middle_leaves_nothing_half(desk: Desk) -> None:
    async def body() -> AsyncIterator[bytes]:
        yield b'first half'
        raise ClientDisconnect

    with pytest.raises(ClientDisconnect):
        asyncio.run(receive(body(), '断了.txt', desk.inbox))
    assert [path.name for path in desk.inbox.iterdir()] == ['考核细则.txt']


@pytest.mark.parametrize('name', ['坏.html', '坏.txt', '坏.svg', '<svg onload=alert(1)>.txt', '坏.xml'])
def test_what_a_file_says_is_shown_and_never_run(browser: Asked, name: str) -> None:
    if name == '坏.html':
        escaped = HOSTILE.replace('<', '&lt;')
        text = f'<title>{escaped}</title><table><tr><th>考核内容</th><th>评分标准</th><th>分值</th></tr><tr><td>{HOSTILE}{escaped}</td><td>每少1项扣1分{HOSTILE}</td><td>5</td></tr></table>'
    else:
        text = NOTICE.replace('建立制度', HOSTILE)
    answer = put(browser, name, text.encode())
    assert answer.status_code == 200
    pages = ['/', '/notices', '/offices', '/search?q=alert', '/scores']
    pages += [f'/notice/{one["document"]}' for one in answer.json()['results'] if one['document']]
    for page in pages:
        shown = browser.get(page, headers=PAGE)
        for element in html.document_fromstring(shown.text).iter(etree.Element):
            assert not [name for name in element.attrib if name.startswith('on')], page
            assert element.tag not in ('script', 'img') or element.get('src', '').startswith(
                ('/static/', '/notice/')
            ), page
        policy = shown.headers['content-security-policy']
        assert "default-src 'none'" in policy or "default-src 'self'" in policy
        assert 'unsafe-inline' not in policy


def test_a_change_waits_for_a_run_that_writes_and_pages_do_not(browser: Asked, desk: Desk) -> None:
    held, go_on = Event(), Event()

    def run() -> None:
        with alone(desk.database, lambda: None):
            held.set()
            go_on.wait(10)

    other = Thread(target=run)
    other.start()
    held.wait(10)
    assert '2 条合计 9 分' in shown(browser)
    change = points(browser, '建立制度', '5')
    Thread(target=lambda: (go_on.wait(0.3), go_on.set())).start()
    assert ask(browser, change).json()['stored']
    other.join()
    assert '2 条合计 10 分' in shown(browser)


def test_folders_that_are_taken_away_cost_no_page_and_no_decision(browser: Asked, desk: Desk) -> None:
    shutil.rmtree(desk.inbox)
    assert '2 条合计 9 分' in shown(browser)
    assert '原件已不在收件夹' in shown(browser)
    assert ask(browser, points(browser, '建立制度', '5')).json()['stored']
    assert put(browser, '新.txt', NOTICE.replace('安全', '保卫').encode()).status_code == 200
    assert (desk.inbox / '新.txt').is_file()
    shutil.rmtree(desk.database.parent)
    for page in ('/', '/offices', '/scores', '/questions', '/help', '/compare', '/search?q=分'):
        assert browser.get(page, headers=PAGE).status_code == 200, page
    assert len(read_log(desk.decisions).decisions) == 1


def test_an_upload_into_a_folder_without_room_is_refused(
    browser: Asked, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, 'No space left on device')

    monkeypatch.setattr('kaohe.pipeline.desk.uploads.os.fsync', full)
    answer = put(browser, '满.txt', b'x')
    assert (answer.status_code, '磁盘空间' in answer.json()['why']) == (422, True)
    assert [path.name for path in Path(desk.inbox).iterdir()] == ['考核细则.txt']


def test_a_log_that_was_deleted_is_missed_on_the_page_that_says_where_it_is(browser: Asked, desk: Desk) -> None:
    assert ask(browser, points(browser, '建立制度', '5')).json()['stored']
    assert '不在更正记录' not in browser.get('/help', headers=PAGE).text
    shutil.rmtree(desk.decisions)
    told = browser.get('/help', headers=PAGE).text
    assert '有 1 条更正或核对不在更正记录' in told
    assert '请先在“帮助”页点“现在备份”留一份' in told
