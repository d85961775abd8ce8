"""A real browser before a running desk."""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = next(
    (found for name in ('chromium', 'chromium-browser', 'google-chrome') if (found := shutil.which(name))), None
)
MISSING = 'no Chromium on this machine: the pages are tested in a real browser where there is one'
ROOT = Path(__file__).parents[3]
# The program's own words only: without these Chromium asks the world for updates.
QUIET = ('--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync')  # fmt: skip
# Statuses that pages answer with a sentence: a browser logs them as errors of its own.
_TOLD = re.compile(r'status of (?:4(?:01|03|04|09|22)|503)')


@contextmanager
def running_desk(folder: Path, notices: Mapping[str, str | bytes], *options: str) -> Iterator[str]:
    """The address of a running desk over an inbox with these notices."""
    inbox = folder / '收件夹'
    inbox.mkdir()
    for name, content in notices.items():
        (inbox / name).write_bytes(content.encode() if isinstance(content, str) else content)
    command = [sys.executable, '-m', 'kaohe', 'desk', str(inbox), '--db', str(folder / 'c.db'), '--decisions', str(folder / 'd')]  # fmt: skip
    environment = os.environ | {'PYTHONUNBUFFERED': '1', 'PYTHONUTF8': '1', 'PYTHONPATH': str(ROOT / 'src')}
    process = subprocess.Popen(
        [*command, '--port', '0', '--no-open', *options], stdout=subprocess.PIPE, encoding='utf-8', env=environment
    )
    assert process.stdout is not None
    try:
        found = re.search(r'http\S+', process.stdout.readline())
        assert found is not None
        yield found[0]
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) in (0, 130)
        process.stdout.close()


@contextmanager
def chromium_browser() -> Iterator[Browser]:
    """A browser without a window."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))  # a browser claims more than any reader may
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@contextmanager
def watched_page(browser: Browser, address: str, name: str | None = '张三') -> Iterator[Page]:
    """The first page, opened by a person of this name; its script must not fail."""
    context = browser.new_context(viewport={'width': 1366, 'height': 768})
    shown = context.new_page()
    shown.set_default_timeout(120_000)  # the machine may be busy
    failed: list[str] = []
    shown.on('pageerror', lambda error: failed.append(str(error)))
    shown.on(
        'console', lambda told: failed.append(told.text) if told.type == 'error' and not _TOLD.search(told.text) else None
    )  # fmt: skip
    shown.goto(address)
    if name is not None:
        shown.evaluate("name => localStorage.setItem('kaohe-name', name)", name)
    yield shown
    context.close()
    assert failed == []


def open_notice(page: Page) -> None:
    """Opens the first notice of the list."""
    page.click('.notices a')
    page.wait_for_selector('.card')
    page.wait_for_load_state('load')
