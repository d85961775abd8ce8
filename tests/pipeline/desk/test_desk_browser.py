"""The desk in a real browser: dropping, the keys, the dialogs, and every page without an error."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page

from tests.pipeline.desk.browsing import CHROMIUM, MISSING, chromium_browser, open_notice, running_desk, watched_page
from tests.pipeline.desk.conftest import NOTICE

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=MISSING)


@pytest.fixture(scope='module')
def chromium() -> Iterator[Browser]:
    with chromium_browser() as browser:
        yield browser


@pytest.fixture
def page(chromium: Browser, tmp_path: Path) -> Iterator[Page]:
    """The first page, the notice read."""
    with running_desk(tmp_path, {'考核细则.txt': NOTICE}) as address, watched_page(chromium, address) as shown:
        shown.wait_for_selector('.notices a')
        yield shown


def test_the_token_leaves_the_address_and_the_pages_hold_together(page: Page) -> None:
    assert 'token' not in page.url
    for name in ('科室', '比较', '查询', '帮助', '收件'):
        page.click(f'.top nav a:text-is("{name}")')
        page.wait_for_load_state()
        page.wait_for_selector('h1')
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


def test_a_value_out_of_the_ordinary_is_asked_about_before_it_is_stored(page: Page) -> None:
    open_notice(page)
    for store in (False, True):
        page.click('.card:has-text("建立制度") .field')
        page.keyboard.press('e')
        page.fill('dialog [name=points]', '2000')
        page.click('dialog .primary')
        page.wait_for_selector('dialog .effect:has-text("“分值”2000 比整张表的总分 10 还多，请核对是不是笔误")')
        page.reload() if not store else page.click('dialog .primary:has-text("存下")')
        page.wait_for_selector(f'.card:has-text("建立制度") .points:has-text("{2000 if store else 4} 分")')


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
