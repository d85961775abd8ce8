"""A real browser before hostile files: nothing that a file says is run, and a browser that goes away in the middle leaves nothing half."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser

from tests.pipeline.desk.browsing import CHROMIUM, MISSING, chromium_browser, running_desk, watched_page
from tests.pipeline.desk.conftest import NOTICE

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=MISSING)
ATTACK = "<script>window.taken=1</script><svg onload='window.taken=2'></svg><img src=x onerror='window.taken=3'>javascript:window.taken=4"
TITLE = '青川市卫生健康局2025年度督查细则（5分）'


def word_file() -> bytes:
    paper = docx.Document()
    paper.core_properties.title = ATTACK
    paper.add_paragraph(TITLE + ATTACK)
    rows = (('项目', '考核内容', '评分标准', '分值', '牵头科室'), (f'安全{ATTACK}', f'建立制度{ATTACK}', f'每缺1项扣1分{ATTACK}', '5', f'医务科{ATTACK}'))  # fmt: skip
    table = paper.add_table(rows=2, cols=5)
    for cells, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, row, strict=True):
            cell.text = text
    written = io.BytesIO()
    paper.save(written)
    return written.getvalue()


def web_file() -> str:
    shown = ATTACK.replace('<', '&lt;')
    return (
        f'<html><head><title>{TITLE}</title><script>window.taken=5</script><base href="http://evil.example/"></head><body onload="window.taken=6">'
        f'<table><tr><th>考核内容</th><th>评分标准</th><th>分值</th></tr><tr><td>建立制度{ATTACK}{shown}</td><td>每缺1项扣1分{shown}</td><td>5</td></tr></table>'
        '<iframe srcdoc="<script>parent.taken=7</script>"></iframe></body></html>'
    )


@pytest.fixture(scope='module')
def chromium() -> Iterator[Browser]:
    with chromium_browser() as browser:
        yield browser


def test_nothing_of_a_hostile_file_is_run_on_any_page(chromium: Browser, tmp_path: Path) -> None:
    picture = f'<svg xmlns="http://www.w3.org/2000/svg" onload="window.taken=8"><text>{TITLE}</text></svg>'
    files = {
        '恶意.docx': word_file(),
        '恶意.html': web_file(),
        '恶意.svg': picture,
        "<img src=x onerror='window.taken=9'>.txt": NOTICE,
    }
    files = {name.replace('/', '_'): data for name, data in files.items()}
    with running_desk(tmp_path, files) as address, watched_page(chromium, address) as page:
        page.wait_for_selector('.notices a >> nth=3', timeout=60_000)
        asked: list[str] = []
        page.on('dialog', lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
        page.on('request', lambda request: asked.append(request.url) if 'evil' in request.url else None)
        base = re.sub(r'(https?://[^/]+)/.*', r'\1', page.url)
        notices = page.eval_on_selector_all('.notices a', 'all => all.map((one) => one.getAttribute("href"))')
        assert len(notices) == 4
        pages = [
            *notices,
            *(f'{one}/print' for one in notices),
            *(one.replace('/notice/', '/scores/') for one in notices),
        ]
        for path in (
            '/',
            '/offices',
            '/scores',
            '/compare',
            '/questions/1',
            '/search?q=taken',
            f'/search?q={ATTACK}',
            *pages,
        ):
            page.goto(base + path)
            page.wait_for_load_state('load')
            assert page.evaluate('window.taken') is None, path
            assert (
                page.locator(
                    'main script, main iframe, main base, main img[src=x], main [onload], main [onerror]'
                ).count()
                == 0
            ), path
        assert asked == []


def test_a_browser_that_goes_away_while_it_uploads_leaves_nothing_half(chromium: Browser, tmp_path: Path) -> None:
    large = tmp_path / '大.pdf'
    with large.open('wb') as file:
        file.truncate(200 << 20)
    with running_desk(tmp_path, {'考核细则.txt': NOTICE}) as address:
        with watched_page(chromium, address) as page:
            page.wait_for_selector('.notices a')
            page.set_input_files('#files', str(large))
        inbox = tmp_path / '收件夹'
        until = time.monotonic() + 60
        while list(inbox.glob('.*.part')) and time.monotonic() < until:
            time.sleep(0.1)
        assert not list(inbox.glob('.*.part'))
        assert [path.stat().st_size for path in inbox.glob('大*')] in ([], [200 << 20])
        with watched_page(chromium, address) as page:
            page.wait_for_selector('.notices a:has-text("云岭市")')
