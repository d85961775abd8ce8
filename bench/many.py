"""``python -m bench.many [--notices 20000]``: stores very many notices, and fits how time and size grow with what is stored already.

A target of its own (``make bench-many``): 20,000 notices of 20 lines take a quarter of an hour on two cores. The table is printed for docs/sizing.md.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from bench.growth import exponent
from bench.inputs import notice
from bench.measure import command
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
        stored, seconds, sizes = _stored(options.folder or Path(place), options.notices, options.lines, options.batch)
    for line in report(stored, seconds, sizes):
        sys.stdout.write(f'{line}\n')


def _stored(folder: Path, notices: int, lines: int, batch: int) -> tuple[list[int], list[float], list[float]]:
    """(how many are stored, seconds of the batch, megabytes of the database) after each batch."""
    database = folder / 'many.db'
    stored: list[int] = []
    seconds: list[float] = []
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
        taken = command(lambda at, run=run: run, 1, warm_up=False)  # type: ignore[misc]
        stored.append(min(first + batch, notices))
        seconds.append(taken.median)
        sizes.append(sum(file.stat().st_size for file in folder.glob('many.db*')) / _MEGABYTE)
        sys.stderr.write(f'{stored[-1]:,} notices: {seconds[-1]:.1f} s, {sizes[-1]:,.0f} MB\n')
    return stored, seconds, sizes


def report(stored: Sequence[int], seconds: Sequence[float], sizes: Sequence[float]) -> list[str]:
    """The table in Markdown, and below it the fit: how the time of a batch and the size grow, and where that leads."""
    batch = stored[0]
    lines = ['| notices stored | the last batch, s | notices a second | database, MB |', '| --- | --- | --- | --- |']
    lines += [
        f'| {count:,} | {taken:.1f} | {batch / taken:.1f} | {size:,.0f} |'
        for count, taken, size in zip(stored, seconds, sizes, strict=True)
    ]
    if len(stored) < 4:
        return lines
    # the first batch holds the start of an empty database
    time, size = (exponent(stored[1:], values[1:]) for values in (seconds, sizes))
    end = median(seconds[-3:])
    last = end * (_GOAL / stored[-1]) ** max(time, 0)
    lines += [
        '',
        f'The time of a batch grows with the power {time:.2f} of what is stored (0: not at all), the size with {size:.2f} (1: in proportion): '
        f'{sizes[-1] / stored[-1] * 1024:,.0f} KB a notice. At one million notices a batch of {batch:,} would take {last:,.0f} s '
        f'instead of {end:,.0f} s, and the database {sizes[-1] * (_GOAL / stored[-1]) ** size / 1024:,.0f} GB.',
    ]
    return lines


if __name__ == '__main__':
    main()
