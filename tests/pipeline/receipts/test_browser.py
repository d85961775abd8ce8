"""Receipts in a real browser: nothing sticks out on a phone or a laptop."""

from __future__ import annotations

import re
import resource
import shutil
import subprocess
from dataclasses import replace
from decimal import Decimal
from html import escape
from pathlib import Path

import pytest

from kaohe.extractors.findings import finding
from kaohe.normalizers.catalogue import Catalogue
from kaohe.pipeline.ingestion.run import ingest
from kaohe.pipeline.planning.inbox import scope_of
from kaohe.pipeline.readers import reading
from kaohe.pipeline.receipts import write_receipts

BROWSER = shutil.which('chromium') or shutil.which('chromium-browser') or shutil.which('google-chrome')
LONG = '没有空格也没有标点的很长很长的一段话' * 6 + 'x' * 300
MEASURE = """<script>
const wide = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.className || e.tagName);
parent.document.body.dataset.measured = [innerWidth, document.documentElement.scrollWidth, wide.join('/')].join('|');
</script>"""

pytestmark = pytest.mark.skipif(BROWSER is None, reason='no Chromium on this machine')


def measured(page: Path, width: int, folder: Path) -> list[str]:
    """Width of the window, width of the page, and what sticks out. The page's own policy forbids the script that measures."""
    markup = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', '', page.read_text('utf-8'))
    framed = escape(markup.replace('</body>', f'{MEASURE}</body>'))
    copy = folder / 'measured.html'  # in a frame, since the windows of browsers have a least width
    copy.write_text(
        f'<meta charset="utf-8"><iframe style="border: 0" width="{width}" height="900" srcdoc="{framed}"></iframe>',
        'utf-8',
    )
    assert BROWSER is not None
    dumped = subprocess.run(
        [
            BROWSER, '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
            '--disable-component-update', '--disable-sync', '--hide-scrollbars', f'--user-data-dir={folder / "browser"}',
            '--window-size=1600,1000', '--dump-dom', copy.as_uri(),
        ],
        capture_output=True, text=True, encoding='utf-8', timeout=90, check=True, preexec_fn=_unlimited,
    ).stdout  # fmt: skip
    found = re.search(r'data-measured="([^"]*)"', dumped)
    assert found, dumped[:500]
    return found[1].split('|')


def _unlimited() -> None:
    """A browser claims address space that it never uses, more than tests may."""
    most = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


@pytest.fixture
def pages(
    inbox: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch, in_this_process: None
) -> tuple[Path, Path]:
    """The index and a receipt in which everything is long."""
    line = replace(
        catalogue.indicators[0], requirement=LONG, number='一' * 40, path=('党建', LONG), level1=LONG, points=Decimal('1234567.25')
    )  # fmt: skip
    duty = replace(catalogue.responsibilities[0], party=LONG)
    table = replace(catalogue.tables[0], title=LONG)
    found = finding('line.doubtful', detail=LONG, table=0, row=1, indicator=0)
    made = replace(
        catalogue, notice=replace(catalogue.notice, title=LONG), indicators=(line, catalogue.indicators[1]), responsibilities=(duty,),
        tables=(table,), findings=(found, *catalogue.findings),
    )  # fmt: skip
    monkeypatch.setattr(reading, 'catalogue_of', lambda data, name, *rest: made)
    (inbox / f'{"x" * 60}{"长" * 40}.docx').write_text('1')
    ingest([scope_of(inbox)], Path('catalogue.db'), jobs=1)
    first = write_receipts(Path('catalogue.db'))
    assert first is not None
    (receipt,) = first.parent.glob('x*.html')
    return first, receipt


@pytest.mark.parametrize('width', [390, 1366])
def test_nothing_sticks_out_of_the_page(pages: tuple[Path, Path], width: int, tmp_path: Path) -> None:
    for page in pages:
        window, whole, wide = measured(page, width, tmp_path)
        assert int(window) == width
        assert (int(whole), wide) == (width, '')
