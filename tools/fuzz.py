"""``python -m tools.fuzz --count 20000 --jobs 16 --seed 1`` gives the program that many damaged things, and tells what came of them.

Damaged are the project's samples, one notice of each format, or the files of ``--seeds FOLDER``; logs of decisions and answers; workbooks
for ``kaohe apply``; forms; archives. Notices are read and stored, each in a process with limits. The smallest thing of each kind of trouble (a
crash, a hang, too much memory, a refusal by the database, no status, a record that was lost) is kept in ``--keep`` (build/fuzz). Ends with 1
where there was any.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from kaohe.pipeline.system.limits import default_jobs
from tools import mutation
from tools.fuzzing.batches import Seeds, run
from tools.fuzzing.tally import Tally
from tools.killing.office import BOOK, DATABASE, FORM, LOG, kaohe, make_office

_BATCH = 100
# Batches for each process.
_LASTS = 10


def main() -> int:
    """Runs the command. The exit status."""
    asked = _arguments()
    tally, started = Tally(), time.monotonic()
    with tempfile.TemporaryDirectory(prefix='kaohe-fuzz-') as folder:
        seeds = _seeds(Path(folder), asked.seeds)
        numbers = range(asked.seed, asked.seed + asked.count)
        batches = [numbers[at : at + _BATCH] for at in range(0, len(numbers), _BATCH)]
        for done, some in enumerate(_tallies(seeds, batches, asked.jobs, asked.seconds), start=1):
            tally.add(some)
            if done % 20 == 0:
                print(f'{sum(tally.kinds.values())} files, {time.monotonic() - started:.0f} s, {sum(tally.trouble.values())} in trouble', flush=True)  # fmt: skip # noqa: T201
    tally.keep(asked.keep)
    _tell(tally, time.monotonic() - started)
    return 1 if tally.trouble else 0


def _tallies(seeds: Seeds, batches: Sequence[range], jobs: int, seconds: float) -> Iterator[Tally]:
    """What came of the batches. Processes are new after ten of them; not through ``max_tasks_per_child``, with which Python 3.11 comes to a
    standstill."""
    for at in range(0, len(batches), _LASTS * jobs):
        with ProcessPoolExecutor(jobs, multiprocessing.get_context('spawn')) as pool:
            under_way = [pool.submit(run, seeds, batch, seconds) for batch in batches[at : at + _LASTS * jobs]]
            for future in as_completed(under_way):
                yield future.result()


def _seeds(folder: Path, given: Path | None) -> Seeds:
    make_office(folder)
    ran = kaohe(folder, 'score', '--answers', FORM.name, '--db', DATABASE.name)
    if ran.returncode:
        raise RuntimeError(ran.stderr)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, 'w', zipfile.ZIP_DEFLATED) as archive:
        archive.writestr('甲/通知.txt', '考核细则')
        archive.writestr('乙.zip', mutation.seeds()['zip'])
    others = {
        'decisions.jsonl': ('log', (folder / LOG / 'decisions.jsonl').read_bytes()),
        'answers.jsonl': ('answers', (folder / LOG / 'assessments' / 'answers.jsonl').read_bytes()),
        'book.xlsx': ('workbook', (folder / BOOK).read_bytes()),
        'form.json': ('form', (folder / FORM).read_bytes()),
        'packed.zip': ('archive', packed.getvalue()),
    }
    notices = mutation.seeds() if given is None else _files(given)
    return Seeds(notices, others, folder / DATABASE)


def _tell(tally: Tally, seconds: float) -> None:
    print('kinds:   ', ', '.join(f'{name} {count}' for name, count in sorted(tally.kinds.items())))  # noqa: T201
    print('came of: ', ', '.join(f'{name} {count}' for name, count in sorted(tally.statuses.items())))  # noqa: T201
    print('codes:   ', ', '.join(f'{name} {count}' for name, count in tally.codes.most_common()))  # noqa: T201
    print(f'slowest:  {tally.slowest:.1f} s ({tally.slowest_name})')  # noqa: T201
    for what, count in tally.trouble.most_common():
        print(f'TROUBLE {count} × {what}')  # noqa: T201
    print(f'{sum(tally.kinds.values())} damaged files in {seconds:.0f} s: {sum(tally.trouble.values())} in trouble')  # noqa: T201


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split('\n\n')[0] if __doc__ else None)
    parser.add_argument('--count', type=int, default=20000, help='how many files')
    parser.add_argument(
        '--seed', type=int, default=1, help='number of the first: each number makes the same file again'
    )
    parser.add_argument('--seconds', type=float, default=60.0, help='a file that takes longer hangs')
    parser.add_argument('--jobs', type=int, default=default_jobs(), help='how many processes')
    parser.add_argument('--seeds', type=Path, help='a folder of files to damage instead of the samples')
    parser.add_argument('--keep', type=Path, default=Path('build/fuzz'))
    return parser.parse_args()


if __name__ == '__main__':
    sys.exit(main())
