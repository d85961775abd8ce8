"""Files that people drop: their names, their contents, and what lies in the inbox already."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaohe.pipeline.desk import uploads
from kaohe.pipeline.desk.inbox_reading import InboxReading
from kaohe.pipeline.desk.source_side.page_pictures import Pictures
from kaohe.pipeline.desk.state import Desk
from kaohe.pipeline.desk.uploads import safe_name
from kaohe.pipeline.ingestion import run
from kaohe.pipeline.planning.plan import Work
from kaohe.pipeline.readers import pool
from kaohe.pipeline.readers.reading import Reading
from kaohe.pipeline.refusal import Refusal
from tests.pipeline.asgi import Asked
from tests.pipeline.desk.conftest import NOTICE, asking

HERE = {'origin': 'http://127.0.0.1:8010', 'accept': 'application/json'}


def put(browser: Asked, name: str, content: bytes):  # type: ignore[no-untyped-def]
    return browser.post('/upload', headers=HERE | {'x-name': quote(name, safe='')}, content=content)


def test_a_dropped_file_lies_in_the_inbox_and_is_read(browser: Asked, desk: Desk) -> None:
    answer = put(browser, '2025/新通知.txt', NOTICE.replace('安全', '保卫').encode())
    assert answer.json()['results'][0]['lines'] == 2
    assert (desk.inbox / '2025' / '新通知.txt').is_file()
    assert '保卫' in browser.get(f'/notice/{answer.json()["results"][0]["document"]}').text


def test_nothing_in_the_inbox_is_ever_replaced(browser: Asked, desk: Desk) -> None:
    assert put(browser, '考核细则.txt', NOTICE.encode()).json()['known']
    assert put(browser, '考核细则.txt', b'other').json()['source'] == '考核细则（2）.txt'
    assert (desk.inbox / '考核细则.txt').read_text('utf-8') == NOTICE
    assert not list(desk.inbox.glob('.*'))


@pytest.mark.parametrize('name', ['../../etc/passwd', '..\\..\\a.txt', '/etc/passwd', 'C:\\a.txt', 'a/../../b.txt', 'con.txt', 'a\x00b.txt', 'x' * 4000 + '.txt'])  # fmt: skip
def test_a_name_never_leads_out_of_the_inbox(browser: Asked, desk: Desk, name: str) -> None:
    before = {path for path in desk.inbox.parent.parent.rglob('*') if path.suffix in ('.txt', '') and path.is_file()}
    put(browser, name, b'\xe8\x80\x83')
    after = {path for path in desk.inbox.parent.parent.rglob('*') if path.suffix in ('.txt', '') and path.is_file()}
    assert all(path.is_relative_to(desk.inbox) for path in after - before if path.name != 'kaohe.log')


@pytest.mark.parametrize('name', ['con.txt', 'NUL', 'nul .txt', 'com1.docx', 'COM¹.txt', 'lpt³', 'CONIN$', 'conout$.txt', 'a/aux/b.txt'])  # fmt: skip
def test_no_name_opens_a_device_of_windows(name: str) -> None:
    wanted = name.split('/')
    assert safe_name(name).parts == tuple(part if part in ('a', 'b.txt') else f'_{part}' for part in wanted)


@pytest.mark.parametrize('name', ['condition.txt', 'com10.txt', '考核nul.txt', 'auxiliary'])
def test_names_that_only_begin_so_stay(name: str) -> None:
    assert str(safe_name(name)) == name


@given(st.text(max_size=60))
def test_every_name_is_safe_or_refused(told: str) -> None:
    try:
        name = safe_name(told)
    except Refusal:
        return
    assert not name.is_absolute()
    assert '..' not in name.parts
    assert all(0 < len(part.encode()) <= 255 for part in name.parts)


@pytest.mark.parametrize('name', ['', '..', '.hidden.txt', '~$考核.docx', 'Thumbs.db', 'a.crdownload'])
def test_what_is_no_notice_by_its_name_is_refused(browser: Asked, desk: Desk, name: str) -> None:
    assert put(browser, name, b'x').status_code == 422
    assert [path.name for path in desk.inbox.iterdir()] == ['考核细则.txt']


def test_what_is_too_large_is_refused_and_leaves_nothing(
    browser: Asked, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, 'MOST_BYTES', 10)
    assert put(browser, '大.txt', b'x' * 11).status_code == 422
    assert [path.name for path in desk.inbox.iterdir()] == ['考核细则.txt']


def test_a_link_in_the_inbox_leads_nowhere(browser: Asked, desk: Desk, tmp_path: Path) -> None:
    outside = tmp_path / 'outside'
    outside.mkdir()
    (desk.inbox / '链接').symlink_to(outside)
    assert put(browser, '链接/a.txt', b'x').status_code == 422
    assert not list(outside.iterdir())


def test_a_file_that_cannot_be_read_says_why_and_the_others_stay(browser: Asked) -> None:
    answer = put(browser, '坏.docx', b'PK\x03\x04broken').json()
    assert answer['results'][0]['status'] == 'failed'
    page = browser.get('/', headers={'accept': 'text/html'}).text
    assert '怎么办' in page
    assert '云岭市卫生健康局' in page


def test_nobody_waits_for_a_file_that_is_being_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    reading, go_on = Event(), Event()
    usual = pool.Readers

    @contextmanager
    def slow(works: Sequence[Work], jobs: int, *, forked: bool) -> Iterator[Iterator[tuple[Work, Reading]]]:
        def one_by_one(readings: Iterable[tuple[Work, Reading]]) -> Iterator[tuple[Work, Reading]]:
            for done in readings:
                if done[0].candidates[0].source == '长.txt':
                    reading.set()
                    assert go_on.wait(60)
                yield done

        with usual(works, jobs, forked=forked) as readings:
            yield one_by_one(readings)

    monkeypatch.setattr(pool, 'Readers', slow)
    (desk.inbox / '长.txt').write_text(NOTICE.replace('云岭', '青川'), 'utf-8')
    long = Thread(target=desk.reading.read_now, args=('长.txt',))
    long.start()
    assert reading.wait(60)
    (desk.inbox / '短.txt').write_text(NOTICE.replace('云岭', '青禾'), 'utf-8')
    (short,) = desk.reading.read_now('短.txt').of('stored')
    assert short.summary is not None
    assert short.summary.lines == 2
    assert desk.reading.under_way == ('长.txt',)
    go_on.set()
    long.join(60)
    with closing(sqlite3.connect(desk.database)) as connection:
        assert connection.execute('SELECT count(*) FROM documents').fetchone() == (3,)
    assert not desk.database.with_name('catalogue.db.lock').exists()


@pytest.mark.parametrize('full', [True, False])
def test_while_the_inbox_is_read_for_the_first_time_the_list_says_so(
    full: bool, inbox: Path, tmp_path: Path, in_this_process: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if full:
        (inbox / '细则.txt').write_text(NOTICE, 'utf-8')
    go_on, usual = Event(), run.make_plan

    def later(*arguments: Any, **options: Any) -> Any:
        assert go_on.wait(60)
        return usual(*arguments, **options)

    monkeypatch.setattr(run, 'make_plan', later)
    reading = InboxReading(inbox, tmp_path / 'catalogue.db', tmp_path / 'decisions', 1)
    desk = Desk(tmp_path / 'catalogue.db', inbox, tmp_path / 'decisions', reading, Pictures())
    browser = asking(desk)
    reading.start()
    try:
        before, version = browser.get('/notices').text, reading.version
        assert '正在读入收件夹里的文件……' in before
        assert '还没有通知' not in before
        go_on.set()
        end = monotonic() + 60
        while reading.beginning:
            assert monotonic() < end
            sleep(0.05)
        after = browser.get('/notices').text
        assert '正在读入收件夹里的文件……' not in after
        assert ('细则.txt' in after, '还没有通知' in after) == (full, not full)
        assert reading.version > version
    finally:
        go_on.set()
        reading.end()
        desk.pictures.end()


def test_a_file_of_an_inbox_below_the_usual_one_keeps_its_name(desk: Desk, inbox: Path) -> None:
    below = Path('data/raw/科室')
    below.mkdir()
    (below / '细则.txt').write_text(NOTICE.replace('云岭', '青禾'), 'utf-8')
    other = InboxReading(below, desk.database, desk.decisions, 1)
    (result,) = other.read_now('细则.txt').of('stored')
    assert result.source == '科室/细则.txt'
