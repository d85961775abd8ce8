"""Every page of the desk at both widths: axe-core finds no serious fault, nothing hangs over the edge, all of it is reached by keyboard."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from kaohe.pipeline.desk.accounts import add_account
from tests.pipeline.desk.browsing import CHROMIUM, MISSING, ROOT, chromium_browser, running_desk, watched_page
from tests.pipeline.desk.conftest import NOTICE
from tests.pipeline.desk.test_desk_keys import DOUBTFUL
from tests.pipeline.desk.test_desk_pages import word_notice
from tests.pipeline.desk.test_returns import REPORT

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=MISSING)
AXE = Path(os.environ.get('AXE_CORE', ROOT / 'node_modules' / 'axe-core' / 'axe.min.js'))
without_axe = pytest.mark.skipif(
    not AXE.is_file(), reason='no axe-core: npm install --no-save axe-core, or AXE_CORE=axe.min.js'
)
WIDTHS = (1366, 390)
# NOTICE and DOUBTFUL stand for the ids of these notices, STORED for that of an assessment.
PAGES = (
    '/', 'DOUBTFUL', 'NOTICE', 'NOTICE/history', 'NOTICE/print', '/offices', '/offices?office=医务科', '/scores', '/scores/NOTICE', '/scores/NOTICE/returned',
    '/scores/NOTICE/report?report=REPORT&assessed=&period=', '/assessments/STORED', '/scores/compare?first=STORED&second=STORED',
    '/compare?before=NOTICE&after=DOUBTFUL', '/questions', '/questions/1', '/questions/4', '/search?q=制度', '/help', '/nowhere',
)  # fmt: skip
SERIOUS = """
async () => (await axe.run(document, {resultTypes: ['violations']})).violations
  .filter((one) => ['serious', 'critical'].includes(one.impact))
  .map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 120)).slice(0, 3).join(' | ')}`)
"""
FOCUSABLE = """
[...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
  .filter((one) => !one.disabled && one.checkVisibility({visibilityProperty: true}) && one.type !== 'radio')
"""


@pytest.fixture(scope='module')
def chromium() -> Iterator[Browser]:
    with chromium_browser() as browser:
        yield browser


@pytest.fixture(scope='module')
def page(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A desk with notices that are read, one of them filled in."""
    notices = {'考核细则.txt': NOTICE, '督查细则.docx': word_notice(), '可疑细则.txt': DOUBTFUL.replace('云岭', '青禾'), '2025年工作总结.txt': REPORT}  # fmt: skip
    with (
        running_desk(tmp_path_factory.mktemp('desk'), notices) as address,
        watched_page(chromium, address) as shown,
    ):
        for words in ('青川市', '云岭市', '青禾市'):
            shown.wait_for_selector(f'.notices .file:has-text("{words}")')
        go(shown, '/scores')
        shown.locator('tr:has-text("青川市") a:has-text("在网页上填")').click()
        shown.locator('input[data-input]').first.fill('88')
        shown.fill('#assessed', '青川医院')
        shown.fill('#period', '2025')
        shown.click('#keep')
        shown.wait_for_selector('#toast:has-text("已存下")', timeout=60_000)
        yield shown


def go(page: Page, address: str) -> None:
    page.goto(re.sub(r'(https?://[^/]+)/.*', rf'\1{address}', page.url))


@pytest.fixture(scope='module')
def named(page: Page) -> dict[str, str]:
    """The addresses for which the names in ``PAGES`` stand."""
    go(page, '/')

    def id_of(words: str) -> str:
        found = page.locator(f'.notices a:has-text("{words}")').first.get_attribute('href')
        assert found is not None
        return found.removeprefix('/notice/')

    names = {'DOUBTFUL': id_of('青禾市'), 'NOTICE': id_of('青川市'), 'REPORT': id_of('总结')}
    go(page, '/scores')
    stored = page.locator('#stored a:has-text("失分清单")').first.get_attribute('href')
    assert stored is not None
    return names | {'STORED': stored.removeprefix('/assessments/')}


def shown(page: Page, named: dict[str, str], address: str, width: int) -> Page:
    page.set_viewport_size({'width': width, 'height': 800})
    address = f'/notice/{address}' if not address.startswith('/') else address
    for name, told in named.items():
        address = address.replace(name, told)
    go(page, address)
    page.wait_for_load_state('load')
    return page


def serious(page: Page) -> list[str]:
    page.evaluate(AXE.read_text('utf-8'))
    found: list[str] = page.evaluate(SERIOUS)
    return found


@without_axe
@pytest.mark.parametrize('width', WIDTHS)
@pytest.mark.parametrize('address', PAGES)
def test_axe_finds_no_serious_fault(page: Page, named: dict[str, str], address: str, width: int) -> None:
    assert serious(shown(page, named, address, width)) == []


@without_axe
@pytest.mark.parametrize('width', WIDTHS)
def test_axe_finds_no_serious_fault_in_what_opens(page: Page, named: dict[str, str], width: int) -> None:
    shown(page, named, 'DOUBTFUL', width)
    page.keyboard.press('n')
    page.keyboard.press('n')
    assert serious(page) == []
    page.keyboard.press('e')
    page.wait_for_selector('dialog[open]')
    assert serious(page) == []
    page.keyboard.press('Escape')


@without_axe
@pytest.mark.parametrize('width', WIDTHS)
def test_axe_finds_no_serious_fault_where_people_sign_in(chromium: Browser, tmp_path: Path, width: int) -> None:
    users = tmp_path / 'users.json'
    add_account(users, '李四', '核对', 'long enough 9')
    with (
        running_desk(tmp_path, {}, '--users', str(users)) as address,
        watched_page(chromium, address, name=None) as first,
    ):
        first.set_viewport_size({'width': width, 'height': 800})
        first.reload()
        assert serious(first) == []
        assert first.evaluate('document.documentElement.scrollWidth') <= width


@pytest.mark.parametrize('width', WIDTHS)
@pytest.mark.parametrize('address', PAGES)
def test_nothing_hangs_over_the_edge(page: Page, named: dict[str, str], address: str, width: int) -> None:
    assert shown(page, named, address, width).evaluate('document.documentElement.scrollWidth') <= width


@pytest.mark.parametrize('address', PAGES)
def test_all_of_a_page_is_reached_by_keyboard(page: Page, named: dict[str, str], address: str) -> None:
    shown(page, named, address, WIDTHS[0])
    wanted = page.evaluate(f'{FOCUSABLE}.length')
    assert wanted > 8
    reached = set()
    for _ in range(3 * wanted + 40):  # what shows itself on the way is passed too
        page.keyboard.press('Tab')
        reached.add(page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)"))
    missed = page.evaluate(
        f"(reached) => {FOCUSABLE}.filter((one) => !reached.includes([...document.querySelectorAll('*')].indexOf(one))).map((one) => one.outerHTML.slice(0, 100))",
        list(reached),
    )
    assert missed == []


@pytest.mark.parametrize('width', WIDTHS)
def test_a_doubt_and_its_place_on_the_page_are_seen_at_once(page: Page, named: dict[str, str], width: int) -> None:
    shown(page, named, 'DOUBTFUL', width)
    for _ in range(3):
        page.keyboard.press('n')
        page.wait_for_function(
            """() => [document.querySelector('.read-side .doubt.here'), document.querySelector('.source .cell.here')].every((one) => {
              if (!one) return document.querySelector('.alone .here') !== null;
              const box = one.getBoundingClientRect();
              const seen = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 10));
              return one.contains(seen);
            })"""
        )
