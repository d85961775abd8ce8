"""The desk in a real browser: dropping, the keys, the dialogs, and every page without an error."""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, sync_playwright

from tests.pipeline.desk.conftest import NOTICE

CHROMIUM = next(
    (found for name in ('chromium', 'chromium-browser', 'google-chrome') if (found := shutil.which(name))), None
)
ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason='no browser')
# The program's own words only: without these Chromium asks the world for updates.
QUIET = ('--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync')  # fmt: skip


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """The address of a running desk over an inbox with one notice."""
    inbox = tmp_path / '收件夹'
    inbox.mkdir()
    (inbox / '考核细则.txt').write_text(NOTICE, 'utf-8')
    command = [
        sys.executable,
        '-m',
        'kaohe',
        'desk',
        str(inbox),
        '--db',
        str(tmp_path / 'c.db'),
        '--decisions',
        str(tmp_path / 'd'),
    ]
    environment = os.environ | {'PYTHONUNBUFFERED': '1', 'PYTHONUTF8': '1', 'PYTHONPATH': str(ROOT / 'src')}
    process = subprocess.Popen(
        [*command, '--port', '0', '--no-open'], stdout=subprocess.PIPE, encoding='utf-8', env=environment
    )
    assert process.stdout is not None
    try:
        found = re.search(r'http\S+', process.stdout.readline())
        assert found is not None
        yield found[0]
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) in (0, 130)
        process.stdout.close()


@pytest.fixture(scope='module')
def chromium() -> Iterator[Browser]:
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))  # a browser claims more than any reader may
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    """The first page, the notice read; its script must not fail."""
    shown = chromium.new_page(viewport={'width': 1366, 'height': 768})
    failed: list[str] = []
    shown.on('pageerror', lambda error: failed.append(str(error)))
    shown.on(
        'console', lambda told: failed.append(told.text) if told.type == 'error' and '422' not in told.text else None
    )
    shown.goto(address)
    shown.evaluate("localStorage.setItem('kaohe-name', '张三')")
    shown.wait_for_selector('.notices a', timeout=30_000)
    yield shown
    shown.close()
    assert failed == []


def open_notice(page: Page) -> None:
    page.click('.notices a')
    page.wait_for_selector('.card')
    page.wait_for_load_state('load')


def test_the_token_leaves_the_address_and_the_pages_hold_together(page: Page) -> None:
    assert 'token' not in page.url
    for name in ('科室', '比较', '查询', '帮助', '收件'):
        page.click(f'.top nav a:text-is("{name}")')
        assert page.locator('h1').count() == 1


def test_a_file_that_is_dropped_is_read_while_one_looks(page: Page, tmp_path: Path) -> None:
    other = tmp_path / '另一份.txt'
    other.write_text(NOTICE.replace('云岭市', '青禾市'), 'utf-8')
    page.set_input_files('#files', str(other))
    page.wait_for_selector('#progress .fine', timeout=30_000)
    page.wait_for_selector('.notices .file:has-text("青禾市")', timeout=10_000)


def test_a_click_on_either_side_shows_the_other(page: Page) -> None:
    open_notice(page)
    page.click('.drawn td:has-text("未建立制度不得分")')
    assert '建立制度' in page.locator('.card.here').inner_text()
    page.click('.card:has-text("满意度") .field')
    assert '满意度' in page.locator('.drawn td.here').nth(1).inner_text()


def test_the_keys_go_through_the_doubts_and_correct_and_take_back(page: Page) -> None:
    open_notice(page)
    page.keyboard.press('n')
    assert page.locator('.doubt.here').count() == 1
    page.click('.card:has-text("建立制度") .field')
    page.keyboard.press('e')
    page.fill('dialog [name=points]', '5')
    page.click('dialog .primary')
    page.wait_for_selector('dialog .effect:has-text("改后相符")')
    page.click('dialog .primary:has-text("存下")')
    page.wait_for_selector('.card.corrected.here')  # the page's script has run
    page.keyboard.press('u')
    page.wait_for_selector('.card.corrected', state='detached')


def test_what_cannot_stand_is_said_in_the_dialog(page: Page) -> None:
    open_notice(page)
    page.click('.card:has-text("建立制度") .field')
    page.keyboard.press('e')
    page.fill('dialog [name=points]', '五分钟')
    page.click('dialog .primary')
    page.wait_for_selector('dialog .why:has-text("要填数")')
    page.keyboard.press('Escape')


def test_enter_says_that_a_line_is_right_and_p_goes_back(page: Page) -> None:
    open_notice(page)
    page.click('.card:has-text("满意度") .field')
    with page.expect_response('**/decide'):
        page.keyboard.press('Enter')
    page.keyboard.press('p')
    assert page.locator('.doubt.here').count() == 1
    page.reload()
    page.wait_for_selector('.card:has-text("张三")')


def test_signing_asks_and_is_shown(page: Page) -> None:
    open_notice(page)

    def agree(dialog: Dialog) -> None:
        dialog.accept()

    page.on('dialog', agree)
    page.click('[data-do=sign]')
    page.wait_for_selector('.heading .fine:has-text("核对签字")')


@pytest.mark.parametrize('width', [1366, 390])
def test_no_page_is_wider_than_the_screen(page: Page, width: int) -> None:
    page.set_viewport_size({'width': width, 'height': 800})
    addresses = ['/', page.locator('.notices a').first.get_attribute('href'), '/offices', '/questions', '/help']
    base = page.url.rstrip('/')
    for address in addresses:
        page.goto(f'{base}{address}')
        assert page.evaluate('document.documentElement.scrollWidth') <= width, address
