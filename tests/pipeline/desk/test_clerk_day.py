"""A clerk's first day with the desk, as README.zh.md tells it: a notice dropped, three corrections, a signature, an office's list on A4, a form filled in."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Dialog, Page

from tests.pipeline.desk.browsing import CHROMIUM, MISSING, chromium_browser, running_desk, watched_page
from tests.pipeline.desk.test_desk_pages import word_notice

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=MISSING)


@pytest.fixture(scope='module')
def chromium() -> Iterator[Browser]:
    with chromium_browser() as browser:
        yield browser


def put_right(page: Page, button: str, field: str, value: str) -> None:
    """Opens the form, writes the value, looks at what it does, stores it."""
    page.click(button)
    page.wait_for_selector('dialog[open]')
    page.fill(f'dialog [name={field}]', value)
    page.click('dialog .primary:has-text("看看会怎样")')
    page.wait_for_selector('dialog .effect:not(:empty)')
    with page.expect_navigation():
        page.click('dialog .primary:has-text("存下")')
    page.wait_for_selector('#toast:has-text("已存下")')


def test_from_a_dropped_file_to_a_signed_notice_a_list_on_paper_and_a_filled_form(
    chromium: Browser, tmp_path: Path
) -> None:
    notice = tmp_path / '督查细则.docx'
    notice.write_bytes(word_notice())
    names: list[str] = []

    def answered(dialog: Dialog) -> None:
        names.append(dialog.message)
        dialog.accept('张三' if dialog.type == 'prompt' else None)

    with running_desk(tmp_path, {}) as address, watched_page(chromium, address, name=None) as page:
        page.on('dialog', answered)
        page.set_input_files('#files', str(notice))
        page.wait_for_selector('#progress .fine:has-text("读到 2 条")')
        page.click('.notices a:has-text("青川市")')

        page.hover('.card:has-text("患者满意度")')
        put_right(page, '.card:has-text("患者满意度") .tools button:text-is("改")', 'points', '5')
        put_right(
            page, '.card:has-text("患者满意度") .readings li:has-text("扣分") button:text-is("改")', 'points', '0.5'
        )
        page.click('.card:has-text("建立制度") .field')
        page.keyboard.press('e')
        page.wait_for_selector('dialog[open]')
        page.keyboard.press('Escape')
        put_right(page, '.card:has-text("建立制度") .tools button:text-is("改")', 'points', '5')
        assert sum('姓名' in one for one in names) == 1  # it is asked once
        assert page.locator('.card.corrected').count() == 2
        assert page.locator('h2 .fine:has-text("相符")').count() == 1
        page.click('[data-do=sign]')
        page.wait_for_selector('.heading .fine:has-text("张三")')

        page.click('.top nav a:text-is("科室")')
        page.select_option('select[name=office]', '医务科')
        page.click('.filters button:text-is("看")')
        page.wait_for_selector('td:has-text("患者满意度")')
        paper = pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True)))
        assert [round(side) for side in paper[0].get_size()] == [842, 595]  # A4 on its side, in points
        words = paper[0].get_textpage().get_text_range()
        assert '患者满意度' in words
        assert '科室负责人' in words
        assert '收件' not in words

        page.click('.top nav a:text-is("自评与得分")')
        page.click('tr:has-text("青川市") a:has-text("在网页上填")')
        page.fill('#assessed', '本院')
        page.fill('#period', '2025')
        page.locator('input[data-input]').first.fill('88')
        page.wait_for_selector('.got:has-text("得 4")')  # two points too few, at half a point each, as corrected
        page.locator('select[data-input]').first.select_option('否')
        page.wait_for_selector('#total:has-text("得分：9")')
        page.click('#keep')
        page.wait_for_selector('#toast:has-text("已存下：本院，2025")')
        page.click('.top nav a:text-is("自评与得分")')
        page.click('tr:has-text("本院") a:has-text("失分清单")')
        assert '患者满意度' in page.locator('main').inner_text()
        assert any('签字' in one for one in names)
