"""What a person waits for: the command from start to end, by the clock."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from bench.inputs import Inputs
from bench.measure import Run, Times, command, contend, program, side_by_side
from bench.model import FULL, Goal, Size, Table

_SAMPLES = Path('data', 'raw')
_SHOWN = 50


def commands(inputs: Inputs, size: Size) -> Table:
    """Help, a run that finds nothing new, a look at a file, first runs."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        floor = program(lambda at: ['-c', 'pass'], size.repeats)
        answers = command(lambda at: ['--help'], 2 * size.repeats)
        cold = {
            kind: _cold(file, folder, size.repeats)
            for kind, file in (('bare', inputs.lines(1_000)), ('as Word saves it', inputs.lines(1_000, 'saved.docx')))
        }
        short = inputs.lines(_SHOWN, 'saved.docx')
        shown = command(lambda at: ['show', str(short)], 2 * size.repeats)
        first = command(lambda at: _ingest(_SAMPLES, folder / f'samples{at}.db'), size.repeats)
        many = inputs.many(size.files, 3)
        command(lambda at: _ingest(many, folder / 'many.db'), 1, warm_up=False)
        again = command(lambda at: _ingest(many, folder / 'many.db'), 2 * size.repeats)
    rows = (
        _row('`python -c pass`', floor, alone=True),
        _row('`kaohe --help`', answers, alone=True),
        _row(f'`kaohe ingest` of {size.files:,} unchanged files', again, alone=True),
        _row(f'`kaohe show` of a Word notice of {_SHOWN} lines, as Word saves it', shown, alone=True),
        *(_row(f'`kaohe ingest` of a Word notice of 1,000 lines, {kind}', times) for kind, times in cold.items()),
        _row('`kaohe ingest` of the samples in `data/raw`', first),
    )
    goals = (
        _at_once('`kaohe --help`', 'under 0.15 s', answers, 0.15),
        _at_once(f'no-op ingest of {size.files:,} unchanged files', 'under 0.6 s [0.3 s]', again, 0.6),
        *(
            Goal(f'docx, {kind}: 1,000 lines from a cold start, all cores, by the clock', 'at most 1.5 s', str(times), times.median <= 1.5)
            for kind, times in cold.items()
        ),
        _at_once(f'`kaohe show` of a Word notice of {_SHOWN} lines', 'under 0.6 s', shown, 0.6),
    )  # fmt: skip
    head = (
        'command, with as many jobs as cores',
        'from start to end, by the clock',
        'processor time, where it is one process',
    )
    return Table('The command', head, rows, goals)  # fmt: skip


def scoring(inputs: Inputs, size: Size) -> Table:
    """Rules, scores, the worksheet and the exported workbook of a notice that was read, against its reading; by processor time, one after the other in each round."""
    count = size.format_lines
    file, warm = inputs.lines(count), inputs.warm()
    with tempfile.TemporaryDirectory() as place:
        known = {path: Path(place, f'{path.stem}.db') for path in (file, warm)}
        for path, database in known.items():
            command(lambda at, path=path, database=database: _ingest(path, database), 1, warm_up=False)  # type: ignore[misc]
        runs = [
            Run('kaohe', file, warm),
            *(Run(name, known[file], known[warm]) for name in ('scores', 'worksheet', 'export')),
        ]
        reading, scores, sheet, book = side_by_side(runs, size.rounds)
    share, length, width = (times.median / reading.median for times in (scores, sheet, book))
    goals = (
        Goal(f'scoring: rules and scores of {count:,} lines against their reading', 'at most a fifth', f'{share:.2f} ×', share <= 0.2),
        Goal(f'scoring: worksheet of {count:,} lines against their reading', 'at most as long', f'{length:.2f} ×', length <= 1),
        Goal(f'export: xlsx of {count:,} lines against their reading', 'at most half', f'{width:.2f} ×', width <= 0.5),
    )  # fmt: skip
    rows = ((f'{count:,}', str(reading), str(scores), str(sheet), str(book)),)
    head = ('lines', 'kaohe, whole ingest', 'rules and scores', 'worksheet', '`kaohe export` to xlsx')
    return Table('Rules, scores, worksheet and export', head, rows, goals)


