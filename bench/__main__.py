"""``python -m bench [--quick | --long]``: measures everything and writes ``docs/performance.md``. Run from the project's folder; see ``make bench``."""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

from bench.commands import commands, jobs, pdf_contest, scoring
from bench.contests import formats, grammar, pdf, tall, word
from bench.drops import drops
from bench.growth import growth
from bench.inputs import Inputs
from bench.model import FULL, LONG, QUICK, Goal, Table
from bench.page import machine, rendered, write
from bench.questions import questions
from bench.rivals import rivals
from bench.scans import scans

PAGE = Path('docs', 'performance.md')


def main() -> None:
    """Measures, shows each table when it is done, and writes the page each time. A contest that fails is named there, the others go on."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--quick', action='store_true', help='small sizes, few repeats')
    parser.add_argument('--long', action='store_true', help='more repeats, twice the notices, a scan of 100 pages')
    parser.add_argument('--dry', action='store_true', help='write no page')
    parser.add_argument('--only', action='append', metavar='NAME', help='only this contest (writes no page)')
    parser.add_argument(
        '--rivals', metavar='PYTHON', help='the interpreter in whose environment kreuzberg and docling are installed'
    )
    options = parser.parse_args()
    # In the order of the page.
    contests = {
        'commands': commands, 'drops': drops, 'word': word, 'tall': tall, 'grammar': grammar, 'growth': growth, 'scoring': scoring, 'pdf': pdf,
        'pdf_contest': pdf_contest, 'formats': formats, 'scans': scans, 'rivals': partial(rivals, python=options.rivals),
        'jobs': jobs, 'questions': questions,
    }  # fmt: skip
    chosen = options.only or list(contests)
    if unknown := set(chosen) - set(contests):
        parser.error(f'no contest {", ".join(sorted(unknown))}; there are {", ".join(contests)}')
    sys.stderr.write(f'{machine(options.quick)}\n')
    inputs, size = Inputs(Path('build', 'bench')), QUICK if options.quick else LONG if options.long else FULL
    tables, started = [], time.perf_counter()
    for name in chosen:
        try:
            tables.append(contests[name](inputs, size))
        except (subprocess.SubprocessError, AssertionError, OSError, ValueError) as failure:
            told = str(getattr(failure, 'stderr', None) or failure).strip().splitlines()[-1:]
            tables.append(
                Table(name, ('failed',), ((''.join(told)[:300],),), (Goal(name, 'measured', 'failed', False),))
            )
        sys.stderr.write(f'{rendered(tables[-1:], options.quick)}({time.perf_counter() - started:.0f} s)\n')
        if not options.dry and not options.only:
            write(PAGE, tables, options.quick)


if __name__ == '__main__':
    main()
