"""``python -m tools.guide_pictures``: draws the pictures of README.zh.md from the desk over the samples, with the system's Chromium."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

HOUSE = Path(__file__).resolve().parents[1]
TARGET = HOUSE / 'docs' / 'pictures'
_WIDTH, _HEIGHT = 1366, 700
_PORT = '8791'
# The folder in which the pictures were drawn is nobody's business: an office PC's stands there.
_SHOWN_PLACE = 'D:\\考核目录\\data\\raw'


def draw() -> None:
    """Writes ``inbox.png`` and ``review.png``."""
    browser = shutil.which('chromium') or shutil.which('google-chrome')
    if browser is None:
        sys.exit('Chromium is needed.')
    with tempfile.TemporaryDirectory() as folder:
        inbox = Path(folder) / 'raw'
        shutil.copytree(HOUSE / 'data' / 'raw', inbox)
        subprocess.run(
            [sys.executable, '-m', 'kaohe', 'ingest', inbox, '--db', f'{folder}/c.db', '--decisions', f'{folder}/d'],
            check=True,
        )
        desk = subprocess.Popen(
            [sys.executable, '-m', 'kaohe', 'desk', inbox, '--db', f'{folder}/c.db', '--decisions', f'{folder}/d', '--no-open', '--port', _PORT],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={**os.environ, 'PYTHONUNBUFFERED': '1'},
        )  # fmt: skip
        try:
            assert desk.stdout is not None
            address = next(found for line in desk.stdout if (found := re.search(r'http\S+', line)))[0]
            with sync_playwright() as playwright:
                page = playwright.chromium.launch(executable_path=browser, args=['--no-sandbox']).new_page(viewport={'width': _WIDTH, 'height': _HEIGHT})  # fmt: skip
                page.goto(address)
                page.wait_for_selector('text=综合督查细则')
                page.evaluate('([place, shown]) => { document.body.innerHTML = document.body.innerHTML.replace(place, shown) }', [str(inbox), _SHOWN_PLACE])  # fmt: skip
                _keep(page, 'inbox.png')
                page.goto(address.split('?')[0])
                page.click('text=综合督查细则')
                page.wait_for_load_state('networkidle')
                _keep(page, 'review.png')
        finally:
            desk.terminate()
            desk.wait()


def _keep(page: Page, name: str) -> None:
    """In 64 colours, which is a quarter of the bytes."""
    TARGET.mkdir(exist_ok=True)
    Image.open(io.BytesIO(page.screenshot())).convert('RGB').quantize(64).save(TARGET / name, optimize=True)


if __name__ == '__main__':
    draw()