def pdf_contest(inputs: Inputs, size: Size) -> Table:
    """The same pages against pdfplumber: in one process by its processor time, with two jobs by the clock."""
    file, warm = inputs.pages(size.contest_pages), inputs.warm('pdf')
    theirs = contend('extract_tables', file, warm, 1 if size is FULL else 2)
    alone = contend('kaohe', file, warm, size.rounds)
    with tempfile.TemporaryDirectory() as folder:
        two = command(lambda at: _ingest(file, Path(folder, f'{at}.db'), 2), size.rounds, warm_up=False)
    assert theirs.clock is not None, 'a contender looks at the clock too'
    theirs_by_clock = Times(theirs.clock)
    one, both = theirs.median / alone.median, theirs_by_clock.median / two.median
    rows = (
        ('pdfplumber `extract_tables`', str(theirs), str(theirs_by_clock)),
        ('kaohe, whole ingest, one process', str(alone), '—'),
        ('`kaohe ingest --jobs 2`, start included', '—', str(two)),
    )
    return Table(
        f'PDF with text, {size.contest_pages} pages, against pdfplumber',
        ('', 'processor time', 'by the clock'),
        rows,
        (
            Goal(f'PDF, {size.contest_pages} pages, one process', 'at least 1.0 × [2 ×] as fast', f'{one:.2f} ×', one >= 1.0),
            Goal(f'PDF, {size.contest_pages} pages, `--jobs 2`, by the clock', 'at least 3.2 × [4 ×] as fast', f'{both:.2f} ×', both >= 3.2),
        ),
    )  # fmt: skip


def jobs(inputs: Inputs, size: Size) -> Table:
    """A year's notices of a province with two jobs; a part of them with one and with two, in turns."""
    year, part = inputs.many(size.notices, 100), inputs.many(size.compared, 100)
    with tempfile.TemporaryDirectory() as place:

        def taken(folder: Path, count: int, name: str) -> float:
            return command(lambda at: _ingest(folder, Path(place, f'{name}.db'), count), 1, warm_up=False).median

        turns = [(taken(part, 1, f'one{at}'), taken(part, 2, f'two{at}')) for at in range(size.rounds)]
        whole = Times((taken(year, 2, 'year'),))
        shutil.copy(Path(place, 'year.db'), inputs.year(size.notices))
    one, two = (Times(times) for times in zip(*turns, strict=True))
    rows = tuple(
        (f'{count:,}', jobs, str(times), f'{count / times.median:.1f}', f'{100 * count / times.median:,.0f}')
        for count, jobs, times in ((size.compared, '1', one), (size.compared, '2', two), (size.notices, '2', whole))
    )
    ratio = one.median / two.median
    goal = Goal(
        f'{size.notices:,} notices of 100 lines, two jobs; over one job with {size.compared:,} of them', 'at least 1.8 ×',
        f'{size.notices / whole.median:.1f} notices a second; {ratio:.2f} ×', ratio >= 1.8,
    )  # fmt: skip
    head = ('notices of 100 lines', 'jobs', 'by the clock, start included', 'notices a second', 'lines a second')
    return Table('Many notices, every other one a Word file as Word saves it, the others text', head, rows, (goal,))


def _cold(file: Path, folder: Path, repeats: int) -> Times:
    """A first run each time: into a database of its own."""
    return command(lambda at: _ingest(file, folder / f'{file.name}{at}.db'), repeats)


def _row(what: str, times: Times, *, alone: bool = False) -> tuple[str, ...]:
    """``alone``: all was done in the command's own process."""
    return what, str(times), str(Times(times.processor)) if alone and times.processor else '—'


def _at_once(what: str, asked: str, times: Times, seconds: float) -> Goal:
    """A command that is one process is judged by its processor time: by the clock, other programs count too."""
    worked = Times(times.processor or times.seconds)
    return Goal(what, asked, f'{worked} of processor, {times} by the clock', worked.median < seconds)


def _ingest(path: Path, database: Path, jobs: int | None = None) -> list[str]:
    """``jobs`` None: as many as the command takes by itself."""
    return ['ingest', str(path), '--db', str(database), '--quiet', *(['--jobs', str(jobs)] if jobs else [])]
