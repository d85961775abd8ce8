"""What a person waits for at the desk: from dropping a notice to its lines on the page."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx

from bench.inputs import Inputs
from bench.measure import ENVIRONMENT, Times
from bench.model import Goal, Size, Table

_LINES = 100
# Seconds: a person has found the file to drop by then, and the desk has loaded what reading takes; how long a desk may take for anything.
_BEFORE, _PATIENCE = 4.0, 60.0


def drops(inputs: Inputs, size: Size) -> Table:
    """A Word file as Word saves it dropped on an open desk with an empty catalogue: the first, then another of the same length."""
    first, second = inputs.lines(_LINES, 'saved.docx'), inputs.another(_LINES, 'saved.docx')
    rounds = [_dropped(first, second) for _ in range(size.repeats)]
    at_once, again = (Times(times) for times in zip(*rounds, strict=True))
    goal = Goal(
        f'desk: from dropping a Word file of {_LINES} lines to its lines on the page', 'under 1.5 s', str(at_once), at_once.median < 1.5
    )  # fmt: skip
    rows = (('the first of a desk', str(at_once)), ('the next', str(again)))
    return Table(f'A Word file of {_LINES} lines dropped on the desk', ('dropped', 'by the clock'), rows, (goal,))


def _dropped(*files: Path) -> tuple[float, ...]:
    """Seconds for each file, one after the other on one desk."""
    with tempfile.TemporaryDirectory() as place:
        inbox = Path(place, 'in')
        inbox.mkdir()
        command = [
            'desk',
            str(inbox),
            '--db',
            str(Path(place, 'a.db')),
            '--decisions',
            place,
            '--port',
            '0',
            '--no-open',
        ]
        with subprocess.Popen(
            [sys.executable, '-m', 'kaohe', *command], stdout=subprocess.PIPE, text=True, encoding='utf-8', env=ENVIRONMENT
        ) as desk:  # fmt: skip
            try:
                assert desk.stdout is not None
                _, address, *_ = desk.stdout.readline().split()
                server = '://'.join(urlsplit(address)[:2])
                with httpx.Client(follow_redirects=True, timeout=_PATIENCE, trust_env=False) as browser:
                    assert browser.get(address).status_code == 200, 'the desk is open'
                    time.sleep(_BEFORE)
                    return tuple(_seconds(browser, server, file) for file in files)
            finally:
                desk.terminate()


def _seconds(browser: httpx.Client, server: str, file: Path) -> float:
    started = time.perf_counter()
    head = {'Origin': server, 'X-Name': quote(f'{file.name}')}
    told = browser.post(f'{server}/upload', content=file.read_bytes(), headers=head)
    assert told.status_code == 200, told.text[:200]
    (result,) = told.json()['results']
    page = browser.get(f'{server}/notice/{result["document"]}')
    taken = time.perf_counter() - started
    assert result['lines'] == _LINES, result
    assert page.text.count('data-form="indicators"') >= _LINES, 'the page shows the lines'
    return taken
