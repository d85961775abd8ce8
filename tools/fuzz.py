"""``python -m tools.fuzz COUNT`` reads and stores that many damaged files, each in a process with limits, and tells what came of them.

Damaged are the project's samples, one of each format, and the files of ``--seeds FOLDER``. The smallest file of each kind of trouble (a
crash, a hang, too much memory, a refusal by the database, no status) is kept in ``--keep`` (build/fuzz). Ends with 1 where there was any.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kaohe.pipeline.database.ids import document_id
from kaohe.pipeline.database.schema import open_to_read
from kaohe.pipeline.ingestion.store import Store
from kaohe.pipeline.planning.inbox import Candidate
from kaohe.pipeline.planning.plan import Work
from kaohe.pipeline.readers.pool import Readers
from kaohe.pipeline.readers.reading import sha256_of
from kaohe.pipeline.system.limits import Limits, default_jobs
from tools.mutation import mutated, seeds

_BATCH = 250
_TROUBLE = ('worker.', 'store.refused')


@dataclass
class Tally:
    """What came of all files so far; ``smallest`` is the size of the file kept of each kind of trouble."""

    statuses: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    formats: Counter[str] = field(default_factory=Counter)
    trouble: Counter[str] = field(default_factory=Counter)
    smallest: dict[str, int] = field(default_factory=dict)
    slowest: float = 0.0
    slowest_name: str = ''


def main() -> int:
    """Runs the command. The exit status."""
    asked = _arguments()
    samples = seeds() if asked.seeds is None else _files(asked.seeds)
    tally, started = Tally(), time.monotonic()
    for first in range(asked.first, asked.first + asked.count, _BATCH):
        numbers = range(first, min(first + _BATCH, asked.first + asked.count))
        with tempfile.TemporaryDirectory(prefix='kaohe-fuzz-') as folder:
            works = [*_written(samples, numbers, Path(folder))]
            _read(works, Path(folder, 'fuzz.db'), asked, tally)
        print(f'{sum(tally.statuses.values())} files, {time.monotonic() - started:.0f} s, {sum(tally.trouble.values())} in trouble', flush=True)  # fmt: skip # noqa: T201
    _tell(tally)
    return 1 if tally.trouble else 0


def _written(samples: dict[str, bytes], numbers: range, folder: Path) -> Iterator[Work]:
    names = sorted(samples)
    for number in numbers:
        chance = random.Random(number)  # noqa: S311  # repeatable, not secret
        name = names[number % len(names)]
        path = folder / f'{number:06}.{name}'
        path.write_bytes(mutated(samples[name], chance))
        yield Work((Candidate(path, folder, path.name, path.stat().st_size, 0),), sha256_of(path))


def _read(works: list[Work], database: Path, asked: argparse.Namespace, tally: Tally) -> None:
    limits = Limits(seconds=asked.seconds, seconds_per_megabyte=0.0)
    with Readers(works, asked.jobs, limits) as readers, Store(database, {}) as store:
        for work, reading in readers:
            file = work.candidates[0]
            failure = store.put(reading, work.candidates).failure
            tally.formats[file.path.name.split('.', 1)[1]] += 1
            tally.codes[failure.code if failure else '—'] += 1
            if reading.seconds > tally.slowest:
                tally.slowest, tally.slowest_name = reading.seconds, file.path.name
            if failure and failure.code.startswith(_TROUBLE):
                _keep(f'{failure.code} {failure.message}', file.path, asked.keep, tally)
    with open_to_read(database) as connection:
        statuses = dict(connection.execute('SELECT id, status FROM documents').fetchall())
    for work in works:
        status = statuses.get(document_id(work.sha256 or ''))
        tally.statuses[status or 'none'] += 1
        if status is None:
            _keep('no status', work.candidates[0].path, asked.keep, tally)


def _keep(what: str, path: Path, folder: Path, tally: Tally) -> None:
    tally.trouble[what] += 1
    size = path.stat().st_size
    if size < tally.smallest.get(what, sys.maxsize):
        tally.smallest[what] = size
        folder.mkdir(parents=True, exist_ok=True)
        number = list(tally.trouble).index(what)
        for old in folder.glob(f'{number:03}-*'):
            old.unlink()
        (folder / f'{number:03}-{path.name}').write_bytes(path.read_bytes())


def _tell(tally: Tally) -> None:
    print('formats: ', ', '.join(f'{name} {count}' for name, count in sorted(tally.formats.items())))  # noqa: T201
    print('statuses:', ', '.join(f'{name} {count}' for name, count in sorted(tally.statuses.items())))  # noqa: T201
    print('codes:   ', ', '.join(f'{name} {count}' for name, count in tally.codes.most_common()))  # noqa: T201
    print(f'slowest:  {tally.slowest:.1f} s ({tally.slowest_name})')  # noqa: T201
    for what, count in tally.trouble.most_common():
        print(f'TROUBLE {count} × {what}')  # noqa: T201


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split('\n\n')[0] if __doc__ else None)
    parser.add_argument('count', type=int, help='how many files')
    parser.add_argument(
        '--first', type=int, default=0, help='number of the first: each number makes the same file again'
    )
    parser.add_argument('--seconds', type=float, default=60.0, help='a file that takes longer hangs')
    parser.add_argument('--jobs', type=int, default=default_jobs())
    parser.add_argument('--seeds', type=Path, help='a folder of files to damage instead of the samples')
    parser.add_argument('--keep', type=Path, default=Path('build/fuzz'))
    return parser.parse_args()


if __name__ == '__main__':
    sys.exit(main())
