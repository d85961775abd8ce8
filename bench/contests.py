"""Who is measured against whom, on what: each function measures one table of ``docs/performance.md``."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.inputs import TALL_CATEGORY, Inputs
from bench.measure import Times, command, contend, program


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured. A quick run is for a look at a busy machine, not for the docs' last word."""

    lines: tuple[int, ...]
    pages: tuple[int, ...]
    contest_pages: int
    files: int
    notices: int
    repeats: int


FULL = Size((10, 100, 1_000, 9_000, 10_000), (1, 20, 50, 100, 200), 100, 1_000, 2_000, 5)
QUICK = Size((10, 100, 1_000, 2_000), (1, 5, 20), 20, 200, 100, 3)


@dataclass(frozen=True, slots=True)
class Goal:
    """An acceptance line: what was asked, and what was measured. ``met`` None where it is only told."""

    what: str
    asked: str
    measured: str
    met: bool | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the page."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    goals: tuple[Goal, ...] = ()


def word(inputs: Inputs, size: Size) -> Table:
    """Word files of growing length against the floor, and against markitdown where it is still bearable."""
    warm = inputs.lines(10)
    ours: dict[int, Times] = {}
    floor: dict[int, Times] = {}
    rows = []
    for count in size.lines:
        file, repeats = inputs.lines(count), _repeats(size, count, 2_000)
        floor[count] = contend('xml_floor', file, warm, size.repeats)
        ours[count] = contend('kaohe', file, warm, repeats)
        text = contend('markitdown', file, warm, repeats) if count <= 1_000 else None
        rows.append((f'{count:,}', str(floor[count]), str(ours[count]), f'{_megabytes(ours[count])}', str(text or '—')))
    *_, shorter, longer = size.lines
    dearer = ours[longer].median - ours[shorter].median
    ratio = dearer / max(floor[longer].median - floor[shorter].median, 1e-9)
    goals = [
        Goal(
            f'docx: {longer - shorter:,} more lines ({longer:,} against {shorter:,}) against the floor',
            'at most 12 × [6 ×]', f'{ratio:.1f} × ({dearer / (longer - shorter) * 1000:.2f} ms a line)', ratio <= 12,
        )
    ]  # fmt: skip
    if 1_000 in ours and 10_000 in ours:
        growth = ours[10_000].median / ours[1_000].median
        goals.append(Goal('1,000 → 10,000 lines', '× 9–11', f'× {growth:.1f}', 9 <= growth <= 11))
    head = ('lines', 'zip + lxml', 'kaohe, whole ingest', 'memory, MB', 'markitdown')
    return Table('Word, by length', head, tuple(rows), tuple(goals))


def tall(inputs: Inputs, size: Size) -> Table:
    """A category that spans many rows, against python-docx as people write it."""
    file, warm = inputs.lines(TALL_CATEGORY, lines_a_category=TALL_CATEGORY), inputs.lines(10)
    theirs, ours = contend('row_cells', file, warm, 1), contend('kaohe', file, warm, size.repeats)
    ratio = theirs.median / ours.median
    goal = Goal(
        f'docx: category over {TALL_CATEGORY} rows against `row.cells`', 'at least 3 ×', f'{ratio:.1f} ×', ratio >= 3
    )
    rows = ((str(TALL_CATEGORY), str(theirs), str(ours)),)
    return Table(
        'Word, a category over 400 rows', ('lines', 'python-docx `row.cells`', 'kaohe, whole ingest'), rows, (goal,)
    )


def pdf(inputs: Inputs, size: Size) -> Table:
    """PDF of growing length: time and memory."""
    warm = inputs.pages(1)
    rows, ours = [], {}
    for pages in size.pages:
        file, repeats = inputs.pages(pages), _repeats(size, pages, 50)
        floor = contend('pdfium_floor', file, warm, repeats)
        ours[pages] = contend('kaohe', file, warm, repeats)
        text = contend('markitdown', file, warm, 1) if pages <= 20 else None
        rows.append((str(pages), str(floor), str(ours[pages]), _megabytes(ours[pages]), str(text or '—')))
    most, flat = max(size.pages), 20 if 20 in size.pages else min(size.pages)
    memory = ours[most].megabytes or 0
    goal = Goal(
        f'PDF: memory for {most} pages', 'under 400 MB, flat from page 20 on',
        f'{memory:.0f} MB ({_megabytes(ours[flat])} MB at {flat} pages)', memory < 400,
    )  # fmt: skip
    head = ('pages', 'pypdfium2 text', 'kaohe, whole ingest', 'memory, MB', 'markitdown')
    return Table('PDF with text, by length', head, tuple(rows), (goal,))


