"""What many readers wait for: the documented questions and the pages of the desk, on a catalogue of a province's year."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from bench.inputs import Inputs
from bench.measure import Times, command
from bench.model import Goal, Size, Table

# What the questions ask for, left empty: of all notices.
_ALL = {'通知': '', '年度': '', '单位': '', '科室': ''}
_PAGES = ('/', '/notices', '/offices', '/scores', '/questions', '/search?q=督导')
# So many rows the browser asks for, one more than it shows.
_ROWS = 1_001
_HOST = '127.0.0.1:8010'


def questions(inputs: Inputs, size: Size) -> Table:
    """The slowest of the documented questions, pages of the desk: in this process, by the clock, the first of three left out."""
    from kaohe.pipeline.browser.questions import questions as documented
    from kaohe.pipeline.database.schema import open_to_read

    database = stored_year(inputs, size)
    with closing(open_to_read(database)) as connection:
        (lines, document) = connection.execute('SELECT count(*), min(document_id) FROM indicators').fetchone()
        asked = {
            f'question {one.number}: {one.title}': _taken(
                lambda one=one: connection.execute(one.first(_ROWS), _ALL).fetchall()
            )  # type: ignore[misc]
            for one in documented()
        }
    pages = _desk_pages(database, (*_PAGES, f'/notice/{document}', f'/scores/{document}'))
    slowest, times = max(asked.items(), key=lambda one: one[1].median)
    page, waited = max(pages.items(), key=lambda one: one[1].median)
    rows = tuple((what, str(taken)) for what, taken in (*asked.items(), *pages.items()))
    return Table(
        f'Questions and pages, {lines:,} lines in {size.notices:,} notices', ('what', 'by the clock'), rows,
        (
            Goal(f'the slowest of {len(asked)} documented questions on {lines:,} lines ({slowest})', 'under 1 s', str(times), times.median < 1),
            Goal(f'the slowest page of the desk on {lines:,} lines ({page})', 'under 0.3 s', str(waited), waited.median < 0.3),
        ),
    )  # fmt: skip


def stored_year(inputs: Inputs, size: Size) -> Path:
    """The database of the many notices: the one that the contest of jobs left, or a new one."""
    database = inputs.year(size.notices)
    if not database.exists():
        folder = inputs.many(size.notices, 100)
        command(lambda at: ['ingest', str(folder), '--db', str(database), '--quiet', '--no-receipts'], 1, warm_up=False)
    return database


def _taken(ask: Callable[[], object]) -> Times:
    seconds = []
    for _ in range(3):
        started = time.perf_counter()
        ask()
        seconds.append(time.perf_counter() - started)
    return Times(tuple(seconds[1:]))


def _desk_pages(database: Path, paths: tuple[str, ...]) -> dict[str, Times]:
    import httpx

    from kaohe.pipeline.desk.app import make_app
    from kaohe.pipeline.desk.inbox_reading import InboxReading
    from kaohe.pipeline.desk.source_side.page_pictures import Pictures
    from kaohe.pipeline.desk.state import Desk

    with tempfile.TemporaryDirectory() as place:
        inbox, decisions = Path(place, 'inbox'), Path(place, 'decisions')
        inbox.mkdir()
        desk = Desk(database, inbox, decisions, InboxReading(inbox, database, decisions, 1), Pictures())
        transport = httpx.ASGITransport(app=make_app(desk))

        async def ask(path: str) -> None:
            async with httpx.AsyncClient(transport=transport, base_url=f'http://{_HOST}') as browser:
                answer = await browser.get(path)
                assert answer.status_code == 200, (path, answer.status_code, answer.text[:200])

        return {f'desk, `{path}`': _taken(lambda path=path: asyncio.run(ask(path))) for path in paths}  # type: ignore[misc]
