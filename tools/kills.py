"""``python -m tools.kills --count 500 --jobs 16 --seed 1`` kills the program that many times, over every verb that writes, many at once.

Each kill has an office of its own (`tools.killing`). What was left is judged by the program's own next run: the catalogue opens, is whole, and
holds what was told as stored. Ends with 1 where anything was locked, lost or half done.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from kaohe.pipeline.system.limits import default_jobs
from tools.killing.office import make_office
from tools.killing.phases import PHASES
from tools.killing.trial import kill, undisturbed


def main() -> int:
    """Runs the command. The exit status."""
    asked = _arguments()
    phases = [phase for phase in PHASES if not asked.only or phase.name in asked.only]
    started = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix='kaohe-kills-') as folder,
        ProcessPoolExecutor(asked.jobs, multiprocessing.get_context('spawn')) as pool,
    ):
        office = Path(folder, 'office')
        office.mkdir()
        make_office(office)
        known = [pool.submit(undisturbed, office, PHASES.index(phase)) for phase in phases]
        whole = {phase.name: future.result() for phase, future in zip(phases, known, strict=True)}
        print(f'{len(phases)} verbs run undisturbed, {time.monotonic() - started:.0f} s', flush=True)  # noqa: T201
        under_way = []
        for number in range(asked.count):
            phase = phases[number % len(phases)]
            under_way.append(pool.submit(kill, office, PHASES.index(phase), asked.seed + number, *whole[phase.name]))
        counts: Counter[str] = Counter()
        faults: Counter[str] = Counter()
        for future in as_completed(under_way):
            outcome = future.result()
            counts[outcome.phase] += 1
            if outcome.fault is not None:
                faults[outcome.fault.partition(':')[0]] += 1
                print(f'FAULT seed {outcome.seed}, {outcome.phase}, {outcome.moment}: {outcome.fault}', flush=True)  # noqa: T201
            elif asked.verbose:
                print(f'seed {outcome.seed}, {outcome.phase}, {outcome.moment}: whole', flush=True)  # noqa: T201
    print(', '.join(f'{name} {count}' for name, count in counts.items()))  # noqa: T201
    others = sum(faults.values()) - sum(faults[kind] for kind in ('locked', 'lost', 'half'))
    print(  # noqa: T201
        f'{asked.count} kills in {time.monotonic() - started:.0f} s: {faults["locked"]} locked, {faults["lost"]} lost, {faults["half"]} halves, {others} other faults'
    )
    return 1 if faults else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or '').split('\n\n')[0])
    parser.add_argument('--count', type=int, default=100, help='how many kills')
    parser.add_argument('--jobs', type=int, default=default_jobs(), help='how many at once')
    parser.add_argument('--seed', type=int, default=1, help='the first seed')
    parser.add_argument('--only', nargs='*', help='these verbs alone', choices=[phase.name for phase in PHASES])
    parser.add_argument('--verbose', action='store_true', help='tell every kill')
    return parser.parse_args()


if __name__ == '__main__':
    sys.exit(main())
