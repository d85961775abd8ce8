"""Every page of the desk in a real browser: it opens, says what it is for, its script runs, nothing hangs over the edge."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, Page

from kaohe.extractors import optional
from kaohe.pipeline.desk.accounts import add_account
from tests.pipeline.desk.browsing import CHROMIUM, MISSING, chromium_browser, open_notice, running_desk, watched_page
from tests.pipeline.desk.conftest import NOTICE
from tests.pipeline.desk.test_returns import REPORT

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=MISSING)
PASSWORD = 'long enough 9'
OFFICE = '青川市卫生健康局2025年度督查细则（10分）'


def word_notice() -> bytes:
    """A notice of Word, with an office and a leader."""
    paper = docx.Document()
    paper.add_paragraph(OFFICE)
    rows = (
        ('项目', '考核内容', '评分标准', '分值', '牵头领导', '牵头科室'),
        ('安全', '患者满意度≥90%', '每低1个百分点扣1分，扣完为止', '6', '张建国', '医务科'),
        ('质量', '建立制度', '未建立制度不得分', '4', '分管院长', '护理部'),
    )
    table = paper.add_table(rows=len(rows), cols=len(rows[0]))
    for cells, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, row, strict=True):
            cell.text = text
    written = io.BytesIO()
    paper.save(written)
    return written.getvalue()


@pytest.fixture(scope='module')
def chromium() -> Iterator[Browser]:
    with chromium_browser() as browser:
        yield browser


@pytest.fixture(scope='module')
def page(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """One desk for all pages, its notices read."""
    notices = {'考核细则.txt': NOTICE, '督查细则.docx': word_notice(), '2025年工作总结.txt': REPORT}
    with (
        running_desk(tmp_path_factory.mktemp('desk'), notices) as address,
        watched_page(chromium, address) as shown,
    ):
        shown.wait_for_selector('.notices .file:has-text("青川市")')
        shown.wait_for_selector('.notices .file:has-text("云岭市")')
        yield shown


def go(page: Page, address: str) -> None:
    page.goto(re.sub(r'(https?://[^/]+)/.*', rf'\1{address}', page.url))


def notice(page: Page, words: str) -> str:
    """The address of the page of a notice."""
    go(page, '/')
    found = page.locator(f'.notices a:has-text("{words}")').first.get_attribute('href')
    assert found is not None
    return found


def test_inbox_shows_what_is_there_and_filters(page: Page) -> None:
    go(page, '/')
    assert page.locator('.notices a:has-text("云岭市")').count() >= 1
    page.select_option('select[name=state]', 'check')
    page.click('.filters button')
    page.wait_for_url('**state=check**')
    assert page.locator('.notices .file:has-text("总结")').count() == 0


def test_offices_people_and_everybody_stand_apart_and_a_list_prints_on_paper(page: Page) -> None:
    go(page, '/offices')
    groups = dict(zip(page.locator('h2').all_inner_texts(), page.locator('.tiles').all_inner_texts(), strict=False))
    told = {title.split()[0]: names for title, names in groups.items()}
    assert '医务科' in told['科室']
    assert '护理部' in told['科室']
    assert '张建国' in told['领导和个人']
    assert '分管院长' in told['领导和个人']
    assert '各科室' in told['各科室都要做的']
    page.click('.tiles a:has-text("医务科")')
    page.wait_for_load_state()  # with its style
    assert page.locator('tbody tr').count() >= 2
    page.emulate_media(media='print')
    try:
        page.locator('.filters').wait_for(state='hidden')
        assert page.locator('.signature').is_visible()
    finally:
        page.emulate_media(media='screen')


def test_a_form_asks_whose_it_is_before_it_is_stored(page: Page) -> None:
    go(page, '/scores')
    page.locator('tr:has-text("青川市") a:has-text("在网页上填")').click()
    page.wait_for_selector('#total:has-text("满分 10")')
    assert page.locator('input[placeholder]:not([type=search])').count() == 0
    page.locator('input[data-input]').first.fill('88')
    page.wait_for_selector('.got:has-text("得 4")')
    page.click('#keep')
    page.wait_for_selector('dialog[open] #whose-assessed')
    page.click('dialog button:has-text("先不存")')
    page.wait_for_selector('#toast:has-text("没有存")')
    page.click('#keep')
    page.fill('#whose-assessed', '青川医院')
    page.fill('#whose-period', ' ')
    page.click('dialog .primary')
    page.wait_for_selector('dialog[open]')
    page.fill('#whose-period', '2025')
    page.click('dialog .primary')
    page.wait_for_selector('#toast:has-text("已存下：青川医院，2025")')
    go(page, '/scores')
    page.click('tr:has-text("青川医院") a:has-text("失分清单")')
    assert '2' in page.locator('main').inner_text()


def test_the_form_of_an_office_counts_its_lines_alone_and_says_so(page: Page) -> None:
    go(page, '/scores')
    page.locator('tr:has-text("青川市") a:has-text("在网页上填")').click()
    page.select_option('select[name=office]', '护理部')
    page.click('.filters button')
    page.wait_for_selector('#total:has-text("只算护理部自评表上的 1 条")')
    assert '满分 4' in page.locator('#total').inner_text()
    assert page.input_value('#assessed') == '护理部'


def test_returned_sheets_reports_and_comparisons_have_their_pages(page: Page) -> None:
    go(page, '/scores')
    page.locator('tr:has-text("青川市") a:has-text("收回情况")').click()
    assert '还没有交的' in page.locator('main').inner_text()
    go(page, '/scores')
    page.locator('tr:has-text("青川市") a:has-text("从总结里找答案")').click()
    page.select_option('select[name=report]', index=1)
    page.click('.filters button')
    page.wait_for_selector('.proposal')
    go(page, '/compare')
    page.select_option('select[name=before]', index=1)
    page.select_option('select[name=after]', index=2)
    page.locator('main form button').first.click()
    page.wait_for_selector('main table, main .soft')


def test_questions_and_words_are_answered(page: Page) -> None:
    go(page, '/questions')
    page.locator('main a[href*="/questions/"]').first.click()
    assert page.locator('main table').count() == 1
    page.fill('input[type=search]', '满意度')
    page.press('input[type=search]', 'Enter')
    page.wait_for_selector('mark')
    page.locator('main .hits a, main li a').first.click()
    page.wait_for_selector('.card')


def test_help_makes_a_backup(page: Page) -> None:
    go(page, '/help')
    page.click('button:has-text("现在备份")')
    page.wait_for_selector('#toast.shown')
    assert 'bad' not in (page.locator('#toast').get_attribute('class') or '')


def test_history_print_and_what_is_not_there(page: Page) -> None:
    address = notice(page, '云岭市')
    go(page, f'{address}/history')
    assert page.locator('h1:has-text("改动记录")').count() == 1
    go(page, f'{address}/print')
    assert '核对人' in page.locator('main').inner_text()
    go(page, '/notice/d_nothing')
    assert '没有这一页' in page.locator('main').inner_text()


def test_a_row_leads_to_the_tables_or_says_whom_to_ask(page: Page) -> None:
    address = notice(page, '云岭市')
    go(page, f'/rows/{address.rsplit("/", 1)[1]}/table')
    assert '请信息科' in page.locator('main').inner_text()


@pytest.mark.skipif(
    optional.office_program() is None, reason='no LibreOffice: the table as drawn from the cells stays alone'
)
def test_a_notice_of_word_is_shown_as_pages_beside_its_cells(page: Page) -> None:
    go(page, notice(page, '青川市'))
    assert page.locator('#cells .drawn').is_visible()
    page.wait_for_selector('#views:not([hidden])', timeout=120_000)
    page.click('[data-view=pages]')
    image = page.locator('#laid-out img').first
    image.scroll_into_view_if_needed()
    page.wait_for_selector('#laid-out img')
    assert not page.locator('#cells').is_visible()
    assert image.evaluate('image => image.decode().then(() => image.naturalWidth)') > 500
    page.click('[data-view=cells]')
    assert page.locator('#cells .drawn').is_visible()


def test_people_sign_in_and_out(chromium: Browser, tmp_path: Path) -> None:
    users = tmp_path / 'users.json'
    add_account(users, '李四', '核对', PASSWORD)
    with (
        running_desk(tmp_path, {'考核细则.txt': NOTICE}, '--users', str(users)) as address,
        watched_page(chromium, address, name=None) as shown,
    ):
        assert shown.url.endswith('/sign-in')
        shown.fill('[name=name]', '李四')
        shown.fill('[name=password]', 'not this one')
        shown.press('[name=password]', 'Enter')
        shown.wait_for_selector('.why')
        shown.fill('[name=name]', '李四')
        shown.fill('[name=password]', PASSWORD)
        shown.press('[name=password]', 'Enter')
        shown.wait_for_selector('.notices a')
        open_notice(shown)
        shown.on('dialog', lambda dialog: dialog.accept())
        shown.click('[data-do=sign]')
        shown.wait_for_selector('.heading .fine:has-text("李四")')
        shown.click('.who button')
        shown.wait_for_url('**/sign-in')
