"""``python -m bench.many [--notices 20000]``: stores very many notices, and fits how time and size grow with what is stored already.

A target of its own (``make bench-many``): 20,000 notices of 20 lines take a quarter of an hour on two cores. The table is printed for docs/sizing.md.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import linear_regression, median

from bench.growth import exponent
from bench.inputs import notice
from bench.measure import adopt_grandchildren, command, worked_by_all
from tools.samples.text import dumped

_MEGABYTE = 1 << 20
_GOAL = 1_000_000


def main() -> None:
    """Stores batch after batch in one database; prints what each took, and what the millionth notice would."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--notices', type=int, default=20_000)
    parser.add_argument('--lines', type=int, default=20, help='lines a notice')
    parser.add_argument('--batch', type=int, default=1_000, help='notices a run of the command')
    parser.add_argument('--folder', type=Path, help='where the database lies (default: a folder that is deleted)')
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        adopt_grandchildren()
        batches = _stored(options.folder or Path(place), options.notices, options.lines, options.batch)
    for line in report(*batches):
        sys.stdout.write(f'{line}\n')


def _stored(
    folder: Path, notices: int, lines: int, batch: int
) -> tuple[list[int], list[float], list[float], list[float]]:
    """(how many are stored, seconds of the batch by the clock, of all its processes, megabytes of the database) after each batch."""
    database = folder / 'many.db'
    stored: list[int] = []
    seconds: list[float] = []
    worked: list[float] = []
    sizes: list[float] = []
    for first in range(0, notices, batch):
        inbox = folder / f'batch{first}'
        inbox.mkdir(parents=True)
        for number in range(first + 1, min(first + batch, notices) + 1):
            (inbox / f'通知{number}.txt').write_text(dumped(notice(lines, number=number)), 'utf-8')
        run = [
            'ingest',
            str(inbox),
            '--db',
            str(database),
            '--decisions',
            str(folder / 'decisions'),
            '--quiet',
            '--no-receipts',
        ]
        before = worked_by_all()
        taken = command(lambda at, run=run: run, 1, warm_up=False)  # type: ignore[misc]
        stored.append(min(first + batch, notices))
        seconds.append(taken.median)
        worked.append(worked_by_all() - before)
        sizes.append(sum(file.stat().st_size for file in folder.glob('many.db*')) / _MEGABYTE)
        sys.stderr.write(
            f'{stored[-1]:,} notices: {seconds[-1]:.1f} s, {worked[-1]:.1f} s of processor, {sizes[-1]:,.0f} MB\n'
        )
    return stored, seconds, worked, sizes


def report(
    stored: Sequence[int], seconds: Sequence[float], worked: Sequence[float], sizes: Sequence[float]
) -> list[str]:
    """The table in Markdown, and below it the fit: how the processor time of a batch and the size grow, and where that leads."""
    batch = stored[0]
    lines = [
        '| notices stored | the last batch, s | notices a second | of processor, s | database, MB |',
        '| --- | --- | --- | --- | --- |',
    ]
    lines += [
        f'| {count:,} | {taken:.1f} | {batch / taken:.1f} | {work:.1f} | {size:,.0f} |'
        for count, taken, work, size in zip(stored, seconds, worked, sizes, strict=True)
    ]
    if len(stored) < 4:
        return lines
    # the first batch holds the start of an empty database
    slope, _ = linear_regression(stored[1:], worked[1:])
    size = exponent(stored[1:], sizes[1:])
    end = median(worked[-3:])
    last = end + max(slope, 0) * (_GOAL - stored[-1])
    lines += [
        '',
        f'With each 100,000 notices that are stored a batch takes {slope * 100_000:,.1f} s of processor more; the size grows with the power {size:.2f} of '
        f'what is stored (1: in proportion): {sizes[-1] / stored[-1] * 1024:,.0f} KB a notice. At one million notices a batch of {batch:,} would take '
        f'{last:,.0f} s of processor instead of {end:,.0f} s, and the database {sizes[-1] * (_GOAL / stored[-1]) ** size / 1024:,.0f} GB.',
    ]
    return lines


if __name__ == '__main__':
    main()
