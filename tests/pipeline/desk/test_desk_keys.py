"""Each key of 核对 in a real browser: every doubt is one step, nothing else is settled with it, and what was done is taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.pipeline.desk.browsing import CHROMIUM, MISSING, chromium_browser, open_notice, running_desk, watched_page

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=MISSING)
# The sum (one doubt of the table), three doubtful places in the first line, one in the second.
DOUBTFUL = (
    '云岭市卫生健康局2025年度考核细则（20分）\n'
    '项目\t考核内容\t评分标准\t分值\t牵头科室\n'
    '安全\t满意度≥90%\t每缺一项扣0..5分；未上报的扣0.5份；超过80费以上的另行处理\t5\t医务科\n'
    '质量\t建立制度\t未建立制度不得分；每少一次扣0..3分\t4\t各科室\n'
    '服务\t优质服务\t每投诉一次扣1分\t6\t护理部\n'
)


@pytest.fixture(scope='module')
def chromium() -> Iterator[Browser]:
    with chromium_browser() as browser:
        yield browser


@pytest.fixture
def page(chromium: Browser, tmp_path: Path) -> Iterator[Page]:
    """核对 of the notice."""
    with running_desk(tmp_path, {'细则.txt': DOUBTFUL}) as address, watched_page(chromium, address) as shown:
        open_notice(shown)
        yield shown


def waiting(page: Page) -> int:
    """What the counter says."""
    return int(page.locator('#open').inner_text())


def here(page: Page) -> str:
    """The doubt that is shown."""
    found = page.locator('.read-side .doubt.here')
    assert found.count() == 1
    return found.inner_text()


def enter(page: Page) -> None:
    with page.expect_response('**/tick'):
        page.keyboard.press('Enter')


def test_n_and_p_go_from_doubt_to_doubt_and_round(page: Page) -> None:
    assert waiting(page) == 5
    seen = []
    for _ in range(5):
        page.keyboard.press('n')
        seen.append(here(page))
    assert len(set(seen)) == 5
    page.keyboard.press('n')
    assert here(page) == seen[0]
    page.keyboard.press('p')
    assert here(page) == seen[4]
    page.keyboard.press('p')
    assert here(page) == seen[3]


def test_enter_settles_the_shown_doubt_alone_and_goes_to_the_next(page: Page) -> None:
    page.keyboard.press('n')
    page.keyboard.press('n')
    first = here(page)
    assert '0..5分' in first
    enter(page)
    page.wait_for_selector('#open:text-is("4")')
    assert here(page) != first
    assert page.locator('.card:has-text("满意度") .doubt:not(.settled)').count() == 2
    page.reload()
    assert waiting(page) == 4
    assert page.locator('.card:has-text("满意度") .doubt.settled').count() == 1
    assert page.locator('.card .checked').count() == 0


def test_enter_on_the_last_doubt_of_a_line_checks_the_line_and_u_takes_both_back(page: Page) -> None:
    page.keyboard.press('p')
    assert '0..3分' in here(page)
    enter(page)
    page.wait_for_selector('.card:has-text("建立制度") .checked')
    page.reload()
    assert waiting(page) == 4
    page.wait_for_selector('.card:has-text("建立制度") .checked:has-text("张三")')
    page.keyboard.press('u')
    page.wait_for_selector('#open:text-is("5")')
    assert page.locator('.card .checked').count() == 0


def test_u_leads_back_to_what_it_takes_back(page: Page) -> None:
    page.keyboard.press('n')
    first = here(page)
    enter(page)
    page.keyboard.press('n')
    second = here(page)
    enter(page)
    for at in (second, first):
        with page.expect_navigation():
            page.keyboard.press('u')
        page.wait_for_selector('.read-side .doubt.here')
        assert here(page) == at


def test_enter_on_a_line_shows_its_doubts_first_and_checks_one_that_has_none(page: Page) -> None:
    page.click('.card:has-text("满意度") .field')
    page.keyboard.press('Enter')
    assert '0..5分' in here(page)
    assert waiting(page) == 5
    page.click('.card:has-text("优质服务") .field')
    with page.expect_response('**/decide'):
        page.keyboard.press('Enter')
    page.wait_for_selector('.card:has-text("优质服务") .checked')
    assert waiting(page) == 5


def test_e_corrects_and_the_sums_the_doubts_and_the_counter_follow(page: Page) -> None:
    assert page.locator('.alone .doubt:not(.settled)').count() == 1
    page.click('.card:has-text("优质服务") .field')
    page.keyboard.press('e')
    page.fill('dialog [name=points]', '11')
    page.click('dialog .primary')
    page.wait_for_selector('dialog .effect:has-text("改后相符")')
    page.click('dialog .primary:has-text("存下")')
    page.wait_for_selector('.card.corrected.here')
    assert waiting(page) == 4
    assert page.locator('h2 .fine:has-text("相符")').count() == 1
    assert '改过以后已经没有这个问题' in page.locator('.alone .doubt.settled').inner_text()
    page.keyboard.press('u')
    page.wait_for_selector('#open:text-is("5")')
    assert page.locator('.alone .doubt:not(.settled)').count() == 1


def test_e_at_a_doubt_settles_that_doubt_alone_with_what_is_corrected(page: Page) -> None:
    page.keyboard.press('n')
    page.keyboard.press('n')
    assert '0..5分' in here(page)
    page.keyboard.press('e')
    page.wait_for_selector('dialog[open]')
    assert page.locator('dialog [data-settles]').count() == 3
    assert page.locator('dialog [data-settles]:checked').count() == 1
    page.fill('dialog [name=criteria]', '每缺一项扣0.5分；未上报的扣0.5份；超过80费以上的另行处理')
    page.click('dialog .primary')
    page.wait_for_selector('dialog .effect:has-text("疑点已改正")')
    page.click('dialog .primary:has-text("存下")')
    page.wait_for_selector('.card.corrected .doubt.settled .badge:text-is("已改正")')
    assert waiting(page) == 4
    assert page.locator('.card:has-text("满意度") .doubt:not(.settled)').count() == 2
    page.wait_for_load_state()  # before it, nobody hears the key
    page.keyboard.press('u')
    page.wait_for_selector('#open:text-is("5")')
    assert page.locator('.card.corrected').count() == 0


def test_lines_and_doubts_are_reached_with_tab_and_their_buttons_with_them(page: Page) -> None:
    page.locator('.card:has-text("优质服务")').focus()
    assert '优质服务' in page.locator('.card.here').inner_text()
    assert '优质服务' in page.locator('.drawn td.here').nth(1).inner_text()
    page.keyboard.press('Tab')
    assert page.evaluate('document.activeElement.closest(".tools") !== null')
    page.locator('.card:has-text("建立制度") .doubt').focus()
    assert '0..3分' in here(page)
    page.keyboard.press('Tab')
    assert page.evaluate('document.activeElement.textContent') == '没有读错'
    page.keyboard.press('Enter')
    page.wait_for_selector('.card:has-text("建立制度") .doubt.settled')


def test_what_is_struck_out_takes_its_doubts_with_it(page: Page) -> None:
    page.on('dialog', lambda dialog: dialog.accept())
    page.hover('.card:has-text("建立制度")')
    page.click('.card:has-text("建立制度") [data-owner=indicators]:has-text("不是指标")')
    page.wait_for_selector('.card:has-text("建立制度")', state='detached')
    assert waiting(page) == page.locator('[data-doubt]:not(.settled)').count() == 4


def test_keys_are_letters_in_fields_and_in_dialogs(page: Page) -> None:
    page.focus('input[type=search]')
    page.keyboard.type('nnpeu')
    assert page.locator('.read-side .here').count() == 0
    page.click('.card:has-text("优质服务") .field')
    page.keyboard.press('e')
    page.wait_for_selector('dialog[open]')
    page.focus('dialog [data-why]')
    page.keyboard.type('nu')
    assert page.input_value('dialog [data-why]') == 'nu'
    page.keyboard.press('Escape')
    page.wait_for_selector('dialog[open]', state='detached')


def test_a_button_of_a_doubt_says_how_it_was_dealt_with_and_n_goes_on_from_there(page: Page) -> None:
    page.keyboard.press('n')
    page.keyboard.press('n')
    page.locator('.doubt.here button:has-text("属实")').click()
    page.wait_for_selector('.doubt.settled:has-text("属实")')
    page.wait_for_load_state('load')
    page.keyboard.press('n')
    assert '0.5份' in here(page)


def test_history_tells_in_the_time_of_the_wall_what_was_decided(page: Page) -> None:
    page.keyboard.press('n')
    enter(page)
    page.click('a:has-text("改动记录")')
    assert '时间（UTC）' not in page.locator('thead').inner_text()
    assert '疑点处理完' in page.locator('tbody').inner_text()
    assert '没有读错' in page.locator('tbody').inner_text()