def pdf_contest(inputs: Inputs, size: Size) -> Table:
    """The same pages against pdfplumber, in one process and with two jobs."""
    file, warm = inputs.pages(size.contest_pages), inputs.pages(1)
    theirs = contend('extract_tables', file, warm, 1 if size is FULL else 2)
    alone = contend('kaohe', file, warm, 3)
    with tempfile.TemporaryDirectory() as folder:
        two = command(lambda at: _ingest(file, Path(folder, f'{at}.db'), 2), 3, warm_up=False)
    rows = ((str(size.contest_pages), str(theirs), str(alone), str(two)),)
    one, both = theirs.median / alone.median, theirs.median / two.median
    return Table(
        'PDF with text, against pdfplumber',
        ('pages', 'pdfplumber `extract_tables`', 'kaohe, whole ingest, one process', '`kaohe ingest --jobs 2`, wall clock, start included'),
        rows,
        (
            Goal(f'PDF, {size.contest_pages} pages, one process', 'at least 1.0 × [2 ×] as fast', f'{one:.2f} ×', one >= 1.0),
            Goal(f'PDF, {size.contest_pages} pages, two jobs', 'at least 1.7 × [4 ×] as fast', f'{both:.2f} ×', both >= 1.7),
        ),
    )  # fmt: skip


def formats(inputs: Inputs, size: Size) -> Table:
    """One notice in every format."""
    count = 1_000 if size is FULL else 200
    rows = []
    for suffix in ('docx', 'doc', 'pdf', 'txt', 'xlsx'):
        try:
            file, warm = inputs.lines(count, suffix), inputs.lines(10, suffix)
        except FileNotFoundError:  # .doc is drawn by LibreOffice, which need not be here
            continue
        ours = contend('kaohe', file, warm, size.repeats)
        text = contend('markitdown', file, warm, 1) if suffix in ('docx', 'xlsx') else None
        rows.append((suffix, str(ours), f'{count / ours.median:,.0f}', str(text or '—')))
    head = ('format', 'kaohe, whole ingest', 'lines a second', 'markitdown')
    return Table(f'One notice of {count:,} lines in every format', head, tuple(rows))


def commands(inputs: Inputs, size: Size) -> Table:
    """What a person waits for, start of the program included."""
    samples = Path('data/raw')
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        floor = program(lambda at: ['-c', 'pass'], size.repeats)
        answers = command(lambda at: ['--help'], 2 * size.repeats)
        cold = command(lambda at: _ingest(inputs.lines(1_000), folder / f'cold{at}.db', 1), size.repeats)
        first = command(lambda at: _ingest(samples, folder / f'samples{at}.db', 2), size.repeats)
        many = inputs.many(size.files, 3)
        command(lambda at: _ingest(many, folder / 'many.db', 2), 1, warm_up=False)
        again = command(lambda at: _ingest(many, folder / 'many.db', 2), 2 * size.repeats)
    rows = tuple(
        (what, str(times), str(Times(times.processor)) if times.processor and alone else '—')
        for what, times, alone in (
            ('`python -c pass`', floor, True),
            ('`kaohe --help`', answers, True),
            (f'`kaohe ingest` of {size.files:,} unchanged files', again, True),
            ('`kaohe ingest` of a Word notice of 1,000 lines, one job', cold, False),
            ('`kaohe ingest` of the samples in `data/raw`, two jobs', first, False),
        )
    )
    goals = (
        _at_once('`kaohe --help`', 'under 0.15 s', answers, 0.15),
        _at_once(f'no-op ingest of {size.files:,} unchanged files', 'under 0.6 s [0.3 s]', again, 0.6),
        Goal('docx, 1,000 lines, cold start, by the clock', 'under 2.5 s [1.5 s]', str(cold), cold.median < 2.5),
    )
    head = ('command', 'from start to end, by the clock', 'processor time, where it is one process')
    return Table('The command', head, rows, goals)


def _at_once(what: str, asked: str, times: Times, seconds: float) -> Goal:
    """A command that is one process is judged by its processor time: by the clock, other programs count too."""
    worked = Times(times.processor or times.seconds)
    return Goal(what, asked, f'{worked} of processor, {times} by the clock', worked.median < seconds)


def jobs(inputs: Inputs, size: Size) -> Table:
    """A year's notices of a province, with one job and with two."""
    folder = inputs.many(size.notices, 100)
    taken: dict[int, Times] = {}
    with tempfile.TemporaryDirectory() as place:
        for count in (1, 2):
            taken[count] = command(
                lambda at, count=count: _ingest(folder, Path(place, f'{count}-{at}.db'), count), 1, warm_up=False
            )
    rows = tuple(
        (str(count), str(times), f'{size.notices / times.median:.1f}', f'{100 * size.notices / times.median:,.0f}')
        for count, times in taken.items()
    )
    ratio = taken[1].median / taken[2].median
    goal = Goal(
        f'{size.notices:,} notices of 100 lines: two jobs over one', 'at least 1.7 ×',
        f'{ratio:.2f} ×, {size.notices / taken[2].median:.1f} notices a second', ratio >= 1.7,
    )  # fmt: skip
    head = ('jobs', 'wall clock', 'notices a second', 'lines a second')
    return Table(f'{size.notices:,} notices of 100 lines', head, rows, (goal,))


def all_tables(inputs: Inputs, size: Size) -> Iterator[Table]:
    """Every table of the page, one after the other."""
    for contest in (commands, word, tall, pdf, pdf_contest, formats, jobs):
        yield contest(inputs, size)


def _repeats(size: Size, count: int, much: int) -> int:
    return size.repeats if count < much else 2


def _megabytes(times: Times) -> str:
    return f'{times.megabytes:.0f}'


def _ingest(path: Path, database: Path, jobs: int) -> list[str]:
    return ['ingest', str(path), '--db', str(database), '--jobs', str(jobs), '--quiet']
